"""Making targets: who makes them is told by a crew; here they are given out, stored and told of.

Only this process writes output files. One that fails does not stop the others.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from toolkit.build.crew import Crew
from toolkit.build.interrupts import Interrupts
from toolkit.build.making import Made
from toolkit.build.scratch import scratch
from toolkit.build.store import Store, Stored, Written
from toolkit.build.targets import Target
from toolkit.build.worker import Bundle, Task
from toolkit.model.diagnostics import Diagnostic, Severity, worst
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
    """What became of a target: where it was stored (None where it failed), and what is to be said.

    `seconds` is the wall time that it took to make.
    """

    target: Target
    stored: Stored | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Return whether there is no file."""
        return self.stored is None

    @property
    def kept(self) -> bool:
        """Return whether a file edited by hand was kept."""
        return self.stored is not None and self.stored.written is Written.KEPT


def run(
    jobs: Iterable[Job],
    store: Store,
    done: Callable[[Outcome], None],
    crew: Crew | None = None,
    *,
    ordered: bool = True,
) -> list[Outcome]:
    """Make every job, telling `done` of each, and return what became of them, in the order of `jobs`.

    Without a `crew`, this process makes them. Where `ordered`, `done` hears of them in that order too, whoever is
    ready first. The record is saved at the end, however that comes: what was finished stays.
    """
    wanted = [*jobs]
    crew = crew or Crew()
    ledger = _Ledger(len(wanted), done, ordered)
    with Interrupts() as interrupts, scratch(store.folder):
        try:
            with closing(crew.make(bundled(wanted, crew.size))) as made:
                for task, result in made:
                    with interrupts.held():
                        outcome = _stored(wanted[task.number], result, store)
                        ledger.enter(task.number, outcome)
                    ledger.tell()
        except KeyboardInterrupt:
            ledger.tell(all_of_them=True)
            raise
        finally:
            with interrupts.held():
                store.save()
    return ledger.outcomes()


class _Ledger:
    """What became of each job, and who was told of it."""

    def __init__(self, size: int, done: Callable[[Outcome], None], ordered: bool) -> None:
        self._outcomes: list[Outcome | None] = [None] * size
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
            if outcome := self._outcomes[number]:
                self._done(outcome)

    def outcomes(self) -> list[Outcome]:
        return [outcome for outcome in self._outcomes if outcome]


def bundled(jobs: Sequence[Job], workers: int) -> list[Bundle]:
    """Return `jobs` in bundles for `workers`, in their order.

    A bundle is one lesson in one edition: its worksheets point at lines of its handout, which is laid out once for
    all of them. Where that gives too few for the workers, a bundle is one target.
    """
    groups: dict[Hashable, list[int]] = {}
    for number, job in enumerate(jobs):
        groups.setdefault((job.target.slug, job.edition), []).append(number)
    if len(groups) < workers:
        groups = {number: [number] for number in range(len(jobs))}
    return [
        Bundle(jobs[numbers[0]].loaded.lesson, tuple(Task(n, jobs[n].target, jobs[n].edition) for n in numbers))
        for numbers in groups.values()
    ]


def _stored(job: Job, made: Made, store: Store) -> Outcome:
    name = job.target.name
    resolved = tuple(job.loaded.positions.resolve(diagnostic) for diagnostic in made.diagnostics)
    if worst(resolved) is Severity.ERROR:
        return Outcome(job.target, None, resolved, made.seconds)
    try:
        stored = store.put(name, made.data)
    except OSError as error:
        failed = Diagnostic("B701", f"{name} could not be written: {error.strerror or error}")
        return Outcome(job.target, None, (*resolved, failed), made.seconds)
    if stored.written is Written.KEPT:
        message = f"{shown_path(store.folder / name)} was edited since it was built and is kept"
        hint = f"the new one is {shown_path(stored.path)}"
        resolved = (*resolved, Diagnostic("B704", message, hint=hint, severity=Severity.WARNING))
    return Outcome(job.target, stored, resolved, made.seconds)
