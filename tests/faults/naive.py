"""A naive build, as one writes it in an afternoon: by modification times, in place, one file after the other.

Every recipe of this folder is run on it too, and must find fault with it: one that does not proves nothing.
Run in a project: python naive.py [FORMAT ...]
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from toolkit.compose import compose
from toolkit.formats import writer
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

SHEETS = ("handout", "worksheet")


def newest(folder: Path) -> float:
    return max(path.stat().st_mtime for path in folder.iterdir())


def build(folder: Path, target: Path) -> None:
    if target.exists() and target.stat().st_mtime > newest(folder):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        lesson = lesson_source.load(folder / "lesson.yaml", Project()).lesson
        page = writer(target.suffix[1:])(compose(lesson, target.stem, Edition("student")), print)
        file.write(page)
        if target.suffix == ".html":
            file.write(f"<!-- printed {datetime.datetime.now():%Y-%m-%d %H:%M} -->\n".encode())
    print("made", target)  # noqa: T201  # it is a program of its own


def main() -> None:
    for folder in sorted(Path("lessons").iterdir()):
        for form in sys.argv[1:] or ["html"]:
            for sheet in SHEETS:
                build(folder, Path("output", folder.name, f"{sheet}.{form}"))


if __name__ == "__main__":
    main()
