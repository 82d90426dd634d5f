"""Revisions: what somebody did to a sheet after it was printed, told by the addresses of the lesson.

A reader of an edited file (`formats.docx`) makes them, by comparing the passages of the file with those it was
made from; `source.revise` carries them into the author's files. Words are as printed: rich text of Text,
Emphasis, Strong, Code, Link and LineBreak, so that a citation is its printed text; a Note without content is the mark
of a footnote, and a Gap a blank, by their numbers. No passage begins or ends with a space, no mark does, and there
are never two spaces in a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from toolkit.model.text import Inlines


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a sheet as it stands in a file: a paragraph, an option, the cell of a table.

    `address` is "" for a passage that nobody knows; `role` says what it looks like ("question", "option",
    "paragraph", "heading", "cell", "label" ...). `lines` counts the answer lines that follow it, None where it
    has no room for an answer.
    """

    address: str
    role: str
    words: Inlines
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Reworded:
    """The words at `address` changed from `before` to `after`."""

    address: str
    before: Inlines
    after: Inlines


@dataclass(frozen=True, slots=True)
class Inserted:
    """A new item of the list at `parent` (`sections/causes/questions`, `article/causes`), behind its item `after`.

    `after` is the address of an item that the list had, "" for its beginning. The passages are those of one item,
    the one that names it first: a question with its options, a row with its cells. What is inserted or moved
    behind the same `after` stands there in the order in which it is told.
    """

    parent: str
    after: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """The item or block at `address` is gone, with all in it. `before` is what stood there, to tell a change of it."""

    address: str
    before: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The item at `address` stands behind the item `after` of the list at `parent` now; "" for its beginning."""

    address: str
    parent: str
    after: str


@dataclass(frozen=True, slots=True)
class Relined:
    """The room for the answer at `address` has `after` lines now, and had `before`."""

    address: str
    before: int
    after: int


Revision: TypeAlias = Reworded | Inserted | Deleted | Moved | Relined
"""What can be carried into the lesson. What cannot is told as a Diagnostic."""
