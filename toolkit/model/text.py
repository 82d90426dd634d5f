"""Rich text: the inline and block nodes that Markdown fields and articles are read into.

A closed set of frozen values. Writers match on them exhaustively, so that a node nobody can show is a
type error and not a silent loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

# -- inline ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words; italic in print."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words; bold in print."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to be taken literally."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `href` (http, https, mailto, or `#anchor`)."""

    content: Inlines
    href: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Cite:
    """One source inside a citation: pandoc's `prefix @key, locator suffix`."""

    key: str
    prefix: str = ""
    locator: str = ""
    suppress_author: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as the author wrote it. `compose` replaces it by text; no printout holds one.

    `in_text` is pandoc's bare `@key`: the author's name is part of the sentence.
    """

    cites: tuple[Cite, ...]
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, standing where its mark stands. `number` is given by `compose`; 0 until then.

    `again`: the mark alone, of a note whose text stands at an earlier mark.
    """

    content: Blocks
    number: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the lesson's vocabulary explains; bold in print, its Gloss stands nearby."""

    content: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank in a sentence, to be filled in. `number` counts from 1 in its task, `width` is in mm.

    What belongs in it is in the key of the response it stands in, so that a student's printout holds none.
    """

    number: int
    width: float
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class LineReference:
    """A place in the article that the author points at. `compose` replaces it by text; no printout holds one.

    `target` is a section's name and a paragraph of it ("causes/2"), or, where `phrase`, words of the article.
    `unit` says what is printed, with a `capital` letter or not: "lines 35–38", "paragraph 4".
    """

    unit: Literal["line", "paragraph"]
    target: str
    phrase: bool = False
    capital: bool = False


Inline: TypeAlias = Text | Emphasis | Strong | Code | Link | LineBreak | Citation | Note | Term | Gap | LineReference
Inlines: TypeAlias = tuple[Inline, ...]

# -- blocks ------------------------------------------------------------------------------------------

Alignment: TypeAlias = Literal["left", "center", "right", ""]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `role` names a special one ("instructions", "credit", "hint", "omission"); "" is plain prose.

    `number` is printed beside it, where questions point at the paragraphs of a reading.
    """

    content: Inlines
    address: str = ""
    role: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the printout, and levels never jump in a printout."""

    level: int
    content: Inlines
    address: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """An unordered list; each item is a run of blocks."""

    items: tuple[Blocks, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list, counting from `start`."""

    items: tuple[Blocks, ...]
    start: int = 1
    address: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else, set apart."""

    content: Blocks
    address: str = ""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Literal lines."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; every row has as many cells as `header` (a rule of PDF/UA, 7.2-43).

    `role` names a special one, ruled all round and with its rows named by their first cells: "marks" (cells to
    write points in), "key" (the answers of versions); "" is a table of the author's.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[Alignment, ...] = ()
    caption: Inlines = ()
    address: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `alt` is "" only when `decorative`. `file` is the name in the lesson's folder."""

    file: str
    alt: str
    caption: Inlines = ()
    credit: Inlines = ()
    decorative: bool = False
    address: str = ""


Block: TypeAlias = Paragraph | Heading | BulletList | OrderedList | Quote | CodeBlock | Rule | Table | Figure
Blocks: TypeAlias = tuple[Block, ...]


# -- questions about text ----------------------------------------------------------------------------


def plain(content: Inlines) -> str:
    """Return the characters of `content` without marks, notes left out, line breaks as spaces."""
    return "".join(_plain(node) for node in content)


def _plain(node: Inline) -> str:  # noqa: PLR0911  # one way out for each
    match node:
        case Text(text) | Code(text):
            return text
        case Emphasis(content) | Strong(content) | Link(content, _) | Term(content, _):
            return plain(content)
        case LineBreak():
            return " "
        case Gap():
            return "…"
        case Citation(cites, _):
            return "[" + "; ".join("@" + cite.key for cite in cites) + "]"
        case LineReference(unit, target):
            return f"[{unit}: {target}]"
        case Note():
            return ""


def inlines_of(block: Block) -> Iterator[Inlines]:
    """Yield every run of inline content in `block`, in reading order, captions and cells included."""
    match block:
        case Paragraph(content) | Heading(_, content):
            yield content
        case BulletList(items) | OrderedList(items):
            yield from (run for item in items for child in item for run in inlines_of(child))
        case Quote(content):
            yield from (run for child in content for run in inlines_of(child))
        case Table(header, rows, _, caption):
            yield from (caption, *header, *(cell for row in rows for cell in row))
        case Figure():
            yield block.caption
            yield block.credit
        case CodeBlock() | Rule():
            return


def rebuilt(block: Block, change: Callable[[Inlines], Inlines]) -> Block:
    """Return `block` with every run of inline content replaced by what `change` makes of it."""
    match block:
        case Paragraph(content) | Heading(_, content):
            return replace(block, content=change(content))
        case BulletList(items) | OrderedList(items):
            return replace(block, items=tuple(tuple(rebuilt(b, change) for b in item) for item in items))
        case Quote(content):
            return replace(block, content=tuple(rebuilt(b, change) for b in content))
        case Table(header, rows, _, caption):
            cells = tuple(tuple(change(cell) for cell in row) for row in rows)
            return replace(block, header=tuple(change(c) for c in header), rows=cells, caption=change(caption))
        case Figure():
            return replace(block, caption=change(block.caption), credit=change(block.credit))
        case CodeBlock() | Rule():
            return block


def walk(content: Inlines) -> Iterator[Inline]:
    """Yield every inline node of `content`, outer before inner, the inside of notes included."""
    for node in content:
        yield node
        match node:
            case Emphasis(inner) | Strong(inner) | Link(inner, _) | Term(inner, _):
                yield from walk(inner)
            case Note(blocks):
                for block in blocks:
                    for run in inlines_of(block):
                        yield from walk(run)
            case _:
                pass


def plain_block(block: Block) -> str:
    """Return the characters of `block` without marks; runs are joined by single spaces."""
    if isinstance(block, CodeBlock):
        return block.text
    return " ".join(filter(None, (plain(run) for run in inlines_of(block))))
