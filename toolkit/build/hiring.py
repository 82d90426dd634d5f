"""Starting and ending workers, as the build sees them."""

from __future__ import annotations

import selectors
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from toolkit.build import forkserver, framing
from toolkit.build.limits import Limits
from toolkit.build.worker import Bundle, Task

# The program's own search path, and no folder of the moment: `-c` would put the current one first.
_PROGRAM: Final = (
    "import sys; sys.path[:] = {path!r}; from toolkit.build import forkserver, limits; "
    "forkserver.main({descriptor}, frozenset({forms!r}), limits.{bounds!r})"
)
_PATIENCE: Final = 2.0  # s to wait for the end of a process that was ended


class Worker:
    """One worker, and what it is doing. `deadline` (time.monotonic) is when it must have said something."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self.connection = connection
        self.deadline = deadline
        self.ready = False
        self.pid = 0  # not told yet
        self.bundle: Bundle | None = None
        self._inbox = framing.Inbox()

    def begin(self, bundle: Bundle, deadline: float) -> None:
        """Send `bundle`. Raises OSError where the worker is no more."""
        self.bundle, self.deadline = bundle, deadline
        self.connection.sendall(framing.packed(bundle))

    def heard(self) -> list[Any]:
        """Return what the worker said since. Raises EOFError or OSError where it has died."""
        return self._inbox.take(self.connection)

    def finished(self, deadline: float) -> Task:
        """Return the task that the worker was at; it is at the next now, or has no bundle any more."""
        assert self.bundle
        task, *rest = self.bundle.tasks
        self.bundle = replace(self.bundle, tasks=tuple(rest)) if rest else None
        self.deadline = deadline if rest else float("inf")
        return task


class Agency:
    """Starts workers, through a server that is started with the first of them, and knows how they ended."""

    def __init__(self, bounds: Limits, forms: frozenset[str]) -> None:
        self._bounds = bounds
        self._forms = forms
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._inbox = framing.Inbox()
        self._expected: deque[Worker] = deque()  # asked for, number not told yet
        self._statuses: dict[int, int] = {}

    def hire(self, deadline: float) -> Worker:
        """Return a new worker, which will say READY before `deadline`, or is found dead where there can be none."""
        ours, theirs = socket.socketpair()
        worker = Worker(ours, deadline)
        with theirs:
            for _ in range(2):  # the server may have been ended by somebody
                try:
                    socket.send_fds(self._server(), [forkserver.HIRE], [theirs.fileno()])
                except OSError:
                    self._forget_server()
                else:
                    self._expected.append(worker)
                    break
        return worker

    def status(self, worker: Worker) -> int | None:
        """Return how `worker`, which has ended, did so: its exit status, -9 for SIGKILL; None where nobody knows."""
        until = time.monotonic() + _PATIENCE
        while (not worker.pid or worker.pid not in self._statuses) and self._read(until - time.monotonic()):
            pass
        return self._statuses.get(worker.pid)

    def end(self, worker: Worker) -> None:
        """End `worker` with all that it started."""
        while not worker.pid and worker in self._expected and self._read(_PATIENCE):
            pass
        if worker.pid not in self._statuses:
            forkserver.kill(worker.pid)
        worker.connection.close()

    def close(self, workers: Iterable[Worker], *, at_once: bool) -> None:
        """End `workers` and the server, and wait for that; where not `at_once`, they tidy up before."""
        while self._read(0):  # the numbers that were told
            pass
        if not at_once:
            for worker in workers:
                with suppress(OSError):
                    worker.connection.shutdown(socket.SHUT_WR)
        for worker in workers:
            if at_once or self.status(worker) is None:
                forkserver.kill(worker.pid)
        self._forget_server(kindly=not at_once)  # those without a number end with it
        for worker in workers:
            worker.connection.settimeout(_PATIENCE)
            with suppress(OSError):
                while worker.connection.recv(1 << 16):
                    pass
            worker.connection.close()

    def _server(self) -> socket.socket:
        if self._control is None:
            ours, theirs = socket.socketpair()
            words = _PROGRAM.format(
                path=[str(Path(place).absolute()) for place in sys.path],
                descriptor=theirs.fileno(),
                forms=sorted(self._forms),
                bounds=self._bounds,
            )
            with theirs:
                self._process = subprocess.Popen(
                    [sys.executable, "-c", words],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(),),
                    process_group=0,  # Ctrl-C is for the build, which ends the others itself
                )
            self._control = ours
        return self._control

    def _read(self, patience: float) -> bool:
        """Take in what the server has told, waiting up to `patience` s; return whether it told anything."""
        if self._control is None:
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            if not selector.select(max(0.0, patience)):
                return False
        try:
            told = self._inbox.take(self._control)
        except (EOFError, OSError):
            self._forget_server()
            return False
        for message in told:
            if isinstance(message, int):
                self._expected.popleft().pid = message
            else:
                pid, status = message
                self._statuses[pid] = status
        return True

    def _forget_server(self, *, kindly: bool = False) -> None:
        """End the server. Its workers end with it, and are found dead one by one."""
        if self._control:
            self._control.close()
        if self._process:
            try:
                self._process.wait(_PATIENCE if kindly else 0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process, self._control, self._inbox = None, None, framing.Inbox()
        self._expected.clear()
