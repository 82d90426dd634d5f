"""Writing a file whole: at every moment it is there as it was, or as it shall be."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".hornbook-part-"


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that the file is whole, old or new, at every moment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A random name: a process number comes back, in a container at once, and would meet what a killed build left.
    part = path.with_name(f"{TEMPORARY}{secrets.token_hex(4)}-{path.name}")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush the rename itself. A file system that cannot do that for a folder is not an error."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
