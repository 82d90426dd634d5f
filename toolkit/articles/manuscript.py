"""The manuscript: a source text taken apart, with an account of where every piece of it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Fate: TypeAlias = Literal["kept", "removed", "layout"]
"""What became of a piece of the source: kept in the draft, removed for a reason, or white space between."""

Shape: TypeAlias = Literal["heading", "paragraph", "list", "quote", "table", "figure", "note", "rule"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line of the source: characters `start` to `end`, `line` counting from 1.

    `about` is where it is kept ("paragraph 3", "people") or why it was removed ("an index term").
    """

    line: int
    start: int
    end: int
    fate: Fate
    about: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at: its line of the source, the words, and the question."""

    line: int
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the article, as Markdown. `lines` are the first and last line of the source.

    `level` is that of a heading, from 2 on; 0 for other blocks.
    """

    shape: Shape
    markdown: str
    lines: tuple[int, int]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A person: the name as it is read, as it is sorted, and what the source says beside it."""

    display: str
    sort: str
    note: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """An entry of the source's index. `block` is the position of the block that it stood in, -1 for none."""

    term: str
    subtopic: str = ""
    block: int = -1


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of further reading, as the source prints it. `line` counts from 1."""

    words: str
    line: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the source. `options` and `answers` are empty where it gives none.

    `correct` are the positions of the right options; `section` is the heading it stands under.
    """

    prompt: str
    options: tuple[str, ...] = ()
    correct: tuple[int, ...] = ()
    answer: str = ""
    section: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A word that the source explains."""

    term: str
    means: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the source: the file it names, and what the source says of it; "" for nothing."""

    file: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the source says it comes from; "" for what it does not say."""

    author: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A source text taken apart. `date` is EDTF or ""; `pieces` account for every character of the source.

    `text` is the Markdown that a source of another format was turned into first, "" where the source is read as
    it is: lines and pieces count in that. `language` is a language tag (BCP 47), "" where the source says none.
    `proposed` are the headings that the source does not have.
    """

    reader: str
    title: str
    summary: str = ""
    date: str = ""
    number: str = ""
    blocks: tuple[Block, ...] = ()
    people: tuple[Name, ...] = ()
    places: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    index: tuple[IndexTerm, ...] = ()
    objectives: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    related: tuple[str, ...] = ()
    questions: tuple[Asked, ...] = ()
    terms: tuple[Term, ...] = ()
    images: tuple[Picture, ...] = ()
    provenance: Provenance = Provenance()
    pieces: tuple[Piece, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    text: str = ""
    language: str = ""
    proposed: tuple[str, ...] = ()
