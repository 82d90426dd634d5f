"""A timeline laid out: dated events on a vertical axis to scale, their labels beside it, over as many pages as needed.

Pure geometry in points, from the top of each page: no text, no font, no format. Labels come with their measured
heights. `timeline_scale` makes the axis, `timeline_labels` keeps labels and bars apart, `timeline_ticks` finds the
years to print.

A label belongs to the moment at which its event stands: the middle of a day, month or year, the beginning of a span
of time. Labels stand in the order of these moments, so that no leader crosses another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.chronology.timeline_labels import NoRoomError, place, tracks
from toolkit.chronology.timeline_scale import Break, Scale, scale_of
from toolkit.chronology.timeline_ticks import Tick, ticks
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST

APART: Final = 4.0  # pt between two labels
ROOMY: Final = 1.3  # a page is so much higher than its labels, so that most can stand where they belong
LOWEST: Final = 170.0  # pt; an axis that is shorter shows no distances
THIN: Final = 5.0  # pt; a bar that is shorter would be taken for a mark
SIDE: Final = 4.0  # pt between a bar and the next in its track
_NARROW: Final = 0.35  # of a page: what empty time between two events may be worth when pages are divided


@dataclass(frozen=True, slots=True)
class Entry:
    """What the layout has to know of an event.

    `first` and `last` are day numbers (as in `model.dates`), DISTANT_PAST and DISTANT_FUTURE for open ends. A `span`
    lasts from the one to the other and is drawn as a bar; what is no span happened between them. `height` is its
    label's in pt; `lead` how far below the label's top its leader ends.
    """

    first: int
    last: int
    span: bool
    height: float
    lead: float = 6.0

    @property
    def moment(self) -> float:
        """Return the day at which the event stands, as a fraction: noon is .5."""
        if self.first == DISTANT_PAST:
            return self.last + 0.5
        if self.last == DISTANT_FUTURE or self.span:
            return self.first + 0.5
        return (self.first + self.last + 1) / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the event `index` stands: its moment at `anchor` on the axis, its label's top at `top` (pt).

    `start` and `end` are the ends of what its date may mean, as far as the page shows it.
    """

    index: int
    anchor: float
    start: float
    end: float
    top: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The span `index` in its track, which counts from the axis. `before` and `after`: it goes on past that end."""

    index: int
    track: int
    top: float
    foot: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a timeline, `height` pt high. `before` and `after`: there are events on other pages."""

    height: float
    scale: Scale
    ticks: tuple[Tick, ...]
    placed: tuple[Placed, ...]
    bars: tuple[Bar, ...]
    before: bool
    after: bool

    @property
    def breaks(self) -> tuple[Break, ...]:
        """Return the breaks of the axis."""
        return self.scale.breaks

    @property
    def tracks(self) -> int:
        """Return how many tracks the bars need."""
        return max((bar.track + 1 for bar in self.bars), default=0)


def lay_out(
    entries: Sequence[Entry], height: float, *, exact: bool = False, fewest: float = LOWEST, first: float = 0.0
) -> tuple[Page, ...]:
    """Return the pages of a timeline, each at most `height` pt high and no higher than it needs.

    The first page is at most `first` pt high, if that is not 0 and holds a label. Where `exact`, there is one page of
    that very height. Raises NoRoomError with what is missing where the labels have no room: on the one page, or where
    a single label is higher than any.
    """
    order = sorted(range(len(entries)), key=lambda n: entries[n].moment)
    if not order:
        return ()
    if exact:
        return (_page(entries, order, height, before=False, after=False),)
    highest = max(entry.height for entry in entries)
    if highest > height:
        raise NoRoomError(highest - height)
    top = first if first >= max(fewest, entries[order[0]].height) else height
    runs = _divided(entries, order, height, top)
    rooms = [top, *[height] * (len(runs) - 1)]
    heights = [min(room, max(fewest, needed(entries, run) * ROOMY)) for run, room in zip(runs, rooms, strict=True)]
    return tuple(_page(entries, run, heights[n], before=n > 0, after=n < len(runs) - 1) for n, run in enumerate(runs))


def line_of(first: int, last: int, height: float) -> Page:
    """Return a page with an axis from day `first` to day `last` and nothing on it."""
    scale = scale_of([(float(first), last + 1.0)], height)
    return Page(height, scale, ticks(scale), (), (), before=False, after=False)


def bars_and_marks(entries: Sequence[Entry], length: float) -> Page:
    """Return the axis, `length` pt long, of `entries` whose labels are not printed: all of them, whatever the crowd."""
    order = sorted(range(len(entries)), key=lambda n: entries[n].moment)
    bare = [replace(entry, height=-APART, lead=0.0) for entry in entries]
    return _page(bare, order, length, before=False, after=False)


