"""A real word processor opens the sheets: LibreOffice prints them and saves them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from docx_kinds import arabic_kinds, kinds, responses
from docx_reading import W, bookmarks, style, text, value
from docx_samples import arabic, sheet, unreported
from lxml import etree
from lxml.etree import _Element
from office import Office
from pypdf import PdfReader

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack
from toolkit.formats.docx.stamp import chunked, custom_items, joined, read_stamp, seal, state
from toolkit.model.printout import Printout
from toolkit.model.stamp import Stamp, State

pytestmark = pytest.mark.slow

SHEETS: dict[str, Callable[[], Printout]] = {
    "student": sheet,
    "teacher": lambda: sheet("teacher", "a4", blank=False),
    "arabic": lambda: arabic("teacher"),
    "kinds": kinds,
    "kinds-teacher": lambda: kinds("teacher"),
    "kinds-arabic": arabic_kinds,
}
SHUFFLED = 24
BASE = "0123456789" * 100  # what a stamp may hold besides


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Return a function that converts a sheet by its name to a format, with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    program = Office(folder)
    for name in SHEETS:
        (folder / f"{name}.docx").write_bytes(sealed(name))

    @cache
    def convert(name: str, form: str) -> Path:
        return program.convert(form, folder / form, folder / f"{name}.docx")[0]

    return convert


@cache
def sealed(name: str) -> bytes:
    """Return a sheet with a stamp, which says its name, and as much more as a stamp can hold."""
    data = write(SHEETS[name](), unreported)
    return seal(data, Stamp(name, "worksheet", "student"), chunked("Base", BASE), [b'<b xmlns="urn:example">x</b>'])


def pages(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


def test_the_student_sheet_prints_every_question_once_and_with_its_number(office: Callable[[str, str], Path]) -> None:
    printed = "\n".join(pages(office("student", "pdf")))

    for number, stem in enumerate(("How long", "Which of these", "Name the lake", "Which of the", "Talk about"), 1):
        assert len(re.findall(rf"{number}\s+{stem}", printed)) == 1, stem
    for letter, option in (("A", "Six days"), ("B", "Two years"), ("C", "Eight years"), ("D", "a pool")):
        assert re.search(rf"{letter}\.\s+{option}", printed), option
    assert len(re.findall(r"\d\spts", printed)) == 2
    assert "Egypt sank ships" in printed


def test_pages_are_numbered_and_named(office: Callable[[str, str], Path]) -> None:
    printed = pages(office("student", "pdf"))

    assert 3 <= len(printed) <= 4
    for number, page in enumerate(printed, start=1):
        assert f"{number} / {len(printed)}" in page
        assert ("Fourteen ships" in page) == (number > 1)


def test_no_question_is_parted_from_its_answer_space(office: Callable[[str, str], Path]) -> None:
    for page in pages(office("teacher", "pdf")):
        assert ("Which of the changes" in page) == ("Model answer" in page)
        assert ("Name the lake" in page) == ("entry-key" in page)


def test_no_key_is_parted_from_its_question(tmp_path: Path) -> None:
    files = [tmp_path / f"{seed}.docx" for seed in range(SHUFFLED)]
    for seed, file in enumerate(files):
        file.write_bytes(write(kinds("teacher", seed), unreported))
    Office(tmp_path).convert("pdf", tmp_path, *files)

    for file in files:
        printed = [" ".join(page.split()) for page in pages(file.with_suffix(".pdf"))]
        for prompt, shown in responses().values():
            (page,) = (page for page in printed if prompt in page)
            for key in set(re.findall(r"(?:entry|gap|cell|frame)-key [\w ]+", repr(shown))):
                assert key in page, (file.stem, prompt, key)


def test_a_gap_is_drawn_as_wide_as_it_is(office: Callable[[str, str], Path]) -> None:
    printed = "\n".join(pages(office("kinds", "pdf")))

    assert len(re.findall(r"(?:\u00a0[^\S\u00a0]*){28,}", printed)) == 7


def test_the_teachers_band_is_on_every_printed_page(office: Callable[[str, str], Path]) -> None:
    for page in pages(office("teacher", "pdf")):
        assert "DO NOT COPY" in page.upper()


def test_the_paper_is_the_one_that_was_asked_for(office: Callable[[str, str], Path]) -> None:
    sizes = {name: PdfReader(office(name, "pdf")).pages[0].mediabox for name in ("student", "teacher")}

    assert [round(float(length)) for length in sizes["student"][2:]] == [612, 792]
    assert [round(float(length)) for length in sizes["teacher"][2:]] == [595, 842]


def named(data: bytes) -> list[tuple[str, str]]:
    """Return the name of the style and the words of every paragraph; LibreOffice keeps names and not identifiers."""
    parts = unpack(data)
    names = {
        one.get(f"{W}styleId"): (value(one, "w:name") or "").lower()
        for one in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    }
    paragraphs = etree.fromstring(parts["word/document.xml"]).iter(f"{W}p")
    return [(names.get(style(one), ""), text(one).strip()) for one in paragraphs]


@pytest.mark.parametrize("name", SHEETS)
def test_saving_again_keeps_every_bookmark_where_it_began(name: str, office: Callable[[str, str], Path]) -> None:
    before = bookmarks(etree.fromstring(unpack(write(SHEETS[name](), unreported))["word/document.xml"]))
    after = bookmarks(etree.fromstring(unpack(office(name, "docx").read_bytes())["word/document.xml"]))

    # LibreOffice 7.4 ends a bookmark at a link that is near the end of its paragraph.
    assert {mark: after[mark].strip()[:40] for mark in before} == {
        mark: words.strip()[:40] for mark, words in before.items()
    }


@pytest.mark.parametrize("name", SHEETS)
def test_saving_again_keeps_styles_and_answer_lines(name: str, office: Callable[[str, str], Path]) -> None:
    ours = (
        *("question", "option", "option (several)", "answer line", "vocabulary box", "model answer", "event date"),
        *("question part", "option of a part", "matching option", "item", "answer box", "word bank", "document"),
        *("frame label", "frame text", "frame filled in", "text with gaps"),
    )
    before = [line for line in named(write(SHEETS[name](), unreported)) if line[0] in ours]
    after = [line for line in named(office(name, "docx").read_bytes()) if line[0] in ours]

    assert after == before


@pytest.mark.parametrize("name", SHEETS)
def test_saving_again_keeps_every_number(name: str, office: Callable[[str, str], Path]) -> None:
    before = list(numbers(sealed(name)))
    assert len(before) > 3
    assert list(numbers(office(name, "docx").read_bytes())) == before


@pytest.mark.parametrize("name", SHEETS)
def test_saving_again_keeps_what_the_stamp_says_and_breaks_its_seal(
    name: str, office: Callable[[str, str], Path]
) -> None:
    again = office(name, "docx").read_bytes()
    assert (state(sealed(name)), state(again)) == (State.PRISTINE, State.EDITED)
    found = read_stamp(again)
    assert found is not None
    assert (found.lesson, found.sheet, found.audience) == (name, "worksheet", "student")
    assert joined(found.properties, "Base") == BASE
    items = [etree.fromstring(item).tag for item in custom_items(again)]
    assert items == ["{urn:hornbook:sheet:1}sheet", "{urn:example}b"]


def numbers(data: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield level, kind and sign of the number of every paragraph that has one, by itself or by its style.

    Bullets have no sign here: LibreOffice writes its own.
    """
    parts = unpack(data)
    lists = etree.fromstring(parts["word/numbering.xml"])
    numbered = {one.get(f"{W}numId"): value(one, "w:abstractNumId") for one in lists.iter(f"{W}num")}
    levels = {
        (numbered_by.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): level
        for numbered_by in lists.iter(f"{W}abstractNum")
        for level in numbered_by.iter(f"{W}lvl")
    }
    styles = {one.get(f"{W}styleId") or "": one for one in etree.fromstring(parts["word/styles.xml"])}
    for paragraph in etree.fromstring(parts["word/document.xml"]).iter(f"{W}p"):
        chain = [paragraph, *based(styles, style(paragraph))]
        number = next((found for one in chain if (found := value(one, "w:pPr/w:numPr/w:numId"))), "0")
        level = next((found for one in chain if (found := value(one, "w:pPr/w:numPr/w:ilvl"))), "0")
        shown = levels.get((numbered.get(number), level))
        if shown is not None:
            kind = value(shown, "w:numFmt") or ""
            yield int(level), kind, "" if kind == "bullet" else value(shown, "w:lvlText") or ""


def based(styles: dict[str, _Element], name: str) -> Iterator[_Element]:
    """Yield the style `name` and those that it is based on."""
    while name and name in styles:
        yield styles[name]
        name = value(styles[name], "w:basedOn") or ""
