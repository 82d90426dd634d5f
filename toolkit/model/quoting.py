"""An author's words in a message: in one line, not all of a long text, and without what steers a terminal."""

from __future__ import annotations

from toolkit.model import characters

LONGEST_QUOTE = 60  # characters


def short(words: str) -> str:
    """Return `words` in one line of at most 60 characters; one that has no place in a text becomes U+FFFD."""
    line = characters.plain(" ".join(words.split()))
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


def quoted(words: str) -> str:
    """Return `words` as `short` does, between quotation marks."""
    return f"'{short(words)}'"
