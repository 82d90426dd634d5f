"""Where a cache keeps its entries: in a folder, or behind any URL that fsspec knows. Entries are bytes under a key."""

from __future__ import annotations

import contextlib
import re
import secrets
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from toolkit.build.writing import TEMPORARY, write_whole

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


class Backend(Protocol):
    """A place for entries. Each function raises OSError where the place is at fault."""

    def read(self, key: str) -> bytes | None:
        """Return the entry under `key`, None where there is none."""

    def write(self, key: str, data: bytes) -> None:
        """Put `data` under `key`, whole or not at all."""

    def remove(self, key: str) -> None:
        """Take the entry under `key` away, if there is one."""


def opened(place: str) -> Backend:
    """Return the backend for `place`, a folder or a URL.

    Raise ImportError where a library for it is not installed, ValueError for a URL that is none.
    """
    scheme = _SCHEME.match(place)
    if not scheme:
        return Folder(Path(place).absolute())
    if scheme[1].lower() == "file":
        return Folder(Path(unquote(urlsplit(place).path)))
    try:
        url_to_fs = import_module("fsspec.core").url_to_fs  # an extra, which mypy need not have
    except ImportError:
        raise ImportError("a cache behind a URL needs fsspec: pip install 'hornbook[cache]'") from None
    try:
        system, root = url_to_fs(place)
    except ImportError as error:
        raise ImportError(f"{scheme[0]} needs one more library: {error}") from None
    return Remote(system, root)


class Folder:
    """Entries as files of one folder, which need not be there yet."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, key: str) -> bytes | None:
        """Return the entry under `key`, None where there is none. Raise OSError where it cannot be read."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, key: str, data: bytes) -> None:
        """Put `data` under `key`: written beside its place and renamed. Raise OSError where that fails."""
        write_whole(self._path(key), data)

    def remove(self, key: str) -> None:
        """Take the entry under `key` away, if there is one. Raise OSError where that fails."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._root / key[:2] / key[2:]


class Remote:
    """Entries as files of a file system of fsspec."""

    def __init__(self, system: Any, root: str) -> None:  # noqa: ANN401  # fsspec has no types
        self._system = system
        self._root = root.rstrip("/")

    def read(self, key: str) -> bytes | None:
        """Return the entry under `key`, None where there is none. Raise OSError where it cannot be read."""
        with _faults():
            try:
                return bytes(self._system.cat_file(self._path(key)))
            except FileNotFoundError:
                return None

    def write(self, key: str, data: bytes) -> None:
        """Put `data` under `key`: written beside its place and moved. Raise OSError where that fails."""
        path = self._path(key)
        folder, _, name = path.rpartition("/")
        part = f"{folder}/{TEMPORARY}{secrets.token_hex(4)}-{name}"
        with _faults():
            self._system.makedirs(folder, exist_ok=True)
            self._system.pipe_file(part, data)
            self._system.mv(part, path)

    def remove(self, key: str) -> None:
        """Take the entry under `key` away, if there is one. Raise OSError where that fails."""
        with _faults(), contextlib.suppress(FileNotFoundError):
            self._system.rm_file(self._path(key))

    def _path(self, key: str) -> str:
        return f"{self._root}/{key[:2]}/{key[2:]}"


@contextlib.contextmanager
def _faults() -> Any:  # noqa: ANN401  # an iterator, which contextmanager turns into a context
    """Return a context that turns what a driver raises into OSError: drivers have no one exception."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
