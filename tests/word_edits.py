"""Edits of a Word file as a teacher makes them, done on its XML: words retyped, paragraphs put in, taken out, moved."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from lxml import etree
from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"

Edit = Callable[[_Element], None]


def edited(source: Path, target: Path, *edits: Edit) -> Path:
    """Return `target`, which is `source` with `edits` made in its body."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for item in package.infolist():
            data = package.read(item)
            if item.filename == BODY:
                root = etree.fromstring(data)
                for edit in edits:
                    edit(root)
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            made.writestr(item, data)
    return target


def words_of(paragraph: _Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def paragraph(root: _Element, words: str) -> _Element:
    """Return the paragraph that holds `words`."""
    return next(found for found in root.iter(f"{W}p") if words in words_of(found))


def retyped(old: str, new: str) -> Edit:
    def edit(root: _Element) -> None:
        node = next(node for node in root.iter(f"{W}t") if old in (node.text or ""))
        node.text = (node.text or "").replace(old, new)

    return edit


def emboldened(words: str) -> Edit:
    """Return an edit that makes `words`, which stand in one run, bold."""

    def edit(root: _Element) -> None:
        node = next(node for node in root.iter(f"{W}t") if words in (node.text or ""))
        run = node.getparent()
        assert run is not None
        before, _, behind = (node.text or "").partition(words)
        for text, bold in ((before, False), (words, True), (behind, False)):
            piece = deepcopy(run)
            inner = piece.find(f"{W}t")
            assert inner is not None
            inner.text = text
            inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            if bold:
                look = piece.find(f"{W}rPr")
                if look is None:
                    look = etree.Element(f"{W}rPr")
                    piece.insert(0, look)
                look.insert(0, etree.Element(f"{W}b"))
            run.addprevious(piece)
        parent = run.getparent()
        assert parent is not None
        parent.remove(run)

    return edit


def without(words: str, *, until: str = "") -> Edit:
    """Return an edit that takes out the paragraph with `words`, and all that follows up to the one with `until`."""

    def edit(root: _Element) -> None:
        block: _Element | None = paragraph(root, words)
        assert block is not None
        last = paragraph(root, until) if until else block.getnext()
        while block is not None and block is not last:
            following = block.getnext()
            parent = block.getparent()
            assert parent is not None
            parent.remove(block)
            block = following

    return edit


def copied(words: str, new: str, *, behind: str = "") -> Edit:
    """Return an edit that puts `new` into a paragraph like the one with `words`, behind it or the one with `behind`."""

    def edit(root: _Element) -> None:
        twin = deepcopy(paragraph(root, words))
        for mark in [*twin.iter(f"{W}bookmarkStart"), *twin.iter(f"{W}bookmarkEnd")]:
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)
        texts = list(twin.iter(f"{W}t"))
        for node in texts:
            node.text = ""
        texts[0].text = new
        paragraph(root, behind or words).addnext(twin)

    return edit


def moved(words: str, until: str, behind: str) -> Edit:
    """Return an edit that moves the blocks from the paragraph with `words` up to that with `until` behind `behind`."""

    def edit(root: _Element) -> None:
        block: _Element | None = paragraph(root, words)
        last, target = paragraph(root, until), paragraph(root, behind)
        while block is not None and block is not last:
            following = block.getnext()
            target.addnext(block)
            target = block
            block = following

    return edit
