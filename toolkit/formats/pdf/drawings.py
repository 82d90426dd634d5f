"""Drawings as a PDF of their own, each on a page of its size with a margin round it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from toolkit.drawing.shapes import Drawing
from toolkit.formats.html.timelines import figure
from toolkit.formats.pdf.engine import engine

MARGIN: Final = 36.0  # pt
_PAGE: Final = Markup(
    '<!DOCTYPE html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"><title>{title}</title>'
    "<style>@page {{ size: {width:.2f}pt {height:.2f}pt; margin: {margin}pt; @top-left {{ content: none }} }}"
    "main {{ display: block }} .sheet {{ break-after: page }} .sheet:last-child {{ break-after: auto }}</style>"
    "</head><body><main>{sheets}</main></body></html>"
)


def write(drawings: Sequence[Drawing], title: str) -> bytes:
    """Return `drawings` as PDF/UA-1 bytes, one a page; the pages are as large as the largest needs."""
    first = drawings[0]
    page = _PAGE.format(
        language=first.language,
        direction="rtl" if first.rtl else "ltr",
        title=title,
        width=max(drawing.width for drawing in drawings) + 2 * MARGIN,
        height=max(drawing.height for drawing in drawings) + 2 * MARGIN + 1,
        margin=MARGIN,
        sheets=Markup("").join(Markup('<div class="sheet">{}</div>').format(figure(drawing)) for drawing in drawings),
    )
    return engine().print(page, {}, rtl=first.rtl)
