"""Rules to write on: a table row for each line.

A row grows with what is typed on it and its rule stays; typed underscores break, and LibreOffice loses
the inner rules of bordered paragraphs when it saves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.names import DXA_PER_MM, Style
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, keep_with_next, paragraph
from toolkit.formats.docx.tables import Cell, borders, cell, grid, row, rule, shared, table_properties

# More lines than this would fill a page if none could break: then only the first few stay together.
_UNBREAKABLE: Final = 16
_KEPT: Final = 4
# So many dates, and so many mm of them, stay on one page; of more the first two do and the last two.
_FEW: Final = 6
_LOW: Final = 100
# What stands above a text of two lines beside a rule, so that it does not touch the one above: as much as a text of
# one line leaves, within bounds (dxa). _LINE is that line, of 10.5 or 11 pt; _BELOW the margin that every cell has.
_LINE: Final = 280
_BELOW: Final = 50
_TIGHT, _AIRY = 110, 160
_SIZE: Final = 10.5  # pt


def ruled(
    draft: Draft, lines: Sequence[Cell], pitch: float, place: Place, spoken: str, *, width: int = 0, keep: bool = False
) -> _Element:
    """Return a borderless one-column table with a rule under each row, `pitch` mm apart.

    `lines` holds the paragraphs of each row, `spoken` is the table's alternative text, `width` (dxa) less
    than the place's is possible. `keep` makes the last row stay with what follows. The table has no
    style: Word's accessibility checker asks a styled table for a header row, and this one is layout.
    """
    for line in _chained(lines, keep=keep):
        for element in line:
            keep_with_next(element)
    width = min(width or place.width, place.width)
    edges = (borders("tblBorders", "bottom", "insideH"), w("tblCellMar", *_no_margins()))
    return w(
        "tbl",
        table_properties(draft, width, place, "", (spoken, ""), *edges),
        grid([width]),
        *(row([cell(width, line, w("vAlign", val="bottom"))], pitch) for line in lines),
    )


def ruled_before(
    draft: Draft, line: Cell, unit: Cell, size: tuple[int, int, float], place: Place, spoken: str
) -> _Element:
    """Return a short rule with words after it ("km"). `size` is both widths (dxa) and the height of the line (mm)."""
    width, rest, pitch = size
    low = w("vAlign", val="bottom")
    cells = [cell(width, line, borders("tcBorders", "bottom"), low), cell(rest, unit, w("vAlign", val="bottom"))]
    properties = table_properties(draft, width + rest, place, "", (spoken, ""), w("tblCellMar", *_no_margins()))
    return w("tbl", properties, grid([width, rest]), row(cells, pitch))


def _no_margins() -> tuple[_Element, _Element]:
    return w("left", w=0, type="dxa"), w("right", w=0, type="dxa")


def blank_line() -> Cell:
    """Return the inside of an empty line to write on."""
    return [paragraph(Style.ANSWER_LINE, ())]


def blank_table(
    draft: Draft,
    rows: Sequence[Sequence[Cell]],
    weights: Sequence[int],
    rules: tuple[int, float],
    place: Place,
    texts: tuple[str, str],
) -> _Element:
    """Return a table of dates with rules beside each.

    The first of `rows` is the header, the others hold a date each. `rules` says how many for a date and
    how many mm apart, `texts` is the table's caption and description. The rows of one date stay together.
    No cell is merged, as a screen reader counts columns.
    """
    widths = shared(place.width, weights)
    none = w("tblBorders", w("bottom", val="nil"), w("insideH", val="nil"))
    head = (cell(width, content, w("tcBorders", _head_rule())) for width, content in zip(widths, rows[0], strict=True))
    dates = [list(_blank_rows(draft, date, rules, widths)) for (date,) in rows[1:]]
    short = len(dates) <= _FEW and rules[0] * rules[1] * len(dates) <= _LOW
    for rows_of_date in dates[:-1] if short else (*dates[:1], *dates[-2:-1]):
        keep_with_next(rows_of_date[-1])  # no date stands alone
    return w(
        "tbl",
        table_properties(draft, sum(widths), place, Style.TABLE, texts, none),
        grid(widths),
        row(list(head), header=True),
        *(one for rows_of_date in dates for one in rows_of_date),
    )


def air(draft: Draft, pitch: float) -> _Element:
    """Return `w:tcMar`: what stands above the text of a cell beside a rule, of which rows are `pitch` mm high."""
    larger = draft.printout.manner.sized(_SIZE) / _SIZE
    left = pitch * DXA_PER_MM - _LINE * larger - _BELOW
    return w("tcMar", w("top", w=round(min(max(left, _TIGHT), _AIRY * larger)), type="dxa"))


def _blank_rows(draft: Draft, date: Cell, rules: tuple[int, float], widths: Sequence[int]) -> Iterator[_Element]:
    count, pitch = max(rules[0], 1), rules[1]
    for number in range(count):
        left = date if number == 0 else [paragraph(Style.DATE, ())]
        right = blank_line()
        if number < count - 1:
            for element in (*left, *right):
                keep_with_next(element)
        bottom = w("tcBorders", rule("bottom"))
        above = [air(draft, pitch)] if number == 0 else []
        date_cell = cell(widths[0], left, *above, w("vAlign", val="bottom"))
        yield row([date_cell, cell(widths[1], right, bottom, w("vAlign", val="bottom"))], pitch)


def _head_rule() -> _Element:
    """Return the rule under a header, which the table's style draws where rows have rules of their own."""
    return w("bottom", val="single", sz=8, space=0, color="1C1B1A")


def _chained(lines: Sequence[Cell], *, keep: bool) -> Sequence[Cell]:
    """Return the lines that stay with the next one: all but the last, or the first few of very many."""
    if len(lines) > _UNBREAKABLE:
        return lines[:_KEPT]
    return lines if keep else lines[:-1]
