"""A date whose EDTF means something else than its author is likely to have meant."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import address
from toolkit.model.dates import HistoricalDate, range_of_years
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each date like 1939-41, which is a part of a year and not a range."""
    for date, place in _dates(lesson):
        years = range_of_years(date)
        if years:
            message = f"{date} is a part of the year in EDTF, not a range of years"
            hint = f"if you mean the years, write {years}"
            yield Diagnostic("C809", message, address=place, hint=hint, severity=Severity.WARNING)


def _dates(lesson: Lesson) -> Iterator[tuple[HistoricalDate, str]]:
    spec = lesson.spec
    if spec.date:
        yield spec.date, "date"
    for position, person in enumerate(spec.people):
        if person.dates:
            yield person.dates, address.join("people", position + 1, "dates")
    for position, event in enumerate(spec.chronology):
        yield event.date, address.join("chronology", address.step(event.id, position), "date")
