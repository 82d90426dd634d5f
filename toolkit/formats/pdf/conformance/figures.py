"""Rules of pictures: words in their place, where they are, and captions beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Element, TaggedFile, resolved

_NEAR: Final = 1.0  # pt; how far rounding may carry a picture over an edge of its page
_CAPTIONED: Final = frozenset(("Figure", "Table", "L", "Formula"))


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the pictures."""
    for figure in file.of("Figure", "Formula"):
        page = file.page_of(figure)
        if not figure.said("Alt").strip() and not figure.said("ActualText").strip():
            yield Failure("figure-words", "a picture has no alternative text", page, figure)
        if figure.kind == "Figure" and not _on_page(file, figure, page):
            yield Failure("figure-place", "a picture does not say where on its page it is", page, figure)
    for caption in file.of("Caption"):
        parent = caption.parent
        beside = {kid.kind for kid in parent.elements} | {parent.kind} if parent else set()
        if not beside & _CAPTIONED:
            message = f"the caption “{file.words(caption).strip()[:40]}” is beside nothing that it tells of"
            yield Failure("caption-place", message, file.page_of(caption), caption)


def _on_page(file: TaggedFile, figure: Element, page: int) -> bool:
    """Return whether `figure` has a box, and has it on its page (ISO 32000-1, 14.8.5.4.3)."""
    box = resolved(figure.attribute("BBox"))
    if not isinstance(box, list) or len(box) != 4 or not page:  # left, foot, right, head
        return False
    left, foot, right, head = (float(resolved(number)) for number in box)
    edges = [float(resolved(number)) for number in file.reader.pages[page - 1].mediabox]
    inside = left >= edges[0] - _NEAR and foot >= edges[1] - _NEAR and right <= edges[2] + _NEAR
    return inside and head <= edges[3] + _NEAR and left < right and foot < head
