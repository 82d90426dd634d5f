"""Scripts: which one a language is written in, and where words of one script begin and end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from babel.core import get_global
from fontTools import unicodedata as scripts  # type: ignore[import-untyped]  # it has no types

_ANY: Final = ("Zyyy", "Zinh", "Zzzz")  # ISO 15924: common, inherited, unknown
_SENTENCE: Final = 3  # words; fewer may be a name in a sentence of the other direction
_TOKEN: Final = re.compile(r"\S+")
# Unicode's default ignorable characters that text holds: joiners, marks of direction, variation selectors. They have
# no ink; no font is asked for them.
_IGNORABLE: Final = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


def subtags(language: str) -> tuple[str, str, str]:
    """Return language, script and region of `language`, those it does not say as CLDR thinks likeliest."""
    name, *rest = language.replace("_", "-").split("-")
    name = name.lower()
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in rest if len(part) == 2 or (len(part) == 3 and part.isdigit())), "")
    table: Mapping[str, str] = get_global("likely_subtags")
    for known in ((name, script), (name, region), (name,)):
        likely = table.get("_".join(filter(None, known)))
        if likely:
            _, likely_script, likely_region = likely.split("_")
            return name, script or likely_script, region or likely_region
    return name, script, region


def script_of(language: str) -> str:
    """Return the script that `language` (BCP 47) is written in, as ISO 15924 names it; "Latn" where unknown."""
    return subtags(language)[1] or "Latn"


def likeliest(script: str) -> str:
    """Return the language, with its region, that CLDR thinks likeliest for a text in `script`; "" for none.

    `script` is named as ISO 15924 does: "Khmr" -> "km-KH".
    """
    table: Mapping[str, str] = get_global("likely_subtags")
    language, _, region = table.get(f"und_{script}", "__").split("_")
    return f"{language}-{region}" if language and region else language


@lru_cache(maxsize=4096)
def script(character: str) -> str:
    """Return the script of `character` (Unicode Standard Annex 24), "" where it stands in any."""
    found: str = scripts.script(character)
    return "" if found in _ANY else found


def from_left(text: str) -> bool:
    """Return whether `text` is a sentence or more of words that run from the left, and of no others.

    On a page that is read from the right its last mark would stand before it.
    """
    kinds = [unicodedata.bidirectional(character) for character in text]
    return (
        text.rstrip().endswith((".", "!", "?", "…", ":"))
        and len(text.split()) >= _SENTENCE
        and "L" in kinds
        and not {"R", "AL"} & set(kinds)
    )


def shown(text: str) -> str:
    """Return the characters of `text` that a font must have: no spaces, and none without ink."""
    return "".join(c for c in _IGNORABLE.sub("", text) if not c.isspace() and c.isprintable())


def words(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word of `text` begins and ends: letters of one script, with the marks and signs inside.

    Signs and digits go with the letters before them, or after them where none are; those at the ends of a word are
    no part of it, but digits are. A script without spaces has long words.
    """
    for token in _TOKEN.finditer(text):
        for start, end in _one_script(token[0]):
            while start < end and not _lettered(token[0][start]):
                start += 1
            while start < end and not _lettered(token[0][end - 1]):
                end -= 1
            if start < end:
                yield token.start() + start, token.start() + end


def _one_script(token: str) -> Iterator[tuple[int, int]]:
    start, kind = 0, ""
    for at, character in enumerate(token):
        found = "" if character.isascii() and not character.isalpha() else _family(script(character))
        if found and kind and found != kind:
            yield start, at
            start = at
        kind = found or kind
    yield start, len(token)


def _family(found: str) -> str:
    """Return one name for the scripts that Japanese, Chinese and Korean mix within words."""
    return "Hani" if found in ("Hira", "Kana", "Bopo", "Hang") else found


def _lettered(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
