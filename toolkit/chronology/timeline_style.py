"""How a timeline looks: sizes of its type, its measures, and the marks that tell precision and category.

Precision is shown by form (a filled mark is an exact day, an open one is not; a capsule is as long as the time that
is meant; a dotted axis is "about"), a category by shape and colour together: on a photocopy the shape remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from types import MappingProxyType
from typing import Final, TypeAlias

from toolkit.drawing.shapes import Box, Disc, Path, Shape

Point: TypeAlias = tuple[float, float]

INK: Final = "#1c1b1a"
SOFT: Final = "#55524d"
RULE: Final = "#8d8982"
PAPER: Final = "#ffffff"
ACCENT: Final = "#0b5563"
WASH: Final = "#dce9eb"

# Dark enough for text on white (4.5:1 and more; WCAG 2.2, 1.4.3), and as far apart as eight such colours can be.
COLORS: Final = ("#0b5563", "#9a3412", "#5b3a8c", "#3f6212", "#86198f", "#1e4fa3", "#7a5c00", "#404040")
# Regular polygons by their corners and the direction of the first (degrees from the top), and their size beside a
# circle; shapes that are told apart at 6 pt on a photocopy.
_CORNERS: Final = MappingProxyType(
    {1: (4, 45.0, 1.12), 2: (3, 0.0, 1.3), 3: (4, 0.0, 1.3), 4: (3, 180.0, 1.3), 5: (5, 0.0, 1.15), 6: (6, 30.0, 1.1)}
)
MOST_CATEGORIES: Final = 8
RADIUS: Final = 3.0  # pt; of a mark
CAPSULE: Final = 5.4  # pt; how wide the mark of a month or year is


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type of a timeline in pt: size and leading of dates and years, and of the events' text."""

    date: float = 8.75
    date_leading: float = 12.0
    text: float = 10.0
    text_leading: float = 13.0

    def times(self, factor: float) -> Sizes:
        """Return the sizes multiplied by `factor`."""
        return Sizes(*(value * factor for value in (self.date, self.date_leading, self.text, self.text_leading)))

    def from_least(self, least: float) -> Sizes:
        """Return the sizes with no type under `least` pt, and leading enough for it (1.25 and more)."""
        if not least:
            return self
        lead = 1.25 * least
        return Sizes(
            max(self.date, least), max(self.date_leading, lead), max(self.text, least), max(self.text_leading, lead)
        )


def sizes_for(language: str) -> Sizes:
    """Return the sizes for a language tag: Arabic needs larger letters and Khmer more leading, as on the whole page."""
    known = {"ar": Sizes(11.5, 18.0, 13.0, 20.0), "km": Sizes(8.75, 15.0, 10.0, 17.0)}
    return known.get(language.partition("-")[0], Sizes())


def mark(x: float, y: float, category: int, *, filled: bool) -> tuple[Shape, ...]:
    """Return the mark of an event at a place; `category` -1 is none."""
    color = INK if category < 0 else COLORS[category % len(COLORS)]
    fill = color if filled else PAPER
    if category == 7:  # a cross, which has no inside: a heavier one is an exact day
        size, width = RADIUS * 0.95, 2.0 if filled else 0.9
        ends = ((-size, -size, size, size), (-size, size, size, -size))
        return tuple(Path(((x + a, y + b), (x + c, y + d)), color, width) for a, b, c, d in ends)
    halo = Disc(x, y, RADIUS + 1.2, "", 0.0, PAPER)  # marks that lie on each other can still be counted
    if category <= 0:
        return (halo, Disc(x, y, RADIUS, color, 1.1, fill))
    corners, turn, size = _CORNERS[category]
    return (
        halo,
        Path(polygon(x, y, RADIUS * size, corners, turn), color, 1.1, fill, closed=True),
    )


def polygon(x: float, y: float, radius: float, corners: int, turn: float) -> tuple[Point, ...]:
    """Return the corners of a regular polygon, the first `turn` degrees clockwise from the top."""
    angles = (radians(turn + 360 / corners * n) for n in range(corners))
    return tuple((x + radius * sin(angle), y - radius * cos(angle)) for angle in angles)


def capsule(x: float, top: float, foot: float, category: int) -> Box:
    """Return the mark of a time that is known to a month or less closely: as long as that time, 6.5 pt at least."""
    short = max(6.5 - (foot - top), 0.0) / 2
    color = INK if category < 0 else COLORS[category % len(COLORS)]
    return Box(x - CAPSULE / 2, top - short, CAPSULE, foot - top + 2 * short, color, 1.1, PAPER, CAPSULE / 2)


def dotted(x: float, top: float, foot: float) -> tuple[Shape, ...]:
    """Return what makes the axis dotted: the sign that a date is only about right."""
    return (
        Path(((x, top), (x, foot)), PAPER, 3.0),
        Path(((x, top), (x, foot)), INK, 1.5, dashes=(1.5, 1.5)),
    )


def bar(x: float, width: float, ends: tuple[float, float], category: int, *, before: bool, after: bool) -> Path:
    """Return a bar from `ends[0]` to `ends[1]`; an end past which it goes on is an arrow."""
    top, foot = ends
    color = ACCENT if category < 0 else COLORS[category % len(COLORS)]
    point = min(width * 0.6, (foot - top) / 3)
    head: tuple[Point, ...] = ((x, top), (x + width, top))
    if before:
        head = ((x, top + point), (x + width / 2, top), (x + width, top + point))
    tail: tuple[Point, ...] = ((x + width, foot), (x, foot))
    if after:
        tail = ((x + width, foot - point), (x + width / 2, foot), (x, foot - point))
    return Path((*head, *tail), color, 0.8, WASH, closed=True)
