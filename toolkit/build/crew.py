"""Who makes the targets of a build: this process, or workers beside it."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from toolkit.build import warming
from toolkit.build.jobserver import Jobserver
from toolkit.build.limits import Limits, TimeLimitError, limited, too_long
from toolkit.build.making import Made, make
from toolkit.build.pool import Pool
from toolkit.build.worker import Bundle, Task

# About how long a file takes, in s, and how much work is done in this process: a second of work is done before
# workers are there, which cost a second of processor time to start. One lesson's four usual files stay below.
SECONDS: Final = MappingProxyType({"pdf": 0.5, "docx": 0.1, "html": 0.05})
LITTLE: Final = 1.25


@dataclass(frozen=True, slots=True)
class Crew:
    """How many processes make targets (0: this one, without others), within which limits, under which make.

    Less work than `little`, in s, is done in this process all the same.
    """

    size: int = 0
    bounds: Limits = field(default_factory=Limits)
    jobserver: Jobserver | None = None
    little: float = LITTLE

    def make(self, bundles: Sequence[Bundle]) -> Generator[tuple[Task, Made]]:
        """Yield what became of each task, as they are finished. Closing the iterator ends every process."""
        tasks = [task for bundle in bundles for task in bundle.tasks]
        work = sum(SECONDS.get(task.target.kind.format, 1.0) for task in tasks)
        if not self.size or work < self.little:
            yield from _here(bundles, self.bounds)
            return
        forms = frozenset(task.target.kind.format for task in tasks)
        size = min(self.size, len(bundles))
        with Pool(size, self.bounds, forms, self.jobserver) as pool, closing(pool.make(bundles)) as made:
            yield from made


def _here(bundles: Sequence[Bundle], bounds: Limits) -> Generator[tuple[Task, Made]]:
    """Make everything in this process, which a crash of a library would end; time and memory are limited."""
    warming.load({task.target.kind.format for bundle in bundles for task in bundle.tasks})
    for bundle in bundles:
        for task in bundle.tasks:
            try:
                with limited(bounds):
                    made = make(bundle.lesson, task.target, task.edition, bounds)
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
