"""Dates in words, in a lesson's language.

What EDTF leaves to the printer is decided so, for every language:

- 197X is "1970s"; 190X is "1900–1909", because "1900s" is read as a decade by some and as a century by others.
- 19XX is "20th century", the usual name for 1900 to 1999; -01XX (200 to 101 BCE) is "2nd century BCE".
- The era is written before the year 1000 ("79 CE") and after 9999. There is a year 0 in EDTF: -0043 is 44 BCE.
  Which eras are named is a custom of the language (English BCE and CE, French av. J.-C.), unless a lesson says.
- An open end has words ("until 1989", "from 1989"), an unknown one a question mark ("1989–?").
- Digits that are unspecified in no common pattern become the bounds that they allow: 1985-1X is "between October and
  December 1985".
- A sign on the whole date is a word before it ("c.", "perhaps"); on a part of it, a note after it ("(day uncertain)").
"""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

from babel.lists import format_list

from toolkit.chronology.calendars import Calendar, Depth, Length, calendar_of
from toolkit.chronology.phrases import (
    Phrase,
    bare_phrase,
    between,
    doubted,
    finest_depth,
    phrase_of,
    run_of_periods,
    season_name,
    uniform_signs,
)
from toolkit.chronology.words import UNCHANGED
from toolkit.model.dates import (
    DateSet,
    Edge,
    Era,
    HistoricalDate,
    Interval,
    Moment,
    Precision,
    Structure,
    Within,
    narrow,
)

_WITHIN: Final = ("early", "mid", "late")
_EDGE_SIGNS: Final = MappingProxyType({Edge.OPEN: "…", Edge.UNKNOWN: "?"})


@lru_cache(maxsize=4096)  # each sheet of a lesson prints the same dates
def print_date(
    date: HistoricalDate,
    language: str,
    within: Within | None = None,
    length: Length = "long",
    era: Era | None = None,
) -> str:
    """Return the date as a reader of `language` (a BCP 47 tag) expects it, in the form it has within a sentence.

    "short" abbreviates months as CLDR does and writes doubt as a sign. A language that CLDR knows but `words` does not
    gets CLDR's date with neutral signs ("~1978"); one that CLDR does not know gets the EDTF text.
    An `era` other than the language's own custom is named where the language has another.
    """
    calendar = calendar_of(language, length, era)
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
        third = Phrase(_third(calendar, date, within)).into(words.circa)
        return third.into(words.doubt) if date.uncertain else third
    point = date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    template = (words.part_of_point if point else words.part_of_period)[_WITHIN.index(within)]
    if isinstance(structure, Moment):
        return doubted(calendar, bare_phrase(calendar, structure).into(template), structure)
    return _structure(calendar, structure).into(template)


def _third(calendar: Calendar, date: HistoricalDate, within: Within) -> str:
    """Return the third of a period in days, months or years, for a language that has no words for it here."""
    third = narrow(date, within).structure
    if isinstance(date.structure, Moment) and isinstance(third, Interval):
        start, end = third.start, third.end
        if isinstance(start, Moment) and isinstance(end, Moment):
            depths = {Precision.MONTH: Depth.DAY, Precision.SEASON: Depth.MONTH, Precision.YEAR: Depth.MONTH}
            return calendar.run(start.first, end.first, depths.get(date.precision, Depth.YEAR))
    return _structure(calendar, date.structure).plain


# Intervals


def _interval(calendar: Calendar, interval: Interval) -> Phrase:
    start, end = interval.start, interval.end
    if isinstance(start, Moment) and isinstance(end, Moment):
        signs = uniform_signs(start)
        if signs is not None and signs == uniform_signs(end):
            return doubted(calendar, _run(calendar, start, end), start)
    elif start is Edge.OPEN and isinstance(end, Moment):
        return _until(calendar, end)
    elif end is Edge.OPEN and isinstance(start, Moment):
        return _first(calendar, start).into(calendar.words.since)
    return Phrase(calendar.join(_first(calendar, start).plain, _last(calendar, end).plain))


