"""The reader of edited files, as a command asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.source import files

if TYPE_CHECKING:
    from toolkit.cli.pulling import Reader

LARGEST = 50_000_000  # bytes of a Word file; the reader holds what is inside to its own limits


def reader(*, original: bool, base: Path | None) -> Reader:
    """Return what reads an edited Word file: with tracked changes accepted, or as the `original` was before them.

    `base` is the file as it was built, None where the edited file says itself what it was built from. Raise LessonError
    where that cannot be read.
    """
    from toolkit.formats.docx.reading import read

    built = files.read_bytes(base, str(base), largest=LARGEST, code="W901") if base else None
    return lambda data: read(data, "original" if original else "accepted", built)
