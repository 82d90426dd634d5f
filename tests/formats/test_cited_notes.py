"""Sources cited in notes: footnotes that PDF readers and Word know as such."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pikepdf
import pytest
from sandbox import Sandbox

from toolkit.formats import writer
from toolkit.model.diagnostics import Diagnostic

LESSON = """\
title: The River
style: chicago
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, publisher: Press, issued: 1950, URL: "https://example.org/w"}
chronology:
  - {date: 1953, event: The dike breaks., cite: reed1950}
"""
ARTICLE = "It is old [@reed1950, 12].\n\nIt bends.[^1]\n\n[^1]: See @reed1950.\n"


@pytest.fixture
def cited(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(LESSON, ARTICLE)
    return sandbox


def written(sandbox: Sandbox, form: str) -> bytes:
    found: list[Diagnostic] = []
    data = writer(form)(sandbox.printout(), found.append)
    assert found == []
    return data


def elements(node: object) -> Iterator[pikepdf.Dictionary]:
    """Yield the structure elements under `node`, in reading order."""
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def test_a_pdf_has_notes_with_names_and_references_to_them(cited: Sandbox) -> None:
    with pikepdf.open(io.BytesIO(written(cited, "pdf"))) as pdf:
        root = pdf.Root.StructTreeRoot
        kinds = [str(element.S) for element in elements(root.K)]
        assert (kinds.count("/Note"), kinds.count("/Reference")) == (3, 3)
        names = [str(element.ID) for element in elements(root.K) if element.S == "/Note"]
        assert len(set(names)) == 3
        kept = list(root.IDTree.Kids[0].Names)
        assert [str(name) for name in kept[::2]] == sorted(names)
        assert all(str(element.ID) == str(name) for name, element in zip(kept[::2], kept[1::2], strict=True))


def test_a_pdf_without_notes_has_none(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n", "Text.\n")
    with pikepdf.open(io.BytesIO(written(sandbox, "pdf"))) as pdf:
        kinds = {str(element.S) for element in elements(pdf.Root.StructTreeRoot.K)}
        assert not kinds & {"/Note", "/Reference"}
        assert "/IDTree" not in pdf.Root.StructTreeRoot


def test_a_word_file_has_footnotes(cited: Sandbox) -> None:
    with zipfile.ZipFile(io.BytesIO(written(cited, "docx"))) as file:
        notes = file.read("word/footnotes.xml").decode()
        text = file.read("word/document.xml").decode()
    assert text.count("<w:footnoteReference ") == 3
    assert "Ada Reed, " in notes
    assert "12, " in notes
    assert 'w:anchor="' not in notes
