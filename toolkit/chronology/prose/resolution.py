"""What a phrase leaves out, taken from its neighbours: the year of "in May", the day of "the following year"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.chronology.prose.meaning import Point
from toolkit.chronology.prose.values import Reading, Relative, parses
from toolkit.model.dates import HistoricalDate, Interval, Moment, Within
from toolkit.model.gregorian import days_in_month

_COORDINATION: Final = frozenset("CabtH")
_LONGEST_GAP: Final = 3  # ", and the"
_AHEAD: Final = 30  # years; a text of 1978 that speaks of the '90s is rarer than one of the last century
_LATE_IN_YEAR: Final = 10
_EARLY_IN_YEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Anchor:
    """The date that what follows it is understood from; month and day are 0 where they are not known."""

    year: int
    month: int
    day: int
    words: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A phrase with all its parts, and why, where they are not its own."""

    edtf: str
    within: Within | None
    start: int
    end: int
    inferred: bool
    reason: str


def anchor_of(date: HistoricalDate | None) -> Anchor | None:
    """Return the date as what a text is understood from, or None where it has no year."""
    if date is None:
        return None
    moment = date.structure.start if isinstance(date.structure, Interval) else date.structure
    if not isinstance(moment, Moment) or moment.year.value is None:
        return None
    month, day = (part.value or 0 if part else 0 for part in (moment.month, moment.day))
    return Anchor(moment.year.value, month, day, str(date))


class Resolver:
    """Goes through the phrases of a text in order, and remembers the date that the next one may lean on."""

    def __init__(self, letters: str, texts: Sequence[str], context: Anchor | None) -> None:
        self._letters, self._texts, self._anchor = letters, texts, context

    def resolve(self, readings: Sequence[Reading | Relative], sentences: Sequence[int]) -> Iterator[Resolved]:
        """Yield the phrases that have a meaning; `sentences` are the numbers of the sentences they stand in."""
        completed = self._coordinated(readings)
        for at, reading in enumerate(completed):
            if isinstance(reading, Relative):
                found = self._relative(reading)
            elif _lacks_year(reading.first):
                found = self._yearless(reading, self._ahead(completed, sentences, at))
            else:
                first = reading.first
                found = Resolved(reading.edtf, first.within, reading.start, reading.end, False, first.note)
                self._remember(reading.last or first, reading)
            if found and parses(found.edtf):  # "February 29" has no place in most years
                yield found

    def _coordinated(self, readings: Sequence[Reading | Relative]) -> list[Reading | Relative]:
        """Give "June" of "June and July 1989" the year that is said once for both."""
        completed = list(readings)
        for at in range(len(completed) - 2, -1, -1):
            this, following = completed[at], completed[at + 1]
            if not isinstance(this, Reading) or not isinstance(following, Reading) or this.first.year:
                continue
            gap = self._letters[this.end : following.start]
            other = following.first
            joined = following.shape == "one" and set(gap) <= _COORDINATION and len(gap) <= _LONGEST_GAP
            if joined and other.year and not other.century_open:
                last = this.last and replace(this.last, year=other.year)
                completed[at] = replace(this, first=replace(this.first, year=other.year), last=last)
        return completed

    def _ahead(self, readings: Sequence[Reading | Relative], sentences: Sequence[int], at: int) -> Anchor | None:
        """Return the next date of the same sentence, for a text that begins without a year."""
        if at + 1 >= len(readings) or sentences[at + 1] != sentences[at]:
            return None
        following = readings[at + 1]
        if not isinstance(following, Reading) or not following.first.year.isdigit():
            return None
        return Anchor(int(following.first.year), 0, 0, self._words(following))

    def _yearless(self, reading: Reading, ahead: Anchor | None) -> Resolved | None:
        anchor = self._anchor or ahead
        point = reading.first
        if point.century_open:
            return self._short(reading, anchor)
        if anchor is None:
            note = "no year stands near"
            told = point.day or (point.month and self._letters[reading.end - 1] == "M")
            return Resolved(reading.edtf, point.within, reading.start, reading.end, False, note) if told else None
        year = anchor.year
        if anchor.month >= _LATE_IN_YEAR and 0 < point.month <= _EARLY_IN_YEAR:
            year += 1
        ends = [end and replace(end, year=_digits(year)) for end in (point, reading.last)]
        whole = Reading(reading.shape, ends[0] or point, ends[1], reading.start, reading.end)
        reason = f"the year is from “{anchor.words}”" if year == anchor.year else f"the year follows “{anchor.words}”"
        self._remember(whole.last or whole.first, whole)
        return Resolved(whole.edtf, point.within, whole.start, whole.end, True, reason)

    def _short(self, reading: Reading, anchor: Anchor | None) -> Resolved:
        """Return a short year or decade with the century of the anchor: "’89", "the ’40s"."""
        ends = [
            end and replace(end, year=_century_near(end, anchor) + end.year[2:], century_open=False)
            if end and end.century_open
            else end
            for end in (reading.first, reading.last)
        ]
        whole = replace(reading, first=ends[0] or reading.first, last=ends[1])
        reason = f"the century is from “{anchor.words}”" if anchor else "the century is assumed"
        self._remember(whole.first, whole)
        return Resolved(whole.edtf, whole.first.within, whole.start, whole.end, True, reason)

    def _relative(self, relative: Relative) -> Resolved | None:
        anchor = self._anchor
        if anchor is None:
            return None
        point = _moved(anchor, relative)
        if point is None:
            return None
        self._remember(point, relative)
        reason = f"counted from “{anchor.words}”"
        return Resolved(point.edtf, point.within, relative.start, relative.end, True, reason)

    def _remember(self, point: Point, reading: Reading | Relative) -> None:
        if point.year.lstrip("-").isdigit():
            self._anchor = Anchor(int(point.year), point.month, point.day, self._words(reading))

    def _words(self, reading: Reading | Relative) -> str:
        return " ".join(self._texts[reading.start : reading.end]).replace(" ,", ",")


