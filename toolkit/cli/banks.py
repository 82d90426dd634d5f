"""Which files of the bank a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.selection import workspace

if TYPE_CHECKING:
    from toolkit.source.bank import BankFile


def split(paths: tuple[Path, ...]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the bank and the files of it that `paths` name, or that are in a folder of lessons; and the others."""
    from toolkit.model.bank import FOLDER

    home = workspace()
    ours = {path: found for path in paths if (found := _in_bank(path, (Path(), home.lessons, home.root)))}
    others = tuple(path for path in paths if path not in ours)
    around = (home.lessons if path.resolve() == home.root else path for path in others)
    beside = (folder / FOLDER for folder in around if (folder / FOLDER).is_dir())
    return (*ours.values(), *beside), others


def _in_bank(path: Path, folders: tuple[Path, ...]) -> Path | None:
    from toolkit.model.bank import FOLDER

    for folder in folders:
        found = folder / path
        inside = found.name if found.is_dir() else found.parent.absolute().name if found.is_file() else ""
        if inside == FOLDER:
            return found
    return None


def read(paths: tuple[Path, ...] = ()) -> list[BankFile]:
    """Return the files of the bank that `paths` name, each once; those of the project's bank for none."""
    from toolkit.model.bank import FOLDER
    from toolkit.source import bank

    paths = paths or (workspace().lessons / FOLDER,)
    found: dict[Path, BankFile] = {}
    for path in paths:
        for file in bank.read(path if path.is_dir() else path.parent):
            if path.is_dir() or file.path.name == path.name:
                found.setdefault(file.path.absolute(), file)
    return list(found.values())
