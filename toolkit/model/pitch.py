"""The distance of answer rules, by the grade of who writes on them."""

from __future__ import annotations

import re
from typing import Final

from toolkit.model.presentation import Presentation, manner_of

USUAL: Final = 8.7
NARROWEST: Final = 5.0
WIDEST: Final = 20.0

# From which grade on (American grades: 0 is kindergarten, 13 the first year of college), and how many mm.
#   15   what the National Handwriting Association (UK) recommends for exercise books of Key Stage 1
#   12   between the two; primary paper in the United States is ruled 1/2 in (12.7 mm) in the second grade
#   10   British exercise books of the upper primary years; ruled 3/8 in (9.5 mm) in the United States
#   8.7  "wide" ruled paper in the United States, 11/32 in
#   7.1  "college" ruled paper, 9/32 in
BY_GRADE: Final = ((0, 15.0), (2, 12.0), (4, 10.0), (6, USUAL), (11, 7.1))

_COLLEGE: Final = re.compile(r"(?i)\b(college|universit|undergraduate|adult|adulte|cao đẳng|đại học)|جامع")
_KINDERGARTEN: Final = re.compile(r"(?i)\b(pre-?k|t?k\b|k-|kinder|preescolar|infantil|maternelle|mẫu giáo)|روضة")


def pitch_for(grades: str | None, presentation: Presentation = "standard") -> float:
    """Return the distance of answer rules in mm for `grades` as an author writes them: "9-12", "K-2", "college".

    The youngest of a span decides, because the widest hand has to fit. Where no grade is told, the usual one.
    A presentation may want them farther apart, and never nearer.
    """
    first = _youngest(grades or "")
    usual = USUAL if first is None else next(pitch for grade, pitch in reversed(BY_GRADE) if first >= grade)
    return max(usual, manner_of(presentation).pitch or 0.0)


def _youngest(grades: str) -> int | None:
    if _KINDERGARTEN.search(grades):
        return 0
    numbers = [int(number) for number in re.findall(r"\d+", grades)]  # int() reads the digits of every script
    if numbers:
        return numbers[0] if numbers[0] <= 16 else None
    return 13 if _COLLEGE.search(grades) else None
