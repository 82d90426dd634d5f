"""A cluster as a crew: what it makes is checked and taken; what it does not give back whole is made here.

What is sent is what a worker of this machine gets, and what comes back is bytes with their digest. Only this process
writes files. A cluster that says nothing is asked whether it lives, and given up in the end: a build never hangs by it.
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, Protocol

from toolkit.build.crew import Crew
from toolkit.build.errands import SLICE, Delivery, Order, font_digest, fonts_of, program, validated
from toolkit.build.limits import Limits
from toolkit.build.making import Made
from toolkit.build.record import facts_id
from toolkit.build.worker import Bundle, Task
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.source.observing import digest

_FIRST: Final = 6  # files of the first chunks: a worker of our own, once, takes as long to start as three or four
_CHUNK: Final = 20  # files; dask takes 10 to 14 ms for a task, a file half a second
_TRIES: Final = 2  # times that a chunk without an answer is sent
_FAULTS: Final = 5  # failures without a success between them, after which it makes no sense to go on


class Link(Protocol):
    """A connection to a cluster."""

    def submit(self, packed: bytes, wanted: str) -> Future[Delivery]:
        """Return what `errands.fulfilled` will return there. Raises any exception where it cannot be sent."""
        ...

    def fault(self) -> str:
        """Return why the cluster cannot be used any more, "" where it can, without asking it."""
        ...

    def look(self) -> tuple[str, bool]:
        """Ask the cluster whether it lives; return its fault, as `fault` does, and whether it has lost a process."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a cluster is waited for, in s.

    `look`: between two looks at one that says nothing. `silence`: without an answer, beside what a file may take; a
    cluster may be busy with others' work. `rescue`: the same after it lost a process, with which answers may be lost.
    """

    look: float = 2.0
    silence: float = SLICE + 120.0
    rescue: float = 30.0


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Bundles that are sent at once, and how often they were sent before."""

    bundles: tuple[Bundle, ...]
    tries: int = 0


