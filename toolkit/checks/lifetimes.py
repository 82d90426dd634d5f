"""A life longer than any that is known. One that ends before it begins is no date, and refused when it is read."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import address
from toolkit.model.dates import HistoricalDate, Interval, Moment
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.gregorian import ordinal
from toolkit.model.lesson import Lesson

LONGEST = 122  # years: Jeanne Calment, 1875 to 1997, the longest life that is proved


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each person whose dates are further apart than any life was long."""
    for position, person in enumerate(lesson.spec.people):
        years = _shortest(person.dates) if person.dates else 0
        if years > LONGEST:
            message = f"{person.name} would have lived {years} years"
            place = address.join("people", position + 1, "dates")
            yield Diagnostic("C821", message, address=place, hint="check both years", severity=Severity.WARNING)


def _shortest(dates: HistoricalDate) -> int:
    """Return the whole years of the shortest life that the dates allow, 0 where an end is open."""
    life = dates.structure
    if not isinstance(life, Interval) or not isinstance(life.start, Moment) or not isinstance(life.end, Moment):
        return 0
    return int((ordinal(life.end.first) - ordinal(life.start.last)) / 365.2425)
