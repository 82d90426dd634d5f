"""The published JSON Schema of a lesson: what editors complete and explain."""

from __future__ import annotations

import json
from typing import Any

from toolkit.source import specification


def lesson_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of `lesson.yaml`, with a line end.

    Numbers and `true` may stand where a text is expected, because YAML editors read `issued: 1989` as a
    number; the program reads every value as the text that was written.
    """
    schema = specification.adapter().json_schema(by_alias=True, mode="validation")
    _tidy(schema)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "lesson.schema.json", **schema}
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
