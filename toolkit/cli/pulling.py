"""Edited sheets brought back: each read, merged with its lesson, and what would be written gathered by file."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from toolkit.build.targets import Kind
from toolkit.cli import selection
from toolkit.cli.editing import LARGEST
from toolkit.model import merging
from toolkit.model.choices import LEVELS, Audience
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import PRESENTATIONS, manner_of
from toolkit.model.printout import Edition
from toolkit.model.quoting import quoted
from toolkit.source import files
from toolkit.source.discovery import FILE, discover
from toolkit.source.revise import Outcome, Sheet, revise
from toolkit.source.revise_bytes import restored

if TYPE_CHECKING:
    from toolkit.formats.docx.reading import Reading
    from toolkit.model.revision import Passage
    from toolkit.source.lesson import Loaded
    from toolkit.source.project import Workspace


Reader: TypeAlias = "Callable[[bytes], Reading]"


@dataclass(frozen=True)
class Pulled:
    """One edited file: what it was read as, what became of its revisions, and what is wrong with it."""

    path: Path
    reading: Reading | None = None
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    file: Path = Path()
    rivals: Mapping[str, str] = field(default_factory=dict)

    @property
    def at_fault(self) -> bool:
        """Return whether the file could not be brought back, or not all of it because of a conflict."""
        wrong = any(problem.severity is Severity.ERROR for problem in self.problems)
        return wrong or any(outcome.state == "conflict" for outcome in self.outcomes)


class Pull:
    """Files brought back one after the other, each into what the ones before it made of its lesson.

    `texts` are the author's files that change, by the names that are shown.
    """

    def __init__(self, home: Workspace, read: Reader, lesson: str = "") -> None:
        self.home = home
        self.read = read
        self.lesson = lesson
        self.texts: dict[str, str] = {}
        self.done: list[Pulled] = []
        self.problems: list[Diagnostic] = []
        self._writers: dict[tuple[Path, str], str] = {}

    def take(self, path: Path) -> Pulled:
        """Return what became of the edited file at `path`; nothing is written."""
        try:
            data = files.read_bytes(path, str(path), largest=LARGEST, code="W901")
            found = self._brought(path, self.read(data), data)
        except LessonError as error:
            found = Pulled(path, problems=_in_file(error.diagnostics, path))
        self.done.append(found)
        return found

    def _brought(self, path: Path, reading: Reading, data: bytes) -> Pulled:
        """Return `reading` merged with its lesson. Raise LessonError where there is no such lesson, or it is wrong."""
        file = self._lesson_file(self.lesson or reading.lesson, path)
        loaded = self.load(file)
        today = self._today(loaded, kind_of(data, reading))
        sheet = Sheet(tuple(reading.before), tuple(reading.now), today, tuple(reading.revisions))
        revised = revise(loaded, sheet, lambda texts: self._fault(file, texts))
        lost = self._keep(loaded, revised.texts)
        rivals = {
            outcome.place: self._writers[file, outcome.place]
            for outcome in revised.outcomes
            if outcome.state == "conflict" and (file, outcome.place) in self._writers
        }
        for outcome in revised.outcomes:
            if outcome.state == "applied":
                self._writers[file, outcome.place] = path.name
        # A prompt that was rewritten is told where its edit is.
        problems = [*lost, *(problem for problem in reading.diagnostics if problem.code != "W916")]
        return Pulled(path, reading, revised.outcomes, _in_file(problems, path), file, rivals)

    def _keep(self, loaded: Loaded, texts: Mapping[str, str]) -> list[Diagnostic]:
        """Keep changed texts; return what is wrong where two edited files change the same lines of a shared one.

        A lesson is loaded with the texts that were kept, but the bank and bibliographies are as they are on the disk.
        """
        problems = []
        for name, text in texts.items():
            old, kept = loaded.positions.texts[name], self.texts.get(name)
            if kept is None or kept == old:
                self.texts[name] = text
                continue
            chunks = merging.merge(old.split("\n"), text.split("\n"), kept.split("\n"))
            if any(chunk.side == "conflict" for chunk in chunks):
                message = f"its edits of {name} meet those of a file before it: apply these first, then pull this one"
                problems.append(Diagnostic("W922", message))
                continue
            sides = (chunk.mine if chunk.side == "mine" else chunk.theirs for chunk in chunks)
            self.texts[name] = "\n".join(line for side in sides for line in side)
        return problems

    def load(self, file: Path) -> Loaded:
        """Return the lesson in `file`, with what was brought back so far. Raise LessonError where it is wrong."""
        from toolkit.source import lesson

        return lesson.load(file, self.home.project, self.texts)

    def _fault(self, file: Path, texts: Mapping[str, str]) -> str:
        """Return why `texts` make no lesson of the one in `file`, "" where they do."""
        from toolkit.source import lesson

        try:
            lesson.load(file, self.home.project, {**self.texts, **texts})
        except LessonError as error:
            first = error.diagnostics[0]
            return f"{first.message} ({first.hint})" if first.hint else first.message
        return ""

    def _lesson_file(self, name: str, path: Path) -> Path:
        """Return the file of the lesson whose id or folder is `name`; also of one that builds pass over."""
        hidden = sorted(self.home.lessons.glob(f"_*/{FILE}"))
        in_folder = [file for file in (*discover(self.home.lessons), *hidden) if file.parent.name == name]
        if in_folder:
            return in_folder[0]
        try:
            return selection.named(name, self.home, selection.slug_of)
        except click.UsageError as error:
            for file in hidden:
                with contextlib.suppress(LessonError):
                    if self.load(file).lesson.slug == name:
                        return file
            hint = f"{error.message} Name the one that it is of with --lesson"
            message = f"it was made of the lesson {name!r}, which this project does not have"
            raise LessonError([Diagnostic("W920", message, address=files.shown_path(path), hint=hint)]) from None

    def _today(self, loaded: Loaded, kind: Kind) -> tuple[Passage, ...]:
        """Return what the sheet would say if it were made of today's lesson; nothing where it cannot be made."""
        from toolkit.build.composing import composed
        from toolkit.formats import writer

        try:
            printout = composed(loaded.lesson, kind.sheet, edition_of(kind, loaded, self.home), kind.format)
            return tuple(self.read(writer(kind.format)(printout, lambda _: None)).before)
        except (LessonError, KeyError, IndexError):
            return ()


