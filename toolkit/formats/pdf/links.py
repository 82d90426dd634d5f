"""Links told by their words.

WeasyPrint 70 gives a link its address as its description, which a reader would hear letter by letter; and a link that
runs over a line is two. ISO 14289-1, 7.18.5 asks for a description of what a link leads to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # an object of WeasyPrint or pydyf, which have no types


def tell(tree: Tree, pages: Sequence[Untyped]) -> None:
    """Describe each link by its words, all of them where it runs over lines, and make its pieces one element."""
    holders = {tree.at(kid)["Obj"]: element for element in tree.walk(tree.document) for kid in _held(tree, element)}
    first: dict[int, Element] = {}
    for page in pages:
        for box in page._page_box.descendants():
            annotation = getattr(box, "link_annotation", None)
            if not annotation or annotation.reference not in holders:
                continue
            if words := _words(box.element):
                annotation["Contents"] = tree.string(words)
            piece = holders[annotation.reference]
            before = first.setdefault(id(box.element), piece)
            if before is not piece and _adjacent(tree, before, piece):
                _join(tree, before, piece)


def _held(tree: Tree, element: Element) -> list[bytes]:
    return [kid for kid in element["K"] if isinstance(kid, bytes) and tree.at(kid).get("Type") == "/OBJR"]


def _words(element: Untyped) -> str:
    pictures = " ".join(image.get("alt", "") for image in element.iter() if str(image.tag).endswith("img"))
    return " ".join("".join(element.itertext()).replace("\u00ad", "").split()) or pictures.strip()


def _adjacent(tree: Tree, one: Element, other: Element) -> bool:
    """Return whether `other` follows `one` in the same element, on the same page."""
    if one["P"] != other["P"] or one["Pg"] != other["Pg"]:
        return False
    kids = tree.at(one["P"])["K"]
    return bool(kids.index(reference(other)) == kids.index(reference(one)) + 1)


def _join(tree: Tree, one: Element, other: Element) -> None:
    """Give what `other` holds to `one`, and take it out of the tree."""
    owners = tree.owners(other["Pg"])
    for kid in other["K"]:
        one["K"].append(kid)
        if isinstance(kid, int):
            owners[kid] = reference(one)
        elif tree.holds(kid):
            tree.at(kid)["P"] = reference(one)
        else:
            tree.own(tree.at(kid)["Obj"], one)
    tree.at(one["P"])["K"].remove(reference(other))
