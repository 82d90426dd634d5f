"""Hints: what an author may have meant, told from the types of the fields."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from toolkit.model.quoting import quoted, short
from toolkit.source.positions import Location

UNION: Final = "kind:"
"""What the tags of union members begin with, so that they are told from keys in a location."""

FEW: Final = 10  # keys or values that a message can list

_NO_MAPPING = frozenset({"mapping_type", "dict_type", "model_type", "model_attributes_type"})


def hint(detail: ErrorDetails, model: type[BaseModel], location: Location) -> str:
    """Return what may have been meant by the value that `detail` is about, "" where nobody can tell."""
    written = detail["input"]
    match detail["type"]:
        case "literal_error":
            return nearest(str(written), expected(detail)) or _for_example(model, location)
        case "float_parsing" if re.fullmatch(r"[0-9]+,[0-9]+", str(written)):
            return f"did you mean `{str(written).replace(',', '.')}`?"
        case "tuple_type" if re.fullmatch(r"[\w ,.-]{1,60}", str(written)):
            return f"write [{written}]"
        case "string_type" if isinstance(written, (list, dict)):
            bracket = "[" if isinstance(written, list) else "{"
            return f"put a text that begins with {bracket} in quotation marks"
        case kind if kind in _NO_MAPPING:
            return _as_mapping(written, model, location)
        case kind:
            return _for_example(model, location) if kind == "string_pattern_mismatch" else ""


def _as_mapping(written: object, model: type[BaseModel], location: Location) -> str:
    """Return how to write a list or a text as keys with values."""
    needed = keys_at(model, location, required=True)
    if isinstance(written, str) and isinstance(location[-1], int) and needed:
        return f"write `{needed[0]}: {short(written)}`"
    return "write `key: value`, without `- `" if isinstance(written, list) else "write `key: value`"


def _for_example(model: type[BaseModel], location: Location) -> str:
    examples = [str(example) for example in _examples_at(model, location) if isinstance(example, (str, int))]
    return f"for example {', '.join(examples)}" if examples else ""


def value(written: object) -> str:
    """Return a value as a message quotes it; "this" for one that has no short form."""
    if isinstance(written, str):
        return quoted(written)
    return str(written) if isinstance(written, (int, float)) else "this"


def shape(written: object) -> str:
    """Return what a value is called. Numbers and the like come from TOML and JSON only."""
    names = {
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        dict: "keys with values",
        type(None): "nothing",
    }
    return names.get(type(written), "a list" if isinstance(written, (list, tuple)) else "a date")


def expected(detail: ErrorDetails) -> list[str]:
    """Return the words that a literal allows, from pydantic's "'a', 'b' or 'c'"."""
    pieces = str(detail.get("ctx", {}).get("expected", "")).split("'")
    return [piece for piece in pieces if piece not in {"", ", ", " or "}]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest of `known`, or "" where none is near.

    One with the same first letter is nearer than one without.
    """
    known = list(known)
    plain = word.casefold().replace(" ", "_").replace("-", "_")
    close = [name for name in known if name.casefold().replace("-", "_") == plain]
    close += [name for name in difflib.get_close_matches(word, known, n=5, cutoff=0.6) if name[0] == word[0]]
    close += difflib.get_close_matches(word, known, n=1, cutoff=0.75)
    return f"did you mean `{close[0]}`?" if close else ""


# -- what a model knows of a location ----------------------------------------------------------------


def keys_at(model: type[BaseModel], location: Location, *, required: bool = False) -> list[str]:
    """Return the keys that may, or with `required` must, be written in the mapping at `location` of `model`."""
    return [
        field.alias or name
        for found in _models_at(model, location)
        for name, field in found.model_fields.items()
        if field.is_required() or not required
    ]


def _models_at(model: type[BaseModel], location: Location) -> list[type[BaseModel]]:
    models = [model]
    for step in location:
        if isinstance(step, str) and step.startswith(UNION):
            models = [m for m in models if getattr(m, "kind", None) in {None, step.removeprefix(UNION)}]
            continue
        inner = [m for current in models for m in _models_in(_annotation(current, step))]
        models = inner or models
    return models


def _annotation(model: type[BaseModel], step: str | int) -> Any:  # noqa: ANN401  # any type expression
    for name, field in model.model_fields.items():
        if step == (field.alias or name):
            return field.annotation
    return None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401  # any type expression
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _examples_at(model: type[BaseModel], location: Location) -> list[Any]:
    for found in _models_at(model, location[:-1]):
        for name, field in found.model_fields.items():
            if location and location[-1] == (field.alias or name) and field.examples:
                return list(field.examples)
    return []
