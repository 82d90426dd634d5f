"""Citation keys for records that have none.

The rule: the family name of the first author (or of the first editor, or else the first long word of the title) in
small letters of ASCII, and the year, that of the original where the source is a reprint: `becker1986`. Where another
record has the key, a letter is put behind it: `becker1986b`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

# What a lesson may write behind @ (`model.specification.CitationKey`).
_VALID = re.compile(r"[A-Za-z0-9_]+([:.#$%&+?<>~/-][A-Za-z0-9_]+)*")
# Letters that no decomposition of Unicode takes the mark off.
_LATIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
                        "ı": "i"})  # fmt: skip  # pairs read better in lines
_CREATORS = ("author", "editor", "director", "translator", "compiler", "organizer")


def valid(key: str) -> bool:
    """Return whether a lesson can cite `key`."""
    return bool(_VALID.fullmatch(key))


def made(data: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return a key for the record `data`, in CSL's keys, that is not among those `taken`."""
    stem = (_ascii(_name(data)) or _ascii(_word(str(data.get("title", "")))) or "source") + _year(data)
    if stem not in taken:
        return stem
    number = 2
    while (key := stem + _letters(number)) in taken:
        number += 1
    return key


def _name(data: Mapping[str, Any]) -> str:
    names: Any = next((data[variable] for variable in _CREATORS if data.get(variable)), [])
    first = names[0] if isinstance(names, list) and names else names
    if isinstance(first, str):
        return first.split(",")[0]
    if not isinstance(first, Mapping):
        return ""
    return str(first.get("family") or first.get("literal") or first.get("given") or "").split(",")[0]


def _word(title: str) -> str:
    words = re.findall(r"\w{4,}", title) or re.findall(r"\w+", title)
    return words[0] if words else ""


def _year(data: Mapping[str, Any]) -> str:
    for variable in ("original-date", "issued"):
        found = re.search(r"(?<!\d)\d{4}(?!\d)", str(data.get(variable, "")))
        if found:
            return found[0]
    return ""


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.lower().translate(_LATIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain)[:24]


def _letters(number: int) -> str:
    """Return what tells the records of one author and year apart: b, c ... z, then -27 and so on."""
    return chr(ord("a") + number - 1) if number <= 26 else f"-{number}"
