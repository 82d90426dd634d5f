"""The words that stand beside a date, one file of `languages` each; CLDR has months, quarters, eras, and none of these.

A template names the form of the phrase that it takes: {plain}, or {the}, {of}, {to} for the article and preposition
that a language puts there ("les années 1970", "des années 1970", "aux années 1970").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final


@dataclass(frozen=True, slots=True)
class Cases:
    """How a kind of phrase looks after a preposition; `{}` is the phrase."""

    the: str = "{}"
    of: str = "{}"
    to: str = "{}"


UNCHANGED: Final = Cases()
"""The cases of a phrase that no preposition changes."""


@dataclass(frozen=True, slots=True)
class Season:
    """A season's name, and its cases with the year."""

    name: str
    cases: Cases = UNCHANGED
    of: str = ""  # in place of `cases.of` before the year, where the name itself changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. An empty value means that the language goes without, and signs or month names take its place."""

    circa: str
    circa_inside: str  # where a preposition or a dash stands beside it
    perhaps: str
    doubt: str = "{plain}?"  # in place of `perhaps` where room is short
    until: str
    until_about: str = ""  # before `circa`, where `until` does not fit
    since: str
    or_before: str
    or_after: str
    and_before: str
    and_after: str
    between: str = ""  # {0} and {1} are in the form {the}
    part_of_point: tuple[str, ...] = ()  # early, mid, late: of a month or year
    part_of_period: tuple[str, ...] = ()  # of a season, decade, century or range
    seasons: tuple[Season, ...] = ()  # spring, summer, autumn, winter
    season_of_year: str = "{season} {year}"
    hemispheres: tuple[str, ...] = ()  # northern, southern
    thirds_of_year: tuple[str, ...] = ()
    halves_of_year: tuple[str, ...] = ()
    decade: str = ""  # {year}, or {tens} and {century}
    tens: tuple[str, ...] = ()
    decades: str = ""  # {} is a range of years
    century: str = ""
    centuries: str = ""  # {} is a range of ordinals
    ordinals: tuple[str, ...] = ()
    ordinals_oblique: tuple[str, ...] = ()  # where a preposition changes them
    millennia: tuple[str, ...] = ()
    eras: tuple[str, ...] = ()  # before and of our era, where CLDR's abbreviation is not the one in use
    eras_bce: tuple[str, ...] = ()  # those that name no religion, where the usual ones do (CLDR's variants)
    eras_bc: tuple[str, ...] = ()  # those that count from Christ, where the usual ones do not
    leading_ad: bool = False  # "AD 79": the second of `eras_bc` stands before the year
    notes: tuple[tuple[str, str], ...] = ()  # uncertain and approximate: of the year, the month or season, the day
    day_of_unknown_month: str = ""
    unknown: str = "?"
    comma: str = ", "
    first_of_month: str = "1"
    shortens_years: bool = False  # 1975–79
    day: Cases = UNCHANGED
    elided_days: tuple[int, ...] = ()  # whose number begins with a vowel
    elided_day: Cases = UNCHANGED
    month: Cases = UNCHANGED
    year: Cases = UNCHANGED
    of_decade: Cases = UNCHANGED
    of_century: Cases = UNCHANGED
    day_pattern: str = ""  # a CLDR date pattern, where usage has left CLDR's


ROMAN: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"),
    *("XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX", "XXI"),
)

NEUTRAL: Final = Words(
    circa="~{plain}",
    circa_inside="~{plain}",
    perhaps="{plain}?",
    until="–{plain}",
    since="{plain}–",
    or_before="≤ {plain}",
    or_after="≥ {plain}",
    and_before="–{plain}",
    and_after="{plain}–",
)
"""For a language without a table: signs alone, so that no page mixes in words of another language."""


@lru_cache(maxsize=64)
def words_of(language: str, territory: str | None = None) -> Words:
    """Return the words of a language (ISO 639) as they are in a territory (ISO 3166), NEUTRAL if it has no file."""
    name = f"toolkit.chronology.languages.{language}"
    if not language.isalpha() or find_spec(name) is None:
        return NEUTRAL
    module = import_module(name)
    words: Words = module.WORDS
    territories: Mapping[str, Words] = getattr(module, "TERRITORIES", {})
    return territories.get(territory or "", words)
