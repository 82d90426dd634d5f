"""Rules of fonts: in the file, and telling which characters their glyphs are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Object, TaggedFile, resolved
from toolkit.formats.pdf.conformance.typefaces import characters

_FILES: Final = frozenset(("/FontFile", "/FontFile2", "/FontFile3"))
_NONE: Final = frozenset(("", "\0", "\ufeff", "\ufffe"))  # what no glyph may stand for


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the fonts, and with the glyphs that are shown."""
    for font in _fonts(file):
        name = str(font.get("/BaseFont", "")).lstrip("/")
        if not all(_FILES & descriptor.keys() for descriptor in _descriptors(font)):
            yield Failure("font-embedded", f"the font {name} is not in the file")
        stream = resolved(font.get("/ToUnicode"))
        told = characters(stream.get_data()) if stream is not None else {}
        if font.get("/Subtype") != "/Type3" and (not told or _NONE & set(told.values())):
            yield Failure("font-characters", f"the font {name} does not tell the character of every glyph")
    for page in file.marks:
        for mark in page:
            if mark.blank and not mark.artifact:
                yield Failure("font-glyph", f"a character in “{mark.words.strip()[:40]}” has no glyph", mark.page)


def _fonts(file: TaggedFile) -> Iterator[Object]:
    """Yield the fonts that pages name, each once."""
    met: set[int] = set()
    for page in file.pages:
        fonts: Object = resolved((resolved(page.get("/Resources")) or {}).get("/Font")) or {}
        for key in fonts:
            number = getattr(fonts.raw_get(key), "idnum", id(fonts[key]))
            if number not in met:
                met.add(number)
                yield fonts[key]


def _descriptors(font: Object) -> list[Object]:
    holders = [resolved(each) for each in resolved(font.get("/DescendantFonts")) or [font]]
    return [resolved(holder.get("/FontDescriptor")) or {} for holder in holders]
