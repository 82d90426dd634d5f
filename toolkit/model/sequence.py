"""Options whose order means something: what a version must not shuffle.

Rules after Haladyna, Downing and Rodriguez, "A Review of Multiple-Choice Item-Writing Guidelines" (2002):
options stand in logical or numerical order, and one such as "all of the above" stands last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

Numbers: TypeAlias = tuple[float, ...]

_NUMBER: Final = re.compile(r"[-−]?\d+(?:[ ,.\u00a0\u202f]\d{3})*(?:[.,]\d+)?")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FEW_WORDS: Final = 3  # beside a number: "fewer than 5", "in the 1980s"
_SHORTEST: Final = 3  # letters of a month's name, as "Jan"
_ROMAN: Final = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words by which a language tells that options have an order.

    `referring` are options that speak of the others ("all of the above"), whole or their beginning; `joining`
    the words that may stand beside letters that name options ("both A and C are right"); `scales` the steps
    of scales in their order ("never", "often", "always"); `calendar` the names of months and days.
    """

    referring: tuple[str, ...] = ()
    joining: frozenset[str] = frozenset()
    scales: tuple[tuple[str, ...], ...] = ()
    calendar: frozenset[str] = frozenset()


NO_WORDING: Final = Wording()


@lru_cache(maxsize=1024)  # asked anew for every version, and for the key to all of them
def movable(options: tuple[str, ...], letters: tuple[str, ...], wording: Wording) -> tuple[int, ...]:
    """Return the positions of `options`, as plain words, that may change places with each other.

    None may where the order says something: numbers and dates, steps of a scale, an option that names others
    by their `letters`. Options at the end that speak of those before them stay there; one that stands before
    others holds all of them.
    """
    said = [folded(option) for option in options]
    referring = [_refers(words, wording) for words in said]
    last = len(said)
    while last and referring[last - 1]:
        last -= 1
    others = said[:last]
    held = any(referring[:last]) or any(_names_letters(words, letters, wording) for words in said)
    if held or len(others) < 2 or _measured(others, wording) or _stepped(others, letters, wording):
        return ()
    return tuple(range(last))


def folded(words: str) -> str:
    """Return `words` as they are compared: letter case, white space, quotation style and a full stop set aside."""
    words = unicodedata.normalize("NFC", words).casefold().replace("’", "'")
    return re.sub(r"\s+", " ", words).strip(" .")


def _refers(words: str, wording: Wording) -> bool:
    return any(words == said or (" " in said and words.startswith(f"{said} ")) for said in wording.referring)


def _names_letters(words: str, letters: Sequence[str], wording: Wording) -> bool:
    """Return whether `words` name options by letter ("both A and C", "B only"), or statements (I and II)."""
    names = {letter.casefold() for letter in letters}
    tokens = _WORD.findall(words)
    joined = [token for token in tokens if token in wording.joining and token not in names]
    named = [token for token in tokens if token not in joined]
    single = {word for word in wording.joining if len(word) == 1}
    all_names = all(
        token in names or _ROMAN.fullmatch(token) or (token[:1] in single and token[1:] in names) for token in named
    )
    return bool(named) and all_names and len(tokens) > 1


def _stepped(options: Sequence[str], letters: Sequence[str], wording: Wording) -> bool:
    """Return whether `options` are steps of one scale, or letters themselves."""
    names = {letter.casefold() for letter in letters}
    return set(options) <= names or any(set(options) <= set(scale) for scale in wording.scales)


def _measured(options: Sequence[str], wording: Wording) -> bool:
    """Return whether `options` are numbers or dates: bare, with the same words around each, or rising or falling."""
    numbers = [_numbers(option) for option in options]
    skeletons = [_skeleton(option, wording) for option in options]
    if not all("#" in skeleton for skeleton in skeletons):
        return False
    if len(set(skeletons)) == 1 or not any(_WORD.search(skeleton) for skeleton in skeletons):
        return True
    # Whole sentences with a number somewhere in each are no series, in whatever order the numbers come.
    short = all(len(_WORD.findall(skeleton)) <= _FEW_WORDS for skeleton in skeletons)
    return short and all(numbers) and (_rising(numbers) or _rising(numbers[::-1]))


def _skeleton(option: str, wording: Wording) -> str:
    """Return `option` with # for each number and each name of a month or day."""
    words = _NUMBER.sub("#", option)
    return _WORD.sub(lambda found: "#" if _in_calendar(found[0], wording) else found[0], words)


def _in_calendar(word: str, wording: Wording) -> bool:
    """Return whether `word` names a month or a day, cut short or not ("Sept." is not in every calendar)."""
    return len(word) >= _SHORTEST and any(name.startswith(word) for name in wording.calendar)


def _numbers(option: str) -> Numbers:
    return tuple(_value(found) for found in _NUMBER.findall(option))


def _value(written: str) -> float:
    """Return a number as it is written in any language; a mark before three digits parts thousands."""
    plain = re.sub(r"[ ,.\u00a0\u202f](?=\d{3}(?!\d))", "", written.replace("−", "-"))
    return float(plain.replace(",", "."))


def _rising(numbers: Sequence[Numbers]) -> bool:
    return all(before < after for before, after in pairwise(numbers))
