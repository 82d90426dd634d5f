"""Making targets: who makes them is told by a crew; here they are given out, stored and told of.

Only this process writes output files. One that fails does not stop the others.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.build import examining
from toolkit.build.caching import Cache, Seeker
from toolkit.build.crew import Crew
from toolkit.build.interrupts import Interrupts
from toolkit.build.making import Made
from toolkit.build.scratch import scratch
from toolkit.build.session import kept
from toolkit.build.standing import Standing
from toolkit.build.store import Store, Stored, Written
from toolkit.build.targets import Target
from toolkit.build.worker import Bundle, Task
from toolkit.build.writing import TEMPORARY
from toolkit.model.diagnostics import Diagnostic, Severity, worst
from toolkit.model.printout import Edition
from toolkit.source.lesson import Loaded

if TYPE_CHECKING:
    from toolkit.build.cluster import Cluster


@dataclass(frozen=True)
class Job:
    """A target with the lesson and the edition it is made of.

    `known` is the digest of the printout that the file in its place was made of: where the lesson gives an equal one,
    nothing is laid out. "" where the file is to be made whatever the printout is. `verify`: whether the file is checked
    before it is kept. `basis` is the digest of what it is made of besides the printout, for a cache.
    """

    target: Target
    loaded: Loaded
    edition: Edition
    known: str = ""
    verify: bool = False
    basis: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a target: where it was stored (None where it failed), and what is to be said.

    `printout` is the digest of what was printed. `cut` says that it was equal to what the file there was made of.
    `cached`, that another build made it; `seconds` is the wall time that it took to make.
    """

    target: Target
    stored: Stored | None
    diagnostics: tuple[Diagnostic, ...]
    printout: str = ""
    cut: bool = False
    seconds: float = 0.0
    cached: bool = False

    @property
    def failed(self) -> bool:
        """Return whether there is no file."""
        return self.stored is None

    @property
    def kept(self) -> bool:
        """Return whether a file edited by hand was kept."""
        return self.stored is not None and self.stored.written is Written.KEPT

    @property
    def skipped(self) -> bool:
        """Return whether the file was left alone because a word processor has it open."""
        return self.stored is not None and self.stored.written is Written.OPEN


def run(
    jobs: Iterable[Job],
    store: Store,
    done: Callable[[Outcome], None],
    crew: Crew | Standing | Cluster | None = None,
    *,
    ordered: bool = True,
    finished: Callable[[Outcome], None] = lambda _: None,
    cache: Cache | None = None,
) -> list[Outcome]:
    """Make every job, telling `done` of each, and return what became of them, in the order of `jobs`.

    Without a `crew`, this process makes them. Where `ordered`, `done` hears of them in that order too, whoever is
    ready first; `finished` hears of each as soon as it is stored. What is in the `cache` is not made. The record is
    saved at the end, however that comes: what was finished stays.
    """
    crew = crew or Crew()
    queue = _Queue(jobs)
    told = _Told(done, ordered)
    interrupts = Interrupts()

    def settle(task: Task, result: Made) -> None:
        with interrupts.held():
            outcome = _stored(queue.taken(task.number), result, store)
            told.enter(task.number, outcome)  # before the record, which a full disk may refuse
            finished(outcome)
        told.tell()

    with interrupts, scratch(store.folder):
        try:
            seeker = Seeker(cache, crew.bounds, queue.basis, settle) if cache else None
            bundles = queue.bundles(crew.size)
            with contextlib.closing(crew.make(seeker.missing(bundles) if seeker else bundles)) as made:
                for task, result in made:
                    if seeker:
                        seeker.made(task, result)
                    settle(task, result)
        except (KeyboardInterrupt, OSError):
            told.tell(all_of_them=True)
            raise
        finally:
            with interrupts.held():
                store.save()
    return told.outcomes()


