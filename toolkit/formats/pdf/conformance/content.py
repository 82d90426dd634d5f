"""What a page of a PDF file paints, by its marked content (ISO 32000-1, 14.6).

A reader of its own, of what tags need and no more: a parser that keeps every operation is thirty times slower, and a
build checks every file it makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from toolkit.formats.pdf.conformance.typefaces import Face, Faces

Object: TypeAlias = Any  # an object of the file. pypdf tells their types apart only as it reads them.
Properties: TypeAlias = dict[str, "str | int"]

_TOKEN: Final = re.compile(
    rb"%[^\r\n]*|BI\s.*?\sEI\b|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]"
    rb"|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)"
    rb"|/[^\s/<>\[\](){}%]*|[^\s/<>\[\](){}%]+",
    re.S,
)
_OPERAND: Final = re.compile(rb"[/<(\[\]>+\-.0-9]|true$|false$|null$")
_PAINTS: Final = frozenset((b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"))
_SHOWS: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_ESCAPES: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DEEPEST: Final = 12  # forms within forms


@dataclass(slots=True, eq=False)
class Mark:
    """A marked-content sequence of a page, counted from 1. `number` is its MCID; the tag "" is outside of any.

    `words` are what its text says, `paints` whether it paints anything at all.
    """

    page: int
    tag: str
    number: int | None = None
    properties: Properties = field(default_factory=dict)
    outer: Mark | None = None
    in_form: bool = False
    words: str = ""
    paints: bool = False
    blank: bool = False  # a glyph that stands for no character

    @property
    def artifact(self) -> bool:
        """Return whether it, or what it stands in, is an artifact."""
        return self.tag == "Artifact" or (self.outer is not None and self.outer.artifact)

    @property
    def tagged(self) -> bool:
        """Return whether it, or what it stands in, belongs to the structure."""
        return self.number is not None or (self.outer is not None and self.outer.tagged)


def marks(page: int, resources: Object, content: bytes, faces: Faces) -> list[Mark]:
    """Return the marks of a page in the order in which they are painted, the first what is outside of any."""
    return _Scan(page, faces).read(resources, content)


class _Scan:
    def __init__(self, page: int, faces: Faces) -> None:
        self._page, self._faces = page, faces
        self._found = [Mark(page, "")]
        self._open = [self._found[0]]
        self._face: Face | None = None
        self._form = 0

    def read(self, resources: Object, content: bytes) -> list[Mark]:
        """Follow `content` and return the marks that were met so far."""
        operands: list[bytes] = []
        for token in _TOKEN.finditer(content):
            word = token[0]
            if _OPERAND.match(word):
                operands.append(word)
            elif not word.startswith(b"%"):
                self._operate(word, operands, resources)
                operands = []
        return self._found

    def _operate(self, name: bytes, operands: list[bytes], resources: Object) -> None:
        here = self._open[-1]
        if name in _SHOWS:
            self._show(here, operands)
        elif name in _PAINTS or name.startswith(b"BI"):
            here.paints = True
        elif name in (b"BDC", b"BMC"):
            self._begin(operands, resources)
        elif name == b"EMC" and len(self._open) > 1:
            self._open.pop()
        elif name == b"Tf" and operands:
            self._face = self._faces.of(resources, operands[0][1:].decode("latin-1"))
        elif name == b"Do" and operands:
            self._paint(here, operands[0][1:].decode("latin-1"), resources)

    def _show(self, here: Mark, operands: list[bytes]) -> None:
        here.paints = True
        if self._face is not None:
            codes = b"".join(_string(operand) for operand in operands if operand[:1] in b"(<" and operand != b"<<")
            words, blank = self._face.read(codes)
            here.words += words
            here.blank = here.blank or blank

    def _begin(self, operands: list[bytes], resources: Object) -> None:
        properties = _properties(operands[1:], resources)
        number = properties.get("MCID")
        tag = operands[0][1:].decode("latin-1") if operands else ""
        mark = Mark(
            self._page, tag, number if isinstance(number, int) else None, properties, self._open[-1], self._form > 0
        )
        self._found.append(mark)
        self._open.append(mark)

    def _paint(self, here: Mark, name: str, resources: Object) -> None:
        found = (resources.get("/XObject") or {}).get(name if name.startswith("/") else f"/{name}")
        found = found.get_object() if found is not None else None
        if found is None or found.get("/Subtype") != "/Form" or self._form > _DEEPEST:
            here.paints = True
            return
        self._form += 1
        face, opened = self._face, len(self._open)
        self.read(found.get("/Resources", resources), found.get_data())
        self._face = face
        del self._open[opened:]
        self._form -= 1


def _properties(operands: list[bytes], resources: Object) -> Properties:
    """Return the properties of a mark, of a dictionary in the content or of one that the resources name."""
    if len(operands) == 1:
        named = (resources.get("/Properties") or {}).get(operands[0].decode("latin-1"))
        return dict(_plain(named.get_object())) if named is not None else {}
    found: Properties = {}
    pairs = iter(operand for operand in operands if operand not in (b"<<", b">>", b"[", b"]"))
    for key in pairs:
        value = next(pairs, b"")
        if key.startswith(b"/"):
            found[key[1:].decode("latin-1")] = _value(value)
    return found


def _plain(properties: Mapping[str, Object]) -> Iterator[tuple[str, str | int]]:
    for key, value in properties.items():
        yield key[1:], int(value) if key == "/MCID" else str(value).lstrip("/")


def _value(token: bytes) -> str | int:
    if token[:1] in (b"(", b"<"):
        return text(_string(token))
    if token.startswith(b"/"):
        return token[1:].decode("latin-1")
    return int(token) if token.isdigit() else token.decode("latin-1")


def text(data: bytes) -> str:
    """Return the text of a string of the file: UTF-16 with its mark, else Latin-1 (ISO 32000-1, 7.9.2.2)."""
    return data[2:].decode("utf-16-be", "replace") if data.startswith(b"\xfe\xff") else data.decode("latin-1")


def _string(token: bytes) -> bytes:
    """Return the bytes of a string as it is written in content, in hexadecimal or in parentheses (7.3.4)."""
    if token.startswith(b"<"):
        digits = re.sub(rb"\s", b"", token[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    return re.sub(rb"\\(\r\n|[0-7]{1,3}|.)", _unescaped, token[1:-1], flags=re.S)


def _unescaped(part: re.Match[bytes]) -> bytes:
    if part[1][:1].isdigit():
        return bytes([int(part[1], 8) & 0xFF])
    return b"" if part[1] in (b"\n", b"\r", b"\r\n") else _ESCAPES.get(part[1], part[1])
