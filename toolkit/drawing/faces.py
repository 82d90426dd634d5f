"""The page's fonts: which face has a character, and how wide words are.

Words are shaped by HarfBuzz and put in order by FriBidi, through Pillow's Raqm, from the same files that the page
engine has, at a thousand pixels an em, where no hint moves an outline. So the widths are those of the printed page
(`tests/drawing` compares them), and Vietnamese, Khmer and Arabic are measured as they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Final

from PIL import ImageFont

from toolkit.drawing.shapes import Run
from toolkit.drawing.typefaces import chosen, covered, every, named, stack
from toolkit.model import scripts

EM: Final = 1000  # pixels an em while measuring


def face(name: str, weight: int, *, italic: bool, size: float = EM) -> ImageFont.FreeTypeFont:
    """Return the face of a font at `size` pixels an em."""
    typeface = named(name)
    return _face(typeface.file(weight, italic=italic), typeface.index, size)


@lru_cache(maxsize=64)
def _face(file: str, index: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, index, layout_engine=ImageFont.Layout.RAQM)


def missing(runs: tuple[Run, ...]) -> str:
    """Return the characters of `runs` that no font has, each once."""
    said = scripts.shown("".join(run.text for run in runs))
    return "".join(c for c in dict.fromkeys(said) if not any(c in covered(typeface) for typeface in every()))


def pieces(run: Run, *, rtl: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the parts of `run` that one font sets, each with the font's name: never a word in two.

    A space belongs to what is before it.
    """
    names = stack(run.family, rtl=rtl)
    shown = scripts.shown(run.text)
    whole = next((name for name in names if covered(named(name)).issuperset(shown)), "")
    if whole:
        yield whole, run.text
        return
    fonts: list[str] = []
    for character in run.text:
        same = fonts and not scripts.shown(character)
        fonts.append(fonts[-1] if same else chosen(character, names)[0])
    for start, end in scripts.words(run.text):
        name, each = chosen(run.text[start:end], names)
        if not each:
            fonts[start:end] = [name] * (end - start)
    at = 0
    for name, characters in groupby(fonts):
        length = len(list(characters))
        yield name, run.text[at : at + length]
        at += length


def width(run: Run, size: float, *, rtl: bool = False) -> float:
    """Return the width of `run` in pt, set at `size` pt."""
    return _width(run, stack(run.family, rtl=rtl), rtl) / EM * size


@lru_cache(maxsize=20_000)
def _width(run: Run, _: tuple[str, ...], rtl: bool) -> float:
    """Return the width of `run` in thousandths of its size; it depends on the families that it may be set in."""
    direction = "rtl" if rtl else "ltr"
    return sum(
        face(name, run.weight, italic=run.italic).getlength(text, direction=direction)
        for name, text in pieces(run, rtl=rtl)
    )
