"""Timelines in Word: a picture of the line with its words in the alternative text, and cards to cut out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from toolkit.chronology.timeline_drawing import drawings, too_long
from toolkit.chronology.timeline_labels import NoRoomError
from toolkit.chronology.timeline_text import Sheet
from toolkit.drawing import faces, raster
from toolkit.drawing.monochrome import black
from toolkit.drawing.shapes import Drawing
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.figures import inline_picture
from toolkit.formats.docx.inline import Look, inlines, runs
from toolkit.formats.docx.names import DXA_PER_POINT, EMU_PER_DXA, Mark, Style
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, paragraph
from toolkit.formats.docx.tables import cell, grid, margins, row, shared, table_properties
from toolkit.model.printout import Card, CardSheet, Timeline

# The height that a page has for a picture with its heading and caption (pt), on either paper.
_HIGHEST: Final = 540.0
_HEADING: Final = 60.0  # pt; heading and caption, which take more in a larger type
_COLUMNS: Final = 2
_CARD: Final = 30.0  # mm; the height of a card
_EN_SPACE: Final = "\u2002"
_EMU_PER_POINT: Final = EMU_PER_DXA * DXA_PER_POINT


def timeline(draft: Draft, block: Timeline, place: Place) -> Iterator[_Element]:
    """Yield a picture for each page of the timeline, and the caption; a label that fits no page is reported."""
    manner = draft.printout.manner
    sheet = Sheet(
        place.width / DXA_PER_POINT,
        _HIGHEST - _HEADING * (manner.length - 1),
        draft.printout.language,
        draft.rtl,
        scale=manner.size,
        least=manner.smallest,
        plain=manner.plain,
    )
    try:
        pages = drawings(block, sheet)
    except NoRoomError as error:
        draft.report(too_long(block, error))
        return
    drawn = map(black, pages) if manner.monochrome else pages
    for number, drawing in enumerate(drawn, start=1):
        last = number == len(pages)
        yield paragraph(Style.FIGURE, [w("r", _picture(draft, drawing))], keep=last and bool(block.caption))
    if block.caption:
        yield paragraph(Style.CAPTION, runs(draft, block.caption))


def _picture(draft: Draft, drawing: Drawing) -> _Element:
    for words in drawing.words:
        for character in faces.missing(words.runs):
            draft.cannot_show(f"no font of the timeline has the character “{character}”", needle=character)
    size = round(drawing.width * _EMU_PER_POINT), round(drawing.height * _EMU_PER_POINT)
    return inline_picture(draft, draft.image(raster.png(drawing), "image/png"), size, drawing.alt)


def cards(draft: Draft, block: CardSheet, place: Place) -> _Element:
    """Return a table of cards with dashed edges, two in a row; it has no header, because it is no table of facts."""
    widths = shared(place.width, [1] * _COLUMNS)
    rows = [
        row([cell(width, _card(draft, card)) for width, card in zip(widths, _padded(line), strict=True)], _CARD)
        for line in (block.cards[n : n + _COLUMNS] for n in range(0, len(block.cards), _COLUMNS))
    ]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = w("tblBorders", *(w(side, val="dashed", sz=6, space=0, color="757068") for side in sides))
    properties = table_properties(draft, sum(widths), place, "", (block.description, ""), edges, margins(160, 110))
    return w("tbl", properties, grid(widths), *rows)


def _padded(line: tuple[Card, ...]) -> tuple[Card | None, ...]:
    return (*line, *(None for _ in range(_COLUMNS - len(line))))


def _card(draft: Draft, card: Card | None) -> list[_Element]:
    if card is None:
        return [paragraph(Style.ITEM, ())]
    name = runs(draft, f"{card.label}{_EN_SPACE}", Look(Mark.STRONG))
    return [paragraph(Style.ITEM, [*name, *draft.bookmarked(card.address, inlines(draft, card.content))])]
