"""What one lesson may cost: the time and the memory that one of its files takes before it is given up.

A normal file takes half a second to three, and 150 MB with the program itself. What is hostile or broken takes
minutes or gigabytes: a picture of 170 megapixels 1.4 GB, an SVG of 10^8 copies for ever (measured with WeasyPrint 70).
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from toolkit.model.diagnostics import Diagnostic

SECONDS: Final = 120.0  # a usual file takes three
MEGABYTES: Final = 1024  # beside the program's own 150
MEGABYTE: Final = 1 << 20
_PAGES: Final = Path("/proc/self/statm")  # what a process holds, in pages; the sixth number is its data (proc(5))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: `seconds` of wall time, `megabytes` of memory beside the program's own; 0 for no end."""

    seconds: float = SECONDS
    megabytes: int = MEGABYTES


class TimeLimitError(BaseException):
    """A file that takes too long. Not an Exception: a library that catches everything would go on."""


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Return a context in which this process keeps to `limits`.

    Raises TimeLimitError after the time, where this is the main thread and Python code is running; what asks for
    more memory meets a MemoryError. The limits that stood before stand again afterwards.
    """
    with _memory(limits.megabytes), _time(limits.seconds):
        yield


@contextmanager
def _time(seconds: float) -> Iterator[None]:
    if not seconds or threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ended(_: int, __: object) -> None:
        raise TimeLimitError

    before = signal.signal(signal.SIGALRM, ended)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory(megabytes: int) -> Iterator[None]:
    before = confine(megabytes)
    try:
        yield
    finally:
        if before:
            import resource

            resource.setrlimit(resource.RLIMIT_DATA, before)


def confine(megabytes: int) -> tuple[int, int] | None:
    """Let this process have `megabytes` more of memory than it has, and return the limits that stood before.

    None where nothing was changed: without a limit, on another system than Linux, or under a stricter one.
    RLIMIT_DATA counts what a process writes to (getrlimit(2), since Linux 4.7). RLIMIT_AS would count what is only
    reserved too, of which pandoc takes a terabyte.
    """
    if not megabytes or sys.platform != "linux" or not _PAGES.exists():
        return None
    import resource

    held = int(_PAGES.read_bytes().split()[5]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = held + megabytes * MEGABYTE
    if any(limit != resource.RLIM_INFINITY and limit < wanted for limit in (soft, hard)):
        return None
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))
    return soft, hard


def too_long(name: str, limits: Limits) -> Diagnostic:
    """Return what is said of the target `name` that took too long."""
    message = f"{name} was given up: it took more than {limits.seconds:g} seconds"
    return Diagnostic("B707", message, hint="a usual file takes three; --time-limit allows more")


def too_much(name: str, limits: Limits) -> Diagnostic:
    """Return what is said of the target `name` that needed too much memory."""
    held = f"more than {limits.megabytes} MB" if limits.megabytes else "more than there is"
    message = f"{name} was given up: it needed {held} of memory"
    return Diagnostic("B707", message, hint="a very large picture may be the cause; --memory-limit allows more")