def _until(calendar: Calendar, end: Moment) -> Phrase:
    words, (approximate, uncertain) = calendar.words, uniform_signs(end) or (False, False)
    if not approximate or not words.until_about:
        return _last(calendar, end).into(words.until)
    about = bare_phrase(calendar, end).into(words.circa).into(words.until_about)
    return about.into(words.doubt) if uncertain else about


def _first(calendar: Calendar, start: Moment | Edge) -> Phrase:
    if isinstance(start, Edge):
        return Phrase(_EDGE_SIGNS[start])
    if _is_nameless(calendar, start):
        return doubted(calendar, Phrase(calendar.text(start.first, finest_depth(start))), start, inside=True)
    return phrase_of(calendar, start, inside=True)


def _last(calendar: Calendar, end: Moment | Edge) -> Phrase:
    if isinstance(end, Edge):
        return Phrase(_EDGE_SIGNS[end])
    if _is_nameless(calendar, end):
        return doubted(calendar, Phrase(calendar.text(end.last, finest_depth(end))), end, inside=True)
    return phrase_of(calendar, end, inside=True)


def _is_nameless(calendar: Calendar, moment: Moment) -> bool:
    """Return whether the language has a run of dates alone for this one: "1970–1979", which cannot end a run."""
    return not calendar.words.decade and _depth(moment) is None and not moment.significant


def _run(calendar: Calendar, start: Moment, end: Moment) -> Phrase:
    """Return two dates as one run, signs of doubt left aside."""
    words, depth = calendar.words, _depth(start)
    if depth and depth is _depth(end):
        return Phrase(calendar.run(start.first, end.first, depth), words.year if depth is Depth.YEAR else UNCHANGED)
    if _is_nameless(calendar, start) and _is_nameless(calendar, end):
        return Phrase(calendar.run(start.first, end.last, max(finest_depth(start), finest_depth(end))))
    seasons = [season_name(calendar, moment) for moment in (start, end)]
    if all(seasons) and start.year == end.year:
        year = calendar.text(start.first, Depth.YEAR)
        return Phrase(words.season_of_year.format(season=calendar.join(*seasons), year=year))
    ends = (bare_phrase(calendar, moment).plain for moment in (start, end))
    return Phrase(run_of_periods(calendar, start, end) or calendar.join(*ends))


def _depth(moment: Moment) -> Depth | None:
    """Return what is written of a date of the calendar, or None if digits are unspecified or it is of another kind."""
    if moment.partly_unknown or moment.season or moment.clock:
        return None
    return Depth(len(moment.parts))


# Sets


def _set(calendar: Calendar, dates: DateSet) -> Phrase:
    alone = len(dates.members) == 1
    members = [_member(calendar, member, every=dates.every, alone=alone).plain for member in dates.members]
    return Phrase(format_list(members, "standard" if dates.every else "or", locale=calendar.locale))


def _member(calendar: Calendar, member: Moment | Interval, *, every: bool, alone: bool) -> Phrase:
    if isinstance(member, Moment):
        return phrase_of(calendar, member, inside=not alone)
    words, start, end = calendar.words, member.start, member.end
    if isinstance(start, Edge):
        return _last(calendar, end).into(words.and_before if every else words.or_before)
    if isinstance(end, Edge):
        return _first(calendar, start).into(words.and_after if every else words.or_after)
    if every or not alone or not words.between:
        run = _interval(calendar, member)
        return run if every or not alone else run.into(words.doubt)  # one day of them, not all of them
    depth = _depth(start)
    if depth and depth is _depth(end) and uniform_signs(start) == uniform_signs(end) == (False, False):
        return between(calendar, start.first, end.first, depth)
    return Phrase(words.between.format(*(phrase_of(calendar, moment, inside=True).the for moment in (start, end))))
