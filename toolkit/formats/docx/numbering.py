"""Word's own numbers for the numbers that are printed.

A printed number is not typed: the paragraph's style counts. This module compares what Word will count
with what the printout says, starts a count anew where they differ, and gives up (the number is then
typed) only where Word has no way to count so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import NUMBERS, QUESTIONS, Level, Mark
from toolkit.formats.docx.oxml import qn, w

# ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat): the beginnings of the alphabets as Word counts in them.
_ALPHABETS: Final = MappingProxyType(
    {
        "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
        "russianUpper": "АБВГДЕЖЗИКЛМН",
        "russianLower": "абвгдежзиклмн",
        "arabicAbjad": "أبجدهوزحطي",
        "arabicAlpha": "أبتثجحخدذر",
        "hebrew2": "אבגדהוזחטי",
        "ganada": "가나다라마바사아자차",
    }
)
# "هـ" is how the fifth letter of an Arabic list is printed, "ه" how Word counts it.
_TATWEEL: Final = "ـ"
_ARABIC_INDIC: Final = "٠١٢٣٤٥٦٧٨٩"
# How far the number of a paragraph of the reading stands out into the margin (dxa).
_IN_MARGIN: Final = 480
# A letter between signs: "(a)", "a.", "a".
_SIGNED: Final = re.compile(r"(\W*)(\w+)(\W*)")


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
        self._part = 0
        self._parts: int | None = None  # the numbering of this question's parts, if not the question's own
        self._formats: dict[int, tuple[str, str]] = {}
        self._paragraphs = 0

    def question(self, printed: str) -> Number:
        """Return how the question numbered `printed` is to be numbered."""
        self._part, self._parts = 0, None
        read = _digits(printed)
        self._typed = read is None or not self._fits(Level.QUESTION, read[0])
        if read is None or self._typed:
            return Number(typed=printed)
        count = read[1]
        if count != self._last + 1:
            self._current = self._instance(QUESTIONS, Level.QUESTION, count)
        self._last = count
        return Number(self._override())

    def part(self, printed: str) -> Number:
        """Return how the next part of the question, numbered `printed` ("(a)"), is to be numbered."""
        signed = _SIGNED.fullmatch(printed.replace(_TATWEEL, ""))
        before, letter, after = signed.groups() if signed else ("", "", "")
        form = next((name for name, letters in _ALPHABETS.items() if len(letter) == 1 and letter in letters), "")
        sign = f"{before}%{Level.PART + 1}{after}"
        bare = self._typed and not self._part  # a typed number does not begin the letters again
        self._typed = not (form and self._fits(Level.PART, form, sign))
        if self._typed:
            return Number(typed=printed)
        count = _ALPHABETS[form].index(letter) + 1
        if bare or count != self._part + 1:
            self._parts = self._instance(QUESTIONS, Level.PART, count)
        self._part = count
        return Number(self._override())

    def options(self, labels: tuple[str, ...], level: Level) -> Number:
        """Return how the options lettered `labels` are to be lettered; `typed` says only that they must be."""
        plain = "".join(label.replace(_TATWEEL, "") for label in labels)
        form = next((name for name, letters in _ALPHABETS.items() if plain and plain == letters[: len(plain)]), None)
        if form is None and labels == tuple(str(count + 1) for count in range(len(labels))):
            form = "decimal"
        if form is None or not self._fits(level, form):
            return Number(typed="".join(labels))
        # A typed number does not begin the letters again.
        return Number(self._instance(QUESTIONS, level, 1) if self._typed else self._override())

    def ordered(self, level: int, start: int) -> int:
        """Return a fresh numbering for a numbered list that counts from `start` at `level`."""
        return self._instance(NUMBERS, level, start)

    def paragraph(self) -> int:
        """Return the numbering of the paragraphs of a reading: it counts in the margin, and moves no text."""
        if not self._paragraphs:
            kinds = self._root.findall(qn("w:abstractNum"))
            abstract = 1 + max(int(kind.get(qn("w:abstractNumId")) or 0) for kind in kinds)
            look = w("rPr", w("rStyle", val=Mark.NUMBER))
            place = w("pPr", w("tabs", w("tab", val="num", pos=0)), w("ind", left=0, hanging=_IN_MARGIN))
            form = (w("start", val=1), w("numFmt", val="decimal"), w("suff", val="tab"), w("lvlText", val="%1"))
            level = w("lvl", *form, w("lvlJc", val="left"), place, look, ilvl=0)
            kind = w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=abstract)
            kinds[-1].addnext(kind)
            self._paragraphs = self._instance(abstract, 0, 1)
        return self._paragraphs

    def _override(self) -> int | None:
        return self._parts or (None if self._current == QUESTIONS else self._current)

    def _fits(self, level: Level, form: str, sign: str = "") -> bool:
        """Return whether `level` of the questions counts in `form` with `sign`; the first to ask decides."""
        if level not in self._formats:
            self._formats[level] = form, sign
            questions = f"{qn('w:abstractNum')}[@{qn('w:abstractNumId')}='{QUESTIONS}']"
            found = self._root.find(f"{questions}/{qn('w:lvl')}[@{qn('w:ilvl')}='{level:d}']")
            for tag, value in (("numFmt", form), ("lvlText", sign)):
                element = found.find(qn(f"w:{tag}")) if found is not None and value else None
                if element is not None:
                    element.set(qn("w:val"), value)
        return self._formats[level] == (form, sign)

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
