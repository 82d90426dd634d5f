"""Chronologies in other programs' files: what is read is data with places, what is written is text.

One reader a file type and one writer an ending, named here. A reader takes what others write, tolerantly, and names
everything that an event of ours has no place for; whether what is left is an event, the source room judges, as it
does for what stands in a lesson. A writer names what its file cannot hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from toolkit.model.dates import Era
from toolkit.model.specification import Event

# The ending of a chronology file, and the function that reads its text.
READERS: Final = MappingProxyType(
    {
        ".csv": "toolkit.chronology.events_csv:read",
        ".json": "toolkit.chronology.events_json:read",
    }
)

# The ending of a file to write, the longest first, and the function that makes its text.
WRITERS: Final = MappingProxyType(
    {
        ".timelinejs.json": "toolkit.chronology.timelinejs:write",
        ".csv": "toolkit.chronology.events_csv:write",
        ".json": "toolkit.chronology.events_json:write",
    }
)

FIELDS: Final = tuple(field.alias or name for name, field in Event.model_fields.items())
"""The keys of an event, in the order in which they are written."""

MOST_EVENTS: Final = 5_000
"""In one file. A chronology that is printed has dozens; the largest known to be used in schools has 1,500."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its line and column, counted from 1, and its length."""

    line: int
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class RawValue:
    """The text of one key of an event, not yet checked."""

    key: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as its file has it."""

    values: tuple[RawValue, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that an event of ours has no place for: `what` it is, and where it stands."""

    what: str
    place: Place


@dataclass(frozen=True, slots=True)
class Fault:
    """A piece of a file that cannot be read."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class RawChronology:
    """What a chronology file holds."""

    events: tuple[RawEvent, ...] = ()
    lost: tuple[Lost, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What a file says of the whole chronology: its title, and the language and the eras that dates are shown in."""

    title: str = ""
    language: str = "en"
    era: Era | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a file, and what it could not hold, one line an event and thing."""

    text: str
    lost: tuple[str, ...] = ()


def reader(suffix: str) -> Callable[[str], RawChronology]:
    """Return the function that reads files ending in `suffix`. Raise KeyError where there is none."""
    found: Callable[[str], RawChronology] = _named(READERS[suffix])
    return found


def writer(name: str) -> Callable[[tuple[Event, ...], Heading], Written] | None:
    """Return the function that makes a file of the `name`, told by its ending, or None."""
    for ending, function in WRITERS.items():
        if name.lower().endswith(ending):
            found: Callable[[tuple[Event, ...], Heading], Written] = _named(function)
            return found
    return None


def _named(function: str) -> Any:  # noqa: ANN401  # a function of one of the two tables
    module, _, name = function.partition(":")
    return getattr(import_module(module), name)


def values_of(event: Event) -> dict[str, str]:
    """Return what is written of an event, as texts by key, in the order of FIELDS."""
    return {key: str(value) for key, value in event.model_dump(mode="json", by_alias=True, exclude_none=True).items()}


KEYS: Final = MappingProxyType(
    {
        **{key: key for key in FIELDS},
        **{
            "edtf": "date",
            "when": "date",
            "text": "event",
            "headline": "event",
            "what": "event",
            "description": "event",
        },
        **{"part": "within", "heading": "section", "source": "cite", "citation": "cite"},
    }
)
"""What the keys and columns of an event are called, by us and by others, and the key of ours."""


def known(names: tuple[str, ...]) -> dict[str, str]:
    """Return the key of ours for each of `names` that has one; the first of two names for one key has it."""
    ours: dict[str, str] = {}
    for name in sorted(names, key=lambda name: name.strip().lower() not in FIELDS):
        key = KEYS.get(name.strip().lower())
        if key and key not in ours.values():
            ours[name] = key
    return ours
