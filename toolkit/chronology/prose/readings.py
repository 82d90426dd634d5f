"""The phrases that are no joined points, and `read_phrase`, which tries them before the others."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from toolkit.chronology.prose.english import COUNTS, TENS, WITHIN, words
from toolkit.chronology.prose.grammar import SPECIAL
from toolkit.chronology.prose.meaning import Point, Words, year_digits
from toolkit.chronology.prose.ranges import joined_points
from toolkit.chronology.prose.tokens import Token
from toolkit.chronology.prose.values import Reading, Relative, Shape
from toolkit.model.dates import Within

_Reader: TypeAlias = Callable[[Sequence[Token], str, re.Match[str]], Reading | Relative | None]

_DURATION: Final = words("over for within throughout into")


def read_phrase(tokens: Sequence[Token], letters: str, at: int) -> Reading | Relative | None:
    """Return what the longest phrase that begins at `at` means, or None where no date begins."""
    for kind, pattern in SPECIAL.get(letters[at], ()):
        match = pattern.match(letters, at)
        found = _SPECIAL_READERS[kind](tokens, letters, match) if match else None
        if isinstance(found, Relative) or (found and found.is_valid):
            return found
    return next((found for found in joined_points(tokens, letters, at) if found and found.is_valid), None)


def _shortrange(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    """Return 1753/1754 for "1753–54"; "1989-09" is a month, "1903-04" may be."""
    start = match.start("y1")
    year, joined, short = (tokens[at].text for at in range(start, start + 3))
    end = year[: -len(short)] + short
    sign = ("~" if match["w"] else "") or (
        "?" if match["q"] and letters[match.end() : match.end() + 1] in tuple("C7H5") else ""
    )
    could_be_month = joined == "-" and len(short) == 2 and 1 <= int(short) <= 12
    first, stop = Point(year, sign=sign), match.end() - bool(match["q"] and not sign)
    if end > year:
        note = "a month of one year may be meant" if could_be_month else ""
        lead = match[0].startswith(("t", "ft"))  # "the 1990–91 war"
        return Reading(
            "range", replace(first, note=note), Point(end, sign=sign), start if lead else match.start(), stop
        )
    return Reading("one", replace(first, month=int(short)), None, start, stop) if could_be_month else None


def _eras(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    """Return years of one era that is named once: "264–146 BC", "AD 14–37"."""
    phrase = Words(tokens, letters, match.span())
    era, sign = phrase.first("E"), "~" if "w" in phrase.letters else ""
    years = [phrase.texts(at) for at, letter in enumerate(phrase.letters) if letter in "YNnk"]
    first, last = (Point(year_digits(int(re.sub(r"\D", "", year)), era), sign=sign) for year in years)
    return Reading("range", first, last, *match.span())


def _days(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    """Return two days of one month: "June 3–7, 1967", "14 and 15 June 1940", "March 19 and 22, 1974"."""
    phrase = Words(tokens, letters, match.span())
    first, last = (Words(tokens, letters, match.span(f"d{n}")).ordinal() for n in "12")
    year = Words(tokens, letters, match.span("y")).year() if match["y"] else ""
    shape: Shape = "range"
    if match["joined"] in "ab" and "B" not in phrase.letters:
        shape = "either" if match["joined"] == "b" else "range" if last == first + 1 else "both"
    start, end = (Point(year, month=phrase.month(), day=day) for day in (first, last))
    return Reading(shape, start, end, *match.span()) if first < last else None


def _centuries(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    era = "-" if match["e"] and tokens[match.start("e")].text.casefold().startswith("b") else ""
    first, last = (Words(tokens, letters, match.span(f"c{n}")).ordinal() for n in "12")
    note = "a part of a century stands at an end" if match["r1"] or match["r2"] else ""
    return Reading("range", Point(f"{era}{first - 1:02}XX", note=note), Point(f"{era}{last - 1:02}XX"), *match.span())


def _either(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    first, last = (Point(Words(tokens, letters, match.span(f"y{n}")).year()) for n in "12")
    return Reading("either", first, last, *match.span()) if first.year < last.year else None


def _relative(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Relative | None:
    """Return a distance from the date before: "the following year", "that August", "two years later", "on the 5th"."""
    phrase, groups = Words(tokens, letters, match.span()), match.groupdict()
    start = match.start() + len(match[0]) - len(match[0].lstrip("i"))
    if groups.get("day"):
        on = tokens[match.start()].text.casefold() == "on"
        return Relative("", 0, Point(day=phrase.ordinal()), start, match.end()) if on else None
    named = phrase.first("UG")
    before = tokens[match.start() - 1].text.casefold() if match.start() else ""
    if groups.get("next") and (named.endswith("s") or (named and before in _DURATION)):
        return None  # "over the next year", "the following decades"
    unit = named.rstrip("s")
    steps = _steps(phrase, groups.get("next") is not None, groups.get("later") is not None)
    if unit == "week" or steps is None:
        return None
    led = groups.get("part") or groups.get("within")
    within: Within | None = WITHIN.get(phrase.first("reL")) if led else None
    return Relative(unit, steps, Point(month=phrase.month(), season=phrase.season(), within=within), start, match.end())


def _steps(phrase: Words, following: bool, counted: bool) -> int | None:
    """Return how many units later than the date before, or None where no number is named."""
    if following:
        return -1 if phrase.first("R") in ("previous", "preceding") else 1
    if not counted:
        return 0
    word = phrase.texts(0)
    steps = int(word) if word.isdigit() else COUNTS.get(word) or TENS.get(word)
    return -steps if steps and phrase.first("L") == "earlier" else steps


_SPECIAL_READERS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "shortrange": _shortrange,
        "eras": _eras,
        "days": _days,
        "centuries": _centuries,
        "either": _either,
        "relative": _relative,
    }
)
