"""What a build has to do: the lessons and files that are named, what is known of them, and the plan."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from toolkit.build.ledger import KnownLesson, KnownProject, Ledger, as_found
from toolkit.build.plan import VERIFIED, Step, Wanted
from toolkit.build.program import ENGINELESS
from toolkit.build.session import Session
from toolkit.build.targets import Kind, Target, Traits, parse
from toolkit.cli.selection import check_targets, named, selected
from toolkit.cli.wishes import Wishes
from toolkit.model.diagnostics import Diagnostic
from toolkit.source.discovery import discover, project_of
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.revisions import Since
    from toolkit.build.run import Job
    from toolkit.source.project import Workspace

_MAGIC: Final = frozenset("*?[")


@dataclass(frozen=True)
class Entry:
    """A target of a lesson that is not simply up to date: what it would be made of, and its step in the plan."""

    lesson: KnownLesson
    kind: Kind
    wanted: Wanted
    step: Step


@dataclass(frozen=True)
class Work:
    """What is to be done in one output folder.

    `fresh` are the names of targets that are up to date; `origins` the lessons of these and all others, by name.
    """

    ledger: Ledger
    session: Session
    entries: tuple[Entry, ...]
    fresh: tuple[str, ...]
    origins: Mapping[str, KnownLesson]

    def stale(self) -> list[Entry]:
        """Return what is to be made."""
        return [entry for entry in self.entries if entry.step.reasons]


@dataclass(frozen=True)
class Prepared:
    """The lessons that a build is about, and the work in each output folder."""

    lessons: tuple[KnownLesson, ...]
    works: tuple[Work, ...]
    notices: tuple[Diagnostic, ...]


class Preparation:
    """Reads what a build needs to know before it makes anything: the records, the projects, the lessons."""

    def __init__(
        self, wishes: Wishes, *, paranoid: bool = False, always: bool = False, since: Since | None = None
    ) -> None:
        self.wishes = wishes
        self.since = since
        self.paranoid = paranoid
        self.always = always
        self._ledgers: dict[Path, Ledger] = {}
        self._projects: dict[Path, tuple[KnownProject, Ledger]] = {}
        self._lessons: dict[str, KnownLesson] = {}
        self._made_of: dict[tuple[Path, Traits, int], tuple[tuple[Kind, ...], list[tuple[str, str, str]]]] = {}
        self._usual: dict[tuple[Path, Traits], tuple[Kind, ...]] = {}

    def prepare(self, targets: tuple[str, ...]) -> Prepared:
        """Return the work that `targets` ask for. Raise UsageError or LessonError."""
        chosen = self._refused_twins(list(self._chosen(targets)))
        if self.since:
            chosen = [one for one in chosen if self.since.touched(self._projects[one[0].project.root][1], one[0])]
        missing = [self.wishes.lacking(lesson, kinds) for lesson, kinds in chosen]
        if any(missing) and (targets or all(missing)):
            raise click.UsageError(next(filter(None, missing)))
        chosen = [one for one, lacks in zip(chosen, missing, strict=True) if not lacks]
        works = tuple(self._work(folder, ledger, chosen) for folder, ledger in self._ledgers.items())
        notices = self.project(None).notices
        return Prepared(tuple({lesson.file: lesson for lesson, _ in chosen}.values()), works, notices)

    # -- projects and lessons

    def project(self, start: Path | None) -> KnownProject:
        """Return the project that `start` is in. Raise LessonError for a project file that is wrong."""
        root, file = project_of((start or Path.cwd()).resolve())
        if root not in self._projects:
            folder = self.wishes.output or _output(root, file)
            if folder not in self._ledgers:
                self._ledgers[folder] = Ledger(folder, paranoid=self.paranoid)
            ledger = self._ledgers[folder]
            self._projects[root] = ledger.project(root, cache(partial(_workspace, root))), ledger
        return self._projects[root][0]

    def lesson(self, file: Path, project: KnownProject) -> KnownLesson:
        """Return the lesson in `file`, read once."""
        file = file if file.is_absolute() else file.absolute()
        name = str(file)
        if name not in self._lessons:
            self._lessons[name] = self._projects[project.root][1].lesson(file, project)
        return self._lessons[name]

    def projects(self) -> Iterator[tuple[Ledger, KnownProject]]:
        """Yield the projects that were read."""
        yield from ((ledger, project) for project, ledger in self._projects.values())

    def lessons(self) -> Iterator[tuple[Ledger, KnownLesson]]:
        """Yield the lessons that were read."""
        yield from ((self._projects[one.project.root][1], one) for one in self._lessons.values())

    def known(self) -> list[KnownLesson]:
        """Return all lessons of the current project, and those besides that were built and are there still.

        One that is at fault has the id that it had when it was not.
        """
        home = self.project(None)
        ledger = self._projects[home.root][1]
        entries = {
            Path(os.path.normpath(ledger.disk.path(key))): entry for key, entry in ledger.record["lessons"].items()
        }
        files = dict.fromkeys((*discover(home.lessons), *(file for file in entries if file.is_file())))
        lessons = [self.lesson(file, self.project(file.parent)) for file in files]
        return [
            replace(lesson, slug=entries[lesson.file]["slug"])
            if lesson.traits is None and lesson.file in entries
            else lesson
            for lesson in lessons
        ]

    def _slug(self, file: Path, project: KnownProject) -> str:
        return self.lesson(file, project).slug

    # -- what was asked for

    def _chosen(self, targets: tuple[str, ...]) -> Iterator[tuple[KnownLesson, tuple[Kind, ...]]]:
        patterns = [target for target in targets if _MAGIC & set(target) and not Path(target).exists()]
        plain = [target for target in targets if target not in patterns]
        files = {target: kind for target in plain if (kind := _file_kind(target))}
        lessons = tuple(Path(target) for target in plain if target not in files)
        if lessons or not targets:
            for file, home in selected(lessons, self.project, self._slug).items():
                lesson = self.lesson(file, home)
                yield lesson, self._kinds(lesson)
        for target, kind in files.items():
            path = Path(target)
            there = next(folder for folder in path.absolute().parents if folder.is_dir())
            home = self.project(there)
            yield self.lesson(named(path.parent.name, home, self._slug), home), (kind,)
        for pattern in patterns:
            yield from self._matching(pattern)

    def _kinds(self, lesson: KnownLesson) -> tuple[Kind, ...]:
        if lesson.traits is None:
            return ()
        made_of = (lesson.project.root, lesson.traits)
        if made_of not in self._usual:
            self._usual[made_of] = self.wishes.kinds(lesson.project, lesson.traits)
        return self._usual[made_of]

    def _matching(self, pattern: str) -> Iterator[tuple[KnownLesson, tuple[Kind, ...]]]:
        """Yield the lessons, or of each the files, whose name matches `pattern`. Raise UsageError where none does."""
        pattern = pattern.removeprefix("./").rstrip("/")
        found = False
        for file, home in selected((), self.project, self._slug).items():
            lesson = self.lesson(file, home)
            kinds = self._kinds(lesson)
            if not any(fnmatchcase(name, pattern) for name in (file.parent.name, shown_path(file.parent))):
                folder = self._projects[home.root][1].folder / lesson.slug
                paths = [(kind, shown_path(folder / kind.file), f"{lesson.slug}/{kind.file}") for kind in kinds]
                kinds = tuple(kind for kind, *names in paths if any(fnmatchcase(name, pattern) for name in names))
                if not kinds:
                    continue
            found = True
            yield lesson, kinds
        if not found:
            raise click.UsageError(f"'{pattern}' matches no lesson, and no file that is made of one.")

    def _refused_twins(
        self, chosen: list[tuple[KnownLesson, tuple[Kind, ...]]]
    ) -> list[tuple[KnownLesson, tuple[Kind, ...]]]:
        """Return `chosen`, a lesson with the id of an earlier one at fault: they would overwrite each other's files."""
        first: dict[tuple[Path, str], Path] = {}
        told: list[tuple[KnownLesson, tuple[Kind, ...]]] = []
        for lesson, kinds in chosen:
            ledger = self._projects[lesson.project.root][1]
            other = first.setdefault((ledger.folder, lesson.slug), lesson.file)
            if lesson.traits and other != lesson.file:
                told.append((self._refused(ledger.with_lesson(lesson), other), ()))
            else:
                told.append((lesson, kinds))
        return told

    def _refused(self, lesson: KnownLesson, first: Path) -> KnownLesson:
        if lesson.loaded is None:
            return lesson
        message = f"the lesson {shown_path(first)} has the id {lesson.slug!r} too"
        problem = Diagnostic("L208", message, address="id", hint="give one of them another `id`")
        return as_found(lesson, (lesson.loaded.positions.resolve(problem),))

    # -- the plan

    def _work(self, folder: Path, ledger: Ledger, chosen: list[tuple[KnownLesson, tuple[Kind, ...]]]) -> Work:
        wanted: dict[str, Wanted] = {}
        origins: dict[str, tuple[KnownLesson, Kind]] = {}
        for lesson, kinds in chosen:
            if lesson.traits is None or self._projects[lesson.project.root][1] is not ledger:
                continue
            for kind, (file, options, program) in zip(kinds, self._parts(lesson, kinds, ledger), strict=True):
                name = f"{lesson.slug}/{file}"
                if name not in wanted and self.wishes.mine(name):
                    wanted[name] = Wanted(name, kind.format, lesson.state, options, program)
                    origins[name] = lesson, kind
        session = Session(ledger)
        steps = session.steps([*wanted.values()], always=self.always)
        entries = tuple(Entry(*origins[name], wanted[name], step) for name, step in steps.items())
        fresh = tuple(name for name in wanted if name not in steps)
        return Work(ledger, session, entries, fresh, {name: lesson for name, (lesson, _) in origins.items()})

    def _parts(self, lesson: KnownLesson, kinds: tuple[Kind, ...], ledger: Ledger) -> list[tuple[str, str, str]]:
        """Return, for each of `kinds`, the name of its file and what its options and its program are known by."""
        assert lesson.traits
        made_of = (lesson.project.root, lesson.traits, id(kinds))
        if made_of not in self._made_of:
            parts = [
                (kind.file, ledger.keep(self.wishes.options(kind, lesson.project, lesson.traits)),
                 ledger.program(kind.format, ENGINELESS))
                for kind in kinds
            ]  # fmt: skip  # one kind a line
            self._made_of[made_of] = kinds, parts  # the kinds are kept, so that no others have their identity
        return self._made_of[made_of][1]


