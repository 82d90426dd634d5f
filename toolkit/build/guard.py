"""The guard: while a file is made, nothing may be opened but what it is made with, and no connection at all.

A lesson comes to its writer as values, pictures included: what a writer still opens is the program's own (templates,
fonts, labels, Python's library), the fonts that the project named, and scratch files. So the list of what is allowed
is short, and the guard needs to know nothing of lessons' folders. It listens to Python's audit events (PEP 578); the
libraries in C that pages are set with open fonts only, and are kept from addresses by `formats.pdf.engine`.
"""

from __future__ import annotations

import mimetypes
import os
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Lesson
from toolkit.resources import templates
from toolkit.source import answers
from toolkit.source.citeproc import pandoc

_CONNECTIONS: Final = frozenset(
    ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")
)
_PROGRAMS: Final = frozenset(("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn"))
_SYSTEM: Final = ("/dev/null", "/dev/urandom", "/dev/random", "/etc/localtime", "/etc/fonts", "/usr/share/zoneinfo")
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class StrayError(PermissionError):
    """Something that a build may not open. Where it is caught on its way, it is told all the same."""


class _Watch:
    """What is allowed while one file is made, and what was refused."""

    def __init__(self, places: Iterable[str], own: tuple[str, ...]) -> None:
        self.places = tuple(places)
        self.own = own  # where files may be written too
        self.refused: list[str] = []

    def hear(self, event: str, args: tuple[object, ...]) -> None:
        """Raise StrayError for an event that is not allowed."""
        if event == "open":
            self._opened(args)
        elif event in _CONNECTIONS:
            self._refuse(f"a connection ({event})")
        elif event == "os.system" or (event in _PROGRAMS and _text(args[0]) != pandoc()):
            self._refuse(f"the program {_text(args[0])}")

    def _opened(self, args: tuple[object, ...]) -> None:
        asked, flags = args[0], args[2]
        if isinstance(asked, int) or not isinstance(asked, str | bytes | os.PathLike):
            return  # a file that is open already
        path = os.path.realpath(os.fsdecode(asked))
        writes = isinstance(flags, int) and flags & _WRITING and path != os.devnull
        if not _within(path, self.own if writes else self.places):
            self._refuse(f"the file {os.fsdecode(asked)}")

    def _refuse(self, what: str) -> None:
        self.refused.append(what)
        raise StrayError(f"a build may not open {what}")


class _Guard:
    """The one hook of a process, which cannot be taken off again, and the watches that are on, by thread."""

    def __init__(self) -> None:
        self.watches: dict[int, _Watch] = {}
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if not self.watches:
            return
        thread = threading.get_ident()
        if watch := self.watches.pop(thread, None):  # off: what is asked here (a link followed) is not the writer's
            try:
                watch.hear(event, args)
            finally:
                self.watches[thread] = watch


@cache
def _guard() -> _Guard:
    return _Guard()


@contextmanager
def guarded(lesson: Lesson) -> Iterator[list[str]]:
    """Return a context in which only what `lesson` is made with may be opened; it yields what was refused.

    Raises StrayError at the place that asked for anything else.
    """
    places = _allowed()
    fonts = (f for face in lesson.typefaces for f in (face.regular, face.italic, face.bold, face.bold_italic))
    scratch = os.path.realpath(tempfile.gettempdir())
    kept = answers.folder()
    own = (scratch, os.path.realpath(kept)) if kept else (scratch,)
    watch = _Watch((*places, *own, *map(os.path.realpath, fonts)), own)
    watches, thread = _guard().watches, threading.get_ident()
    compiled, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # a module that is imported now is only read
    watches[thread] = watch
    try:
        yield watch.refused
    finally:
        del watches[thread]
        sys.dont_write_bytecode = compiled


@contextmanager
def lifted() -> Iterator[None]:
    """Return a context in which this thread may open what it likes, within one that guards it."""
    watches, thread = _guard().watches, threading.get_ident()
    watch = watches.pop(thread, None)
    try:
        yield
    finally:
        if watch:
            watches[thread] = watch


@cache
def _allowed() -> tuple[str, ...]:
    """Return what every file is made with: Python's libraries, our data, the machine's devices, time and fonts."""
    package = Path(__file__).resolve().parents[1]
    library = [sys.prefix, sys.base_prefix, sys.exec_prefix, *(path for path in sys.path if _is_library(path))]
    library += [sys.pycache_prefix] if sys.pycache_prefix else []  # PYTHONPYCACHEPREFIX
    places: list[str] = [
        *library,
        str(package),
        str(templates()),
        *_SYSTEM,
        *map(str, mimetypes.knownfiles),
        "/proc/self",
    ]
    return tuple(dict.fromkeys([*places, *(os.path.realpath(place) for place in places)]))


def _is_library(path: str) -> bool:
    """Return whether `path`, of Python's search path, is an archive or a folder of installed packages.

    The current folder, which may be on that path too, is no library.
    """
    return path.endswith((".zip", "site-packages", "dist-packages", "lib-dynload"))


def _within(path: str, places: Iterable[str]) -> bool:
    return any(path == place or path.startswith(place.rstrip(os.sep) + os.sep) for place in places if place)


def _text(value: object) -> str:
    return os.fsdecode(value) if isinstance(value, str | bytes | os.PathLike) else str(value)


def strayed(name: str, refused: Iterable[str]) -> list[Diagnostic]:
    """Return what is said of the target `name`, whose making asked for what was `refused`."""
    hint = "a build reads the lesson, its project and what comes with hornbook, and connects to nothing"
    found = dict.fromkeys(refused)
    return [Diagnostic("B708", f"{name} asked for {what}, which was refused", hint=hint) for what in found]
