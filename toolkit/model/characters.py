"""Characters that no text of a lesson may hold, however they got there.

Control characters, because no page and no XML file has a place for them; the separators that YAML and editors
count differently as line ends; the marks that turn the direction of text, so that a reviewer sees another text
than the program (Unicode TR 36, "Bidirectional Text Spoofing"); halves of surrogate pairs; noncharacters, which
the Unicode Standard (23.7) leaves to programs for their own use, as `model.markup` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_NAMES: Final = MappingProxyType(
    {
        "\x00": "a null character",
        "\x1b": "a terminal's escape character",
        "\x85": "a next-line character",
        "\u2028": "a line separator",
        "\u2029": "a paragraph separator",
        "\ufeff": "a byte order mark",
    }
)


def refused(text: str) -> Iterator[re.Match[str]]:
    """Yield each character of `text` that has no place in a text, with its place. Tabs and line ends are fine."""
    return _REFUSED.finditer(text)


def without(text: str) -> str:
    """Return `text` without the characters that have no place in a text."""
    return _REFUSED.sub("", text)


def plain(text: str) -> str:
    """Return `text` with the replacement character for each that has no place in a text."""
    return _REFUSED.sub("\ufffd", text)


def name(char: str) -> str:
    """Return what a refused character is called, with its number: "a control character, U+0007"."""
    return f"{_NAMES.get(char) or _sort(char)}, U+{ord(char):04X}"


def meant(char: str) -> str:
    """Return the letter that a control character of Latin-1 is in Windows-1252, "" where it is none there."""
    return char.encode("latin-1").decode("cp1252", "ignore") if "\x80" <= char <= "\x9f" and char != "\x85" else ""


def _sort(char: str) -> str:
    if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
        return "an invisible mark that turns the direction of text"
    if "\ud800" <= char <= "\udfff":
        return "half a character"
    return "a control character" if char < "\u00a0" else "a character that is none"
