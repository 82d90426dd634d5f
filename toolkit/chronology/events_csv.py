"""Chronologies as tables of text: our own columns, or those of TimelineJS, told by the first row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, Final

from toolkit.chronology import timelinejs
from toolkit.chronology.interchange import (
    FIELDS,
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

_QUOTED: Final = re.compile(r'"[^"]*+(?:""[^"]*+)*+"[^\S\n]*+(?=[,;\t\n]|\Z)')
_MOST_CELLS: Final = 200  # in a row; TimelineJS has 18
_SEPARATORS: Final = ",;\t"
_END: Final = MappingProxyType({sign: re.compile(rf"[{sign}\n]") for sign in _SEPARATORS})
_PARTS: Final = ("year", "month", "day", "time")
_SLIDE: Final = frozenset({"headline", "text", "group", "type", *_PARTS, *(f"end {part}" for part in _PARTS)})
_WHOLE_DATES: Final = {"start date": "", "end date": "end "}  # columns of TimelineJS 1 and 2
_MADE_ANEW: Final = frozenset({"display date"})  # what every chronology of ours says of its dates itself


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    place: Place


_Row = tuple[_Cell, ...]


def write(events: tuple[Event, ...], heading: Heading) -> Written:
    """Return the events as a table: a row of keys, then an event a row, in the order given. Nothing is lost."""
    rows = [values_of(event) for event in events]
    used = [key for key in FIELDS if key in ("date", "event") or any(key in row for row in rows)]
    text = io.StringIO()
    table = csv.DictWriter(text, used, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return Written(text.getvalue())


def read(text: str) -> RawChronology:
    """Return the events of a table (RFC 4180) whose cells are parted by commas, semicolons or tabs."""
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    filled = (row for row in _rows(text, separator) if any(cell.text for cell in row))
    rows = list(islice(filled, MOST_EVENTS + 2))
    fault = _fault(text, rows)
    if fault:
        return RawChronology(faults=(fault,))
    if _is_timelinejs([cell.text.lower() for cell in rows[0]]):
        return _slides(rows[0], rows[1:])
    return _table(rows, known(tuple(cell.text for cell in rows[0])))


def _fault(text: str, rows: list[_Row]) -> Fault | None:
    """Return why a text is no table of events, if it is none."""
    if not rows:
        return Fault("the table is empty", Place(1))
    open_at = _unclosed(rows) if text.count('"') % 2 else None
    if open_at:
        return Fault("the table is broken: this quotation mark is not closed", open_at)
    wide = next((row for row in rows if len(row) > _MOST_CELLS), None)
    if wide:
        return Fault(f"this row has more than {_MOST_CELLS} cells", wide[0].place)
    if len(rows) > MOST_EVENTS + 1:
        return Fault(f"a chronology has at most {MOST_EVENTS:,} events", rows[MOST_EVENTS + 1][0].place)
    names = tuple(cell.text for cell in rows[0])
    if _is_timelinejs([name.lower() for name in names]) or {"date", "event"} <= set(known(names).values()):
        return None
    columns = ", ".join(FIELDS)
    message = f"the first row names the columns: {columns}; or those of TimelineJS: Year, Month, Day, Headline"
    return Fault(message, rows[0][0].place)


def _is_timelinejs(names: list[str]) -> bool:
    return bool({"headline", "text"} & set(names)) and bool({"year", "start date"} & set(names))


def _table(rows: list[_Row], ours: Mapping[str, str]) -> RawChronology:
    lost = [Lost(f"the column {cell.text!r}", cell.place) for cell in rows[0] if cell.text and cell.text not in ours]
    events, faults = [], []
    for row in rows[1:]:
        extra = next((cell for cell in row[len(rows[0]) :] if cell.text), None)
        if extra:
            message = "this cell is in no column; put a text that holds a comma in quotation marks"
            faults.append(Fault(message, extra.place))
            continue  # which cell is in which column, nobody can tell
        pairs = ((ours.get(name.text), cell) for name, cell in zip(rows[0], row, strict=False))
        values = tuple(RawValue(key, cell.text, cell.place) for key, cell in pairs if key and cell.text)
        events.append(RawEvent(values, row[0].place))
    return RawChronology(tuple(events), tuple(lost), tuple(faults))


# -- TimelineJS


def _slides(names: _Row, rows: list[_Row]) -> RawChronology:
    events, lost = [], []
    for row in rows:
        cells = {name.text.lower(): cell for name, cell in zip(names, row, strict=False) if cell.text}
        cells = {**cells, **_whole_dates(cells)}
        kind = cells["type"].text.lower() if "type" in cells else ""
        if kind == "title" or "year" not in cells:
            lost.append(Lost("the title slide" if kind == "title" else "a row without a year", row[0].place))
            continue
        event, left_out = _slide(cells, row[0].place)
        if all(value.key != "event" for value in event.values):
            lost.append(Lost("a slide without words", row[0].place))
            continue
        lost += [Lost(what, row[0].place) for what in left_out]
        lost += [Lost(f"the column {name!r}", cell.place) for name, cell in cells.items() if not _is_read(name, kind)]
        events.append(event)
    return RawChronology(tuple(events), tuple(lost))


def _is_read(name: str, kind: str) -> bool:
    return name in _SLIDE - {"type"} or name in _MADE_ANEW or name in _WHOLE_DATES or (name == "type" and not kind)


def _slide(cells: Mapping[str, _Cell], place: Place) -> tuple[RawEvent, list[str]]:
    start, end = ({part: cells[of + part].text for part in _PARTS if of + part in cells} for of in ("", "end "))
    date, lost = timelinejs.read_date(_with_clock(start), _with_clock(end))
    words = {name: cells[name].text for name in ("headline", "text") if name in cells}
    event, more = timelinejs.read_words(words.get("headline", ""), words.get("text", ""))
    said = cells.get("headline") or cells.get("text")
    values = [RawValue("date", date, cells["year"].place)]
    values += [RawValue("event", event, said.place)] if said and event else []
    group = cells.get("group")
    taken = timelinejs.read_group(group.text) if group else {}
    values += [RawValue(key, text, group.place) for key, text in taken.items() if group]
    lost_group = ["the group of slides"] if group and not taken else []
    return RawEvent(tuple(values), place), [*lost, *more, *lost_group]


def _with_clock(date: dict[str, str]) -> dict[str, Any]:
    """Return a date whose time, "18:45:56" or "6:45 PM", is parted."""
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([aApP][mM])?", date.get("time", ""))
    if not found:
        return date
    hour = int(found[1]) % 12 + 12 * (found[4].lower() == "pm") if found[4] else int(found[1])
    return {**date, "hour": hour, "minute": found[2], "second": found[3] or "0"}


def _whole_dates(cells: Mapping[str, _Cell]) -> dict[str, _Cell]:
    """Return the parts of dates written in one cell, as month/day/year or as year-month-day or a year."""
    parts: dict[str, _Cell] = {}
    for name, of in _WHOLE_DATES.items():
        cell = cells.get(name)
        written = cell.text.partition(" ")[0] if cell else ""
        slashed = re.fullmatch(r"(?:(?P<month>\d{1,2})/)?(?:(?P<day>\d{1,2})/)?(?P<year>-?\d{1,9})", written)
        dashed = re.fullmatch(r"(?P<year>-?\d{1,9})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?", written)
        found = slashed or dashed
        texts = {part: text for part, text in found.groupdict().items() if text} if found else {"year": written}
        parts.update({of + part: _Cell(text, cell.place) for part, text in texts.items() if cell and text})
    return parts


# -- the text


def _rows(text: str, separator: str) -> Iterator[_Row]:
    """Yield the rows of a table with the place of each cell."""
    line = 1
    at = start = 0
    row: list[_Cell] = []
    while at <= len(text) and len(row) <= _MOST_CELLS:
        if not row and text[at : at + 1] == "\n":
            line, at, start = line + 1, at + 1, at + 1
            continue
        raw, end = _cell(text, at, separator)
        row.append(_Cell(_value(raw).strip(), Place(line, at - start + 1, max(1, len(raw.partition("\n")[0])))))
        breaks = raw.count("\n")
        line += breaks
        start = at + raw.rindex("\n") + 1 if breaks else start
        if text[end : end + 1] == separator:
            at = end + 1
            continue
        yield tuple(row)
        row, line, at, start = [], line + 1, end + 1, end + 1
    if row:  # the rest of a row that is too wide to be one is not read, nor what follows it
        yield tuple(row)


def _cell(text: str, at: int, separator: str) -> tuple[str, int]:
    """Return a cell as it is written, and where it ends: at a separator, a line end, or the end of the text."""
    if text[at : at + 1] == '"':
        quoted = _QUOTED.match(text, at)
        if quoted:
            return quoted[0], quoted.end()
    found = _END[separator].search(text, at)
    end = found.start() if found else len(text)
    return text[at:end], end


def _value(raw: str) -> str:
    raw = raw.strip()
    return raw[1:-1].replace('""', '"') if len(raw) > 1 and raw[0] == raw[-1] == '"' else raw


def _unclosed(rows: list[_Row]) -> Place | None:
    cells = (cell for row in rows for cell in row)
    return next((cell.place for cell in cells if cell.text.startswith('"') and not cell.text.endswith('"')), None)
