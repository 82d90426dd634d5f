"""The block of fields at the top of a Markdown file: YAML between `---`, or TOML between `+++`.

Only its plain fields are read, line by line: a file to import is nobody's to trust, and a whole parser can be
kept busy by a few of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.articles.manuscript import Provenance
from toolkit.articles.passage import Account

_FIELD = re.compile(r"(?P<key>[A-Za-z][\w.:-]*)\s*[:=]\s*(?P<value>.*)")
_ITEM = re.compile(r"\s*-\s+(?:name:\s*)?(?P<value>\S.*)")
_MOST = 200  # lines
_KEYS = {
    "author": ("author", "authors", "byline", "creator", "dc.creator", "dcterms.creator"),
    "publisher": ("publisher", "site", "dc.publisher"),
    "date": ("date", "published", "pubdate", "dc.date", "created"),
    "url": ("url", "source", "canonical", "canonical_url", "link"),
    "licence": ("license", "licence", "rights", "copyright", "dc.rights"),
}


def read(lines: list[str], account: Account) -> tuple[int, dict[str, str]]:
    """Return the line behind the fields, counted from 0, and the fields, their names in small letters."""
    mark = lines[0].strip() if lines else ""
    if mark not in ("---", "+++"):
        return 0, {}
    ends = ("---", "...") if mark == "---" else ("+++",)
    end = next((n for n, line in enumerate(lines[1:_MOST], start=1) if line.strip() in ends), 0)
    told = _fields(lines[1:end])
    if not end or not told:
        return 0, {}
    for number in range(1, end + 2):
        if lines[number - 1].strip():
            account.whole(number, "kept", "front matter")
    return end + 1, told


def provenance(told: Mapping[str, str]) -> Provenance:
    """Return where the source comes from, as its fields say it."""
    found = {field: next((told[key] for key in keys if told.get(key)), "") for field, keys in _KEYS.items()}
    return Provenance(**found)


def _fields(lines: list[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    last = ""
    for line in lines:
        field, item = _FIELD.match(line), _ITEM.match(line)
        if field:
            last = field["key"].lower()
            told[last] = _value(field["value"])
        elif last and (item or line[:1] in " \t") and line.strip():
            words = _value(item["value"] if item else line)
            told[last] = f"{told[last]}; {words}" if told[last] and item else f"{told[last]} {words}".strip()
    return told


def _value(words: str) -> str:
    words = words.strip()
    if words in (">", "|", ">-", "|-"):
        return ""
    if words.startswith("[") and words.endswith("]"):
        return "; ".join(part.strip(" \"'") for part in words[1:-1].split(",") if part.strip(" \"'"))
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'" else words
