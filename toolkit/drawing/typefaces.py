"""Which typefaces there are, and in what order they are asked for words.

Those that come with the program, and those of the project of the lesson that is being written (`using`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Final

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

from toolkit.drawing.shapes import Family
from toolkit.model import scripts
from toolkit.model.typeface import Typeface
from toolkit.resources import templates

SERIF: Final = "Source Serif 4"
SANS: Final = "Source Sans 3"
_FIRST: Final = {"serif": SERIF, "sans": SANS}
_TWO: Final = ("400Regular", "400Regular", "700Bold", "700Bold")  # a family without slanted faces
# Families with their folder and files: regular, italic, semibold, semibold italic. The order of the other scripts
# is that of `templates/fonts/fonts.conf`.
_FILES: Final[tuple[tuple[str, str, str, str, str, str], ...]] = (
    (SERIF, "source-serif-4/SourceSerif4-", "Regular", "It", "Semibold", "SemiboldIt"),
    (SANS, "source-sans-3/SourceSans3-", "Regular", "It", "Semibold", "SemiboldIt"),
    ("Noto Serif Khmer", "noto-serif-khmer/NotoSerifKhmer_", *_TWO),
    ("Scheherazade New", "scheherazade-new/ScheherazadeNew_", *_TWO),
    ("Noto Serif Hebrew", "noto-serif-hebrew/NotoSerifHebrew_", *_TWO),
    ("Sarabun", "sarabun/Sarabun_", *_TWO),
    ("Noto Serif Devanagari", "noto-serif-devanagari/NotoSerifDevanagari_", *_TWO),
)
# Scripts whose face has punctuation, digits and Latin of its own, so that a text is set in it alone.
_WHOLE: Final = {"Hebr": "Noto Serif Hebrew", "Thai": "Sarabun", "Deva": "Noto Serif Devanagari"}
_NAMED: Final = {"Hans": "SC", "Hant": "TC", "Jpan": "JP", "Kore": "KR"}  # how families name their readers
_HAN: Final = frozenset(_NAMED)
_PROJECT: Final[ContextVar[tuple[Typeface, ...]]] = ContextVar("typefaces of the project", default=())
_SCRIPT: Final[ContextVar[str]] = ContextVar("script of the page", default="")


@contextmanager
def using(faces: tuple[Typeface, ...], language: str) -> Iterator[None]:
    """Return a context in which words of a page in `language` are set, also in `faces`, those of its project.

    These come after those of the program, first those that are made for the readers of the language.
    """
    script = scripts.script_of(language)
    mark = _NAMED.get(script, "SC")

    def order(face: Typeface) -> tuple[bool, bool, str]:
        return not face.name.endswith(mark), "Serif" not in face.name, face.name

    named_script = _SCRIPT.set(script)
    token = _PROJECT.set(tuple(sorted(faces, key=order)))
    try:
        yield
    finally:
        _PROJECT.reset(token)
        _SCRIPT.reset(named_script)


def project() -> tuple[Typeface, ...]:
    """Return the typefaces of the project that words may be set in now."""
    return _PROJECT.get()


@cache
def packaged() -> tuple[Typeface, ...]:
    """Return the typefaces that come with the program."""
    folder = templates() / "fonts"

    def file(start: str, style: str) -> str:
        return str(folder / f"{start}{style}.ttf")

    return tuple(
        Typeface(name, file(start, regular), file(start, italic), file(start, bold), file(start, both))
        for name, start, regular, italic, bold, both in _FILES
    )


def every() -> tuple[Typeface, ...]:
    """Return every typeface, those of the program first."""
    return (*packaged(), *project())


def named(name: str) -> Typeface:
    """Return the typeface of the family `name`."""
    return next(face for face in every() if face.name == name)


def stack(family: Family, *, rtl: bool = False) -> tuple[str, ...]:
    """Return the names of the families that words are set in, the first to be asked first.

    On a page that is read from the right its script's face comes first, so that a line is of one face and its numbers
    stand where the Unicode bidirectional algorithm puts them.
    """
    first = _FIRST[family]
    others = [face.name for face in packaged() if face.name not in (SERIF, SANS)]
    names = [first, *others, *(face.name for face in project()), SANS if first == SERIF else SERIF]
    right = _WHOLE.get(_SCRIPT.get(), "Scheherazade New")
    return tuple(sorted(names, key=lambda name: name != right)) if rtl else tuple(names)


def page_stack(family: Family, language: str, text: str) -> tuple[str, ...]:
    """Return the names of the families for a page in `language` that says `text`, the first to be asked first.

    The text of a script whose face has its own punctuation is set in that face alone; small print, in sans, begins
    with the Latin face, as most of it is Latin there.
    """
    names = stack(family)
    script = scripts.script_of(language)
    first = _WHOLE.get(script, "") if family == "serif" or script == "Hebr" else ""
    if script in _HAN:
        first = _han(text)
    return (first, *(name for name in names if name != first)) if first else names


def _han(text: str) -> str:
    """Return the project's family for Han characters: one that has most of `text`, then one made for its readers."""
    letters = {c for c in scripts.shown(text) if not c.isascii()}
    best = max(project(), key=lambda face: len(letters & covered(face)), default=None)
    return best.name if best and any(scripts.script(c) == "Hani" for c in letters & covered(best)) else ""


def covered(face: Typeface) -> frozenset[str]:
    """Return the characters that `face` has a glyph for."""
    return _covered(face.regular, face.index, face.digest)


@lru_cache(maxsize=64)
def _covered(file: str, index: int, digest: str) -> frozenset[str]:
    with TTFont(file, fontNumber=index, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap() or {}))


def chosen(word: str, names: tuple[str, ...]) -> tuple[str, bool]:
    """Return the family of `names` for `word`, and whether the page engine would choose it for each character.

    It is the first that has them all; where none has, the first that has any of them.
    """
    letters = scripts.shown(word)
    sets = [(name, covered(named(name))) for name in names]
    each = {next((name for name, has in sets if c in has), "") for c in letters}
    if len(each) <= 1:
        return next(iter(each), "") or names[0], True
    whole = next((name for name, has in sets if has.issuperset(letters)), "")
    return whole or next(name for name, has in sets if any(c in has for c in letters)), not whole
