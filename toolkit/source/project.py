"""Finding and reading the project file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.model.letterhead import PLAIN_PAPER, Letterhead
from toolkit.model.project import Project
from toolkit.model.quoting import quoted, short
from toolkit.model.theme import UNTHEMED, Theme
from toolkit.source import files, letterheads, styles, tree, wording
from toolkit.source import theme as themes
from toolkit.source.discovery import PROJECT, project_of

FILE = PROJECT


@dataclass(frozen=True)
class Workspace:
    """A project with the folder it is in. `file` is the project file, None where there is none."""

    root: Path
    project: Project
    file: Path | None
    theme: Theme = UNTHEMED
    letterhead: Letterhead = PLAIN_PAPER
    notices: tuple[Diagnostic, ...] = ()

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
    root, file = project_of(start.resolve())
    if file is None:
        return Workspace(root, Project(), None)
    project = _read(file)
    theme, notices = _theme(project, root)
    letterhead, more = _letterhead(project, root)
    return Workspace(root, project, file, theme, letterhead, (*notices, *more))


def _read(path: Path) -> Project:
    shown = files.shown_path(path)
    text = files.read_text(path, shown)
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:  # ValueError: a number without end
        raise LessonError([_broken(error, shown, text)]) from None
    root = _as_tree(data, text, shown)
    try:
        project = Project.model_validate(data)
    except ValidationError as error:
        raise LessonError(wording.diagnostics(error, Project, root, text)) from None
    outside = [*_outside(project, path.parent, root), *_style(project, path.parent, root)]
    if outside:
        raise LessonError(outside)
    return project


def _theme(project: Project, folder: Path) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return the theme of the project, and what is to be warned of. Raise LessonError for one that is wrong."""
    if project.theme is None:
        return UNTHEMED, ()
    try:
        found, notices = themes.read(folder, project.theme, project.title or "")
    except LessonError as error:
        raise LessonError(_placed(error.diagnostics, folder, "theme")) from None
    return found, (*notices, *themes.warned(folder, project.theme, found, project.presentations))


def _letterhead(project: Project, folder: Path) -> tuple[Letterhead, tuple[Diagnostic, ...]]:
    """Return the letterhead of the project, and what of it is not taken. Raise LessonError for one that is wrong."""
    if project.reference is None:
        return PLAIN_PAPER, ()
    try:
        found, notices = letterheads.read(folder, project.reference)
    except LessonError as error:
        raise LessonError(_placed(error.diagnostics, folder, "reference")) from None
    return found, tuple(_placed(notices, folder, "reference"))


def _placed(problems: Iterable[Diagnostic], folder: Path, key: str) -> Iterator[Diagnostic]:
    """Yield `problems`, those without a place at that of `key` in the project file."""
    shown = files.shown_path(folder / FILE)
    lines = files.read_text(folder / FILE, shown).split("\n")
    line = next((n for n, text in enumerate(lines, 1) if text.split("=")[0].strip() == key), 1)
    for problem in problems:
        yield problem if problem.span else replace(problem, span=Span(shown, line, 1), address="")


def _outside(project: Project, folder: Path, root: tree.Mapping) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each folder that the project names outside of its own."""
    for key, name in (("lessons", project.lessons), ("output", project.output)):
        entry = root.entry(key)
        if entry and files.within(folder, name) is None:
            hint = "name a folder inside the project"
            if key == "output":
                hint += "; `hornbook build -o FOLDER` writes to any other"
            message = f"the folder {quoted(name)} is outside the project"
            yield Diagnostic("R305", message, entry.value.span, needle=name, hint=hint)


def _style(project: Project, folder: Path, root: tree.Mapping) -> Iterator[Diagnostic]:
    """Yield what is wrong with the citation style of the project."""
    entry = root.entry("style")
    if entry:
        try:
            styles.find(project.style, folder, folder)
        except LessonError as error:
            for problem in error.diagnostics:
                yield replace(problem, span=problem.span or entry.value.span, address="")


# What Python's reader says, and what is said to the author.
_FAULTS = (
    ("Cannot overwrite a value", "a key stands twice", "keep one of them"),
    ("Invalid value", "no value can begin here", "put texts in quotation marks"),
    ("Illegal character '\\n'", "a quotation mark is not closed in this line", "close it"),
    ("Expected '=' after a key", "an equals sign is expected here", 'write key = "value"'),
    ("Unclosed array", "a list is not closed", "close it with ]"),
)
_LEFT_OPEN = {"Unterminated string": '"""', "Expected \"'''\"": "'''"}  # the same of a text of several lines


def _broken(error: Exception, shown: str, text: str) -> Diagnostic:
    found = re.fullmatch(r"(.+?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.S)
    if not found:
        return Diagnostic("P601", "the TOML cannot be read", Span(shown, 1, 1))
    if marks := _LEFT_OPEN.get(found[1]):
        before = text[: max(text.rfind(marks), 0)]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        at = Span(shown, line, column, line, column + len(marks))
        return Diagnostic("P601", f"this {marks} is not closed", at, hint=f"write {marks} where the text ends")
    lines = text.rstrip("\n").split("\n")
    line, column = (int(found[2]), int(found[3])) if found[2] else (len(lines), len(lines[-1]) + 1)
    for sign, message, hint in _FAULTS:
        if found[1].startswith(sign):
            column = column if column <= len(lines[line - 1]) else 1  # told at the end of the line: mean all of it
            return Diagnostic("P601", message, Span(shown, line, column), hint=hint)
    return Diagnostic("P601", f"the TOML is broken: {short(found[1])}", Span(shown, line, column))


def _as_tree(data: dict[str, Any], text: str, shown: str) -> tree.Mapping:
    """Return `data` as a tree: TOML readers tell no positions, so each key is looked for in the text."""
    lines = text.split("\n")

    def line_of(key: str) -> int:
        return next((n for n, line in enumerate(lines) if line.split("=")[0].strip().strip("\"'[]") == key), 0)

    entries = []
    for key in data:
        line = line_of(key)
        column = lines[line].find(key) + 1
        at = Span(shown, line + 1, max(column, 1), line + 1, max(column, 1) + len(key))
        value_column = max(lines[line].find("=") + 2, 1)
        while lines[line][value_column - 1 : value_column] == " ":
            value_column += 1
        value_at = Span(shown, line + 1, value_column, line + 1, len(lines[line]) + 1) if "=" in lines[line] else at
        entries.append(tree.Entry(tree.Scalar(key, at, plain=False), tree.Scalar("", value_at, plain=False)))
    return tree.Mapping(tuple(entries), Span(shown, 1, 1))
