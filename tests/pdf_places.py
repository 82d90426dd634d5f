"""Where words stand on the pages of a PDF: what tests of layout measure, whoever made the file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PageObject, PdfReader


@dataclass(frozen=True, slots=True)
class Place:
    """Words with the page they are on, counted from 1, and their start in pt from the left and from the head."""

    page: int
    x: float
    y: float
    words: str


def places(data: bytes) -> list[Place]:
    """Return the runs of text of a PDF as they were drawn, page by page."""
    return [place for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1) for place in _drawn(number, page)]


def _drawn(number: int, page: PageObject) -> Iterator[Place]:
    found: list[Place] = []
    head = float(page.mediabox.top)

    def visit(words: str, matrix: list[float], text: list[float], font: object, size: float) -> None:
        if words.strip():
            x = text[4] * matrix[0] + text[5] * matrix[2] + matrix[4]
            y = text[4] * matrix[1] + text[5] * matrix[3] + matrix[5]
            found.append(Place(number, round(x, 1), round(head - y, 1), words))

    page.extract_text(visitor_text=visit)
    yield from found


def row(all_places: list[Place], beside: Place, left: float, right: float) -> str:
    """Return the words between `left` and `right` (pt) that stand on the same line as `beside`."""
    same = [p for p in all_places if p.page == beside.page and abs(p.y - beside.y) < 2 and left <= p.x < right]
    return "".join(place.words for place in sorted(same, key=lambda place: place.x)).strip()
