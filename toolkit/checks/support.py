"""An event that the article does not tell of, and no source. It may be right, so this is a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import address, markup
from toolkit.model.dates import DISTANT_FUTURE, HistoricalDate
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson, folded
from toolkit.model.specification import Event
from toolkit.model.text import plain

_FEW = 5  # events that are told one by one; more are one matter, an article that is about something else
_SHORTEST = 4  # letters of a word that says something: shorter ones are articles, prepositions, pronouns
_ENOUGH = 0.5  # of an event's words, in the article
_WITHOUT_SPACES = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})  # words cannot be told apart there


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a note for each event without section and source whose year and words the article does not have."""
    events = [(n, e) for n, e in enumerate(lesson.spec.chronology) if not e.section and not e.cite]
    if not events or (lesson.spec.language or "en").split("-")[0] in _WITHOUT_SPACES:
        return
    words = frozenset(re.findall(r"\w+", folded(lesson.article.words())))
    untold = [(n, event) for n, event in events if not _told(event, words)]
    for position, event in untold[: 1 if len(untold) > _FEW else _FEW]:
        place = address.join("chronology", address.step(event.id, position), "event")
        others = f", nor of {len(untold) - 1} others" if len(untold) > _FEW else ""
        message = f"the article has neither the year nor the words of this event{others}"
        hint = "name the `section` that tells of it, or a source: `cite`"
        yield Diagnostic("C823", message, address=place, hint=hint, severity=Severity.NOTE)


def _told(event: Event, article: frozenset[str]) -> bool:
    if _years(event.date) & article:
        return True
    said = [
        word for word in re.findall(r"[^\W\d]+", folded(plain(markup.inlines(event.event)))) if len(word) >= _SHORTEST
    ]
    stems = tuple(word[: max(_SHORTEST, len(word) - 3)] for word in said)
    found = sum(any(word.startswith(stem) for word in article) for stem in stems)
    return len(stems) < 2 or found >= _ENOUGH * len(stems)


def _years(date: HistoricalDate) -> frozenset[str]:
    """Return the years that begin and end a date, as an article writes them: without a sign."""
    days = [day for day in (date.earliest, date.latest) if abs(day) < DISTANT_FUTURE]
    years = [int(day // 365.2425) + 1 for day in days]
    return frozenset(str(year if year > 0 else 1 - year) for year in years)
