"""Booklets: pages in their places on folded sheets, and the tags, links and bookmarks that went with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, TypeAlias

import pikepdf
import pypdf
import pytest
from pdf_places import places
from sandbox import REPOSITORY, Sandbox

from toolkit.build.composing import composed
from toolkit.build.targets import Kind, choose, parse
from toolkit.formats import pdf, writer
from toolkit.formats.pdf import conformance
from toolkit.formats.pdf.imposing import imposed, sides
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.printout import Edition, Paper
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

Untyped: TypeAlias = Any  # an object of pikepdf
LESSON: Final = "vietnam-leaves-cambodia"
LINKED: Final = "why-the-sea-is-salty"


@cache
def flat(paper: Paper = "letter", slug: str = LESSON) -> bytes:
    """Return the pages of a handout's booklet before they are put on sheets."""
    lesson = lesson_source.load(REPOSITORY / "lessons" / slug / "lesson.yaml", Project()).lesson
    printout = composed(lesson, "handout", Edition(paper=paper, presentation="booklet"), "pdf")
    found: list[Diagnostic] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_folded", lambda data, *, rtl: data)
        data = writer("pdf")(printout, found.append)
    assert [each for each in found if each.severity is not Severity.NOTE] == []
    return data


@cache
def sheets(paper: Paper = "letter") -> bytes:
    return imposed(flat(paper))


def test_the_order_of_pages_is_that_of_a_stapled_book() -> None:
    assert sides(8, rtl=False) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert sides(5, rtl=False) == [(-1, 0), (1, -1), (-1, 2), (3, 4)]
    assert sides(4, rtl=True) == [(0, 3), (2, 1)]
    for count in range(1, 40):
        found = sorted(page for side in sides(count, rtl=False) for page in side if page >= 0)
        assert found == [*range(count)]


