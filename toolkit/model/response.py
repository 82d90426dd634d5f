"""Responses: the closed set of ways in which a student answers on paper.

The names follow the interaction types of QTI 2.2 (1EdTech), so that an export to a learning-management
system can follow. A kind of question maps itself to one of these; a writer draws these and nothing else.
Whatever tells the answer is in a field named `key`, and is None in anything a student may see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from toolkit.model.text import Blocks, Inlines


@dataclass(frozen=True, slots=True)
class Writing:
    """Ruled lines to write on (QTI extendedTextInteraction).

    `lines` rules, `pitch` mm apart; 0 lines is no room at all. Where `fill`, `lines` is the fewest and the
    rules go on to the foot of the page. `spoken` is what a screen reader says once in place of the rules
    ("Space for the answer, 4 lines"). It has no key: a model answer is no part of the room to write, and is
    printed as a `Model` beside the task.
    """

    lines: int
    pitch: float
    spoken: str
    fill: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """An empty frame to draw or write in, `height` mm high (QTI drawingInteraction).

    Where `square` is more than 0 it is squared paper, `square` mm a side. It has no key, like Writing.
    """

    height: float
    square: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One short rule to write a word, a phrase or a number on (QTI textEntryInteraction).

    `width` is in mm, the same for every entry of a sheet if length must give nothing away. `unit` is
    printed after the rule ("km"). `key` is the accepted answer.
    """

    width: float
    pitch: float
    spoken: str
    key: Inlines | None = None
    unit: Inlines = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One choice or item. `label` is its letter in the reader's alphabet, "" where it has none."""

    label: str
    content: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to mark one (○) or, where `many`, several (☐) of (QTI choiceInteraction).

    Where `inline`, the options stand in one line after the stem (true, false). `correction` is room to
    write the statement right. `key` holds the positions of the right options, counting from 0.
    """

    options: tuple[Option, ...]
    many: bool
    key: frozenset[int] | None = None
    inline: bool = False
    correction: Writing | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Two columns: a letter of `options` is written before each of `items` (QTI matchInteraction).

    There may be more options than items. `key` holds the letter of each item, in the order of the items.
    """

    items: tuple[Option, ...]
    options: tuple[Option, ...]
    spoken: str
    key: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Items to number from 1 in a box before each (QTI orderInteraction). `key` holds the number of each."""

    items: tuple[Option, ...]
    spoken: str
    key: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """A text with `Gap` nodes to fill in, from the words of `bank` where there is one (QTI gapMatchInteraction).

    `key` holds what belongs in each gap, by its number.
    """

    content: Blocks
    bank: tuple[Inlines, ...]
    bank_label: str
    key: tuple[Inlines, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """A table with empty cells to fill in (QTI textEntryInteraction in a table).

    A cell of `rows` is None where the student writes; `height` is what a row with such a cell is high in mm.
    `key` has the same shape as `rows` with what belongs in the empty cells, None in the others.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines | None, ...], ...]
    height: float
    description: str
    spoken: str
    key: tuple[tuple[Inlines | None, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Organizer:
    """A graphic organiser: labelled frames to write in (QTI extendedTextInteraction, one a frame).

    layout        frames, in the order of `labels` and `key`
    cause-effect  all causes in a column, an arrow, the effect (the last label)
    compare       a table: the first label heads the criteria, the others the things compared; `rows` criteria
    venn          two overlapping circles: left only, both, right only (labels left, both, right)
    cornell       cues (left, narrow), notes (right), summary (foot)

    `height` is the whole in mm. `rows` are the criteria of a comparison, empty else. `key` holds what a good
    answer writes in each frame. `pitch` is the distance of the rules in mm, where a layout has any to write on.
    """

    layout: Layout
    labels: tuple[Inlines, ...]
    rows: tuple[Inlines, ...]
    height: float
    description: str
    spoken: str
    key: tuple[Blocks, ...] | None = None
    pitch: float = 8.7


Layout: TypeAlias = Literal["cause-effect", "compare", "venn", "cornell"]
Response: TypeAlias = Writing | Area | Entry | Choice | Match | Order | Gaps | Cells | Organizer


def public(response: Response) -> Response:
    """Return `response` as a student may see it: without its key."""
    return response if isinstance(response, Writing | Area) else replace(response, key=None)