def jobs(work: Work, wishes: Wishes, failed: Callable[[KnownLesson], None]) -> Iterator[tuple[Entry, Job]]:
    """Yield what is to be made, each with its entry; `failed` is told of lessons that are at fault by now."""
    from toolkit.build.run import Job

    read: dict[Path, KnownLesson] = {}
    for entry in work.stale():
        file = entry.lesson.file
        if file not in read:
            read[file] = work.ledger.with_lesson(entry.lesson)
            if read[file].loaded is None:
                failed(read[file])
        lesson, kind = read[file], entry.kind
        if lesson.loaded is None or lesson.traits is None:
            continue
        edition = wishes.edition(kind, lesson.project, lesson.traits)
        verify = VERIFIED in wishes.options(kind, lesson.project, lesson.traits)
        # The lesson as it was read for this file: it may have changed since the plan was made.
        wanted = entry.wanted._replace(state=lesson.state)
        target = Target(lesson.slug, kind)
        yield Entry(lesson, kind, wanted, entry.step), Job(target, lesson.loaded, edition, entry.step.known, verify)


def _workspace(root: Path) -> Workspace:
    from toolkit.source.project import find

    home = find(root)
    check_targets(home)
    return home


def _output(root: Path, file: Path | None) -> Path:
    """Return where the project in `root` builds to, as far as can be told from a file that may be wrong."""
    name: object = "output"
    if file:
        try:
            name = tomllib.loads(file.read_text("utf-8-sig")).get("output", name)
        except (OSError, ValueError, RecursionError):
            name = "output"
    try:
        return (root / str(name)).resolve()
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself, a null in the name
        return root / "output"


def _file_kind(target: str) -> Kind | None:
    path = Path(target)
    return parse(path.name) if path.parent.name else None
