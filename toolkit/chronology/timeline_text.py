"""The labels of a timeline: a date and what happened, broken into lines at the width that a page has for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from toolkit.chronology import timeline_style as style
from toolkit.chronology.timeline_style import Sizes
from toolkit.drawing.breaking import Line, broken
from toolkit.drawing.shapes import Run
from toolkit.model import text as t
from toolkit.model.printout import Dated, Timeline

MM: Final = 72 / 25.4  # pt
GAP: Final = "\u2002"  # between a date and its event in one line


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a timeline is drawn on: `width` and the greatest `height` of a page in pt, and its language.

    Where `exact`, all stands on one page of that very height. `first`, if not 0, is the height that the first page has
    left below what stands above it. Type is `scale` times as large as usual and never
    under `least` pt; where `plain` it is sans, and heavier instead of slanted.
    """

    width: float
    height: float
    language: str
    rtl: bool = False
    exact: bool = False
    scale: float = 1.0
    least: float = 0.0
    plain: bool = False
    first: float = 0.0

    @property
    def sizes(self) -> Sizes:
        """Return the sizes of its type."""
        return style.sizes_for(self.language).times(self.scale).from_least(self.least)

    @property
    def face(self) -> Run:
        """Return the face of what happened: no word yet."""
        return Run("", "sans" if self.plain else "serif")


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a label with the top and leading of each, and how far below its top the rule to write on is."""

    lines: tuple[tuple[Line, float, float, float, float], ...]  # runs, width, size, top, leading
    height: float
    rule: float = 0.0


def labels_of(timeline: Timeline, sheet: Sheet, column: float, *, stacked: bool) -> list[Label]:
    """Return the labels of the events: dates above what happened where `stacked`, else in one line with it."""
    return [_label(timeline, moment, sheet, column, stacked=stacked) for moment in timeline.moments]


def _label(timeline: Timeline, moment: Dated, sheet: Sheet, column: float, *, stacked: bool) -> Label:
    sizes = sheet.sizes
    date = Run(moment.date, "sans", 600, color=style.ACCENT)
    if timeline.blank:
        lines = _lines([date], sizes.date, sizes.date_leading, 0.0, column, sheet)
        rule = len(lines) * sizes.date_leading + timeline.pitch * MM - 2
        return Label(lines, rule + 2, rule)
    words = list(_runs(moment.event, sheet.face, plain=sheet.plain))
    if not stacked:
        lines = _lines([date, Run(GAP), *words], sizes.text, sizes.text_leading, 0.0, column, sheet)
        return Label(lines, len(lines) * sizes.text_leading)
    head = _lines([date], sizes.date, sizes.date_leading, 0.0, column, sheet)
    top = len(head) * sizes.date_leading
    body = _lines(words, sizes.text, sizes.text_leading, top, column, sheet)
    return Label((*head, *body), top + len(body) * sizes.text_leading)


def _lines(
    runs: Sequence[Run], size: float, leading: float, top: float, column: float, sheet: Sheet
) -> tuple[tuple[Line, float, float, float, float], ...]:
    found = broken(runs, size, column, rtl=sheet.rtl)
    return tuple((line, width, size, top + n * leading, leading) for n, (line, width) in enumerate(found))


def _runs(content: t.Inlines, face: Run, *, plain: bool) -> Iterator[Run]:
    for node in content:
        match node:
            case t.Text(words) | t.Code(words):
                yield Run(words, face.family, face.weight, face.italic)
            case t.Emphasis(inner):
                stressed = replace(face, weight=600) if plain else replace(face, italic=not face.italic)
                yield from _runs(inner, stressed, plain=plain)
            case t.Strong(inner) | t.Term(inner, _):
                yield from _runs(inner, replace(face, weight=600), plain=plain)
            case t.Link(inner, _):
                yield from _runs(inner, face, plain=plain)
            case t.LineBreak():
                yield Run(" ", face.family, face.weight, face.italic)
            case _:
                continue  # notes and gaps stand in the table of the events
