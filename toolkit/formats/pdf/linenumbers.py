"""The number of every fifth line of the reading, hung in the margin for classes to point by.

Lines are known only after layout. They are counted in the laid-out pages, and their numbers are painted over the
pages as artifacts: no line moves, and a screen reader hears none. The numbers themselves are set once in a process, as
a document of nothing else. The boxes are WeasyPrint's own affair; the version is pinned, and tests compare numbers
with lines.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from toolkit.model.lines import Line
from toolkit.model.presentation import Manner

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types

EVERY: Final = 5
GAP: Final = 12.0  # px: 9 pt between number and text
PX: Final = 4 / 3  # a pt
SIZE: Final = 11.0  # px: 8.25 pt
USUAL: Final = Manner()
# What stands in the reading and is no line of its text.
ASIDE: Final = frozenset(("aside", "figure", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Number:
    """A line's number, and where its text's edge and baseline are, in px from the corner of the page."""

    value: int
    edge: float
    baseline: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the reading on its page: where it stands, in px from the corner, and what it says."""

    edge: float
    baseline: float
    address: str
    words: str


def numbers(pages: Sequence[Untyped], *, rtl: bool) -> list[list[Number]]:
    """Return the numbers to print on each of `pages`: of every EVERY-th line, counted over all pages."""
    found: list[list[Number]] = []
    count = 0
    for page in pages:
        found.append([])
        for row in _rows(page._page_box, rtl=rtl):
            count += 1
            if count % EVERY == 0:
                found[-1].append(Number(count, row.edge, row.baseline))
    return found


def lines(pages: Sequence[Untyped]) -> Iterator[Line]:
    """Yield every line that `numbers` counts, with its number."""
    rows = (row for page in pages for row in _rows(page._page_box, rtl=False))
    for number, row in enumerate(rows, start=1):
        yield Line(number, row.address, row.words)


def _rows(page: Untyped, *, rtl: bool) -> Iterator[_Row]:
    for box in page.descendants():
        if box.element_tag == "section" and "reading" in box.element.get("class", "").split():
            edge = box.content_box_x() + (box.width if rtl else 0)
            for baseline, address, words in _text_lines(box, ""):
                yield _Row(edge, baseline, address, words)


def _text_lines(box: Untyped, address: str) -> Iterator[tuple[float, str, str]]:
    """Yield each line of text under `box`: its baseline (px from the top of the page), its address, its words."""
    for child in box.children:
        if not child.is_in_normal_flow() or (child.element_tag in ASIDE and child.element is not box.element):
            continue
        if type(child).__name__ == "LineBox":
            texts = list(_texts(child))
            if texts:
                yield texts[0].position_y + texts[0].baseline, address, "".join(text.text for text in texts)
        elif hasattr(child, "children") and "omission" not in _classes(child):
            place = child.element.get("data-address", "") if child.element is not None else ""
            yield from _text_lines(child, place or address)


def _texts(line: Untyped) -> Iterator[Untyped]:
    """Yield the boxes of the words of `line`, without the marks of notes and the number of its paragraph."""
    for child in line.children:
        if type(child).__name__ == "TextBox":
            if child.text.strip():
                yield child
        elif hasattr(child, "children") and child.is_in_normal_flow() and "call" not in _classes(child):
            yield from _texts(child)


def _classes(box: Untyped) -> list[str]:
    return box.element.get("class", "").split() if box.element is not None else []


def page_of(most: int, manner: Manner = USUAL) -> str:
    """Return a page with nothing but the numbers to be printed, from EVERY to `most`."""
    size = max(SIZE * manner.size, manner.smallest * PX)
    color = "#000000" if manner.monochrome else "#55524d" if size == SIZE else "#3a3835"  # 7:1 and more
    values = "".join(f"<p>{value}</p>" for value in range(EVERY, most + 1, EVERY))
    return (
        "<html lang=en><title>lines</title><style>"
        f"body {{ font: {size:g}px 'Source Sans 3'; color: {color}; font-variant-numeric: tabular-nums }}"
        f"</style><body>{values}"
    )


def words_of(pages: Sequence[Untyped]) -> dict[int, Untyped]:
    """Return the box of each number on `pages`, the laid-out page of nothing but numbers."""
    boxes = (box for page in pages for box in page._page_box.descendants() if type(box).__name__ == "TextBox")
    return {int(box.text): box for box in boxes}


@dataclass(frozen=True, slots=True)
class Overlay:
    """The `numbers` of a page, each drawn as its box in `words`; right of the text's edge where `rtl`."""

    numbers: Sequence[Number]
    words: Mapping[int, Untyped]
    rtl: bool

    def paint(self, stream: Untyped, scale: float) -> None:
        """Paint the numbers on `stream`, `scale` units a px."""
        draw: Untyped = importlib.import_module("weasyprint.draw.text").draw_text
        with untagged(stream), stream.stacked():
            stream.transform(a=scale, d=scale)
            for number in self.numbers:
                box = self.words[number.value].copy()
                box.position_x = number.edge + GAP if self.rtl else number.edge - GAP - box.width
                box.position_y = number.baseline - box.baseline
                draw(stream, box, 0, "clip", "none")


@contextmanager
def untagged(stream: Untyped) -> Iterator[None]:
    """Return a context in which everything painted on `stream` is one artifact."""
    tags = stream._tags
    stream.begin_marked_content("Artifact", b"<</Type /Layout>>")
    stream._tags = None
    try:
        yield
    finally:
        stream._tags = tags
        stream.end_marked_content()
