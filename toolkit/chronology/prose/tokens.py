"""A text cut into words, numbers and signs, and its sentences. Both take time in proportion to the text."""

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from toolkit.chronology.prose.english import words

_TOKEN: Final = re.compile(
    r"""
    (?: https?:// | www\. ) \S++                             # an address is one word
  | (?<![\w-]) [0-9]{4}-[0-9][0-9]-[0-9][0-9] (?: T [0-9:.]{2,20} Z? )? (?![\w-])                      # 1989-09-26
  | (?<![\w/.-]) [0-9]{1,2} ([/.-]) [0-9]{1,2} \1 [0-9]{4} (?![\w/-])  # 9/26/1989, 26.9.1989
  | (?<![\w/]) [0-9]{1,2} / [0-9]{4} (?![\w/])                      # 9/1989
  | [0-9]{1,3} (?: ,[0-9]{3} )++ (?: \.[0-9]++ )? (?![0-9])               # 1,500
  | [0-9]++ (?: \.[0-9]++ )++                                       # 2.8
  | (?: (?<![^\W_]) | (?<=\bc) | (?<=\bca) ) [0-9]++ (?: (?i: st | nd | rd | th | d ) | [’']?s ) (?! [^\W_] )
                                                              # 26th, 1970s, 1970’s
  | (?: (?<![^\W_]) | (?<=\bc) | (?<=\bca) ) [0-9]{1,2} c (?! [^\W_] )   # 19c
  | (?<![^\W_]) [’'‘] [0-9][0-9] (?: [’']?s )? (?! [^\W_] )         # ’40s, ’89
  | [0-9]++
  | (?<![^\W_]) (?: [A-Za-z] \. ){2,}+                        # B.C., U.S.
  | (?<![^\W_]) (?i: jan | feb | mar | apr | jun | jul | aug | sept? | oct | nov | dec ) \.
  | (?<![^\W_]) (?i: ca? | approx ) \. (?= \s? [\w’'~] )
  | [^\W\d_]++ (?: [’'] [^\W\d_]++ )*+
  | [’'] til \b
  | \S
    """,
    re.X,
)

_SENTENCE_END: Final = re.compile(r"[.!?…][”’\"')\]]{0,3}(?=\s+[\"“‘'(\[]{0,3}[^\W_])|\n[^\S\n]*\n")
_LAST_WORD: Final = re.compile(r"[^\s(\[“\"‘]*$")
_ABBREVIATIONS: Final = words(
    "mr mrs ms dr st gen col maj capt lt sgt gov sen rep hon rev prof pres sec adm no nos vol vols pp p ed eds ca c "
    "cf jan feb mar apr jun jul aug sept sep oct nov dec jr sr vs etc approx bros mt ft fig art ch e.g i.e u.s u.n "
    "u.k a.d b.c al"
)
_LONGEST_ABBREVIATION: Final = 12


class Token(NamedTuple):
    """One word, number or sign, and where it stands in the text."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Return the words, numbers and signs of the text in order, white space left out."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


class Sentences:
    """The sentences of a text: `number` tells which one a place is in, `text` gives one by its number."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for match in _SENTENCE_END.finditer(text):
            if match[0][0] != "." or not self._abbreviates(match.start(), match.end()):
                self._starts.append(match.end())
        self._cache: dict[int, str] = {}

    def number(self, place: int) -> int:
        """Return the number of the sentence that `place` (characters from the text's start) stands in."""
        return bisect_right(self._starts, place) - 1

    def text(self, number: int) -> str:
        """Return a sentence with its white space evened out; each is made once, so that all its dates share it."""
        if number not in self._cache:
            end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
            self._cache[number] = " ".join(self._text[self._starts[number] : end].split())
        return self._cache[number]

    def _abbreviates(self, stop: int, end: int) -> bool:
        """Return whether the full stop at `stop` ends an abbreviation or an initial, and no sentence."""
        match = _LAST_WORD.search(self._text[max(0, stop - _LONGEST_ABBREVIATION) : stop])
        word = match[0].casefold() if match else ""
        if word in _ABBREVIATIONS:
            # "the U.S. The" begins a sentence where "U.S. Embassy" does not: a little word with a capital tells.
            following = self._text[end : end + 8].split()
            return not (following and following[0] in {"The", "In", "On", "A", "It", "He", "She", "This", "They"})
        return len(word) == 1 and word.isalpha() and word != "i"
