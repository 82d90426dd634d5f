"""A phrase that the grammar found as a Reading, its dates completed from each other, or as a Relative."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from toolkit.chronology.prose.english import COUNTS, DATING, NEGATIONS, TENS, WITHIN, words
from toolkit.chronology.prose.meaning import Point, Words, read_point, year_digits
from toolkit.chronology.prose.tokens import Token
from toolkit.model.dates import DateError, Within, parse_edtf

Shape: TypeAlias = Literal["one", "range", "until", "since", "or before", "or after", "either", "both"]
"""How the dates of a phrase stand to each other, or to what the sentence tells."""

_Reader: TypeAlias = Callable[[Sequence[Token], str, re.Match[str]], "Reading | Relative | None"]

_TEMPLATES: Final = MappingProxyType(
    {
        "one": "{0}",
        "range": "{0}/{1}",
        "until": "../{0}",
        "since": "{0}/..",
        "or before": "[..{0}]",
        "or after": "[{0}..]",
        "either": "[{0},{1}]",
        "both": "{{{0},{1}}}",
    }
)
_NEAR: Final = 12  # words in which a negation is looked for before "until"
_BEFORE_MONTH: Final = words("in during throughout early late mid of that following next")
_BEFORE_SEASON: Final = words("in during of")


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates of a phrase, and which tokens it is made of."""

    shape: Shape
    first: Point
    last: Point | None
    start: int
    end: int

    @property
    def edtf(self) -> str:
        """Return the phrase in EDTF."""
        first, last = self.first.edtf, self.last.edtf if self.last else ""
        if self.shape == "range" and self.last:  # ends that are runs of years themselves: the outermost years
            first, last = first.partition("/")[0], last.rpartition("/")[2]
        elif "/" in first and self.shape != "one":
            first = first.rpartition("/")[2] if "before" in self.shape or self.shape == "until" else first[:4]
        return _TEMPLATES[self.shape].format(first, last)


@dataclass(frozen=True, slots=True)
class Relative:
    """A date that is told by its distance from the one before: "the following year", "that August", "on the 26th"."""

    unit: str  # day, month, year, decade; or empty where a month, season or day is named
    steps: int
    named: Point
    start: int
    end: int


