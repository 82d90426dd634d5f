"""The readers of source texts, named here and loaded when they are needed."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import Final

from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source, Unreadable

# The name of a format, and the module that reads it: `likely(source)` and `read(source)`.
READERS: Final = MappingProxyType(
    {
        "docx": "toolkit.articles.docx",
        "odt": "toolkit.articles.odt",
        "epub": "toolkit.articles.epub",
        "pdf": "toolkit.articles.pdf",
        "html": "toolkit.articles.html",
        "encyclopedia": "toolkit.articles.encyclopedia",
        "md": "toolkit.articles.markdown",
        "txt": "toolkit.articles.plain",
    }
)

# Those that read a text as it stands.
TEXTS: Final = ("html", "encyclopedia", "md", "txt")


def read_named(name: str, source: Source) -> Manuscript:
    """Return the manuscript that the reader `name` makes of `source`.

    Raise KeyError where there is no such reader, Unreadable where the source is not what it reads.
    """
    if name in TEXTS and source.no_text[0]:
        raise Unreadable(f"this is {source.no_text[0]}", source.no_text[1])
    manuscript: Manuscript = import_module(READERS[name]).read(source)
    return manuscript


def guess(source: Source) -> str:
    """Return the name of the reader that is the most likely for `source`; the first in the table of equals.

    Raise Unreadable where none can be.
    """
    found = {name: float(import_module(READERS[name]).likely(source)) for name in READERS if name not in TEXTS}
    best = max(found, key=lambda name: found[name])
    if found[best]:
        return best
    if source.data.startswith(b"PK"):
        raise Unreadable("this is an archive, but no .docx, .odt or .epub", "import the files that are in it")
    if source.no_text[0]:
        raise Unreadable(f"this is {source.no_text[0]}", source.no_text[1])
    return max(TEXTS, key=lambda name: float(import_module(READERS[name]).likely(source)))
