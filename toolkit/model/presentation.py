"""Presentations: the same sheet for other eyes and other machines. What each changes, as numbers.

Every writer reads the `Manner` of a presentation and works its sizes out from that, so that a style added to the
usual sheet is large in large print without anybody thinking of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias, get_args

Presentation: TypeAlias = Literal["standard", "large-print", "dyslexia", "photocopy", "booklet"]
PRESENTATIONS: Final[tuple[Presentation, ...]] = get_args(Presentation)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a presentation differs from the usual sheet. Sizes and rules are in pt, `pitch` in mm.

    size        factor of type; never under `smallest`, never made larger than `largest`
    length      factor of leading and of every distance
    leading     the least leading, in parts of the size
    thinnest    the thinnest rule
    plain       no italics (heavier letters instead), no words in capitals, one sans family for all
    flowing     notes stand in the text, and not in a narrow margin
    monochrome  black on white, nothing between
    folded      a page is half of a sheet of paper; two are printed on it, and the sheets are folded into a book
    pitch       distance of answer rules, None for the usual one
    """

    size: float = 1.0
    length: float = 1.0
    smallest: float = 0.0
    largest: float = 100.0
    leading: float = 0.0
    thinnest: float = 0.0
    plain: bool = False
    flowing: bool = False
    monochrome: bool = False
    folded: bool = False
    pitch: float | None = None

    def suits(self, form: str) -> bool:
        """Return whether sheets are made so in the format `form`: only pages that are set can be put on a sheet."""
        return form == "pdf" or not self.folded

    def sized(self, size: float) -> float:
        """Return the size of type that is set in `size` on the usual sheet."""
        return max(min(size * self.size, self.largest), self.smallest)

    def led(self, leading: float, size: float) -> float:
        """Return the leading of type in `size` (as `sized` gives it) that has `leading` on the usual sheet."""
        wide = leading * self.length
        if size >= self.largest:  # a title, whose lines stand closer
            return min(wide, size * 1.2) if self.length > 1 else wide
        return max(wide, size * self.leading)


# Large print: 18 pt for every word on the page, captions and folios too, 1.25 leading and more, no italics, no
# hyphens, no columns (American Printing House for the Blind, 2021; American Council of the Blind, 2025).
# Dyslexia: 12 to 14 pt sans, 1.5 lines, no italics, no capitals (British Dyslexia Association, style guide 2023).
# Photocopy: a copier drops greys and rules under 0.8 pt.
# Booklet: 10 pt on 13.5, as small books are set; a usual page at half its size would be read in 7 pt.
_MANNERS: Final = MappingProxyType[Presentation, Manner](
    {
        "standard": Manner(),
        "large-print": Manner(1.6, 1.6, 18.0, 30.0, 4 / 3, 0.8, plain=True, flowing=True, pitch=15.0),
        "dyslexia": Manner(1.163, 1.333, 12.0, 28.0, 1.5, plain=True, flowing=True),
        "photocopy": Manner(thinnest=0.8, monochrome=True),
        "booklet": Manner(0.93, 0.9, 6.8, flowing=True, folded=True),
    }
)


def manner_of(presentation: Presentation) -> Manner:
    """Return what `presentation` changes."""
    return _MANNERS[presentation]
