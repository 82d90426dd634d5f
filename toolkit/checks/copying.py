"""A picture whose colours a photocopy cannot tell apart: what they mean is lost.

Whether a picture means anything by its colours no program can say. But where two flat colours, as drawings, maps and
charts have them, differ in hue and hardly in lightness, a copy in grey makes one of them. Photographs have no flat
colours, and are not judged.
"""

from __future__ import annotations

import io
import math
import warnings
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final, TypeAlias

from PIL import Image

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Picture
from toolkit.source.illustrations import documents, figures

Color: TypeAlias = tuple[int, int, int]

SIDE: Final = 300  # pixels of the longer side that are looked at
STEP: Final = 16  # of 256; colours in one step are the same
SHARE: Final = 0.02  # of a picture: what covers less is a line or its edge
CLOSE: Final = 12.0  # of lightness L*, 0 to 100 (CIE 1976): patches that differ by less look the same when copied
APART: Final = 40.0  # of a* and b*: what anybody with full sight of colour calls two colours


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each picture with two colours that become one grey."""
    found = [*figures(lesson.article), *documents(lesson.spec)]
    places = {figure.file: figure.address for figure in reversed(found)}
    places |= {file: f"images/{file}" for file in lesson.spec.images}
    for picture in lesson.pictures:
        for first, second in _merged(picture):
            message = f"a photocopy makes one grey of two colours of {picture.file!r}, {_hex(first)} and {_hex(second)}"
            hint = "make one of them darker, or tell them apart by a pattern, a form or a word"
            place = places.get(picture.file, "")
            yield Diagnostic("C850", message, address=place, needle=picture.file, hint=hint, severity=Severity.WARNING)
            break


def _merged(picture: Picture) -> Iterator[tuple[Color, Color]]:
    """Yield each two flat colours of `picture` that differ in hue and not in lightness."""
    for first, second in combinations(_flat(picture), 2):
        light, *hue = _lab(first)
        other, *another = _lab(second)
        if abs(light - other) < CLOSE and math.dist(hue, another) > APART:
            yield first, second


def _flat(picture: Picture) -> list[Color]:
    """Return the colours that cover areas of `picture`, the largest area first."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow has to say of a picture was told when it was read
        with Image.open(io.BytesIO(picture.data)) as image:
            whole = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA")).convert("RGB")
    whole.thumbnail((SIDE, SIDE), Image.Resampling.NEAREST)
    raw = whole.tobytes()
    pixels = Counter(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
    areas: Counter[Color] = Counter()
    shades: dict[Color, Counter[Color]] = {}
    for pixel, count in pixels.items():
        red, green, blue = pixel
        step = (red // STEP, green // STEP, blue // STEP)
        areas[step] += count
        shades.setdefault(step, Counter())[red, green, blue] += count
    least = SHARE * whole.width * whole.height
    # A flat area is of one colour, or nearly so: the commonest of its shades covers half of it.
    wide = [(step, shades[step].most_common(1)[0]) for step, count in areas.most_common() if count >= least]
    return [color for step, (color, count) in wide if count * 2 >= areas[step]]


def _lab(color: Color) -> tuple[float, float, float]:
    """Return L*, a*, b* of an sRGB colour in daylight (CIE 15, IEC 61966-2-1)."""
    red, green, blue = map(_linear, color)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = map(_root, (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _linear(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 0.008856 else 7.787 * value + 16 / 116


def _hex(color: Color) -> str:
    return "#" + "".join(f"{part:02x}" for part in color)