class Cluster:
    """Up to `size` orders at once are carried out through `link`, and within `bounds`; `here` makes what is left.

    What went wrong is told in `notices`. Once the cluster was given up, everything is made here.
    """

    def __init__(
        self, link: Link, size: int, bounds: Limits, here: Callable[[], Crew], patience: Patience | None = None
    ) -> None:
        self.size = size
        self.bounds = bounds
        self.notices: list[Diagnostic] = []
        self._link = link
        self._here = here
        self._patience = patience or Patience()
        self._program = facts_id(program())
        self._fonts: dict[str, str] = {}  # digests, by path
        self._pending: dict[Future[Delivery], _Chunk] = {}
        self._again: deque[_Chunk] = deque()
        self._left: deque[Bundle] = deque()  # what is to be made here
        self._gone = False
        self._faults = 0
        self._shaken = False  # a process of the cluster was lost, and with it perhaps an answer
        self._heard = 0.0

    def taken(self) -> list[Diagnostic]:
        """Return what was not told yet of what went wrong."""
        told, self.notices = self.notices, []
        return told

    def make(self, bundles: Iterable[Bundle]) -> Generator[tuple[Task, Made]]:
        """Yield what became of each task, as they are finished: from the cluster, and then what is left for us."""
        coming = chunks(bundles, self.size)
        self._left.clear()
        try:
            yield from self._there(coming)
        finally:
            self._pending.clear()  # never cancelled: dask would wait for an answer. They end with the connection
            self._again.clear()
        rest = chain(self._rest(), chain.from_iterable(coming))
        first = next(rest, None)
        if first is not None:
            with closing(self._here().make(chain((first,), rest))) as made:
                yield from made

    def give_up(self, fault: str) -> None:
        """Ask nothing more of the cluster: all that is not made is made here."""
        self._gone = True
        self.note(fault, "what it has not made is made here")
        for each in (*self._pending.values(), *self._again):
            self._left.extend(each.bundles)
        self._pending.clear()
        self._again.clear()

    # -- giving out work, and waiting for it

    def _there(self, coming: Iterator[tuple[Bundle, ...]]) -> Iterator[tuple[Task, Made]]:
        self._heard = time.monotonic()
        while self._sent(coming):
            done = wait(self._pending, self._patience.look, FIRST_COMPLETED).done
            if not done:
                self._look()
            for future in done:
                self._heard = time.monotonic()
                if chunk := self._pending.pop(future, None):  # not given up with one before it
                    yield from self._received(future, chunk)

    def _sent(self, coming: Iterator[tuple[Bundle, ...]]) -> bool:
        """Send chunks until each process has one, and one is waiting; return whether there are answers to come."""
        while not self._gone and len(self._pending) < 2 * self.size:
            if self._again:
                chunk = self._again.popleft()
            elif bundles := next(coming, None):
                chunk = _Chunk(bundles)
            else:
                break
            try:
                future = self._link.submit(pickle.dumps(self._order(chunk)), self._program)
            except Exception as error:  # whatever a library of the cluster's raises
                self._left.extend(chunk.bundles)
                self.give_up(self._link.fault() or f"the cluster takes no work: {_said(error)}")
            else:
                self._pending[future] = replace(chunk, tries=chunk.tries + 1)
                self._heard = time.monotonic()  # nobody has been silent about it yet
        return bool(self._pending)

    def _order(self, chunk: _Chunk) -> Order:
        paths = dict.fromkeys(path for bundle in chunk.bundles for path in fonts_of(bundle.lesson))
        for path in paths:
            if path not in self._fonts:
                self._fonts[path] = font_digest(path)
        verified = any(task.verify for bundle in chunk.bundles for task in bundle.tasks)
        fonts = {path: self._fonts[path] for path in paths}
        return Order(chunk.bundles, self.bounds, fonts, verified and validated())

    def _look(self) -> None:
        """Give up a cluster that is no more, and what it should have made by now."""
        fault, lost = self._link.look()
        if fault:
            self.give_up(fault)
            return
        self._shaken = self._shaken or lost
        silent = time.monotonic() - self._heard
        if self._shaken and silent > self._patience.rescue:
            self._shaken, self._heard = False, time.monotonic()
            waiting, self._pending = [*self._pending.values()], {}
            self._again.extend(chunk for chunk in waiting if chunk.tries < _TRIES)
            for chunk in waiting:
                if chunk.tries >= _TRIES:
                    self._leave(chunk.bundles, "lost", " with a process, twice")
        elif self.bounds.seconds and silent > self.bounds.seconds + self._patience.silence:
            self.give_up(f"the cluster has made nothing for {silent:.0f} seconds")

    # -- taking what comes

    def _received(self, future: Future[Delivery], chunk: _Chunk) -> Iterator[tuple[Task, Made]]:
        """Yield what came back whole of `chunk`. What the cluster had no time for is sent again."""
        fault, delivery = _delivered(future)
        if delivery is None:
            self._failed(chunk, fault)
            return
        if delivery.refused or delivery.program != self._program:
            reason = delivery.refused or "they were made by another hornbook, and are refused"
            self._leave(chunk.bundles, "did not make", f": {reason}")
            self._count()
            return
        self._faults = 0
        answers = {number: (known, made) for number, known, made in delivery.made}
        later: list[Bundle] = []
        for bundle in chunk.bundles:
            missing = tuple(task for task in bundle.tasks if task.number not in answers)
            if missing:
                later.append(replace(bundle, tasks=missing))
            for task in bundle.tasks:
                known, made = answers.get(task.number, ("", None))
                if made and digest(made.data) == known:
                    yield task, made
                elif made:
                    self._leave(
                        (replace(bundle, tasks=(task,)),), "sent", " with other bytes than it made; they are refused"
                    )
        if later and answers:
            self._again.append(_Chunk(tuple(later)))
        elif later:
            self._leave(tuple(later), "sent nothing for")

    def _failed(self, chunk: _Chunk, fault: str) -> None:
        if reason := self._link.fault():
            self._left.extend(chunk.bundles)
            self.give_up(reason)
            return
        self._leave(chunk.bundles, "did not make", f": {fault}")
        self._count()

    def _count(self) -> None:
        """Count one more failure, and give up after too many."""
        self._faults += 1
        if self._faults >= _FAULTS:
            self.give_up(f"the cluster failed {_FAULTS} times in a row")

    def _leave(self, bundles: tuple[Bundle, ...], did: str, why: str = "") -> None:
        """Leave `bundles` to be made here, and tell what the cluster `did` with them."""
        self._left.extend(bundles)
        names = [task.target.name for bundle in bundles for task in bundle.tasks]
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        self.note(f"the cluster {did} {names[0]}{more}{why}", f"{'they are' if more else 'it is'} made here")

    def note(self, message: str, hint: str) -> None:
        """Keep a warning, to be told with the others."""
        self.notices.append(Diagnostic("B713", message, hint=hint, severity=Severity.WARNING))

    def _rest(self) -> Iterator[Bundle]:
        while self._left:
            yield self._left.popleft()


def chunks(bundles: Iterable[Bundle], size: int) -> Iterator[tuple[Bundle, ...]]:
    """Yield `bundles` in chunks of a few files at first, so that all workers have one, and of about 20 later."""
    waiting: list[Bundle] = []
    given = 0
    for bundle in bundles:
        waiting.append(bundle)
        if sum(len(each.tasks) for each in waiting) >= min(_CHUNK, _FIRST + given // size):
            yield tuple(waiting)
            waiting, given = [], given + 1
    if waiting:
        yield tuple(waiting)


def _delivered(future: Future[Delivery]) -> tuple[str, Delivery | None]:
    """Return what `future`, which is done, brought; or why it brought nothing."""
    if future.cancelled():
        return "it was given up there", None
    if error := future.exception():
        return _said(error), None
    return "", future.result()


def _said(error: BaseException) -> str:
    """Return what `error` says, in one short line."""
    words = " ".join(str(error).split())
    first = words.partition(". ")[0][:160].rstrip(".")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
