"""Copyfitting: telling that a sheet spills a few lines onto a page of their own."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types

SPARSE: Final = 0.25  # of the text block: below it, tighter spacing has a chance to save the page


def filled(page: Untyped) -> float:
    """Return how far down the text block of `page` its last line stands: 0 is the head, 1 the foot."""
    box = page._page_box
    top = box.content_box_y()
    feet = [line.position_y + line.height for line in box.children[0].descendants() if _is_line(line)]
    return float((max(feet, default=top) - top) / box.height)


def _is_line(box: Untyped) -> bool:
    return type(box).__name__ == "LineBox"
