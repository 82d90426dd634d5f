"""The output folder: files written whole, and a record of what was written.

A file appears under its name complete or not at all: it is written beside its place, flushed to the disk
and renamed. The record tells a file that a build made and nobody touched from one that somebody edited.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import count
from pathlib import Path

from toolkit.build import examining
from toolkit.build.record import RECORD as RECORD
from toolkit.build.record import Record
from toolkit.build.writing import TEMPORARY
from toolkit.build.writing import write_whole as write_whole
from toolkit.source.observing import digest as _digest


class Written(Enum):
    """What became of a file."""

    NEW = "made"
    CHANGED = "changed"
    SAME = "unchanged"
    KEPT = "kept"
    OPEN = "skipped"


@dataclass(frozen=True, slots=True)
class Stored:
    """The path that was written, and what became of it.

    KEPT: an edited file stays, `path` is beside it. OPEN: a word processor has the file at `path` open; it stays.
    """

    path: Path
    written: Written


class Store:
    """One output folder, with its record: read once, added to before a file is put in place, and settled by `save`."""

    def __init__(self, folder: Path, record: Record | None = None, *, overwrite: bool = False) -> None:
        self.folder = folder
        self.record = record or Record(folder)
        self._overwrite = overwrite  # also what was edited
        self._digests = self.record["files"]
        self._known = {*self._digests.values(), *self.record["will"].values()}

    def put(self, name: str, data: bytes) -> Stored:
        """Write `data` under `name` and return where it went.

        A file that was edited since it was built is kept, and `data` goes beside it with `.new` in its
        name. One that is open in a word processor is left alone, as what is done in it may not be saved yet.
        Bytes that are there already are not written again. Raise OSError where writing fails, or
        where a link or a folder is in the way; then the old file is untouched and no part of the new one
        is left.
        """
        path = self.folder / name
        if not self._within(path):
            raise OSError("its folder is a link that leads out of the output folder")
        kept = not self._overwrite and not self._ours(path, data)
        if kept and not examining.lock(path):
            path = next(beside for beside in _besides(path) if self._ours(beside, data))
        there = _digest_at(path)
        digest = _digest(data)
        placed = path.relative_to(self.folder).as_posix()
        if there != digest and examining.lock(path):
            return Stored(path, Written.OPEN)
        if there != digest:
            # Said before it is done: a build that is killed between the two has edited nothing by hand.
            self.record.put("will", {placed: digest})
            with contextlib.suppress(IsADirectoryError):  # somebody's folder has the record's name
                self.record.flush(sure=True)
            write_whole(path, data)
        if self._digests.get(placed) != digest:
            self.record.put("files", {placed: digest})
        self._known.add(digest)
        if kept:
            return Stored(path, Written.KEPT)
        return Stored(path, Written.NEW if there is None else Written.SAME if there == digest else Written.CHANGED)

    def save(self) -> None:
        """Write the record, if it says something new. Without a file to tell of, there is none."""
        done = {}
        for name, digest in self.record["will"].items():  # of builds that were killed
            with contextlib.suppress(OSError):
                if self._digests.get(name) != digest and _digest_at(self.folder / name) == digest:
                    done[name] = digest
        if done:
            self.record.put("files", done)
        self.record.save()

    def names(self) -> list[str]:
        """Return the names of the files that builds made, in order."""
        return sorted(filter(_inside, self._digests))

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
        self.record.put("files", {name: None})
        self.record.put("targets", {name: None})

    def parts(self) -> Iterator[Path]:
        """Yield what an interrupted build left half written."""
        yield from (path for path in self.folder.glob(f"**/{TEMPORARY}*") if path.is_file())

    def _ours(self, path: Path, data: bytes | None = None) -> bool:
        """Return whether `path` is free, or holds bytes that a build made, or `data`: then no work is lost.

        Whatever name they were made under: somebody may have put `worksheet.new.docx` in the old one's place.
        """
        there = _digest_at(path)
        if there is None or (data is not None and there == _digest(data)):
            return True
        return examining.ours(path, recorded=there in self._known)

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


def _inside(name: str) -> bool:
    """Return whether `name` stays in the output folder, so that no record can make `clean` reach out of it."""
    steps = name.split("/")
    return not {"", ".", ".."} & set(steps) and "\\" not in name and "\0" not in name
