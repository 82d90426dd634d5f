"""Dates in words, in a lesson's language.

What EDTF leaves to the printer is decided so, for every language:

- 197X is "1970s"; 190X is "1900–1909", because "1900s" is read as a decade by some and as a century by others.
- 19XX is "20th century", the usual name for 1900 to 1999; -01XX (200 to 101 BCE) is "2nd century BCE".
- The era is written before the year 1000 ("79 CE") and after 9999. There is a year 0 in EDTF: -0043 is 44 BCE.
- An open end has words ("until 1989", "from 1989"), an unknown one a question mark ("1989–?").
- Digits that are unspecified in no common pattern become the bounds that they allow: 1985-1X is "between October and
  December 1985".
- A sign on the whole date is a word before it ("c.", "perhaps"); on a part of it, a note after it ("(day uncertain)").
"""

from types import MappingProxyType
from typing import Final, Literal

from babel.lists import format_list

from toolkit.chronology.calendars import Calendar, Depth, calendar_of
from toolkit.chronology.phrases import (
    Phrase,
    bare_phrase,
    doubted,
    phrase_of,
    run_of_periods,
    season_name,
    uniform_signs,
)
from toolkit.chronology.words import UNCHANGED
from toolkit.model.dates import DateSet, Edge, HistoricalDate, Interval, Moment, Precision, Structure, Within, narrow

_WITHIN: Final = ("early", "mid", "late")
_EDGE_SIGNS: Final = MappingProxyType({Edge.OPEN: "…", Edge.UNKNOWN: "?"})


def print_date(
    date: HistoricalDate, language: str, within: Within | None = None, length: Literal["long", "short"] = "long"
) -> str:
    """Return the date as a reader of `language` (a BCP 47 tag) expects it, in the form it has within a sentence.

    "short" abbreviates months as CLDR does and writes doubt as a sign. A language that CLDR knows but `words` does not
    gets CLDR's date with neutral signs ("~1978"); one that CLDR does not know gets the EDTF text.
    """
    calendar = calendar_of(language, length)
    if calendar is None:
        return f"~{narrow(date, within)}" if within else str(date)
    if within:
        return _part_of(calendar, date, within).plain
    return _structure(calendar, date.structure).plain


def _structure(calendar: Calendar, structure: Structure) -> Phrase:
    match structure:
        case Moment():
            return phrase_of(calendar, structure)
        case Interval():
            return _interval(calendar, structure)
        case DateSet():
            return _set(calendar, structure)


def _part_of(calendar: Calendar, date: HistoricalDate, within: Within) -> Phrase:
    words, structure = calendar.words, date.structure
    if not words.part_of_point:
        third = _structure(calendar, narrow(date, within).structure).into(words.circa)
        return third.into(words.doubt) if date.uncertain else third
    point = date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    template = (words.part_of_point if point else words.part_of_period)[_WITHIN.index(within)]
    if isinstance(structure, Moment):
        return doubted(calendar, bare_phrase(calendar, structure).into(template), structure)
    return _structure(calendar, structure).into(template)


# Intervals


def _interval(calendar: Calendar, interval: Interval) -> Phrase:
    start, end = interval.start, interval.end
    if isinstance(start, Edge) or isinstance(end, Edge):
        return _open_interval(calendar, start, end)
    signs = uniform_signs(start)
    if signs is not None and signs == uniform_signs(end):
        return doubted(calendar, _run(calendar, start, end), start)
    return Phrase(calendar.join(*(phrase_of(calendar, moment, inside=True).plain for moment in (start, end))))


def _open_interval(calendar: Calendar, start: Moment | Edge, end: Moment | Edge) -> Phrase:
    first, last = (_end(calendar, end) for end in (start, end))
    if start is Edge.OPEN and isinstance(end, Moment):
        return last.into(calendar.words.until)
    if end is Edge.OPEN and isinstance(start, Moment):
        return first.into(calendar.words.since)
    return Phrase(calendar.join(first.plain, last.plain))


def _end(calendar: Calendar, end: Moment | Edge) -> Phrase:
    return Phrase(_EDGE_SIGNS[end]) if isinstance(end, Edge) else phrase_of(calendar, end, inside=True)


def _run(calendar: Calendar, start: Moment, end: Moment) -> Phrase:
    """Return two dates as one run, signs of doubt left aside."""
    words, depth = calendar.words, _depth(start)
    if depth and depth is _depth(end):
        return Phrase(calendar.run(start.first, end.first, depth), words.year if depth is Depth.YEAR else UNCHANGED)
    seasons = [season_name(calendar, moment) for moment in (start, end)]
    if all(seasons) and start.first.year == end.first.year:
        year = calendar.text(start.first, Depth.YEAR)
        return Phrase(words.season_of_year.format(season=calendar.join(*seasons), year=year))
    periods = run_of_periods(calendar, start, end)
    return Phrase(periods or calendar.join(*(bare_phrase(calendar, moment).plain for moment in (start, end))))


def _depth(moment: Moment) -> Depth | None:
    """Return what is written of a date of the calendar, or None if digits are unspecified or it is of another kind."""
    if moment.partly_unknown or moment.season or moment.clock:
        return None
    return Depth(len(moment.parts))


# Sets


def _set(calendar: Calendar, dates: DateSet) -> Phrase:
    members = [_member(calendar, member, every=dates.every, alone=len(dates.members) == 1) for member in dates.members]
    style: Literal["standard", "or"] = "standard" if dates.every else "or"
    return Phrase(format_list([member.plain for member in members], style, locale=calendar.locale))


def _member(calendar: Calendar, member: Moment | Interval, *, every: bool, alone: bool) -> Phrase:
    if isinstance(member, Moment):
        return phrase_of(calendar, member, inside=not alone)
    words, start, end = calendar.words, member.start, member.end
    if isinstance(end, Moment) and isinstance(start, Moment):
        if every or not alone or not words.between:
            return _interval(calendar, member)
        return Phrase(words.between.format(*(phrase_of(calendar, moment, inside=True).the for moment in (start, end))))
    if isinstance(end, Moment):
        return _end(calendar, end).into(words.and_before if every else words.or_before)
    return _end(calendar, start).into(words.and_after if every else words.or_after)
