"""What a phrase says by itself: one date, a run of two, an open end, or a distance from a date before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.chronology.prose.english import DECADE_WORDS, MONTHS, ORDINALS, SEASONS, TENS, WITHIN
from toolkit.chronology.prose.tokens import Token
from toolkit.model.dates import Within

_HALVES: Final = 40
_QUARTERS: Final = 33
_SIGNS: Final = {"": "", "w": "~", "m": "?", "wm": "%"}


@dataclass(frozen=True, slots=True)
class Point:
    """One date as far as words say it.

    `year` is EDTF's digits, or empty; `last_year` the end of a run of years that EDTF has no digits for; `century_open`
    is set where the century is not said ("’40s"). Month, day and season (EDTF's number) are 0 where unsaid.
    """

    year: str = ""
    last_year: str = ""
    month: int = 0
    day: int = 0
    season: int = 0
    century_open: bool = False
    sign: str = ""
    within: Within | None = None
    note: str = ""

    @property
    def edtf(self) -> str:
        """Return the date in EDTF, XXXX for a year that nothing says."""
        if self.last_year:
            return f"{self.year}{self.sign}/{self.last_year}{self.sign}"
        text = self.year or "XXXX"
        if self.month or self.season:
            text += f"-{self.month or self.season:02}"
        return (f"{text}-{self.day:02}" if self.day else text) + self.sign


class Words:
    """The words of a phrase or of a part of one, by their classes."""

    def __init__(self, tokens: Sequence[Token], letters: str, span: tuple[int, int]) -> None:
        self.tokens, self.letters = tokens[slice(*span)], letters[slice(*span)]

    def first(self, classes: str) -> str:
        """Return the first word of one of the classes in lower case, or an empty text."""
        return next((self.texts(at) for at, letter in enumerate(self.letters) if letter in classes), "")

    def texts(self, at: int) -> str:
        """Return the word at `at` in lower case without a full stop."""
        word = self.tokens[at].text.casefold()
        return word.rstrip(".") if word[0].isalpha() else word

    def month(self) -> int:
        """Return the number of the month, or 0."""
        return MONTHS.get(self.first("MA"), 0)

    def season(self) -> int:
        """Return EDTF's number of the season, or 0."""
        return SEASONS.get(self.first("S"), 0)

    def year(self) -> str:
        """Return the last year in EDTF's digits, or an empty text."""
        for match in _YEAR.finditer(self.letters[::-1]):
            end = len(self.letters) - match.start()
            era = next((self.texts(at) for at in range(end - len(match[0]), end) if self.letters[at] == "E"), "")
            at = next(at for at in range(end - len(match[0]), end) if self.letters[at] != "E")
            return year_digits(int(re.sub(r"\D", "", self.tokens[at].text)), era)
        return ""

    def ordinal(self) -> int:
        """Return the value of an ordinal or of a day's number: "26th", "twenty-first", "5"."""
        value = 0
        for at, letter in enumerate(self.letters):
            word = self.texts(at)
            if letter == "v":
                value = TENS[word]
            elif letter in "ON8":
                return value + (ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0))
        return value


_YEAR: Final = re.compile(r"[NnkY]E|E[NnkY]|Y")  # on letters in reverse


def year_digits(number: int, era: str = "") -> str:
    """Return a year of an era in EDTF's digits: 44 and "bc" are -0043, because EDTF has a year 0."""
    if era.replace(".", "") in ("bc", "bce"):
        number = 1 - number
    digits = f"{abs(number):04}"
    return ("Y" if len(digits) > 4 else "") + ("-" if number < 0 else "") + digits


