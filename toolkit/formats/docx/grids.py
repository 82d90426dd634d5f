"""Responses that are tables of their own: matching, ordering, and a table to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import HEAVY, Look, inlines, runs
from toolkit.formats.docx.items import Seat, counted
from toolkit.formats.docx.names import DXA_PER_MM, Level, Mark, Style
from toolkit.formats.docx.numbering import Number
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import keep_with_next, paragraph
from toolkit.formats.docx.tables import Cell, borders, cell, grid, margins, row, shared, table_properties, weights
from toolkit.model.response import Cells, Match, Option, Order
from toolkit.model.text import Inlines, Text, plain

# Room for a handwritten letter or number (mm), and how far one line of them is from the next.
_BLANK: Final = 12
_BOX: Final = 9
_PITCH: Final = 8
# Bounds of the length of a text where two columns share the width (characters).
_SHORT: Final = 24
_LONG: Final = 60
# An empty cell takes as much room as so many characters.
_HAND: Final = (Text("x" * 24),)
# The height of what is never parted (mm): a page has more, with room for the question.
_PAGE: Final = 170


def match(draft: Draft, shown: Match, seat: Seat) -> _Element:
    """Return a table without lines: blanks, items, lettered options; the blanks hold the letters of the key."""
    place = seat.place
    blank = round(_BLANK * DXA_PER_MM)
    widths = [blank, *shared(place.width - blank, [_weight(shown.items), _weight(shown.options) + 6])]
    number = draft.numbering.options(tuple(option.label for option in shown.options), Level.MATCH)
    rows = []
    for position, (item, option) in enumerate(zip_longest(shown.items, shown.options)):
        letter = shown.key[position] if shown.key and position < len(shown.key) else ""
        left = _blank(draft, letter, seat.at("answer", position + 1))
        line = [borders("tcBorders", "bottom")] if item else []
        words = [
            cell(widths[0], left, *line, _low()),
            cell(widths[1], _item(draft, item), _low()),
            cell(widths[2], _lettered(draft, option, number), _low()),
        ]
        rows.append(row(words, _PITCH))
    together(rows, _PITCH * len(rows))
    properties = table_properties(draft, sum(widths), place, "", (shown.spoken, ""), margins(0))
    return w("tbl", properties, grid(widths), *rows)


def order(draft: Draft, shown: Order, seat: Seat) -> _Element:
    """Return a table without lines but for a box before each item, with the number of the key in it."""
    place = seat.place
    box = round(_BOX * DXA_PER_MM)
    widths = [box, place.width - box]
    rows = []
    for position, item in enumerate(shown.items):
        number = str(shown.key[position]) if shown.key and position < len(shown.key) else ""
        inside = _blank(draft, number, seat.at("answer", position + 1))
        frame = borders("tcBorders", "top", "left", "bottom", "right")
        middle = w("vAlign", val="center")
        words = [cell(box, inside, frame, middle), cell(widths[1], _item(draft, item), w("vAlign", val="center"))]
        rows.append(row(words, _PITCH))
    together(rows, _PITCH * len(rows))
    properties = table_properties(draft, sum(widths), place, "", (shown.spoken, ""), margins(0))
    return w("tbl", properties, grid(widths), *rows)


def cells(draft: Draft, shown: Cells, seat: Seat) -> _Element:
    """Return a table with its header row, empty cells to write in, and what belongs in them for the teacher."""
    place = seat.place
    columns = list(zip(shown.header, *(tuple(one or _HAND for one in line) for line in shown.rows), strict=True))
    widths = shared(place.width, weights(columns))
    head = [
        cell(width, [paragraph(Style.TABLE_HEAD, draft.bookmarked(seat.at("header", at), inlines(draft, one, HEAVY)))])
        for at, (width, one) in enumerate(zip(widths, shown.header, strict=True), start=1)
    ]
    rows = [row(head, header=True)]
    for number, line in enumerate(shown.rows, start=1):
        key = shown.key[number - 1] if shown.key else (None,) * len(line)
        inside = [
            cell(width, _filled(draft, one, answer, seat.at("rows", number, at)))
            for at, (width, one, answer) in enumerate(zip(widths, line, key, strict=True), start=1)
        ]
        rows.append(row(inside, shown.height if None in line else 0))
    together(rows, sum(shown.height for line in shown.rows if None in line))
    return facts(draft, widths, rows, seat, (_label(shown.header), f"{shown.description} {shown.spoken}".strip()))


def facts(draft: Draft, widths: Sequence[int], rows: list[_Element], seat: Seat, texts: tuple[str, str]) -> _Element:
    """Return a table with lines round every cell; `rows` begin with the header, `texts` are caption and description."""
    lines = borders("tblBorders", "top", "left", "bottom", "right", "insideH", "insideV")
    properties = table_properties(draft, sum(widths), seat.place, Style.TABLE, texts, lines, margins(90, 40))
    return w("tbl", properties, grid(widths), *rows)


def together(rows: Sequence[_Element], height: float) -> None:
    """Keep `rows` on one page; of those that are higher (mm) than is good for that, keep the first two."""
    for one in rows[:-1] if height <= _PAGE else rows[:1]:
        keep_with_next(one)


def _filled(draft: Draft, given: Inlines | None, answer: Inlines | None, address: str) -> Cell:
    """Return the inside of a cell; in one to fill in the style says what is the key's."""
    if given is not None:
        return [paragraph(Style.TABLE_TEXT, draft.bookmarked(address, inlines(draft, given)))]
    style = Style.TABLE_ANSWER if answer else Style.TABLE_TEXT
    return [paragraph(style, draft.bookmarked(address, inlines(draft, answer or (), HEAVY)))]


def _blank(draft: Draft, key: str, address: str) -> Cell:
    inside = draft.bookmarked(address, runs(draft, key, Look(Mark.RIGHT))) if key else []
    return [paragraph(Style.BOX, inside)]


def _item(draft: Draft, item: Option | None) -> Cell:
    content = draft.bookmarked(item.address, inlines(draft, item.content)) if item else []
    return [paragraph(Style.ITEM, content)]


def _lettered(draft: Draft, option: Option | None, number: Number) -> Cell:
    if option is None:
        return [paragraph(Style.ITEM, ())]
    content = draft.bookmarked(option.address, inlines(draft, option.content))
    own = Number(typed=option.label) if number.typed else number
    return [counted(draft, own, Level.MATCH, content, Mark.DETAIL)]


def _weight(options: Sequence[Option]) -> int:
    longest = max((len(plain(option.content)) for option in options), default=0)
    return min(max(longest, _SHORT), _LONG)


def _label(header: Sequence[Inlines]) -> str:
    return " · ".join(filter(None, (plain(one) for one in header)))


def _low() -> _Element:
    return w("vAlign", val="bottom")
