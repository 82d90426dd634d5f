"""A source that has not come out yet, or was read before it could be: a digit of the year is wrong.

"Today" is SOURCE_DATE_EPOCH where that is set (reproducible-builds.org), so that a check can be repeated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

from toolkit.model.dates import DISTANT_FUTURE, HistoricalDate
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.records import SourceRecord

_AHEAD = 366  # days; publishers print the next year in the books of the autumn


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each date of a source that lies in the future, and for originals later than their reprint."""
    today = _today()
    for key, record in lesson.sources.items():
        for field, message in _wrong(record, today):
            place = f"bibliography/{key}/{field}"
            hint = (
                "if it is yet to come out, say so in `status:`" if field == "issued" else "one of its digits is wrong"
            )
            yield Diagnostic("C841", f"`{key}`: {message}", address=place, hint=hint, severity=Severity.WARNING)


def _wrong(record: SourceRecord, today: int) -> Iterator[tuple[str, str]]:
    if record.issued and not record.status and _begins_after(record.issued, today + _AHEAD):
        yield "issued", f"the date {record.issued} is in the future"
    if record.original_date and _begins_after(record.original_date, today):
        yield "original-date", f"the date {record.original_date} is in the future"
    elif record.original_date and record.issued and _begins_after(record.original_date, record.issued.latest):
        yield "original-date", f"the original of {record.original_date} is later than this edition of {record.issued}"
    if record.accessed and _begins_after(record.accessed, today + 1):  # a day more: it is tomorrow somewhere
        yield "accessed", f"the day {record.accessed} on which it was read is in the future"


def _begins_after(date: HistoricalDate, day: int) -> bool:
    return day < date.earliest < DISTANT_FUTURE


def _today() -> int:
    """Return the number of today, as `datetime.date.toordinal` counts."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC).toordinal()
    return date.today().toordinal()
