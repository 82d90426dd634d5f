"""The reader of Word files."""

from __future__ import annotations

from toolkit.articles import archives, converting
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is of this format."""
    return 1.0 if archives.kind(source) == "docx" else 0.0


def read(source: Source) -> Manuscript:
    """Return the article that the file holds. Raise Unreadable where it cannot be read."""
    return converting.office(source, "docx")
