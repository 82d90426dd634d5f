"""Footnotes in the structure tree: a Note with a name of its own, and a Reference where its mark stands.

ISO 14289-1 (PDF/UA-1), 7.9: what is a footnote is tagged Note, and every Note has an ID that no other has.
WeasyPrint tags both by the HTML elements they are, as spans. Which marks are a note's is seen only while the page is
painted: afterwards nothing tells a note from the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # an object of WeasyPrint or pydyf, which have no types
Marks: TypeAlias = Mapping[int, str]  # a mark of a page -> the footnote or call that it belongs to

_CALL: Final = "call"  # the class of a mark in the text (templates/handout/blocks.html)


def owners(page: Untyped) -> dict[Untyped, str]:
    """Return the boxes of a laid-out page that are part of a footnote or of a call, each with the name of that."""
    found: dict[Untyped, str] = {}
    for box in _under(page._page_box):
        if type(box).__name__ == "FootnoteAreaBox":
            for number, note in enumerate(box.children):
                found.update(dict.fromkeys(_under(note), f"note-{number + 1}"))
        elif getattr(box, "element", None) is not None and box.element.get("class") == _CALL:
            found.update(dict.fromkeys(_under(box), f"{_CALL}-{len(found)}"))
    return found


def _under(box: Untyped) -> Iterator[Untyped]:
    box = getattr(box, "_box", box)  # what is placed absolutely hides in a placeholder
    yield box
    for child in getattr(box, "children", ()):
        yield from _under(child)


def tag(tree: Tree, pages: Sequence[Marks]) -> None:
    """Give footnotes and their calls their tags; `pages` are the marks of each page that belong to one."""
    named: list[tuple[str, bytes]] = []
    for number, marks in enumerate(pages):
        groups: dict[str, set[int]] = defaultdict(set)
        for mark, owner in marks.items():
            groups[owner].add(mark)
        entries = tree.parents[tree.parents.index(number) + 1]
        for owner, group in groups.items():
            element = _whole(tree, entries, group)
            if element is None:
                continue
            if owner.startswith(_CALL):
                element["S"] = "/Reference"
                continue
            name = f"page-{number + 1}-{owner}"
            element["S"], element["ID"] = "/Note", tree.string(name)
            named.append((name, reference(element)))
    if named:
        _add_names(tree, named)


def _whole(tree: Tree, entries: Sequence[Any], group: set[int]) -> Element | None:
    """Return the highest element that holds marks of `group` and no others."""
    first = entries[min(group)]
    if first == "null":
        return None
    element: Element = tree.at(first)
    while (above := tree.at(element["P"])) is not tree.document and _marks(tree, above) <= group:
        element = above
    return element


def _marks(tree: Tree, element: Element) -> set[int]:
    """Return the marks on the page of `element` that stand under it; another page's would be of other elements."""
    return {kid for inner in tree.walk(element) for kid in inner["K"] if isinstance(kid, int)}


def _add_names(tree: Tree, named: list[tuple[str, bytes]]) -> None:
    """Write the tree of names, which must stand where elements have IDs (ISO 32000-1, table 322)."""
    model, array = type(tree.document), type(tree.document["K"])
    named.sort()
    limits = array([tree.string(named[0][0]), tree.string(named[-1][0])])
    leaf = model({"Limits": limits, "Names": array([item for name, at in named for item in (tree.string(name), at)])})
    tree.pdf.add_object(leaf)
    root = model({"Kids": array([reference(leaf)])})
    tree.pdf.add_object(root)
    tree.at(tree.pdf.catalog["StructTreeRoot"])["IDTree"] = reference(root)