class _Queue:
    """The jobs of a build, which are asked for as they are needed, and those that are being made, by number."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._jobs = enumerate(jobs)
        self._open: dict[int, Job] = {}

    def taken(self, number: int) -> Job:
        """Return a job that was made: nobody asks for it again, and its lesson need not be kept."""
        return self._open.pop(number)

    def basis(self, number: int) -> str:
        """Return what a job that is being made is made of besides its printout."""
        return self._open[number].basis

    def bundles(self, workers: int) -> Iterator[Bundle]:
        """Yield bundles for `workers`. A bundle is the files of one lesson in one edition.

        Its worksheets point at lines of its handout, which is laid out once for all of them. Where there are too few
        for the workers, a bundle is one file.
        """
        first: list[list[int]] = []
        later = self._groups()
        for group in later:
            first.append(group)
            if len(first) >= workers:
                break
        else:
            if len(first) < workers:
                first = [[number] for group in first for number in group]
        yield from map(self._bundle, first)
        yield from map(self._bundle, later)

    def _groups(self) -> Iterator[list[int]]:
        """Yield the numbers of the jobs of each lesson in each edition. A lesson's jobs follow each other."""
        for _, jobs in groupby(self._jobs, lambda job: job[1].target.slug):
            editions: dict[Edition, list[int]] = {}
            for number, job in jobs:
                self._open[number] = job
                editions.setdefault(job.edition, []).append(number)
            yield from editions.values()

    def _bundle(self, numbers: list[int]) -> Bundle:
        jobs = [self._open[number] for number in numbers]
        tasks = (
            Task(number, job.target, job.edition, job.known, job.verify)
            for number, job in zip(numbers, jobs, strict=True)
        )
        return Bundle(jobs[0].loaded.lesson, tuple(tasks))


class _Told:
    """What became of each job, and who was told of it."""

    def __init__(self, done: Callable[[Outcome], None], ordered: bool) -> None:
        self._outcomes: dict[int, Outcome] = {}
        self._untold: dict[int, None] = {}
        self._next = 0
        self._done = done
        self._ordered = ordered

    def enter(self, number: int, outcome: Outcome) -> None:
        self._outcomes[number] = outcome
        self._untold[number] = None

    def tell(self, *, all_of_them: bool = False) -> None:
        """Tell of what is due: in order, what has no gap before it; or all that was not told."""
        due = sorted(self._untold) if self._ordered else [*self._untold]
        for number in due:
            if self._ordered and not all_of_them and number != self._next:
                break
            self._next = number + 1
            del self._untold[number]
            self._done(self._outcomes[number])

    def outcomes(self) -> list[Outcome]:
        """Return what became of the jobs, in their order."""
        return [outcome for _, outcome in sorted(self._outcomes.items())]


def _stored(job: Job, made: Made, store: Store) -> Outcome:
    name = job.target.name
    if made.cut:
        stored = Stored(store.folder / name, Written.SAME)
        return Outcome(job.target, stored, (), made.printout, cut=True, seconds=made.seconds)
    resolved = tuple(_placed(diagnostic, job) for diagnostic in made.diagnostics)
    if worst(resolved) is Severity.ERROR:
        return Outcome(job.target, None, resolved, seconds=made.seconds)
    _sweep((store.folder / name).parent)
    try:
        stored = store.put(name, made.data)
    except OSError as error:
        failed = Diagnostic("B701", f"{name} could not be written: {error.strerror or error}")
        return Outcome(job.target, None, (*resolved, failed), seconds=made.seconds)
    if stored.written is Written.OPEN:
        resolved = (*resolved, examining.told_open(stored.path))
    if stored.written is Written.KEPT:
        resolved = (*resolved, kept(store.folder / name, stored.path))
    return Outcome(job.target, stored, resolved, made.printout, seconds=made.seconds, cached=made.cached)


def _placed(diagnostic: Diagnostic, job: Job) -> Diagnostic:
    """Return `diagnostic` with its place in the lesson; what is no fault of anything there is told of the file."""
    if diagnostic.severity is Severity.NOTE and not diagnostic.address:
        return replace(diagnostic, address=job.target.name)
    return job.loaded.positions.resolve(diagnostic)


def _sweep(folder: Path) -> None:
    """Remove what a build that was killed left half written in `folder`."""
    with contextlib.suppress(OSError):
        for part in folder.glob(f"{TEMPORARY}*"):
            part.unlink()
