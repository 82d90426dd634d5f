"""The names of lesson folders, made of titles."""

from __future__ import annotations

import re
import unicodedata

# Letters that no decomposition of Unicode takes the mark off, and dashes, which part words.
_LATIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
                        "–": "-", "—": "-", "’": "'"})  # fmt: skip  # pairs read better in lines
_LONGEST = 64  # characters


def slug(name: str) -> str:
    """Return `name` as the name of a folder, "" where none can be made of it: no Latin letter, or a device's name."""
    ascii_name = unicodedata.normalize("NFKD", name.lower().translate(_LATIN)).encode("ascii", "ignore").decode()
    made = "-".join(re.findall(r"[a-z0-9]+", ascii_name))[:_LONGEST].strip("-")
    return "" if re.fullmatch(r"con|prn|aux|nul|com[0-9]|lpt[0-9]", made) else made
