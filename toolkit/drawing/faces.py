"""The page's fonts: which face has a character, and how wide words are.

Words are shaped by HarfBuzz and put in order by FriBidi, through Pillow's Raqm, from the same files that the page
engine has, at a thousand pixels an em, where no hint moves an outline. So the widths are those of the printed page
(`tests/drawing` compares them), and Vietnamese, Khmer and Arabic are measured as they are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from types import MappingProxyType
from typing import Final

from PIL import ImageFont

from toolkit.drawing.shapes import Family, Run
from toolkit.resources import templates

EM: Final = 1000  # pixels an em while measuring
_FILES: Final = MappingProxyType(
    {
        "Source Serif 4": ("source-serif-4/SourceSerif4-", "Regular", "It", "Semibold", "SemiboldIt"),
        "Source Sans 3": ("source-sans-3/SourceSans3-", "Regular", "It", "Semibold", "SemiboldIt"),
        "Noto Serif Khmer": ("noto-serif-khmer/NotoSerifKhmer_", *("400Regular",) * 2, *("700Bold",) * 2),
        "Scheherazade New": ("scheherazade-new/ScheherazadeNew_", *("400Regular",) * 2, *("700Bold",) * 2),
    }
)
_FIRST: Final = MappingProxyType({"serif": "Source Serif 4", "sans": "Source Sans 3"})


def stack(family: Family, *, rtl: bool = False) -> tuple[str, ...]:
    """Return the names of the fonts that words are set in: each character in the first that has it.

    On a page that is read from the right the Arabic face comes first, so that a line is of one face and its numbers
    stand where the Unicode bidirectional algorithm puts them.
    """
    others = ("Source Sans 3",) if family == "serif" else ("Source Serif 4",)
    names = (_FIRST[family], "Noto Serif Khmer", "Scheherazade New", *others)
    return ("Scheherazade New", *(name for name in names if name != "Scheherazade New")) if rtl else names


@cache
def face(name: str, weight: int, *, italic: bool, size: float = EM) -> ImageFont.FreeTypeFont:
    """Return the face of a font at `size` pixels an em."""
    start, *styles = _FILES[name]
    style = styles[2 * (weight >= 600) + italic]
    file = templates() / "fonts" / f"{start}{style}.ttf"
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.RAQM)


@cache
def has(name: str, character: str) -> bool:
    """Return whether the font `name` has a glyph for `character`."""
    small = face(name, 400, italic=False, size=32)
    return bytes(small.getmask(character)) != bytes(small.getmask("\U0010ffff")) or not character.isprintable()


def missing(runs: tuple[Run, ...]) -> str:
    """Return the characters of `runs` that no font has, each once."""
    return "".join(dict.fromkeys(c for run in runs for c in run.text if not any(has(name, c) for name in _FILES)))


def pieces(run: Run, *, rtl: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the parts of `run` that one font sets, each with the font's name; a space belongs to what is before it."""
    names = stack(run.family, rtl=rtl)
    whole = next((name for name in names if all(has(name, c) for c in run.text)), "")
    if whole:
        yield whole, run.text
        return
    fonts: list[str] = []
    for character in run.text:
        same = fonts and character.isspace()
        fonts.append(fonts[-1] if same else next((name for name in names if has(name, character)), names[0]))
    at = 0
    for name, characters in groupby(fonts):
        length = len(list(characters))
        yield name, run.text[at : at + length]
        at += length


@lru_cache(maxsize=20_000)
def width(run: Run, size: float, *, rtl: bool = False) -> float:
    """Return the width of `run` in pt, set at `size` pt."""
    direction = "rtl" if rtl else "ltr"
    length = sum(
        face(name, run.weight, italic=run.italic).getlength(text, direction=direction)
        for name, text in pieces(run, rtl=rtl)
    )
    return length / EM * size
