"""Plain text as Markdown that prints as it stands."""

from __future__ import annotations

import re

# What CommonMark, its tables and footnotes, and our own citations would read as markup.
_INLINE = re.compile(r"[\\`*_\[\]<>|~^]|(?<![\w.])@(?=[\w{])|&(?=#?\w+;)|\{|!(?=\[)")
_AT_START = re.compile(r"(?:#{1,6}(?=\s|$)|[-+](?=\s)|={2,}\s*$|-{2,}\s*$|:(?=\s))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(text: str) -> str:
    """Return one line of `text` as Markdown that reads as the same text."""
    marked = _INLINE.sub(lambda found: "\\" + found[0], text)
    marked = _AT_START.sub(lambda found: "\\" + found[0], marked, count=1) if _AT_START.match(marked) else marked
    return _NUMBERED.sub(r"\1\\\2", marked, count=1) if _NUMBERED.match(marked) else marked
