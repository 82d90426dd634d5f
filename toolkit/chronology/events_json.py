"""Chronologies as JSON: a list of events with our own keys, or TimelineJS in its present and its older shape."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from toolkit.chronology import timelinejs
from toolkit.chronology.interchange import (
    MOST_EVENTS,
    Fault,
    Heading,
    Lost,
    Place,
    RawChronology,
    RawEvent,
    RawValue,
    Written,
    known,
    values_of,
)
from toolkit.model.specification import Event

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_SLIDE: Final = frozenset(
    {"start_date", "end_date", "startDate", "endDate", "text", "headline", "group", "tag", "unique_id", "display_date"}
)
_SWITCHES: Final = frozenset({"autolink", "type", "$$hashKey"})  # how a slide is shown, and marks of its editors
_WRITTEN: Final = MappingProxyType(
    {
        "date": ("start_date", "startDate"),
        "event": ("text", "headline"),
        "category": ("group", "tag"),
        "id": ("unique_id",),
    }
)
_EXPECTED: Final = 'a list of events is expected: [{"date": "1989-09", "event": "..."}]; or TimelineJS'


@dataclass(frozen=True, slots=True)
class _Item:
    """A value of the list, where it begins, and the places of its own keys."""

    value: Any
    place: Place
    places: Mapping[str, Place]

    def at(self, *keys: str) -> Place:
        """Return the place of the first of `keys` that is there."""
        return next((self.places[key] for key in keys if key in self.places), self.place)


def write(events: tuple[Event, ...], heading: Heading) -> Written:
    """Return the events as a list of objects with our own keys, in the order given. Nothing is lost."""
    return Written(json.dumps([values_of(event) for event in events], ensure_ascii=False, indent=2) + "\n")


def read(text: str) -> RawChronology:
    """Return the events of a JSON text: a list, an object whose `events` are one, or TimelineJS."""
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as error:
        return _broken("the JSON is broken here", Place(error.lineno, error.colno))
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        return _broken("the JSON cannot be read: it is nested too deeply, or holds a number without end", Place(1))
    way = next((way for way in _WAYS if isinstance(_at(data, way), list)), None)
    if way is None:
        return _broken(_EXPECTED, Place(1))
    if len(_at(data, way)) > MOST_EVENTS:
        return _broken(f"a chronology has at most {MOST_EVENTS:,} events", Place(1))
    return _gathered(list(_items(text, way)), data, way)


_WAYS: Final = ((), ("events",), ("chronology",), ("timeline", "date"))
_AROUND: Final = {"title": "the title slide", "eras": "eras", "era": "eras"}


def _broken(message: str, place: Place) -> RawChronology:
    return RawChronology(faults=(Fault(message, place),))


def _at(data: Any, way: tuple[str, ...]) -> Any:  # noqa: ANN401  # JSON
    for key in way:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _gathered(items: list[_Item], data: Any, way: tuple[str, ...]) -> RawChronology:  # noqa: ANN401  # JSON
    events: list[RawEvent] = []
    lost: list[Lost] = []
    faults: list[Fault] = []
    around = _at(data, way[:-1]) if way else {}
    if way and any(item.value.get("start_date") or item.value.get("startDate") for item in items if _is_object(item)):
        lost += [Lost(what, Place(1)) for key, what in _AROUND.items() if around.get(key)]
        lost += [Lost("the title slide", Place(1))] if way == _WAYS[-1] and around.get("headline") else []
    for number, item in enumerate(items, start=1):
        if not _is_object(item):
            faults.append(Fault(f"event {number} is no event: {{...}} is expected", item.place))
            continue
        is_slide = item.value.keys() & {"start_date", "startDate"}
        event, left_out = (_slide if is_slide else _event)(item)
        lost += [Lost(what, item.place) for what in left_out]
        if event:
            events.append(event)
    return RawChronology(tuple(events), tuple(lost), tuple(faults))


def _is_object(item: _Item) -> bool:
    return isinstance(item.value, dict)


def _event(item: _Item) -> tuple[RawEvent | None, list[str]]:
    """Return an event with our own keys; a number is a text."""
    values = {key: value for key, value in item.value.items() if value not in (None, "", [], {})}
    ours = known(tuple(values))
    lost = [f"`{key}`" for key in values if key not in ours]
    taken = []
    for key, name in ours.items():
        if isinstance(values[key], (dict, list, bool)):
            lost.append(f"`{key}`")
        else:
            taken.append(RawValue(name, str(values[key]), item.at(key)))
    return RawEvent(tuple(taken), item.place), lost


def _slide(item: _Item) -> tuple[RawEvent | None, list[str]]:
    slide = item.value
    start, end = (_date(slide.get(f"{name}_date") or slide.get(f"{name}Date")) for name in ("start", "end"))
    if not start:
        return None, ["an event without a date"]
    date, lost = timelinejs.read_date(start, end)
    words = slide.get("text")
    texts = words if isinstance(words, dict) else {"headline": slide.get("headline"), "text": words}
    event, more = timelinejs.read_words(*(_text(texts.get(key)) for key in ("headline", "text")))
    group = _text(slide.get("group") or slide.get("tag"))
    taken = {"date": date, "event": event, **timelinejs.read_group(group)}
    identifier = _text(slide.get("unique_id"))
    taken |= {"id": identifier} if re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", identifier) else {}
    told = [*lost, *more, *(_lost_keys(slide))]
    told += ["the group of slides"] if group and not timelinejs.read_group(group) else []
    told += ["`unique_id`: it is no id of a lesson"] if identifier and "id" not in taken else []
    if not event:
        return None, ["a slide without words"]
    return RawEvent(tuple(RawValue(k, v, item.at(*_WRITTEN.get(k, ()))) for k, v in taken.items()), item.place), told


def _lost_keys(slide: dict[str, Any]) -> Iterator[str]:
    for key, value in slide.items():
        filled = any(_filled(value))
        if filled and key not in _SLIDE | _SWITCHES:
            yield f"`{key}`"


def _filled(value: Any) -> Iterator[bool]:  # noqa: ANN401  # JSON
    """Yield, for each single value in a value, whether anything is written there."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _filled(inner)
    else:
        yield value not in (None, "", [], False)