@pytest.mark.parametrize(("paper", "size"), [("letter", (792, 612)), ("a4", (841.89, 595.28))])
def test_two_pages_stand_side_by_side_on_each_side_of_a_sheet(paper: Paper, size: tuple[float, float]) -> None:
    before, after = pypdf.PdfReader(io.BytesIO(flat(paper))), pypdf.PdfReader(io.BytesIO(sheets(paper)))
    assert len(after.pages) * 2 == -(-len(before.pages) // 4) * 4
    assert (float(after.pages[0].mediabox.width), float(after.pages[0].mediabox.height)) == pytest.approx(size, abs=1.0)
    folios = [re.findall(r"(\d+) / \d+", page.extract_text()) for page in after.pages]
    wanted = [
        sorted(str(n + 1) for n in side if 0 <= n < len(before.pages)) for side in sides(len(before.pages), rtl=False)
    ]
    assert [sorted(found) for found in folios] == wanted
    # The word that opens the right page stands as far from its left edge as on its own page.
    half = size[0] / 2
    first = next(place for place in places(flat(paper)) if place.page == 1)
    moved = [place for place in places(sheets(paper)) if place.page == 1 and place.words == first.words]
    assert any(place.x == pytest.approx(first.x + half, abs=0.5) for place in moved)


def heard(data: bytes) -> list[str]:
    """Return the words of each structure element in the order of the tree: of its marks, by page and number."""
    with pikepdf.open(io.BytesIO(data)) as document:
        words = {page.obj.objgen: dict(_words(page)) for page in document.pages}
        found: list[str] = []

        def hear(element: Untyped, page: Untyped) -> None:
            page = element.get("/Pg", page)
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    found.append(words[page.objgen][kid])
                elif "/MCID" in kid:
                    found.append(words[kid.get("/Pg", page).objgen][int(kid["/MCID"])])
                elif "/S" in kid:
                    hear(kid, page)

        hear(document.Root.StructTreeRoot, None)
        return found


def _words(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """Yield the glyphs under each mark of a page. A number that stands twice would give one mark two places."""
    seen: set[int] = set()
    mark, shown = -1, ""
    for operands, operator in ((i.operands, str(i.operator)) for i in pikepdf.parse_content_stream(page)):
        if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            mark, shown = int(operands[1]["/MCID"]), ""
            assert mark not in seen, "two marks of one number on a page"
            seen.add(mark)
        elif operator == "EMC" and mark >= 0:
            yield mark, shown
            mark = -1
        elif operator in {"Tj", "TJ"}:
            shown += str(operands[0])


def test_what_is_heard_is_what_was_heard_page_by_page() -> None:
    assert len(heard(flat())) > 500
    assert heard(sheets()) == heard(flat())


def test_the_way_back_from_each_mark_leads_to_its_element() -> None:
    with pikepdf.open(io.BytesIO(sheets())) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        entries = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
        for page in document.pages:
            parents = entries[int(page.obj["/StructParents"])]
            for mark, _ in _words(page):
                kids: Untyped = parents[mark]["/K"]
                marks = kids if isinstance(kids, pikepdf.Array) else [kids]
                assert any(kid == mark if isinstance(kid, int) else kid.get("/MCID") == mark for kid in marks)


def test_links_and_bookmarks_lead_to_the_same_words() -> None:
    width = 396.0
    before, after = pypdf.PdfReader(io.BytesIO(flat())), pypdf.PdfReader(io.BytesIO(sheets()))
    placed = {
        page: (side, n) for side, pair in enumerate(sides(len(before.pages), rtl=False)) for n, page in enumerate(pair)
    }

    def targets(reader: pypdf.PdfReader) -> list[tuple[str, int, float, float]]:
        flat_outline = list(_flat(reader.outline))
        return [
            (str(one.title), reader.get_destination_page_number(one) or 0, float(one.left or 0), float(one.top or 0))
            for one in flat_outline
        ]

    wanted = [
        (title, placed[page][0], left + width * placed[page][1], top) for title, page, left, top in targets(before)
    ]
    assert len(wanted) > 5
    for found, other in zip(targets(after), wanted, strict=True):
        assert found[:2] == other[:2]
        assert found[2:] == pytest.approx(other[2:], abs=0.1)


def test_links_lie_over_their_words() -> None:
    data = flat(slug=LINKED)
    before, after = (pypdf.PdfReader(io.BytesIO(each)) for each in (data, imposed(data)))
    width = float(before.pages[0].mediabox.width)
    wanted = sorted(
        (side, left + width * half, right + width * half)
        for side, pair in enumerate(sides(len(before.pages), rtl=False))
        for half, page in enumerate(pair)
        for left, right in (_links(before.pages[page]) if page >= 0 else ())
    )
    found = sorted((side, *box) for side, page in enumerate(after.pages) for box in _links(page))
    assert wanted
    assert [box for each in found for box in each] == pytest.approx([box for each in wanted for box in each], abs=0.1)


def _flat(outline: Any) -> Iterator[Any]:  # noqa: ANN401  # pypdf nests lists of destinations
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def _links(page: pypdf.PageObject) -> Iterator[tuple[float, float]]:
    for annotation in page.get("/Annots", ()):
        left, _, right, _ = annotation.get_object()["/Rect"]
        yield float(left), float(right)


def test_sheets_conform_as_pages_do() -> None:
    assert conformance.failures(flat()) == ()
    assert conformance.failures(sheets()) == ()
    assert conformance.failures(imposed(flat(slug=LINKED))) == ()


def test_the_same_bytes_every_time() -> None:
    assert imposed(flat()) == imposed(flat())


def test_a_booklet_is_made_as_pdf_only(sandbox: Sandbox) -> None:
    assert parse("handout-booklet.pdf") == Kind("handout", "student", "pdf", presentation="booklet")
    assert parse("worksheet-booklet.docx") is None
    made = choose(["handout.pdf", "worksheet.docx"], ["student"], presentations=["standard", "booklet"])
    assert [kind.file for kind in made] == ["handout.pdf", "handout-booklet.pdf", "worksheet.docx"]
    sandbox.lesson()
    told = sandbox.run("build", "--presentation", "booklet", "--format", "docx")
    assert (told.code, told.out) == (2, "")
    assert "booklet" in told.err
