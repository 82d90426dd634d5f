"""Rules of tables: rows of cells, as many in each, and headers that say what they head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Element, TaggedFile, resolved

_GROUPS: Final = frozenset(("THead", "TBody", "TFoot"))
_CELLS: Final = frozenset(("TH", "TD"))
_INSIDE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"Table": _GROUPS | {"TR", "Caption"}, **dict.fromkeys(_GROUPS, frozenset(("TR",))), "TR": _CELLS}
)
_OUTSIDE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(_GROUPS, frozenset(("Table",))),
        "TR": _GROUPS | {"Table"},
        **dict.fromkeys(_CELLS, frozenset(("TR",))),
    }
)
_SCOPES: Final = frozenset(("/Row", "/Column", "/Both"))


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the tables."""
    for element in file.elements:
        inside = _INSIDE.get(element.kind)
        if inside and ({kid.kind for kid in element.elements} - inside or len(element.elements) != len(element.kids)):
            yield Failure("table-parts", "a table holds what is no row or cell", file.page_of(element), element)
        outside = _OUTSIDE.get(element.kind)
        if outside and (element.parent is None or element.parent.kind not in outside):
            yield Failure("table-rows", "a row or cell stands in no table", file.page_of(element), element)
    for table in file.of("Table"):
        yield from _regular(file, table)
        yield from _headed(file, table)


def _regular(file: TaggedFile, table: Element) -> Iterator[Failure]:
    """Yield a failure where the rows of `table` are not all of the same width."""
    rows = [element for element in table.walk() if element.kind == "TR"]
    widths = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row.elements:
            for below in range(min(_span(cell, "RowSpan"), len(rows) - at)):
                widths[at + below] += _span(cell, "ColSpan")
    if len(set(widths)) > 1:
        yield Failure("table-regular", "the rows of a table have not all as many cells", file.page_of(table), table)


def _span(cell: Element, key: str) -> int:
    value = cell.attribute(key)
    return max(1, int(value)) if value is not None else 1


def _headed(file: TaggedFile, table: Element) -> Iterator[Failure]:
    headers = [cell for cell in table.walk() if cell.kind == "TH"]
    names = {cell.said("ID") for cell in headers if "/ID" in cell.raw}
    for cell in headers:
        if str(cell.attribute("Scope")) not in _SCOPES:
            words = file.words(cell).strip()
            message = f"the header “{words[:40]}” of a table does not say whether it heads a row or a column"
            yield Failure("header-scope", message, file.page_of(table), cell)
    for cell in table.walk():
        asked = resolved(cell.attribute("Headers")) or []
        if any(str(resolved(name)) not in names for name in asked):
            message = "a cell names a header that its table does not have"
            yield Failure("cell-headers", message, file.page_of(cell), cell)
