"""Responses that are frames: room to draw or write in, squared paper, and graphic organisers.

No cell is merged and no table stands in another, as a screen reader counts rows and columns. An effect that
belongs to several causes is a column of cells without lines between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.blocks import blocks
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.grids import facts, together
from toolkit.formats.docx.inline import HEAVY, inlines, runs
from toolkit.formats.docx.items import Seat
from toolkit.formats.docx.names import DXA_PER_MM, Style
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, keep_with_next, let_go, paragraph
from toolkit.formats.docx.tables import Cell, borders, cell, grid, margins, row, rule, shared, table_properties
from toolkit.model.response import Area, Organizer
from toolkit.model.text import Blocks, Inlines, plain

# Word's limit of columns in a table, and as many cells as a file can carry without growing slow.
_COLUMNS: Final = 63
_CELLS: Final = 1600
# How columns share the width, and how high the summary of Cornell notes is in the whole.
_CAUSES: Final = (44, 8, 48)
_CORNELL: Final = (30, 70)
_SUMMARY: Final = 0.25
_CRITERIA: Final = 22
_ANSWER: Final = Place(style=Style.FRAME_ANSWER, boxed=True)
# The height of a header row (mm), about which the frames under it are lower.
_HEAD: Final = 7.0


def area(draft: Draft, shown: Area, seat: Seat) -> Iterator[_Element]:
    """Yield an empty frame as high as asked for (higher when more is typed in it), or squared paper."""
    if shown.square > 0:
        columns = int(seat.place.width / DXA_PER_MM / shown.square)
        rows = max(round(shown.height / shown.square), 1)
        if 0 < columns <= _COLUMNS and columns * rows <= _CELLS:
            yield _squared(draft, shown, seat, columns, rows)
            return
        draft.cannot_show("squared paper of so many squares is an empty frame in Word", seat.address)
    yield framed(draft, [paragraph(Style.FRAME_TEXT, ())], shown.height, seat, shown.spoken)


def _squared(draft: Draft, shown: Area, seat: Seat, columns: int, count: int) -> _Element:
    side = round(shown.square * DXA_PER_MM)
    rows = [
        row([cell(side, [paragraph(Style.SQUARE, ())]) for _ in range(columns)], shown.square, exact=True)
        for _ in range(count)
    ]
    together(rows, shown.height)
    lines = borders("tblBorders", "top", "left", "bottom", "right", "insideH", "insideV")
    properties = table_properties(draft, side * columns, seat.place, "", (shown.spoken, ""), lines, margins(0))
    return w("tbl", properties, grid([side] * columns), *rows)


def framed(draft: Draft, content: Cell, height: float, seat: Seat, spoken: str) -> _Element:
    """Return `content` in a frame at least `height` mm high, 0 for as high as it is; `spoken` is its caption."""
    width = seat.place.width
    lines = borders("tblBorders", "top", "left", "bottom", "right")
    properties = table_properties(draft, width, seat.place, "", (spoken, ""), lines, margins(100, 50))
    return w("tbl", properties, grid([width]), row([cell(width, content)], height))


def banked(draft: Draft, bank: Cell, content: Cell, seat: Seat, spoken: str) -> _Element:
    """Return a frame with the words to choose from, and under it, without lines, the text that they belong in.

    One table holds both, as LibreOffice keeps a question with the table after it, and does not always keep
    three paragraphs in a row.
    """
    width = seat.place.width
    rows = [
        row([cell(width, bank, _box("top", "left", "bottom", "right"), _inner(110, 80))]),
        row([cell(width, content, _inner(0, 100))]),
    ]
    together(rows, 0)
    return w("tbl", table_properties(draft, width, seat.place, "", (spoken, "")), grid([width]), *rows)


def organizer(draft: Draft, shown: Organizer, seat: Seat) -> Iterator[_Element]:
    """Yield the tables of a graphic organiser; for the teacher with what a good answer writes in each frame."""
    match shown.layout:
        case "cause-effect":
            yield _causes(draft, shown, seat)
        case "compare":
            yield _comparison(draft, shown, seat)
        case "venn":
            yield _columns(draft, shown, seat, (1,) * len(shown.labels), shown.height)
        case "cornell":
            yield from _cornell(draft, shown, seat)
        case _:
            assert_never(shown.layout)


def _causes(draft: Draft, shown: Organizer, seat: Seat) -> _Element:
    """Return the causes in a column of frames, an arrow from each, and the effect in one tall frame."""
    widths = shared(seat.place.width, _CAUSES)
    last = len(shown.labels) - 1
    count = max(last, 1)
    rows = []
    for number in range(count):
        cause = cell(widths[0], _labelled(draft, shown, seat, number), _box("top", "left", "bottom", "right"))
        # The lines at its sides are its neighbours' too; LibreOffice draws one of them only if it has them itself.
        sign = [paragraph(Style.ARROW, runs(draft, "←" if draft.rtl else "→"))]
        arrow = cell(widths[1], sign, _box("left", "right"), _middle())
        sides = [*(["top"] if number == 0 else []), "left", *(["bottom"] if number == count - 1 else []), "right"]
        inside = _labelled(draft, shown, seat, last) if number == 0 else [paragraph(Style.FRAME_TEXT, ())]
        rows.append(row([cause, arrow, cell(widths[2], inside, _box(*sides))], shown.height / count))
    together(rows, shown.height)
    texts = (shown.description, shown.spoken)
    properties = table_properties(draft, sum(widths), seat.place, "", texts, margins(90, 40))
    return w("tbl", properties, grid(widths), *rows)


def _comparison(draft: Draft, shown: Organizer, seat: Seat) -> _Element:
    """Return a table: criteria down, things across. The key goes through it row by row."""
    things = len(shown.labels) - 1
    criteria: tuple[Inlines, ...] = shown.rows or ((),)
    weights = [_CRITERIA, *([(100 - _CRITERIA) // max(things, 1)] * things)]
    widths = shared(seat.place.width, weights)
    rows = [_head(draft, shown.labels, widths, seat)]
    height = max((shown.height - _HEAD) / len(criteria), _HEAD)
    for number, criterion in enumerate(criteria):
        name = draft.bookmarked(seat.at("rows", number + 1), inlines(draft, criterion, HEAVY))
        inside = [cell(widths[0], [paragraph(Style.TABLE_HEAD, name)])]
        for at in range(things):
            frame = number * things + at
            inside.append(cell(widths[at + 1], _written(draft, shown, seat, frame)))
        rows.append(row(inside, height))
    _all_shown(draft, shown, seat, things * len(criteria))
    together(rows, shown.height)
    let_go(rows[-1])  # the style of the criterion in it would chain what follows the table
    return facts(draft, widths, rows, seat, (shown.description or _names(shown.labels), shown.spoken))


def _columns(draft: Draft, shown: Organizer, seat: Seat, weights: Sequence[int], height: float) -> _Element:
    """Return a table of frames side by side under their labels, as many as there are `weights`."""
    widths = shared(seat.place.width, weights)
    labels = shown.labels[: len(weights)]
    inside = [cell(width, _written(draft, shown, seat, at)) for at, width in enumerate(widths)]
    rows = [_head(draft, labels, widths, seat), row(inside, max(height - _HEAD, _HEAD))]
    together(rows, height)
    return facts(draft, widths, rows, seat, (shown.description or _names(labels), shown.spoken))


def _cornell(draft: Draft, shown: Organizer, seat: Seat) -> Iterator[_Element]:
    """Yield cues beside notes, and under them a frame of its own for the summary; both with rules to write on."""
    weights = _CORNELL[: len(shown.labels)]
    upper, lower = shown.height * (1 - _SUMMARY), shown.height * _SUMMARY
    ruled = shown.key is None
    notes = (_notes if ruled else _columns)(draft, shown, seat, weights, upper)
    yield notes
    for number in range(len(weights), len(shown.labels)):
        keep_with_next(notes)
        yield paragraph(Style.SPACER, (), keep=True)
        content = _labelled(draft, shown, seat, number)
        name = plain(shown.labels[number])
        yield _summary(draft, shown, seat, content, name) if ruled else framed(draft, content, lower, seat, name)


def _notes(draft: Draft, shown: Organizer, seat: Seat, weights: Sequence[int], height: float) -> _Element:
    """Return a table with room for cues in its first column, and rules to write on in the last, a row for each."""
    widths = shared(seat.place.width, weights)
    labels = shown.labels[: len(weights)]
    count = max(int((height - _HEAD) / shown.pitch), 1)
    rows = [_head(draft, labels, widths, seat)]
    for number in range(count):
        line = [] if number == count - 1 else [_box("bottom")]
        inside = [cell(width, [paragraph(Style.FRAME_TEXT, ())]) for width in widths[:-1]]
        last = cell(widths[-1], [paragraph(Style.FRAME_TEXT, ())], *line)
        rows.append(row([*inside, last], (height - _HEAD) / count))
    together(rows, height)
    lines = w("tblBorders", *map(rule, ("top", "left", "bottom", "right")), w("insideH", val="nil"), rule("insideV"))
    texts = (shown.description or _names(labels), shown.spoken)
    properties = table_properties(draft, sum(widths), seat.place, Style.TABLE, texts, lines, margins(90, 40))
    return w("tbl", properties, grid(widths), *rows)


def _summary(draft: Draft, shown: Organizer, seat: Seat, label: Cell, spoken: str) -> _Element:
    """Return a frame with `label` and rules under it to write on, a row for each."""
    width, height = seat.place.width, shown.height * _SUMMARY
    count = max(int((height - _HEAD) / shown.pitch), 1)
    step = (height - _HEAD) / count
    lines_after = (row([cell(width, [paragraph(Style.FRAME_TEXT, ())])], step) for _ in range(1, count))
    rows = [row([cell(width, label[:1])], _HEAD + step), *lines_after]
    together(rows, height)
    lines = borders("tblBorders", "top", "left", "bottom", "right", "insideH")
    properties = table_properties(draft, width, seat.place, "", (spoken, ""), lines, margins(100, 40))
    return w("tbl", properties, grid([width]), *rows)


def _head(draft: Draft, labels: Sequence[Inlines], widths: Sequence[int], seat: Seat) -> _Element:
    names = (
        draft.bookmarked(seat.at("labels", number), inlines(draft, label, HEAVY))
        for number, label in enumerate(labels, start=1)
    )
    inside = [cell(width, [paragraph(Style.TABLE_HEAD, name)]) for width, name in zip(widths, names, strict=True)]
    return row(inside, header=True)


def _labelled(draft: Draft, shown: Organizer, seat: Seat, frame: int) -> Cell:
    """Return the inside of a frame that has its label in it."""
    label = draft.bookmarked(seat.at("labels", frame + 1), inlines(draft, shown.labels[frame], HEAVY))
    return [paragraph(Style.FRAME_LABEL, label), *_written(draft, shown, seat, frame)]


def _written(draft: Draft, shown: Organizer, seat: Seat, frame: int) -> Cell:
    """Return what a good answer writes in the frame, or an empty paragraph; a cell ends with a paragraph."""
    key: Blocks = shown.key[frame] if shown.key and frame < len(shown.key) else ()
    inside = list(blocks(draft, key, _ANSWER, seat.at("answer", frame + 1)))
    if not inside or not inside[-1].tag.endswith("}p"):
        inside.append(paragraph(Style.FRAME_TEXT, ()))
    return inside


def _all_shown(draft: Draft, shown: Organizer, seat: Seat, frames: int) -> None:
    if shown.key and len(shown.key) > frames:
        draft.cannot_show("the key has more answers than the organiser has frames", seat.address)


def _names(labels: Sequence[Inlines]) -> str:
    return " · ".join(plain(label) for label in labels)


def _box(*sides: str) -> _Element:
    return borders("tcBorders", *sides)


def _inner(across: int, above: int) -> _Element:
    """Return `w:tcMar`: how far text stands from the sides and from the top and bottom of this cell (dxa)."""
    sides = (("top", above), ("left", across), ("bottom", above), ("right", across))
    return w("tcMar", *(w(side, w=length, type="dxa") for side, length in sides))


def _middle() -> _Element:
    return w("vAlign", val="center")
