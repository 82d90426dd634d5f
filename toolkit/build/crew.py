"""Who makes the targets of a build: this process, or workers beside it."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType
from typing import Final

from toolkit.build.jobserver import Jobserver
from toolkit.build.limits import Limits, TimeLimitError, limited, too_long
from toolkit.build.making import Made, make
from toolkit.build.pool import NoWorkersError, Pool
from toolkit.build.worker import Bundle, Task
from toolkit.model.diagnostics import Diagnostic, Severity

# About how long a file takes, in s, and how much work is done in this process: a second of work is done before
# workers are there, which cost a second of processor time to start. One lesson's usual files stay below.
SECONDS: Final = MappingProxyType({"pdf": 0.5, "docx": 0.1, "html": 0.05})
LITTLE: Final = 1.25


@dataclass(frozen=True, slots=True)
class Crew:
    """How many processes make targets (0: this one, without others), within which limits, under which make.

    Less work than `little`, in s, on one lesson, is done in this process all the same: a crash costs no other lesson.
    """

    size: int = 0
    bounds: Limits = field(default_factory=Limits)
    jobserver: Jobserver | None = None
    little: float = LITTLE

    def make(self, bundles: Iterable[Bundle]) -> Generator[tuple[Task, Made]]:
        """Yield what became of each task, as they are finished. Closing the iterator ends every process.

        `bundles` are asked for as they are needed: what they are made of may be read while others are made.
        """
        coming = iter(bundles)
        if not self.size:
            yield from _here(coming, self.bounds)
            return
        first: list[Bundle] = []
        work = 0.0
        while work < self.little and len({bundle.lesson.slug for bundle in first}) < 2:
            bundle = next(coming, None)
            if bundle is None:
                yield from _here(first, self.bounds)
                return
            first.append(bundle)
            work += sum(SECONDS.get(task.target.kind.format, 1.0) for task in bundle.tasks)
        forms = frozenset(task.target.kind.format for bundle in first for task in bundle.tasks)  # others may follow
        pool = Pool(self.size, self.bounds, forms, self.jobserver)
        with pool:
            yield from staffed(pool, chain(first, coming), self.bounds)


def staffed(pool: Pool, bundles: Iterable[Bundle], bounds: Limits) -> Generator[tuple[Task, Made]]:
    """Yield what became of each task of `bundles` in `pool`; in this process, with a note, if it cannot be staffed."""
    coming = iter(bundles)
    try:
        with closing(pool.make(coming)) as made:
            yield from made
            return
    except NoWorkersError as error:
        said: tuple[Diagnostic, ...] = (Diagnostic("B714", f"{error}; made one by one", severity=Severity.NOTE),)
    for task, one in _here(chain(tuple(pool.left()), coming), bounds):
        yield task, replace(one, diagnostics=(*said, *one.diagnostics))
        said = ()


def _here(bundles: Iterable[Bundle], bounds: Limits) -> Generator[tuple[Task, Made]]:
    """Make everything in this process, which a crash of a library would end; time and memory are limited."""
    for bundle in bundles:
        for task in bundle.tasks:
            try:
                with limited(bounds):
                    made = make(bundle.lesson, task.target, task.edition, bounds, task.known, verify=task.verify)
            except TimeLimitError:  # in the moment after it was made
                made = Made(b"", (too_long(task.target.name, bounds),))
            yield task, made


def crew(jobs: int | None, bounds: Limits, environment: Mapping[str, str]) -> Crew:
    """Return a crew of `jobs` processes; by default, one for each core, within the jobs of a make above us.

    Raises OSError where that make lets us have no jobs.
    """
    if jobs is not None:
        return Crew(jobs, bounds)
    return Crew(cores(), bounds, Jobserver.of(environment))


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
