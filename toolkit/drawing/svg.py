"""Drawings as SVG: whole files with their text, and the shapes alone for a page that sets the text itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from toolkit.drawing.faces import pieces
from toolkit.drawing.shapes import Box, Disc, Drawing, Path, Run, Shape, Words

_GENERIC: Final = {"serif": "Georgia, serif", "sans": "Helvetica Neue, Arial, sans-serif"}
# From the middle of a line to its baseline, in parts of its size: half of (ascent - descent) of the Source faces.
DROP: Final = 0.335


def document(drawing: Drawing, title: str = "") -> str:
    """Return `drawing` as an SVG file. A viewer without our fonts keeps each line to the width it was measured at."""
    size = f'width="{_n(drawing.width)}pt" height="{_n(drawing.height)}pt"'
    box = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
    names = f"<title>{escape(title or drawing.alt)}</title>" + (f"<desc>{escape(drawing.alt)}</desc>" if title else "")
    inside = "\n".join(_shape(shape, drawing) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" xml:lang={quoteattr(drawing.language)}>\n'
        f'{names}\n<rect width="100%" height="100%" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )


def figure(drawing: Drawing) -> str:
    """Return the shapes of `drawing` that are no text, as an SVG element of a page; its title is what it shows."""
    inside = "".join(_shape(shape, drawing) for shape in drawing.figures)
    return (
        f'<svg width="{_n(drawing.width)}pt" height="{_n(drawing.height)}pt" '
        f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" role="img">'
        f"<title>{escape(drawing.alt)}</title>{inside}</svg>"
    )


def _families(run: Run, name: str) -> str:
    """Return the CSS font-family of the part of `run` that the font `name` sets."""
    return f"'{name}', {_GENERIC[run.family]}"


def _shape(shape: Shape, drawing: Drawing) -> str:
    match shape:
        case Words():
            return _words(shape, drawing)
        case Path():
            return _path(shape)
        case Box(x, y, width, height, stroke, line, fill, radius):
            corners = f' rx="{_n(radius)}"' if radius else ""
            place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
            return f"<rect {place}{corners}{_paint(stroke, line, fill)}/>"
        case Disc(x, y, radius, stroke, line, fill):
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_paint(stroke, line, fill)}/>'


def _path(path: Path) -> str:
    places = " L".join(f"{_n(x)} {_n(y)}" for x, y in path.points)
    dashes = f' stroke-dasharray="{" ".join(map(_n, path.dashes))}"' if path.dashes else ""
    ends = ' stroke-linejoin="round" stroke-linecap="round"' if path.round else ""
    return (
        f'<path d="M{places}{"Z" if path.closed else ""}"{_paint(path.stroke, path.width, path.fill)}{dashes}{ends}/>'
    )


def _paint(stroke: str, width: float, fill: str) -> str:
    line = f' stroke="{stroke}" stroke-width="{_n(width)}"' if stroke else ""
    return f' fill="{fill or "none"}"{line}'


def _words(words: Words, drawing: Drawing) -> str:
    baseline = words.top + words.leading / 2 + DROP * words.size
    anchor = "end" if words.end else "start"
    direction = ' direction="rtl"' if drawing.rtl else ""
    spans = "".join(_span(run, rtl=drawing.rtl) for run in words.runs)
    width = f'textLength="{_n(words.width)}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{_n(words.x)}" y="{_n(baseline)}" font-size="{_n(words.size)}" text-anchor="{anchor}"{direction} '
        f'{width} xml:space="preserve">{spans}</text>'
    )


def _span(run: Run, *, rtl: bool) -> str:
    style = ' font-style="italic"' if run.italic else ""
    return "".join(
        f'<tspan font-family="{_families(run, name)}" font-weight="{run.weight}"{style} fill="{run.color}">'
        f"{escape(text)}</tspan>"
        for name, text in pieces(run, rtl=rtl)
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def lines(drawing: Drawing) -> Iterator[tuple[str, Words]]:
    """Yield the lines of text of `drawing`, each with the CSS that puts it in its place on a page."""
    for words in drawing.words:
        from_left = words.end == drawing.rtl
        side = f"left:{_n(words.x)}pt" if from_left else f"right:{_n(drawing.width - words.x)}pt"
        yield (
            f"{side};top:{_n(words.top)}pt;font-size:{_n(words.size)}pt;line-height:{_n(words.leading)}pt",
            words,
        )


def run_css(run: Run, *, rtl: bool) -> Iterator[tuple[str, str]]:
    """Yield the CSS of the face of each part of `run`, with its text."""
    slant = ";font-style:italic" if run.italic else ""
    for name, text in pieces(run, rtl=rtl):
        yield f"font-family:{_families(run, name)};font-weight:{run.weight};color:{run.color}{slant}", text
