"""Dates of an article and of its chronology that do not meet. English lessons only: `chronology.find` reads English."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from toolkit.chronology.find import Finding, find
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.dates import HistoricalDate, Precision, narrow, parse_edtf
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson, folded
from toolkit.model.specification import Event

_LAST_ORDINAL: Final = datetime.date.max.toordinal()
_LONGEST: Final = 3 * 366  # days; a longer stretch is background, and no statement that an event could tell
_EXAMPLES: Final = 3
_TELLS_WHEN: Final = re.compile(r"(?:[,(:;–—]\s*|\b(?:in|on|during)\s+(?:the\s+)?)$", re.IGNORECASE)
_TELLS_OF_LATER: Final = re.compile(
    r"\b(?:will|would|shall|should|for|until|plan\w*|promis\w*|announc\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date that was found in the article, and the position of its section, or None before the first heading."""

    finding: Finding
    date: HistoricalDate
    section: int | None


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield what does not fit: an event's words against its date, its section's text, the article's other dates."""
    if not (lesson.spec.language or "en").casefold().startswith("en") or not lesson.spec.chronology:
        return
    dated = list(_dates_of_article(lesson))
    for position, event in enumerate(lesson.spec.chronology):
        place = address.join("chronology", address.step(event.id, position), "date")
        yield from _own_words(event, place)
        yield from _beside(lesson, event, place, dated)
    yield from _lacking(lesson, dated)


def _own_words(event: Event, place: str) -> Iterator[Diagnostic]:
    """Yield a warning where the words of an event say when it happened, and that is not its date."""
    said = [finding for finding in find(event.event, context=event.date) if _says_when(event.event, finding)]
    if said and not any(_meet(_bounds(parse_edtf(finding.edtf)), _bounds(event.date)) for finding in said):
        message = f"the event is dated {event.date}, and its words say “{said[0].text}”"
        yield Diagnostic("C825", message, address=place, severity=Severity.WARNING)


def _says_when(text: str, finding: Finding) -> bool:
    """Return whether a date stands where an event's words say when it happened: at their beginning, or at their end.

    Dates in the middle, in further sentences and after "will" and "would" are of what came before or after.
    """
    if finding.inferred or finding.reason or not _is_short(parse_edtf(finding.edtf)):
        return False
    before, after = text[: finding.offset], text[finding.end :]
    if not before.removeprefix("In ").removeprefix("On "):
        return True
    ends = not after.strip(" .)") and finding.sentence == " ".join(text.split())
    return ends and bool(_TELLS_WHEN.search(before)) and not _TELLS_OF_LATER.search(before)


def _beside(lesson: Lesson, event: Event, place: str, dated: list[_Dated]) -> Iterator[Diagnostic]:
    """Yield a note where the section that an event names has dates, and none of them in the event's year."""
    sections = _sections_of(lesson, event)
    own = [entry.date for entry in dated if entry.section in sections]
    if own and not any(_meet(_bounds(date), _years(event.date)) for date in own):
        message = f"“{event.section}” has no date in the year of this event, {event.date}"
        hint = "check the date, or name the section that tells of it"
        yield Diagnostic("C826", message, address=place, hint=hint, severity=Severity.NOTE)


def _lacking(lesson: Lesson, dated: list[_Dated]) -> Iterator[Diagnostic]:
    """Yield one note on the days and months of the article that lie in the chronology's time and meet no event."""
    events = [(event.date.earliest, event.date.latest) for event in lesson.spec.chronology]
    begin, end = min(first for first, _ in events), max(last for _, last in events)
    missing = [
        entry.finding.text
        for entry in dated
        if entry.date.precision in (Precision.DAY, Precision.MONTH) and not entry.finding.reason
        if begin <= entry.date.earliest and entry.date.latest <= end
        if not any(_meet(_span(entry), event) for event in events)
    ]
    texts = list(dict.fromkeys(missing))
    if texts:
        such = ", ".join(f"“{text}”" for text in texts[:_EXAMPLES]) + (", ..." if len(texts) > _EXAMPLES else "")
        dates = "a date" if len(texts) == 1 else f"{len(texts)} dates"
        message = f"the article gives {dates} that no event of the chronology has: {such}"
        yield Diagnostic("C824", message, address="chronology", severity=Severity.NOTE)


def _dates_of_article(lesson: Lesson) -> Iterator[_Dated]:
    """Yield the dates of what is printed of the article, read as one text, so that years carry on."""
    parts: list[tuple[int | None, t.Blocks]] = [(None, lesson.article.opening)]
    parts += [(at, part.blocks) for at, part in enumerate(lesson.article.sections) if at not in lesson.omitted]
    texts = [(at, "\n\n".join(t.plain_block(block) for block in blocks) + "\n\n") for at, blocks in parts]
    ends, place = [], 0
    for at, text in texts:
        place += len(text)
        ends.append((place, at))
    ranges = iter(ends)
    end, section = next(ranges)
    for finding in find("".join(text for _, text in texts), context=lesson.spec.date):
        while finding.offset >= end:
            end, section = next(ranges)
        yield _Dated(finding, parse_edtf(finding.edtf), section)


def _sections_of(lesson: Lesson, event: Event) -> set[int]:
    wanted = folded(event.section) if event.section else None
    found = [at for at, section in enumerate(lesson.article.sections) if folded(section.title) == wanted]
    return {inner for at in found for inner in lesson.article.within(at)}


def _span(entry: _Dated) -> tuple[int, int]:
    date = narrow(entry.date, entry.finding.within) if entry.finding.within else entry.date
    return date.earliest, date.latest


def _bounds(date: HistoricalDate) -> tuple[int, int]:
    """Return the first and last day, a year further apart on each side where the date is approximate."""
    slack = 365 if date.approximate else 0
    return date.earliest - slack, date.latest + slack


def _years(date: HistoricalDate) -> tuple[int, int]:
    """Return about the first and last day of the years that the date touches."""
    first, last = _bounds(date)
    return first - _day_of_year(first), last + 365 - _day_of_year(last)


def _day_of_year(number: int) -> int:
    return datetime.date.fromordinal(number).timetuple().tm_yday if 1 <= number <= _LAST_ORDINAL else 1


def _is_short(date: HistoricalDate) -> bool:
    return date.latest - date.earliest <= _LONGEST


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
