"""A date whose EDTF means something else than its author is likely to have meant."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import address
from toolkit.model.dates import range_of_years
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each event dated 1939-41 or the like, which is a part of a year and not a range."""
    for position, event in enumerate(lesson.spec.chronology):
        years = range_of_years(event.date)
        if years:
            place = address.join("chronology", address.step(event.id, position), "date")
            message = f"{event.date} is a part of the year in EDTF, not a range of years"
            hint = f"if you mean the years, write {years}"
            yield Diagnostic("C809", message, address=place, hint=hint, severity=Severity.WARNING)
