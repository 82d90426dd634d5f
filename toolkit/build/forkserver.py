"""The process that workers are forked from: everything is imported in it once, and nothing was started in it.

It is a program of its own and no fork of the build: a fork would hold the build's locks and open files (a build
that was killed would leave them held), and the standard library's server would run the main program again in each
worker. It ends when the build does, however that ends, and takes the workers with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
from typing import Final

from toolkit.build import framing, warming
from toolkit.build.limits import Limits

HIRE: Final = b"w"
_ENDED: Final = b"e"


def main(descriptor: int, forms: frozenset[str], bounds: Limits) -> None:
    """Fork a worker for each request that comes over the socket `descriptor`, and tell of each that ended."""
    control = socket.socket(fileno=descriptor)
    waker, woken = socket.socketpair()
    for end in (waker, woken):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # a handler, so that the system call is interrupted
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    warming.load(forms)
    from toolkit.build import worker  # noqa: F401  # imported here, once, and not in each worker

    gc.freeze()
    workers: set[int] = set()
    with contextlib.suppress(ConnectionError):  # the build was ended, with something unread or unsaid
        while True:
            ready, _, _ = select.select([control, woken], [], [])
            if woken in ready:
                with contextlib.suppress(BlockingIOError):
                    woken.recv(1 << 10)
                _tell_ended(control, workers)
            if control in ready:
                asked, handles, _, _ = socket.recv_fds(control, 1, 1)
                if asked != HIRE or not handles:
                    break
                workers.add(_forked(control, handles[0], (waker, woken), bounds, forms))
    for pid in workers:
        kill(pid)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()  # so that what they cost is counted to the build


def _forked(
    control: socket.socket, handle: int, ends: tuple[socket.socket, ...], bounds: Limits, forms: frozenset[str]
) -> int:
    """Return the number of a new worker, which is told over `control`; in the worker, never return."""
    parent = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        pid = -1  # no more processes: the build makes do with those it has
    if pid:
        os.close(handle)
        control.sendall(framing.packed(pid))
        return pid
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (control, *ends):
            end.close()
        from toolkit.build.worker import serve

        serve(socket.socket(fileno=handle), bounds, forms, parent)
    finally:
        os._exit(status)


def _tell_ended(control: socket.socket, workers: set[int]) -> None:
    with contextlib.suppress(ChildProcessError, BrokenPipeError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            workers.discard(pid)
            control.sendall(framing.packed((pid, os.waitstatus_to_exitcode(status))))


def kill(pid: int) -> None:
    """End the worker `pid` with all that it started."""
    if pid <= 0:
        return
    for end in (os.killpg, os.kill):  # it is in the group of its number, or about to be
        with contextlib.suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)
