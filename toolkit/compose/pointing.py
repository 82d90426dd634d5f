"""References to lines and paragraphs of the reading, in the words of the sheet's language.

Where the lines of the handout are known (they were laid out as that edition prints them), a reference is a
line number; elsewhere it is a paragraph number, and the paragraphs of the reading are numbered. The lines
are given, as data: what is said of them is decided here, whatever format they come from.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.compose.labels import Labels
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.lines import Lines, Stretch, lines_of
from toolkit.source import pointers

_UNKNOWN = "…"  # what is printed where lines are not known yet: the sheet is only laid out, and thrown away


class Pointing:
    """Says where in the reading a reference leads. `lines` is None on a sheet that paragraphs are numbered for."""

    def __init__(self, lesson: Lesson, labels: Labels, lines: Lines | None) -> None:
        self._labels = labels
        self._lines = lines
        self._ground = pointers.ground_of(lesson)
        asked = {node.unit for _, node in pointers.references(lesson.spec, lesson.sources)}
        self._numbered = "paragraph" in asked or ("line" in asked and lines is None)

    def number(self, address: str) -> str:
        """Return the number to print beside the paragraph of the reading at `address`; "" for none."""
        return str(self._numbers[address]) if self._numbered and address in self._numbers else ""

    def words(self, reference: t.LineReference) -> t.Text:
        """Return what is printed of `reference`: "line 35", "lines 35–38", "paragraph 4"."""
        stretch = pointers.located(reference, self._ground)
        if reference.unit == "line" and self._lines is not None:
            said = self._said("line", *lines_of(stretch, self._lines)) if self._lines else _UNKNOWN
        else:
            said = self._said("paragraph", *self._paragraphs(stretch))
        return t.Text(said[:1].upper() + said[1:] if reference.capital else said)

    @property
    def _numbers(self) -> Mapping[str, int]:
        return self._ground.numbers

    def _paragraphs(self, stretch: Stretch) -> tuple[int, int]:
        return self._numbers[stretch.first], self._numbers[stretch.last]

    def _said(self, unit: str, first: int, last: int) -> str:
        """Return the words for one number or several; the digits are those of the margin."""
        if first == last:
            return self._labels(f"place.{unit}", n=first)
        several = "place.lines" if unit == "line" else "place.paragraphs"
        return self._labels.count(several, last - first + 1, first=first, last=last)
