"""Rules of footnotes: each has a name of its own, and a mark in the text that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import TaggedFile


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the footnotes; that names are each given once is a rule of the structure."""
    notes = list(file.of("Note"))
    for note in notes:
        if not note.said("ID"):
            message = f"the note “{file.words(note).strip()[:40]}” has no name"
            yield Failure("note-name", message, file.page_of(note), note)
    calls = [element for element in file.of("Reference") if not element.within("Note")]
    if len(calls) < len(notes):
        yield Failure("note-reference", f"of {len(notes)} notes, {len(notes) - len(calls)} have no mark in the text")
