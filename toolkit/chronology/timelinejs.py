"""TimelineJS, the timelines of Knight Lab: its dates and slides, from and to dates and events of ours.

A date there is year, month, day and time, with an optional end, and what is shown in its place. It has no sign of
doubt, no season, no unknown digit and no open end. A negative year is counted as
historians do: -44 is 44 BCE, which is -0043 in EDTF, because TimelineJS shows the number without its sign and BCE.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from toolkit.chronology import html_words
from toolkit.chronology.interchange import FIELDS, Heading, Written
from toolkit.chronology.printing import print_date
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST, DateSet, Day, HistoricalDate, Interval
from toolkit.model.dates import Moment as DateMoment
from toolkit.model.specification import Event

_PARTS: Final = ("year", "month", "day", "hour", "minute", "second")
_MOST_TOLD: Final = 4  # dates of events that lose the same
LONGEST_TEXT: Final = 280
"""Characters of a slide's text that go on after its headline in an event: the sentences that fit, the first always."""

# A stop ends a sentence unless it ends a short capitalized word, which may be an abbreviation (Mass., Gov., Dr., U.).
_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z]{2}\.)(?<!\b[A-Z][a-z]{3}\.)\s+(?=[^\sa-z])"
)


# -- from TimelineJS


def read_date(start: Mapping[str, Any], end: Mapping[str, Any] | None = None) -> tuple[str, tuple[str, ...]]:
    """Return a date of TimelineJS as EDTF text, not checked, and what of it is left out.

    `start` and `end` hold numbers or texts. The text is what was written where no date can be told from it.
    """
    ends = [end for end in (start, end) if end and str(end.get("year") or "").strip()]
    texts = [_day(one) for one in ends]
    clocks = [_clock(one) for one in ends]
    lost = ["a thousandth of a second"] if any(str(one.get("millisecond") or "").strip() for one in ends) else []
    if len(texts) == 1 and clocks[0] and texts[0].count("-", 1) == 2:
        return f"{texts[0]}T{clocks[0]}", tuple(lost)
    lost += ["the time of day"] if any(clocks) else []
    return "/".join(texts if len(set(texts)) > 1 else texts[:1]), tuple(lost)


def _day(date: Mapping[str, Any]) -> str:
    year, month, day = (_number(date.get(part)) for part in _PARTS[:3])
    written = [str(date.get(part) or "").strip() for part in _PARTS[:3]]
    if year is None or (month is None and written[1]) or (day is None and written[2]) or (day and not month):
        return "-".join(part for part in written if part)
    return "-".join([edtf_year(year), *(f"{part:02}" for part in (month, day) if part)])


def edtf_year(year: int) -> str:
    """Return a year of TimelineJS as EDTF has it: -44 is -0043."""
    year = year + 1 if year < 0 else year
    sign = "-" if year < 0 else ""
    return f"Y{year}" if abs(year) > 9999 else f"{sign}{abs(year):04}"


def _number(value: object) -> int | None:
    text = str("" if value is None else value).strip().removesuffix(".0")
    return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else None


def _clock(date: Mapping[str, Any]) -> str:
    hour, minute, second = (_number(date.get(part)) for part in _PARTS[3:])
    return (
        ""
        if hour is None or (hour, minute or 0, second or 0) == (0, 0, 0)
        else (f"{hour:02}:{minute or 0:02}:{second or 0:02}")
    )


