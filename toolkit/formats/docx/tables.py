"""Tables that hold facts: a header row that repeats on every page, rows that do not break, no merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import HEAVY, PLAIN, Look, inlines
from toolkit.formats.docx.names import DXA_PER_MM, Mark, Style
from toolkit.formats.docx.oxml import in_order, legal, qn, toggle, w
from toolkit.formats.docx.paragraphs import Place, indented, keep_with_next, paragraph
from toolkit.model.text import Inlines, Table, plain

Cell: TypeAlias = list[_Element]  # the paragraphs of a cell

# A column is at least as wide as a short word, and no column makes the others starve (characters).
_NARROWEST: Final = 6
_WIDEST: Final = 40
_BOLDER: Final = 1.6
# A bold letter of a header is so much wider than the one that a weight counts, with the cell's margins.
_BOLD: Final = 1.3
# So many rows, with the header, and so many characters are a short table.
_FEW: Final = 8
_LITTLE: Final = 1200
# The size of text in cells (pt), the width of a bold letter of it and of the cell's margins (dxa).
_SIZE: Final = 10.5
_LETTER: Final = 120
_PADDING: Final = 200
# The height of a row to write a number in (mm).
_HAND: Final = 8
# The order of CT_TblPr (ISO/IEC 29500-1, A.1), as far as it is used.
_ORDER: Final = (
    "tblStyle",
    "bidiVisual",
    "tblW",
    "tblInd",
    "tblBorders",
    "tblLayout",
    "tblCellMar",
    "tblLook",
    "tblCaption",
    "tblDescription",
)
_OPPOSITE: Final = MappingProxyType({"left": "right", "right": "left", "center": "center", "": ""})


def data_table(draft: Draft, table: Table, place: Place, address: str) -> Iterator[_Element]:
    """Yield the caption above and the table; widths follow the text in the columns."""
    if table.caption:
        look = Look(Mark.STRONG) if table.role else PLAIN  # the caption of a table of ours is its heading
        caption = draft.bookmarked(f"{address}/caption" if address else "", inlines(draft, table.caption, look))
        yield paragraph(Style.CAPTION, caption, indented(place.indent), keep=True)
    every = (table.header, *table.rows)
    rows = [_inline_row(draft, table, cells, address, number) for number, cells in enumerate(every)]
    label = plain(table.caption) or " · ".join(filter(None, (plain(cell) for cell in table.header)))
    shares = _holding(draft, tuple(zip(*every, strict=True)), place)
    yield (ruled_table if table.role else fact_table)(draft, rows, shares, place, (label, ""))


def _holding(draft: Draft, columns: tuple[tuple[Inlines, ...], ...], place: Place) -> list[int]:
    """Return the weight of each column; where large print breaks the longest word of one, that has more."""
    found = weights(columns)
    letter = draft.printout.manner.sized(_SIZE) / _SIZE * _LETTER
    words = [max((len(word) for text in one for word in plain(text).split()), default=1) for one in columns]
    needs = [word * letter + _PADDING for word in words]
    widths = shared(place.width, found)
    if sum(needs) > place.width or all(width >= need for width, need in zip(widths, needs, strict=True)):
        return found
    rest = shared(round(place.width - sum(needs)), found)
    return [round(need) + more for need, more in zip(needs, rest, strict=True)]


def _inline_row(draft: Draft, table: Table, cells: tuple[Inlines, ...], address: str, number: int) -> list[Cell]:
    """Return the cells of row `number`, of which 0 is the header; the first cell carries the row's bookmark."""
    style = Style.TABLE_TEXT if number else Style.TABLE_HEAD
    row: list[Cell] = []
    for column, content in enumerate(cells):
        elements = inlines(draft, content, PLAIN if number else HEAVY)
        if column == 0 and address:
            elements = draft.bookmarked(f"{address}/{number}", elements)
        row.append([paragraph(style, elements, _align(draft, table, column))])
    return row


def _align(draft: Draft, table: Table, column: int) -> _Element | None:
    """Return `w:jc` for a column; in a paragraph that runs from the right, Word's `left` is its start."""
    align = table.align[column] if column < len(table.align) else ""
    if not align:
        return None
    return w("jc", val=_OPPOSITE[align] if draft.rtl else align)


def fact_table(
    draft: Draft, rows: Sequence[list[Cell]], weights: Sequence[int], place: Place, texts: tuple[str, str]
) -> _Element:
    """Return a table whose first row is its header.

    `weights` share out the width of the place; `texts` are the table's caption and description.
    """
    widths = shared(place.width, weights)
    properties = table_properties(draft, sum(widths), place, Style.TABLE, texts)
    _no_row_alone(rows)
    body = (
        w(
            "tr",
            w("trPr", w("cantSplit"), toggle("tblHeader", number == 0)),
            *(cell(width, content) for width, content in zip(widths, cells, strict=True)),
        )
        for number, cells in enumerate(rows)
    )
    return w("tbl", properties, grid(widths), *body)


