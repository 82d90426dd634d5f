"""Responses in Word: room to write, options, gaps; for the teacher with the answer in its place.

What stands in a blank is the answer, so that it is known without colour; a right option has a check sign.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.blocks import blocks
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.frames import area, banked, framed, organizer
from toolkit.formats.docx.grids import cells, match, order
from toolkit.formats.docx.inline import PLAIN, Look, inlines, runs
from toolkit.formats.docx.items import Seat, counted
from toolkit.formats.docx.names import DXA_PER_MM, TEXT_WIDTH, Mark, Style
from toolkit.formats.docx.numbering import Number
from toolkit.formats.docx.oxml import text, w
from toolkit.formats.docx.paragraphs import Place, indented, let_go, moved, paragraph, style_of, tab_stops
from toolkit.formats.docx.ruling import blank_line, ruled, ruled_before
from toolkit.model.response import (
    Area,
    Cells,
    Choice,
    Entry,
    Gaps,
    Match,
    Option,
    Order,
    Organizer,
    Response,
    Writing,
)
from toolkit.model.text import Table, plain

# Word cannot fill a page with lines: what goes on to the foot of the page elsewhere has at least these here.
_FILL: Final = 8
_CHECK: Final = "✓"
_CIRCLE: Final = "○"
_NO_BREAK_SPACE: Final = "\u00a0"
_EN_SPACE: Final = "\u2002"
# The width of a letter and of a mark with the room after it, in an option that stands in a row (dxa).
_LETTER: Final = 150
_MARK: Final = 700


def response(draft: Draft, shown: Response, seat: Seat) -> Iterator[_Element]:  # noqa: C901 -- one case for each response
    """Yield the room to answer in, at `seat`; with a key the answers are in it."""
    match shown:
        case Writing():
            yield from _writing(draft, shown, seat.place)
        case Area():
            yield from area(draft, shown, seat)
        case Entry():
            yield _entry(draft, shown, seat)
        case Choice(inline=True):
            yield from _row(draft, shown, seat)
        case Choice():
            yield from _choice(draft, shown, seat)
        case Match():
            yield match(draft, shown, seat)
        case Order():
            yield order(draft, shown, seat)
        case Gaps():
            yield from _gaps(draft, shown, seat)
        case Cells():
            yield cells(draft, shown, seat)
        case Organizer():
            yield from organizer(draft, shown, seat)
        case _:
            assert_never(shown)


def _writing(draft: Draft, shown: Writing, place: Place) -> Iterator[_Element]:
    count = max(shown.lines, _FILL) if shown.fill else shown.lines
    if count > 0:
        yield ruled(draft, [blank_line() for _ in range(count)], shown.pitch, place, shown.spoken)


def _entry(draft: Draft, shown: Entry, seat: Seat) -> _Element:
    """Return one short rule with the unit after it, for the teacher with the answer on it."""
    key = draft.bookmarked(seat.at("answer"), inlines(draft, shown.key, Look(Mark.RIGHT))) if shown.key else []
    line = [paragraph(Style.ANSWER_LINE, key)]
    width = round(shown.width * DXA_PER_MM)
    if not shown.unit:
        return ruled(draft, [line], shown.pitch, seat.place, shown.spoken, width=width)
    after = min(len(plain(shown.unit)) * _LETTER + 2 * _LETTER, seat.place.width // 2)
    unit = [*runs(draft, _NO_BREAK_SPACE), *draft.bookmarked(seat.at("unit"), inlines(draft, shown.unit))]
    size = (min(width, seat.place.width - after), after, shown.pitch)
    return ruled_before(draft, line, [paragraph(Style.ANSWER_LINE, unit)], size, seat.place, shown.spoken)


# -- options -----------------------------------------------------------------------------------------


def _choice(draft: Draft, shown: Choice, seat: Seat) -> Iterator[_Element]:
    level = seat.options(many=shown.many)
    number = draft.numbering.options(tuple(option.label for option in shown.options), level)
    for position, option in enumerate(shown.options):
        right = shown.key is not None and position in shown.key
        last = position == len(shown.options) - 1
        own = Number(typed=option.label) if number.typed else number
        content = _option(draft, option, right=right)
        yield counted(draft, own, level, content, Mark.DETAIL, keep=not last or shown.correction is not None)
    if shown.correction:
        yield from _writing(draft, shown.correction, seat.place)


def _option(draft: Draft, option: Option, *, right: bool) -> list[_Element]:
    """Return an option; a right one is bold and coloured and has a check sign, so that no colour is needed."""
    content = draft.bookmarked(option.address, inlines(draft, option.content, Look(Mark.RIGHT) if right else PLAIN))
    if right:
        content += runs(draft, f"{_NO_BREAK_SPACE}{_CHECK}", Look(Mark.RIGHT_MARK))
    return content


def _row(draft: Draft, shown: Choice, seat: Seat) -> Iterator[_Element]:
    """Yield options that stand in one line; those too long for it stand in a list."""
    step = max((len(plain(option.content)) + len(option.label) for option in shown.options), default=0) * _LETTER
    step += _MARK
    if seat.indent + step * len(shown.options) > TEXT_WIDTH:
        yield from _choice(draft, shown, seat)
        return
    content: list[_Element] = []
    for position, option in enumerate(shown.options):
        right = shown.key is not None and position in shown.key
        content += [w("r", w("tab"))] if position else []
        content += [_sign(), *_lettered(draft, option), *_option(draft, option, right=right)]
    stops = tab_stops([("left", seat.indent + step * place, "") for place in range(1, len(shown.options))])
    correction = list(_writing(draft, shown.correction, seat.place)) if shown.correction else []
    inside = indented(seat.indent) if seat.part else None
    yield paragraph(Style.OPTION_ROW, content, stops, inside, keep=bool(correction))
    yield from correction


def _sign() -> _Element:
    """Return the circle to mark, from the font that the numberings take it from."""
    fonts = w("rFonts", hint="eastAsia", eastAsia="MS Gothic")
    return w("r", w("rPr", w("rStyle", val=Mark.DETAIL), fonts), text(_CIRCLE + _NO_BREAK_SPACE))


def _lettered(draft: Draft, option: Option) -> list[_Element]:
    return runs(draft, f"{option.label}.{_NO_BREAK_SPACE}", Look(Mark.DETAIL)) if option.label else []


# -- gaps --------------------------------------------------------------------------------------------


def _gaps(draft: Draft, shown: Gaps, seat: Seat) -> Iterator[_Element]:
    """Yield the words to choose from, and the text with its gaps, which has room between the lines to write."""
    bank = _bank(draft, shown, seat)
    one = bool(bank) and not any(isinstance(block, Table) for block in shown.content)  # no table stands in another
    place = Place(style=Style.CLOZE, indent=0 if one else seat.indent, keep=not one)
    with draft.filling(shown.key, seat.at("answer")):
        content = list(blocks(draft, shown.content, place, seat.at("text")))
    if one:
        for element in content:
            moved(element, 0)
            let_go(element)
        yield banked(draft, bank, [*content, *_ended(content)], seat, shown.bank_label)
        return
    if bank:
        yield framed(draft, bank, 0, seat, shown.bank_label)
    for element in content:
        moved(element, seat.indent)
    if content:
        let_go(content[-1])
    yield from content


def _ended(content: list[_Element]) -> list[_Element]:
    """Return the paragraph that a cell must end with, where it would not."""
    return [] if content and style_of(content[-1]) else [paragraph(Style.FRAME_TEXT, ())]


def _bank(draft: Draft, shown: Gaps, seat: Seat) -> list[_Element]:
    if not shown.bank:
        return []
    label = runs(draft, f"{shown.bank_label}{_EN_SPACE}", Look(Mark.STRONG)) if shown.bank_label else []
    words: list[_Element] = []
    for position, word in enumerate(shown.bank, start=1):
        between = runs(draft, f"{_EN_SPACE}· ", Look(Mark.DETAIL)) if position > 1 else []
        words += [*between, *draft.bookmarked(seat.at("bank", position), inlines(draft, word))]
    return [paragraph(Style.BANK, [*label, *words])]
