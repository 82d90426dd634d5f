"""The published JSON Schemas of a lesson and of a file of the bank: what editors complete and explain."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from toolkit.model.bank import Bank, Draw
from toolkit.source import specification


def lesson_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of `lesson.yaml`, with a line end.

    Numbers and `true` may stand where a text is expected, because YAML editors read `issued: 1989` as a
    number; the program reads every value as the text that was written.
    """
    schema = _schema(specification.adapter())
    drawing = _schema(TypeAdapter(Draw))
    schema["$defs"].update(drawing.pop("$defs", {}), Draw=drawing)
    for owner in (schema, schema["$defs"]["Section"]):
        # Where a question may stand, one of the bank may be drawn; a part of a question is always written.
        owner["properties"]["questions"]["items"]["oneOf"].append({"$ref": "#/$defs/Draw"})
    return _published(schema, "lesson.schema.json")


def bank_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a file of the bank, as `lesson_schema` does that of a lesson."""
    specification.complete()
    schema = _schema(TypeAdapter(Bank))
    schema["properties"]["questions"]["items"]["required"] = ["id"]
    return _published(schema, "bank.schema.json")


def _schema(adapter: TypeAdapter[Any]) -> dict[str, Any]:
    return adapter.json_schema(by_alias=True, mode="validation")


def _published(schema: dict[str, Any], name: str) -> str:
    _tidy(schema)
    schema["$defs"] = dict(sorted(schema["$defs"].items()))
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": name, **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> None:  # noqa: ANN401  # any part of a JSON document
    """Leave out what no author can write (null) or read (made-up titles), and let plain scalars be texts."""
    if isinstance(node, list):
        for value in node:
            _tidy(value)
    if not isinstance(node, dict):
        return
    _without_null(node)
    if node.get("type") == "string" and "enum" not in node and "const" not in node:
        node["type"] = ["string", "number", "boolean"]
    for field in node.get("properties", {}).values():
        field.pop("title", None)
    for value in node.values():
        _tidy(value)


def _without_null(node: dict[str, Any]) -> None:
    if node.get("default", "") is None:
        del node["default"]
    choices = [choice for choice in node.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del node["anyOf"]
        for key, value in choices[0].items():
            node.setdefault(key, value)
    elif choices:
        node["anyOf"] = choices
