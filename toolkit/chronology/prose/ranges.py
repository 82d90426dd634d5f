"""Dates of the grammar's `POINT`, alone, joined to a range, or with a word that opens an end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.chronology.prose.english import DATING, NEGATIONS, words
from toolkit.chronology.prose.grammar import BETWEEN, ONWARD, OPENER, POINT, PRESENT, TO
from toolkit.chronology.prose.meaning import Point, read_point
from toolkit.chronology.prose.tokens import Token
from toolkit.chronology.prose.values import Reading, Shape

_NEAR: Final = 12  # words in which a negation is looked for before "until"
_SHORT_TEXT: Final = 6  # words; "1860?" is doubt where it is all there is, or nearly
_BEFORE_MONTH: Final = words("in during throughout early late mid of that following next")
_MORE_MONTHS: Final = re.compile("C[MA]|C?[ab][MA]")  # "June, July, and August 1968"
_BEFORE_SEASON: Final = words("in during of")


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text and their classes."""

    tokens: Sequence[Token]
    letters: str

    def point(self, at: int) -> re.Match[str] | None:
        return POINT.match(self.letters, at)

    def read(self, match: re.Match[str]) -> Point:
        return read_point(self.tokens, self.letters, match)


def joined_points(tokens: Sequence[Token], letters: str, at: int) -> Iterator[Reading | None]:
    """Yield what one date at `at`, or two with a joint between them, may mean; the longest first."""
    text = _Text(tokens, letters)
    if letters[at] == "B":
        first = text.point(at + 1)
        yield _range(text, at, first, BETWEEN) if first else None
        return
    if letters[at] == "f" and (first := text.point(at + 1)):
        yield _range(text, at, first, TO)
        yield _present(text, at, first)
        yield _from(text, at, first)
        return
    if opener := OPENER.match(letters, at):
        first = text.point(opener.end())
        yield _open(text, opener, first) if first else None
        return
    if first := text.point(at):
        yield _range(text, at, first, TO)
        yield _present(text, at, first)
        yield _onward(text, first)
        yield _single(text, first)


def _range(text: _Text, start: int, first: re.Match[str], joint: re.Pattern[str]) -> Reading | None:
    """Return the range of two dates, each with what the other one says for both."""
    joined = joint.match(text.letters, first.end())
    last = text.point(joined.end()) if joined else None
    if joined is None or last is None or ("J" in joined[0] and (first["mdy"] or last["mdy"])):
        return None
    if last["season"] and text.letters[last.end() : last.end() + 1] == "o":
        return None  # "from 1970 to the fall of the city"
    one, two = text.read(first), text.read(last)
    if one.sign and not two.sign:
        two = replace(two, sign=one.sign)  # "c. 1860–65": the sign is said once for both
    one, two = _completed(one, two)
    withins = [f"{end.within} in the {name}" for end, name in ((one, "first"), (two, "last")) if end.within]
    note = "; ".join(filter(None, (one.note, two.note, ", ".join(withins))))
    lead = re.match(r"f?t(?=Y)|t", text.letters[start : start + 3])  # "the 1975–1979 period"
    start += len(lead[0]) if lead else 0
    return Reading("range", replace(one, within=None, note=note), replace(two, within=None), start, last.end())


def _completed(first: Point, last: Point) -> tuple[Point, Point]:
    """Return two dates, each with the year or century that the other one says for both."""
    if last.century_open and first.year and not first.century_open:
        return first, replace(last, year=first.year[:2] + last.year[2:], century_open=False)
    if first.year and not last.year:
        return first, replace(last, year=first.year)
    if last.year and not first.year:
        year = last.year
        if _month_of(first) > _month_of(last) > 0 and year.isdigit():
            year = f"{int(year) - 1:04}"  # "December 28 – January 3, 1990"
        return replace(first, year=year, century_open=last.century_open), last
    return first, last


def _month_of(point: Point) -> int:
    return point.month or {21: 4, 22: 7, 23: 10, 24: 12}.get(point.season, 0)


def _present(text: _Text, start: int, first: re.Match[str]) -> Reading | None:
    joined = PRESENT.match(text.letters, first.end())
    return Reading("since", text.read(first), None, start, joined.end()) if joined else None


def _open(text: _Text, opener: re.Match[str], match: re.Match[str]) -> Reading | None:
    """Return what "until", "by", "since" and their like open; the day itself in "not until", "two days after"."""
    point, start, end = text.read(match), opener.start(), match.end() - _asks(text, match)
    noun_follows = _is_attribute(match)
    counted = start > 0 and text.letters[start - 1] in "UG" and opener[0][0] in "qz"
    if noun_follows or counted or ("u" in opener[0] and _is_negated(text.tokens, start)):
        return Reading("one", point, None, opener.end() + noun_follows, end)
    word = text.tokens[start].text.casefold()
    later = opener[0][0] in "sz" or word in ("post", "later")
    denied = opener[0][0] in "qzL" and start > 0 and text.tokens[start - 1].text.casefold() in ("not", "no", "never")
    return _opened(text, "since" if later != denied else "until", point, start - denied, match)


