"""theme1.xml of the base document.

No style refers to the theme (a theme's font wins over the style's own), but Word wants the part, and
offers its colours and fonts to a teacher who picks one: so it holds the sheet's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx.base_styles import Row

_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"

# The twelve colours of a theme (ISO/IEC 29500-1, 20.1.6.2) and the sheet's colour that stands for each.
_SCHEME: Final = (
    ("dk1", "ink"),
    ("lt1", "white"),
    ("dk2", "soft"),
    ("lt2", "wash"),
    ("accent1", "accent"),
    ("accent2", "key"),
    ("accent3", "soft"),
    ("accent4", "rule"),
    ("accent5", "accent"),
    ("accent6", "key"),
    ("hlink", "accent"),
    ("folHlink", "soft"),
)


def theme(table: Row) -> _Element:
    """Return `a:theme` with the colours and fonts of `table`."""
    colors = table["colors"]
    scheme = _a("clrScheme", *(_a(slot, _a("srgbClr", val=colors[name])) for slot, name in _SCHEME), name="Worksheet")
    fonts = _a(
        "fontScheme",
        _a("majorFont", *_faces(table["fonts"]["text"]["name"])),
        _a("minorFont", *_faces(table["fonts"]["label"]["name"])),
        name="Worksheet",
    )
    return _a("theme", _a("themeElements", scheme, fonts, _formats()), name="Worksheet")


def _a(tag: str, *children: _Element, **attributes: str) -> _Element:
    element = etree.Element(f"{{{_A}}}{tag}", attributes, nsmap={"a": _A})
    element.extend(children)
    return element


def _faces(latin: str) -> Iterator[_Element]:
    yield _a("latin", typeface=latin)
    yield _a("ea", typeface="")
    yield _a("cs", typeface="")


def _formats() -> _Element:
    """Return the least a format scheme may hold: three plain fills, lines, effects and backgrounds."""
    return _a(
        "fmtScheme",
        _a("fillStyleLst", *(_fill() for _ in range(3))),
        _a("lnStyleLst", *(_a("ln", _fill(), w="6350") for _ in range(3))),
        _a("effectStyleLst", *(_a("effectStyle", _a("effectLst")) for _ in range(3))),
        _a("bgFillStyleLst", *(_fill() for _ in range(3))),
        name="Worksheet",
    )


def _fill() -> _Element:
    return _a("solidFill", _a("schemeClr", val="phClr"))
