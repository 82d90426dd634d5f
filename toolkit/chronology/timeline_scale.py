"""The scale of a timeline's axis: from days to points, with breaks where nothing happens for long.

Outside its breaks an axis is to scale everywhere: each of its stretches has the same number of points a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

PAD: Final = 14.0  # pt; how far an axis goes on before its first mark and after its last
BREAK: Final = 30.0  # pt; the height of a break, with the words that say how long it is
MOST_BREAKS: Final = 3
FEWEST: Final = 3  # marks; with fewer there is no crowd that a break could help
DAYS: Final = 365.2425  # a mean year of the Gregorian calendar
STILL: Final = 60.0  # pt a year on an axis all of whose marks are of one day


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the axis without a break: days `first` to `last` (which may be fractions) at `top` to `foot` (pt)."""

    first: float
    last: float
    top: float
    foot: float


@dataclass(frozen=True, slots=True)
class Break:
    """A stretch of time that is left out: `days` between two marks, drawn from `top` to `foot` (pt)."""

    top: float
    foot: float
    days: float


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its stretches in order, the breaks between them, and the points that a day has."""

    stretches: tuple[Stretch, ...]
    breaks: tuple[Break, ...]
    rate: float

    def at(self, day: float) -> float:
        """Return where `day` stands in pt; a day that is left out stands at the nearer end of its break."""
        for before, after in pairwise(self.stretches):
            if day < after.first:
                near = before if day - before.last < after.first - day else after
                return _clamp(near, day, self.rate)
        return _clamp(self.stretches[-1], day, self.rate)


def _clamp(stretch: Stretch, day: float, rate: float) -> float:
    return min(max(stretch.top + (day - stretch.first) * rate, stretch.top), stretch.foot)


def scale_of(marks: Sequence[tuple[float, float]], height: float) -> Scale:
    """Return the axis, `height` pt long, of marks that last from one day to another (one day, or from 1 January on)."""
    ends = _stretches(marks)
    lasting = sum(last - first for first, last in ends)
    lines = height - BREAK * (len(ends) - 1)
    pad = min(PAD, lines / len(ends) / 4)  # half of a short axis, as of one beside a single label, is left for time
    room = lines - 2 * pad * len(ends)
    rate = room / lasting if lasting else STILL / DAYS
    pads = pad if lasting else height / 2
    stretches: list[Stretch] = []
    breaks: list[Break] = []
    top = 0.0
    for number, (first, last) in enumerate(ends):
        if number:
            breaks.append(Break(top, top + BREAK, first - ends[number - 1][1]))
            top += BREAK
        foot = top + (last - first) * rate + 2 * pads
        stretches.append(Stretch(first - pads / rate, last + pads / rate, top, foot))
        top = foot
    return Scale(tuple(stretches), tuple(breaks), rate)


def _stretches(marks: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the stretches of time that an axis shows: one, or several where the time between is long and empty.

    Empty time is left out where it is longer than all that is shown; so at least half of what a reader sees of an
    axis without breaks would have been empty in one place.
    """
    runs = _runs(marks)
    gaps = sorted(range(1, len(runs)), key=lambda n: runs[n - 1][1] - runs[n][0])
    cuts: set[int] = set()
    shown = runs[-1][1] - runs[0][0]
    for gap in gaps[:MOST_BREAKS] if len(marks) > FEWEST else ():
        empty = runs[gap][0] - runs[gap - 1][1]
        if empty <= shown - empty or shown == empty:
            break
        cuts.add(gap)
        shown -= empty
    edges = [0, *sorted(cuts), len(runs)]
    return [(runs[start][0], runs[end - 1][1]) for start, end in pairwise(edges)]


def _runs(marks: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the marks, those that touch each other as one, in order."""
    runs: list[tuple[float, float]] = []
    for first, last in sorted(marks):
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs
