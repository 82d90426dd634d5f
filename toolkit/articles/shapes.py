"""How lines of an encyclopedia's plain text look: marks, index headings, bullets, section headings."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

BODY: Final = "body"
FURTHER: Final = "further"
RELATED: Final = "related"
PEOPLE: Final = "people"

TAG: Final = re.compile(r"\s*\[(?P<tag>[A-Za-z]{1,4})\](?P<words>.*)")
BULLET: Final = re.compile(r"\s*(?:[•·●▪◦‣*]\s*|[-–—]\s+)(?=\S)")
# "Topic;subtopic", with nothing behind the semicolon: prose has a space there, and ends in a stop.
INDEX: Final = re.compile(r"(?!.*(?:[a-z]{3}|\d)[.!?][”\"’)]* [A-Z])[^\s;\[][^;\[\]]{0,90}(?:;\S[^;\[\]]{0,90})+(?<![.!?])")
GLUED: Final = re.compile(r"[.!?][”\"’)\]]* (?P<terms>[A-Z0-9“‘][^.!?]{1,150}(?:;\S[^.!?]{0,120})?)$")
FIELD: Final = re.compile(r"\s*(?P<label>Dates?|Locales?|Places?|Categor(?:y|ies)|Authors?|By)\s*:\s*(?P<words>\S.*)")

_HEADINGS: Final = MappingProxyType(
    {
        BODY: (
            "summary of event", "summary", "overview", "significance", "impact", "impact of event", "consequences",
            "background", "the event", "significance of event", "aftermath", "legacy", "context",
        ),
        FURTHER: (
            "further reading", "further readings", "for further reading", "bibliography", "sources for further study",
            "additional reading", "suggested reading", "suggested readings", "works cited", "references", "sources",
        ),
        RELATED: ("see also", "related articles", "related entries", "cross-references", "cross references"),
        PEOPLE: ("key figures", "principal personages", "key people", "people", "principal figures", "personages"),
    }
)  # fmt: skip  # the lists read by what they are


def kind_of_heading(line: str) -> str:
    """Return what a heading that is known by its words begins, "" for a line that is none of them."""
    words = line.strip().rstrip(":").casefold()
    return next((kind for kind, headings in _HEADINGS.items() if words in headings), "")


def is_title(line: str) -> bool:
    """Return whether `line` has the shape of a title or heading: short, and no sentence."""
    words = line.strip()
    short = len(words) <= 120 and len(words.split()) <= 14
    return short and words[:1].isalnum() and not re.search(r"[.!?:;,][”\"’)]*$", words)
