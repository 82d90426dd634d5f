"""Rules of lists: an item is a label and one body, and stands in a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Element, TaggedFile

_ITEM: Final = (["Lbl", "LBody"], ["LBody"], ["Lbl"])


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the lists."""
    for element in file.of("L"):
        if {kid.kind for kid in element.elements} - {"LI", "L", "Caption"} or _loose(element):
            yield Failure("list-parts", "a list holds what is no item", file.page_of(element), element)
    for element in file.of("LI"):
        if element.parent is None or element.parent.kind != "L":
            yield Failure("list-item", "an item stands in no list", file.page_of(element), element)
        if [kid.kind for kid in element.elements] not in _ITEM or _loose(element):
            message = f"an item of a list, “{file.words(element).strip()[:40]}”, is not a label and a body"
            yield Failure("list-body", message, file.page_of(element), element)
    for element in file.of("LBody"):
        if element.parent is None or element.parent.kind != "LI":
            yield Failure("list-item", "the body of an item stands in no item", file.page_of(element), element)


def _loose(element: Element) -> bool:
    return any(not isinstance(kid, Element) for kid in element.kids)
