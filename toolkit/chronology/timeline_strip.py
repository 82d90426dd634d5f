"""A timeline as a strip: a level axis with a stem for each event, for a cover or the head of a page. It has no labels.

Stems of marks that would touch are of different heights, so that each mark is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.chronology import timeline_style as style
from toolkit.chronology.timeline import Entry, Page, bars_and_marks
from toolkit.chronology.timeline_drawing import year_of
from toolkit.chronology.timeline_legend import kind_of
from toolkit.chronology.timeline_text import Sheet
from toolkit.drawing.breaking import measured
from toolkit.drawing.shapes import Drawing, Path, Run, Shape, Words, mirrored
from toolkit.model.printout import Timeline

FOOT: Final = 24.0  # pt below the axis, for the years
LOWEST: Final = 18.0  # pt; the shortest stem
BAR: Final = 5.0  # pt; the height of a span's bar above the axis
LEAST: Final = FOOT + LOWEST + 14.0  # pt; the lowest strip


def strip(timeline: Timeline, sheet: Sheet) -> Drawing:
    """Return `timeline` as a strip, as wide and as high as `sheet`."""
    entries = [Entry(moment.first, moment.last, moment.span, 0.0) for moment in timeline.moments]
    page = bars_and_marks(entries, sheet.width)
    base = max(sheet.height, LEAST) - FOOT
    shapes = (*_axis(page, sheet, base), *_years(page, sheet, base), *_events(timeline, page, base))
    seen = mirrored(shapes, sheet.width) if sheet.rtl else shapes
    return Drawing(sheet.width, base + FOOT, seen, timeline.description, sheet.language, sheet.rtl)


def _axis(page: Page, sheet: Sheet, base: float) -> Iterator[Shape]:
    for stretch in page.scale.stretches:
        yield Path(((stretch.top, base), (stretch.foot, base)), style.INK, 1.2)
    for gap in page.breaks:
        middle = (gap.top + gap.foot) / 2
        steps = ((gap.top, 0.0), (middle - 6, 0.0), (middle - 3, -4.0), (middle + 3, 4.0), (middle + 6, 0.0))
        yield Path(tuple((x, base + dy) for x, dy in (*steps, (gap.foot, 0.0))), style.INK, 1.0, round=True)


def _years(page: Page, sheet: Sheet, base: float) -> Iterator[Shape]:
    sizes, free = sheet.sizes, 0.0
    for tick in page.ticks:
        yield Path(((tick.at, base), (tick.at, base + (4 if tick.edtf else 2.5))), style.RULE, 0.6)
        runs = (Run(year_of(tick.edtf, sheet.language), "sans", 600),) if tick.edtf else ()
        wide = measured(runs, sizes.date, rtl=sheet.rtl) if runs else 0.0
        left = min(max(tick.at - wide / 2, 0.0), sheet.width - wide)
        if runs and left >= free:
            yield Words(left, base + 6, runs, sizes.date, sizes.date_leading, wide)
            free = left + wide + 8


def _events(timeline: Timeline, page: Page, base: float) -> Iterator[Shape]:
    for bar in page.bars:
        top = base - BAR - 2 - bar.track * (BAR + 2)
        color = timeline.moments[bar.index].category
        box = ((bar.top, top), (bar.foot, top), (bar.foot, top + BAR), (bar.top, top + BAR))
        yield Path(box, style.COLORS[max(color, 0) % len(style.COLORS)], 0.7, style.WASH, closed=True)
    levels: list[float] = []  # where the last mark of each height stands
    room = base - LOWEST - 2 * style.RADIUS
    step = 3 * style.RADIUS
    marks: list[Shape] = []
    most = max(int(room // step), 1)
    for placed in page.placed:
        event = timeline.moments[placed.index]
        free = (n for n, last in enumerate(levels) if placed.anchor - last >= step)
        level = next(free, len(levels) if len(levels) < most else min(range(most), key=lambda n: levels[n]))
        levels[level : level + 1] = [placed.anchor]
        top = base - LOWEST - level * step
        yield Path(((placed.anchor, base), (placed.anchor, top)), style.ACCENT, 0.9)
        marks += style.mark(placed.anchor, top, event.category, filled=kind_of(event) == "day")
    yield from marks
