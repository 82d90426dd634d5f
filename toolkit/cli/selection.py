"""Which lessons a command is about, and reading them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source
from toolkit.source.lesson import FILE, Loaded, discover
from toolkit.source.project import Workspace, find


@dataclass(frozen=True)
class Selection:
    """Lesson files with the project each belongs to."""

    workspace: Workspace
    files: tuple[tuple[Path, Project], ...]


@dataclass(frozen=True)
class Reading:
    """What reading a lesson gave: the lesson, or only problems."""

    file: Path
    lesson: Loaded | None
    problems: tuple[Diagnostic, ...]


def workspace(start: Path | None = None) -> Workspace:
    """Return the workspace of `start`, or of the current folder; end the command where its file is wrong."""
    from toolkit.cli import report

    try:
        return find(start or Path.cwd())
    except LessonError as error:
        click.echo(report.text(error.diagnostics), err=True)
        raise SystemExit(1) from None


def selected(paths: tuple[Path, ...]) -> Selection:
    """Return the lessons that `paths` name, in order, each once; all lessons of the project for none.

    Raise UsageError for a path that is not a lesson.
    """
    home = workspace()
    if not paths:
        files = [(file, home.project) for file in discover(home.lessons)]
        if not files:
            raise click.UsageError(f"there are no lessons in {home.project.lessons}/. Begin one: hornbook new NAME")
        return Selection(home, tuple(files))
    found: dict[Path, Project] = {}
    for path in paths:
        for file in _lesson_files(path, home):
            found.setdefault(file, workspace(file.parent).project)
    return Selection(home, tuple(found.items()))


def _lesson_files(path: Path, home: Workspace) -> list[Path]:
    if path.is_file():
        return [path]
    for folder in (path, home.lessons / path):
        if (folder / FILE).is_file():
            return [folder / FILE]
    inside = discover(path)
    if inside:
        return inside
    names = [file.parent.name for file in discover(home.lessons)]
    from difflib import get_close_matches

    close = get_close_matches(path.name, names, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else ""
    raise click.UsageError(f"'{path}' is not a lesson.{hint}")


def loaded(file: Path, project: Project) -> Reading:
    """Return the lesson in `file`, or the problems that keep it from being one."""
    try:
        found = lesson_source.load(file, project)
    except LessonError as error:
        return Reading(file, None, error.diagnostics)
    return Reading(file, found, found.notices)
