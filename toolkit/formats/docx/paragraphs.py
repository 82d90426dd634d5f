"""Paragraphs: their properties in the order of the standard, and the place in which a block is written."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.names import TEXT_WIDTH, Style
from toolkit.formats.docx.oxml import qn, toggle, w

Tab: TypeAlias = tuple[str, int, str]  # alignment, position (dxa), leader


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are written.

    style     the style of plain paragraphs
    indent    how far from the text's edge lists, tables and pictures begin (dxa)
    frame     a style whose border and shade the lists here carry too, so that a box stays one box
    keep      whether every paragraph stays with what follows it
    bullets, numbers   how many lists of each sort surround this place
    """

    style: str = Style.NORMAL
    indent: int = 0
    frame: str = ""
    keep: bool = False
    bullets: int = 0
    numbers: int = 0

    @property
    def width(self) -> int:
        """The width that is left for tables and pictures (dxa)."""
        return TEXT_WIDTH - self.indent

    def kept(self) -> Place:
        """Return this place with every paragraph kept with the next."""
        return replace(self, keep=True)


def paragraph(
    style: str,
    content: Iterable[_Element],
    *,
    keep: bool = False,
    numbering: tuple[int, int] | None = None,
    frame: tuple[_Element, ...] = (),
    tabs: tuple[Tab, ...] = (),
    indent: tuple[int, int] | None = None,
    align: str = "",
) -> _Element:
    """Return `w:p`. `numbering` is (list, level), `indent` (left, hanging) in dxa, `frame` border and shade.

    The order of properties is that of CT_PPrBase (ISO/IEC 29500-1, A.1).
    """
    list_, level = numbering or (0, 0)
    left, hanging = indent or (0, 0)
    properties = w(
        "pPr",
        w("pStyle", val=style),
        toggle("keepNext", keep),
        w("numPr", w("ilvl", val=level), w("numId", val=list_)) if numbering else None,
        *frame,
        w("tabs", *(_tab(tab) for tab in tabs)) if tabs else None,
        w("ind", left=left, hanging=hanging) if indent else None,
        w("jc", val=align) if align else None,
    )
    return w("p", properties, *content)


def _tab(tab: Tab) -> _Element:
    align, position, leader = tab
    return w("tab", val=align, leader=leader or None, pos=position)


def frame_of(draft: Draft, style: str) -> tuple[_Element, ...]:
    """Return copies of the border and shade that `style` has in the base document."""
    if not style:
        return ()
    found = draft.styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']/{qn('w:pPr')}")
    if found is None:
        return ()
    return tuple(deepcopy(child) for child in found if child.tag in (qn("w:pBdr"), qn("w:shd")))


def keep_with_next(element: _Element) -> None:
    """Make every paragraph of `element` (a paragraph or a table) stay with what follows it."""
    for properties in element.iter(qn("w:pPr")):
        if properties.find(qn("w:keepNext")) is None:
            properties.insert(1, w("keepNext"))
