"""Bibliography files: one reader a file type, named here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

# The ending of a bibliography file, and the function that reads its text.
READERS: Final = MappingProxyType(
    {
        ".bib": "toolkit.citations.bibtex:read",
        ".json": "toolkit.citations.csljson:read",
        ".ris": "toolkit.citations.ris:read",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: its line and column, counted from 1, and its length."""

    line: int
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class RawRecord:
    """An entry as CSL-JSON keys, not yet checked, and where it begins. `key` is "" where the file gives it none.

    `places` are those of its keys, as they are written in the file. `lost` names what has no CSL key.
    """

    key: str
    data: dict[str, Any]
    place: Place
    lost: tuple[str, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a bibliography file that cannot be read."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawBibliography:
    """What a bibliography file holds, what cannot be read of it, and what is left out of it knowingly.

    Two records may have one key.
    """

    records: tuple[RawRecord, ...]
    faults: tuple[Fault, ...]
    left_out: tuple[Fault, ...] = ()


def reader(suffix: str) -> Callable[[str], RawBibliography]:
    """Return the function that reads files ending in `suffix`. Raise KeyError where there is none."""
    module, _, name = READERS[suffix].partition(":")
    found: Callable[[str], RawBibliography] = getattr(import_module(module), name)
    return found
