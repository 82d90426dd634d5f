"""A timeline as drawings, one a page: the axis with its years, marks and bars, and a label beside each event.

Text is set line by line at measured places (`drawing`), not by the formats, so that a label is as high here as on
paper: a line of the drawing is a line of the page, whoever draws it. Years stand at the side where reading begins,
then bars, the axis, and the labels; `shapes.mirrored` turns the whole for a language that is read from the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from toolkit.chronology import timeline_style as style
from toolkit.chronology.printing import print_date
from toolkit.chronology.timeline import Entry, Page, Placed, lay_out, line_of
from toolkit.chronology.timeline_labels import NoRoomError
from toolkit.chronology.timeline_scale import DAYS, Break
from toolkit.chronology.timeline_text import Label, Sheet, labels_of
from toolkit.drawing.breaking import measured
from toolkit.drawing.shapes import Drawing, Path, Run, Shape, Words, mirrored
from toolkit.model import text as t
from toolkit.model.dates import parse_edtf
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Dated, Timeline

LEADER: Final = 40.0  # pt between the axis and the labels
WIDEST: Final = 390.0  # pt of a label: some 75 characters, the most that is easy to read
TRACK: Final = 9.0  # pt; a bar
BETWEEN: Final = 3.0  # pt between two tracks
BARS: Final = 84.0  # pt that all bars may take
LEGEND: Final = 22.0  # pt at the foot of each page
_SMALL: Final = 0.94  # of a date: a year of the axis, the words of the legend


def drawings(timeline: Timeline, sheet: Sheet) -> tuple[Drawing, ...]:
    """Return the pages of `timeline`, in order. Raises NoRoomError where a label has none (`timeline_labels`)."""
    room = sheet.height - LEGEND
    column = _column(timeline, sheet)
    if not timeline.moments:
        first, last = timeline.window or (1, 1)
        pages: tuple[Page, ...] = (line_of(first, last, room),)
        labels: list[Label] = []
    else:
        pages, labels = _chosen(timeline, sheet, room, column)
    drawn = [_Drawer(timeline, sheet, page, labels, column).drawing() for page in pages]
    count = len(drawn)
    pieces = [timeline.piece.format(n=n + 1, pages=count) if count > 1 else "" for n in range(count)]
    return tuple(
        replace(drawing, alt=f"{timeline.description} {piece}".strip())
        for drawing, piece in zip(drawn, pieces, strict=True)
    )


def too_long(timeline: Timeline, error: NoRoomError) -> Diagnostic:
    """Return what an author is told of a timeline whose longest label has no room on any page."""
    longest = max(timeline.moments, key=lambda moment: len(t.plain(moment.event)))
    message = f"an event is too long for a page of the timeline: {error.missing:.0f} pt more are needed"
    return Diagnostic("B706", message, address=longest.address, hint="shorten it, or write `timeline: table`")


def _chosen(timeline: Timeline, sheet: Sheet, room: float, column: float) -> tuple[tuple[Page, ...], list[Label]]:
    """Return the pages with dates above their events; with dates in line with them where that saves a page."""
    stacked = labels_of(timeline, sheet, column, stacked=True)
    if timeline.blank:
        return _pages(timeline, stacked, sheet, room), stacked
    try:
        wide = _pages(timeline, stacked, sheet, room)
        if len(wide) == 1:
            return wide, stacked
    except NoRoomError:
        wide = ()
    in_line = labels_of(timeline, sheet, column, stacked=False)
    tight = _pages(timeline, in_line, sheet, room)
    return (wide, stacked) if wide and len(wide) <= len(tight) else (tight, in_line)


def _pages(timeline: Timeline, labels: Sequence[Label], sheet: Sheet, room: float) -> tuple[Page, ...]:
    lead = sheet.sizes.date_leading / 2
    entries = [
        Entry(moment.first, moment.last, moment.span, label.height, lead)
        for moment, label in zip(timeline.moments, labels, strict=True)
    ]
    return lay_out(entries, room, exact=sheet.exact)


def _column(timeline: Timeline, sheet: Sheet) -> float:
    """Return the width of the labels: what a page leaves with room for years and a few bars."""
    spans = sum(moment.span for moment in timeline.moments)
    bars = min(spans * (TRACK + BETWEEN), 3 * (TRACK + BETWEEN))
    return min(sheet.width - 44 * sheet.scale - bars - 16 - LEADER, WIDEST * sheet.scale)


class _Drawer:
    """Draws one page. Everything is measured from the side where reading begins; `drawing` mirrors it where needed."""

    def __init__(self, timeline: Timeline, sheet: Sheet, page: Page, labels: Sequence[Label], column: float) -> None:
        self.timeline, self.sheet, self.page, self.labels, self.column = timeline, sheet, page, labels, column
        self.size = sheet.sizes.date * _SMALL
        self.years = [(tick, self._line(year_of(tick.edtf, sheet.language), 600)) for tick in page.ticks if tick.edtf]
        self.skipped = [(gap, self._line(_duration(gap, sheet.language), 400, italic=True)) for gap in page.breaks]
        widest = max((words.width for _, words in (*self.years, *self.skipped)), default=0.0)
        self.edge = max(widest, 26.0 * sheet.scale)  # where the years end
        tracks = page.tracks
        self.track = min(TRACK + BETWEEN, BARS / tracks) if tracks else 0.0
        self.axis = self.edge + 14 + tracks * self.track + (4 if tracks else 0)
        self.side = self.axis + LEADER  # where the labels begin

    def drawing(self) -> Drawing:
        foot = self.page.height
        shapes = (
            *self._ticks(), *self._axis(), *self._bars(), *self._marks(),
            *(shape for placed in self.page.placed for shape in self._label(placed)), *self._legend(),
        )  # fmt: skip  # the order of painting reads as a column
        legend = LEGEND if self._kinds() or self.timeline.categories else 4.0
        seen = mirrored(shapes, self.sheet.width) if self.sheet.rtl else shapes
        return Drawing(self.sheet.width, foot + legend, seen, "", self.sheet.language, self.sheet.rtl)

    def _line(self, words: str, weight: int, *, italic: bool = False, x: float = 0.0, top: float = 0.0) -> Words:
        runs = (Run(words, "sans", weight, italic, style.INK if weight == 600 else style.SOFT),)
        wide = measured(runs, self.size, rtl=self.sheet.rtl)
        return Words(x, top, runs, self.size, self.sheet.sizes.date_leading, wide)

    def _at(self, words: Words, middle: float) -> Words:
        """Return `words` ending where the years end, around a height, within the page."""
        top = min(max(middle - words.leading / 2, 0.0), self.page.height - words.leading)
        return Words(self.edge, top, words.runs, words.size, words.leading, words.width, end=True)

    def _ticks(self) -> Iterator[Shape]:
        for tick in self.page.ticks:
            if tick.edtf:
                yield Path(((self.edge + 4, tick.at), (self.axis, tick.at)), "#b5b0a8", 0.6)
            else:
                yield Path(((self.axis - 3.5, tick.at), (self.axis, tick.at)), style.RULE, 0.6)
        free = -1e9
        for tick, words in self.years:
            shown = self._at(words, tick.at)
            if shown.top >= free:
                yield shown
                free = shown.top + shown.leading * 0.8

    def _axis(self) -> Iterator[Shape]:
        x = self.axis
        for stretch in self.page.scale.stretches:
            yield Path(((x, stretch.top), (x, stretch.foot)), style.INK, 1.5)
        for gap, words in self.skipped:
            middle = (gap.top + gap.foot) / 2
            steps = [(gap.top, 0.0), (middle - 8, 0.0), (middle - 4, 4.5), (middle + 4, -4.5), (middle + 8, 0.0)]
            yield Path(tuple((x + dx, y) for y, dx in (*steps, (gap.foot, 0.0))), style.INK, 1.1, round=True)
            yield self._at(words, middle)
        foot = self.page.height
        yield Path(((x - 4, foot - 5), (x, foot - 0.5), (x + 4, foot - 5)), style.INK, 1.5, round=True)

    def _bars(self) -> Iterator[Shape]:
        moments = {placed.index: placed for placed in self.page.placed}
        for bar in self.page.bars:
            width = self.track - min(BETWEEN, self.track / 4)
            x = self.axis - 4 - bar.track * self.track - width
            event = self.timeline.moments[bar.index]
            anchor = moments[bar.index].anchor
            yield Path(((x + width, anchor), (self.axis, anchor)), style.INK, 0.8)
            yield style.bar(x, width, (bar.top, bar.foot), event.category, before=bar.before, after=bar.after)

    def _marks(self) -> Iterator[Shape]:
        for placed in self.page.placed:
            event = self.timeline.moments[placed.index]
            yield from _mark(event, placed, self.axis)

    def _label(self, placed: Placed) -> Iterator[Shape]:
        label = self.labels[placed.index]
        lead = placed.top + self.sheet.sizes.date_leading / 2
        points = (
            (self.axis + 5, placed.anchor),
            (self.axis + 10, placed.anchor),
            (self.side - 9, lead),
            (self.side - 4, lead),
        )
        yield Path(points, style.RULE, 0.6)
        for runs, width, size, top, leading in label.lines:
            yield Words(self.side, placed.top + top, runs, size, leading, width)
        if label.rule:
            foot = placed.top + label.rule
            yield Path(((self.side, foot), (self.sheet.width, foot)), style.RULE, 0.6)

    def _kinds(self) -> list[str]:
        found = {kind_of(self.timeline.moments[placed.index]) for placed in self.page.placed}
        return [kind for kind, _ in self.timeline.legend if kind in found]

    def _legend(self) -> Iterator[Shape]:
        """Yield the marks of this page with their names, in a row (in more, where the page is narrow)."""
        names = dict(self.timeline.legend)
        shown = [(kind, -1, names[kind]) for kind in self._kinds()]
        used = {self.timeline.moments[placed.index].category for placed in self.page.placed}
        shown += [("day", n, name) for n, name in enumerate(self.timeline.categories) if n in used]
        x, top = 4.0, self.page.height + LEGEND - self.sheet.sizes.date_leading
        for kind, category, name in shown:
            middle = top + self.sheet.sizes.date_leading / 2
            yield from _sample(kind, x, middle, category)
            words = self._line(name, 400, x=x + 9, top=top)
            yield words
            x += words.width + 26


def kind_of(event: Dated) -> str:
    """Return which mark an event has: "span", "about", "day" or "period"."""
    return "span" if event.span else "about" if event.about else "day" if event.exact else "period"


def _mark(event: Dated, placed: Placed, x: float) -> Iterator[Shape]:
    kind = kind_of(event)
    y = placed.anchor
    if kind == "span":
        yield Path(((x - 4, y), (x + 4, y)), style.INK, 1.8)
        return
    if kind == "about":
        reach = max(placed.end - placed.start, 22.0) / 2
        yield from style.dotted(x, y - reach, y + reach)
    elif kind == "period":
        yield style.capsule(x, placed.start, placed.end, event.category)
        if event.category < 0:
            return
    yield from style.mark(x, y, event.category, filled=kind == "day")


def _sample(kind: str, x: float, y: float, category: int) -> Iterator[Shape]:
    """Yield the mark of a kind or category as the legend shows it."""
    if kind == "span":
        yield style.bar(x - 3, 6, (y - 4.5, y + 4.5), category, before=False, after=False)
    elif kind == "about":
        yield from style.dotted(x, y - 7, y + 7)
        yield from style.mark(x, y, category, filled=False)
    elif kind == "period":
        yield style.capsule(x, y - 4, y + 4, category)
    else:
        yield from style.mark(x, y, category, filled=True)


def year_of(edtf: str, language: str) -> str:
    """Return the words of a tick: a year, a month or a day, as short as the language has them."""
    return print_date(parse_edtf(edtf), language, length="short")


def _duration(gap: Break, language: str) -> str:
    """Return how long a break is, in the words of the language: "525 years"."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    years = gap.days / DAYS
    units = (("year", years), ("month", years * 12), ("day", gap.days))
    unit, count = next(((name, number) for name, number in units if number >= 2), units[-1])
    return str(format_unit(round(count), f"duration-{unit}", locale=locale))
