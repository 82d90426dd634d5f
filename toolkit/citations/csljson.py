"""CSL-JSON files, as reference managers export them: a list of items with ids."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.citations.files import Fault, Place, RawBibliography, RawRecord

# Keys that CSL-JSON knows and a lesson has under another name.
_RENAMED = {
    "note": "annotation", "annote": "annotation", "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short", "event": "event-title",
}  # fmt: skip  # pairs read better in lines
# Keys by which programs find their own records again; they say nothing of the source.
_BOOKKEEPING = frozenset(
    {"id", "citation-key", "citation-label", "first-reference-note-number", "custom", "categories", "system_id"}
)
# Parts of a name that are orders to a program (CSL-JSON schema, "name-variable", and citeproc-js's own).
_ORDERS = frozenset(
    {"comma-suffix", "comma-dropping-particle", "static-ordering", "static-particles", "parse-names", "isInstitution",
     "multi"}
)  # fmt: skip  # a set reads better in lines
# A line of a note that is a field: "original-date: 1986" or "{:original-date:1986}" (citeproc-js manual, "CSL Cheater
# Syntax"), which is how reference managers keep what they have no field for.
_CHEAT = re.compile(r"\{:?([a-zA-Z_-]+):\s*([^{}\n]+)\}|^([a-zA-Z_-]+):[ \t]+(\S[^\n]*)$", re.M)
_CHEATS = frozenset(
    {"original-date", "original-title", "original-publisher", "original-publisher-place", "archive", "archive_location",
     "archive-place", "archive_collection", "call-number", "container-title-short", "event-date", "event-place",
     "event-title", "genre", "medium", "number-of-volumes", "part-number", "part-title", "PMID", "PMCID", "DOI", "ISBN",
     "ISSN", "status", "submitted", "supplement-number", "title-short", "title-sentence", "title-script",
     "volume-title", "jurisdiction", "references", "reviewed-title", "scale", "dimensions", "version",
     "publisher-place", "language"}
)  # fmt: skip  # a set reads better in lines

_SPACE = re.compile(r"[ \t\r\n]*")
_DATES = frozenset({"issued", "original-date", "accessed", "event-date", "submitted", "available-date"})


@dataclass(frozen=True, slots=True)
class _Item:
    """A record in the file: its value, the key it stands behind, if any, and where it begins and ends."""

    value: Any
    key: str | None
    start: int
    end: int


def read(text: str) -> RawBibliography:
    """Return the items of a CSL-JSON text, which is a list, or an object of items by key."""
    try:
        data: Any = json.loads(text)
        items = list(_items(text, data))
    except json.JSONDecodeError as error:
        message = next((words for sign, words in _FAULTS if error.msg.startswith(sign)), _BROKEN)
        return _broken(message, Place(error.lineno, error.colno))
    except (RecursionError, ValueError):  # a number of thousands of digits is a ValueError
        return _broken("the JSON cannot be read: it is nested too deeply, or holds a number without end", Place(1))
    if not isinstance(data, (list, dict)) or _is_record(data):
        return _broken('a list of records is expected: [{"id": ..., "type": ..., "title": ...}]', Place(1))
    places = _Text(text)
    read = [_record(item, places, number) for number, item in enumerate(items)]
    records = tuple(found for found in read if isinstance(found, RawRecord))
    return RawBibliography(records, tuple(found for found in read if isinstance(found, Fault)))


_BROKEN = "the JSON is broken here"
# What Python's reader says, and what is said to the author.
_FAULTS = (
    ("Expecting ',' delimiter", "the JSON is broken: a comma is missing before this"),
    ("Expecting ':' delimiter", "the JSON is broken: a colon is missing before this"),
    ("Expecting property name", "the JSON is broken: a key in double quotation marks is expected here"),
    ("Expecting value", "the JSON is broken: a value is expected here"),
    ("Illegal trailing comma", "the JSON is broken: no comma stands before a closing bracket"),
    ("Unterminated string", "the JSON is broken: this quotation mark is not closed"),
    ("Invalid control character", "the JSON is broken: a line ends inside a text"),
    ("Invalid \\", "the JSON is broken: this sign has no meaning after \\"),
    ("Extra data", "the JSON is broken: this stands behind its end"),
)


def _broken(message: str, place: Place) -> RawBibliography:
    return RawBibliography((), (Fault(message, place),))


def _is_record(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("type"), str) and isinstance(data.get("title"), str)


def _items(text: str, data: object) -> Iterator[_Item]:
    """Yield the items of a JSON list or object that was read before, with their places in `text`."""
    if not isinstance(data, (list, dict)):
        return
    decoder = json.JSONDecoder()
    at = _skip(text, text.index("[" if isinstance(data, list) else "{") + 1)
    while text[at] not in "]}":
        key = None
        if isinstance(data, dict):
            key, at = decoder.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        value, end = decoder.raw_decode(text, at)
        yield _Item(value, key, at, end)
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _record(item: _Item, text: _Text, number: int) -> RawRecord | Fault:
    place = text.place(item.start)
    if not isinstance(item.value, dict):
        return Fault(f"record {number + 1} is no record: {{...}} is expected", place)
    found = item.value.get("id") if item.key is None else item.key
    if not isinstance(found, (str, int)) or isinstance(found, bool) or found == "":
        return Fault(f"record {number + 1} has no id", place)
    fields: dict[str, Any] = {key: value for key, value in item.value.items() if key not in _BOOKKEEPING}
    data: dict[str, Any] = {}
    lost: list[str] = []
    for key, value in fields.items():
        name = _RENAMED.get(key, key)
        if name in data and data[name] not in (None, "") and value != fields.get(name):
            lost.append(key)
        else:
            data[name] = _names(key, value, lost) if _is_names(value) else _value(key, value)
    _custom(item.value.get("custom"), data)
    if isinstance(data.get("annotation"), str):
        data |= _cheats(data)
    data = {key: value for key, value in data.items() if value != ""}
    places = {_RENAMED.get(key, key): text.place_of(key, item) for key in fields}
    return RawRecord(str(found), data, place, tuple(lost), places)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(name, dict) for name in value)


def _names(key: str, value: list[dict[str, Any]], lost: list[str]) -> list[dict[str, Any]]:
    """Return names without their empty parts, and without orders to a program, which are lost."""
    orders = dict.fromkeys(part for name in value for part in name if part in _ORDERS and name[part])
    lost += [f"{part} in {key}" for part in orders]
    return [{part: text for part, text in name.items() if part not in _ORDERS and text != ""} for name in value]


def _custom(custom: object, data: dict[str, Any]) -> None:
    """Put back what a lesson has and CSL-JSON does not; `writing` keeps it under `custom`, as the schema allows."""
    if not isinstance(custom, dict):
        return
    for key in ("title-sentence", "title-script", "container-title-sentence", "kind"):
        if isinstance(custom.get(key), str):
            data.setdefault(key, custom[key])
    scripts = custom.get("scripts")
    for variable, forms in scripts.items() if isinstance(scripts, dict) else ():
        names = data.get(variable)
        if not isinstance(names, list) or not isinstance(forms, list):
            continue
        for name, form in zip(names, forms, strict=False):
            if isinstance(name, dict) and isinstance(form, str) and form:
                name["script"] = form


def _cheats(data: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that stand in a note, and the rest of the note."""
    found: dict[str, Any] = {}

    def taken(match: re.Match[str]) -> str:
        key, value = match[1] or match[3], match[2] or match[4]
        if key not in _CHEATS or key in data or key in found:
            return match[0]
        found[key] = value.strip()
        return ""

    rest = _CHEAT.sub(taken, data["annotation"])
    return {**found, "annotation": re.sub(r"\n{3,}", "\n\n", rest).strip()} if found else {}


