"""Chunks: the blocks of a source before it is known what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.articles.manuscript import Shape


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list as it is printed: its mark ("3.", "•"), its Markdown, and its first line from 1.

    `lines` are the rows of its text, so that options under a question can be told apart. `means` is the
    explanation, where it is a term of a definition list.
    """

    mark: str
    lines: tuple[str, ...]
    line: int
    means: str = ""

    @property
    def text(self) -> str:
        """Return the item as one line."""
        return " ".join(line.strip() for line in self.lines if line.strip())


@dataclass(frozen=True, slots=True)
class Chunk:
    """A block as Markdown, with the first and last line of the source, from 1. `level` is that of a heading."""

    shape: Shape
    markdown: str
    lines: tuple[int, int]
    level: int = 0
    items: tuple[Item, ...] = ()
