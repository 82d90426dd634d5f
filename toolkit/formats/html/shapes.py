"""Shapes of answer spaces that no style sheet can work out: whole squares, and circles around their words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from toolkit.model.presentation import Manner
from toolkit.model.printout import Audience
from toolkit.model.response import Area, Organizer
from toolkit.model.text import Blocks, plain, plain_block

PT: Final = 72 / 25.4  # points a mm
# pt; the narrowest room of an answer, that of a part of a question on A4 (templates/handout/handout.css).
STUDENT: Final = 430.0
TEACHER: Final = 298.0  # less the margin column
FLOWING: Final = 378.0  # large print on A4
FOLDED: Final = 258.0  # a booklet
SIZE: Final = 9.5  # pt; of an answer
USUAL: Final = Manner()
APART: Final = 1.24  # radii between the middles of two circles: what is common gets three tenths of the whole
FLAT: Final = 1.35  # as wide as high, and no wider than this
LINE: Final = 12.5  # pt; a line of an answer
CHARACTER: Final = 5.2  # pt; a character of an answer, on average


@dataclass(frozen=True, slots=True)
class Squares:
    """How many whole squares an area has each way."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Region:
    """Where the words of one region of a diagram stand, in pt from the side where reading begins.

    `head` and `span` are of its label, the rest is the room inside.
    """

    head: float
    span: float
    start: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Circles:
    """Two overlapping circles in a frame, in pt; `foot` is where labels stand, from the foot of the frame."""

    width: float
    height: float
    near: float
    far: float
    middle: float
    rx: float
    ry: float
    foot: float
    regions: tuple[Region, Region, Region]


def squares(area: Area, audience: Audience, manner: Manner = USUAL) -> Squares:
    """Return the squares of `area`: at least its height, and what fits the width for `audience`."""
    return Squares(int(_room(audience, manner) / PT / area.square), ceil(round(area.height / area.square, 6)))


def circles(organizer: Organizer, audience: Audience, manner: Manner = USUAL) -> Circles:
    """Return the two circles of a Venn diagram, higher than asked where the words of its key need it."""
    width = _room(audience, manner)
    widest = width / (2 + APART)
    wanted = organizer.height * PT
    rx = min(widest, FLAT * (wanted - _leading(manner)) / 2)
    head = _head(organizer, (2 + APART) * rx / 3, manner)
    ry = max((wanted - head) / 2, _needed(organizer.key, rx, manner), rx / 2)
    span = (2 + APART) * rx / 3
    begin = (width - (2 + APART) * rx) / 2
    near, middle = begin + rx + 1, head + ry + 1
    far = near + APART * rx - 2  # the stroke stays in the frame
    inside = {"top": middle - ry / 2, "height": ry}
    only = (1.0 * rx, near - 0.84 * rx, far - 0.16 * rx)  # its width, and where the two begin
    both = 0.56 * rx
    regions = (
        Region(begin, span, only[1], width=only[0], **inside),
        Region(begin + span, span, (near + far - both) / 2, width=both, **inside),
        Region(begin + 2 * span, span, only[2], width=only[0], **inside),
    )
    height = head + 2 * ry + 2
    return Circles(width, height, near, far, middle, rx, ry, height - head + 3, regions)


def _head(organizer: Organizer, span: float, manner: Manner) -> float:
    """Return the height of the labels above the circles in pt, each set in a width of `span`."""
    lines = max((ceil(len(plain(label)) * _character(manner) / span) for label in organizer.labels), default=0)
    return (_leading(manner) - 0.5) * lines + (4 if lines else 0)


def _needed(key: tuple[Blocks, ...] | None, rx: float, manner: Manner) -> float:
    """Return the least radius, in pt from top to middle, of circles whose regions hold the words of `key`."""
    widths = (1.0 * rx, 0.56 * rx, 1.0 * rx)
    pairs = zip(key or (), widths, strict=False)
    return max((_lines(blocks, width, manner) * _leading(manner) for blocks, width in pairs), default=0.0)


def _lines(blocks: Blocks, width: float, manner: Manner) -> int:
    return sum(ceil(len(plain_block(block)) * _character(manner) / width) for block in blocks)


def _leading(manner: Manner) -> float:
    return manner.led(LINE, manner.smallest)


def _character(manner: Manner) -> float:
    return CHARACTER * manner.sized(SIZE) / SIZE


def _room(audience: Audience, manner: Manner) -> float:
    if manner.folded:
        return FOLDED
    if manner.flowing:
        return FLOWING
    return TEACHER if audience == "teacher" else STUDENT
