"""An event far from the time of its lesson: a year with its digits turned, more often than not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model import address
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST, HistoricalDate, parse_edtf
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson

NEAR = 50  # years before or after: a lesson looks back a lifetime, and forward as far
_DAYS = 365.2425  # of a year
_FAR_BACK = 20  # of what is long ago, a twentieth part of its age is near
_YEAR = re.compile(r"(?<![\w.,$€£¥-])(1[0-9]{3}|20[0-9]{2})(?![\w]|[.,][0-9])")


class _Years(NamedTuple):
    first: float
    last: float


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for an event that alone is far before, or far after, what the lesson and article name.

    Two far events on one side are a prologue or an epilogue, which authors mean.
    """
    time = _time_of(lesson)
    if time is None:
        return
    dated = [(n, event, _years(event.date)) for n, event in enumerate(lesson.spec.chronology)]
    slack = max(NEAR, (2000 - time.first) / _FAR_BACK)
    early = [(n, event) for n, event, years in dated if years.last < time.first - slack]
    late = [(n, event) for n, event, years in dated if years.first > time.last + slack]
    for side, far in (("before", early), ("after", late)):
        if len(far) == 1:
            n, event = far[0]
            place = address.join("chronology", address.step(event.id, n), "date")
            message = f"{event.date} is long {side} the time of the lesson, {_shown(time)}"
            meant = _meant(str(event.date), time)
            hint = f"did you mean `{meant}`?" if meant else "check the year"
            yield Diagnostic("C820", message, address=place, hint=hint, severity=Severity.WARNING)


def _time_of(lesson: Lesson) -> _Years | None:
    """Return the first and last year that the lesson's date and the article name, or None where they name none."""
    named = [float(year) for year in _YEAR.findall(lesson.article.words())]
    if lesson.spec.date:
        named += [year for year in _years(lesson.spec.date) if abs(year) < DISTANT_FUTURE / _DAYS]
    return _Years(min(named), max(named)) if named else None


def _years(date: HistoricalDate) -> _Years:
    """Return the first and last year that a date may mean; an end that is open is as near as the other one."""
    first, last = date.earliest, date.latest
    first, last = last if first == DISTANT_PAST else first, first if last == DISTANT_FUTURE else last
    return _Years(first // _DAYS + 1, last // _DAYS + 1)


def _shown(time: _Years) -> str:
    first, last = int(time.first), int(time.last)
    return str(first) if first == last else f"{first} to {last}"


def _meant(date: str, time: _Years) -> str:
    """Return the date with two digits of its year in the other order, where that alone is in the lesson's time."""
    year, rest = date[:4], date[4:]
    if not year.isdigit():
        return ""
    turned = {year[:n] + year[n + 1] + year[n] + year[n + 2 :] for n in range(3)} - {year}
    fitting = [text for text in turned if time.first <= int(text) <= time.last]
    return str(parse_edtf(fitting[0] + rest)) if len(fitting) == 1 and "/" not in rest else ""
