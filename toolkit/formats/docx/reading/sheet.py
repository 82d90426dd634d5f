"""A Word file as a sheet: its units, tracked changes and comments in one view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.oxml import qn
from toolkit.formats.docx.reading.looks import Styles
from toolkit.formats.docx.reading.package import Package, refuse
from toolkit.formats.docx.reading.runs import Sources
from toolkit.formats.docx.reading.tracked import Change, P, View, changes, settle
from toolkit.formats.docx.reading.units import DocumentReader, Units

_MOST_PARAGRAPHS: Final = 6_000  # squared paper and lines have one in each square or row
_LONGEST: Final = 40_000
_DC: Final = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it stands in the file. `about` are the words that it is about, `paragraph` counts as changes do."""

    identifier: str
    author: str
    date: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a Word file holds. `names` are the bookmarks that begin in each paragraph, all changes still in it."""

    units: Units
    tracked: tuple[Change, ...]
    remarks: tuple[Remark, ...]
    names: Mapping[int, tuple[str, ...]]
    identifier: str


def sheet_of(package: Package, view: View, anchors: Mapping[str, str]) -> Sheet:
    """Return the sheet in the file `package`; `anchors` are the addresses of its bookmarks.

    Raise LessonError for a file whose parts do not fit together.
    """
    root = package.root(package.main)
    body = root.find(qn("w:body")) if root is not None else None
    if body is None:
        refuse("W903", "the file is damaged: its text is missing")
    _measured(body)
    numbers = {paragraph: number for number, paragraph in enumerate(body.iter(P))}
    tracked = tuple(changes(body))
    names = {number: tuple(_names(paragraph)) for paragraph, number in numbers.items()}
    settle(body, view)
    relations = package.relations(package.main)
    sources = Sources(
        Styles(package.related("styles")),
        {key: target for key, (kind, target, _) in relations.items() if kind == "hyperlink"},
        {**_notes(package, "footnotes", view), **_notes(package, "endnotes", view)},
        {key: package.digests.get(target, target) for key, (kind, target, _) in relations.items() if kind == "image"},
        anchors,
    )
    units = DocumentReader(sources, numbers).read(body)
    return Sheet(units, tracked, tuple(_remarks(package)), names, _identifier(package))


def _measured(body: _Element) -> None:
    """Refuse what would take minutes to compare: no sheet is nearly so long."""
    if sum(1 for _ in body.iter(P)) > _MOST_PARAGRAPHS:
        refuse("W902", f"the file has more than {_MOST_PARAGRAPHS:,} paragraphs", "take out what is not of the sheet")
    for paragraph in body.iter(P):
        if sum(len(piece.text or "") for piece in paragraph.iter(qn("w:t"))) > _LONGEST:
            refuse("W902", f"the file has a paragraph of more than {_LONGEST:,} characters", "part it")


def _names(paragraph: _Element) -> list[str]:
    return [mark.get(qn("w:name")) or "" for mark in paragraph.iter(qn("w:bookmarkStart"))]


def _notes(package: Package, kind: str, view: View) -> dict[str, str]:
    """Return the words of each note by its identifier."""
    root = package.related(kind)
    if root is None:
        return {}
    settle(root, view)
    return {note.get(qn("w:id")) or "": _words(note) for note in root if note.get(qn("w:type")) is None}


def _words(element: _Element) -> str:
    """Return the words of `element`, its paragraphs parted by spaces."""
    paragraphs = ("".join(piece.text or "" for piece in one.iter(qn("w:t"))) for one in element.iter(P))
    return " ".join(" ".join(paragraphs).split())


def _remarks(package: Package) -> list[Remark]:
    root = package.related("comments")
    return [
        Remark(one.get(qn("w:id")) or "", one.get(qn("w:author")) or "", one.get(qn("w:date")) or "", _words(one))
        for one in (root if root is not None else ())
        if one.tag == qn("w:comment")
    ]


def _identifier(package: Package) -> str:
    """Return what the core properties call the file."""
    root = package.root("docProps/core.xml")
    found = root.find(f"{_DC}identifier") if root is not None else None
    return (found.text or "") if found is not None else ""
