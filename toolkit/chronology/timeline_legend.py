"""The legend of a timeline: its marks with their names, in as many rows as the width of the page needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from toolkit.chronology import timeline_style as style
from toolkit.chronology.timeline_text import Sheet
from toolkit.drawing.breaking import measured
from toolkit.drawing.shapes import Run, Shape, Words
from toolkit.model.printout import Dated, Timeline

ABOVE: Final = 10.0  # pt between the axis and the legend
SMALL: Final = 0.94  # of a date: the words of the legend, and the years of the axis
_HANG: Final = 13.0  # pt from the side to the words, the mark in its middle
_BETWEEN: Final = 13.0  # pt from the words to the next mark


def kind_of(event: Dated) -> str:
    """Return which mark an event has: "span", "about", "day" or "period"."""
    return "span" if event.span else "about" if event.about else "day" if event.exact else "period"


def height(timeline: Timeline, sheet: Sheet, events: Iterable[Dated]) -> float:
    """Return the height of the legend of `events` in pt, 4 where it has nothing to say."""
    rows = list(_rows(timeline, sheet, events))
    return ABOVE + len(rows) * sheet.sizes.date_leading if rows else 4.0


def legend(timeline: Timeline, sheet: Sheet, events: Iterable[Dated], top: float) -> Iterator[Shape]:
    """Yield the marks of `events` with their names, below `top` pt."""
    leading = sheet.sizes.date_leading
    for number, row in enumerate(_rows(timeline, sheet, events)):
        line, x = top + ABOVE + number * leading, 0.0
        for kind, category, words in row:
            yield from _sample(kind, x + 4, line + leading / 2, category)
            yield Words(x + _HANG, line, words.runs, words.size, leading, words.width)
            x += _HANG + words.width + _BETWEEN


def _rows(timeline: Timeline, sheet: Sheet, events: Iterable[Dated]) -> Iterator[list[tuple[str, int, Words]]]:
    shown = list(events)
    kinds, used = {kind_of(event) for event in shown}, {event.category for event in shown}
    names = [(kind, -1, name) for kind, name in timeline.legend if kind in kinds]
    names += [("day", n, name) for n, name in enumerate(timeline.categories) if n in used]
    row: list[tuple[str, int, Words]] = []
    x = 0.0
    for kind, category, name in names:
        words = line_of_words(name, sheet)
        wide = _HANG + words.width + _BETWEEN
        if row and x + wide - _BETWEEN > sheet.width:
            yield row
            row, x = [], 0.0
        row.append((kind, category, words))
        x += wide
    if row:
        yield row


def line_of_words(words: str, sheet: Sheet, *, heavy: bool = False, italic: bool = False) -> Words:
    """Return a year or a name, measured, at no place yet."""
    runs = (Run(words, "sans", 600 if heavy else 400, italic and not sheet.plain, style.INK if heavy else style.SOFT),)
    size = max(sheet.sizes.date * SMALL, sheet.least)
    return Words(0, 0, runs, size, sheet.sizes.date_leading, measured(runs, size, rtl=sheet.rtl))


def _sample(kind: str, x: float, y: float, category: int) -> Iterator[Shape]:
    """Yield the mark of a kind or category as the legend shows it."""
    if kind == "span":
        yield style.bar(x - 3, 6, (y - 4.5, y + 4.5), category, before=False, after=False)
    elif kind == "about":
        yield from style.dotted(x, y - 6, y + 6)
        yield from style.mark(x, y, category, filled=False)
    elif kind == "period":
        yield style.capsule(x, y - 4, y + 4, category)
    else:
        yield from style.mark(x, y, category, filled=True)