def _date(value: Any) -> dict[str, Any] | None:  # noqa: ANN401  # JSON
    """Return a date as an object; older files have "2011,12,10" or "2011,12,10,18,45"."""
    if isinstance(value, dict):
        return value or None
    parts = re.split(r"[,/-]", _text(value)) if not _text(value).startswith("-") else [_text(value)]
    names = ("year", "month", "day", "hour", "minute", "second")
    return dict(zip(names, parts, strict=False)) if parts[0] else None


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list, bool)) else str(value).strip()


# -- places


def _items(text: str, way: tuple[str, ...]) -> Iterator[_Item]:
    """Yield the items of the list that `way` leads to in a JSON text that was read before, with their places."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    decoder = json.JSONDecoder()

    def place(at: int, end: int = 0) -> Place:
        line = bisect_right(starts, at)
        length = len(text[at:end].partition("\n")[0]) or 1
        return Place(line, at - starts[line - 1] + 1, length)

    at = _skip(text, 0)
    for key in way:
        at, _ = _keys(text, at, decoder)[key]
    at = _skip(text, at + 1)
    while text[at] != "]":
        value, end = decoder.raw_decode(text, at)
        keys = _keys(text, at, decoder) if isinstance(value, dict) else {}
        yield _Item(value, place(at), {key: place(*ends) for key, ends in keys.items()})
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at


def _keys(text: str, at: int, decoder: json.JSONDecoder) -> dict[str, tuple[int, int]]:
    """Return where the value of each key begins and ends in the object that begins at `at`; the last of two."""
    found: dict[str, tuple[int, int]] = {}
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        start = _skip(text, _skip(text, at) + 1)
        _, end = decoder.raw_decode(text, start)
        found[key] = (start, end)
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
