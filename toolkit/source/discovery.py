"""Which folders hold a lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FILE: Final = "lesson.yaml"


def discover(folder: Path) -> list[Path]:
    """Return the lesson files in `folder`, in order of name: each in a folder of its own.

    Folders that begin with `_` or `.` are passed over.
    """
    if not folder.is_dir():
        return []
    found = [path / FILE for path in folder.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))]
    return sorted(path for path in found if path.is_file())
