"""Goldens: the text of word/document.xml, a line for each element. `--accept` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx_kinds import arabic_kinds, kinds
from docx_reading import part
from docx_samples import arabic, sheet
from lxml import etree

from toolkit.model.printout import Printout

GOLDEN = Path(__file__).parent / "golden"
SHEETS: dict[str, Callable[[], Printout]] = {
    "student": sheet,
    "teacher": lambda: sheet("teacher", "a4", blank=False),
    "arabic": lambda: arabic("teacher"),
    "kinds-student": kinds,
    "kinds-teacher": lambda: kinds("teacher"),
    "kinds-arabic": arabic_kinds,
}


@pytest.mark.parametrize("name", SHEETS)
def test_the_document_is_as_accepted(name: str, accept: bool) -> None:
    root = part(SHEETS[name]())
    etree.indent(root, " ")
    written = etree.tostring(root, encoding="unicode") + "\n"
    file = GOLDEN / f"{name}.xml"
    if accept:
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")

    assert written == file.read_text(encoding="utf-8")
