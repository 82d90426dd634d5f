"""Pictures for a copier: drawings in black with hatching for tints, photographs in grey with their full range."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PIL import Image, ImageOps

from toolkit.drawing.shapes import Box, Disc, Drawing, Path, Shape, Words
from toolkit.model.printout import Picture

BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
THINNEST: Final = 0.8  # pt; a thinner rule breaks up in a copy
HATCH: Final = 3.0  # pt between the lines of a hatching
_CLIPPED: Final = 1.0  # percent of the darkest and lightest pixels that become black and white

Point = tuple[float, float]


def black(drawing: Drawing) -> Drawing:
    """Return `drawing` in black and white: no rule under THINNEST, closed shapes with a tint hatched."""
    return replace(drawing, shapes=tuple(one for shape in drawing.shapes for one in _black(shape)))


def _black(shape: Shape) -> Iterator[Shape]:
    match shape:
        case Words(runs=runs):
            yield replace(shape, runs=tuple(replace(run, color=BLACK) for run in runs))
        case Path(points=points, fill=fill):
            tint = _tint(fill)
            yield replace(shape, stroke=_ink(shape.stroke), width=max(shape.width, THINNEST), fill=_fill(fill))
            if tint:
                yield from (Path(line, BLACK, THINNEST) for line in _hatching(points))
        case Box() | Disc():
            line = max(shape.line, THINNEST)
            yield replace(shape, stroke=_ink(shape.stroke), line=line, fill=_fill(shape.fill))


def _ink(color: str) -> str:
    return WHITE if color == WHITE else BLACK if color else ""


def _tint(color: str) -> bool:
    """Return whether `color` is neither paper nor dark enough to be black."""
    return bool(color) and color != WHITE and min(int(color[n : n + 2], 16) for n in (1, 3, 5)) > 0x80


def _fill(color: str) -> str:
    return WHITE if color == WHITE or _tint(color) else BLACK if color else ""


def _hatching(corners: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    """Yield the lines, falling to the left at 45 degrees, that hatch the convex polygon `corners`."""
    sums = [x + y for x, y in corners]
    at = min(sums) + HATCH
    while at < max(sums):
        hits = sorted(set(_crossings(corners, at)))
        if len(hits) > 1:
            yield hits[0], hits[-1]
        at += HATCH


def _crossings(corners: tuple[Point, ...], at: float) -> Iterator[Point]:
    """Yield where the line x + y = `at` meets the edges of the polygon."""
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        before, after = x1 + y1 - at, x2 + y2 - at
        if before * after < 0:
            part = before / (before - after)
            yield round(x1 + part * (x2 - x1), 3), round(y1 + part * (y2 - y1), 3)


def grey(picture: Picture) -> Picture:
    """Return `picture` without colour, its darkest part black and its lightest white, as PNG or JPEG."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is wrong with it was told when it was read
        with Image.open(io.BytesIO(picture.data)) as opened:
            upright = opened.convert("RGBA")
    paper = Image.new("RGBA", upright.size, WHITE)
    flat = ImageOps.autocontrast(Image.alpha_composite(paper, upright).convert("L"), cutoff=_CLIPPED)
    buffer = io.BytesIO()
    photograph = picture.media_type == "image/jpeg"
    flat.save(buffer, "JPEG" if photograph else "PNG", **({"quality": 90} if photograph else {}))
    return replace(picture, data=buffer.getvalue(), media_type="image/jpeg" if photograph else "image/png")
