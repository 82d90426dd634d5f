"""Which lessons a command is about, and reading them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import click
from click.shell_completion import CompletionItem

from toolkit.build.targets import Kind, parse
from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.source import files
from toolkit.source.discovery import FILE, discover

if TYPE_CHECKING:
    from toolkit.source.lesson import Loaded
    from toolkit.source.project import Workspace


class Place(Protocol):
    """A project as far as lessons are looked for in it."""

    @property
    def root(self) -> Path:
        """Return the folder of the project."""

    @property
    def lessons(self) -> Path:
        """Return the folder that holds its lessons."""


P = TypeVar("P", bound=Place)
Find = Callable[[Path | None], P]


@dataclass(frozen=True)
class Reading:
    """What reading a lesson gave: the lesson with the workspace it belongs to, or only problems."""

    file: Path
    home: Workspace
    lesson: Loaded | None
    problems: tuple[Diagnostic, ...]

    @property
    def slug(self) -> str:
        """Return the lesson's id, or the name of its folder where it could not be read."""
        return self.lesson.lesson.slug if self.lesson else self.file.parent.name


def workspace(start: Path | None = None) -> Workspace:
    """Return the workspace of `start`, or of the current folder; end the command where its file is wrong."""
    from toolkit.cli import report
    from toolkit.source.project import find

    try:
        home = find(start or Path.cwd())
        check_targets(home)
    except LessonError as error:
        click.echo(report.text(error.diagnostics), err=True)
        raise SystemExit(1) from None
    if start is None and home.notices:  # asked for once in a command, before any lesson
        click.echo(report.text(home.notices), err=True)
    return home


def check_targets(home: Workspace) -> None:
    """Raise LessonError for targets in the project file that are no files we make."""
    wrong = [name for name in home.project.targets if not _usual(parse(name))]
    if wrong and home.file:
        shown = files.shown_path(home.file)
        lines = files.read_text(home.file, shown).split("\n")
        hint = "name a sheet and a format, such as handout.pdf; `editions` says for whom"
        raise LessonError(
            Diagnostic("L204", f"{name!r} is not a target", _found(lines, name, shown), hint=hint) for name in wrong
        )


def _usual(kind: Kind | None) -> bool:
    """Return whether `kind` is a sheet and a format and no more: for whom it is made is said elsewhere."""
    return kind is not None and kind == Kind(kind.sheet, "student", kind.format)


def _found(lines: list[str], words: str, file: str) -> Span:
    """Return the first place of `words` in a file, its beginning where they are written in another way there."""
    places = ((number, line.find(words)) for number, line in enumerate(lines, start=1))
    line, column = next(((n, at + 1) for n, at in places if at >= 0), (1, 1))
    return Span(file, line, column, line, column + len(words))


def read(paths: tuple[Path, ...], output: Path | None = None) -> list[Reading]:
    """Return the lessons that `paths` name, in order, each once; all lessons of the project for none.

    A lesson whose id an earlier one has is at fault where both are built into one folder: `output`, or that
    of their project. Raise UsageError for a path that is not a lesson.
    """
    readings = [_loaded(file, home) for file, home in selected(paths, workspace, slug_of).items()]
    seen: dict[tuple[Path, str], Path] = {}
    told = []
    for reading in readings:
        first = seen.setdefault((output or reading.home.output, reading.slug), reading.file)
        twin = reading.lesson is not None and first != reading.file
        told.append(_refused(reading, first) if twin else reading)
    return told


def selected(paths: tuple[Path, ...], find: Find[P], slug: Callable[[Path, P], str]) -> dict[Path, P]:
    """Return the files of the lessons that `paths` name, each with its project; those of the whole project for none.

    `find` returns the project of a path, of the current folder for None; `slug` the id of a lesson. Raise UsageError
    for a path that is not a lesson.
    """
    home = find(None)
    if not paths:
        found = discover(home.lessons)
        if not found:
            where = home.lessons.relative_to(home.root).as_posix()
            raise click.UsageError(f"there are no lessons in {where}/. Begin one: hornbook new NAME")
        return dict.fromkeys(found, home)
    chosen: dict[Path, P] = {}
    for path in paths:
        for file in _lesson_files(path, home, find, slug):
            chosen.setdefault(file.absolute(), find(file.parent))
    return chosen


def named(name: str, home: P, slug: Callable[[Path, P], str]) -> Path:
    """Return the file of the lesson of `home` whose id or folder is `name`. Raise UsageError where there is none."""
    found = _by_name(name, home, slug)
    if not found:
        raise _unknown(name, home)
    return found[0]


def _lesson_files(path: Path, home: P, find: Find[P], slug: Callable[[Path, P], str]) -> list[Path]:
    if path.is_file():
        beside = path if path.suffix in {".yaml", ".yml"} else path.parent / FILE
        if beside.is_file():
            return [beside]
        raise click.UsageError(f"'{path}' is not a lesson, and there is no {FILE} beside it.")
    for folder in (path, home.lessons / path, home.root / path):
        if (folder / FILE).is_file():
            return [folder / FILE]
    found = discover(path) or _in_project(path, find) or _by_name(str(path), home, slug)
    if not found:
        raise _unknown(str(path), home)
    return found


def _in_project(folder: Path, find: Find[P]) -> list[Path]:
    """Return the lessons of the project whose folder is `folder`."""
    if not folder.is_dir():
        return []
    home = find(folder)
    return discover(home.lessons) if home.root == folder.resolve() else []


def _by_name(name: str, home: P, slug: Callable[[Path, P], str]) -> list[Path]:
    """Return the lesson of `home` in the folder `name`, or the one with the id `name`; nothing where there is none."""
    lessons = discover(home.lessons)
    in_folder = [file for file in lessons if file.parent.name == name]
    return in_folder or [file for file in lessons if slug(file, home) == name][:1]


def slug_of(file: Path, home: Workspace) -> str:
    """Return the id of the lesson in `file`, which is read for it; its folder's name where it cannot be."""
    return _loaded(file, home).slug


def _unknown(name: str, home: Place) -> click.UsageError:
    from difflib import get_close_matches

    names = [file.parent.name for file in discover(home.lessons)]
    close = get_close_matches(Path(name).name, names, n=1)
    hint = f" Did you mean '{close[0]}'?" if close else ""
    return click.UsageError(f"'{name}' is not a lesson.{hint}")


def _loaded(file: Path, home: Workspace) -> Reading:
    """Return the lesson in `file`, or the problems that keep it from being one."""
    from toolkit.source import lesson as lesson_source

    try:
        found = lesson_source.load(file, home.project)
    except LessonError as error:
        return Reading(file, home, None, error.diagnostics)
    return Reading(file, home, found, found.notices)


def _refused(reading: Reading, first: Path) -> Reading:
    """Return `reading` as one at fault: two lessons of one id would overwrite each other's files."""
    assert reading.lesson
    problem = Diagnostic(
        "L208",
        f"the lesson {files.shown_path(first)} has the id {reading.slug!r} too",
        address="id",
        hint="give one of them another `id`",
    )
    return replace(reading, lesson=None, problems=(*reading.problems, reading.lesson.positions.resolve(problem)))


def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what the shell may complete `incomplete` to: the names of lessons, or else files."""
    from toolkit.source.project import find

    try:
        names = [file.parent.name for file in discover(find(Path.cwd()).lessons)]
    except LessonError:
        names = []
    return [CompletionItem(n) for n in names if n.startswith(incomplete)] or [CompletionItem(incomplete, type="file")]
