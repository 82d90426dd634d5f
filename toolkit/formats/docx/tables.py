"""Tables that hold facts: a header row that repeats on every page, rows that do not break, no merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import inlines
from toolkit.formats.docx.names import Style
from toolkit.formats.docx.oxml import legal, toggle, w
from toolkit.formats.docx.paragraphs import Place, paragraph
from toolkit.model.text import Inlines, Table, plain

Cell: TypeAlias = list[_Element]  # the paragraphs of a cell

# A column is at least as wide as a short word, and no column makes the others starve (characters).
_NARROWEST: Final = 6
_WIDEST: Final = 40
_OPPOSITE: Final = MappingProxyType({"left": "right", "right": "left", "center": "center", "": ""})


def data_table(draft: Draft, table: Table, place: Place, address: str) -> Iterator[_Element]:
    """Yield the caption above and the table; widths follow the text in the columns."""
    if table.caption:
        caption = draft.bookmarked(f"{address}/caption" if address else "", inlines(draft, table.caption))
        yield paragraph(Style.CAPTION, caption, keep=True, indent=(place.indent, 0) if place.indent else None)
    every = (table.header, *table.rows)
    rows = [_inline_row(draft, table, cells, address, number) for number, cells in enumerate(every)]
    label = plain(table.caption) or " · ".join(filter(None, (plain(cell) for cell in table.header)))
    yield fact_table(draft, rows, _weights(tuple(zip(*every, strict=True))), place, label)


def _inline_row(draft: Draft, table: Table, cells: tuple[Inlines, ...], address: str, number: int) -> list[Cell]:
    """Return the cells of row `number`, of which 0 is the header; the first cell carries the row's bookmark."""
    style = Style.TABLE_TEXT if number else Style.TABLE_HEAD
    row: list[Cell] = []
    for column, content in enumerate(cells):
        elements = inlines(draft, content)
        if column == 0 and address:
            elements = draft.bookmarked(f"{address}/{number}", elements)
        row.append([paragraph(style, elements, align=_align(draft, table, column))])
    return row


def _align(draft: Draft, table: Table, column: int) -> str:
    """Return the alignment of a column; in a paragraph that runs from the right, Word's `left` is its start."""
    align = table.align[column] if column < len(table.align) else ""
    return _OPPOSITE[align] if draft.rtl else align


def fact_table(
    draft: Draft, rows: Sequence[list[Cell]], weights: Sequence[int], place: Place, caption: str, description: str = ""
) -> _Element:
    """Return a table whose first row is its header. `weights` share out the width of the place."""
    widths = shared(place.width, weights)
    properties = table_properties(
        draft, sum(widths), place, style=Style.TABLE, caption=caption, description=description
    )
    body = (
        w(
            "tr",
            w("trPr", w("cantSplit"), toggle("tblHeader", number == 0)),
            *(cell(width, content) for width, content in zip(widths, cells, strict=True)),
        )
        for number, cells in enumerate(rows)
    )
    return w("tbl", properties, grid(widths), *body)


def table_properties(
    draft: Draft,
    width: int,
    place: Place,
    *properties: _Element,
    style: str = "",
    caption: str = "",
    description: str = "",
) -> _Element:
    """Return `w:tblPr` in the order of CT_TblPr. `properties` are direct borders and cell margins.

    `caption` and `description` are the table's alternative text; Word shows them under Alt Text.
    """
    first = 1 if style else 0
    look = {"lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 0, "noVBand": 1}
    borders = [one for one in properties if one.tag.endswith("Borders")]
    margins = [one for one in properties if not one.tag.endswith("Borders")]
    return w(
        "tblPr",
        w("tblStyle", val=style) if style else None,
        toggle("bidiVisual", draft.rtl),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=place.indent, type="dxa"),
        *borders,
        w("tblLayout", type="fixed"),
        *margins,
        w("tblLook", val="0420" if style else "0400", firstRow=first, **look),
        w("tblCaption", val=legal(caption)) if caption else None,
        w("tblDescription", val=legal(description)) if description else None,
    )


def grid(widths: Sequence[int]) -> _Element:
    """Return `w:tblGrid` for columns of `widths` (dxa)."""
    return w("tblGrid", *(w("gridCol", w=width) for width in widths))


def cell(width: int, content: Cell, *properties: _Element) -> _Element:
    """Return `w:tc` of `width` (dxa) with `properties` after the width."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), *content)


def shared(width: int, weights: Sequence[int]) -> list[int]:
    """Return `width` shared out by `weights`, nothing lost to rounding."""
    total = sum(weights)
    edges = [round(width * sum(weights[:count]) / total) for count in range(len(weights) + 1)]
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _weights(columns: Sequence[tuple[Inlines, ...]]) -> list[int]:
    """Return a weight for each column: its longest text, within bounds, and at least its longest word."""
    weights = []
    for column in columns:
        texts = [plain(content) for content in column]
        longest_word = max((len(word) for text in texts for word in text.split()), default=1)
        longest = max((len(text) for text in texts), default=1)
        weights.append(max(_NARROWEST, longest_word, min(longest, _WIDEST)))
    return weights
