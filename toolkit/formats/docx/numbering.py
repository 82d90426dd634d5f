"""Word's own numbers for the numbers that are printed.

A printed number is not typed: the paragraph's style counts. This module compares what Word will count
with what the printout says, starts a count anew where they differ, and gives up (the number is then
typed) only where Word has no way to count so.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import NUMBERS, QUESTIONS
from toolkit.formats.docx.oxml import qn, w

# ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat): the beginnings of the alphabets as Word counts in them.
_ALPHABETS: Final = MappingProxyType(
    {
        "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
        "russianUpper": "АБВГДЕЖЗИКЛМН",
        "russianLower": "абвгдежзиклмн",
        "arabicAlpha": "أبتثجحخدذر",
        "arabicAbjad": "أبجدهوزحطي",
        "hebrew2": "אבגדהוזחטי",
        "ganada": "가나다라마바사아자차",
    }
)
# "هـ" is how the fifth letter of an Arabic list is printed, "ه" how Word counts it.
_TATWEEL: Final = "ـ"
_ARABIC_INDIC: Final = "٠١٢٣٤٥٦٧٨٩"


@dataclass(frozen=True, slots=True)
class Number:
    """How a paragraph gets its number: `numbering` overrides the style's (None: the style's own will do).

    `typed` is the number as text where Word cannot count so; "" otherwise.
    """

    numbering: int | None = None
    typed: str = ""


class Numbering:
    """The numberings of one document, and how far its questions have been counted."""

    def __init__(self, root: _Element) -> None:
        self._root = root
        self._current = QUESTIONS
        self._last = 0
        self._typed = False
        self._formats: dict[int, str] = {}

    def question(self, printed: str) -> Number:
        """Return how the question numbered `printed` is to be numbered."""
        read = _digits(printed)
        self._typed = read is None or not self._fits(0, read[0])
        if read is None or self._typed:
            return Number(typed=printed)
        count = read[1]
        if count != self._last + 1:
            self._current = self._instance(QUESTIONS, 0, count)
        self._last = count
        return Number(self._override())

    def options(self, labels: tuple[str, ...], level: int) -> Number:
        """Return how the options lettered `labels` are to be lettered; `typed` says only that they must be."""
        plain = "".join(label.replace(_TATWEEL, "") for label in labels)
        form = next((name for name, letters in _ALPHABETS.items() if plain == letters[: len(plain)]), None)
        if form is None and labels == tuple(str(count + 1) for count in range(len(labels))):
            form = "decimal"
        if form is None or not self._fits(level, form):
            return Number(typed="".join(labels))
        # A typed number does not begin the letters again.
        return Number(self._instance(QUESTIONS, level, 1) if self._typed else self._override())

    def ordered(self, level: int, start: int) -> int:
        """Return a fresh numbering for a numbered list that counts from `start` at `level`."""
        return self._instance(NUMBERS, level, start)

    def _override(self) -> int | None:
        return None if self._current == QUESTIONS else self._current

    def _fits(self, level: int, form: str) -> bool:
        """Return whether `level` of the questions counts in `form`; the first to ask decides."""
        if level not in self._formats:
            self._formats[level] = form
            questions = f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{QUESTIONS}']"
            found = self._root.find(f"{questions}/{qn('w:lvl')}[@{qn('w:ilvl')}='{level}']/{qn('w:numFmt')}")
            if found is not None:
                found.set(qn("w:val"), form)
        return self._formats[level] == form

    def _instance(self, abstract: int, level: int, start: int) -> int:
        number = 1 + max(int(num.get(qn("w:numId")) or 0) for num in self._root.iter(qn("w:num")))
        override = w("lvlOverride", w("startOverride", val=start), ilvl=level)
        self._root.append(w("num", w("abstractNumId", val=abstract), override, numId=number))
        return number


def _digits(printed: str) -> tuple[str, int] | None:
    """Return the format and value of a number written in digits, None for anything else."""
    if printed.isascii() and printed.isdecimal():
        return "decimal", int(printed)
    if printed and all(character in _ARABIC_INDIC for character in printed):
        return "hindiNumbers", int(printed)
    return None
