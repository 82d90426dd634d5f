"""The readers of source texts, named here and loaded when they are needed."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Final

from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source

# The name of a format, and the module that reads it: `likely(source)` and `read(source)`.
READERS: Final = MappingProxyType(
    {
        "encyclopedia": "toolkit.articles.encyclopedia",
        "md": "toolkit.articles.markdown",
        "txt": "toolkit.articles.plain",
    }
)


def read_named(name: str, source: Source) -> Manuscript:
    """Return the manuscript that the reader `name` makes of `source`. Raise KeyError where there is none."""
    manuscript: Manuscript = import_module(READERS[name]).read(source)
    return manuscript


def guess(source: Source) -> str:
    """Return the name of the reader that is the most likely for `source`; the first in the table of equals."""
    return max(READERS, key=lambda name: float(import_module(READERS[name]).likely(source)))
