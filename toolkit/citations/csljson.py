"""CSL-JSON files, as reference managers export them: a list of items with ids."""

from __future__ import annotations

import json
from typing import Any

from toolkit.citations.files import Fault, RawBibliography, RawRecord

# Keys that CSL-JSON knows and a lesson has under another name.
_RENAMED = {"note": "annotation", "annote": "annotation"}
# Keys by which programs find their own records again; they say nothing of the source.
_BOOKKEEPING = frozenset({"id", "citation-key", "citation-label", "first-reference-note-number", "custom", "categories"})


def read(text: str) -> RawBibliography:
    """Return the items of a CSL-JSON text, which is a list, or an object of items by key."""
    try:
        data: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return RawBibliography((), (Fault(f"the JSON is broken: {getattr(error, 'msg', 'nested too deeply')}", line),))
    if isinstance(data, dict):
        data = [{"id": key, **item} for key, item in data.items() if isinstance(item, dict)]
    if not isinstance(data, list):
        return RawBibliography((), (Fault("a list of records is expected", 1),))
    records, faults = [], []
    for number, item in enumerate(data):
        if isinstance(item, dict) and item.get("id"):
            records.append(_record(item, _line(text, str(item["id"]))))
        else:
            faults.append(Fault(f"record {number + 1} has no id", 1))
    return RawBibliography(tuple(records), tuple(faults))


def _record(item: dict[str, Any], line: int) -> RawRecord:
    data = {_RENAMED.get(key, key): _text(value) for key, value in item.items() if key not in _BOOKKEEPING}
    return RawRecord(str(item["id"]), data, line)


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _line(text: str, key: str) -> int:
    at = text.find(json.dumps(key, ensure_ascii=False))
    return text.count("\n", 0, max(at, 0)) + 1
