"""What frames the text: the head of page 1, and the running header and footer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docx.document import Document
from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.figures import inline_picture
from toolkit.formats.docx.inline import PLAIN, Look, inlines, runs
from toolkit.formats.docx.names import DXA_PER_POINT, EMU_PER_DXA, TEXT_WIDTH, Mark, Style, heading
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Tab, paragraph, tab_stops
from toolkit.model.printout import Field, Furniture, Opener
from toolkit.model.theme import Logo

_PLACES: Final = re.compile(r"(\{pages?\})")
# Between two blanks of the name line (dxa).
_GAP: Final = 240
_EMU: Final = EMU_PER_DXA * DXA_PER_POINT  # a point


def opener(draft: Draft, head: Opener) -> Iterator[_Element]:
    """Yield the teacher's band, kicker, title, dek and the line of blanks."""
    if head.band:
        yield paragraph(Style.BAND, runs(draft, head.band))
    logo = draft.printout.theme.logo
    if logo:
        yield paragraph(Style.FIGURE, [w("r", _logo(draft, logo))])
    if head.kicker:
        yield paragraph(Style.KICKER, runs(draft, head.kicker))
    yield paragraph(heading(1), draft.bookmarked(head.address, inlines(draft, head.title)))
    if head.dek:
        yield paragraph(Style.DEK, draft.bookmarked(head.dek_address, inlines(draft, head.dek)))
    if head.fields:
        yield _name_line(draft, head.fields)


def _logo(draft: Draft, logo: Logo) -> _Element:
    """Return the drawing of the school's logo, as high as the theme says."""
    high = float(draft.printout.theme.of("size").get("--logo-height", "34pt").removesuffix("pt"))
    size = round(high * logo.width / logo.height * _EMU), round(high * _EMU)
    return inline_picture(draft, draft.image(logo.data, logo.media_type), size, logo.alt)


def _name_line(draft: Draft, fields: tuple[Field, ...]) -> _Element:
    """Return labels with rules after them, drawn by the leaders of tabs: no underscore is typed."""
    content: list[_Element] = []
    stops: list[Tab] = []
    room = TEXT_WIDTH - _GAP * (len(fields) - 1)
    total = sum(field.share for field in fields) or 1
    position = 0.0
    for number, field in enumerate(fields):
        if number:
            position += _GAP
            stops.append(("left", round(position), ""))
            content.append(w("r", w("tab")))
        position += room * field.share / total
        stops.append(("right", round(position), "underscore"))
        content += [*runs(draft, f"{field.label} "), w("r", w("tab"))]
    return paragraph(Style.NAME_LINE, content, tab_stops(stops))


def set_furniture(draft: Draft, document: Document, furniture: Furniture, band: str) -> None:
    """Fill the headers and footers of `document`: the first page has no header, every page its number."""
    section = document.sections[0]
    header, footer = section.header.part.element, section.footer.part.element
    first_footer = section.first_page_footer.part.element
    head = [*_ends(draft, furniture.head_left, runs(draft, furniture.head_right), bold=True)]
    _fill(header, [*([paragraph(Style.BAND, runs(draft, band))] if band else []), paragraph(Style.HEADER, head)])
    for element in (footer, first_footer):
        foot = _ends(draft, furniture.foot, _page_number(draft, furniture.page))
        _fill(element, [paragraph(Style.FOOTER, foot)])


def _ends(draft: Draft, left: str, right: list[_Element], *, bold: bool = False) -> list[_Element]:
    """Return words at the left and runs at the right, a tab between them."""
    return [*runs(draft, left, Look(bold=bold) if bold else PLAIN), w("r", w("tab")), *right]


def _page_number(draft: Draft, template: str) -> list[_Element]:
    """Return the runs of `template` with fields in place of {page} and {pages}."""
    fields = {"{page}": " PAGE ", "{pages}": " NUMPAGES "}
    look = Look(Mark.PAGE)
    content: list[_Element] = []
    for piece in filter(None, _PLACES.split(template)):
        if piece in fields:
            content.append(w("fldSimple", *runs(draft, "1", look), instr=fields[piece]))
        else:
            content += runs(draft, piece, look)
    return content


def _fill(element: _Element, paragraphs: list[_Element]) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(paragraphs)
