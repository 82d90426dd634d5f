"""Rules in the syntax of make, which ninja reads too where they have no recipe: a target and what it is made of.

What make has no way to write in a rule is refused; tried with GNU make 4.3, ninja 1.11.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence
from typing import Final

_UNSAID: Final = re.compile(r"[;=|\t\r\n]")
_ESCAPED: Final = re.compile(r"[ #:*?\[]")  # as those in the manual of GNU make, "Using Wildcard Characters", and gcc's
_LINE: Final = 100  # characters of a line, about


class UnsaidError(ValueError):
    """A path that make cannot be told of."""

    def __init__(self, path: str) -> None:
        super().__init__(f"make has no way to write the name of a file: {path!r}")


def prerequisite(path: str) -> str:
    """Return `path` as it is written behind the colon of a rule. Raise UnsaidError where it cannot be."""
    if _UNSAID.search(path):
        raise UnsaidError(path)
    anchored = f"./{path}" if path.startswith(("~", "-")) else path  # not a home folder, not an option
    return _ESCAPED.sub(r"\\\g<0>", anchored).replace("$", "$$")


def target(path: str) -> str:
    """Return `path` as it is written before the colon of a rule, where % would make a pattern. Raise UnsaidError."""
    return prerequisite(path).replace("%", r"\%")


def word(path: str) -> str:
    """Return `path` as a word of a recipe: quoted for the shell, then for make."""
    anchored = f"./{path}" if path.startswith("-") else path
    return shlex.quote(anchored).replace("$", "$$")


def rule(made: str, of: Iterable[str], recipe: Sequence[str] = ()) -> str:
    """Return a rule: `made` is made of the files `of` by the lines of `recipe`. Raise UnsaidError for a path."""
    words = [f"{target(made)}:"]
    lines = []
    for path in of:
        if sum(map(len, words)) > _LINE:
            lines.append(" ".join(words))
            words = [" "]
        words.append(prerequisite(path))
    lines.append(" ".join(words))
    return "".join(f"{part}\n" for part in (" \\\n".join(lines), *(f"\t{line}" for line in recipe)))


def gone(paths: Iterable[str]) -> str:
    """Return rules that make each of `paths` of nothing: make goes on where one is not there any more (gcc -MP)."""
    return "".join(f"{target(path)}:\n" for path in sorted(set(paths)))
