"""Making targets, one after the other; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.build import examining
from toolkit.build.composing import composed
from toolkit.build.store import Store, Stored, Written
from toolkit.build.targets import Target
from toolkit.formats import writer
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, worst
from toolkit.model.printout import Edition
from toolkit.source.files import shown_path
from toolkit.source.lesson import Loaded


@dataclass(frozen=True)
class Job:
    """A target with the lesson and the edition it is made of."""

    target: Target
    loaded: Loaded
    edition: Edition


@dataclass(frozen=True)
class Outcome:
    """What became of a target: where it was stored (None where it failed), and what is to be said."""

    target: Target
    stored: Stored | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        """Return whether there is no file."""
        return self.stored is None

    @property
    def kept(self) -> bool:
        """Return whether a file edited by hand was kept."""
        return self.stored is not None and self.stored.written is Written.KEPT


def run(jobs: Iterable[Job], store: Store, done: Callable[[Outcome], None]) -> list[Outcome]:
    """Make every job, telling `done` of each, and return what became of them. The record is saved at the end."""
    outcomes: list[Outcome] = []
    try:
        for job in jobs:
            outcome = _make(job, store)
            outcomes.append(outcome)
            done(outcome)
    finally:
        store.save()
    return outcomes


def _make(job: Job, store: Store) -> Outcome:
    name = job.target.name
    data, found = _written(job)
    resolved = tuple(job.loaded.positions.resolve(diagnostic) for diagnostic in found)
    if worst(resolved) is Severity.ERROR:
        return Outcome(job.target, None, resolved)
    try:
        stored = store.put(name, data)
    except OSError as error:
        failed = Diagnostic("B701", f"{name} could not be written: {error.strerror or error}")
        return Outcome(job.target, None, (*resolved, failed))
    if stored.written is Written.KEPT:
        message = f"{shown_path(store.folder / name)} was edited since it was built and is kept"
        hint = f"the new one is {shown_path(stored.path)}"
        resolved = (*resolved, Diagnostic("B704", message, hint=hint, severity=Severity.WARNING))
    return Outcome(job.target, stored, resolved)


def _written(job: Job) -> tuple[bytes, list[Diagnostic]]:
    """Return the bytes of a target, and what was reported of it. Without an error in the report, they are whole."""
    found: list[Diagnostic] = []
    data = b""
    try:
        printout = composed(job.loaded.lesson, job.target.kind.sheet, job.edition, job.target.kind.format)
        data = examining.sealed(writer(job.target.kind.format)(printout, found.append), job.target)
    except LessonError as error:
        found += error.diagnostics
    except (OSError, ImportError) as error:
        hint = "`hornbook doctor` tells what this machine lacks"
        found.append(Diagnostic("B701", f"{job.target.name} could not be made: {error}", hint=hint))
    except Exception as error:
        # A fault of the program's own. It costs this target, and no other of what may be hundreds.
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        hint = "this is a fault of hornbook, not of the lesson; please report it"
        found.append(Diagnostic("B701", f"{job.target.name} could not be made: {said}", hint=hint))
    if not data and worst(found) is not Severity.ERROR:
        found.append(Diagnostic("B701", f"{job.target.name} could not be made: nothing was written"))
    return data, found
