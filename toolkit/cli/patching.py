"""Changes of files as a patch that `git apply` takes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path


def patch(changes: Mapping[Path, tuple[bytes, bytes]]) -> str:
    """Return a patch of `changes`, by file the bytes before and after; names are from the root of the repository.

    Where a file is in no repository, its name is from the current folder.
    """
    return "".join(_one(path, *pair) for path, pair in changes.items())


def _one(path: Path, old: bytes, new: bytes) -> str:
    name = _name(path)
    before, after = (_lines(data.decode("utf-8", "surrogateescape")) for data in (old, new))
    lines = list(difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"))
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return f"diff --git a/{name} b/{name}\n{body}"


def _lines(text: str) -> list[str]:
    """Return the lines of `text` with their ends: a patch knows the line feed alone."""
    return [line + "\n" for line in text.split("\n")[:-1]] + ([text.split("\n")[-1]] if text[-1:] != "\n" else [])


def _name(path: Path) -> str:
    whole = path.resolve()
    root = next((folder for folder in whole.parents if (folder / ".git").exists()), Path.cwd())
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else whole.as_posix()
