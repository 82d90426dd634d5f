"""The fonts of a PDF file, and the characters that their glyphs stand for (ISO 32000-1, 9.10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Object: TypeAlias = Any  # an object of the file

_SECTION: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.S)
_CHAR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[([^\]]*)\])")


@dataclass(frozen=True, slots=True)
class Face:
    """A font as text uses it: bytes a code, and the characters of each code; empty without a ToUnicode map."""

    width: int
    characters: Mapping[int, str]

    def read(self, codes: bytes) -> tuple[str, bool]:
        """Return what `codes` say, and whether one of them is glyph 0, which stands for no character."""
        found = [int.from_bytes(codes[at : at + self.width]) for at in range(0, len(codes), self.width)]
        return "".join(self.characters.get(code, "") for code in found), self.width > 1 and 0 in found


@dataclass(slots=True)
class Faces:
    """The fonts of a file, each read once."""

    known: dict[object, Face] = field(default_factory=dict)

    def of(self, resources: Object, name: str) -> Face | None:
        """Return the font that `resources` call `name`, None where they have none."""
        fonts: Object = resources.get("/Font") or {}
        if f"/{name}" not in fonts:
            return None
        reference = fonts.raw_get(f"/{name}")
        key = getattr(reference, "idnum", id(reference))
        if key not in self.known:
            self.known[key] = _face(reference.get_object())
        return self.known[key]


def _face(font: Object) -> Face:
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    return Face(width, characters(font["/ToUnicode"].get_data()) if "/ToUnicode" in font else {})


def characters(stream: bytes) -> dict[int, str]:
    """Return the characters of each code of a ToUnicode map."""
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(stream):
        if kind == b"bfchar":
            found |= {int(code, 16): _characters(value) for code, value in _CHAR.findall(body)}
            continue
        for low, high, start, each in _RANGE.findall(body):
            codes = range(int(low, 16), int(high, 16) + 1)
            if each:
                found |= dict(zip(codes, map(_characters, re.findall(rb"<([0-9A-Fa-f]*)>", each)), strict=False))
            elif first := _characters(start):
                found |= {code: first[:-1] + chr(ord(first[-1]) + code - codes[0]) for code in codes}
    return found


def _characters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace") if len(digits) % 2 == 0 else ""
