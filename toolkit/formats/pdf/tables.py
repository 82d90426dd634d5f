"""Tables that run over a page break, made one table again in the structure tree.

WeasyPrint 70 tags each page's rows as a table of their own and the repeated header as new cells
(Kozea/WeasyPrint#2903). A reader would hear two tables, and the header in the middle of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from toolkit.formats.pdf.tree import Element, Tree, reference

Untyped: TypeAlias = Any  # an object of WeasyPrint or pydyf, which have no types


def join(tree: Tree, pages: Sequence[Untyped]) -> None:
    """Move the rows of every later piece of a table to its first piece, and drop the repeated header.

    What is dropped is no longer in the tree, and becomes an artifact with the running heads.
    """
    pieces: dict[int, list[Element]] = {}
    for page in pages:
        for box in page._page_box.descendants():
            if box.element_tag == "table" and (cell := _first_cell(box)) is not None:
                found = pieces.setdefault(id(box.element), [])
                table = _table_of(tree, cell.mark)
                if not any(table is other for other in found):
                    found.append(table)
    for first, *later in pieces.values():
        for piece in later:
            _append(tree, first, piece)


def _first_cell(box: Untyped) -> Untyped:
    return next((b for b in box.descendants() if getattr(b, "mark", None) is not None), None)


def _table_of(tree: Tree, element: Element) -> Element:
    while element["S"] != "/Table":
        element = tree.at(element["P"])
    return element


def _append(tree: Tree, first: Element, piece: Element) -> None:
    pairs = zip(_ids(tree, piece), _ids(tree, first), strict=False)
    renamed = {old.string: new for old, new in pairs if old is not None and new is not None}
    body = _last_body(tree, first)
    for group in tree.kids(piece):
        if group["S"] != "/TBody":
            continue
        for row in tree.kids(group):
            row["P"] = reference(body)
            body["K"].append(reference(row))
            for cell in tree.kids(row):
                headers = cell["A"].get("Headers", [])
                headers[:] = [renamed.get(header.string, header) for header in headers]
    parent = tree.at(piece["P"])
    parent["K"].remove(reference(piece))


def _last_body(tree: Tree, table: Element) -> Element:
    return [group for group in tree.kids(table) if group["S"] == "/TBody"][-1]


def _ids(tree: Tree, table: Element) -> Iterator[Untyped]:
    """Yield the names of the column headers of `table`, as pydyf strings, None for an empty one."""
    for group in tree.kids(table):
        if group["S"] == "/THead":
            for row in tree.kids(group):
                for header in tree.kids(row):
                    yield header.get("ID")
