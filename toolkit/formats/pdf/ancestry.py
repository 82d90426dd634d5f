"""Which elements of the page stand around each of its marks: known while it is painted, and not from the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types
Around: TypeAlias = Mapping[
    int, tuple[Untyped, ...]
]  # a mark of a page -> the HTML elements around it, outermost first


def of(page: Untyped) -> dict[Untyped, tuple[Untyped, ...]]:
    """Return the boxes of a laid-out page that have no others in them, each with the HTML elements around it."""
    return dict(_under(page._page_box, ()))


def _under(box: Untyped, around: tuple[Untyped, ...]) -> Iterator[tuple[Untyped, tuple[Untyped, ...]]]:
    box = getattr(box, "_box", box)  # what is placed absolutely hides in a placeholder
    if box.element is not None and not (around and around[-1] is box.element):
        around = (*around, box.element)
    children = getattr(box, "children", ())
    if not children:
        yield box, around
    for child in children:
        yield from _under(child, around)
