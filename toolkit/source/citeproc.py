"""The citation engine: pandoc's citeproc in one process that stays, asked a line at a time.

Why here: the process is a part of the world outside, as files are, and `citations` knows neither. It is started
on the first question and serves all that follow: starting takes 0.16 s, an answer of ten sources 0.02 to 0.1 s.
It is given its style as data, is told of no proxy that could answer, and every sheet that would make it fetch
another is resolved before (`source.styles`): nothing of it reaches the network.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import hashlib
import importlib.util
import json
import os
import selectors
import shutil
import subprocess
import threading
import time
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.citations.asking import FORM, Answer, EngineError, Question, answered

PATIENCE: Final = 30.0  # s; the slowest of real styles and a hundred sources take two
HEAP: Final = "-M800m"  # what the engine may take of memory; GHC's runtime system, section 5.7.1
_SCRIPT: Final = Path(__file__).with_suffix(".lua")
_CHUNK: Final = 1 << 16


class _DiedError(Exception):
    """The process ended, or was ended because it did not answer."""


class Worker:
    """One engine process. It belongs to the process that started it: a fork forgets it, and starts one of its own."""

    def __init__(self, command: tuple[str, ...], patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._lock = threading.Lock()
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._forget)

    def ask(self, question: Question) -> Answer:
        """Return the answer to `question`; a process that died is started once more.

        Raise EngineError where the engine refuses the question, or dies of it again.
        """
        document, items = question.written()
        style = "data:application/xml;base64," + base64.b64encode(question.style.csl.encode()).decode()
        line = json.dumps({"document": document, "items": items, "style": style}).encode() + b"\n"
        with self._lock:
            try:
                return self._once(line)
            except _DiedError:
                pass
            try:
                return self._once(line)
            except _DiedError as death:
                raise EngineError(str(death)) from None

    def _once(self, line: bytes) -> Answer:
        try:
            return _read(self._exchanged(line))
        except _DiedError:
            self.close()
            raise

    def close(self) -> None:
        """End the process, if one was started, and wait for its end."""
        process, self._process, self._buffer = self._process, None, b""
        if process is None:
            return
        _shut(process)
        process.kill()
        process.wait()

    def _forget(self) -> None:
        """Leave the process to the one that started it: what is read and written here would mix with its lines."""
        if self._process:
            _shut(self._process)
            self._process.returncode = 0  # not ours to wait for
        self._process, self._buffer, self._lock = None, b"", threading.Lock()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        if not self._command[0]:
            raise EngineError("pandoc is not installed")
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                cwd="/",
            )
        except OSError as error:
            raise EngineError(f"pandoc cannot be started: {error.strerror or error}") from None
        self._process = process
        for stream in (process.stdin, process.stdout):
            if stream:
                os.set_blocking(stream.fileno(), False)
        return process

    def _exchanged(self, line: bytes) -> bytes:
        """Write `line` and return the line that comes back. Neither side may wait for the other for ever."""
        process = self._started()
        assert process.stdin
        assert process.stdout
        until = time.monotonic() + self._patience
        left = memoryview(line)
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                ready = selector.select(max(0.0, until - time.monotonic()))
                if not ready:
                    raise _DiedError(f"pandoc gave no answer in {self._patience:g} seconds")
                for key, _ in ready:
                    if key.fileobj is process.stdout:
                        self._receive(process.stdout.fileno())
                    elif left := _sent(process.stdin.fileno(), left):
                        continue
                    else:
                        selector.unregister(process.stdin)
        answer, _, self._buffer = self._buffer.partition(b"\n")
        return answer

    def _receive(self, stream: int) -> None:
        data = os.read(stream, _CHUNK)
        if not data:
            raise _DiedError("pandoc ended without an answer")
        self._buffer += data


def _read(line: bytes) -> Answer:
    try:
        found = json.loads(line)
        if "error" in found:
            raise EngineError(_plainly(str(found["error"])))
        return answered(found)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise _DiedError("pandoc gave an answer that cannot be read") from None


def _shut(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()


def _sent(stream: int, left: memoryview) -> memoryview:
    """Return what is left of `left` after writing as much of it as the stream takes."""
    try:
        return left[os.write(stream, left[:_CHUNK]) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        raise _DiedError("pandoc ended without an answer") from None


def _plainly(message: str) -> str:
    """Return the first line of an error of pandoc's, without the trace of its script."""
    lines = [line.strip() for line in message.split("\n") if line.strip()]
    return lines[0][:200] if lines else "pandoc refused it without a word"


def _environment() -> dict[str, str]:
    """Return an environment that leads nowhere: no start file, no data folder, a proxy that is not there."""
    nowhere = "/nonexistent"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    return {"HOME": nowhere, "XDG_DATA_HOME": nowhere, "LC_ALL": "C.UTF-8", **proxies}


@cache
def worker() -> Worker:
    """Return the engine of this process; nothing is started before it is asked."""
    return Worker((pandoc(), "lua", "+RTS", HEAP, "-RTS", str(_SCRIPT)))


@cache
def pandoc() -> str:
    """Return the path of pandoc: the one in the wheel `pypandoc_binary`, or else the machine's; "" without any.

    `pypandoc.get_pandoc_path` would start every pandoc that it finds, to ask for its version.
    """
    package = importlib.util.find_spec("pypandoc")
    inside = Path(package.origin).parent / "files" / "pandoc" if package and package.origin else None
    return str(inside) if inside and inside.is_file() else shutil.which("pandoc") or ""


@cache
def version() -> str:
    """Return a name for the engine, which changes with what it answers. Starts nothing."""
    script = hashlib.blake2b(_SCRIPT.read_bytes(), digest_size=8).hexdigest()
    size = Path(pandoc()).stat().st_size if pandoc() else 0
    return f"pandoc of {size} bytes, {script}, {FORM}"