def _value(key: str, value: Any) -> Any:  # noqa: ANN401  # JSON
    """Return a value as a record holds it: numbers and dates as text."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return _date(value) if key in _DATES and isinstance(value, dict) else value


def _date(value: dict[str, Any]) -> Any:  # noqa: ANN401  # JSON
    """Return a date of CSL-JSON as EDTF text, or what its program did not understand, for the record to judge.

    CSL-JSON's schema: parts are numbers or texts, a season is 1 to 4, `circa` says about.
    """
    parts = value.get("date-parts")
    if not parts:
        return value.get("raw") or value.get("literal") or value
    ends = [_end(end, value.get("season")) for end in parts] if isinstance(parts, list) else [""]
    if not all(ends):
        return value
    about = "~" if value.get("circa") not in (None, False, 0, "", "0", "false") else ""
    return "/".join(f"{end}{about}" for end in ends)


def _end(parts: object, season: object) -> str:
    """Return one end of a date, "" where it is not understood. EDTF counts seasons from 21."""
    if not isinstance(parts, list) or not 1 <= len(parts) <= 3:
        return ""
    texts = [str(part).strip() for part in parts if not isinstance(part, (bool, list, dict, type(None)))]
    if len(texts) != len(parts) or not all(re.fullmatch(r"-?[0-9]{1,4}", text) for text in texts):
        return ""
    numbers = [int(text) for text in texts]
    if len(numbers) == 1 and str(season) in {"1", "2", "3", "4"}:
        numbers.append(20 + int(str(season)))
    sign, year = ("-" if numbers[0] < 0 else ""), abs(numbers[0])
    return "-".join([f"{sign}{year:04d}", *(f"{number:02d}" for number in numbers[1:])])


class _Text:
    """A text that tells places: counting its lines again for each would take time by the square of its length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, at: int, length: int = 1) -> Place:
        line = bisect_right(self._starts, at)
        return Place(line, at - self._starts[line - 1] + 1, length)

    def place_of(self, key: str, item: _Item) -> Place:
        """Return the place of a key of a record; that of the record where the key is written with escapes."""
        written = re.compile(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:")
        found = written.search(self.text, item.start, item.end)
        return self.place(found.start() + 1, len(key)) if found else self.place(item.start)
