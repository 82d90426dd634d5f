"""Sources cited in notes: footnotes that PDF readers and Word know as such."""

from __future__ import annotations

import io
import re
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


TWICE = "It bends[^bend] and bends[^bend] again.[^other]\n\n[^bend]: It was dug so.\n[^other]: And again.\n"


def test_a_note_with_two_marks_is_printed_once_in_a_pdf(sandbox: Sandbox) -> None:
    sandbox.lesson("title: The River\n", TWICE)
    with pikepdf.open(io.BytesIO(written(sandbox, "pdf"))) as pdf:
        kinds = [str(element.S) for element in elements(pdf.Root.StructTreeRoot.K)]
    assert (kinds.count("/Note"), kinds.count("/Reference")) == (2, 3)


def test_a_note_with_two_marks_is_printed_once_on_the_web(sandbox: Sandbox) -> None:
    sandbox.lesson("title: The River\n", TWICE)
    page = written(sandbox, "html").decode()
    assert page.count("It was dug so.") == 1
    assert re.findall(r'<sup class="call">\D*(\d)</sup>', page.replace("&#8288;", "")) == ["1", "1", "2"]


def test_a_note_with_two_marks_is_one_note_in_word_and_a_reference_to_it(sandbox: Sandbox) -> None:
    sandbox.lesson("title: The River\n", TWICE)
    with zipfile.ZipFile(io.BytesIO(written(sandbox, "docx"))) as docx:
        notes, text = (docx.read(f"word/{name}.xml").decode() for name in ("footnotes", "document"))
    assert notes.count("It was dug so.") == 1
    assert text.count("<w:footnoteReference ") == 2
    assert " NOTEREF _RefNote1 " in text
    assert text.count('w:name="_RefNote1"') == 1
    assert text.index('w:name="_RefNote1"') < text.index("<w:footnoteReference ") < text.index("NOTEREF")
