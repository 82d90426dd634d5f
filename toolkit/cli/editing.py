"""The reader of edited files, as a command asks for it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from toolkit.cli.pulling import Reader


def reader(*, original: bool, base: Path | None) -> Reader:
    """Return what reads an edited Word file: with tracked changes accepted, or as the `original` was before them.

    `base` is the file as it was built, None where the edited file says itself what it was built from.
    """
    read = import_module("toolkit.formats.docx.reading").read
    view = "original" if original else "accepted"
    if base is None:
        return lambda data: read(data, view)
    built = base.read_bytes()
    return lambda data: read(data, view, built)
