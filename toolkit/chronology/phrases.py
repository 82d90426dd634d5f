"""One date in words: a phrase, the forms it takes after a preposition, and the signs of doubt on it."""

import datetime
import re
from dataclasses import dataclass, replace
from typing import Final

from babel.dates import format_time

from toolkit.chronology.calendars import Calendar, Depth
from toolkit.chronology.words import UNCHANGED, Cases
from toolkit.model.dates import Day, Moment, Part

_LOOSE_YEAR: Final = re.compile(r"-?(?:(?P<decade>[0-9]{3})X|(?P<century>[0-9]{2})XX|(?P<millennium>[0-9])XXX)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a date, and how they look after a preposition; `oblique` where the words themselves change."""

    plain: str
    cases: Cases = UNCHANGED
    oblique: str = ""

    @property
    def the(self) -> str:
        """Return the phrase with its article, as it stands after most prepositions."""
        return self.cases.the.format(self.oblique or self.plain)

    def into(self, template: str) -> "Phrase":
        """Return the template of `words` with this phrase in it."""
        after = self.oblique or self.plain
        forms = {"the": self.the, "of": self.cases.of.format(after), "to": self.cases.to.format(after)}
        return Phrase(template.format(plain=self.plain, **forms))


def phrase_of(calendar: Calendar, moment: Moment, *, inside: bool = False) -> Phrase:
    """Return the date with its signs of doubt; `inside` where another word or a dash stands beside it."""
    return doubted(calendar, bare_phrase(calendar, moment), moment, inside=inside)


def bare_phrase(calendar: Calendar, moment: Moment) -> Phrase:
    """Return the date without its signs of doubt."""
    if moment.significant:
        return _estimate(calendar, moment)
    if moment.clock:
        pattern: str = calendar.locale.datetime_formats["medium"]
        day, clock = calendar.text(moment.first, Depth.DAY), _clock(calendar, moment.clock)
        return Phrase(pattern.replace("{1}", day).replace("{0}", clock))
    if "X" in moment.year.digits:
        return _in_unknown_year(calendar, moment)
    return _season(calendar, moment) if moment.season else _in_year(calendar, moment)


def uniform_signs(moment: Moment) -> tuple[bool, bool] | None:
    """Return whether the whole date is approximate and uncertain, or None if a sign stands on a part of it alone."""
    approximate, uncertain = ([getattr(p, sign) for p in moment.parts] for sign in ("approximate", "uncertain"))
    mixed = any(any(signs) and not all(signs) for signs in (approximate, uncertain))
    return None if mixed else (approximate[0], uncertain[0])


def doubted(calendar: Calendar, phrase: Phrase, moment: Moment, *, inside: bool = False) -> Phrase:
    """Return the phrase with the doubt that the moment's signs say."""
    words, signs = calendar.words, uniform_signs(moment)
    if signs is None:
        return _noted(calendar, phrase, moment.parts)
    approximate, uncertain = signs
    short = inside or calendar.length == "short"
    if approximate and not moment.significant:
        phrase = phrase.into(words.circa_inside if short else words.circa)
    if uncertain:
        phrase = _followed(phrase, words.doubt) if short else phrase.into(words.perhaps)
    return phrase


def depth_phrase(calendar: Calendar, day: Day, depth: Depth) -> Phrase:
    """Return a day, month or year with its cases."""
    words = calendar.words
    of_day = words.elided_day if day.day in words.elided_days else words.day
    return Phrase(
        calendar.text(day, depth), {Depth.YEAR: words.year, Depth.MONTH: words.month, Depth.DAY: of_day}[depth]
    )


def between(calendar: Calendar, first: Day, last: Day, depth: Depth) -> Phrase:
    """Return the days that a date lies between, the year once if it is one: "between October and December 1985"."""
    template, end = calendar.words.between, depth_phrase(calendar, last, depth)
    if not template:  # a question mark parts one day of them from all of them
        return Phrase(calendar.run(first, last, depth)).into(calendar.words.doubt)
    if depth is Depth.YEAR or first.year != last.year:
        return Phrase(template.format(depth_phrase(calendar, first, depth).the, end.the))
    start = Phrase(calendar.without_year(first, depth), depth_phrase(calendar, first, depth).cases)
    return Phrase(template.format(start.the, end.the))


def season_name(calendar: Calendar, moment: Moment) -> str:
    """Return the bare name of spring to winter, without hemisphere, or "" for other parts of a year and languages."""
    code = int(_digits(moment.season) or 0)
    return calendar.words.seasons[code - 21].name if 21 <= code <= 24 and calendar.words.seasons else ""


def finest_depth(moment: Moment) -> Depth:
    """Return the depth that the bounds of a date need."""
    return Depth.DAY if moment.day else Depth.MONTH if moment.month or moment.season else Depth.YEAR


def run_of_periods(calendar: Calendar, start: Moment, end: Moment) -> str:
    """Return a run of decades or of centuries ("17th–19th centuries"), or "" where the language has no word for it."""
    words = calendar.words
    first, last = (_LOOSE_YEAR.fullmatch(moment.year.digits) for moment in (start, end))
    if not first or not last or min(start.first.year, end.first.year) < 1000 or start.month or end.month:
        return ""
    if first["decade"] and last["decade"] and words.decades:
        return words.decades.format(calendar.join(str(start.first.year), str(end.first.year)))
    if first["century"] and last["century"] and words.centuries:
        numbers = [int(first["century"]), int(last["century"])]
        if max(numbers) < len(words.ordinals):
            return words.centuries.format(calendar.join(*(words.ordinals[number] for number in numbers)))
    return ""


def _digits(part: Part | None) -> str:
    return part.digits if part else ""


def _in_year(calendar: Calendar, moment: Moment) -> Phrase:
    month, day = _digits(moment.month), _digits(moment.day)
    if month in ("", "XX"):
        year = depth_phrase(calendar, moment.first, Depth.YEAR)
        return year if day in ("", "XX") else _on_day_of_unknown_month(calendar, year.plain, moment)
    if "X" in month or (day != "XX" and "X" in day):
        return _bounds(calendar, moment)
    return depth_phrase(calendar, moment.first, Depth.MONTH if day in ("", "XX") else Depth.DAY)


def _in_unknown_year(calendar: Calendar, moment: Moment) -> Phrase:
    month, day = _digits(moment.month), _digits(moment.day)
    if moment.season or "X" in (month + day).replace("XX", ""):
        return _bounds(calendar, moment)
    unknown = moment.year.digits == "XXXX"
    if month in ("", "XX"):
        years = _years(calendar, moment)
        plain = "" if unknown else years.plain
        return years if day in ("", "XX") else _on_day_of_unknown_month(calendar, plain, moment)
    text = calendar.without_year(moment.first, Depth.MONTH if day in ("", "XX") else Depth.DAY)
    return Phrase(text if unknown else text + calendar.words.comma + _years(calendar, moment).plain)


def _on_day_of_unknown_month(calendar: Calendar, year: str, moment: Moment) -> Phrase:
    template, number = calendar.words.day_of_unknown_month, moment.first.day
    day = template.format(number) if template else f"XX-{number:02}"
    return Phrase(f"{year}{calendar.words.comma}{day}" if year else day)


def _bounds(calendar: Calendar, moment: Moment) -> Phrase:
    return between(calendar, moment.first, moment.last, finest_depth(moment))


def _years(calendar: Calendar, moment: Moment) -> Phrase:
    """Return the name of a decade, century or millennium, or the years it may mean."""
    words, first = calendar.words, moment.first
    if moment.year.digits == "XXXX":
        return Phrase(words.unknown)
    match = _LOOSE_YEAR.fullmatch(moment.year.digits)
    # 00XX begins with the year 0, 1 BCE, and is the 1st century CE: the last year tells.
    era = f" {calendar.era(moment.last.year)}" if first.year < 1000 else ""
    if match and match["decade"] and first.year >= 1000 and _names_decade(calendar, first.year):
        return _decade(calendar, first.year)
    if match and match["century"] and int(match["century"]) < len(words.ordinals):
        number = int(match["century"])
        plain, oblique = words.ordinals[number], (words.ordinals_oblique or words.ordinals)[number]
        return Phrase(words.century.format(plain) + era, _before(words.of_century, era), words.century.format(oblique))
    if match and match["millennium"] and int(match["millennium"]) < len(words.millennia):
        name = words.millennia[int(match["millennium"])]
        return Phrase(name + era, _before(words.of_century, era), name)
    if not match:
        return between(calendar, first, moment.last, Depth.YEAR)
    return Phrase(calendar.run(first, moment.last, Depth.YEAR), words.year)


def _before(cases: Cases, era: str) -> Cases:
    """Return the cases of a name that an era follows: "des 1. Jahrhunderts v. Chr."."""
    return Cases(cases.the + era, cases.of + era, cases.to + era)


def _names_decade(calendar: Calendar, year: int) -> bool:
    words = calendar.words
    return year // 100 < len(words.ordinals) if words.tens else bool(words.decade) and year % 100 != 0


def _decade(calendar: Calendar, year: int) -> Phrase:
    words = calendar.words
    if not words.tens:
        return Phrase(words.decade.format(year=year), words.of_decade)
    tens, century = words.tens[year % 100 // 10], words.ordinals_oblique[year // 100]
    return Phrase(words.decade.format(tens=tens, century=century), words.of_decade)


def _season(calendar: Calendar, moment: Moment) -> Phrase:
    words, code = calendar.words, int(_digits(moment.season))
    year = calendar.text(moment.first, Depth.YEAR)
    if code <= 32 and words.seasons:
        season = words.seasons[(code - 21) % 4]
        name = words.season_of_year.format(season=season.name, year=year)
        genitive = words.season_of_year.format(season=season.of, year=year) if season.of else season.cases.of
        return Phrase(
            f"{name} ({words.hemispheres[code > 28]})" if code > 24 else name, replace(season.cases, of=genitive)
        )
    if 33 <= code <= 36:
        return Phrase(calendar.quarter(moment.first))
    divisions = (*words.thirds_of_year, *words.halves_of_year)
    if code > 36 and divisions:
        return Phrase(divisions[code - 37].format(year))
    return Phrase(calendar.run(moment.first, moment.last, Depth.MONTH))


def _estimate(calendar: Calendar, moment: Moment) -> Phrase:
    year = depth_phrase(calendar, Day(moment.year.value or 0, 1, 1), Depth.YEAR)
    return Phrase(f"{year.into(calendar.words.circa).plain} ({calendar.run(moment.first, moment.last, Depth.YEAR)})")


def _clock(calendar: Calendar, clock: str) -> str:
    """Return a time of day and its zone: "11:20 PM UTC+4"."""
    hours, minutes, seconds = (int(clock[at : at + 2]) for at in (0, 3, 6))
    sign, offset = clock[8:9].replace("-", "−"), clock[9:].removesuffix(":00")
    zone = "UTC" if sign == "Z" or offset == "00" else f"UTC{sign}{offset.removeprefix('0')}" if sign else ""
    if hours == 24:
        return f"24:00 {zone}".strip()
    time = datetime.time(hours, minutes, seconds)
    text = format_time(time, "medium" if seconds else "short", locale=calendar.locale).replace("\u202f", "\u00a0")
    return f"{text} {zone}".strip()


def _noted(calendar: Calendar, phrase: Phrase, parts: tuple[Part, ...]) -> Phrase:
    notes = calendar.words.notes
    if not notes:
        before = "~" if any(part.approximate for part in parts) else ""
        return Phrase(before + phrase.plain + ("?" if any(part.uncertain for part in parts) else ""))
    said = [
        note
        for part, (uncertain, approximate) in zip(parts, notes, strict=False)
        for note, is_said in ((uncertain, part.uncertain), (approximate, part.approximate))
        if is_said
    ]
    return _followed(phrase, f"{{plain}} ({calendar.words.comma.join(said)})")


def _followed(phrase: Phrase, template: str) -> Phrase:
    """Return the phrase with something after it, its cases kept."""
    oblique = template.format(plain=phrase.oblique) if phrase.oblique else ""
    return Phrase(template.format(plain=phrase.plain), phrase.cases, oblique)
