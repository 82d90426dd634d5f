"""The dated statements of an article, as events for a chronology."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated statement: EDTF date, the part of it that is meant, the sentence shortened, the heading it stands under.

    `line` is that of the source. `doubt` says what a person should decide, "" for nothing.
    """

    date: str
    within: str
    words: str
    section: str
    line: int
    doubt: str = ""