def needed(entries: Sequence[Entry], run: Sequence[int]) -> float:
    """Return the height (pt) that the labels of `run` have when they touch each other."""
    return sum(entries[n].height for n in run) + APART * max(len(run) - 1, 0)


def _divided(entries: Sequence[Entry], order: Sequence[int], height: float, first: float) -> list[list[int]]:
    """Return the events of each page, in order: the fewest pages, evenly filled, divided where time is empty.

    `first` is the height of the first page, `height` that of the others.

    The fewest pages are what filling each gives; among the ways to divide the events over so many, dynamic
    programming finds the one with the least sum of squared fillings, less a reward for empty time at a division.
    """
    count = len(order)
    fewest = _fewest([entries[n].height for n in order], height, first)
    if fewest == 1:
        return [list(order)]
    sums = [0.0]
    for n in order:
        sums.append(sums[-1] + entries[n].height + APART)
    moments = [entries[n].moment for n in order]
    whole = (moments[-1] - moments[0]) / fewest or 1.0
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]  # by how many events are placed: cost, first of the page
    for _ in range(fewest):
        row: dict[int, tuple[float, int]] = {}
        for start, (cost, _before) in best[-1].items():
            for end in range(start + 1, count + 1):
                filled = (sums[end] - sums[start] - APART) / (height if start else first)
                if filled > 1:
                    break
                empty = min((moments[end] - moments[end - 1]) / whole, 1.0) if end < count else 0.0
                total = cost + filled**2 - _NARROW * empty
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        best.append(row)
    runs: list[list[int]] = []
    end = count
    for row in reversed(best[1:]):
        start = row[end][1]
        runs.append(list(order[start:end]))
        end = start
    return runs[::-1]


def _fewest(heights: Sequence[float], height: float, first: float) -> int:
    """Return how many pages labels of `heights` take when each is filled."""
    pages, room = 1, first
    for one in heights:
        if room < one:
            pages, room = pages + 1, height
        room -= one + APART
    return pages


def _page(entries: Sequence[Entry], run: Sequence[int], height: float, *, before: bool, after: bool) -> Page:
    chosen = [entries[n] for n in run]
    ends = _shown(chosen, after=after)
    scale = scale_of(ends, height)
    anchors = [scale.at(entry.moment) for entry in chosen]
    tops = place(
        [anchor - entry.lead for anchor, entry in zip(anchors, chosen, strict=True)],
        [entry.height for entry in chosen],
        height,
        APART,
    )
    starts = [0.0 if entry.first == DISTANT_PAST else scale.at(entry.first) for entry in chosen]
    feet = [height if entry.last == DISTANT_FUTURE else scale.at(entry.last + 1) for entry in chosen]
    placed = tuple(Placed(*values) for values in zip(run, anchors, starts, feet, tops, strict=True))
    return Page(height, scale, ticks(scale), placed, _bars(chosen, placed, ends, height), before, after)


def _shown(chosen: Sequence[Entry], *, after: bool) -> list[tuple[float, float]]:
    """Return the first and last day of each event that a page has to show.

    A span that goes on past the last moment of the page is cut there if other pages follow.
    """
    latest = max(entry.moment if entry.span else entry.last + 1.0 for entry in chosen)
    shown = []
    for entry in chosen:
        first = entry.moment if entry.first == DISTANT_PAST else float(entry.first)
        last = entry.moment if entry.last == DISTANT_FUTURE else entry.last + 1.0
        shown.append((first, max(first, min(last, latest)) if after and entry.span else last))
    return shown


def _bars(
    chosen: Sequence[Entry], placed: Sequence[Placed], ends: Sequence[tuple[float, float]], height: float
) -> tuple[Bar, ...]:
    spans = [n for n, entry in enumerate(chosen) if entry.span]
    edges = []
    for n in spans:
        top, foot = placed[n].start, placed[n].end
        thin = max(THIN - (foot - top), 0.0)
        top = min(max(top - thin / 2, 0.0), height - THIN)
        edges.append((top, max(foot + thin / 2, top + THIN)))
    found = tracks(edges, SIDE)
    return tuple(
        Bar(
            placed[n].index,
            track,
            top,
            foot,
            before=chosen[n].first == DISTANT_PAST,
            after=chosen[n].last == DISTANT_FUTURE or chosen[n].last + 1.0 > ends[n][1],
        )
        for n, track, (top, foot) in zip(spans, found, edges, strict=True)
    )
