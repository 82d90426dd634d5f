"""The record of an output folder: what builds made, of what, and what they saw of the disk.

A log of lines, each with a checksum of its own. A line says what some entries of one table are from now on, None for
an entry that is gone; what comes later holds. So a build that is killed loses at most the line it was writing, and
lines that were damaged are passed over: what they said is made again. Now and then the log is written anew, without
what no longer holds, beside its place and renamed.

========= ================================================================================================
files     the digest of each file that a build made, by name
will      the digest of a file that was about to be put in place, by name: a killed build may have done it
targets   what each target was made of, and what became of it (`model.Built` says how)
lessons   what was learnt of a lesson when it was read, by its file
projects  the same of a project
facts     maps of names to values, by digest: what a lesson, an edition, the program consisted of
stats     the value and status of a file or folder at the time that it was looked at, by key
========= ================================================================================================
"""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from toolkit.build.writing import flush_folder, write_whole
from toolkit.source.observing import digest

RECORD: Final = ".hornbook.log"
OLD: Final = ".hornbook.json"  # that of versions before 0.1: the digests of files, and no more
VERSION: Final = 2
TABLES: Final = ("files", "will", "targets", "lessons", "projects", "facts", "stats")
SHARED: Final = "+"  # names, among facts, more of them that other lessons have too
_CHUNK: Final = 40  # entries of a line: as many are lost with one that is damaged
_SMALL: Final = 300_000  # bytes of a log that is always written without what no longer holds
_GARBAGE: Final = 4  # lines that were added to a larger one, in parts of those that it had when it was written anew

Entries: TypeAlias = dict[str, Any]


