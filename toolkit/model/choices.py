"""What is chosen by name for a sheet: by authors, in the project file, and on the command line.

Names alone, apart from the records that use them, so that the command line knows its options without loading those.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

SHEET_NAMES: Final = ("handout", "worksheet")

Paper: TypeAlias = Literal["letter", "a4"]
Audience: TypeAlias = Literal["student", "teacher"]

PdfVariant: TypeAlias = Literal["ua-1", "a-2a", "a-3a"]
"""The standard of a PDF: PDF/UA-1 (ISO 14289-1), and with it PDF/A-2a or PDF/A-3a (ISO 19005) for archives."""

Level: TypeAlias = Literal["core", "support", "extension"]
"""For whom a sheet asks: `core` is every question as it is written."""

LEVELS: Final[tuple[Level, ...]] = get_args(Level)

VERSION_NAMES: Final = "ABCDEFGHIJKL"
"""The names of versions on the command line and in the names of files, in order."""

Depth: TypeAlias = Literal[
    "remember", "understand", "apply", "analyze", "evaluate", "create", "dok1", "dok2", "dok3", "dok4"
]
"""The levels of the revised taxonomy of Bloom (Anderson and Krathwohl 2001), or of Webb's depth of knowledge (1997)."""
