"""Dates of history: read from EDTF, compared, sorted. `parse_edtf` is the way in.

EDTF cannot say "late December"; a `Within` beside the date does. `narrow` turns the pair into plain EDTF.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from toolkit.model.edtf import Level, read
from toolkit.model.gregorian import Day, days_in_month, ordinal
from toolkit.model.moments import DateError, DateSet, Edge, Interval, Moment, Part, Structure

__all__ = [
    "DISTANT_FUTURE",
    "DISTANT_PAST",
    "DateError",
    "DateSet",
    "Day",
    "Edge",
    "Era",
    "HistoricalDate",
    "Interval",
    "Moment",
    "Part",
    "Precision",
    "Structure",
    "Within",
    "narrow",
    "parse_edtf",
    "range_of_years",
    "sort_key",
    "takes_within",
]

Within: TypeAlias = Literal["early", "mid", "late"]
"""The first, middle or last third of a period."""

Era: TypeAlias = Literal["bce", "bc"]
"""How years before our era are named: "44 BCE" and "79 CE", or "44 BC" and "AD 79"."""

DISTANT_FUTURE: Final = 10**24
"""The day number of an end that is open or unknown: after every day that EDTF can name, and still an integer."""

DISTANT_PAST: Final = -DISTANT_FUTURE
"""The day number of a beginning that is open or unknown."""


class Precision(StrEnum):
    """How closely a date is placed. 1560-XX-25 is a YEAR: without its month the day places nothing."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"  # also quarters, thirds and halves of a year
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"  # a thousand years or more: 1XXX, XXXX, Y171010000S3
    INTERVAL = "interval"
    SET = "set"


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date as EDTF says it: the text without spaces, what it is made of, and the lowest EDTF level that allows it."""

    text: str
    structure: Structure
    level: Level

    def __str__(self) -> str:
        return self.text

    @property
    def earliest(self) -> int:
        """Return the number of the first day that the date may mean, as `datetime.date.toordinal` counts.

        Days before 0001-01-01 are 0 and less; DISTANT_PAST where the beginning is open or unknown.
        """
        return _earliest(self.structure)

    @property
    def latest(self) -> int:
        """Return the number of the last day that the date may mean, or DISTANT_FUTURE."""
        return _latest(self.structure)

    @property
    def precision(self) -> Precision:
        """Return how closely the date is placed."""
        if isinstance(self.structure, Moment):
            return _precision(self.structure)
        return Precision.INTERVAL if isinstance(self.structure, Interval) else Precision.SET

    @property
    def approximate(self) -> bool:
        """Return whether any part is marked `~` or `%`, or is an estimate (1950S2)."""
        return any(
            moment.significant or any(p.approximate for p in moment.parts) for moment in _moments(self.structure)
        )

    @property
    def uncertain(self) -> bool:
        """Return whether any part is marked `?` or `%`."""
        return any(part.uncertain for moment in _moments(self.structure) for part in moment.parts)


def parse_edtf(text: str) -> HistoricalDate:
    """Return the date that an EDTF text (levels 0 to 2) means.

    Raises DateError, whose text says what is wrong in an author's words and often what to write instead.
    """
    return HistoricalDate(*read(text))


@lru_cache(maxsize=4096)  # each sheet of a lesson puts the same dates in order
def sort_key(date: HistoricalDate, within: Within | None = None) -> tuple[int, int, int]:
    """Return a key that puts dates in order of time. This is the one place that says what that order is.

    1. The earliest day that is possible comes first. A third of a period counts as those days: "late December 1978"
       begins on the 21st. An interval begins with its start, a set with the earliest of its members; where the
       beginning is open or unknown (`../1989`, `/1989`, `[..1760]`), the date stands before all that have one. Years
       before our era, and years of any length, are days before 0001-01-01 and far from it: nothing is special there.
    2. Of two that begin on one day, the more precise comes first, which is the one whose latest possible day is
       earlier: 1979-01-01, 1979-01, 1979, 1979/1981, 1979/.. . Signs of doubt change nothing: 1979 and 1979? are one.
    3. On one day, the time of day, as universal time where its zone is written. A day without a time comes first.
    4. What is equal in all of this keeps its written order, because Python's sort is stable.
    """
    narrowed = narrow(date, within) if within else date
    clock = date.structure.clock if isinstance(date.structure, Moment) else ""
    return narrowed.earliest, narrowed.latest, _seconds(clock)


def _seconds(clock: str) -> int:
    """Return a time of day in seconds, universal where it has a zone; before all of a day (UTC+14 too) without one."""
    if not clock:
        return -86_400
    hours, minutes, seconds = (int(clock[at : at + 2]) for at in (0, 3, 6))
    offset = 0 if clock[8:] in ("", "Z") else int(clock[9:11]) * 3600 + int(clock[12:14] or 0) * 60
    return hours * 3600 + minutes * 60 + seconds + (offset if clock[8:9] == "-" else -offset)


def takes_within(date: HistoricalDate) -> bool:
    """Return whether "early", "mid" or "late" can be said of the date: of one month, season, year or longer period.

    Not of a month in a year that is unknown (197X-12), nor of some days of a month (1985-04-2X), nor of years that EDTF
    cannot divide (Y17000).
    """
    moment = date.structure
    if not isinstance(moment, Moment) or date.precision is Precision.DAY:
        return False
    unknown_year = moment.year.value is None and (moment.month or moment.season)
    first, last = moment.first, moment.last
    whole_months = first.day == 1 and last.day == days_in_month(last.year, last.month)
    return whole_months and not unknown_year and first.year >= -9999 and last.year <= 9999


def narrow(date: HistoricalDate, within: Within) -> HistoricalDate:
    """Return the third of a period as an interval: 1978-12 and "late" are 1978-12-21/1978-12-31.

    A month is divided after its 10th and 20th day, a season or year between months (1978 after April and August), a
    longer period between years (197X after 1973 and 1976). A date that `takes_within` refuses is returned as it is.
    """
    if not isinstance(date.structure, Moment) or not takes_within(date):
        return date
    first, last = date.structure.first, date.structure.last
    if first[:2] == last[:2]:
        days = {"early": (1, 10), "mid": (11, 20), "late": (21, days_in_month(first.year, first.month))}[within]
        return _between(*(first._replace(day=day) for day in days))
    if date.precision in (Precision.YEAR, Precision.SEASON):
        months = _third(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1, within)
        (year, month), (last_year, last_month) = (divmod(count, 12) for count in months)
        end = Day(last_year, last_month + 1, days_in_month(last_year, last_month + 1))
        return _between(Day(year, month + 1, 1), end)
    years = _third(first.year, last.year, within)
    return _between(Day(years[0], 1, 1), Day(years[1], 12, 31))


def range_of_years(date: HistoricalDate) -> HistoricalDate | None:
    """Return the years that an author may have meant by a half or quarter of a year, or None.

    1939-41 is EDTF for the second half of 1939, and 1921-23 for the autumn of 1921; many would write so for the years
    1939 to 1941. A check can ask.
    """
    moment = date.structure
    if not isinstance(moment, Moment) or moment.season is None or not moment.year.digits.isdigit():
        return None
    century, year, last = moment.year.digits[:2], moment.year.digits[2:], moment.season.digits
    return parse_edtf(f"{century}{year}/{century}{last}") if year < last else None


def _moments(structure: Structure | Edge) -> tuple[Moment, ...]:
    match structure:
        case Moment():
            return (structure,)
        case Interval(start, end):
            return _moments(start) + _moments(end)
        case DateSet(members):
            return tuple(moment for member in members for moment in _moments(member))
        case _:
            return ()


def _earliest(structure: Structure | Edge) -> int:
    match structure:
        case Moment():
            return ordinal(structure.first)
        case Interval():
            return _earliest(structure.start)
        case DateSet(members):
            return min(_earliest(member) for member in members)
        case _:
            return DISTANT_PAST


def _latest(structure: Structure | Edge) -> int:
    match structure:
        case Moment():
            return ordinal(structure.last)
        case Interval():
            return _latest(structure.end)
        case DateSet(members):
            return max(_latest(member) for member in members)
        case _:
            return DISTANT_FUTURE


def _precision(moment: Moment) -> Precision:
    digits = moment.year.digits.lstrip("-")
    if moment.significant:
        loose = len(digits) - moment.significant
    else:
        loose = len(digits) - digits.index("X") if "X" in digits else 0
    if loose > 0:
        return {1: Precision.DECADE, 2: Precision.CENTURY}.get(loose, Precision.MILLENNIUM)
    if moment.season:
        return Precision.SEASON
    if moment.month is None or moment.month.value is None:
        return Precision.YEAR
    return Precision.DAY if moment.day and moment.day.value is not None else Precision.MONTH


def _third(first: int, last: int, within: Within) -> tuple[int, int]:
    """Return the third of the counted months or years; ten years are divided into four, three and three."""
    count = last - first + 1
    late, early = first + count - count // 3, first + -(-count // 3)
    return {"early": (first, early - 1), "mid": (early, late - 1), "late": (late, last)}[within]


def _between(first: Day, last: Day) -> HistoricalDate:
    return parse_edtf(f"{_iso(first)}/{_iso(last)}")


def _iso(day: Day) -> str:
    sign = "-" if day.year < 0 else ""
    return f"{sign}{abs(day.year):04}-{day.month:02}-{day.day:02}"
