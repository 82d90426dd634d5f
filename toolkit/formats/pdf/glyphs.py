"""The glyphs of a line of text as operators of PDF, written with what is known of glyphs seen before.

WeasyPrint 70 reads every glyph of every line from Pango through CFFI, field by field, and puts its code and the gap
behind it together anew. A glyph of one font and width gives the same characters every time: they are remembered in the
font of the document. Lines that need more than that, with raised glyphs, emoji, bitmaps, missing glyphs or an
ellipsis, are left to WeasyPrint.
"""

from __future__ import annotations

import importlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint or Pango, which have no types
Draw: TypeAlias = Callable[..., list[Untyped]]
Glyph: TypeAlias = tuple[int, int, int]  # its number, its width and how far it is moved aside, in Pango's units

FIELDS: Final = 5  # integers in Pango's PangoGlyphInfo: number, width, x, y, flags
SPECIAL: Final = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY; the flag of a missing glyph is above it
_KEPT: Final = "_hornbook_glyphs"  # the attribute of a document's font for what was written


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font: the font of Pango and of the document, its size (px), and Pango's item."""

    pango_font: Untyped
    font: Untyped
    size: float
    item: Untyped
    glyphs: tuple[Glyph, ...]


def mend() -> None:
    """Replace `draw_first_line` where WeasyPrint calls it, if Pango's glyphs are laid out as we read them."""
    text: Untyped = importlib.import_module("weasyprint.draw.text")
    if text.ffi.sizeof("PangoGlyphInfo") == FIELDS * array("i").itemsize:
        text.draw_first_line = drawing(text.draw_first_line, text)


def drawing(draw: Draw, text: Untyped) -> Draw:
    """Return `draw`, which draws the first line of a box, with a memory for glyphs; `text` is WeasyPrint's module."""

    def drawn(stream: Untyped, textbox: Untyped, overflow: str, ellipsis: Untyped, matrix: Untyped) -> list[Untyped]:
        runs = None
        if overflow != "ellipsis" and ellipsis == "none" and textbox.style["font_size"] >= 1 and textbox.text.strip():
            layout = textbox.pango_layout
            text.pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # a C function
            runs = _runs(layout.get_first_line()[0], stream, text.ffi)
        if runs is None:
            return draw(stream, textbox, overflow, ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        before, shown = None, ""
        for run in runs:
            if run.pango_font != before:
                before = run.pango_font
                if shown:
                    stream.show_text(shown)
                shown = ""
                stream.set_font_size(run.font.hash, run.size)
            shown += _shown(run, textbox.pango_layout.text, stream, text)
        stream.show_text(shown)
        return []

    return drawn


def _runs(line: Untyped, stream: Untyped, ffi: Untyped) -> list[Run] | None:
    """Return the runs of `line`; None where one of them is out of the ordinary."""
    runs: list[Run] = []
    link = line.runs[0]
    while link != ffi.NULL:
        item, link = link.data, link.next
        count = item.glyphs.num_glyphs
        numbers = array("i", bytes(ffi.buffer(item.glyphs.glyphs, count * FIELDS * 4)))
        glyphs, raised = numbers[0::FIELDS], numbers[3::FIELDS]
        pango_font = item.item.analysis.font
        font, size = stream.add_font(pango_font)
        if not count or any(raised) or max(glyphs) >= SPECIAL or min(glyphs) < 0:
            return None
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        placed = tuple(zip(glyphs, numbers[1::FIELDS], numbers[2::FIELDS], strict=True))
        runs.append(Run(pango_font, font, size, item, placed))
    return runs


def _shown(run: Run, words: str, stream: Untyped, text: Untyped) -> str:
    """Return the codes of the glyphs of `run`, with the gaps between them; `words` is the text of the whole line."""
    kept: dict[float, dict[Glyph, str]] = run.font.__dict__.setdefault(_KEPT, {})
    known = kept.setdefault(run.size, {})
    try:
        written = "".join([known[glyph] for glyph in run.glyphs])
    except KeyError:
        _name(run, words)
        known.update((glyph, _written(glyph, run, stream, text)) for glyph in run.glyphs if glyph not in known)
        written = "".join([known[glyph] for glyph in run.glyphs])
    shown = f"<{written}"
    return shown[:-1] if shown.endswith("<") else f"{shown}>"


def _name(run: Run, words: str) -> None:
    """Tell the font of `run` which characters its glyphs stand for, as far as it does not know."""
    names = run.font.to_unicode
    item = run.item
    clusters = item.glyphs.log_clusters
    encoded = words.encode()
    backwards = item.item.analysis.level % 2
    for at, (glyph, _, _) in enumerate(run.glyphs):
        if glyph in names:
            continue
        last = 0 if backwards else len(run.glyphs) - 1
        ends = item.item.length if at == last else clusters[at - 1 if backwards else at + 1]
        names[glyph] = encoded[item.item.offset + clusters[at] : item.item.offset + ends].decode()


def _written(glyph: Glyph, run: Run, stream: Untyped, text: Untyped) -> str:
    number, width, aside = glyph
    offset = aside / run.size
    widths: dict[int, int] = run.font.widths
    if number not in widths:
        text.pango.pango_font_get_glyph_extents(run.pango_font, number, stream.ink_rect, stream.logical_rect)
        widths[number] = round(stream.logical_rect.width * 1000 * text.FROM_UNITS / run.size)
    kerning = widths[number] + offset - width * 1000 * text.FROM_UNITS / run.size
    moved = f">{-offset}<" if offset else ""
    return f"{moved}{number:04x}" + (f">{int(kerning)}<" if kerning else "")
