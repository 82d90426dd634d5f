"""Faults planted in the program: Python loads this file first in each process that has its folder on PYTHONPATH.

HORNBOOK_PAUSE is a folder to make before the first page is written, after which a folder `go` in it is waited for.
HORNBOOK_FAULT is "LESSON SHEET FAULT, LESSON SHEET FAULT": what happens where that sheet of that lesson is composed.
HORNBOOK_WAITING is "NAME=SECONDS,NAME=SECONDS": how long a build waits for dask, by the names of `dask_link`.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import os
import re
import signal
import socket
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any


def kill_once() -> None:
    mark = Path(os.environ["HORNBOOK_FAULT_MARK"])
    try:
        mark.mkdir()
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def swallow() -> None:
    try:
        Path("/etc/passwd").read_bytes()
    except Exception:
        return


def lookup() -> None:
    socket.getaddrinfo("example.org", 80)


def connect() -> None:
    with socket.socket() as plug:
        plug.connect(("127.0.0.1", 9))


FAULTS: dict[str, Callable[[], object]] = {
    "exit": lambda: os._exit(3),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "sleep": lambda: time.sleep(1000),
    "spin": lambda: re.match(r"(a|a)*$", "a" * 60 + "b"),  # in C, holding the lock of the interpreter
    "memory": lambda: [bytes(1 << 24) + b"x" for _ in range(1 << 20)],
    "once": kill_once,
    "passwd": lambda: Path("/etc/passwd").read_bytes(),
    "swallow": swallow,
    "write": lambda: Path("stray").write_bytes(b""),
    "connect": connect,
    "lookup": lookup,
    "program": lambda: os.system("true"),
}


def plant_faults(module: ModuleType) -> None:
    words = [entry.split() for entry in os.environ["HORNBOOK_FAULT"].split(",")]
    planted = {(lesson, sheet): FAULTS[fault] for lesson, sheet, fault in words}
    usual: Any = vars(module)["drafted"]

    def drafted(lesson: Any, sheet: str, *rest: Any) -> Any:  # noqa: ANN401  # knows nothing of ours
        if fault := planted.get((lesson.slug, sheet)):
            fault()
        return usual(lesson, sheet, *rest)

    vars(module)["drafted"] = drafted


def plant_pause(module: ModuleType) -> None:
    """Stop before the first page is written: make the folder that is named, and wait for another in it."""
    mark = Path(os.environ["HORNBOOK_PAUSE"])
    usual: Any = vars(module)["write"]

    def write(*args: Any) -> Any:  # noqa: ANN401  # knows nothing of ours
        with contextlib.suppress(FileExistsError):
            mark.mkdir()
        until = time.monotonic() + 30
        while not (mark / "go").exists() and time.monotonic() < until:
            time.sleep(0.02)
        return usual(*args)

    vars(module)["write"] = write


def plant_waiting(module: ModuleType) -> None:
    for entry in os.environ["HORNBOOK_WAITING"].split(","):
        name, _, seconds = entry.partition("=")
        assert isinstance(vars(module)[name], float)
        vars(module)[name] = float(seconds)


class Planter(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads a module as usual, and plants something in it."""

    def __init__(self, module: str, plant: Callable[[ModuleType], None]) -> None:
        self.module = module
        self.plant = plant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        assert spec
        self.inner = spec.loader
        spec.loader = self
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        assert self.inner
        self.inner.exec_module(module)
        self.plant(module)


if "HORNBOOK_FAULT" in os.environ:
    sys.meta_path.insert(0, Planter("toolkit.build.making", plant_faults))
if "HORNBOOK_PAUSE" in os.environ:
    sys.meta_path.insert(0, Planter("toolkit.formats.html", plant_pause))
if "HORNBOOK_WAITING" in os.environ:
    sys.meta_path.insert(0, Planter("toolkit.build.dask_link", plant_waiting))
