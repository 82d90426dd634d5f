"""A target's printout: composed with the lines of its handout, where its format has lines that stay.

A worksheet points at lines of the handout that lies beside it: the one of the same edition and format. So that
handout is composed and set first, and its lines are given to `compose`, which knows no format. References move
no line of a reading, as the article holds none: one layout is enough, and none is needed for a lesson without
references.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from toolkit.build.comparing import digest_of
from toolkit.compose import compose
from toolkit.formats import line_finder
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition, Printout
from toolkit.source import pointers

_READ = "handout"  # the sheet that holds the reading


@dataclass(frozen=True)
class Draft:
    """A printout that may lack the numbers of lines that it points at. `reading` is the handout that has them."""

    printout: Printout
    reading: Printout | None
    finish: Callable[[], Printout]

    def digest(self) -> str:
        """Return a digest that is equal where the finished printouts are; nothing is laid out for it."""
        return digest_of(self.printout, self.reading)


def drafted(lesson: Lesson, sheet: str, edition: Edition, form: str) -> Draft:
    """Return `sheet` of `lesson` in `edition` for the format `form`, before anything of it is laid out.

    Its `finish` raises LessonError where the handout that the sheet points at cannot be set.
    """
    printout = compose(lesson, sheet, edition)
    find = line_finder(form)
    pointed = any(node.unit == "line" for _, node in pointers.references(lesson.spec, lesson.sources))
    if find is None or not pointed:
        return Draft(printout, None, lambda: printout)
    reading = compose(lesson, _READ, edition, ())
    return Draft(printout, reading, lambda: compose(lesson, sheet, edition, find(reading)))


def composed(lesson: Lesson, sheet: str, edition: Edition, form: str) -> Printout:
    """Return `sheet` of `lesson` in `edition`, as it is to be written in the format `form`.

    Raises LessonError where the handout that the sheet points at cannot be set.
    """
    return drafted(lesson, sheet, edition, form).finish()
