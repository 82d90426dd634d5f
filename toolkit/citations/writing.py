"""Records written out: as plain data for a lesson, and as CSL-JSON for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from toolkit.model.records import SourceRecord

_DATES: Final = frozenset({"issued", "original-date", "accessed", "event-date", "available-date", "submitted"})
_OURS: Final = ("title-sentence", "title-script", "container-title-sentence", "kind")
_RENAMED: Final = MappingProxyType({"annotation": "note"})
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def plain(record: SourceRecord) -> dict[str, Any]:
    """Return `record` as keys with values, in the order that the keys of a record have; names as one text each."""
    data: dict[str, Any] = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {key: _names(value) if _is_names(value) else value for key, value in data.items()}


def _is_names(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(name, dict) for name in value)


def _names(names: list[dict[str, str]]) -> Any:  # noqa: ANN401  # a text, a mapping, or a list of them
    written = [_name(name) for name in names]
    return written[0] if len(written) == 1 else written


def _name(name: dict[str, str]) -> str | dict[str, str]:
    """Return a name as "Family, Given, Suffix" where a lesson reads the same name from that."""
    parts = [name.get(part, "") for part in ("family", "given", "suffix")]
    if any("," in part for part in name.values()):
        return name
    if set(name) == {"literal"}:
        return name["literal"]
    whole = set(name) in ({"family", "given"}, {"family", "given", "suffix"})
    return ", ".join(filter(None, parts)) if whole else name


def as_csl_json(records: Mapping[str, SourceRecord]) -> str:
    """Return records as CSL-JSON 1.0.2. What a record has and CSL has not stands under `custom`."""
    items = [csl_item(key, record) for key, record in records.items()]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(key: str, record: SourceRecord) -> dict[str, Any]:
    """Return a record as an item of CSL-JSON."""
    data: dict[str, Any] = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    item: dict[str, Any] = {"id": key}
    custom: dict[str, Any] = {name: data.pop(name) for name in _OURS if name in data}
    scripts: dict[str, list[str]] = {}
    for name, value in data.items():
        if _is_names(value):
            if any("script" in one for one in value):
                scripts[name] = [one.get("script", "") for one in value]
            value = [{part: text for part, text in one.items() if part != "script"} for one in value]
        item[_RENAMED.get(name, name)] = _date(value) if name in _DATES else value
    if scripts:
        custom["scripts"] = scripts
    return {**item, "custom": custom} if custom else item


def _date(edtf: str) -> dict[str, Any]:
    """Return a date as CSL-JSON has it; one that it has no form for as `raw` text."""
    ends = edtf.split("/")
    about = all(end.endswith("~") for end in ends)
    parts = [_DATE.fullmatch(end.removesuffix("~") if about else end) for end in ends]
    found = [[int(number) for number in end.groups() if number] for end in parts if end]
    if len(found) < len(ends) or len(found) > 2:
        return {"raw": edtf}
    date: dict[str, Any] = {"date-parts": found}
    if any(len(end) > 1 and end[1] > 12 for end in found):
        if len(found) > 1 or not 21 <= found[0][1] <= 24:
            return {"raw": edtf}
        date = {"date-parts": [found[0][:1]], "season": found[0][1] - 20}
    return {**date, "circa": True} if about else date
