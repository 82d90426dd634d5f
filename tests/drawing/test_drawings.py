"""Drawings as SVG and PNG: well formed, the same every time, mirrored for languages read from the right."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

from toolkit.drawing import raster, svg
from toolkit.drawing.shapes import Box, Disc, Drawing, Path, Run, Shape, Words, mirrored, moved

SHAPES: tuple[Shape, ...] = (
    Box(10, 10, 30, 20, "#000000", 1.0, "#0b5563", 3.0),
    Disc(60, 20, 8, "#000000", 1.0, "#ffffff"),
    Path(((80, 10), (100, 30)), "#9a3412", 2.0),
    Path(((80, 40), (100, 40), (90, 55)), "#000000", 0.5, "#3f6212", closed=True),
    Path(((10, 60), (100, 60)), "#000000", 2.0, dashes=(4.0, 4.0)),
    Words(10, 66, (Run("1 < 2 & "), Run("bold", "sans", 600)), 10, 13, 44.0),
)
DRAWING = Drawing(110, 90, SHAPES, "Shapes & words")


def test_an_svg_is_well_formed_and_says_what_it_shows() -> None:
    root = etree.fromstring(svg.document(DRAWING, "A title").encode())
    names = {"s": "http://www.w3.org/2000/svg"}
    assert root.xpath("string(s:title)", namespaces=names) == "A title"
    assert root.xpath("string(s:desc)", namespaces=names) == "Shapes & words"
    assert root.xpath("string(s:text)", namespaces=names) == "1 < 2 & bold"
    assert root.get("viewBox") == "0 0 110 90"


def test_a_png_has_the_inks_where_they_belong() -> None:
    image = Image.open(io.BytesIO(raster.png(DRAWING, 144))).convert("RGB")
    assert image.size == (220, 180)
    assert image.getpixel((50, 40)) == pytest.approx((11, 85, 99), abs=8)
    assert image.getpixel((120, 40)) == (255, 255, 255)
    assert image.getpixel((180, 94)) == pytest.approx((63, 98, 18), abs=8)
    dark = [sum(image.getpixel((x, 120))) < 200 for x in range(22, 198)]  # type: ignore[arg-type]  # a tuple of RGB
    assert dark.count(True) == pytest.approx(len(dark) / 2, abs=14), "every other dash is left out"


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert raster.png(DRAWING) == raster.png(DRAWING)
    assert svg.document(DRAWING) == svg.document(DRAWING)


def test_a_mirrored_drawing_mirrored_again_is_itself() -> None:
    assert mirrored(mirrored(SHAPES, 110), 110) == SHAPES
    assert moved(moved(SHAPES, 4, 5), -4, -5) == SHAPES


def test_text_of_a_page_that_is_read_from_the_right_begins_there() -> None:
    words = Words(90, 10, (Run("عام"),), 10, 13, 20.0)
    image = Image.open(io.BytesIO(raster.png(Drawing(100, 30, (words,), "", "ar", True), 72))).convert("L")
    columns = [x for x in range(100) if any(image.getpixel((x, y)) < 128 for y in range(30))]  # type: ignore[operator]  # a number
    assert columns
    assert 60 <= min(columns) <= max(columns) <= 91
    assert 'direction="rtl"' in svg.document(Drawing(100, 30, (words,), "", "ar", True))
