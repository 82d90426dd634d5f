"""What reading a lesson asked of the disk, so that a build knows what would change it.

Everything in this room that looks at the disk does so through here or notes here what it saw: the bytes of a file,
whether a file is there, the names in a folder, where a link leads. `looked` asks the same again: a lesson whose every
sight is as it was is the same lesson. Light to import, as a build with nothing to do imports it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal["=", "?", "/", "@", "*"]
CONTENT: Final = "="  # the bytes of a file
PROBE: Final = "?"  # what is there: a file, a folder, nothing
LISTING: Final = "/"  # the names in a folder
LINK: Final = "@"  # where a path leads when links are followed
TREE: Final = "*"  # the names of all files below a folder
ABSENT: Final = "-"
_FINE: Final = 100_000_000  # ns
_COARSE: Final = 3_000_000_000  # ns
UNSURE: Final = "!"  # of bytes that were not all read: never equal to anything

Status: TypeAlias = tuple[int, int, int, int]
"""Modification time in ns, size in bytes, inode, change time in ns: what changes when a file does."""


class Sight(NamedTuple):
    """What was seen: a value that says it, and the status of the file or folder before it was read, if it has one."""

    value: str
    status: Status | None


@dataclass
class Observed:
    """What was asked of the disk, by kind and absolute path."""

    sights: dict[tuple[Kind, str], Sight] = field(default_factory=dict)

    def note(self, kind: Kind, path: str, sight: Sight) -> None:
        """Keep a sight. Of two of one file the first holds: a later build must find what both of them saw."""
        first = self.sights.setdefault((kind, path), sight)
        if first.value != sight.value:
            self.sights[kind, path] = Sight(UNSURE, None)


_OBSERVED: Final[ContextVar[Observed | None]] = ContextVar("what is asked of the disk", default=None)


@contextmanager
def observing() -> Iterator[Observed]:
    """Give what is asked of the disk within; an observation around this one does not see it."""
    seen = Observed()
    token = _OBSERVED.set(seen)
    try:
        yield seen
    finally:
        _OBSERVED.reset(token)


def digest(data: bytes) -> str:
    """Return what stands for `data` in a record: BLAKE2b with 16 bytes (RFC 7693), in hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def status(found: os.stat_result) -> Status:
    """Return the part of `found` by which a change is suspected."""
    return (found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns)


def settled(found: Status) -> bool:
    """Return whether a file was last changed so long ago that another change must show in its status.

    One within the tick of the file system's clock need not: 10 ms at most on Linux (CONFIG_HZ), 2 s on FAT, which is
    told by whole seconds. A clock that was set back puts a change into the future: that is not settled either.
    """
    changed = found[3] if os.name == "posix" else max(found[0], found[3])
    tick = _COARSE if changed % 1_000_000_000 == 0 else _FINE
    return changed < time.time_ns() - tick


def content(path: Path, data: bytes | None, found: os.stat_result | None, *, whole: bool = True) -> None:
    """Note that `data` was read from the file at `path`, None where it could not be; `found` was asked before."""
    if seen := _OBSERVED.get():
        value = ABSENT if data is None else digest(data) if whole else UNSURE
        seen.note(CONTENT, os.path.abspath(path), Sight(value, status(found) if found else None))


def file(path: Path) -> None:
    """Note the bytes of the file at `path`, which something else reads."""
    if seen := _OBSERVED.get():
        where = os.path.abspath(path)
        found = os.stat(where)
        seen.note(CONTENT, where, Sight(_digest_of(where, status(found)), status(found)))


def is_file(path: Path) -> bool:
    """Return whether there is a file at `path`, and note it."""
    sight = looked(PROBE, os.path.abspath(path))
    if seen := _OBSERVED.get():
        seen.note(PROBE, os.path.abspath(path), sight)
    return sight.value == "file"


def names(folder: Path) -> list[str]:
    """Return the names in `folder` in order, none where there is no such folder, and note them."""
    where = os.path.abspath(folder)
    sight, found = _listed(where)
    if seen := _OBSERVED.get():
        seen.note(LISTING, where, sight)
    return found


def leads(path: Path) -> None:
    """Note where `path` leads, if that is not to itself."""
    where = os.path.abspath(path)
    if (seen := _OBSERVED.get()) and os.path.realpath(where) != where:
        seen.note(LINK, where, looked(LINK, where))


def tree(folder: Path) -> None:
    """Note the names of all files below `folder`."""
    if seen := _OBSERVED.get():
        where = os.path.abspath(folder)
        seen.note(TREE, where, looked(TREE, where))


def looked(kind: Kind, path: str) -> Sight:
    """Return what is seen now at `path`, for one of the kinds above. Never fails: what cannot be seen is absent."""
    match kind:
        case "=":
            return _content(path)
        case "?":
            return Sight(_kind(path), None)
        case "/":
            return _listed(path)[0]
        case "@":
            return Sight(os.path.relpath(os.path.realpath(path), os.path.dirname(path)), None)
        case "*":
            found = sorted(os.path.join(place, name) for place, _, names in os.walk(path) for name in names)
            return Sight(digest("\0".join(found).encode(errors="surrogateescape")), None)


def _content(path: str) -> Sight:
    try:
        # Non-blocking, so that a pipe where a file was is not waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return Sight(ABSENT, None)
    with os.fdopen(descriptor, "rb") as opened:
        found = os.fstat(opened.fileno())
        if not stat.S_ISREG(found.st_mode):
            return Sight(ABSENT, None)
        try:
            return Sight(digest(opened.read()), status(found))
        except OSError:
            return Sight(ABSENT, None)


@lru_cache(maxsize=256)  # the fonts of a project, which every lesson of it has
def _digest_of(path: str, _: Status) -> str:
    return _content(path).value


def _kind(path: str) -> str:
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return ABSENT
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def _listed(path: str) -> tuple[Sight, list[str]]:
    try:
        before = status(os.stat(path))
        found = sorted(os.listdir(path))
    except (OSError, ValueError):
        return Sight(ABSENT, None), []
    return Sight(digest("\0".join(found).encode(errors="surrogateescape")), before), found
