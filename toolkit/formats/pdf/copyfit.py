"""Copyfitting: a sheet that spills a few lines onto a page of their own, or leaves half a page empty, is set again.

The adjustments are small and bounded, and change no line of text: closer spaces between parts, then lines set 2 %
closer with a lower opener, and timelines that begin, less high, on a page that has room left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.stretching import bottom, lowest

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types

SPARSE: Final = 0.25  # of the text block: below it, closer spacing has a chance to save the page
# Style sheets that are added one after the other, and what a designer is told of them.
STEPS: Final = {
    "tight": "spaces between parts are closer",
    "tighter": "spaces between parts are closer, lines 2 % closer, the opener lower",
}
PX: Final = 4 / 3  # a pt
ABOVE: Final = 28.0  # pt above the heading of a part that does not begin a page (templates/handout/handout.css)
BELOW: Final = 4.0  # pt to spare
LEAST: Final = 200.0  # pt; an axis that is shorter, with its legend, shows no distances


def spills(pages: Sequence[Untyped]) -> bool:
    """Return whether the last of `pages` holds little."""
    return len(pages) > 1 and filled(pages[-1]) < SPARSE


def filled(page: Untyped) -> float:
    """Return how far down the text block of `page` what stands on it reaches: 0 is the head, 1 the foot."""
    box = page._page_box
    top = box.content_box_y()
    return float((max(lowest(box), top) - top) / box.height)


def said(steps: int, pages: int) -> str:
    """Return what a designer is told of a sheet that had `pages` pages before so many STEPS."""
    return f"{list(STEPS.values())[steps - 1]}, to save page {pages}, which would hold a few lines"


def rooms(pages: Sequence[Untyped], length: float) -> tuple[float, ...]:
    """Return, for each timeline of `pages`, how high (pt) it may be to begin on the page before; 0: it may not.

    `length` is the factor of distances of the presentation.
    """
    below = _below(_drawn(pages))
    return tuple(_room(pages, at, section, figure, below, length) for at, section, figure in _timelines(pages))


def _room(pages: Sequence[Untyped], at: int, section: Untyped, figure: Untyped, below: float, length: float) -> float:
    here, before = pages[at]._page_box, pages[at - 1]._page_box
    if at == 0 or section.position_y > here.content_box_y() + 1:
        return 0.0
    free = bottom(before) - lowest(before) - (figure.border_box_y() - here.content_box_y()) - below
    room = float(free / PX - (ABOVE + BELOW) * length)
    return room if room >= LEAST * length else 0.0


def _below(figures: Sequence[Untyped]) -> float:
    """Return how much stands below a drawing, px: its caption and its margin, where it has the most."""
    parts = ((figure, next(box for box in figure.children if box.is_in_normal_flow())) for figure in figures)
    return max((_foot(figure) + figure.margin_bottom - _foot(drawing) for figure, drawing in parts), default=0.0)


def _foot(box: Untyped) -> float:
    return float(box.border_box_y() + box.border_height())


def better(pages: Sequence[Untyped], usual: Sequence[Untyped]) -> bool:
    """Return whether `pages` have fewer sheets of paper than `usual`, or as many with no drawing torn apart.

    A first page with nothing but the title is worse than a drawing on two pages.
    """
    if len(pages) == len(usual) and not _has_part(usual[0]):
        return True
    return (len(pages), len(_drawn(pages))) <= (len(usual), len(_drawn(usual)))


def _has_part(page: Untyped) -> bool:
    return any(box.element_tag == "section" for box in page._page_box.descendants())


def _timelines(pages: Sequence[Untyped]) -> Iterator[tuple[int, Untyped, Untyped]]:
    """Yield the first drawing of each timeline with the part it is in and the page, which counts from 0."""
    begun: set[int] = set()
    for at, page in enumerate(pages):
        for section in page._page_box.descendants():
            if section.element_tag != "section" or id(section.element) in begun:
                continue
            figure = next((box for box in section.descendants() if _is_timeline(box)), None)
            if figure is not None:
                begun.add(id(section.element))
                yield at, section, figure


def _drawn(pages: Sequence[Untyped]) -> list[Untyped]:
    return [box for page in pages for box in page._page_box.descendants() if _is_timeline(box)]


def _is_timeline(box: Untyped) -> bool:
    return box.element is not None and box.element_tag == "figure" and box.element.get("class") == "timeline"
