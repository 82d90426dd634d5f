"""Which numbers may be years. Most mistakes of date finders are page numbers, quantities, routes and serial numbers."""

from collections.abc import Sequence
from typing import Final

from toolkit.chronology.prose.english import (
    ATTACHED,
    COUNTED,
    COUNTING,
    LABELS,
    MEASURES,
    MONTHS,
    QUANTITIES,
    TEMPORAL,
    words,
)
from toolkit.chronology.prose.tokens import Token

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2100
"""A number of four digits between the two may be a year by itself; others need an era ("79 CE")."""

FIGURES: Final = "0123456789"

_DASHES: Final = frozenset("-‐‑–—−")
_NOTHING: Final = Token("", -1, -1)
_NO_ADJECTIVES: Final = TEMPORAL | words("and or to its their his her our your my a an of for with some all most many")
_BEFORE_QUANTITY: Final = words("of to from between and about around or")


class Numbers:
    """The numbers of a text, judged by the words around them. `not_years` are those that are found to be none."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._not_years: set[int] = set()
        for at, token in enumerate(tokens):
            if token.text[0] in FIGURES and self._is_other(at):
                self._not_years.add(at)
        for at in sorted(self._not_years, reverse=True):
            if self._begins_quantity(at - 2):
                self._not_years.add(at - 2)

    def may_be_year(self, at: int) -> bool:
        """Return whether the number at `at` has four digits, lies in the range of years, and is not something else."""
        return self._is_bare(at) and at not in self._not_years

    def is_other(self, at: int) -> bool:
        """Return whether the words around the number at `at` make it no date."""
        return at in self._not_years

    def _begins_quantity(self, at: int) -> bool:
        """Return whether a number before one that is no year is none either: "1200 to 1500 feet"."""
        joined = self._word(at + 1)
        if len(self._word(at + 2)) < 3:  # "1984–85"
            return False
        if joined == "and":
            return self._is_bare(at) and self._word(at - 1) == "between"
        return self._is_bare(at) and (joined in {"to", "or"} or joined in _DASHES)

    def _is_bare(self, at: int) -> bool:
        text = self._token(at).text
        return len(text) == 4 and text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR

    def _is_other(self, at: int) -> bool:
        return self._is_labelled(at) or self._is_attached(at) or self._is_quantity(at) or self._continues_number(at)

    def _is_labelled(self, at: int) -> bool:
        """Return whether the number is a name: "Resolution 1973", "Route 1812", "pp. 1017", "$1989", "at 1945"."""
        before, text = self._word(at - 1), self._token(at - 1).text
        if before == ".":
            return self._word(at - 2) in LABELS and text == "."
        if before in {"no", "order", "series", "train", "line", "plate", "box", "form", "paper", "type", "class"}:
            return text[0].isupper()
        if before == "at":
            return self._word(at + 1) not in {"prices", "levels", "rates", "exchange"}
        if before == ":" and self._word(at - 2) in {")", "]"}:
            return True  # a page after "43 (1989):"
        return before.rstrip(".") in LABELS

    def _is_attached(self, at: int) -> bool:
        """Return whether the number is part of a longer word: "B-1945", "555-1989", "1750.xml", "1945b2"."""
        return self._is_attached_before(at) or self._is_attached_after(at)

    def _is_attached_before(self, at: int) -> bool:
        before = self._glued(at, -1)
        if before.isalpha():
            return before.casefold() not in ATTACHED | {"ad", "bc"}
        if before == "/":
            return not self._glued_text(at, -2)[:1].isdigit()
        return before in _DASHES and self._is_code(at)

    def _is_attached_after(self, at: int) -> bool:
        after, second = self._glued(at, 1), self._glued_text(at, 2)
        if after.isalpha():
            return after.casefold() not in {"a", "b", "c", "d", "bc", "bce", "ad", "ce"}
        if after == ".":
            return second[:1].islower()
        if after == ":":
            return second.isdigit()
        if after in _DASHES:
            return self._is_bare(at) and second.isdigit() and len(second) not in (1, 2, 4)
        return after in {"_", "@", "="}

    def _is_code(self, at: int) -> bool:
        """Return whether what a dash joins to the number makes a code or telephone number of it."""
        second = self._glued_text(at, -2)
        if second.isdigit():
            return self._is_bare(at) and len(second) < 4 and not self._is_day_of_month(at - 2)
        if second.isalpha():
            word = second.casefold()
            single = self._token(at - 1).text == "-"
            return single and word not in ATTACHED and word not in MONTHS and (len(word) <= 3 or second[0].isupper())
        return False

    def _is_day_of_month(self, at: int) -> bool:
        return self._word(at - 1).rstrip(".") in MONTHS

    def _is_quantity(self, at: int) -> bool:
        """Return whether the number counts or measures: "1850 feet", "a force of 1500 men", "than 1500 settlers"."""
        before, after = self._word(at - 1), self._word(at + 1)
        if after in MEASURES:
            return after not in {"dollars", "pounds", "francs", "marks"} or before not in {"in", "constant", "of"}
        if before == "than":
            return self._word(at - 2) not in {"earlier", "later", "other", "rather"}
        if before in COUNTING:
            return after.isalpha() and after not in TEMPORAL and self._token(at + 1).text[0].islower()
        return (before == "of" and self._word(at - 2) in QUANTITIES) or self._counts(at, before, after)

    def _counts(self, at: int, before: str, after: str) -> bool:
        """Return whether people or things follow, and no word of time stands before."""
        direct = after in COUNTED
        if after in _NO_ADJECTIVES or not (direct or (after.isalpha() and self._word(at + 2) in COUNTED)):
            return False
        if before in _BEFORE_QUANTITY:
            return direct or before != "from"
        return before not in TEMPORAL and before.rstrip(".") not in MONTHS and not self._is_after_day(at)

    def _continues_number(self, at: int) -> bool:
        """Return whether the number goes on with one that is none: "pp. 1017-1045", "pages 1017 and 1045"."""
        if at - 2 not in self._not_years or not self._is_bare(at):
            return False
        joined = self._word(at - 1)
        return joined in _DASHES or (joined in {"and", "to", ","} and self._is_labelled(at - 2))

    def _is_after_day(self, at: int) -> bool:
        at -= self._word(at - 1) == ","
        return self._token(at - 1).text.isdigit() and self._is_day_of_month(at - 1)

    def _token(self, at: int) -> Token:
        return self._tokens[at] if 0 <= at < len(self._tokens) else _NOTHING

    def _word(self, at: int) -> str:
        return self._token(at).text.casefold()

    def _glued(self, at: int, step: int) -> str:
        """Return the neighbour's text if no space stands between, or an empty text."""
        token, other = self._token(at), self._token(at + step)
        touches = other.end == token.start if step < 0 else other.start == token.end
        return other.text if touches else ""

    def _glued_text(self, at: int, steps: int) -> str:
        """Return the text two tokens away if no space stands between all three, or an empty text."""
        step = 1 if steps > 0 else -1
        return self._glued(at + step, step) if self._glued(at, step) else ""
