"""Reading the documents that the tests make."""

from __future__ import annotations

from pathlib import Path

import docx_samples as samples
from lxml import etree
from lxml.etree import _Element
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from toolkit.formats import Report
from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Printout

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def part(printout: Printout, name: str = "word/document.xml", report: Report = samples.unreported) -> _Element:
    """Return the root of one part of the written `printout`."""
    return etree.fromstring(unpack(write(printout, report))[name])


def reported(printout: Printout) -> list[Diagnostic]:
    """Return what the writer reports about `printout`."""
    found: list[Diagnostic] = []
    write(printout, found.append)
    return found


def audited(data: bytes, folder: Path) -> list[str]:
    """Return what the rules of Microsoft's Open XML SDK find in the document `data`; `folder` is to write in."""
    file = folder / "sheet.docx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(file)).errors]


def text(element: _Element) -> str:
    """Return the words of `element`; a tab is a tab, a line break a line break."""
    pieces = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad"}
    runs = [element] if element.tag == f"{W}r" else element.iter(f"{W}r")
    return "".join(pieces.get(one.tag, one.text or "") for run in runs for one in run if one.tag in (f"{W}t", *pieces))


def outline(root: _Element) -> list[tuple[str, str]]:
    """Return style and words of every paragraph, those in tables included."""
    return [(style(one), text(one)) for one in root.iter(f"{W}p")]


def style(paragraph: _Element) -> str:
    """Return the identifier of the style of `paragraph`, "" for none."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return (found.get(f"{W}val") or "") if found is not None else ""


def styled(root: _Element, name: str) -> list[_Element]:
    """Return the paragraphs of `root` in the style `name`."""
    return [one for one in root.iter(f"{W}p") if style(one) == name]


def value(element: _Element, path: str, attribute: str = "val") -> str | None:
    """Return an attribute of the first element at `path` ("w:pPr/w:ind"), None where there is none."""
    found = element.find(path, NAMES)
    return found.get(f"{W}{attribute}") if found is not None else None


def bookmarks(root: _Element) -> dict[str, str]:
    """Return the words that each bookmark holds, by its name."""
    found: dict[str, str] = {}
    for start in root.iter(f"{W}bookmarkStart"):
        words, piece = "", start.getnext()
        while piece is not None and piece.get(f"{W}id") != start.get(f"{W}id"):
            words, piece = words + text(piece), piece.getnext()
        found[start.get(f"{W}name") or ""] = words
    return found
