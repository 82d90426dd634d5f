"""Making targets, one after the other; one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter

from toolkit.build.composing import drafted
from toolkit.build.session import kept
from toolkit.build.store import Store, Stored, Written
from toolkit.build.targets import Target
from toolkit.formats import writer
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, worst
from toolkit.model.printout import Edition
from toolkit.source.lesson import Loaded


@dataclass(frozen=True)
class Job:
    """A target with the lesson and the edition it is made of.

    `known` is the digest of the printout that the file in its place was made of: where the lesson gives an equal one,
    nothing is laid out. "" where the file is to be made whatever the printout is.
    """

    target: Target
    loaded: Loaded
    edition: Edition
    known: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a target: where it was stored (None where it failed), and what is to be said.

    `printout` is the digest of what was printed. `cut` says that it was equal to what the file there was made of.
    """

    target: Target
    stored: Stored | None
    diagnostics: tuple[Diagnostic, ...]
    printout: str = ""
    cut: bool = False
    seconds: float = 0.0

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
    start = perf_counter()
    name = job.target.name
    made = _written(job)
    if made.cut:
        stored = Stored(store.folder / name, Written.SAME)
        return Outcome(job.target, stored, (), made.printout, cut=True, seconds=perf_counter() - start)
    resolved = tuple(job.loaded.positions.resolve(diagnostic) for diagnostic in made.found)
    if worst(resolved) is Severity.ERROR:
        return Outcome(job.target, None, resolved, seconds=perf_counter() - start)
    try:
        stored = store.put(name, made.data)
    except OSError as error:
        failed = Diagnostic("B701", f"{name} could not be written: {error.strerror or error}")
        return Outcome(job.target, None, (*resolved, failed), seconds=perf_counter() - start)
    if stored.written is Written.KEPT:
        resolved = (*resolved, kept(store.folder / name, stored.path))
    return Outcome(job.target, stored, resolved, made.printout, seconds=perf_counter() - start)


@dataclass
class _Made:
    """The bytes of a target, and what was reported of it. Without an error in the report, they are whole."""

    data: bytes = b""
    found: list[Diagnostic] = field(default_factory=list)
    printout: str = ""
    cut: bool = False


def _written(job: Job) -> _Made:
    made = _Made()
    found = made.found
    try:
        draft = drafted(job.loaded.lesson, job.target.kind.sheet, job.edition, job.target.kind.format)
        made.printout = draft.digest()
        if made.printout == job.known:
            made.cut = True
            return made
        made.data = writer(job.target.kind.format)(draft.finish(), found.append)
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
    if not made.data and worst(found) is not Severity.ERROR:
        found.append(Diagnostic("B701", f"{job.target.name} could not be made: nothing was written"))
    return made
