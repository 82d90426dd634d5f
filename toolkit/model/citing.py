"""Pandoc's citation syntax, read from running text.

Rules: pandoc's manual, "Citation syntax". `[see @a, 12; @b]` is one citation of two sources, `@a` in a
sentence names the author there, `[-@a]` leaves the author out. A locator is what follows the comma.
"""

from __future__ import annotations

import re

from toolkit.model.text import Citation, Cite, Inline, Text

_KEY = r"[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_])?"
_GROUP = re.compile(r"\[([^\[\]]*?(?<![\w\\])-?@" + _KEY + r"[^\[\]]*)\]")
_BARE = re.compile(r"(?<![\w@/])@(" + _KEY + r")(?:\s\[([^\[\]@]+)\])?")
_CITE = re.compile(r"^(?P<prefix>.*?)(?P<minus>-?)@(?P<key>" + _KEY + r")\s*(?:,\s*(?P<locator>.*))?(?P<rest>.*)$", re.S)


def split_citations(text: str) -> tuple[Inline, ...]:
    """Return `text` as Text and Citation nodes, in order, nothing left out."""
    nodes: list[Inline] = []
    at = 0
    for found in _GROUP.finditer(text):
        nodes += _bare(text[at : found.start()])
        nodes.append(_group(found.group(1)) or Text(found.group(0)))
        at = found.end()
    return tuple(nodes + _bare(text[at:]))


def _group(inside: str) -> Citation | None:
    cites = []
    for piece in inside.split(";"):
        found = _CITE.match(piece.strip())
        if not found:
            return None
        locator = " ".join(filter(None, (found["locator"] or "", found["rest"].strip())))
        cites.append(Cite(found["key"], found["prefix"].strip(), locator.strip(), bool(found["minus"])))
    return Citation(tuple(cites))


def _bare(text: str) -> list[Inline]:
    nodes: list[Inline] = []
    at = 0
    for found in _BARE.finditer(text):
        if found.start() > at:
            nodes.append(Text(text[at : found.start()]))
        nodes.append(Citation((Cite(found[1], locator=(found[2] or "").strip()),), in_text=True))
        at = found.end()
    if at < len(text):
        nodes.append(Text(text[at:]))
    return nodes
