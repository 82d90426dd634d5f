"""One build at a time in an output folder: a lock that ends with the process that holds it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

if sys.platform != "win32":  # which has none: two builds there are not kept apart, but each file is written whole
    import fcntl

LOCK: Final = ".hornbook.lock"


class LockedError(Exception):
    """Another build holds the lock."""


@contextmanager
def locked(folder: Path, *, wait: bool = True, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of `folder`, which is made if it is not there.

    Where another build holds it, call `waiting` and wait, or raise LockedError if not `wait`. A folder that cannot be
    written to is not locked: nothing can be built there, and what is done there says so.
    """
    try:
        new = not folder.is_dir()
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = _opened(folder / LOCK, wait=wait, waiting=waiting)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink()  # while it is held: who waits for it finds that it is another file, and tries anew
        os.close(descriptor)
        if new:
            with contextlib.suppress(OSError):  # not empty: something was built
                folder.rmdir()


def _opened(path: Path, *, wait: bool, waiting: Callable[[], None]) -> int:
    """Return the open lock file, held."""
    told = False
    while True:
        # Not inherited by programs that are started, nor by workers, which do not fork: an orphan would hold it.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        try:
            if not _held(descriptor):
                if not wait:
                    raise LockedError
                if not told:
                    waiting()
                    told = True
                _wait(descriptor)
            if _same(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _held(descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(descriptor: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
