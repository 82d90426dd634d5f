"""Records written out: as YAML for a lesson, and as CSL-JSON for other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import yaml

from toolkit.model.records import SourceRecord

_DATES: Final = frozenset({"issued", "original-date", "accessed", "event-date", "available-date", "submitted"})
_OURS: Final = ("title-sentence", "title-script", "container-title-sentence", "kind")
_RENAMED: Final = MappingProxyType({"annotation": "note"})
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WIDTH = 100  # columns


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


class _Dumper(yaml.SafeDumper):
    """Writes texts as they are: what looks like a number is none to a lesson."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Put the items of a list further in than the key that they are of, as the lessons do."""
        super().increase_indent(flow, False)


# Only what YAML reads as true, false or nothing is put into quotation marks: editors colour it as such.
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":bool", ":null"))]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value and not re.search(r"[ \t]\n|^\s", value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(records: Mapping[str, Mapping[str, Any]]) -> str:
    """Return records, as `plain` has them, as YAML that can stand under `bibliography:`; "" for none."""
    if not records:
        return ""
    data = {key: dict(record) for key, record in records.items()}
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


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
