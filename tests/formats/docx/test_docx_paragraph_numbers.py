"""The paragraphs of a reading that questions point at are counted by Word itself, in the margin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx_reading
import pytest
from docx_reading import W, audited
from docx_samples import sheet, unreported
from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx import write
from toolkit.model.printout import Part, Printout
from toolkit.model.text import BulletList, Paragraph, Text

READING = (
    Paragraph((Text("One."),), "article/1", number="1"),
    BulletList(((Paragraph((Text("An item."),)),),), "article/2"),
    Paragraph((Text("Two."),), "article/3", number="2"),
)


def numbered(*blocks: Paragraph | BulletList) -> Printout:
    return replace(sheet(), parts=(Part("reading", blocks),))


def paragraph(root: _Element, words: str) -> _Element:
    (found,) = [p for p in root.iter(f"{W}p") if docx_reading.text(p) == words]
    return found


def value(element: _Element, path: str) -> str | None:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found.get(f"{W}val") if found is not None else None


def test_word_counts_the_paragraphs_and_no_number_is_typed() -> None:
    printout = numbered(*READING)
    document = docx_reading.part(printout)
    lists = [value(paragraph(document, words), "pPr/numPr/numId") for words in ("One.", "Two.", "An item.")]
    assert lists[0] == lists[1] is not None
    assert lists[2] != lists[0]
    numbering = docx_reading.part(printout, "word/numbering.xml")
    (number,) = [n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == lists[0]]
    kind = value(number, "abstractNumId")
    (found,) = [one for one in numbering.iter(f"{W}abstractNum") if one.get(f"{W}abstractNumId") == kind]
    assert value(found, "lvl/numFmt") == "decimal"
    indent = found.find(f"{W}lvl/{W}pPr/{W}ind")
    assert indent is not None
    # The text stands where it stood, and the number before it in the margin.
    assert indent.get(f"{W}left") == "0"
    assert int(indent.get(f"{W}hanging") or 0) > 0


def test_the_file_is_valid(tmp_path: Path) -> None:
    assert audited(write(numbered(*READING), unreported), tmp_path) == []


@pytest.mark.parametrize("number", ["", "1"])
def test_a_reading_has_a_numbering_only_if_it_has_numbers(number: str) -> None:
    printout = numbered(Paragraph((Text("One."),), "article/1", number=number))
    one = paragraph(docx_reading.part(printout), "One.")
    assert (one.find(f"{W}pPr/{W}numPr") is not None) == bool(number)
    kinds = etree.tostring(docx_reading.part(printout, "word/numbering.xml")).decode()
    assert ("singleLevel" in kinds) == bool(number)
