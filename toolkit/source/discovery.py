"""Which folder is a project, and which folders hold a lesson. Light to import: a build with nothing to do needs it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from toolkit.source import observing

FILE: Final = "lesson.yaml"
PROJECT: Final = "hornbook.toml"


def project_of(start: Path) -> tuple[Path, Path | None]:
    """Return the folder of the project that `start`, a resolved path, is in, and its file.

    It is the nearest folder upwards with a project file. Where there is none, the nearest one that has a folder
    `lessons`, or `start` itself, and None.
    """
    folders = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in folders:
        if observing.is_file(folder / PROJECT):
            return folder, folder / PROJECT
    return next((folder for folder in folders if (folder / "lessons").is_dir()), folders[0]), None


def discover(folder: Path) -> list[Path]:
    """Return the lesson files in `folder`, in order of name: each in a folder of its own.

    Folders that begin with `_` or `.` are passed over.
    """
    try:
        with os.scandir(folder) as entries:
            found = [entry.name for entry in entries if not entry.name.startswith(("_", ".")) and entry.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    paths = (f"{folder}{os.sep}{name}{os.sep}{FILE}" for name in sorted(found))
    return [Path(path) for path in paths if os.path.isfile(path)]