def _lacks_year(point: Point) -> bool:
    return not point.year or point.century_open


def _century_near(point: Point, anchor: Anchor | None) -> str:
    """Return the anchor's century, or the one before where the date would lie far after the anchor."""
    if anchor is None:
        return "19"
    century = anchor.year // 100
    year = 100 * century + int(point.year[2:].replace("X", "0"))
    return f"{century - (year > anchor.year + _AHEAD):02}"


def _digits(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def _moved(anchor: Anchor, relative: Relative) -> Point | None:
    """Return the date as far from the anchor as the phrase says, or None where the anchor is too coarse."""
    named, year = relative.named, anchor.year
    if named.day or named.month or named.season:
        return _named(anchor, named, relative.steps)
    match relative.unit:
        case "year":
            return replace(named, year=_digits(year + relative.steps))
        case "decade" if year > 0:
            return replace(named, year=_digits(year + 10 * relative.steps)[:-1] + "X")
        case "month" if anchor.month:
            years, month = divmod(anchor.month - 1 + relative.steps, 12)
            return replace(named, year=_digits(year + years), month=month + 1)
        case "day" if anchor.day:
            return _shifted(anchor, relative.steps)
        case _:
            return None


def _named(anchor: Anchor, named: Point, steps: int) -> Point | None:
    """Return a named day, month or season with what the anchor adds."""
    if named.day:
        fits = anchor.month and named.day <= days_in_month(anchor.year, anchor.month)
        return replace(named, year=_digits(anchor.year), month=anchor.month) if fits else None
    return replace(named, year=_digits(_year_of_named(anchor, named, steps)))


def _year_of_named(anchor: Anchor, named: Point, steps: int) -> int:
    """Return the year of "that August", and of "the following May", which may be the same year's."""
    if steps > 0 and named.month:
        return anchor.year if named.month > anchor.month > 0 else anchor.year + 1
    if steps < 0 and named.month:
        return anchor.year if 0 < named.month < anchor.month else anchor.year - 1
    return anchor.year + steps


def _shifted(anchor: Anchor, days: int) -> Point | None:
    """Return the day some days after the anchor's, or None beyond a month's distance."""
    if abs(days) > 31:
        return None
    year, month, day = anchor.year, anchor.month, anchor.day + days
    while day < 1:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        day += days_in_month(year, month)
    while day > days_in_month(year, month):
        day -= days_in_month(year, month)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return Point(_digits(year), month=month, day=day)