def kind_of(data: bytes, reading: Reading) -> Kind:
    """Return what target the file `data`, read as `reading`, was: its stamp says it, or else what is left of it."""
    from toolkit.formats.docx.stamp import read_stamp

    stamp = read_stamp(data)
    if stamp:
        named = Kind(stamp.sheet, "student", "docx", stamp.version)
        level = next((level for level in LEVELS if level == stamp.level), named.level)
        manner = next((name for name in PRESENTATIONS if name == stamp.presentation), named.presentation)
        audience: Audience = "teacher" if stamp.audience == "teacher" else "student"
        return replace(named, audience=audience, level=level, presentation=manner)
    return Kind(reading.sheet, "teacher" if reading.edition == "teacher" else "student", "docx")


def edition_of(kind: Kind, loaded: Loaded, home: Workspace) -> Edition:
    """Return for whom `kind` is printed, and how, as the project has it."""
    project = home.project
    wide = manner_of(kind.presentation).pitch or 0.0
    usual = pitch_for(loaded.lesson.spec.grades, kind.presentation)
    pitch = max(project.pitch, wide) if project.pitch else usual
    title = project.title or ""
    return Edition(kind.audience, project.paper, pitch, title, kind.version, kind.level, kind.presentation, home.theme)


def changes(pull: Pull) -> dict[Path, tuple[bytes, bytes]]:
    """Return the files that change, with their bytes before and after."""
    found = {}
    for shown, text in pull.texts.items():
        path = Path(shown)
        raw = path.read_bytes()
        made = restored(raw, text)
        if made != raw:
            found[path] = (raw, made)
    return found


def _in_file(problems: Sequence[Diagnostic], path: Path) -> tuple[Diagnostic, ...]:
    """Return `problems` of an edited file at that file, where they have no place of their own."""
    name = files.shown_path(path)
    return tuple(
        p if p.span and p.span.file else replace(p, address=f"{name}: {p.address.removeprefix(name)}".rstrip(": "))
        for p in problems
    )


def with_comments(pull: Pull) -> None:
    """Put the comments of the edited files into their lessons' YAML, over the places that they are on."""
    from toolkit.source.revise_comments import Remark, remarked

    for one in pull.done:
        if one.reading is None or not one.reading.comments:
            continue
        remarks = tuple(Remark(c.address, c.author, c.words, c.about) for c in one.reading.comments)
        try:
            texts, lost = remarked(pull.load(one.file), remarks, files.shown_path(one.file))
        except LessonError as error:
            pull.problems += error.diagnostics
            continue
        pull.texts.update(texts)
        name = files.shown_path(one.path)
        pull.problems += [
            Diagnostic(
                "W921", f"the comment {quoted(remark.words)} found no place", address=f"{name}: {remark.address}"
            )
            for remark in lost
        ]
