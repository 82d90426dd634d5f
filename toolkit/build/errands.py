"""What a process of a cluster does for a build elsewhere: files are made of values that were sent, and sent back.

An errand is pure: it may run twice, or on any machine, and writes nothing. It is done by a worker of our own beside the
cluster's process, under the same guard and limits as in a build: a lesson that crashes or hangs costs its file.
"""

from __future__ import annotations

import pickle
import shutil
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.build import verapdf
from toolkit.build.crew import Crew
from toolkit.build.limits import Limits
from toolkit.build.making import Made
from toolkit.build.program import engine, inspected, pandoc
from toolkit.build.record import facts_id
from toolkit.build.standing import Standing
from toolkit.build.worker import Bundle
from toolkit.model.lesson import Lesson
from toolkit.source.observing import digest

SLICE: Final = 60.0  # s after which an errand gives back what it has: the rest is another errand
_IDLE: Final = 60.0  # s that a worker of ours, of 150 MB, stays on the cluster without an errand


@dataclass(frozen=True, slots=True)
class Order:
    """Files to make, within `bounds` each. `fonts` are the digests of the project's font files, by path.

    `validators`: whether what is verified is shown to veraPDF, which must then be there.
    """

    bundles: tuple[Bundle, ...]
    bounds: Limits
    fonts: Mapping[str, str] = field(default_factory=dict)
    validators: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an order: number, digest of the bytes, and what was made, for each file that was.

    `program` is the digest of what made them; `refused` says why nothing was made.
    """

    program: str
    made: tuple[tuple[int, str, Made], ...] = ()
    refused: str = ""


def fulfilled(packed: bytes, wanted: str) -> Delivery:
    """Return what became of an Order, pickled as `packed`. Runs on the cluster.

    It is not even read where the program is not the one that is `wanted`: its values might be others.
    """
    now = facts_id(program())
    if {now, _first()} != {wanted}:
        return Delivery(now, refused="its hornbook, or what that prints with, is another than here")
    order: Order = pickle.loads(packed)
    for path, known in order.fonts.items():
        if font_digest(path) != known:
            return Delivery(now, refused=f"the project's font {Path(path).name} is not there, or another")
    if order.validators and not validated():
        return Delivery(now, refused="veraPDF is not there")
    made: list[tuple[int, str, Made]] = []
    until = time.monotonic() + SLICE
    crew = standby().taken(order.bounds)
    try:
        with closing(crew.make(order.bundles)) as making:
            for task, one in making:
                made.append((task.number, digest(one.data), one))
                if time.monotonic() > until:
                    break
    finally:
        standby().keep(crew)
    return Delivery(now, tuple(made))


class Standby:
    """Crews of one worker, each of which waits for an errand, as to start one takes a second.

    A process of the cluster may do several errands at once, in threads. The workers end with it.
    """

    def __init__(self, patience: float = _IDLE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._idle: list[tuple[float, Standing]] = []

    def taken(self, bounds: Limits) -> Standing:
        """Return a crew that works within `bounds`, for the one who asks."""
        with self._lock:
            for entry in reversed(self._idle):
                if entry[1].bounds == bounds:
                    self._idle.remove(entry)
                    return entry[1]
        return Standing(lambda: Crew(1, bounds))

    def keep(self, crew: Standing) -> None:
        """Keep `crew` for the next errand. It ends when there was none for a minute."""
        with self._lock:
            self._idle.append((time.monotonic() + self._patience, crew))
        sweep = threading.Timer(self._patience + 0.1, self.sweep)
        sweep.daemon = True
        sweep.start()

    def sweep(self, *, every: bool = False) -> None:
        """End the crews that waited for too long, or every one that waits."""
        now = time.monotonic()
        with self._lock:
            ended = [crew for until, crew in self._idle if every or until <= now]
            self._idle = [entry for entry in self._idle if entry[1] not in ended]
        for crew in ended:
            crew.__exit__(None, None, None)


@cache
def standby() -> Standby:
    """Return the crews of this process."""
    return Standby()


def program() -> dict[str, str]:
    """Return the facts of the program as it is on this machine, with the libraries and programs that it prints with."""
    return {**inspected("", None).facts, **engine(), "pandoc": pandoc()}


@cache
def _first() -> str:
    """Return the digest of the program as it was when this process first needed it: what it has loaded."""
    return facts_id(program())


def font_digest(path: str) -> str:
    """Return the digest of the font file `path`, "" where it cannot be read."""
    try:
        return digest(Path(path).read_bytes())
    except OSError:
        return ""


def fonts_of(lesson: Lesson) -> tuple[str, ...]:
    """Return the paths of the font files that the project of `lesson` brought or named, each once."""
    faces = lesson.typefaces
    return tuple(dict.fromkeys(f for face in faces for f in (face.regular, face.italic, face.bold, face.bold_italic)))


def validated() -> bool:
    """Return whether veraPDF is on this machine."""
    return shutil.which(verapdf.COMMAND) is not None
