"""Tracked changes: the text as it reads when all are accepted, or as it was, and each of them told.

ISO/IEC 29500-1, 17.13.5. Both views change the tree in place. A paragraph whose mark is deleted runs into the
next one; a row is deleted by its properties, or, as LibreOffice 7.4 writes a deleted table, by the marks of
all paragraphs in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.oxml import qn

View: TypeAlias = Literal["accepted", "original"]
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P: Final = qn("w:p")
R: Final = qn("w:r")
TR: Final = qn("w:tr")
TC: Final = qn("w:tc")
TBL: Final = qn("w:tbl")
_PPR: Final = qn("w:pPr")
_MARK: Final = f"{qn('w:pPr')}/{qn('w:rPr')}"
_INSERTED: Final = (qn("w:ins"), qn("w:moveTo"))
_DELETED: Final = (qn("w:del"), qn("w:moveFrom"))
_DELETED_TEXT: Final = {qn("w:delText"): qn("w:t"), qn("w:delInstrText"): qn("w:instrText")}
_ROW: Final = {qn("w:ins"): qn("w:cellIns"), qn("w:del"): qn("w:cellDel")}
_WORDS: Final = frozenset({qn("w:t"), qn("w:delText")})
_KINDS: Final = {
    qn("w:ins"): "inserted",
    qn("w:del"): "deleted",
    qn("w:moveFrom"): "moved away",
    qn("w:moveTo"): "moved here",
    qn("w:rPrChange"): "formatted",
}
# What a paragraph may hold and still say nothing.
_SILENT: Final = frozenset(
    qn(f"w:{tag}")
    for tag in ("pPr", "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd")
)


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change as it stands in the file: `paragraph` is the number of its paragraph in reading order."""

    kind: str
    author: str
    date: str
    words: str
    paragraph: int


def changes(body: _Element) -> list[Change]:
    """Return the tracked changes of `body` in reading order; pieces of one change that follow each other are one."""
    found: list[Change] = []
    for number, paragraph in enumerate(body.iter(P)):
        for element in paragraph.iter(*_KINDS):
            if element.getparent() is not None and _owner(element) is not paragraph:
                continue
            words = "".join(piece.text or "" for piece in _told(element).iter(*_WORDS))
            mark = element.tag != qn("w:rPrChange") and not len(element)
            words = "¶" if mark else words
            change = Change(
                _KINDS[element.tag], element.get(qn("w:author")) or "", element.get(qn("w:date")) or "", words, number
            )
            if words:
                _add(found, change)
    return found


def _add(found: list[Change], change: Change) -> None:
    last = found[-1] if found else None
    same = last and (last.kind, last.author, last.paragraph) == (change.kind, change.author, change.paragraph)
    if last and same and "¶" not in (last.words, change.words):
        found[-1] = Change(last.kind, last.author, last.date, last.words + change.words, last.paragraph)
    else:
        found.append(change)


def _owner(element: _Element) -> _Element | None:
    return next(element.iterancestors(P), None)


def _told(element: _Element) -> _Element:
    """Return what holds the words of a change: the run of a change of format, else the element itself."""
    if element.tag != qn("w:rPrChange"):
        return element
    return next(element.iterancestors(R), element)


def settle(body: _Element, view: View) -> None:
    """Make `body` read as it does with every tracked change accepted, or as it did before ("original")."""
    gone, kept = (_DELETED, _INSERTED) if view == "accepted" else (_INSERTED, _DELETED)
    _alternatives(body)
    _rows(body, gone)
    marked = [paragraph for paragraph in body.iter(P) if _mark_is(paragraph, gone)]
    for element in [one for one in body.iter(*gone) if not _is_mark(one)]:
        _remove(element)
    for element in [one for one in body.iter(*kept) if not _is_mark(one)]:
        _unwrap(element)
    if view == "original":
        _restore(body)
    for paragraph in reversed(marked):
        _merge(paragraph)
    _empty_tables(body)