def _is_attribute(match: re.Match[str]) -> bool:
    """Return whether the date tells which one of a noun that follows: "after the 1979 invasion"."""
    return match[0].startswith("t") and not match["within"] and any(match[kind] for kind in ("year", "my", "mdy"))


def _opened(text: _Text, shape: Shape, point: Point, start: int, match: re.Match[str]) -> Reading | None:
    if not point.year and not point.day and not _is_cued(text, match, led=True):
        return None
    note = f"{point.within} in it" if point.within else point.note
    return Reading(shape, replace(point, within=None, note=note), None, start, match.end() - _asks(text, match))


def _is_negated(tokens: Sequence[Token], start: int) -> bool:
    for token in reversed(tokens[max(0, start - _NEAR) : start]):
        if token.text in ".;!?":
            return False
        if token.text.casefold().replace("’", "'") in NEGATIONS or token.text.endswith(("n’t", "n't")):
            return True
    return False


def _from(text: _Text, start: int, match: re.Match[str]) -> Reading | None:
    on = ONWARD.match(text.letters, match.end())
    before = text.tokens[start - 1].text.casefold() if start else ""
    if (before in DATING or _is_attribute(match)) and not on:
        return Reading("one", text.read(match), None, start + 1 + match[0].startswith("t"), match.end())
    point = text.read(match)
    if on and "9" in on[0]:
        found = _opened(text, "since", point, start, match)
        return found and replace(found, end=on.end())
    note = point.note or ("" if start == 0 else "“from” may say where something comes from")
    return _opened(text, "since", replace(point, note=note), start, match)


def _onward(text: _Text, match: re.Match[str]) -> Reading | None:
    on = ONWARD.match(text.letters, match.end())
    if on is None:
        return None
    shape: Shape = "since"
    if "b" in on[0]:
        shape = "or before" if text.tokens[on.end() - 1].text.casefold() == "earlier" else "or after"
    return Reading(shape, text.read(match), None, match.start(), on.end())


def _single(text: _Text, match: re.Match[str]) -> Reading | None:
    point, end = text.read(match), match.end() - _asks(text, match)
    if not (point.year or point.month or point.season) or _is_age(text, match):
        return None
    if not point.year and not point.day and not _is_cued(text, match, led=False):
        return None
    if end < match.end():
        point = replace(point, sign={"?": "", "%": "~"}.get(point.sign, point.sign))
    start = match.start() + len(match[0]) - len(match[0].lstrip("t6"))
    if _is_topic(text, match):
        point, start = replace(point, sign=""), match.end("circa") + 1
    return Reading("one", point, None, start, end)


def _is_topic(text: _Text, match: re.Match[str]) -> bool:
    """Return whether "about" tells what something deals with: "a study about the 1970s"."""
    at = match.end("circa")
    return bool(match["circa"]) and text.letters[at] == "t" and text.tokens[at - 1].text.casefold() == "about"


def _asks(text: _Text, match: re.Match[str]) -> bool:
    """Return whether the question mark that a date ends with is no doubt, but ends a question."""
    return match["doubt"] == "Q" and not _closes(text.letters, match.end())


def _closes(letters: str, end: int) -> bool:
    return letters[end : end + 1] in tuple("C7H5") or (end == len(letters) and end <= _SHORT_TEXT)


def _is_age(text: _Text, match: re.Match[str]) -> bool:
    """Return whether a decade in words is somebody's age ("in his forties") or a count."""
    if not match["decade"] or not text.tokens[match.end("decade") - 1].text[0].isalpha():
        return False
    return "t" not in match["decade"] or text.letters[match.end() : match.end() + 1] == "o"


def _is_cued(text: _Text, match: re.Match[str], *, led: bool) -> bool:
    """Return whether a bare month or season is one: "in May", not "May" the verb or "the fall of Saigon"."""
    start, end, letters = match.start(), match.end(), text.letters
    before = text.tokens[start - 1].text.casefold() if start else ""
    if match["season"]:
        in_season = led or (before in _BEFORE_SEASON and letters[start] == "t")
        return in_season and letters[end : end + 1] != "o"
    if letters[match.end("month") - 1] == "M" or match["within"] or led or _MORE_MONTHS.match(letters, end):
        return True
    if before in ("and", "or", "to"):
        return letters[start - 2 : start - 1] in tuple("MAN")
    return before in _BEFORE_MONTH
