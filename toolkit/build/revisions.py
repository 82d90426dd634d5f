"""What changed since a revision of git, and of which lessons: what they were read from, when built and now."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import toolkit
from toolkit.build import inputs
from toolkit.resources import templates
from toolkit.source.observing import LISTING, TREE

if TYPE_CHECKING:
    from toolkit.build.ledger import KnownLesson, Ledger

_PATIENCE: Final = 120.0  # s; a large repository on a cold disk takes some


class RevisionError(Exception):
    """There is no git, no repository, or no such revision. The message says it to the user."""


def changed(folder: Path, revision: str) -> frozenset[str]:
    """Return the absolute paths of files that differ from `revision` in the repository that `folder` is in.

    What was deleted is among them, and what git does not know yet and does not ignore. Raise RevisionError.
    """
    top = _git(folder, "rev-parse", "--show-toplevel", failed=f"{folder} is in no repository of git").rstrip("\n")
    unknown = f"git knows no revision {revision!r}"
    if revision.startswith("-"):
        raise RevisionError(unknown)
    commit = _git(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", failed=unknown).strip()
    refused = "git could not compare"
    known = _git(Path(top), "diff", "--name-only", "--no-renames", "--no-relative", "-z", commit, "--", failed=refused)
    new = _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z", failed=refused)
    home = os.path.realpath(top)
    return frozenset(f"{home}{os.sep}{name}" for name in (known + new).split("\0") if name)


class Since:
    """Tells which lessons a file changed of, since `revision`."""

    def __init__(self, revision: str) -> None:
        self._revision = revision
        self._changed: dict[Path, tuple[frozenset[str], frozenset[str]]] = {}
        self._real = cache(os.path.realpath)

    def touched(self, ledger: Ledger, lesson: KnownLesson) -> bool:
        """Return whether a file changed that `lesson` is or was read from, or one beside it. Raise RevisionError."""
        paths, folders = self._of(lesson.project.root)
        if any(_within(path, self._real(str(place))) for place in _program() for path in paths):
            return True
        own = self._real(str(lesson.file.parent))
        if any(_within(path, own) for path in paths):
            return True
        was = ledger.record["lessons"].get(ledger.disk.relative(str(lesson.file)), {}).get("state", "")
        for kind, place in inputs.places(ledger, lesson.state, was, lesson.project.state):
            real = self._real(place)
            if real in paths or (kind == LISTING and real in folders):
                return True
            if kind == TREE and any(_within(path, real) for path in paths):
                return True
        return False

    def _of(self, root: Path) -> tuple[frozenset[str], frozenset[str]]:
        if root not in self._changed:
            paths = changed(root, self._revision)
            self._changed[root] = paths, frozenset(map(os.path.dirname, paths))
        return self._changed[root]


def _program() -> tuple[Path, ...]:
    """Return where the program is: in its own repository, a change of it is one of every lesson."""
    return Path(toolkit.__file__).parent, templates()


def _within(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}{os.sep}")


def _git(folder: Path, *words: str, failed: str) -> str:
    """Return what git prints. Raise RevisionError with the words `failed` and git's own where it fails."""
    try:
        done = subprocess.run(
            ["git", *words],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip  # reads as a call
    except FileNotFoundError:
        raise RevisionError("--since asks git what changed, and there is no git on this machine") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RevisionError(f"{failed}: {error}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ").split("\n")[0]
        raise RevisionError(f"{failed}: {said}" if said else failed)
    return os.fsdecode(done.stdout)
