"""A presentation in Word: sizes, faces, colours and borders of every part of a document, worked out anew.

Done when all is written, on styles and text alike, so that nothing set by hand in one place is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import HANG, Mark, Style
from toolkit.formats.docx.oxml import qn, w
from toolkit.model.presentation import Manner
from toolkit.model.theme import TOKENS, Theme

_SERIF, _SANS = "Cambria", "Calibri"  # templates/worksheet/styles.toml
_COMPLEX_SERIF, _COMPLEX_SANS = "Times New Roman", "Arial"
_SANS_FOR: Final = MappingProxyType(
    {_SERIF: _SANS, _COMPLEX_SERIF: _COMPLEX_SANS, "Source Serif 4": "Source Sans 3"}  # the last where it is embedded
)
_BLACK: Final = "000000"
_SINGLE: Final = 240  # of w:line, one line
_UNLED: Final = frozenset({Style.SQUARE, Style.ANSWER_LINE, Style.SPACER, Style.FIGURE})
_EDGES: Final = frozenset(("top", "left", "bottom", "right", "between", "insideH", "insideV", "start", "end"))
FONT_LINE: Final = 1.2  # of the size; the line of Calibri and Carlito
_MORE: Final = 140  # dxa; how far the number of a question stands in the margin
_EIGHTHS: Final = 8  # of a point, in the width of a border


def present(roots: Iterable[_Element], manner: Manner, theme: Theme) -> None:
    """Change the parts of a document, given by their `roots`, in place to `manner` and the colours of `theme`."""
    if manner == Manner() and not theme.values:
        return
    colors = {TOKENS[name].usual[1:].upper(): value[1:].upper() for name, value in theme.of("color").items()}
    for root in roots:
        _color(root, colors)
        for element in root.iter():
            if isinstance(element.tag, str):
                _size(element, manner)
                if manner.thinnest:
                    _border(element, manner)
                if manner.monochrome:
                    _blacken(element)
        if manner.plain:
            _plain(root)
        if manner.leading:
            _lead(root, manner)
        if manner.size > 1:
            _widen(root)


def _color(root: _Element, colors: dict[str, str]) -> None:
    for element in root.iter() if colors else ():
        for name in ("w:color", "w:fill", "w:val"):
            found = element.get(qn(name))
            if found in colors and isinstance(element.tag, str) and (name != "w:val" or element.tag == qn("w:color")):
                element.set(qn(name), colors[found])


def _size(element: _Element, manner: Manner) -> None:
    if element.tag in {qn("w:sz"), qn("w:szCs")}:
        size = manner.sized(int(element.get(qn("w:val")) or 0) / 2)
        element.set(qn("w:val"), str(round(size * 2)))


def _border(element: _Element, manner: Manner) -> None:
    if element.tag.rpartition("}")[2] in _EDGES and element.get(qn("w:sz")):
        least = round(manner.thinnest * _EIGHTHS + 0.5)
        element.set(qn("w:sz"), str(max(int(element.get(qn("w:sz")) or 0), least)))


def _blacken(element: _Element) -> None:
    """Make ink black and paper white; a shade goes, and what was white on it is black."""
    if element.tag == qn("w:color"):
        element.set(qn("w:val"), _BLACK)
    elif element.tag == qn("w:shd"):
        element.set(qn("w:fill"), "auto")
    elif element.get(qn("w:color")) not in {None, "auto"}:
        element.set(qn("w:color"), _BLACK)


def _plain(root: _Element) -> None:
    """Take slant and capitals away: a stressed word is heavier. One sans face for all text."""
    for tag in ("w:i", "w:iCs", "w:caps", "w:smallCaps"):
        for mark in list(root.iter(qn(tag))):
            properties = mark.getparent()
            assert properties is not None
            properties.remove(mark)
    for style in root.iter(qn("w:style")):
        if style.get(qn("w:styleId")) == Mark.EMPHASIS:
            properties = style.find(qn("w:rPr"))
            if properties is not None:
                properties[:0] = [w("b"), w("bCs")]
        if style.get(qn("w:styleId")) == Style.VOCABULARY:  # stands below its paragraph, and not before it
            for keep in list(style.iter(qn("w:keepNext"))):
                keep.getparent().remove(keep)  # type: ignore[union-attr]  # it was found below `style`
    for font in root.iter(qn("w:rFonts")):
        for slot, name in font.attrib.items():
            font.set(slot, _SANS_FOR.get(str(name), str(name)))


def _lead(root: _Element, manner: Manner) -> None:
    """Set lines no closer than `manner.leading`; a font's own line is some 1.2 of its size."""
    least = round(manner.leading / FONT_LINE * _SINGLE)
    for style in root.iter(qn("w:style"), qn("w:pPrDefault")):
        if style.get(qn("w:styleId")) in _UNLED:
            continue
        for spacing in style.iter(qn("w:spacing")):
            if spacing.get(qn("w:lineRule")) == "auto":
                spacing.set(qn("w:line"), str(max(int(spacing.get(qn("w:line")) or 0), least)))


def _widen(root: _Element) -> None:
    """Let the numbers of questions begin a little in the margin, so that two large digits stand before the text.

    A number that is wider than its place sends the text after it to the next stop, which is at the right edge.
    """
    for owner in root.iter(qn("w:style"), qn("w:lvl")):
        style = owner.find(qn("w:pStyle"))
        name = owner.get(qn("w:styleId")) if style is None else style.get(qn("w:val"))
        indent = owner.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if name == Style.QUESTION and indent is not None:
            indent.set(qn("w:hanging"), str(HANG + _MORE))
