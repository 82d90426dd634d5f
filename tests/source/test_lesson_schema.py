"""The published JSON Schema: right for every lesson, strict, and with a word and an example for every field."""

from __future__ import annotations

import copy
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from sandbox import REPOSITORY

from toolkit.source.schema import bank_schema, lesson_schema

SCHEMA: dict[str, Any] = json.loads(lesson_schema())
BANK_SCHEMA: dict[str, Any] = json.loads(bank_schema())
FILES = sorted((REPOSITORY / "tests" / "examples" / "good").glob("*/lesson.yaml")) + sorted(
    (REPOSITORY / "lessons").glob("*/lesson.yaml")
)


def as_an_editor_reads(text: str) -> Any:  # noqa: ANN401  # YAML
    """Return YAML as an editor does, which guesses types; its dates are texts to a schema."""

    def plain(value: Any) -> Any:  # noqa: ANN401  # YAML
        match value:
            case dict():
                return {str(key): plain(inner) for key, inner in value.items()}
            case list():
                return [plain(inner) for inner in value]
            case datetime.date():
                return value.isoformat()
            case _:
                return value

    return plain(yaml.load(text, Loader=yaml.CSafeLoader))  # the pure one cannot read {open: Why?, lines: 4}


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert lesson_schema().endswith("}\n")


@pytest.mark.parametrize("file", [pytest.param(file, id=file.parent.name) for file in FILES])
def test_every_good_lesson_keeps_to_it(file: Path) -> None:
    lesson = as_an_editor_reads(file.read_text(encoding="utf-8"))
    if file.parent.name == "text-stays-text":
        # An editor reads a plain null as nothing, and a number in quotation marks as a text.
        lesson |= {"title": "no", "places": [], "vocabulary": {}, "duration": 50}
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(lesson)]
    assert errors == []


@pytest.mark.parametrize("file", sorted((REPOSITORY / "lessons" / "_bank").glob("*.yaml")), ids=lambda file: file.stem)
def test_the_bank_keeps_to_its_schema_and_the_schema_is_published(file: Path) -> None:
    content = as_an_editor_reads(file.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(BANK_SCHEMA).iter_errors(content)] == []
    assert (REPOSITORY / "bank.schema.json").read_text(encoding="utf-8") == bank_schema()
    first = file.read_text(encoding="utf-8").split("\n")[0]
    assert first == "# yaml-language-server: $schema=../../bank.schema.json"


@pytest.mark.parametrize(
    "question",
    [
        {"open": "Why?"},
        {"open": "Why?", "id": "why", "colour": "blue"},
        {"draw": "why"},
        {"id": "why"},
    ],
)
def test_what_the_bank_does_not_take_is_refused(question: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(BANK_SCHEMA)
    assert list(Draft202012Validator(BANK_SCHEMA).iter_errors({"questions": [question]}))


@pytest.mark.parametrize(
    ("draw", "right"),
    [
        ({"draw": "why"}, True),
        ({"draw": ["why", "who"], "points": 2}, True),
        ({"draw": {"tags": ["a", "b"], "count": 2, "seed": "autumn"}}, True),
        ({"draw": {"tags": "a"}}, True),
        ({"draw": {"count": 2}}, False),
        ({"draw": {"tags": "a", "count": 0}}, False),
        ({"draw": "why", "open": "Why?"}, False),
        ({"draw": "why", "lines": 3}, False),
    ],
)
def test_a_draw_stands_where_a_question_may_stand(draw: dict[str, Any], right: bool) -> None:
    validator = Draft202012Validator(SCHEMA)
    assert validator.is_valid({"title": "x", "questions": [draw]}) is right
    assert validator.is_valid({"title": "x", "sections": [{"heading": "y", "questions": [draw]}]}) is right
    assert not validator.is_valid({"title": "x", "questions": [{"open": "Why?", "parts": [draw]}]})


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401  # YAML
    """Yield the way to every mapping in `value`."""
    if isinstance(value, dict):
        yield way
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in children:
        yield from places(inner, (*way, key))


LESSON = as_an_editor_reads((REPOSITORY / "tests/examples/good/every-field/lesson.yaml").read_text(encoding="utf-8"))
# Here the keys are the author's own: terms, files, citation keys.
OWN_KEYS = {("vocabulary",), ("images",), ("bibliography",), ("sections", 0, "vocabulary")}


@pytest.mark.parametrize("way", [way for way in places(LESSON) if way not in OWN_KEYS and "original-date" not in way])
def test_an_unknown_key_is_refused_everywhere(way: tuple[str | int, ...]) -> None:
    lesson = copy.deepcopy(LESSON)
    inner = lesson
    for step in way:
        inner = inner[step]
    inner["colour"] = "blue"
    assert list(Draft202012Validator(SCHEMA).iter_errors(lesson))


@pytest.mark.parametrize(
    ("key", "value"),
    [("duration", "fifty"), ("places", "Delta"), ("title", ["x"]), ("title", None), ("language", None)],
)
def test_a_value_of_the_wrong_kind_is_refused(key: str, value: object) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors({"title": "x", key: value}))


def definitions() -> list[tuple[str, dict[str, Any]]]:
    found = [("lesson", SCHEMA), ("bank", BANK_SCHEMA), *SCHEMA["$defs"].items()]
    return [(name, node) for name, node in found if node.get("type") == "object"]


FIELDS = [
    pytest.param(field, id=f"{name}.{key}") for name, node in definitions() for key, field in node["properties"].items()
]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_described_and_has_an_example(field: dict[str, Any]) -> None:
    assert field["description"].strip().endswith((".", "?"))
    assert field["examples"]
    assert "title" not in field


def test_every_definition_says_what_it_is_and_takes_no_other_key() -> None:
    assert len(FIELDS) > 100
    for name, node in definitions():
        assert node["description"].strip(), name
        assert node["additionalProperties"] is False, name


@pytest.mark.parametrize("field", FIELDS)
def test_every_example_keeps_to_the_schema_of_its_field(field: dict[str, Any]) -> None:
    validator = Draft202012Validator({**field, "$defs": SCHEMA["$defs"]})
    for example in field["examples"]:
        # A list given as one example of several items is written in the list's own brackets.
        assert not list(validator.iter_errors(example)), example


def test_nothing_says_null() -> None:
    assert '"null"' not in lesson_schema()
    assert "null" not in json.dumps(SCHEMA["$defs"]).replace("null char", "")
