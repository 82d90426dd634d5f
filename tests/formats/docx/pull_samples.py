"""A lesson with everything that a teacher edits, its sheets as files, and revisions as short lines to compare."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path

from lxml import etree
from sandbox import Sandbox

from toolkit.formats import sealer, writer
from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.oxml import qn
from toolkit.formats.docx.reading import Reading, read
from toolkit.formats.docx.reading.tracked import View
from toolkit.model.revision import Deleted, Inserted, Moved, Relined, Revision, Reworded
from toolkit.model.stamp import Stamp
from toolkit.model.text import Code, Emphasis, Gap, Inlines, LineBreak, Link, Note, Strong, Text

SPEC = """\
title: The River Bends
summary: A town by a river learns to live with mud.
article: article.md
sections:
  - heading: Upstream
    id: up
    vocabulary:
      silt: {part: noun, means: Fine earth that water carries.}
    questions:
      - id: slow
        open: Why does the water slow down above the town?
        lines: 3
        answer: The land is flat there.
        points: 2
      - id: settle
        choose: Where does most of the silt come to rest?
        options: [On the mountain slopes, Behind the old dike, Far out at sea, In the wells of the town]
        correct: Behind the old dike
      - {id: who, short: Who was first to measure the depth?, answer: the keeper}
  - heading: Downstream
    id: down
    questions:
      - id: life
        open: How did the dike change daily life in the town?
        lines: 4
        answer: Streets stayed dry in spring.
      - {id: cost, open: Which cost of the dike was paid by farmers alone?, lines: 2}
questions:
  - {id: instead, open: What would you have built instead of a dike?, lines: 5}
  - {id: fill, cloze: "The keeper took the {depth} every morning beside the {gate}.", bank: true}
  - {id: years, table: Write what happened in each year., columns: [When, What], rows: [[In 1610, "{the bank}"]]}
chronology:
  - {id: broke, date: 1953-02-01, event: The dike breaks in a winter storm.}
  - {id: law, date: 1958, event: A law pays for higher banks.}
  - {id: gate, date: 1986, event: The great gate is opened.}
bibliography:
  reed2001:
    {type: book, author: "Reed, Ada", title: Mud and Money, issued: 2001, annotation: "Tells who paid for the banks."}
  marsh1990:
    {type: book, author: "Marsh, Tom", title: A Wall of Earth, issued: 1990, annotation: "A keeper looks back."}
people:
  - {name: Ada Reed, role: engineer, note: She drew the plan of the gate.}
"""
ARTICLE = """\
# The River Bends

The river is older than the town.

## Upstream

The water slows in the plain and drops its silt. Every spring the bed lies a little higher than before.

Farmers welcomed the mud at first, because it fed their fields for nothing.

Then the floods came nearer each year.

## Downstream

The town built a dike of clay and stone. It took eleven summers and most of the money in the chest.

| Year | Height | Paid by |
| --- | --- | --- |
| 1610 | one metre | the abbey |
| 1702 | two metres | the town |
| 1958 | five metres | the state |

Nobody asked the farmers on the other bank.
"""
SHEETS = (("worksheet", "student"), ("worksheet", "teacher"), ("handout", "student"), ("handout", "teacher"))


@cache
def built(sheet: str = "worksheet", audience: str = "student", spec: str = SPEC, article: str = ARTICLE) -> bytes:
    """Return a sheet of the lesson as a build writes it."""
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(Path(folder))
        sandbox.lesson(spec, article)
        data = writer("docx")(sandbox.printout(sheet, audience), lambda _: None)
    seal = sealer("docx")
    assert seal
    return seal(data, Stamp("river", sheet, audience))


def stripped(data: bytes) -> bytes:
    """Return the document `data` without a bookmark."""
    parts = unpack(data)
    root = etree.fromstring(parts["word/document.xml"])
    for mark in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)
    return pack({**parts, "word/document.xml": etree.tostring(root)})


def changes(data: bytes, view: View = "accepted") -> list[str]:
    """Return the revisions and the codes of the diagnostics of an edited sheet, a line each."""
    return lines(read(data, view))


def lines(reading: Reading) -> list[str]:
    """Return a reading as lines."""
    found = [line(revision) for revision in reading.revisions]
    return [*found, *(f"{one.code} {one.address}" for one in reading.diagnostics)]


def line(revision: Revision) -> str:
    """Return a revision as a line; new words that were typed as they are, long old ones cut."""
    match revision:
        case Reworded(address, _, after):
            return f"{address} = {markdown(after)}"
        case Inserted(parent, after, passages):
            shown = " | ".join(
                f"{one.role}: {markdown(one.words)}" + (f" [{one.lines}]" if one.lines is not None else "")
                for one in passages
            )
            return f"{parent} + {tail(after)} + {shown}"
        case Deleted(address, _):
            return f"- {address}"
        case Moved(address, parent, after):
            return f"{address} -> {parent} after {tail(after)}"
        case Relined(address, before, after):
            return f"{address} lines {before} -> {after}"


def tail(address: str) -> str:
    """Return the last step of `address`, "^" for the beginning."""
    return address.rpartition("/")[2] or "^"


def markdown(content: Inlines) -> str:
    """Return rich text in a shorthand like Markdown, long text cut."""
    return re.sub(r"(.{60}).{8,}(.{20})", r"\1...\2", whole(content))


def whole(content: Inlines) -> str:
    """Return rich text in a shorthand like Markdown."""
    found = ""
    for node in content:
        match node:
            case Text(text):
                found += text
            case Code(text):
                found += f"`{text}`"
            case Strong(inner):
                found += f"**{whole(inner)}**"
            case Emphasis(inner):
                found += f"*{whole(inner)}*"
            case Link(inner, href):
                found += f"[{whole(inner)}]({href})"
            case LineBreak():
                found += "\\n"
            case Gap(number):
                found += f"{{{number}}}"
            case Note(_, number):
                found += f"[^{number}]"
            case _:
                raise AssertionError(f"{node!r} in a revision")
    return found
