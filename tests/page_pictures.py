"""Pages as pictures, and how far two pictures of a page are from each other."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageFilter

RESOLUTION: Final = 60  # pixels an inch
FINER: Final = 4  # times: the page is drawn so much larger and averaged, so that hinting and smoothing cancel out
GREYS: Final = 17  # steps of a picture that is kept: 0, 15, 30, ... 255
BLUR: Final = 1.5  # pixels
SEEN: Final = 14  # of 255; two blurred pixels that differ by more look different
# Of a thousand pixels. How it was found: poppler's two rasterisers, Splash and Cairo, whose smoothing and hinting have
# nothing in common, differ by 0.01 to 0.82 on pages of six sheets, picture and text; a gloss moved by 2 pt by 1.98, a
# paragraph moved by 2 pt by 4.8, one answer rule left out by 3.4, headings in another optical size by 7.8.
TOLERANCE: Final = 1.2
_GAP: Final = 12


def drawn(data: bytes, page: int, folder: Path, program: str = "pdftoppm") -> Image.Image:
    """Return page `page` of a PDF, counted from 1, in grey at RESOLUTION; `program` is pdftoppm or pdftocairo."""
    target = folder / "page"
    numbers = ["-f", str(page), "-l", str(page), "-singlefile"]
    resolution = str(RESOLUTION * FINER)
    command = [program, "-r", resolution, "-gray", "-png", *numbers, "-", str(target)]
    subprocess.run(command, input=data, check=True, capture_output=True)
    with Image.open(target.with_suffix(".png")) as image:
        return image.convert("L").reduce(FINER)


def kept(picture: Image.Image) -> bytes:
    """Return `picture` as a small PNG of GREYS greys."""
    step = 255 / (GREYS - 1)
    greys = picture.point([round(n / step) for n in range(256)])
    greys = greys.convert("P")
    greys.putpalette([round(n * step) for n in range(GREYS) for _ in range(3)])
    data = io.BytesIO()
    greys.save(data, "PNG", optimize=True)
    return data.getvalue()


def difference(first: Image.Image, second: Image.Image) -> float:
    """Return how many of a thousand pixels look different; 1000 where the sizes are not the same."""
    if first.size != second.size:
        return 1000.0
    seen = _differing(first, second).histogram()[255]
    return 1000 * seen / (first.width * first.height)


def _differing(first: Image.Image, second: Image.Image) -> Image.Image:
    blur = ImageFilter.BoxBlur(BLUR)
    apart = ImageChops.difference(first.filter(blur), second.filter(blur))
    return apart.point([0] * (SEEN + 1) + [255] * (255 - SEEN))


def beside(pairs: Iterable[tuple[Image.Image, Image.Image]]) -> Image.Image:
    """Return one picture of all pairs: the accepted page, the page as it is, and it with what differs in red."""
    rows = [(one, other, _marked(one, other)) for one, other in pairs]
    width = max(sum(page.width + _GAP for page in row) for row in rows) + _GAP
    height = sum(max(page.height for page in row) + _GAP for row in rows) + _GAP
    whole = Image.new("RGB", (width, height), "#777777")
    top = _GAP
    for row in rows:
        left = _GAP
        for page in row:
            whole.paste(page, (left, top))
            left += page.width + _GAP
        top += max(page.height for page in row) + _GAP
    return whole


def _marked(first: Image.Image, second: Image.Image) -> Image.Image:
    if first.size != second.size:
        return second.convert("RGB")
    red = Image.new("RGB", second.size, "#d00000")
    return Image.composite(red, second.convert("RGB"), _differing(first, second))
