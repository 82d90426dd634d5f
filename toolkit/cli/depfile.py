"""What the files of a build are made of, for the make or ninja that it sits in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.build import inputs, makefile
from toolkit.build.writing import write_whole
from toolkit.cli.building import Work


def prerequisites(works: Iterable[Work], *, made: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Yield each file that `works` are about, up to date or not, with those that it is made of.

    Paths are told from the current folder. `made`: as each file was made, not as its lesson is now.
    """
    here = Path.cwd()
    known: dict[tuple[Path, str, str], list[str]] = {}
    for work in works:
        built = work.session.built(work.origins) if made else {}
        for name, lesson in work.origins.items():
            state = built[name].state if name in built else lesson.state
            made_of = work.ledger.folder, state, lesson.project.state
            if made_of not in known:
                known[made_of] = [os.path.relpath(file, here) for file in inputs.files(work.ledger, *made_of[1:])]
            yield os.path.relpath(work.ledger.folder / name, here), known[made_of]


def write(path: Path, works: Iterable[Work], more: Iterable[Path] = ()) -> None:
    """Write to `path` of which files those of `works` are made, all of them also of `more`.

    A depfile as compilers write it: a rule for each file, without a recipe, and one without prerequisites for each
    prerequisite, so that make goes on where one is gone. Raise OSError where it cannot be written, UnsaidError for a
    path that make cannot be told of.
    """
    others = [os.path.relpath(file) for file in more]
    needed = {name: [*files, *others] for name, files in prerequisites(works, made=True)}
    rules = [makefile.rule(name, files) for name, files in needed.items()]
    text = "".join((*rules, makefile.gone(file for files in needed.values() for file in files)))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode(errors="surrogateescape"))
