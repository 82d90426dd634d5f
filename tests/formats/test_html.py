from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from toolkit.formats import html
from toolkit.model import printout as model
from toolkit.model import text
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.printout import Part, Picture, Printout
from toolkit.model.response import Response
from toolkit.model.text import Citation, Cite, Figure, LineReference, Link, Paragraph, Text

GOLDEN = Path(__file__).parent / "golden"

VOID = {"meta", "br", "hr", "img", "link"}


class Outline(HTMLParser):
    """Checks that tags nest, and collects them with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.broken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        block = {"p", "div", "ul", "ol", "table", "aside", "figure", "blockquote", "section", "h2", "li", "pre"}
        if "p" in self.open and tag in block:
            self.broken.append(f"<{tag}> in <p>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(f"</{tag}>")


def outline(page: str) -> Outline:
    found = Outline()
    found.feed(page)
    return found


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.partition("<body")[2])


def body(page: str) -> str:
    return "<body" + page.partition("<body")[2]


def whole(printout: Printout) -> bytes:
    said: list[Diagnostic] = []
    page = html.write(printout, said.append)
    assert said == []
    return page


def sheet_with(printout: Printout, *blocks: model.Block) -> Printout:
    return replace(printout, parts=(Part("reading", blocks),))


@pytest.mark.parametrize("name", ["student", "teacher", "worksheet"])
def test_body_is_as_accepted(name: str, request: pytest.FixtureRequest) -> None:
    printout: Printout = request.getfixturevalue(name)
    made = body(html.render(printout, paged=True))
    golden = GOLDEN / f"{name}.html"
    if request.config.getoption("--accept", default=False):
        golden.write_text(made, "utf-8")
    assert made == golden.read_text("utf-8"), "look at the difference; pytest --accept takes the new page"


@pytest.mark.parametrize("name", ["student", "teacher", "worksheet"])
@pytest.mark.parametrize("paged", [True, False])
def test_tags_nest(name: str, paged: bool, request: pytest.FixtureRequest) -> None:
    found = outline(html.render(request.getfixturevalue(name), paged=paged))
    assert found.broken == []
    assert found.open == []


def test_every_kind_of_node_has_a_macro() -> None:
    unions = (*get_args(model.Block), *get_args(text.Inline), *get_args(Response))
    kinds = {*unions, model.Model, model.Opener, model.Part} - {Citation, LineReference}  # compose leaves none
    assert {kind.__name__ for kind in kinds if not html.can_draw(kind)} == set()


def test_node_without_macro_is_an_error_that_names_it(student: Printout) -> None:
    cited = Paragraph((Citation((Cite("becker"),)),), "article/9")
    with pytest.raises(LessonError) as caught:
        html.render(sheet_with(student, cited), paged=True)
    assert [d.code for d in caught.value.diagnostics] == ["B703"]
    assert "Citation" in caught.value.diagnostics[0].message


def test_lesson_text_is_escaped_and_never_compiled(student: Printout) -> None:
    evil = Paragraph((Text("<script>alert(1)</script> {{ printout }} {% raw %} </style> \" '"),), 'a"><b')
    page = html.render(sheet_with(student, evil), paged=False)
    assert "<script" not in page
    assert "{{ printout }} {% raw %}" in page
    assert 'data-address="a&#34;&gt;&lt;b"' in page


def test_furniture_cannot_leave_its_css_string(student: Printout) -> None:
    furniture = model.Furniture('a"; } </style><b>', "\\", "\n", "{page} “of” {pages}")
    page = html.render(replace(student, furniture=furniture), paged=True)
    head = page.partition("<body")[0]
    assert head.count("</style>") == 1
    assert r'"a\22 \3b  \7d  \3c \2f style\3e \3c b\3e "' in head
    assert 'content: counter(page) " \\201c of\\201d  " counter(pages)' in head


@pytest.mark.parametrize("href", ["javascript:alert(1)", "file:///etc/passwd", "//evil", "data:text/html,x", " http:x"])
def test_link_of_another_scheme_is_refused(student: Printout, href: str) -> None:
    with pytest.raises(LessonError) as caught:
        html.render(sheet_with(student, Paragraph((Link((Text("x"),), href),))), paged=True)
    assert caught.value.diagnostics[0].code == "L211"


def test_place_gets_an_id_only_where_a_link_leads_there(student: Printout) -> None:
    ids = [attrs["id"] for _, attrs in outline(html.render(student, paged=True)).tags if "id" in attrs]
    assert ids == ["article/1"]


def test_picture_is_an_asset_on_paper_and_data_in_a_standalone_page(student: Printout) -> None:
    paged, alone = (html.render(student, paged=p) for p in (True, False))
    assert 'src="asset:images%2Friver%20delta.png"' in paged
    assert "base64" not in paged
    assert 'src="data:image/png;base64,' in alone
    assert "asset:" not in alone


def test_missing_picture_is_an_error_that_names_it(student: Printout) -> None:
    with pytest.raises(LessonError) as caught:
        html.render(sheet_with(student, Figure("gone.png", "A hill")), paged=True)
    assert "gone.png" in caught.value.diagnostics[0].message


def test_writer_reports_what_it_cannot_show(student: Printout) -> None:
    said: list[Diagnostic] = []
    assert html.write(sheet_with(student, Figure("gone.png", "A hill")), said.append) == b""
    assert [d.code for d in said] == ["R304"]


@pytest.mark.parametrize(
    ("pixels", "size"),
    [((2000, 1000), (342.0, 171.0)), ((100, 50), (72.0, 36.0)), ((1000, 4000), (100.0, 400.0))],
)
def test_figure_fits_the_measure_and_is_not_blown_up(pixels: tuple[int, int], size: tuple[float, float]) -> None:
    assert html.size_on_paper(Picture("a.png", b"", "image/png", *pixels)) == pytest.approx(size)


def test_student_page_holds_no_answer(student: Printout, teacher: Printout) -> None:
    for secret in ("Oudedorp", "dikes were old", "A cause, not a date", "✓", "right"):
        assert secret not in text_of(html.render(student, paged=False)), secret
    assert "Oudedorp" in text_of(html.render(teacher, paged=False))


def test_right_option_is_told_by_more_than_colour(teacher: Printout) -> None:
    page = html.render(teacher, paged=True)
    assert re.findall(r'<li[^>]* class="right">.*?(✓)</span></li>', page) == ["✓", "✓", "✓"]


def test_answer_space_is_spoken_once(student: Printout) -> None:
    page = html.render(student, paged=True)
    assert page.count("Space for the answer, 4 lines") == 1
    assert page.count('<i style="height:8.7mm"></i>') == 4


def test_only_a_paragraph_after_a_paragraph_is_indented(student: Printout) -> None:
    page = html.render(student, paged=True)
    assert '<p data-address="article/1" id="article/1">' in page  # after the heading
    assert '<p data-address="article/2" class="run">' in page  # a note in the margin does not come between


def test_standalone_page_is_whole(student: Printout) -> None:
    page = whole(student).decode()
    found = outline(page)
    assert page.startswith("<!DOCTYPE html>\n")
    assert {"en"} == {attrs["lang"] for tag, attrs in found.tags if tag == "html"}
    assert "@media screen" in page
    assert "link" not in {tag for tag, _ in found.tags}
    urls = re.findall(r"url\(([^)]*)\)", page)
    assert [url for url in urls if not url.startswith("data:")] == []


def test_same_printout_gives_the_same_page(student: Printout) -> None:
    assert whole(student) == whole(student)
