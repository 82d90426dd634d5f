"""The output folder: files written whole, and a record of what was written.

A file appears under its name complete or not at all: it is written beside its place, flushed to the disk
and renamed. The record tells a file that a build made and nobody touched from one that somebody edited.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import count
from pathlib import Path

from toolkit.build import examining

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
        self._saved = dict(self._digests)

    def put(self, name: str, data: bytes) -> Stored:
        """Write `data` under `name` and return where it went.

        A file that was edited since it was built is kept, and `data` goes beside it with `.new` in its
        name. Bytes that are there already are not written again. Raise OSError where writing fails, or
        where a link or a folder is in the way; then the old file is untouched and no part of the new one
        is left.
        """
        path = self.folder / name
        if not self._within(path):
            raise OSError("its folder is a link that leads out of the output folder")
        kept = not self._ours(path, data)
        if kept:
            path = next(beside for beside in _besides(path) if self._ours(beside, data))
        there = _digest_at(path)
        digest = _digest(data)
        if there != digest:
            write_whole(path, data)
        self._digests[path.relative_to(self.folder).as_posix()] = digest
        if kept:
            return Stored(path, Written.KEPT)
        return Stored(path, Written.NEW if there is None else Written.SAME if there == digest else Written.CHANGED)

    def save(self) -> None:
        """Write the record, if it says something new. Without a file to tell of, there is none."""
        if self._digests == self._saved:
            return
        path = self.folder / RECORD
        if self._digests:
            files = dict(sorted(self._digests.items()))
            write_whole(path, json.dumps({"version": _VERSION, "files": files}, indent=1).encode())
        else:
            path.unlink(missing_ok=True)
        self._saved = dict(self._digests)

    def names(self) -> list[str]:
        """Return the names of the files that builds made, in order."""
        return sorted(self._digests)

    def untouched(self, name: str) -> bool:
        """Return whether the file is as a build left it: there, in this folder, and not edited since."""
        path = self.folder / name
        return path.is_file() and not path.is_symlink() and self._within(path) and self._ours(path)

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
        yield from (path for path in self.folder.glob(f"**/{_TEMPORARY}*") if path.is_file())

    def _ours(self, path: Path, data: bytes | None = None) -> bool:
        """Return whether `path` is free, or holds bytes that a build made, or `data`: then no work is lost.

        Whatever name they were made under: somebody may have put `worksheet.new.docx` in the old one's place.
        """
        there = _digest_at(path)
        if there is None or (data is not None and there == _digest(data)):
            return True
        return examining.ours(path, recorded=there in self._digests.values())

    def _within(self, path: Path) -> bool:
        """Return whether the folder of `path` is inside the output folder, links followed."""
        return path.parent.resolve().is_relative_to(self.folder.resolve())


def _besides(path: Path) -> Iterator[Path]:
    """Yield where a new file may go that finds an edited one at `path`: .new.docx, .new-2.docx, ..."""
    yield path.with_name(f"{path.stem}.new{path.suffix}")
    yield from (path.with_name(f"{path.stem}.new-{number}{path.suffix}") for number in count(2))


def _digest_at(path: Path) -> str | None:
    """Return the digest of the file at `path`, None where there is nothing. Raise OSError for what is not a file."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        kind = "link" if path.is_symlink() else "folder" if path.is_dir() else "device"
        raise OSError(f"a {kind} is in its place")
    return _digest(path.read_bytes()) if path.exists() else None


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _read(path: Path) -> dict[str, str]:
    """Return the record, or an empty one where it is missing or damaged: then files count as edited."""
    try:
        record = json.loads(path.read_bytes())
        files = record["files"] if record["version"] == _VERSION else {}
        return {str(name): str(digest) for name, digest in files.items() if _inside(str(name))}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _inside(name: str) -> bool:
    """Return whether `name` stays in the output folder, so that no record can make `clean` reach out of it."""
    steps = name.split("/")
    return not {"", ".", ".."} & set(steps) and "\\" not in name and "\0" not in name


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that the file is whole, old or new, at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A random name: a process number comes back, in a container at once, and would meet what a killed build left.
    part = path.with_name(f"{_TEMPORARY}{secrets.token_hex(4)}-{path.name}")
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