def read_phrase(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | Relative | None:
    """Return what a match of the grammar means, or None where its words make no sense together."""
    kind = next(kind for kind in _KINDS if match[kind] is not None)
    found = _KINDS[kind](tokens, letters, match)
    if isinstance(found, Reading):
        return found if _is_valid(found) else None
    return found


def read_single(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    """Return the one date of a match of `grammar.SINGLE`, or None."""
    found = _single(tokens, letters, match)
    return found if found and _is_valid(found) else None


def _is_valid(reading: Reading) -> bool:
    try:
        parse_edtf(reading.edtf)
    except DateError:
        return False
    return True


def _shortrange(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    """Return 1753/1754 for "1753–54"; "1989-09" is a month, "1903-04" may be."""
    start = match.start("sr1")
    year, joined, short = (tokens[at].text for at in range(start, start + 3))
    end = year[: -len(short)] + short
    sign = ("~" if match["srw"] else "") or ("?" if match["srq"] and _closes(letters, match.end()) else "")
    could_be_month = joined == "-" and len(short) == 2 and 1 <= int(short) <= 12
    first, stop = Point(year, sign=sign), match.end() - bool(match["srq"] and not sign)
    if end > year:
        note = "a month of one year may be meant" if could_be_month else ""
        return Reading("range", replace(first, note=note), Point(end, sign=sign), match.start(), stop)
    return Reading("one", replace(first, month=int(short)), None, start, stop) if could_be_month else None


def _eras(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    """Return years of one era that is named once: "264–146 BC", "AD 14–37"."""
    phrase = Words(tokens, letters, match.span())
    era, sign = phrase.first("E"), "~" if "w" in phrase.letters else ""
    years = [phrase.texts(at) for at, letter in enumerate(phrase.letters) if letter in "YNnk"]
    first, last = (Point(year_digits(int(re.sub(r"\D", "", year)), era), sign=sign) for year in years)
    return Reading("range", first, last, *match.span())


def _days(prefix: str) -> Callable[[Sequence[Token], str, re.Match[str]], Reading | None]:
    """Return the reader of two days of one month: "June 3–7, 1967", "14 and 15 June 1940"."""

    def read(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
        phrase = Words(tokens, letters, match.span())
        first, last = (Words(tokens, letters, match.span(f"{prefix}{n}")).ordinal() for n in "12")
        year = Words(tokens, letters, match.span(f"{prefix}y")).year() if match[f"{prefix}y"] else ""
        joined = match[f"{prefix}j"]
        shape: Shape = "range"
        if joined in "ab" and "B" not in phrase.letters:
            shape = "either" if joined == "b" else "range" if last == first + 1 else "both"
        start, end = (Point(year, month=phrase.month(), day=day) for day in (first, last))
        return Reading(shape, start, end, *match.span()) if first < last else None

    return read


def _centuries(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    era = "-" if match["ce"] and tokens[match.start("ce")].text.casefold().startswith("b") else ""
    first, last = (Words(tokens, letters, match.span(f"c{n}")).ordinal() for n in "12")
    note = "a part of a century stands at an end" if match["cr1"] or match["cr2"] else ""
    return Reading("range", Point(f"{era}{first - 1:02}XX", note=note), Point(f"{era}{last - 1:02}XX"), *match.span())


def _present(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    return Reading("since", read_point(tokens, letters, match, 0), None, *match.span())


def _between(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    first, last = (read_point(tokens, letters, match, n) for n in (1, 2))
    return _joined(first, last, match)


def _range(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    first, last = (read_point(tokens, letters, match, n) for n in (3, 4))
    if first.sign and not last.sign:
        last = replace(last, sign=first.sign)  # "c. 1860–65": the sign is said once for both
    return _joined(first, last, match)


def _joined(first: Point, last: Point, match: re.Match[str]) -> Reading | None:
    """Return the range of two dates, each with what the other one says for both."""
    if last.century_open and first.year and not first.century_open:
        last = replace(last, year=first.year[:2] + last.year[2:], century_open=False)
    if not first.year and last.year:
        first = _with_year_of(first, last)
    elif first.year and not last.year and (last.month or last.season):
        last = replace(last, year=first.year)
    withins = [f"{end.within} in the {name}" for end, name in ((first, "first"), (last, "last")) if end.within]
    note = "; ".join(filter(None, (first.note, last.note, ", ".join(withins))))
    lead = re.match(r"f?t(?=Y)|t", match[0])  # "the 1975–1979 period"
    start = match.start() + (len(lead[0]) if lead else 0)
    return Reading("range", replace(first, within=None, note=note), replace(last, within=None), start, match.end())


def _with_year_of(first: Point, last: Point) -> Point:
    """Return a date with the year of the later one, or the year before if it stands later in the year."""
    year = last.year
    if _month_of(first) > _month_of(last) > 0 and year.isdigit():
        year = f"{int(year) - 1:04}"
    return replace(first, year=year, century_open=last.century_open)


def _month_of(point: Point) -> int:
    return point.month or {21: 4, 22: 7, 23: 10, 24: 12}.get(point.season, 0)


def _either(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    at = match["either"].index("b") + match.start()
    spans = ((match.start(), at), (at + 1, match.end()))
    first, last = (Point(Words(tokens, letters, span).year()) for span in spans)
    return Reading("either", first, last, *match.span()) if first.year < last.year else None


def _open(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    """Return what "until", "by", "since" and their like open; the day itself in "not until", "two days after"."""
    point, word, start = read_point(tokens, letters, match, 5), match["open"], match.start()
    the = letters[match.end("open")] == "t" and not match["pr5"]
    noun_follows = the and any(match[f"{kind}5"] for kind in ("year", "my", "mdy"))  # "after the 1979 invasion"
    counted = start > 0 and letters[start - 1] in "UG" and word[0] in "qz"
    if noun_follows or counted or ("u" in word and _is_negated(tokens, start)):
        return Reading("one", point, None, match.end("open"), match.end())
    later = word[0] in "sz" or tokens[start].text.casefold() == "later"
    if not point.year and not point.day and not _is_cued(tokens, letters, match, 5):
        return None
    note = f"{point.within} in it" if point.within else point.note
    return Reading("since" if later else "until", replace(point, within=None, note=note), None, *match.span())


def _is_negated(tokens: Sequence[Token], start: int) -> bool:
    for token in reversed(tokens[max(0, start - _NEAR) : start]):
        if token.text in ".;!?":
            return False
        if token.text.casefold().replace("’", "'") in NEGATIONS or token.text.endswith(("n’t", "n't")):
            return True
    return False


def _from(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    point, start = read_point(tokens, letters, match, 6), match.start()
    before = tokens[start - 1].text.casefold() if start else ""
    if before in DATING and not match["on"]:
        return Reading("one", point, None, start + 1, match.end())
    if not point.year and not point.day and not _is_cued(tokens, letters, match, 6):
        return None
    note = f"{point.within} in it" if point.within else point.note
    return Reading("since", replace(point, within=None, note=note), None, start, match.end())


def _onward(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading:
    point = read_point(tokens, letters, match, 7)
    shape: Shape = "since"
    if match["eitherway"]:
        shape = "or before" if tokens[match.start("eitherway")].text.casefold() == "earlier" else "or after"
    return Reading(shape, point, None, *match.span())


def _single(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Reading | None:
    point, end = read_point(tokens, letters, match, 8), match.end()
    if (match["sm8"] or "").startswith("Q") and not _closes(letters, end):
        point, end = replace(point, sign={"?": "", "%": "~"}.get(point.sign, point.sign)), end - 1
    if not (point.year or point.month or point.season):
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip("t6"))
    if not point.year and not point.day and not _is_cued(tokens, letters, match, 8):
        return None
    if (
        match["decade8"]
        and point.century_open
        and tokens[match.end("decade8") - 1].text[0].isalpha()
        and not ("t" in match[0] and letters[end : end + 1] != "o")
    ):
        return None  # "in his forties"
    return Reading("one", point, None, start, end)


def _closes(letters: str, end: int) -> bool:
    """Return whether the question mark before `end` is doubt, and not the end of a question."""
    return letters[end : end + 1] in tuple("C7H5") or (end == len(letters) and end <= 6)


def _is_cued(tokens: Sequence[Token], letters: str, match: re.Match[str], n: int) -> bool:
    """Return whether a bare month or season is one: "in May", not "May" the verb or "the fall of Saigon"."""
    start, end = match.start(), match.end()
    before = tokens[start - 1].text.casefold() if start else ""
    if match[f"season{n}"]:
        led = n == 5 or (before in _BEFORE_SEASON and letters[start] == "t")
        return led and letters[end : end + 1] != "o"
    if letters[end - 1] == "M" or match[f"pr{n}"]:
        return True
    if before in ("and", "or", "to"):
        return letters[start - 2 : start - 1] in tuple("MAN")
    return n != 8 or before in _BEFORE_MONTH


def _relative(tokens: Sequence[Token], letters: str, match: re.Match[str]) -> Relative | None:
    phrase = Words(tokens, letters, match.span())
    start = match.start() + len(match[0]) - len(match[0].lstrip("i"))
    if match["rday"]:
        on = tokens[match.start()].text.casefold() == "on"
        return Relative("", 0, Point(day=phrase.ordinal()), start, match.end()) if on else None
    unit, steps = phrase.first("UG").rstrip("s"), _steps(phrase, match)
    if unit == "week" or steps is None:
        return None
    name = phrase.first("reL") if match["rin"] else Words(tokens, letters, match.span("rw")).first("reL")
    within: Within | None = WITHIN.get(name)
    return Relative(unit, steps, Point(month=phrase.month(), season=phrase.season(), within=within), start, match.end())


def _steps(phrase: Words, match: re.Match[str]) -> int | None:
    """Return how many units later than the date before, or None where no number is named."""
    if match["rnext"]:
        return -1 if phrase.first("R") in ("previous", "preceding") else 1
    if not match["rlater"]:
        return 0
    word = phrase.texts(0)
    steps = int(word) if word.isdigit() else COUNTS.get(word) or TENS.get(word)
    return -steps if steps and phrase.first("L") == "earlier" else steps


_KINDS: Final[Mapping[str, _Reader]] = MappingProxyType(
    {
        "shortrange": _shortrange,
        "eras": _eras,
        "daysmd": _days("d"),
        "daysdm": _days("e"),
        "centuries": _centuries,
        "present": _present,
        "between": _between,
        "range": _range,
        "either": _either,
        "relative": _relative,
        "open": _open,
        "from": _from,
        "onward": _onward,
        "single": _single,
    }
)
