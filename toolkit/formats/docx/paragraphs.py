"""Paragraphs: their properties, and the place in which a block is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml.etree import _Element

from toolkit.formats.docx.names import TEXT_WIDTH, Style
from toolkit.formats.docx.oxml import in_order, qn, toggle, w

Tab: TypeAlias = tuple[str, int, str]  # alignment, position (dxa), leader

# No picture is higher than 5.5 in, so that its caption and some text stand on the same page (dxa).
_HIGHEST: Final = 7920

# The order of CT_PPrBase (ISO/IEC 29500-1, A.1), as far as it is used beside a style.
_ORDER: Final = ("pStyle", "keepNext", "keepLines", "numPr", "pBdr", "shd", "tabs", "spacing", "ind", "jc")


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks are written.

    style     the style of plain paragraphs
    indent    how far from the text's edge lists, tables and pictures begin (dxa)
    boxed     whether lists keep to that style too, as all of it is one box with a border and a shade
    keep      whether every paragraph stays with what follows it
    bullets, numbers   how many lists of each sort surround this place
    highest   how high a picture may be (dxa)
    """

    style: str = Style.NORMAL
    indent: int = 0
    boxed: bool = False
    keep: bool = False
    bullets: int = 0
    numbers: int = 0
    highest: int = _HIGHEST

    @property
    def width(self) -> int:
        """The width that is left for tables and pictures (dxa)."""
        return TEXT_WIDTH - self.indent

    @property
    def depth(self) -> int:
        """How many lists surround this place."""
        return self.bullets + self.numbers


def paragraph(style: str, content: Iterable[_Element], *properties: _Element | None, keep: bool = False) -> _Element:
    """Return `w:p` in `style`. `properties`, in any order, are what it has beyond its style."""
    given = [*properties, toggle("keepNext", keep)]
    return w("p", w("pPr", *in_order([w("pStyle", val=style), *given], _ORDER)), *content)


def numbered(number: int, level: int) -> _Element:
    """Return `w:numPr`: the paragraph counts in list `number` at `level`; in list 0 it has no number."""
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def indented(left: int, hanging: int = 0) -> _Element | None:
    """Return `w:ind` (dxa), None where there is no indent. In Word's grammar left is where lines start."""
    return w("ind", left=left, hanging=hanging) if left or hanging else None


def tab_stops(stops: Iterable[Tab]) -> _Element:
    """Return `w:tabs`."""
    return w("tabs", *(w("tab", val=align, leader=leader or None, pos=at) for align, at, leader in stops))


def style_of(element: _Element) -> str | None:
    """Return the style of the paragraph `element`; None for a table."""
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val")) if style is not None else None


def spaced(element: _Element, **attributes: int | str) -> None:
    """Set `before`, `after` or `line` (dxa) and `lineRule` of the paragraph `element` beyond its style."""
    spacing = element.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if spacing is None:
        spacing = w("spacing")
        _put(element, spacing)
    for name, value in attributes.items():
        spacing.set(qn(f"w:{name}"), str(value))


def rule_above(element: _Element) -> None:
    """Draw a rule over the paragraph `element`, with room on both sides."""
    _put(element, w("pBdr", w("top", val="single", sz=8, space=10, color="1C1B1A")))
    spaced(element, before=360)


def moved(element: _Element, left: int) -> None:
    """Let the paragraph `element` begin at `left` (dxa), if nothing but its style says where it begins."""
    properties = element.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:ind")) is None:
        _put(element, w("ind", left=left))


def enclosed(element: _Element, indent: int) -> None:
    """Draw the box of a document round the paragraph `element`, which has another style than its neighbours.

    Word draws one box round paragraphs whose borders and indents are the same (ISO/IEC 29500-1, 17.3.1.24).
    """
    sides = (("top", 4), ("left", 8), ("bottom", 4), ("right", 8))
    _put(element, w("pBdr", *(w(side, val="single", sz=6, space=space, color="757068") for side, space in sides)))
    _put(element, w("shd", val="clear", color="auto", fill="F4F2EC"))
    _put(element, w("ind", left=indent, right=indent))


def keep_with_next(element: _Element) -> None:
    """Make every paragraph of `element` (a paragraph or a table) stay with what follows it."""
    for one in element.iter(qn("w:p")):
        _put(one, w("keepNext"))


def keep_lines(element: _Element) -> None:
    """Keep the lines of every paragraph of `element` on one page."""
    for one in element.iter(qn("w:p")):
        _put(one, w("keepLines"))


def let_go(element: _Element) -> None:
    """Let what follows `element` (a paragraph, a table or a row) stand on another page, whatever the styles say."""
    rows = element.findall(qn("w:tr"))
    for one in (rows[-1] if rows else element).iter(qn("w:p")):
        _put(one, w("keepNext", val=0))


def _put(element: _Element, child: _Element) -> None:
    """Put a property into the paragraph `element` at its place, instead of its namesake."""
    properties = element.find(qn("w:pPr"))
    if properties is not None:
        properties[:] = in_order([*(one for one in properties if one.tag != child.tag), child], _ORDER)