def _no_row_alone(rows: Sequence[list[Cell]]) -> None:
    """Keep the few rows of a short table on one page; of a longer one the header with two rows, and the last two."""
    paragraphs = [one for cells in rows for content in cells for one in content]
    characters = sum(len(words.text or "") for one in paragraphs for words in one.iter(qn("w:t")))
    short = len(rows) <= _FEW and characters <= _LITTLE
    _kept(rows[:-1] if short else [*rows[:2], *rows[-2:-1]])


def _kept(rows: Iterable[list[Cell]]) -> None:
    for element in (element for cells in rows for content in cells for element in content):
        keep_with_next(element)


def ruled_table(
    draft: Draft, rows: Sequence[list[Cell]], weights: Sequence[int], place: Place, texts: tuple[str, str]
) -> _Element:
    """Return a table like `fact_table` with lines round every cell; a row of empty cells is high enough to write in.

    What is to be written in stays on one page.
    """
    first, *others = weights  # bold in every row, and so wider than its letters say
    widths = shared(place.width, [round(first * _BOLDER), *others])
    lines = borders("tblBorders", "top", "left", "bottom", "right", "insideH", "insideV")
    properties = table_properties(draft, sum(widths), place, Style.TABLE, texts, lines, margins(90, 40))
    empty = [not any(True for content in cells[1:] for one in content for _ in one.iter(qn("w:t"))) for cells in rows]
    if any(empty):
        _kept(rows[:-1])
    else:
        _no_row_alone(rows)
    body = (
        row(
            [cell(width, content, w("vAlign", val="center")) for width, content in zip(widths, cells, strict=True)],
            _HAND if blank else 0,
            header=number == 0,
        )
        for number, (cells, blank) in enumerate(zip(rows, empty, strict=True))
    )
    return w("tbl", properties, grid(widths), *body)


def table_properties(
    draft: Draft, width: int, place: Place, style: str, texts: tuple[str, str], *properties: _Element
) -> _Element:
    """Return `w:tblPr`. `properties` are borders and margins beyond those of `style` ("" for no style).

    `texts` are caption and description, the table's alternative text; Word shows them under Alt Text.
    """
    first = 1 if style else 0
    caption, description = texts
    look = {"lastRow": 0, "firstColumn": first, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    given = [
        w("tblStyle", val=style) if style else None,
        toggle("bidiVisual", draft.rtl),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=place.indent, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="06A0" if style else "0600", firstRow=first, **look),
        w("tblCaption", val=legal(caption)) if caption else None,
        w("tblDescription", val=legal(description)) if description else None,
    ]
    return w("tblPr", *in_order([*given, *properties], _ORDER))


def grid(widths: Sequence[int]) -> _Element:
    """Return `w:tblGrid` for columns of `widths` (dxa)."""
    return w("tblGrid", *(w("gridCol", w=width) for width in widths))


def cell(width: int, content: Cell, *properties: _Element) -> _Element:
    """Return `w:tc` of `width` (dxa) with `properties` after the width."""
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), *content)


def row(cells: Sequence[_Element], height: float = 0, *, header: bool = False, exact: bool = False) -> _Element:
    """Return `w:tr` of `cells` that does not break over pages; `height` in mm, at least or exact, 0 as its text is."""
    rule = "exact" if exact else "atLeast"
    return w(
        "tr",
        w(
            "trPr",
            w("cantSplit"),
            w("trHeight", val=round(height * DXA_PER_MM), hRule=rule) if height else None,
            toggle("tblHeader", header),
        ),
        *cells,
    )


def borders(tag: str, *sides: str) -> _Element:
    """Return `w:tcBorders` or `w:tblBorders` with a line to write on or in at `sides`, in the schema's order."""
    return w(tag, *(rule(side) for side in sides))


def rule(side: str) -> _Element:
    """Return a rule to write on: 0.75 pt, and dark enough for a photocopier."""
    return w(side, val="single", sz=6, space=0, color="757068")


def margins(across: int, above: int = 0) -> _Element:
    """Return `w:tblCellMar`: how far text stands from the sides and from the top and bottom of a cell (dxa)."""
    sides = (("top", above), ("left", across), ("bottom", above), ("right", across))
    return w("tblCellMar", *(w(side, w=length, type="dxa") for side, length in sides))


def shared(width: int, weights: Sequence[int]) -> list[int]:
    """Return `width` shared out by `weights`, nothing lost to rounding."""
    total = sum(weights)
    edges = [round(width * sum(weights[:count]) / total) for count in range(len(weights) + 1)]
    return [right - left for left, right in pairwise(edges)]


def weights(columns: Sequence[tuple[Inlines, ...]]) -> list[int]:
    """Return a weight for each column: its longest text, within bounds, and at least its longest word.

    The first text of each is its header, which is bold.
    """
    found = []
    for column in columns:
        texts = [plain(content) for content in column]
        longest_word = max((len(word) for text in texts for word in text.split()), default=1)
        heading = max((len(word) for text in texts[:1] for word in text.split()), default=1)
        longest = max((len(text) for text in texts), default=1)
        found.append(max(_NARROWEST, longest_word, round(heading * _BOLD), min(longest, _WIDEST)))
    return found
