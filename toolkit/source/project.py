"""Finding and reading the project file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.model.project import Project
from toolkit.source import files, tree, wording

FILE = "hornbook.toml"


@dataclass(frozen=True)
class Workspace:
    """A project with the folder it is in. `file` is the project file, None where there is none."""

    root: Path
    project: Project
    file: Path | None

    @property
    def lessons(self) -> Path:
        """Return the folder that holds the lessons."""
        return self.root / self.project.lessons

    @property
    def output(self) -> Path:
        """Return the folder that builds write to."""
        return self.root / self.project.output


def find(start: Path) -> Workspace:
    """Return the workspace that `start` is in: the nearest folder upwards with a project file.

    Where there is none, `start` itself with default settings, or the nearest folder above it that has a
    `lessons` folder. Raise LessonError for a project file that is wrong.
    """
    start = start.resolve()
    folders = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in folders:
        if (folder / FILE).is_file():
            return Workspace(folder, _read(folder / FILE), folder / FILE)
    root = next((folder for folder in folders if (folder / "lessons").is_dir()), folders[0])
    return Workspace(root, Project(), None)


def _read(path: Path) -> Project:
    shown = files.shown_path(path)
    text = files.read_text(path, shown)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LessonError([Diagnostic("P601", f"the TOML is broken: {error}", _where(str(error), shown))]) from None
    root = _as_tree(data, text, shown)
    try:
        return Project.model_validate(data)
    except ValidationError as error:
        raise LessonError(wording.diagnostics(error, Project, root, text)) from None


def _where(message: str, shown: str) -> Span:
    found = re.search(r"at line (\d+), column (\d+)", message)
    return Span(shown, int(found[1]), int(found[2])) if found else Span(shown, 1, 1)


def _as_tree(data: dict[str, Any], text: str, shown: str) -> tree.Mapping:
    """Return `data` as a tree: TOML readers tell no positions, so each key is looked for in the text."""
    lines = text.split("\n")

    def line_of(key: str) -> int:
        return next((n for n, line in enumerate(lines) if line.split("=")[0].strip().strip("\"'[]") == key), 0)

    entries = []
    for key, value in data.items():
        line = line_of(key)
        column = lines[line].find(key) + 1
        at = Span(shown, line + 1, max(column, 1), line + 1, max(column, 1) + len(key))
        value_column = max(lines[line].find("=") + 2, 1)
        while lines[line][value_column - 1 : value_column] == " ":
            value_column += 1
        value_at = Span(shown, line + 1, value_column, line + 1, len(lines[line]) + 1)
        entries.append(tree.Entry(tree.Scalar(key, at, plain=True), tree.Scalar(str(value), value_at, plain=True)))
    return tree.Mapping(tuple(entries), Span(shown, 1, 1))