def read_point(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Point:
    """Return the date that a match of `grammar.POINT` says."""
    kind = next(kind for kind in _READERS if match[kind] is not None)
    point = _READERS[kind](Words(tokens, letters, match.span(kind)))
    marks = (match["perhaps"] or "") + (match["circa"] or "") + (match["doubt"] or "")
    signs = ("w" if "w" in marks else "") + ("m" if "m" in marks or "Q" in marks else "")
    point = replace(point, sign=_SIGNS[signs])
    return _within(point, kind, Words(tokens, letters, match.span("within"))) if match["within"] else point


def _within(point: Point, kind: str, phrase: Words) -> Point:
    named = [WITHIN[phrase.texts(at)] for at, letter in enumerate(phrase.letters) if letter in "re"]
    if point.day or not named or ("e" in phrase.letters and phrase.letters.endswith("t") and kind in ("year", "my")):
        return point  # "the beginning of the 1967 war" is not early in 1967
    note = f"{named[0]} to {named[1]}" if len(named) > 1 else ""
    if point.last_year:
        return replace(point, note=f"{named[-1]} in it")
    return replace(point, within=named[-1], note=note or point.note)


def _iso(words: Words) -> Point:
    year, month, day = words.tokens[0].text[:10].split("-")
    return Point(year, month=int(month), day=int(day))


def _figures(words: Words) -> Point:
    """Return the date of figures: 9/26/1989 can be read in one way, 9/6/1989 in two."""
    *rest, year = re.split(r"[/.-]", words.tokens[0].text)
    if len(rest) == 1:
        return Point(year, month=int(rest[0]))
    first, second = (int(part) for part in rest)
    if first > 12 or (second <= 12 and "." in words.tokens[0].text):
        first, second = second, first
    note = "the day and the month may stand in the other order" if first != second and second <= 12 else ""
    return Point(year, month=first, day=second, note=note)


def _full(words: Words) -> Point:
    return _with_short_year(words, Point(words.year(), month=words.month(), day=words.ordinal()))


def _month_of_year(words: Words) -> Point:
    return _with_short_year(words, Point(words.year(), month=words.month()))


def _season_of_year(words: Words) -> Point:
    """Return a season; "winter of 1978–79" is the one that begins in 1978."""
    crossing = re.search(r"[HJ][NnY]$", words.letters)
    if crossing:
        words = Words(words.tokens, words.letters, (0, crossing.start()))
    return _with_short_year(words, Point(words.year(), season=words.season()))


def _with_short_year(words: Words, point: Point) -> Point:
    short = words.first("y")
    return replace(point, year=f"XX{short[1:3]}", century_open=True) if short else point


def _part(words: Words) -> Point:
    """Return a half or quarter: of a year by EDTF's numbers, of a decade or century by its years."""
    number, is_half = words.ordinal(), words.first("j") == "half"
    if "D" in words.letters or "c" in words.letters:
        whole = _decade(words) if "D" in words.letters else _century(Words(words.tokens, words.letters, (2, 99)))
        count = (10 if "D" in words.letters else 100) // (2 if is_half else 4)
        first = int(whole.year.replace("X", "0")) + (number - 1) * count
        return Point(f"{first:04}", last_year=f"{first + count - 1:04}") if count in (5, 25, 50) else whole
    top = 2 if is_half else 4
    season = (_HALVES if is_half else _QUARTERS) + number - 1 if 1 <= number <= top else 0
    return Point(words.year(), season=season)


def _century(words: Words) -> Point:
    """Return a century: the 19th is 18XX (1800 to 1899), the 2nd BCE -01XX."""
    number, era = words.ordinal(), words.first("E").replace(".", "")
    note = "cents may be meant" if "8" in words.letters else ""
    return Point(f"{'-' if era in ('bc', 'bce') else ''}{number - 1:02}XX", note=note)


def _millennium(words: Words) -> Point:
    number, era = words.ordinal(), words.first("E").replace(".", "")
    return Point(f"{'-' if era in ('bc', 'bce') else ''}{number - 1}XXX")


_EITHER: Final = "a century or a decade may be meant"


def _decade(words: Words) -> Point:
    word = words.first("Dd")
    digits = re.sub(r"\D", "", word)
    if len(digits) == 4:
        if digits.endswith("00"):
            return Point(f"{digits[:3]}X" if digits >= "2000" else f"{digits[:2]}XX", note=_EITHER)
        return Point(f"{digits[:3]}X")
    return Point(f"XX{digits[:1] or DECADE_WORDS[word]}X", century_open=True)


def _year(words: Words) -> Point:
    if year := words.year():
        decade = words.tokens[-1].text.endswith(("0’s", "0's"))
        return Point(year, note="a decade may be meant" if decade else "")
    return Point(year_digits(int(words.first("Nnk").replace(",", "")))) if words.first("U") == "year" else Point()


_READERS: Final = {
    "iso": _iso,
    "figures": _figures,
    "mdy": _full,
    "dmy": _full,
    "my": _month_of_year,
    "sy": _season_of_year,
    "part": _part,
    "century": _century,
    "millennium": _millennium,
    "decade": _decade,
    "year": _year,
    "month": _month_of_year,
    "season": _season_of_year,
}
