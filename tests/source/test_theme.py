"""Themes: what a school may set, what is refused and where, and what reaches the page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sandbox import Sandbox

from toolkit.formats.html import stylesheet
from toolkit.model.diagnostics import LessonError
from toolkit.model.presentation import manner_of
from toolkit.model.theme import TOKENS, UNTHEMED, Theme, contrast
from toolkit.source import theme as themes
from toolkit.source.project import find

PROJECT = 'title = "Lakeside School"\ntheme = "school.css"\n'


def themed(sandbox: Sandbox, css: str, project: str = PROJECT) -> Sandbox:
    sandbox.lesson()
    picture = io.BytesIO()
    Image.new("RGB", (60, 30), "#7a1f5c").save(picture, "PNG")
    sandbox.put("logo.png", picture.getvalue())
    sandbox.put("school.css", css)
    sandbox.put("hornbook.toml", project)
    return sandbox


def refused(sandbox: Sandbox) -> list[str]:
    with pytest.raises(LessonError) as error:
        find(sandbox.root)
    return [f"{d.span.line}:{d.span.column} {d.message} ({d.hint})" for d in error.value.diagnostics if d.span]


def test_the_tokens_are_those_of_the_design() -> None:
    root = re.search(r":root \{(.*?)\n\}", stylesheet(), re.S)
    assert root
    written = dict(re.findall(r"(--[\w-]+): ([^;]+);", root[1]))
    assert {name for name, token in TOKENS.items() if token.kind != "picture"} <= written.keys()
    assert {n: t.usual for n, t in TOKENS.items() if t.kind == "color"} == {
        n: written[n] for n, t in TOKENS.items() if t.kind == "color"
    }


@pytest.mark.parametrize(
    ("css", "place", "said"),
    [
        ("p { color: red }", "1:1", "no other rule: p"),
        ("\n:root { }\n  @import url(x.css);", "3:3", "no other rule: @import"),
        (":root { color: red }", "1:9", "not a custom property"),
        (":root {\n  --acent: #123456;\n}", "2:3", "did you mean --accent?"),
        (":root { --accent: red }", "1:9", "#rrggbb"),
        (":root { --accent: url(http://x) }", "1:9", "#rrggbb"),
        (":root { --body: 40pt }", "1:9", "between 8pt and 16pt"),
        (':root { --text: "Comic Sans" }', "1:9", "Source Serif 4"),
        (":root { --logo: url(no.png) }", "1:9", "no.png"),
        (":root { --logo: url(../x.png) }", "1:9", "x.png"),
        (":root { --ink: #000", "1:1", "no other rule"),
        ("/* :root { */ }", "1:15", "no other rule"),
        (":root { --text: serif</style> }", "1:9", "no value of --text"),
    ],
)
def test_what_is_no_token_is_refused_at_its_place(sandbox: Sandbox, css: str, place: str, said: str) -> None:
    found = refused(themed(sandbox, css))
    assert len(found) == 1
    assert found[0].startswith(place + " ")
    assert said in found[0]


def test_every_fault_is_told_at_once(sandbox: Sandbox) -> None:
    assert len(refused(themed(sandbox, "a {}\n:root { b: c; --accent: x; --nope: 1 }\nd {}"))) == 5


def test_a_theme_that_is_not_there_is_told_in_the_project_file(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.put("hornbook.toml", PROJECT)
    assert refused(sandbox)[0].startswith("2:1 ")


def test_a_logo_needs_the_title_of_the_school(sandbox: Sandbox) -> None:
    assert "set `title`" in refused(themed(sandbox, ":root { --logo: url(logo.png) }", 'theme = "school.css"\n'))[0]


def test_a_theme_is_read(sandbox: Sandbox) -> None:
    css = (
        '/* ours */ :root { --accent: #7A1; --text: "Source Sans 3", serif; --body: 11.5pt; --logo: url("logo.png"); }'
    )
    home = find(themed(sandbox, css).root)
    assert home.theme.values == (("--accent", "#77aa11"), ("--text", '"Source Sans 3", serif'), ("--body", "11.5pt"))
    assert home.theme.logo
    assert home.theme.logo.alt == "Lakeside School"


@pytest.mark.parametrize(
    ("color", "presentations", "warned"),
    [
        ("#777777", '["standard"]', True),  # 4.48:1
        ("#767676", '["standard"]', False),  # 4.54:1
        ("#767676", '["standard", "large-print"]', True),
        ("#595959", '["large-print"]', False),  # 7.0:1
        ("#999999", '["photocopy"]', False),  # no colour is copied
    ],
)
def test_a_color_too_faint_to_read_is_warned_of(sandbox: Sandbox, color: str, presentations: str, warned: bool) -> None:
    home = find(themed(sandbox, f":root {{\n --soft: {color} }}", f"{PROJECT}presentations = {presentations}\n").root)
    assert [(d.code, d.span.line, d.span.column) for d in home.notices if d.span] == [("P603", 2, 2)] * warned


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_presentations_take_what_they_can() -> None:
    theme = Theme((("--accent", "#112233"), ("--body", "9pt"), ("--label", "serif"), ("--text", "serif")))
    assert theme.within(manner_of("standard")) == theme
    assert dict(theme.within(manner_of("photocopy")).values).keys() == {"--body", "--label", "--text"}
    assert dict(theme.within(manner_of("large-print")).values).keys() == {"--accent", "--label"}
    assert themes.faces() >= {"Source Serif 4", "Source Sans 3"}


def test_the_large_print_of_the_design_has_contrast() -> None:
    css = stylesheet("presented/large-print")
    colors = dict(re.findall(r"(--(?:soft|accent|key)): (#\w{6})", css))
    assert len(colors) == 3
    assert min(contrast(color, "#ffffff") for color in colors.values()) >= 7
    assert contrast(colors["--key"], "#fbf1ec") >= 7  # model answers stand on a wash


def test_a_theme_reaches_the_pages(sandbox: Sandbox) -> None:
    themed(sandbox, ":root { --accent: #7a1f5c; --logo: url(logo.png) }")
    result = sandbox.run("build", "--edition", "student", "--sheet", "handout", "--format", "pdf", "--format", "docx")
    assert result.code == 0, result.err
    folder = sandbox.root / "output" / "river"
    with pikepdf.open(folder / "handout.pdf") as document:
        drawn = b"".join(page.Contents.read_bytes() for page in document.pages)
        figures = [e for e in document.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/Figure"]
        assert "Lakeside School" in {str(e.get("/Alt")) for e in figures}
    assert re.search(rb"0?\.478\d* 0?\.121\d* 0?\.36\d* rg", drawn)
    document_xml, styles = word(folder / "handout.docx")
    assert 'descr="Lakeside School"' in document_xml
    assert "7A1F5C" in styles
    assert "0B5563" not in styles


def word(file: Path) -> tuple[str, str]:
    with zipfile.ZipFile(file) as archive:
        return archive.read("word/document.xml").decode(), archive.read("word/styles.xml").decode()


def test_without_a_theme_there_is_none(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert find(sandbox.root).theme == UNTHEMED
    assert sandbox.printout().theme == UNTHEMED
