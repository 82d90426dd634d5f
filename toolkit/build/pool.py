"""Workers that make bundles of targets side by side. One that dies, hangs or eats memory costs one target.

The standard library's pool gives up everything that is left when one of its processes dies; in a build of hundreds
of lessons that would be one broken picture against all the others.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Final, Self

from toolkit.build import limits
from toolkit.build.hiring import Agency, Worker
from toolkit.build.jobserver import Jobserver
from toolkit.build.limits import Limits
from toolkit.build.making import Made
from toolkit.build.worker import READY, Bundle, Task
from toolkit.model.diagnostics import Diagnostic

_STARTING: Final = 120.0  # s that a worker may take to start, on a machine that is busy
_FALSE_STARTS: Final = 5  # workers that end before they have made anything, after which it makes no sense to go on


class NoWorkersError(OSError):
    """Processes that make files cannot be started here: by one who may not run this Python again, for instance."""


class Pool:
    """Up to `size` workers, hired when there is work for them and kept until the end."""

    def __init__(self, size: int, bounds: Limits, forms: frozenset[str], jobserver: Jobserver | None = None) -> None:
        self._size = size
        self._bounds = bounds
        self._agency = Agency(bounds, forms)
        self._jobserver = jobserver
        self._workers: list[Worker] = []
        self._waiting: deque[Bundle] = deque()
        self._again: deque[Bundle] = deque()  # what a worker died of, to be made once more, alone
        self._suspects: set[int] = set()
        self._hopeless: dict[tuple[str, str], str] = {}
        self._found: deque[tuple[Task, Made]] = deque()
        self._false_starts = 0

    def __enter__(self) -> Self:
        """Return the pool; no process is started before there is work."""
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """End every process; at once where something went wrong: workers hold nothing that would be lost."""
        self._agency.close(self._workers, at_once=bool(kind or self._busy()))
        self._workers.clear()
        if self._jobserver:
            self._jobserver.close()

    def make(self, bundles: Iterable[Bundle]) -> Generator[tuple[Task, Made]]:
        """Yield what became of each task, as they are finished. It may be asked for more when that has ended.

        Raises NoWorkersError where no process can be started; `left` is what is to be made then.
        """
        self._suspects.clear()
        self._hopeless.clear()
        coming = iter(bundles)
        more = True
        while more or self._waiting or self._again or self._busy():
            if more and len(self._waiting) < self._size:  # one at a time: reading a lesson may take a while
                bundle = next(coming, None)
                more = bundle is not None
                self._waiting.extend([bundle] if bundle else [])
            self._assign(last=not more)
            if not (self._found or more or self._waiting or self._again or self._busy()):
                return  # the last was not worth trying, and the workers have nothing more to say
            if not self._found:
                self._listen(wait=not more or len(self._waiting) >= self._size)
            while self._found:
                yield self._found.popleft()

    def left(self) -> Iterator[Bundle]:
        """Yield what was taken from the bundles and not made, to be made by somebody else."""
        yield from (worker.bundle for worker in self._workers if worker.bundle)
        yield from self._again
        yield from self._waiting

    def hire(self) -> None:
        """Start as many workers as there may be, before there is work for them."""
        while len(self._workers) < self._size:
            self._workers.append(self._agency.hire(time.monotonic() + _STARTING))

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._workers if worker.bundle]

    # -- giving out work

    def _assign(self, *, last: bool) -> None:
        """Give bundles to idle workers, and hire more where there are more bundles than those.

        After the `last` of them, what is to be made once more has its turn.
        """
        if last and self._again and not self._waiting and not self._busy():
            self._waiting.append(self._again.popleft())
        idle = [worker for worker in self._workers if worker.ready and not worker.bundle]
        while idle and self._waiting:
            if (bundle := self._still_wanted(self._waiting[0])) is None:
                self._waiting.popleft()
            elif self._may_begin():
                self._waiting.popleft()
                self._give(idle.pop(), bundle)
            else:
                self._waiting[0] = bundle
                return
        starting = sum(not worker.ready for worker in self._workers)
        while len(self._workers) < self._size and starting < min(len(self._waiting), self._room()):
            self._workers.append(self._agency.hire(time.monotonic() + _STARTING))
            starting += 1

    def _room(self) -> int:
        """Return how many more workers are worth starting: with a jobserver one at a time, as tokens come."""
        return 1 if self._jobserver else self._size

    def _may_begin(self) -> bool:
        """Return whether one more worker may be busy. The first needs no token."""
        return not self._jobserver or not self._busy() or self._jobserver.take()

    def _still_wanted(self, bundle: Bundle) -> Bundle | None:
        """Return `bundle` without what is hopeless, which is told; None where nothing is left."""
        wanted = []
        for task in bundle.tasks:
            cause = self._hopeless.get((task.target.slug, task.target.kind.format))
            if cause is None:
                wanted.append(task)
            else:
                message = f"{task.target.name} was not tried, after {cause} was given up"
                self._found.append((task, _failed(Diagnostic("B707", message))))
        return replace(bundle, tasks=tuple(wanted)) if wanted else None

    def _give(self, worker: Worker, bundle: Bundle) -> None:
        try:
            worker.begin(bundle, self._deadline())
        except OSError:  # it died while it was idle
            self._waiting.appendleft(bundle)
            worker.bundle = None
            self._dismiss(worker)

    def _deadline(self) -> float:
        return time.monotonic() + self._bounds.seconds if self._bounds.seconds else float("inf")

    # -- hearing of it

    def _listen(self, *, wait: bool) -> None:
        """Hear answers and deaths; where it may `wait`, until there is one, a token, or the end of somebody's time."""
        with selectors.DefaultSelector() as selector:
            for worker in self._workers:
                selector.register(worker.connection, selectors.EVENT_READ, worker)
            if self._jobserver and self._waiting and self._busy():
                selector.register(self._jobserver, selectors.EVENT_READ)
            until = min((worker.deadline for worker in self._workers), default=float("inf"))
            patience = None if until == float("inf") else max(0.0, until - time.monotonic())
            patience = patience if wait else 0.0
            ready = [key.data for key, _ in selector.select(patience) if key.data]
        for worker in ready:
            self._hear(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.deadline <= now and worker not in ready]:
            self._time_is_up(worker)

    def _hear(self, worker: Worker) -> None:
        try:
            answers = worker.heard()
        except (EOFError, OSError):
            self._died(worker)
            return
        for answer in answers:
            if answer == READY:
                worker.ready, worker.deadline, self._false_starts = True, float("inf"), 0
            else:
                self._answered(worker, answer)

    def _answered(self, worker: Worker, made: Made) -> None:
        task = worker.finished(self._deadline())
        self._found.append((task, made))
        if made.spent:
            self._give_up(task)
            self._requeue(worker)
            self._dismiss(worker)
        elif not worker.bundle and self._jobserver:
            self._jobserver.give()

    def _time_is_up(self, worker: Worker) -> None:
        if worker.bundle:
            task = worker.finished(0.0)
            self._give_up(task)
            self._found.append((task, _failed(limits.too_long(task.target.name, self._bounds))))
            self._requeue(worker)
        else:
            self._false_start("took too long to start")
        self._dismiss(worker)

    def _died(self, worker: Worker) -> None:
        """Try what a worker died of once more, alone: it may have been chosen by a machine short of memory."""
        manner = _manner(self._agency.status(worker))
        if not worker.ready:
            self._false_start(manner)
        elif worker.bundle:
            lesson = worker.bundle.lesson
            task = worker.finished(0.0)
            if task.number not in self._suspects:
                self._suspects.add(task.number)
                self._again.append(Bundle(lesson, (task,)))
            else:
                self._give_up(task)
                self._found.append((task, _failed(_fatal(task, manner))))
            self._requeue(worker)
        self._dismiss(worker)

    def _false_start(self, manner: str) -> None:
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise NoWorkersError(f"the processes that make the files cannot be started: each {manner}")

    def _requeue(self, worker: Worker) -> None:
        """Put back what `worker` had not begun."""
        if worker.bundle:
            self._waiting.appendleft(worker.bundle)
            worker.bundle = None
        if self._jobserver:
            self._jobserver.give()

    def _give_up(self, task: Task) -> None:
        """Make no more files of this lesson in this format: they would take as long, and end as badly."""
        self._hopeless.setdefault((task.target.slug, task.target.kind.format), task.target.kind.file)

    def _dismiss(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._agency.end(worker)


def _failed(diagnostic: Diagnostic) -> Made:
    return Made(b"", (diagnostic,))


def _fatal(task: Task, manner: str) -> Diagnostic:
    hint = "a broken picture or font may be the cause, or a machine short of memory: try it with -j 1"
    message = f"{task.target.name} could not be made: the process that made it {manner}, twice"
    return Diagnostic("B709", message, hint=hint)


def _manner(status: int | None) -> str:
    if status is None:
        return "ended"
    if status >= 0:
        return f"ended with status {status}"
    name = str(-status)
    with suppress(ValueError):
        name = signal.Signals(-status).name
    return f"was ended by {name}"
