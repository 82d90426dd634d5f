"""A source as it came: its name, its bytes, and the text they hold."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from toolkit.model import characters

# Windows-1252 is what a text of the West that is not UTF-8 is in nearly every case (WHATWG Encoding, 4.2).
_WESTERN = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


# What a file is by its first bytes, where it is no text that any reader knows.
_NO_TEXTS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .ppt)", "save it as .docx"),
    (b"{\\rtf", "a Rich Text file", "save it as .docx"),
    (b"\x89PNG", "an image", "import the text, and add the image to the lesson"),
    (b"\xff\xd8\xff", "an image", "import the text, and add the image to the lesson"),
    (b"GIF8", "an image", "import the text, and add the image to the lesson"),
    (b"\x1f\x8b", "a compressed file", "unpack it"),
    (b"7z\xbc\xaf", "a compressed file", "unpack it"),
    (b"BZh", "a compressed file", "unpack it"),
    (b"\x7fELF", "a program", ""),
    (b"SQLite format 3", "a database", ""),
)


class Unreadable(Exception):  # noqa: N818  # it says what the source is
    """A source that cannot be imported: why, in words for its owner, and what may help, "" for nothing."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


@dataclass(frozen=True)
class Decoded:
    """A text with line feeds between its lines, the encoding it was in, and what had no place in a text.

    `removed` are (line, column, name) of control characters, counted from 1, that were taken out.
    """

    text: str
    encoding: str
    certain: bool
    removed: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Source:
    """A file to import. `name` is shown in messages; its suffix helps to tell what it is."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """Return the end of the name from its last dot, in small letters."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def decoded(self) -> Decoded:
        """Return the text of the file, whatever its encoding; bytes that fit none become U+FFFD."""
        return decoded(self.data)

    @property
    def no_text(self) -> tuple[str, str]:
        """Return what the file is, if it is no text, and what may help; two "" for a text."""
        if not self.data.strip():
            return "an empty file", ""
        for mark, what, hint in _NO_TEXTS:
            if self.data.startswith(mark):
                return what, hint
        if self.data.startswith(tuple(mark for mark, _ in _MARKS)):
            return "", ""
        head = self.decoded.text[:20_000]
        odd = head.count("\ufffd") + sum(1 for stray in self.decoded.removed if stray[0] < 200)
        return ("a file that holds no text", "") if odd > len(head) * 0.1 + 2 else ("", "")

    @property
    def lines(self) -> list[str]:
        """Return the lines of the text, without their ends."""
        return self.decoded.text.split("\n")


def decoded(data: bytes) -> Decoded:
    """Return `data` as text: by its byte order mark, else as UTF-8, else as Windows-1252."""
    text, encoding, certain = _as_text(data)
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text).removeprefix("\ufeff")
    strays = list(characters.refused(text))
    if not strays:
        return Decoded(text, encoding, certain)
    removed = tuple(_named(text, strays[:1000]))
    kept, at = [], 0
    for stray in strays:
        kept.append(text[at : stray.start()])
        at = stray.end()
    return Decoded("".join((*kept, text[at:])), encoding, certain, removed)


def _as_text(data: bytes) -> tuple[str, str, bool]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding, True
    try:
        return data.decode(), "utf-8", True
    except UnicodeDecodeError as error:
        wide = data[:400].count(0) * 3 > len(data[:400])
        if wide:
            little = data[1:400:2].count(0) > data[0:400:2].count(0)
            encoding = "utf-16-le" if little else "utf-16-be"
            return data.decode(encoding, errors="replace"), encoding, False
        # One broken byte in a long UTF-8 text leaves it UTF-8: more of it decodes than not.
        broken = data.decode(errors="replace")
        wide_letters = sum(1 for letter in broken if ord(letter) > 0x7F and letter != "\ufffd")
        if wide_letters > broken.count("\ufffd") or error.start > 100_000:
            return broken, "utf-8", False
        return data.decode(_WESTERN, errors="replace"), _WESTERN, False


def _named(text: str, strays: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield the line and column of each stray, and what it is called."""
    line, at = 1, 0
    for stray in strays:
        line += text.count("\n", at, stray.start())
        at = stray.start()
        yield line, at - text.rfind("\n", 0, at), characters.name(stray[0])