def _alternatives(body: _Element) -> None:
    """Keep the first choice of each alternative content, the one that Word shows."""
    for element in list(body.iter(f"{_MC}AlternateContent")):
        choice = element.find(f"{_MC}Choice")
        if choice is None:
            choice = element.find(f"{_MC}Fallback")
        for child in list(choice) if choice is not None else ():
            element.addprevious(child)
        _remove(element)


def _rows(body: _Element, gone: tuple[str, ...]) -> None:
    """Remove the rows and cells that are deleted."""
    change = gone[0]
    for row in list(body.iter(TR)):
        properties = row.find(qn("w:trPr"))
        told = properties is not None and properties.find(change) is not None
        if told or _all_gone(row, gone):
            _remove(row)
    for cell in list(body.iter(TC)):
        if cell.find(f"{qn('w:tcPr')}/{_ROW[change]}") is not None:
            _remove(cell)


def _all_gone(row: _Element, gone: tuple[str, ...]) -> bool:
    paragraphs = list(row.iter(P))
    return bool(paragraphs) and all(_mark_is(one, gone) and not _left(one, gone) for one in paragraphs)


def _left(paragraph: _Element, gone: tuple[str, ...]) -> bool:
    """Return whether something of `paragraph` is left when the changes `gone` are gone."""
    return any(child.tag not in _SILENT and child.tag not in gone for child in paragraph)


def _mark_is(paragraph: _Element, tags: tuple[str, ...]) -> bool:
    properties = paragraph.find(_MARK)
    return properties is not None and any(properties.find(tag) is not None for tag in tags)


def _is_mark(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in (qn("w:rPr"), qn("w:trPr"), qn("w:tblPrEx"), qn("w:numPr"))


def _remove(element: _Element) -> None:
    """Remove `element` and keep what bookmarks begin or end in it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tag in (*_INSERTED, *_DELETED):
        for mark in [one for one in element if one.tag in _SILENT]:
            element.addprevious(mark)
    parent.remove(element)


def _unwrap(element: _Element) -> None:
    for child in list(element):
        element.addprevious(child)
    _remove(element)


def _restore(body: _Element) -> None:
    """Make deleted text text again, and give runs and paragraphs the properties that they had."""
    for tag, plain in _DELETED_TEXT.items():
        for element in body.iter(tag):
            element.tag = plain
    for kind in ("rPr", "pPr"):
        for change in list(body.iter(qn(f"w:{kind}Change"))):
            properties, old = change.getparent(), change.find(qn(f"w:{kind}"))
            if properties is None or properties.tag != qn(f"w:{kind}"):
                continue
            inner = properties.find(qn("w:rPr")) if kind == "pPr" else None
            # LibreOffice writes nothing where there were none.
            before = list(old) if old is not None else []
            properties[:] = [*before, *([inner] if inner is not None else [])]


def _merge(paragraph: _Element) -> None:
    """Let `paragraph`, whose mark is gone, run into the next one; it keeps its style if anything of it is left."""
    following = paragraph.getnext()
    while following is not None and following.tag in _SILENT:
        following = following.getnext()
    empty = not _left(paragraph, ())
    if following is not None and following.tag == P:
        ours = [child for child in paragraph if child.tag != _PPR]
        theirs = [child for child in following if child.tag != _PPR]
        if empty:
            at = 1 if following.find(_PPR) is not None else 0
            for child in reversed([one for one in ours if one.tag not in _BOOKMARKS]):
                following.insert(at, child)
            _remove(paragraph)
        else:
            paragraph.extend(theirs)
            _remove(following)
    elif empty and _dispensable(paragraph):
        _remove(paragraph)


_BOOKMARKS: Final = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def _dispensable(paragraph: _Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and (parent.tag != TC or len(parent.findall(P)) > 1)


def _empty_tables(body: _Element) -> None:
    for table in list(body.iter(TBL)):
        if table.find(f".//{TR}") is None:
            _remove(table)


def authors(found: list[Change]) -> Iterator[str]:
    """Yield who made changes, each once, in order."""
    yield from dict.fromkeys(change.author for change in found)
