"""A document set apart before the question on it: a box with its label, its text or picture, and its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.blocks import blocks
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.heights import PAGE, of_exhibit, of_task
from toolkit.formats.docx.inline import HEAVY, inlines, runs
from toolkit.formats.docx.names import DXA_PER_MM, EXHIBIT_INDENT, Style
from toolkit.formats.docx.paragraphs import Place, enclosed, keep_lines, keep_with_next, let_go, paragraph, style_of
from toolkit.model.printout import Exhibit, Task
from toolkit.model.text import Figure, plain_block

_INSIDE: Final = Place(style=Style.EXHIBIT, indent=EXHIBIT_INDENT, boxed=True)
# A document of more characters than this may break over pages.
_SHORT: Final = 2000
# How high a picture in a document is at most, 45 % of a page of Letter, and below what it is not scaled (mm): a tall
# one that stays with its question would leave the foot of the page before it white.
_HIGHEST: Final = 103
_LOWEST: Final = 60


def exhibits(draft: Draft, shown: Sequence[Exhibit], question: Task) -> Iterator[_Element]:
    """Yield documents in a box each.

    The last one stays with the `question` where a page holds both; all of them may not fit on it.
    """
    for number, one in enumerate(shown, start=1):
        last = number == len(shown)
        highest = _highest(draft, one, question) if last else round(_HIGHEST * DXA_PER_MM)
        elements = list(_exhibit(draft, one, replace(_INSIDE, highest=highest)))
        long = sum(len(plain_block(block)) for block in one.content) > _SHORT
        for element in elements[-2:] if long else elements:
            keep_with_next(element)
        for element in () if long else elements:
            keep_lines(element)
        together = last and of_exhibit(draft, one, highest) + of_task(draft, question) <= PAGE
        if elements and not (together or (last and long)):
            let_go(elements[-1])
        yield from elements
        if not last:
            yield paragraph(Style.SPACER, ())  # between two boxes, which Word would draw as one


def _highest(draft: Draft, shown: Exhibit, question: Task) -> int:
    """Return how high (dxa) each picture of `shown` is at most, so that a page holds the document with `question`.

    Where it cannot, the two are apart, and the picture is as high as any.
    """
    pictures = sum(isinstance(block, Figure) for block in shown.content)
    room = (PAGE - of_exhibit(draft, shown, 0) - of_task(draft, question)) / max(pictures, 1)
    return round((min(room, _HIGHEST) if room >= _LOWEST else _HIGHEST) * DXA_PER_MM)


def _exhibit(draft: Draft, shown: Exhibit, place: Place) -> Iterator[_Element]:
    label = draft.bookmarked(shown.address, runs(draft, shown.label, HEAVY))
    if label:
        yield paragraph(Style.EXHIBIT_LABEL, label)
    for element in blocks(draft, shown.content, place, f"{shown.address}/text" if shown.address else ""):
        if style_of(element) not in (None, Style.EXHIBIT):
            enclosed(element, EXHIBIT_INDENT)
        yield element
    if shown.credit:
        credit = draft.bookmarked(f"{shown.address}/credit" if shown.address else "", inlines(draft, shown.credit))
        yield paragraph(Style.EXHIBIT_SOURCE, credit)
