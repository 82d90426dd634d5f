"""The output folder: files written whole, and a record of what was written.

A file appears under its name complete or not at all: it is written beside its place, flushed to the disk
and renamed. The record tells a file that a build made and nobody touched from one that somebody edited.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

RECORD = ".hornbook.json"
_VERSION = 1
_TEMPORARY = ".hornbook-part-"


class Written(Enum):
    """What became of a file."""

    NEW = "made"
    CHANGED = "changed"
    SAME = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Stored:
    """The path that was written, and what became of it. KEPT: an edited file stays, `path` is beside it."""

    path: Path
    written: Written


class Store:
    """One output folder. The record is read once and written by `save`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests = _read(folder / RECORD)

    def put(self, name: str, data: bytes) -> Stored:
        """Write `data` under `name` and return where it went.

        A file that was edited since it was built is kept, and `data` goes beside it with `.new` in its
        name. Bytes that are there already are not written again. Raise OSError where writing fails; then
        the old file is untouched and no part of the new one is left.
        """
        path = self.folder / name
        if path.is_symlink() or path.is_dir():
            raise IsADirectoryError(f"{path} is a {'link' if path.is_symlink() else 'folder'}, not a file")
        digest = _digest(data)
        there = _digest(path.read_bytes()) if path.is_file() else None
        if there == digest:
            self._digests[name] = digest
            return Stored(path, Written.SAME)
        if there is not None and there != self._digests.get(name):
            beside = path.with_name(f"{path.stem}.new{path.suffix}")
            _write(beside, data)
            self._digests[self._name(beside)] = digest
            return Stored(beside, Written.KEPT)
        _write(path, data)
        self._digests[name] = digest
        return Stored(path, Written.CHANGED if there else Written.NEW)

    def save(self) -> None:
        """Write the record. Without a file to tell of, there is none."""
        path = self.folder / RECORD
        if self._digests:
            files = dict(sorted(self._digests.items()))
            _write(path, json.dumps({"version": _VERSION, "files": files}, indent=1).encode())
        else:
            path.unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Return the names of the files that builds made, in order."""
        return sorted(self._digests)

    def untouched(self, name: str) -> bool:
        """Return whether the file is as a build left it."""
        path = self.folder / name
        return path.is_file() and not path.is_symlink() and _digest(path.read_bytes()) == self._digests.get(name)

    def remove(self, name: str) -> None:
        """Delete a file that a build made, and the folder it was in where that is empty now."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        self.forget(name)
        with contextlib.suppress(OSError):  # not empty: somebody keeps something there
            path.parent.rmdir()

    def forget(self, name: str) -> None:
        """Drop a file from the record; the file stays."""
        self._digests.pop(name, None)

    def parts(self) -> Iterator[Path]:
        """Yield what an interrupted build left half written."""
        yield from self.folder.glob(f"**/{_TEMPORARY}*")

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """Return the record, or an empty one where it is missing or damaged: then files count as edited."""
    try:
        record = json.loads(path.read_bytes())
        files = record["files"] if record["version"] == _VERSION else {}
        return {str(name): str(digest) for name, digest in files.items() if _inside(str(name))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _inside(name: str) -> bool:
    """Return whether `name` stays in the output folder, so that no record can make `clean` reach out of it."""
    return not name.startswith("/") and ".." not in name.split("/") and "\\" not in name and "\0" not in name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{_TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Flush the rename itself. A file system that cannot do that for a folder is not an error."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
