"""Paragraphs and lists that run over a page break, made one again in the structure tree.

WeasyPrint 70 tags each page's piece as an element of its own (Kozea/WeasyPrint#2903): a reader would hear a paragraph
end in the middle of a sentence, and two lists where there is one. Sections stay parted, so that the footnotes of a page
are heard after what is printed on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from toolkit.formats.pdf.ancestry import Around
from toolkit.formats.pdf.tree import Element, Tree, reference

# What is made one, by its element on the page.
_JOINED: Final = MappingProxyType({"p": "/P", "ul": "/L", "ol": "/L", "li": "/LI", "blockquote": "/BlockQuote"})
_THROUGH: Final = frozenset(("/Part", "/Sect", "/Div", "/NonStruct"))  # what is not joined, and may hold what is


def join(tree: Tree, around: Sequence[Around]) -> None:
    """Give what each page begins with to the element that it goes on with, on the page before."""
    for number in reversed(range(1, len(around))):  # a page may end with what has been joined to it
        before, after = _path(tree, number - 1, last=True), _path(tree, number, last=False)
        if before and after:
            shared = _shared(_elements(before, around[number - 1], -1), _elements(after, around[number], 0))
            _at_seam(tree, before, after, shared)


def _path(tree: Tree, number: int, *, last: bool) -> list[Element]:
    """Return the last or first elements of the text of a page, from the outermost to one that holds a mark."""
    page = tree.pdf.page_references[number]
    parts = [part for part in tree.kids(tree.document) if part["S"] == "/Part" and part["Pg"] == page]
    path = parts[:1]
    while path and (kids := list(tree.kids(path[-1]))):
        path.append(kids[-1 if last else 0])
    return path


def _elements(path: list[Element], around: Around, at: int) -> tuple[object, ...]:
    marks = [kid for kid in path[-1]["K"] if isinstance(kid, int)]
    return around.get(marks[at], ()) if marks else ()


def _shared(before: tuple[object, ...], after: tuple[object, ...]) -> Counter[str]:
    """Return how many elements of each kind stand around both sides of a page break."""
    tags = (str(getattr(each, "tag", "")) for each in before if any(each is other for other in after))
    return Counter(_JOINED[tag] for tag in tags if tag in _JOINED)


def _at_seam(tree: Tree, before: list[Element], after: list[Element], shared: Counter[str]) -> None:
    for at, (one, other) in enumerate(zip(before, after, strict=False)):
        if one["S"] != other["S"]:
            return
        if shared[one["S"]]:
            _join(tree, before[at:], after[at:], shared)
            return
        if one["S"] not in _THROUGH:
            return


def _join(tree: Tree, before: list[Element], after: list[Element], shared: Counter[str]) -> None:
    """Join the first of `after` to the first of `before`, and first what stands in both of them."""
    one, other = before[0], after[0]
    shared[one["S"]] -= 1
    if one["S"] == "/LI":
        shared["/LBody"] += 1  # the body of an item that goes on
    if len(before) > 1 and len(after) > 1 and before[1]["S"] == after[1]["S"] and shared[before[1]["S"]]:
        _join(tree, before[1:], after[1:], shared)
    for kid in tree.kids(other):
        kid["P"] = reference(one)
    one["K"].extend(other["K"])
    tree.at(other["P"])["K"].remove(reference(other))
    other.clear()
