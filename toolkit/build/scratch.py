"""Scratch folders: where a build's temporary files go, so that none stays behind.

Each is locked by the build that made it (flock, which ends with the process however that ends): one that nobody
holds was left by a build that was killed, and is removed by the next.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PREFIX: Final = ".hornbook-scratch-"


@contextmanager
def scratch(output: Path) -> Iterator[Path]:
    """Return a context with an empty folder in `output`, which holds all temporary files of this process.

    The folder is elsewhere where `output` cannot be written to. It is removed at the end, and so is `output`
    where it was not there and is empty.
    """
    clear(output)
    fresh = [folder for folder in (output, *output.parents) if not folder.exists()]
    folder, lock = _locked(output)
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir, variable = before
        os.environ.pop("TMPDIR", None)
        if variable is not None:
            os.environ["TMPDIR"] = variable
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        with contextlib.suppress(OSError):
            for empty in fresh:
                empty.rmdir()


def clear(output: Path) -> None:
    """Remove from `output` the scratch folders that killed builds left."""
    for folder in output.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            lock = _lock(folder)
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _locked(output: Path) -> tuple[Path, int]:
    """Return a new folder and the open file that holds its lock."""
    while True:
        folder = _made(output)
        with contextlib.suppress(BlockingIOError, FileNotFoundError):  # another build took it for one left behind
            return folder, _lock(folder)


def _lock(folder: Path) -> int:
    """Return an open file that locks `folder`. Raise BlockingIOError where somebody holds it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        folder.stat()  # it may have been removed before it was locked
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _made(output: Path) -> Path:
    try:
        output.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=output))
    except OSError:
        return Path(tempfile.mkdtemp(prefix="hornbook-"))
