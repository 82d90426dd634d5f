"""Every document is sound to three validators, and each validator catches what is planted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import docx_accessibility
import docx_kinds as kinds
import docx_samples as samples
import invariants
import pytest
from docx_reading import audited

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import pack, unpack
from toolkit.model.printout import Printout
from toolkit.model.text import Figure, Paragraph

SHEETS: dict[str, Callable[[], Printout]] = {
    "student-letter": samples.sheet,
    "student-a4-filled": lambda: samples.sheet("student", "a4", blank=False),
    "teacher-a4": lambda: samples.sheet("teacher", "a4"),
    "teacher-letter": lambda: samples.sheet("teacher", blank=False),
    "arabic": samples.arabic,
    "arabic-teacher": lambda: samples.arabic("teacher"),
    "kinds": kinds.kinds,
    "kinds-teacher": lambda: kinds.kinds("teacher"),
    "kinds-arabic": lambda: kinds.arabic_kinds("student"),
    "kinds-arabic-teacher": kinds.arabic_kinds,
    "decorative": lambda: samples.only(
        Figure("d.png", "", decorative=True), pictures=(samples.picture("d.png", "PNG"),)
    ),
    "empty": samples.only,
    "japanese": lambda: samples.only(Paragraph(samples.words("日本語の本文 and Latin")), language="ja"),
}


@cache
def built(name: str) -> bytes:
    return write(SHEETS[name](), samples.unreported)


@pytest.mark.parametrize("name", SHEETS)
def test_the_schema_finds_nothing(name: str, tmp_path: Path) -> None:
    assert audited(built(name), tmp_path) == []


@pytest.mark.parametrize("name", SHEETS)
def test_the_invariants_find_nothing(name: str) -> None:
    assert invariants.findings(built(name)) == []


@pytest.mark.parametrize("name", SHEETS)
def test_the_accessibility_rules_find_nothing(name: str) -> None:
    assert docx_accessibility.findings(built(name)) == []


# -- planted faults ----------------------------------------------------------------------------------

BODY = "word/document.xml"


def planted(part: str, pattern: str, replacement: str, name: str = "teacher-a4") -> bytes:
    """Return a sheet with the first match of `pattern` in `part` replaced; there must be one."""
    parts = unpack(built(name))
    text, count = re.subn(pattern, replacement, parts[part].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    return pack({**parts, part: text.encode()})


BROKEN: dict[str, tuple[str, str, str]] = {
    "bookmark not closed": (BODY, r"<w:bookmarkEnd [^>]*/>", ""),
    "bookmark never opened": (BODY, r"<w:bookmarkStart [^>]*/>", ""),
    "bookmark name twice": (BODY, r'(w:name=")(_LT_\w+)(".*?w:name=")_LT_\w+"', r'\1\2\3\2"'),
    "bookmark id twice": (BODY, r'(bookmarkStart w:id=")2"(.*?bookmarkEnd w:id=")2"', r'\g<1>1"\g<2>1"'),
    "bookmark name too long": (BODY, r'w:name="_LT_', 'w:name="_LT_' + "x" * 40),
    "bookmark round nothing": (BODY, r"(<w:bookmarkStart [^>]*/>)(<w:r>.*?</w:r>)(<w:bookmarkEnd [^>]*/>)", r"\1\3\2"),
    "field not closed": (BODY, r"(<w:r>)(<w:t)", r'\1<w:fldChar w:fldCharType="begin"/></w:r><w:r>\2'),
    "field without instruction": ("word/footer1.xml", r' w:instr=" PAGE "', ' w:instr=" "'),
    "style that is not there": (BODY, r'w:val="LTQuestion"', 'w:val="Frage"'),
    "numbering that is not there": (BODY, r'(<w:numPr>.*?<w:numId w:val=")\d+"', r'\g<1>99"'),
    "footnote without text": (BODY, r'<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="7"/>'),
    "link to nowhere": (BODY, r'w:anchor="[^"]*"', 'w:anchor="_LT_nowhere_000000"'),
    "relationship that is not there": (BODY, r'r:embed="[^"]*"', 'r:embed="rId999"'),
    "picture that is not there": ("word/_rels/document.xml.rels", r"media/image1", "media/image9"),
    "part that nothing needs": ("word/_rels/document.xml.rels", r'<Relationship [^>]*footnotes.xml"/>', ""),
    "core date that is none": ("docProps/core.xml", r"2000-01-01T00:00:00Z", "yesterday"),
    "row that lacks a cell": (BODY, r"(<w:tr>(?:(?!</w:tr>).)*)<w:tc>(?:(?!</w:tc>).)*</w:tc></w:tr>", r"\1</w:tr>"),
    "cell without a paragraph": (BODY, r"(<w:tc><w:tcPr>.*?</w:tcPr>)<w:p>.*?</w:p></w:tc>", r"\1</w:tc>"),
    "tables that touch": (BODY, r"(<w:tbl>.*?</w:tbl>)", r"\1\1"),
    "properties out of order": (BODY, r"(<w:pStyle [^>]*/>)(<w:keepNext/>)", r"\2\1"),
    "table properties out of order": (BODY, r"(<w:tblStyle [^>]*/>)(<w:tblW [^>]*/>)", r"\2\1"),
    "unknown element": (BODY, r"<w:keepNext/>", "<w:keepsNext/>"),
    "unknown value": (BODY, r'w:type="dxa"', 'w:type="mm"'),
    "required attribute lost": (BODY, r' w:name="_LT_[^"]*"', ""),
    "broken XML": (BODY, r"</w:body>", ""),
    "no content type": ("[Content_Types].xml", r'<Default [^>]*Extension="(?:png|jpg|jpeg)"[^>]*/>', ""),
    "drawing id twice": (BODY, r"(<w:p><w:pPr><w:pStyle w:val=\"LTFigure\"/>.*?</w:p>)", r"\1\1"),
    "style identifier twice": ("word/styles.xml", r'w:styleId="LTKicker"', 'w:styleId="Normal"'),
    "control id twice": (
        BODY,
        r"(<w:body>)",
        r"\1" + 2 * '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
    ),
    "paragraph id twice": (
        BODY,
        r"(<w:body>)",
        r"\1" + 2 * '<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="0A0A0A0A"/>',
    ),
    "relationship id twice": ("word/_rels/document.xml.rels", r'Id="rId2"', 'Id="rId1"'),
    "content type of nothing": ("[Content_Types].xml", r"/word/footer2.xml", "/word/footer9.xml"),
    "list definition that is not there": ("word/numbering.xml", r'(<w:abstractNumId w:val=")\d+"', r'\g<1>77"'),
    "no list of content types": ("[Content_Types].xml", r"<Types .*</Types>", '<Types xmlns="urn:x"/>'),
    "compatibility lost": ("word/settings.xml", r'w:name="compatibilityMode"', 'w:nom="compatibilityMode"'),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_document_is_caught(fault: str, tmp_path: Path) -> None:
    data = planted(*BROKEN[fault])

    try:
        found = invariants.findings(data) or audited(data, tmp_path)
    except Exception as error:
        found = [str(error)]

    assert found


def test_a_text_that_ends_with_a_table_is_caught() -> None:
    data = planted(BODY, r"<w:p>(?:(?!<w:p>).)*(<w:sectPr)", r"\1", "arabic")

    assert "the text does not end with a paragraph and its section" in invariants.findings(data)


def test_a_part_that_stands_twice_is_caught() -> None:
    buffer = BytesIO(built("student-letter"))
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/styles.xml", "<x/>")

    assert "word/styles.xml is in the file twice" in invariants.findings(buffer.getvalue())


BARRED: dict[str, tuple[str, str, str]] = {
    "no title": ("docProps/core.xml", r"<dc:title>.*?</dc:title>", ""),
    "no language": ("docProps/core.xml", r"<dc:language>.*?</dc:language>", ""),
    "text without language": ("word/styles.xml", r"<w:lang [^>]*/>", ""),
    "protection": ("word/settings.xml", r"<w:zoom", '<w:documentProtection w:edit="forms" w:enforcement="1"/><w:zoom'),
    "picture without words": (BODY, r' descr="[^"]*"', ""),
    "picture named by its file": (BODY, r' descr="[^"]*"', ' descr="canal.png"'),
    "floating picture": (BODY, r"<wp:inline(.*?)</wp:inline>", r"<wp:anchor\1</wp:anchor>"),
    "table without header": (BODY, r"<w:tblHeader/>", ""),
    "empty header cell": (BODY, r"(<w:tblHeader/>.*?)<w:t>[^<]*</w:t>", r"\1"),
    "merged cells": (BODY, r"(<w:tcPr><w:tcW [^>]*/>)", r'\1<w:gridSpan w:val="2"/>'),
    "table in a table": (BODY, r"(<w:tc><w:tcPr>.*?</w:tcPr>)", r"\1<w:tbl><w:tr/></w:tbl>"),
    "table without words": (BODY, r"<w:tblCaption [^>]*/>", ""),
    "link that says nothing": (BODY, r"(<w:hyperlink.*?<w:t>)[^<]*", r"\1here"),
    "typed underscores": (BODY, r"<w:t>[^<]*</w:t>", "<w:t>Name ________</w:t>"),
    "tabs in a row": (BODY, r"(<w:r>)(<w:t[ >])", r"\1<w:tab/><w:tab/><w:tab/><w:tab/>\2"),
    "empty paragraphs": (BODY, r"<w:body>", "<w:body><w:p/><w:p/><w:p/><w:p/>"),
    "typed list": (BODY, r"(<w:body>)", r"\1<w:p><w:r><w:t>1.</w:t></w:r><w:r><w:tab/><w:t>One</w:t></w:r></w:p>"),
    "heading that jumps": (BODY, r'w:val="Heading2"', 'w:val="Heading4"'),
    "empty heading": (BODY, r'(<w:pStyle w:val="Heading2"/></w:pPr>).*?</w:p>', r"\1</w:p>"),
    "long heading": (BODY, r'(<w:pStyle w:val="Heading2"/></w:pPr>.*?<w:t>)', r"\1" + "x" * 101),
    "false heading": (BODY, r"<w:r>(<w:t[ >])", r'<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>\1'),
    "pale style": ("word/styles.xml", r'w:val="55524D"', 'w:val="4F81BD"'),
    "pale run": (BODY, r"<w:r>(<w:t[ >])", r'<w:r><w:rPr><w:color w:val="999999"/></w:rPr>\1'),
    "small body": ("word/styles.xml", r'<w:sz w:val="23"/>', '<w:sz w:val="18"/>'),
    "tiny style": ("word/styles.xml", r'<w:sz w:val="18"/>', '<w:sz w:val="14"/>'),
}  # fmt: skip


@pytest.mark.parametrize("barrier", BARRED)
def test_a_barrier_is_caught(barrier: str) -> None:
    before = set(docx_accessibility.findings(built("teacher-a4")))

    after = set(docx_accessibility.findings(planted(*BARRED[barrier])))

    assert after - before


def test_no_headings_at_all_is_caught() -> None:
    parts = unpack(built("student-letter"))
    parts[BODY] = re.sub(rb'w:val="Heading\d"', b'w:val="Normal"', parts[BODY])

    assert "E the document has no headings" in docx_accessibility.findings(pack(parts))