def read_words(headline: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return a slide's headline and text as the sentence of an event (Markdown), and what is left out.

    The text goes on after the headline, as far as it is short, and stands alone where there is none.
    """
    first, lost = html_words.to_markdown(headline)
    if not text.strip():
        return first, lost
    second, more = html_words.to_markdown(text)
    second, cut = _shortened(second)
    left_out = (*lost, *more, *(["what follows in long texts"] if cut else []))
    if not first or second.casefold().startswith(first.rstrip(".").casefold()):
        return second or first, left_out
    gap = " " if first.endswith((".", "?", "!", ":", "…")) else ": " if second else ""
    return first + gap + second, left_out


def _shortened(words: str) -> tuple[str, bool]:
    """Return the first sentences of a text, and whether others follow."""
    sentences = _SENTENCE_END.split(words)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > LONGEST_TEXT:
            break
        kept = f"{kept} {sentence}"
    return kept, len(kept) < len(" ".join(sentences))


def read_group(group: str) -> dict[str, str]:
    """Return a slide's group as the key of an event that says its sort, where events have one."""
    return {"category": group} if group and "category" in FIELDS else {}


# -- to TimelineJS


def write(events: tuple[Event, ...], heading: Heading) -> Written:
    """Return the events as TimelineJS 3 JSON, in the order given, and what it cannot hold.

    TimelineJS shows no event without a year to begin in: of `../1989` the one end that is known is taken.
    """
    lost: dict[str, list[str]] = {}
    slides = []
    for event in events:
        slide, left_out = _slide(event, heading)
        slides += [slide] if slide else []
        for what in left_out:
            lost.setdefault(what, []).append(str(event.date))
    title = {"title": {"text": {"headline": html_words.to_html(heading.title)[0]}}} if heading.title else {}
    return Written(
        json.dumps({**title, "events": slides}, ensure_ascii=False, indent=2) + "\n", tuple(map(_told, lost.items()))
    )


def _told(lost: tuple[str, list[str]]) -> str:
    what, dates = lost
    more = f" and {len(dates) - _MOST_TOLD} more" if len(dates) > _MOST_TOLD else ""
    return f"{what}: {', '.join(dates[:_MOST_TOLD])}{more}"


def _slide(event: Event, heading: Heading) -> tuple[dict[str, Any], list[str]]:
    headline, lost = html_words.to_html(event.event)
    start, end = _bounds(event.date)
    if start is None:
        return {}, ["the event: its date names no day"]
    slide: dict[str, Any] = {"start_date": start, **({"end_date": end} if end else {})}
    slide["display_date"] = print_date(event.date, heading.language, event.within, era=heading.era)
    slide["text"] = {"headline": headline}
    slide.update({"unique_id": event.id} if event.id else {})
    category = getattr(event, "category", None)
    slide.update({"group": category} if category else {})
    told = [*_lost_of_date(event), *lost]
    told += [f"`{key}`" for key in ("section", "cite") if getattr(event, key)]
    return slide, told


def _bounds(date: HistoricalDate) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Return the first and the last date as TimelineJS has them, the last only where it is another."""
    structure = date.structure
    if isinstance(structure, DateMoment):
        if structure.partly_unknown or structure.season:
            return _span(structure.first, structure.last, structure)
        return _moment(structure), None
    if isinstance(structure, Interval):
        start, end = (one if isinstance(one, DateMoment) else None for one in (structure.start, structure.end))
        first = _bounds_of(start)[0] if start else None
        last = (_bounds_of(end)[1] or _bounds_of(end)[0]) if end else None
        return (first, last if last != first else None) if first else (last, None)
    return _set_bounds(structure)


def _bounds_of(moment: DateMoment) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    return _bounds(HistoricalDate("", moment, 2))


def _set_bounds(dates: DateSet) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    ends = [_bounds(HistoricalDate("", member, 2)) for member in dates.members]
    first = next((start for start, _ in ends if start), None)
    last = next((end or start for start, end in reversed(ends) if start), None)
    return first, last if last != first else None


def _span(first: Day, last: Day, moment: DateMoment) -> tuple[dict[str, str], dict[str, str] | None]:
    """Return the years, months or days that a date with unknown digits lies between."""
    depth = 3 if moment.day and moment.day.digits != "XX" else 2 if moment.season or (moment.month or moment.day) else 1
    if moment.month and moment.month.digits == "XX":
        depth = 1
    start, end = (_parts(day, depth) for day in (first, last))
    return start, end if end != start else None


def _parts(day: Day, depth: int) -> dict[str, str]:
    year = day.year if day.year > 0 else day.year - 1
    return dict(zip(_PARTS, map(str, (year, day.month, day.day)[:depth]), strict=False))


def _moment(moment: DateMoment) -> dict[str, str]:
    parts = _parts(moment.first, len(moment.parts))
    numbers = [str(int(number)) for number in moment.clock[:8].split(":")] if moment.clock else []
    return {**parts, **dict(zip(_PARTS[3:], numbers, strict=False))}


def _lost_of_date(event: Event) -> Iterator[str]:
    """Yield what TimelineJS shows of the date and does not know."""
    date, structure = event.date, event.date.structure
    if event.within:
        yield f"`within: {event.within}`"
    if date.approximate or date.uncertain:
        yield "a sign of doubt"
    if isinstance(structure, DateSet):
        yield "which days of its set are meant"
    elif {date.earliest, date.latest} & {DISTANT_PAST, DISTANT_FUTURE}:
        yield "an end that is open or unknown"
    if any(sign in date.text for sign in "XS"):
        yield "digits that are not known"
    elif _has_season(date):
        yield "a season or other part of the year"
    if isinstance(structure, DateMoment) and len(structure.clock) > 8:
        yield "the time zone"
    if isinstance(structure, DateMoment) and structure.clock[:8] == "00:00:00":
        yield "midnight"


def _has_season(date: HistoricalDate) -> bool:
    structure = date.structure
    ends = (structure.start, structure.end) if isinstance(structure, Interval) else (structure,)
    return any(isinstance(end, DateMoment) and end.season is not None for end in ends)