class Record:
    """The record in one output folder: read once, added to while a build runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / RECORD
        self.damage = ""
        self.tables: Mapping[str, Entries] = MappingProxyType({name: {} for name in TABLES})
        self._pending: list[bytes] = []
        self._log: int | None = None
        self._lines = self._added = self._cut = 0
        self._seen = self._status()
        self._read()

    def __getitem__(self, table: str) -> Entries:
        """Return the entries of `table`. They are changed by `put` alone."""
        return self.tables[table]

    def put(self, table: str, entries: Mapping[str, object | None]) -> None:
        """Set `entries` of `table`; those that are None are dropped. Nothing is written before `flush` or `save`."""
        for name, value in entries.items():
            if value is None:
                self.tables[table].pop(name, None)
            else:
                self.tables[table][name] = value
        self._pending.append(_line([table, dict(entries)]))

    def flush(self, *, sure: bool = False) -> None:
        """Write what was put, so that a killed build does not lose it; where `sure`, a machine that stops neither.

        Raise OSError where that fails.
        """
        if not self._pending:
            return
        data = b"".join(self._pending)
        if self._log is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
            self._log = os.open(self.path, flags, 0o666)
            data = self._begun() + data
        size, rest = os.fstat(self._log).st_size, memoryview(data)
        try:
            while rest:  # a disk takes what it has room for, and says why at the next try
                rest = rest[os.write(self._log, rest) :]
        except OSError as error:
            os.ftruncate(self._log, size)
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        self._added += len(self._pending)
        self._pending = []
        if sure:
            os.fsync(self._log)

    def save(self) -> None:
        """Write what was put, and the whole record anew where much of it no longer holds. Raise OSError."""
        if not self._pending and not self._added and not self.damage:
            return
        size = self.path.stat().st_size if self.path.is_file() else 0
        try:
            if size < _SMALL or self.damage or self._added * _GARBAGE > self._lines:
                self._rewrite()
            else:
                self.flush(sure=True)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        self.close()
        with contextlib.suppress(OSError):
            (self.folder / OLD).unlink(missing_ok=True)
        self._seen = self._status()

    def close(self) -> None:
        """Close the log; another `flush` opens it again."""
        if self._log is not None:
            os.close(self._log)
            self._log = None

    def changed(self) -> bool:
        """Return whether somebody else wrote the record since it was read."""
        return self._status() != self._seen

    def _status(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return (found.st_ino, found.st_size, found.st_mtime_ns)

    def _rewrite(self) -> None:
        self._prune()
        self._pending = []
        lines = list(self._whole())
        self.close()
        if self["files"]:
            write_whole(self.path, b"".join(lines))
        else:
            self.path.unlink(missing_ok=True)
            flush_folder(self.folder)
        self._lines, self._added, self.damage = len(lines), 0, ""

    def _prune(self) -> None:
        """Drop what nothing refers to: facts of states that are gone, sights of files that no lesson has."""
        self.tables["will"].clear()
        used = {fact for built in self["targets"].values() for fact in built[:3]}
        for entry in (*self["lessons"].values(), *self["projects"].values()):
            used |= {entry.get("state", ""), entry.get("program", "")}
        used |= {self["projects"].get("", {}).get("id", "")}
        used |= {self["facts"].get(name, {}).get(SHARED, "") for name in used}
        for name in self["facts"].keys() - used:
            del self["facts"][name]
        keys = {key for entry in self["facts"].values() for key in entry}
        for key in self["stats"].keys() - keys:
            del self["stats"][key]

    def _whole(self) -> Iterator[bytes]:
        yield _line(["hornbook", {"version": VERSION}])
        for table in TABLES:
            names = sorted(self[table])
            for start in range(0, len(names), _CHUNK):
                yield _line([table, {name: self[table][name] for name in names[start : start + _CHUNK]}])

    def _begun(self) -> bytes:
        """Return what goes before the first line that is added, and take away one that a killed build cut short."""
        assert self._log is not None
        size = os.fstat(self._log).st_size
        if size == 0:
            return _line(["hornbook", {"version": VERSION}])
        if self._seen and size == self._seen[1] and self._cut:
            os.ftruncate(self._log, size - self._cut)
        return b""

    def _read(self) -> None:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            self._read_old()
            return
        except OSError as error:
            self.damage = f"cannot be read: {error.strerror or error}"
            return
        lines = data.split(b"\n")
        self._cut = len(lines.pop())  # what follows the last line's end: nothing, or what a killed build did not finish
        sound = [line[9:] for line in lines if _sound(line)]
        entries = _parsed(sound)
        self._lines = len(entries)
        version = next((value.get("version") for table, value in entries if table == "hornbook"), None)
        if version is not None and version != VERSION:
            self.damage = "was written by another version of hornbook"
            return
        for table, values in entries:
            if table in self.tables:
                self._update(self.tables[table], values)
        lost = len(lines) - len(entries)
        if version is None or lost:
            self.damage = f"is damaged: {lost} of its {len(lines)} lines cannot be read" if lines else "is damaged"
            self._mend()

    @staticmethod
    def _update(entries: Entries, values: Entries) -> None:
        entries.update(values)
        if None in values.values():
            for name in [name for name, value in values.items() if value is None]:
                del entries[name]

    def _mend(self) -> None:
        """Take from targets what lines about files that are lost had said, or files would pass for edited."""
        for built in self["targets"].values():
            self.tables["files"].setdefault(built[4], built[5])

    def _read_old(self) -> None:
        try:
            record = json.loads((self.folder / OLD).read_bytes())
            found = dict(record["files"].items())
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return
        self.tables["files"].update(found)


def _line(entry: object) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogateescape")
    return b"%08x %b\n" % (zlib.crc32(text), text)


def _sound(line: bytes) -> bool:
    return line[8:9] == b" " and b"%08x" % zlib.crc32(line[9:]) == line[:8]


def _parsed(lines: list[bytes]) -> list[tuple[str, Entries]]:
    """Return the entries of lines whose checksums hold. All at once, which is quicker than one by one."""
    try:
        found = json.loads((b"[" + b",".join(lines) + b"]").decode(errors="surrogateescape"))
    except (ValueError, RecursionError):
        return []
    return [(entry[0], entry[1]) for entry in found if _formed(entry)]


def _formed(entry: Any) -> bool:  # noqa: ANN401  # whatever a file holds
    return isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str) and isinstance(entry[1], dict)


def facts_id(facts: Mapping[str, str]) -> str:
    """Return the name of `facts` in a record: a digest of them, whatever their order."""
    return digest(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode(errors="surrogateescape"))[:16]
