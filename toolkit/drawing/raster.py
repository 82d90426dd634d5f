"""Drawings as PNG, by Pillow: for formats and programs that show no SVG.

Shapes are painted twice as large each way and made smaller, which smooths their edges; words are set afterwards at the
size of the picture. The same drawing gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import cycle, pairwise
from math import hypot
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

from toolkit.drawing import faces
from toolkit.drawing.shapes import Box, Disc, Drawing, Path, Words
from toolkit.drawing.svg import DROP
from toolkit.drawing.typefaces import project, stack

Point: TypeAlias = tuple[float, float]

DPI: Final = 300  # pixels an inch; what a laser printer shows of a line drawing
SMOOTH: Final = 2  # times larger, each way, while shapes are painted
NEAR_WHITE: Final = 250
INKS: Final = 64  # of the palette: all colours of a drawing and what smoothing makes of them


def png(drawing: Drawing, dpi: int = DPI) -> bytes:
    """Return `drawing` on white as PNG bytes of `dpi` pixels an inch."""
    return _png(drawing, dpi, (*project(), *stack("serif"), *stack("serif", rtl=True)))


@lru_cache(maxsize=4)  # both editions of a lesson show the same timeline
def _png(drawing: Drawing, dpi: int, _: tuple[object, ...]) -> bytes:
    scale = dpi / 72
    size = round(drawing.width * scale), round(drawing.height * scale)
    canvas = Image.new("RGB", (size[0] * SMOOTH, size[1] * SMOOTH), "#ffffff")
    pen = _Pen(canvas, scale * SMOOTH)
    for shape in drawing.figures:
        pen.draw(shape)
    image = canvas.resize(size, Image.Resampling.BOX)
    for words in drawing.words:
        _set(image, words, scale, rtl=drawing.rtl)
    buffer = BytesIO()
    reduced = image.quantize(INKS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    inks = reduced.getpalette() or []
    # An octree rounds colours; paper stays paper.
    reduced.putpalette(
        [255 if min(inks[at // 3 * 3 : at // 3 * 3 + 3]) >= NEAR_WHITE else inks[at] for at in range(len(inks))]
    )
    reduced.save(buffer, "PNG", dpi=(dpi, dpi), optimize=True)
    return buffer.getvalue()


class _Pen:
    """Paints shapes on a picture that has `scale` pixels a point."""

    def __init__(self, canvas: Image.Image, scale: float) -> None:
        self._pen = ImageDraw.Draw(canvas)
        self._scale = scale

    def draw(self, shape: Path | Box | Disc) -> None:
        match shape:
            case Disc(x, y, radius, stroke, line, fill):
                if stroke:
                    self._pen.ellipse(self._around(x, y, radius + line / 2), fill=stroke)
                    radius -= line / 2
                if fill:
                    self._pen.ellipse(self._around(x, y, radius), fill=fill)
            case Box():
                self._box(shape)
            case Path():
                self._path(shape)

    def _around(self, x: float, y: float, radius: float) -> list[float]:
        return [value * self._scale for value in (x - radius, y - radius, x + radius, y + radius)]

    def _box(self, box: Box) -> None:
        half = box.line / 2 if box.stroke else 0.0
        for grown, color in ((half, box.stroke), (-half, box.fill)):
            if color:
                edges = (box.x - grown, box.y - grown, box.x + box.width + grown, box.y + box.height + grown)
                radius = max(box.radius + grown, 0) * self._scale
                self._pen.rounded_rectangle([edge * self._scale for edge in edges], radius, fill=color)

    def _path(self, path: Path) -> None:
        points = [(x * self._scale, y * self._scale) for x, y in path.points]
        if path.fill and len(points) > 2:
            self._pen.polygon(points, fill=path.fill)
        if not path.stroke:
            return
        width = max(round(path.width * self._scale), 1)
        if path.dashes:
            for dash in _dashed(points, [length * self._scale for length in path.dashes]):
                self._pen.line(dash, fill=path.stroke, width=width)
            return
        closed = [*points, points[0], points[1]] if path.closed else points
        self._pen.line(closed, fill=path.stroke, width=width, joint="curve")


def _dashed(points: Sequence[Point], lengths: Sequence[float]) -> Iterator[list[Point]]:
    """Yield the dashes of a line: the first of `lengths` is drawn, the next left out, and so on in turn."""
    turns = cycle(lengths)
    left, drawn = next(turns), True
    for (x1, y1), (x2, y2) in pairwise(points):
        whole = hypot(x2 - x1, y2 - y1)
        at = 0.0
        while at < whole:
            step = min(left, whole - at)
            if drawn:
                ends = (at / whole, (at + step) / whole)
                yield [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in ends]
            at, left = at + step, left - step
            if left <= 1e-9:
                left, drawn = next(turns), not drawn


def _set(image: Image.Image, words: Words, scale: float, *, rtl: bool) -> None:
    """Set a line of text on `image`."""
    pen = ImageDraw.Draw(image)
    baseline = (words.top + words.leading / 2 + DROP * words.size) * scale
    x = (words.x - (words.width if words.end != rtl else 0.0)) * scale
    runs = words.runs[::-1] if rtl else words.runs
    for run in runs:
        parts = list(faces.pieces(run, rtl=rtl))
        for name, text in parts[::-1] if rtl else parts:
            font = faces.face(name, run.weight, italic=run.italic, size=words.size * scale)
            direction = "rtl" if rtl else "ltr"
            pen.text((x, baseline), text, fill=run.color, font=font, anchor="ls", direction=direction)
            em = faces.face(name, run.weight, italic=run.italic)
            x += em.getlength(text, direction=direction) / faces.EM * words.size * scale
