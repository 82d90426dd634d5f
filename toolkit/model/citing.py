"""Pandoc's citation syntax, read from running text.

Rules: pandoc's manual, "Citation syntax". `[see @a, 12; @b]` is one citation of two sources, `@a` in a
sentence names the author there, `[-@a]` leaves the author out. A locator is what follows the comma. A key of
unusual signs stands in braces: `[@{https://example.org}]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.text import Citation, Cite, Inline, Text

# "a letter, digit, or _", then "alphanumerics and single internal punctuation characters"; in braces, anything.
_KEY = r"\w+(?:[:.#$%&+?<>~/-]\w+)*"
_KEYED = re.compile(r"(?<![\w@/])(?P<minus>-?)@(?:(?P<key>" + _KEY + r")|\{(?P<braced>[^{}\s]+)\})")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_BARE = re.compile(_KEYED.pattern.replace("(?P<minus>-?)", "") + r"(?:\s\[(?P<locator>[^\[\]@]+)\])?")


def split_citations(text: str) -> tuple[Inline, ...]:
    """Return `text` as Text and Citation nodes, in order, nothing left out."""
    nodes: list[Inline] = []
    at = 0
    for found in _BRACKETS.finditer(text):
        citation = _group(found[1])
        if citation:
            nodes += [*_bare(text[at : found.start()]), citation]
            at = found.end()
    return tuple(nodes + _bare(text[at:]))


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each citation of `text`, Markdown or not, begins and ends."""
    at = 0
    for found in _BRACKETS.finditer(text):
        if _group(found[1]):
            yield from (bare.span() for bare in _BARE.finditer(text, at, found.start()))
            yield found.span()
            at = found.end()
    yield from (bare.span() for bare in _BARE.finditer(text, at))


def written(key: str) -> str:
    """Return how a text cites `key`: "@reed1960", or "@{https://example.org/a_b}"."""
    return f"@{key}" if re.fullmatch(_KEY, key) else f"@{{{key}}}"


def _key(found: re.Match[str]) -> str:
    return found["key"] or found["braced"]


def _group(inside: str) -> Citation | None:
    """Return what stands in brackets as a citation, or None where one of its pieces is not one source."""
    cites = []
    for piece in inside.split(";"):
        keys = list(_KEYED.finditer(piece))
        if len(keys) != 1:
            return None
        after = piece[keys[0].end() :].strip()
        prefix, locator = piece[: keys[0].start()].strip(), after.removeprefix(",").strip()
        cites.append(Cite(_key(keys[0]), prefix, locator, bool(keys[0]["minus"])))
    return Citation(tuple(cites))


def _bare(text: str) -> list[Inline]:
    nodes: list[Inline] = []
    at = 0
    for found in _BARE.finditer(text):
        if found.start() > at:
            nodes.append(Text(text[at : found.start()]))
        nodes.append(Citation((Cite(_key(found), locator=(found["locator"] or "").strip()),), in_text=True))
        at = found.end()
    if at < len(text):
        nodes.append(Text(text[at:]))
    return nodes
