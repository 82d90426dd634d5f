"""A worker: a process that makes targets, one after the other, and ends with the build that started it."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from toolkit.build import framing, limits, warming
from toolkit.build.limits import Limits
from toolkit.build.making import Made, make
from toolkit.build.targets import Target
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition
from toolkit.source import citeproc

# Objects that are made before the collector looks for cycles, and how seldom it looks further. A sheet makes a
# million objects and few cycles; with the usual 700 the collector takes 3 to 5 % (pdf.md, A2).
_COLLECT: Final = (50_000, 50, 100)
READY: Final = "ready"  # what a worker says first
_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG (prctl(2))


@dataclass(frozen=True, slots=True)
class Task:
    """A target to make, its number in the build, the digest of the printout that its file there was made of.

    `verify`: whether its file is checked before it is kept.
    """

    number: int
    target: Target
    edition: Edition
    known: str = ""
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Bundle:
    """Tasks of one lesson that one worker makes in order, so that they share what was laid out for one of them."""

    lesson: Lesson
    tasks: tuple[Task, ...]


def serve(connection: socket.socket, bounds: Limits, forms: frozenset[str], parent: int) -> NoReturn:
    """Make what comes over `connection` until it ends, and end this process. Each answer is a Made.

    `parent` is the process that this one was forked from, and ends with.
    """
    _belong(parent)
    warming.warm(forms)
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    limits.confine(bounds.megabytes)
    with contextlib.suppress(OSError):  # the build was ended
        connection.sendall(framing.packed(READY))
        while bundle := framing.received(connection):
            for answer in _answers(bundle, bounds):
                connection.sendall(framing.packed(answer))
                if answer.spent:
                    os._exit(0)
            gc.collect()  # pages are full of cycles, and what outlives a young collection would wait for ever
        citeproc.worker().close()
    os._exit(0)


def _answers(bundle: Bundle, bounds: Limits) -> Iterator[Made]:
    for task in bundle.tasks:
        yield make(bundle.lesson, task.target, task.edition, bounds, task.known, verify=task.verify)


def _belong(parent: int) -> None:
    """Stand in a group of our own, which ends as one with what it started, and end when `parent` does."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before that
            os._exit(1)
