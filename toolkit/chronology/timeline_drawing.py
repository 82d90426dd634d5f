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
from toolkit.chronology.timeline_legend import height, kind_of, legend, line_of_words
from toolkit.chronology.timeline_scale import DAYS, Break
from toolkit.chronology.timeline_text import Label, Sheet, labels_of
from toolkit.drawing.shapes import Drawing, Path, Shape, Words, mirrored
from toolkit.model import text as t
from toolkit.model.dates import parse_edtf
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Dated, Timeline

LEADER: Final = 40.0  # pt between the axis and the labels
WIDEST: Final = 390.0  # pt of a label: some 75 characters, the most that is easy to read
TRACK: Final = 9.0  # pt; a bar
BETWEEN: Final = 3.0  # pt between two tracks
BARS: Final = 84.0  # pt that all bars may take
NARROWEST: Final = 60.0  # pt; labels get no narrower, whatever stands beside them


def drawings(timeline: Timeline, sheet: Sheet) -> tuple[Drawing, ...]:
    """Return the pages of `timeline`, in order. Raises NoRoomError where a label has none (`timeline_labels`)."""
    room = sheet.height - height(timeline, sheet, timeline.moments)
    column = _column(timeline, sheet)
    while True:
        pages, labels = _chosen(timeline, sheet, room, column)
        drawers = [_Drawer(timeline, sheet, page, labels) for page in pages]
        free = sheet.width - max(drawer.side for drawer in drawers)
        if column <= free + 0.01 or column < NARROWEST:
            break
        column = min(free, column - 1)  # long years or many bars leave less than was thought
    drawn = [drawer.drawing() for drawer in drawers]
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
    if not timeline.moments:
        first = sheet.first - (sheet.height - room) if sheet.first else room
        return (line_of(*(timeline.window or (1, 1)), first),), []
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
    # The legend takes of the first page what it takes of the others.
    first = sheet.first - (sheet.height - room) if sheet.first else 0.0
    return lay_out(entries, room, exact=sheet.exact, first=first)


def _column(timeline: Timeline, sheet: Sheet) -> float:
    """Return the width of the labels: what a page leaves with room for years and a few bars."""
    spans = sum(moment.span for moment in timeline.moments)
    bars = min(spans * (TRACK + BETWEEN), 3 * (TRACK + BETWEEN))
    return min(sheet.width - 44 * sheet.scale - bars - 16 - LEADER, WIDEST * sheet.scale)


class _Drawer:
    """Draws one page. Everything is measured from the side where reading begins; `drawing` mirrors it where needed."""

    def __init__(self, timeline: Timeline, sheet: Sheet, page: Page, labels: Sequence[Label]) -> None:
        self.timeline, self.sheet, self.page, self.labels = timeline, sheet, page, labels
        self.events = [timeline.moments[placed.index] for placed in page.placed]
        printed = [tick for tick in page.ticks if tick.edtf]
        years = [line_of_words(year_of(tick.edtf, sheet.language), sheet, heavy=True) for tick in printed]
        lengths = [line_of_words(_duration(gap, sheet.language), sheet, italic=True) for gap in page.breaks]
        widest = max((words.width for words in (*years, *lengths)), default=0.0)
        self.edge = max(widest, 26.0 * sheet.scale)  # where the years end
        tracks = page.tracks
        self.track = min(TRACK + BETWEEN, BARS / tracks) if tracks else 0.0
        self.axis = self.edge + 14 + tracks * self.track + (4 if tracks else 0)
        self.side = self.axis + LEADER  # where the labels begin
        self.years = [self._at(words, tick.at) for tick, words in zip(printed, years, strict=True)]
        self.skipped = [
            self._at(words, (gap.top + gap.foot) / 2) for gap, words in zip(page.breaks, lengths, strict=True)
        ]

    def drawing(self) -> Drawing:
        foot = self.page.height
        shapes: tuple[Shape, ...] = (*self._ticks(), *self._axis(), *self._bars(), *self._marks())
        shapes += tuple(shape for placed in self.page.placed for shape in self._label(placed))
        shapes += tuple(legend(self.timeline, self.sheet, self.events, foot))
        seen = mirrored(shapes, self.sheet.width) if self.sheet.rtl else shapes
        foot += height(self.timeline, self.sheet, self.events)
        return Drawing(self.sheet.width, foot, seen, "", self.sheet.language, self.sheet.rtl)

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
        taken = [*self.skipped]
        for words in self.years:
            if all(abs(words.top - other.top) >= words.leading for other in taken):
                taken.append(words)
        yield from taken

    def _axis(self) -> Iterator[Shape]:
        x = self.axis
        for stretch in self.page.scale.stretches:
            yield Path(((x, stretch.top), (x, stretch.foot)), style.INK, 1.5)
        for gap in self.page.breaks:
            middle = (gap.top + gap.foot) / 2
            steps = [(gap.top, 0.0), (middle - 8, 0.0), (middle - 4, 4.5), (middle + 4, -4.5), (middle + 8, 0.0)]
            yield Path(tuple((x + dx, y) for y, dx in (*steps, (gap.foot, 0.0))), style.INK, 1.1, round=True)
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


def _mark(event: Dated, placed: Placed, x: float) -> Iterator[Shape]:
    kind = kind_of(event)
    y = placed.anchor
    if kind == "span":
        yield Path(((x - 4, y), (x + 4, y)), style.INK, 1.8)
        return
    if kind == "about":
        yield from style.dotted(x, min(placed.start, y - 11), max(placed.end, y + 11))
    elif kind == "period":
        yield style.capsule(x, placed.start, placed.end, event.category)
        if event.category < 0:
            return
    yield from style.mark(x, y, event.category, filled=kind == "day")


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
