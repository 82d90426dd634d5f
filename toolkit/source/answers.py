"""Answers of the citation engine, kept: in memory, and in the user's cache folder.

The folder is the user's own (XDG Base Directory Specification: $XDG_CACHE_HOME, or ~/.cache) and not the output
folder: outputs are handed out, synchronized and cleaned, one project has several, and what is kept here is worth
nothing to anybody but this program. An entry's name says what was asked, and its first line what was answered:
one that was damaged, or put there by something else, is not believed, and asked for again. Where the folder
cannot be written to, nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.citations.asking import Answer, Engine, EngineError, Question, loaded
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.source import citeproc

OLDEST: Final = 90 * 24 * 3600  # s; an entry that was not asked for in three months is dropped
_IN_MEMORY: Final = 512  # answers; a sheet has one


class Answers:
    """An engine behind its cache. `folder` is None where nothing is kept on the disk."""

    def __init__(self, engine: Engine, version: str, folder: Path | None) -> None:
        self._engine = engine
        self._version = version
        self._folder = folder
        self._known: dict[str, Answer] = {}
        self._swept = False

    def ask(self, question: Question) -> Answer:
        """Return the answer to `question`. Raise EngineError where there is none."""
        name = question.digest(self._version)
        found = self._known.get(name) or self._kept(name)
        if found is None:
            found = self._engine.ask(question)
            self._keep(name, found)
        if len(self._known) >= _IN_MEMORY:
            self._known.pop(next(iter(self._known)))
        self._known[name] = found
        return found

    def _kept(self, name: str) -> Answer | None:
        if self._folder is None:
            return None
        path = self._folder / name
        try:
            digest, _, text = path.read_text("utf-8").partition("\n")
            if digest != _digest(text):
                return None
            answer = loaded(text)
            if time.time() - path.stat().st_mtime > OLDEST / 3:
                os.utime(path)  # the time of use: only the broom asks for it
        except (OSError, ValueError):
            return None
        return answer

    def _keep(self, name: str, answer: Answer) -> None:
        """Write an entry whole or not at all; what cannot be written is asked for again another time."""
        if self._folder is None:
            return
        text = answer.dumped()
        part = self._folder / f"{name}.{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep(self._folder)
            part.write_text(f"{_digest(text)}\n{text}", "utf-8")
            part.replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _sweep(self, folder: Path) -> None:
        """Drop entries that nobody asked for in a long time, once in the life of a process that writes one."""
        if self._swept:
            return
        self._swept = True
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                if path.is_file() and time.time() - path.stat().st_mtime > OLDEST:
                    path.unlink()


def ask(question: Question) -> Answer:
    """Return the answer to `question`, from the cache or the engine of this process.

    Raise LessonError at the lesson's `style` where the engine has no answer.
    """
    try:
        return _answers(folder()).ask(question)
    except EngineError as error:
        message = f"the citation style {question.style.name} cannot be worked with: {error}"
        raise LessonError([Diagnostic("S511", message, address="style", hint="name another style")]) from None


def folder() -> Path | None:
    """Return the folder of the user's that answers are kept in; None where there is no such place."""
    caches, home = os.environ.get("XDG_CACHE_HOME", ""), os.environ.get("HOME", "")
    root = Path(caches) if caches else Path(home) / ".cache"
    return root / "hornbook" / "citations" if root.is_absolute() else None


@cache
def _answers(kept: Path | None) -> Answers:
    return Answers(citeproc.worker(), citeproc.version(), kept)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
