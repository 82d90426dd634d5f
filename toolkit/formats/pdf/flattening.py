"""Lines of text held by their paragraph itself, and not each by an element of its own.

WeasyPrint 70 makes every line a Span. They say nothing (WCAG checkers call them redundant), and are half of the objects
of a file: the tree is a third smaller without them.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # an object of pydyf, which has no types

# What may hold words itself (ISO 32000-1, 14.8.4.3 and 14.8.4.4).
_HOLDERS: Final = frozenset(
    (
        *("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Lbl", "/LBody", "/TH", "/TD", "/Caption"),
        *("/Span", "/Note", "/Reference", "/Link"),
    )
)
_SAYS_NOTHING: Final = frozenset(("Type", "S", "P", "Pg", "K"))


def flatten(tree: Tree, element: Element) -> None:
    """Give the marks of every Span under `element` that says nothing of itself to the element that it stands in."""
    for kid in list(tree.kids(element)):
        if kid["S"] == "/NonStruct" and element["S"] in _HOLDERS and _inline(tree, kid):
            kid["S"] = "/Span"  # stress, a term: WeasyPrint knows no element of PDF for them
        flatten(tree, kid)
    if element["S"] in _HOLDERS:
        element["K"][:] = [held for kid in element["K"] for held in _held(tree, element, kid)]


def _inline(tree: Tree, element: Element) -> bool:
    return all(kid["S"] in ("/Span", "/NonStruct") and _inline(tree, kid) for kid in tree.kids(element))


def _held(tree: Tree, element: Element, kid: Untyped) -> list[Untyped]:
    """Return what stands in the place of `kid`, an item of what `element` holds."""
    if not tree.holds(kid):
        return [kid]
    span = tree.at(kid)
    if span["S"] != "/Span" or not span.keys() <= _SAYS_NOTHING or not all(isinstance(m, int) for m in span["K"]):
        return [kid]
    owners = tree.owners(span["Pg"])
    for mark in span["K"]:
        owners[mark] = reference(element)
    if span["Pg"] == element["Pg"]:
        held = list(span["K"])
    else:  # of another page: a reference that names it (ISO 32000-1, table 324)
        held = [type(span)({"Type": "/MCR", "Pg": span["Pg"], "MCID": mark}) for mark in span["K"]]
    span.clear()
    return held
