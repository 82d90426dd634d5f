"""The dates of index entries: "Sept., 1989", "1975-1979", "Apr. 17, 1975"."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ONE = re.compile(r"(?:(?P<month>[A-Z][a-z]{2,8})\.?\s*(?P<day>\d{1,2})?,?\s+)?(?P<year>\d{3,4})")


def edtf(words: str) -> str:
    """Return the EDTF of a date as an encyclopedia's index writes it, "" where it is not understood."""
    about = re.match(r"(?:c\.|ca\.|circa|about)\s*", words.strip(), re.I)
    if about:
        date = edtf(words.strip()[about.end() :])
        return f"{date}~" if date and "/" not in date else ""
    ends = re.split(r"\s*[-–—]\s*(?=[A-Z]|\d{3,4}\b)", words.strip().removesuffix("."))
    read = [_one(end) for end in ends[:2]]
    if not all(read) or len(ends) > 2:
        return ""
    return "/".join(read)


def _one(words: str) -> str:
    found = _ONE.fullmatch(words.strip())
    if not found:
        return ""
    year = found["year"].zfill(4)
    if not found["month"]:
        return year
    month = next((n for n, name in enumerate(_MONTHS, 1) if found["month"].casefold().startswith(name)), 0)
    day = int(found["day"] or 0)
    if not month or day > 31:
        return ""
    return f"{year}-{month:02d}" + (f"-{day:02d}" if day else "")
