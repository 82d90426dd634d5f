"""Drawings of a page made one figure each in the structure tree.

A drawing is an SVG element with lines of text put over it. What it shows is in its alternative text, and the words in
it are in the table beside it; a reader who heard every year and label again, out of their places, would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # an object of WeasyPrint or pydyf, which have no types

DRAWING: Final = "drawing"  # the class of the element that holds the shapes and the words


def fold(tree: Tree, pages: Sequence[Untyped]) -> None:
    """Give the words of every drawing to the figure that its shapes are."""
    drawn = {_title(box.element) for page in pages for box in page._page_box.descendants() if _is_drawing(box)}
    for element in list(tree.walk(tree.document)):
        alt = element.get("Alt")
        if element["S"] == "/Figure" and alt is not None and alt.string in drawn:
            _take(tree, element)


def _is_drawing(box: Untyped) -> bool:
    return box.element is not None and box.element_tag == "div" and box.element.get("class") == DRAWING


def _title(element: Untyped) -> str:
    return next((node.text for node in element.iter() if str(node.tag).endswith("}title")), "")


def _take(tree: Tree, figure: Element) -> None:
    """Move every mark that stands beside `figure` in its parent to it, and put it in the place of that parent.

    There it has its caption beside it.
    """
    parent = tree.at(figure["P"])
    number = tree.pdf.page_references.index(figure["Pg"])
    owners = tree.parents[tree.parents.index(number) + 1]
    for kid in list(tree.kids(parent)):
        if kid is figure:
            continue
        for mark in _marks(tree, kid):
            figure["K"].append(mark)
            owners[mark] = reference(figure)
    above = tree.at(parent["P"])
    above["K"][above["K"].index(reference(parent))] = reference(figure)
    figure["P"] = reference(above)


def _marks(tree: Tree, element: Element) -> Iterator[int]:
    for kid in element["K"]:
        if isinstance(kid, int):
            yield kid
        elif tree.holds(kid):
            yield from _marks(tree, tree.at(kid))
