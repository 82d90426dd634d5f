"""A school's letterhead: its fonts, header, footer and page on a sheet that is as sound as without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx_accessibility
import docx_kinds as kinds
import docx_samples as samples
import invariants
import pytest
import school_files
from docx_reading import W, audited, style, text, value
from lxml import etree
from lxml.etree import _Element
from office import Office
from pypdf import PdfReader

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.stamp import custom_items
from toolkit.model.letterhead import Letterhead
from toolkit.model.presentation import Presentation
from toolkit.model.printout import Printout
from toolkit.source.letterheads import read

FILES: dict[str, Callable[[], bytes]] = {
    "on every page": school_files.letterhead,
    "on the first page": lambda: school_files.letterhead(first=True),
    "wide margin": lambda: school_files.letterhead(margins=(50, 20)),
    "narrow margins": lambda: school_files.letterhead(margins=(15, 15)),
    "template": school_files.template,
}
SHEETS: dict[str, Callable[[], Printout]] = {
    "student": samples.sheet,
    "teacher": lambda: samples.sheet("teacher", "a4", blank=False),
    "arabic": lambda: samples.arabic("teacher"),
    "kinds": lambda: kinds.kinds("teacher"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("school")


def school(folder: Path, name: str) -> Letterhead:
    """Return a letterhead as it is read from its file."""
    (folder / "school.docx").write_bytes(FILES[name]())
    return read(folder, "school.docx")[0]


def sheet(folder: Path, name: str, printout: str = "student", presentation: Presentation = "standard") -> bytes:
    made = replace(SHEETS[printout](), letterhead=school(folder, name), presentation=presentation)
    return write(made, samples.unreported)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("printout", SHEETS)
def test_validators_and_accessibility_rules_find_nothing(folder: Path, name: str, printout: str) -> None:
    data = sheet(folder, name, printout)
    assert audited(data, folder) == []
    assert invariants.findings(data) == []
    assert docx_accessibility.findings(data) == []


@pytest.mark.parametrize("presentation", ["large-print", "dyslexia", "photocopy"])
def test_every_presentation_takes_it(folder: Path, presentation: Presentation) -> None:
    data = sheet(folder, "on every page", "student", presentation)
    assert audited(data, folder) == []
    assert invariants.findings(data) == []
    sizes = {int(one.get(f"{W}val") or 0) for one in root(data, "word/styles.xml").iter(f"{W}sz")}
    assert presentation != "large-print" or min(sizes) >= 36


def test_the_same_letterhead_makes_the_same_bytes(folder: Path) -> None:
    assert sheet(folder, "on every page") == sheet(folder, "on every page")
    assert sheet(folder, "on every page") != write(samples.sheet(), samples.unreported)


def test_the_page_is_the_schools(folder: Path) -> None:
    section = root(sheet(folder, "wide margin")).find(f"{W}body/{W}sectPr")
    assert section is not None
    assert [value(section, "w:pgSz", side) for side in "wh"] == ["11906", "16838"]
    assert [value(section, "w:pgMar", side) for side in ("left", "right", "top")] == ["2835", "1134", "2381"]


@pytest.mark.parametrize(("name", "measure"), [("wide margin", 7937), ("narrow margins", 10206)])
def test_tables_and_tabs_end_where_the_text_does(folder: Path, name: str, measure: int) -> None:
    document = root(sheet(folder, name, "kinds"))
    ends = [edge(table) for table in document.iter(f"{W}tbl")]
    usual = [edge(table) for table in root(write(kinds.kinds("teacher"), samples.unreported)).iter(f"{W}tbl")]
    for now, before in zip(ends, usual, strict=True):
        assert now <= measure + 5, "no table leaves the page"
        assert abs(before - 9360) > 5 or abs(now - measure) <= 5 or now == before, "what was full is full"
    stops = [int(one.get(f"{W}pos") or 0) for one in root(sheet(folder, name), "word/styles.xml").iter(f"{W}tab")]
    assert max(stops) == measure


def edge(table: _Element) -> int:
    columns = [int(one.get(f"{W}w") or 0) for one in table.iter(f"{W}gridCol")]
    return int(value(table, "w:tblPr/w:tblInd", "w") or 0) + sum(columns)


def test_squares_stay_square(folder: Path) -> None:
    for table in root(sheet(folder, "wide margin", "kinds")).iter(f"{W}tbl"):
        if any(style(one) == "LTSquare" for one in table.iter(f"{W}p")):
            wide = {one.get(f"{W}w") for one in table.iter(f"{W}gridCol")}
            high = {value(one, "w:trPr/w:trHeight") for one in table.iter(f"{W}tr")}
            assert wide == high
            return
    pytest.fail("there is no squared paper")


def test_styles_of_the_same_name_look_as_the_schools(folder: Path) -> None:
    every = root(sheet(folder, "on every page"), "word/styles.xml")
    styles = {one.get(f"{W}styleId"): one for one in every}
    for level, size in ((1, 48), (2, 30), (3, 24)):
        one = styles[f"Heading{level}"]
        assert value(one, "w:rPr/w:rFonts", "ascii") == "Arial"
        assert value(one, "w:rPr/w:color") == "145A3C"
        assert value(one, "w:rPr/w:sz") == str(size)
    defaults = every.find(f"{W}docDefaults/{W}rPrDefault")
    assert defaults is not None
    assert (value(defaults, "w:rPr/w:rFonts", "ascii"), value(defaults, "w:rPr/w:sz")) == ("Arial", "22")
    fonts = {one.get(f"{W}ascii") for one in every.iter(f"{W}rFonts")}
    assert fonts == {"Arial", "Consolas", "Calibri"}, "of all text, of code, and of what its theme says of subtitles"
    label = styles["LTInstructions"]
    assert value(label, "w:rPr/w:rFonts", "ascii") == "Arial", "our own styles follow its text"
    assert value(styles["LTQuestion"], "w:basedOn") == "Normal"


def running(data: bytes) -> dict[str, str]:
    """Return the words of headers and footers by kind and page."""
    parts = unpack(data)
    document, relations = etree.fromstring(parts["word/document.xml"]), parts["word/_rels/document.xml.rels"]
    targets = {one.get("Id"): one.get("Target") or "" for one in etree.fromstring(relations)}
    found = {}
    for kind in ("header", "footer"):
        for one in document.iter(f"{W}{kind}Reference"):
            identifier = next(str(value) for key, value in one.items() if str(key).endswith("}id"))
            content = etree.fromstring(parts[f"word/{targets[identifier]}"])
            found[f"{one.get(f'{W}type')} {kind}"] = " / ".join(text(each) for each in content.iter(f"{W}p"))
    return found


def test_header_and_footer_hold_the_schools_and_ours(folder: Path) -> None:
    said = running(sheet(folder, "on every page"))
    assert said["first header"] == "\tRiverside School / 12 Mill Lane, Oudedorp"
    assert said["default header"].startswith("\tRiverside School / 12 Mill Lane, Oudedorp / Fourteen ships\t")
    for page in ("first", "default"):
        assert said[f"{page} footer"].endswith("/ riverside.example.org, page 1")
        assert said[f"{page} footer"].count("1") == 1, "pages are numbered once"


def test_an_address_on_the_first_page_alone_leaves_the_others_to_us(folder: Path) -> None:
    said = running(sheet(folder, "on the first page"))
    assert "Riverside" in said["first header"]
    assert "Riverside" not in said["default header"] + said["default footer"]
    assert said["default footer"].endswith("1 / 1")


def test_the_teachers_band_is_on_every_page_still(folder: Path) -> None:
    said = running(sheet(folder, "on every page", "teacher"))
    assert "do not copy" in said["default header"].lower()


def test_the_logo_is_in_the_file_once_and_nothing_else_of_the_school_is(folder: Path) -> None:
    parts = unpack(sheet(folder, "on every page"))
    assert list(parts.values()).count(school_files.logo()) == 1
    assert b"A sentence of the template" not in b"".join(parts.values())
    assert not any(name.startswith("docProps/custom") or "thumbnail" in name for name in parts)
    assert [etree.fromstring(item).tag for item in custom_items(pack(parts))] == ["{urn:hornbook:sheet:1}sheet"]


@cache
def root(data: bytes, name: str = "word/document.xml") -> _Element:
    return etree.fromstring(unpack(data)[name])


@pytest.mark.slow
def test_libreoffice_prints_it(folder: Path, tmp_path: Path) -> None:
    office = Office(tmp_path)
    file = tmp_path / "sheet.docx"
    file.write_bytes(sheet(folder, "on every page"))
    pages = PdfReader(office.convert("pdf", tmp_path / "pdf", file)[0]).pages
    assert [round(float(length)) for length in pages[0].mediabox[2:]] == [595, 842]
    for number, page in enumerate(pages, start=1):
        words = page.extract_text()
        assert "Riverside School" in words
        assert f"page {number}" in words
        assert len(page.images) >= 1
