"""One language's calendar: days, months, years and runs of them, from CLDR's patterns (Babel).

Babel formats `datetime` values alone, years 1 to 9999. Patterns are filled in here instead, so that years before our
era, years of five digits and runs ("April 5–9, 1989") take the same form as every other date of the language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import tokenize_pattern
from babel.numbers import format_decimal

from toolkit.chronology.words import Words, words_of
from toolkit.model.dates import Day, Era

Length: TypeAlias = Literal["long", "short"]
"""Months written out, or abbreviated as CLDR does."""

_Tokens: TypeAlias = tuple[tuple[str, str], ...]
"""A pattern: ("", literal text) or (a CLDR field letter, "n" times that letter)."""

_RANKS: Final = "GyQMd"  # from coarse to fine
_STAYS_WITH_PATTERN: Final = ",،、 \u00a0\u202f"


class Depth(IntEnum):
    """How much of a day is written."""

    YEAR = 1
    MONTH = 2
    DAY = 3


@lru_cache(maxsize=64)
def calendar_of(language: str, length: Length, era: Era | None = None) -> Calendar | None:
    """Return the calendar of a BCP 47 tag, of its bare language if the tag is unknown, or None if CLDR has neither."""
    for tag in (language, language.split("-")[0]):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        return Calendar(locale, words_of(locale.language, locale.territory), length, era)
    return None


@dataclass(frozen=True)
class Calendar:
    """CLDR's data for a language, its own words, the length of month names, and which eras are named."""

    locale: Locale
    words: Words
    length: Length
    eras: Era | None = None

    def text(self, day: Day, depth: Depth) -> str:
        """Return a day, month or year: "February 18, 1979", "44 BCE"."""
        return self.run(day, day, depth)

    def run(self, first: Day, last: Day, depth: Depth) -> str:
        """Return a run of days, months or years, what both ends share written once: "May–August 1975", "1975–79"."""
        if self._leading_ad and (first.year > 0) != (last.year > 0):  # "27 BC – AD 14"
            return self.join(self.text(first, depth), self.text(last, depth))
        tokens = self._with_era(self._pattern(depth), first, last)
        start, end = ([self._field(token, day) for token in tokens] for day in (first, last))
        if self.words.shortens_years and depth is Depth.YEAR and _same_century(first.year, last.year):
            short = str(last.year % 100)  # 1975–79, but 1901–4
            end = [short if field == "y" else text for (field, _), text in zip(tokens, end, strict=True)]
        differing = [_rank(field) for (field, _), a, b in zip(tokens, start, end, strict=True) if field and a != b]
        if not differing:
            return _plain_spaces("".join(start))
        block = [at for at, (field, _) in enumerate(tokens) if field and _rank(field) >= min(differing)]
        low, high = block[0], block[-1] + 1
        suffix, rest = _split_suffix(tokens[high][1] if high < len(tokens) else "")
        core = self.join("".join(start[low:high]) + suffix, "".join(end[low:high]) + suffix)
        return _plain_spaces("".join(start[:low]) + core + rest + "".join(end[high + 1 :]))

    def without_year(self, day: Day, depth: Depth) -> str:
        """Return a day of the year, or a month alone: "December 25", "December"."""
        if depth is Depth.MONTH:
            alone, inside = (str(self.locale.months[of][self._width][day.month]) for of in ("stand-alone", "format"))
            return inside if inside.lower() == alone.lower() else alone  # Vietnamese capitalizes a month in a menu
        pattern = self.locale.datetime_skeletons["MMMMd" if self.length == "long" else "MMMd"]
        return _plain_spaces("".join(self._field(token, day) for token in _tokens(pattern.pattern)))

    def quarter(self, day: Day) -> str:
        """Return the quarter of the year that `day` lies in: "1st quarter 1989"."""
        tokens = self._with_era(_tokens(self.locale.datetime_skeletons["yQQQQ"].pattern), day)
        return _plain_spaces("".join(self._field(token, day) for token in tokens))

    def era(self, year: int) -> str:
        """Return the abbreviation of the era of an astronomical year: "BCE", "apr. J.-C."."""
        words = self.words
        wanted = {"bce": words.eras_bce, "bc": words.eras_bc}.get(self.eras or "", ())
        eras = wanted or words.eras or self.locale.eras["abbreviated"]
        return str(eras[int(year > 0)])

    def join(self, first: str, last: str) -> str:
        """Return two ends with the language's dash, which is closed up unless an end holds a space."""
        fallback: str = self.locale.interval_formats.get(None, "{0}–{1}")
        dash = fallback.replace("{0}", "").replace("{1}", "").strip()
        if dash.isalpha() or any(letter.isspace() for letter in first + last):
            dash = f" {dash} "
        return f"{first}{dash}{last}"

    @property
    def _leading_ad(self) -> bool:
        return self.eras == "bc" and self.words.leading_ad

    @property
    def _width(self) -> str:
        return "wide" if self.length == "long" else "abbreviated"

    def _pattern(self, depth: Depth) -> _Tokens:
        if depth is Depth.DAY and self.length == "long":
            return _tokens(self.words.day_pattern or self.locale.date_formats["long"].pattern)
        skeleton = {Depth.YEAR: "y", Depth.MONTH: "yMMMM", Depth.DAY: "yMMMd"}[depth]
        if depth is Depth.MONTH and self.length == "short":
            skeleton = "yMMM"
        return _tokens(self.locale.datetime_skeletons[skeleton].pattern)

    def _with_era(self, tokens: _Tokens, *days: Day) -> _Tokens:
        """Put the era where the language has it, if a year needs it: before 1000, or after 9999."""
        if all(1000 <= day.year <= 9999 for day in days) or any(field == "G" for field, _ in tokens):
            return tokens
        model = _tokens(self.locale.datetime_skeletons["Gy"].pattern)
        at = [field for field, _ in tokens].index("y")
        if self._leading_ad and days[0].year > 0:
            return (*tokens[:at], ("G", "G"), ("", " "), *tokens[at:])
        if next(field for field, _ in model if field) == "y":
            return (*tokens, ("", " "), ("G", "G"))
        gap = tuple(token for token in model[1:2] if not token[0])
        return (*tokens[:at], ("G", "G"), *gap, *tokens[at:])

    def _field(self, token: tuple[str, str], day: Day) -> str:
        field, text = token
        match field:
            case "y" | "Y":
                number = day.year if day.year > 0 else 1 - day.year
                return str(number) if number <= 9999 else str(format_decimal(number, locale=self.locale))
            case "G":
                return self.era(day.year)
            case "d":
                return self.words.first_of_month if day.day == 1 else str(day.day)
            case "Q":
                return self._quarter_name(text, (day.month + 2) // 3)
            case "M" | "L":
                return self._month_name(field, len(text), day.month)
            case _:
                return text

    def _month_name(self, field: str, width: int, month: int) -> str:
        if width <= 2:
            return str(month)
        context = "format" if field == "M" else "stand-alone"
        return str(self.locale.months[context]["wide" if width == 4 else "abbreviated"][month])

    def _quarter_name(self, text: str, quarter: int) -> str:
        return str(quarter) if len(text) <= 2 else str(self.locale.quarters["format"]["wide"][quarter])


@lru_cache(maxsize=512)
def _tokens(pattern: str) -> _Tokens:
    tokens: Iterable[tuple[str, str | tuple[str, int]]] = tokenize_pattern(pattern)
    return tuple(("", value) if isinstance(value, str) else (value[0], value[0] * value[1]) for _, value in tokens)


def _rank(field: str) -> int:
    return _RANKS.index({"L": "M", "Y": "y"}.get(field, field))


def _same_century(first: int, last: int) -> bool:
    """Return whether a run of years may drop its second century: 1975–79, but 1899–1902, 1900–1906, 327–321 BCE.

    Chicago Manual of Style, 17th ed., 9.61 and 9.64: all digits after a full hundred and where the century changes;
    the changed part alone after 01 to 09 (1901–4); two digits else. Before our era, all digits.
    """
    return 1000 <= first < last <= 9999 and first // 100 == last // 100 and first % 100 != 0


def _split_suffix(literal: str) -> tuple[str, str]:
    """Return what belongs to the number before it ("日", "." in "5.–9. April") and what goes on with the pattern."""
    for at, letter in enumerate(literal):
        if letter in _STAYS_WITH_PATTERN:
            return literal[:at], literal[at:]
    return literal, ""


def _plain_spaces(text: str) -> str:
    """Return the text with the narrow spaces of CLDR widened: few fonts have U+202F and U+2009."""
    return text.replace("\u202f", "\u00a0").replace("\u2009", " ")
