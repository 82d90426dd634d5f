"""From a validation error to a diagnostic: the right place, and words for an author."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.source import tree
from toolkit.source.positions import Location, Positions, find

UNION = "kind:"
"""What the tags of union members begin with, so that they are told from keys in a location."""

# Renderings of pydantic's error types (its documentation, "Validation Errors"); {} are of its context.
_WORDS = {
    "string_type": "a text is expected here, not {shape}",
    "tuple_type": "a list is expected here, not {shape}: begin each item with `- `",
    "list_type": "a list is expected here, not {shape}: begin each item with `- `",
    "mapping_type": "keys with values are expected here, not {shape}",
    "dict_type": "keys with values are expected here, not {shape}",
    "model_type": "keys with values are expected here, not {shape}",
    "model_attributes_type": "keys with values are expected here, not {shape}",
    "int_parsing": "{value} is not a whole number",
    "int_type": "a whole number is expected here, not {shape}",
    "int_from_float": "{value} is not a whole number",
    "int_parsing_size": "{value} is too large a number",
    "float_parsing": "{value} is not a number",
    "float_type": "a number is expected here, not {shape}",
    "bool_parsing": "{value} is neither `true` nor `false`",
    "bool_type": "`true` or `false` is expected here, not {shape}",
    "literal_error": "{value} is not one of {expected}",
    "greater_than": "{value} is too small: more than {gt} is expected",
    "greater_than_equal": "{value} is too small: at least {ge} is expected",
    "less_than_equal": "{value} is too large: at most {le} is expected",
    "multiple_of": "{value} is not a multiple of {multiple_of}",
    "finite_number": "{value} is not a number",
    "too_short": "{actual_length} of these are too few: at least {min_length}",
    "too_long": "{actual_length} of these are too many: at most {max_length}",
    "string_pattern_mismatch": "{value} is not written as it should be",
}
_WRONG_KIND = frozenset(name for name in _WORDS if name.endswith(("_type", "_parsing", "_float", "_size")))


def diagnostics(error: ValidationError, model: type[BaseModel], root: tree.Mapping, text: str) -> list[Diagnostic]:
    """Return a diagnostic for each problem in `error`, at the key or value of `root` that it is about."""
    place = Positions({}, {root.span.file: text})
    found: list[Diagnostic] = []
    for detail in error.errors(include_url=False):
        found += [place.resolve(diagnostic) for diagnostic in _explained(detail, model, root)]
    return _without_echoes(found)


def _without_echoes(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return `found` without the missing keys that are only misspelt: the unknown key says it already."""
    misspelt = {d.hint for d in found if d.code == "L201" and d.hint}
    return [d for d in found if not (d.code == "L202" and d.hint in misspelt)]


def _explained(detail: ErrorDetails, model: type[BaseModel], root: tree.Mapping) -> Iterator[Diagnostic]:
    location = detail["loc"]
    node, entry = find(root, location)
    match detail["type"]:
        case "author":
            yield from _authored(detail, node)
        case "extra_forbidden":
            key = str(location[-1])
            span = entry.key.span if entry else node.span
            yield Diagnostic("L201", f"unknown key `{key}`", span, hint=nearest(key, keys_at(model, location[:-1])))
        case "missing":
            yield _missing(str(location[-1]), model, location, node)
        case "question_kind":
            yield _kindless(node, str(detail["ctx"]["kinds"]))
        case other:
            code = "L203" if other in _WRONG_KIND else "L204"
            yield Diagnostic(code, _worded(detail, node), _shown(node, entry), hint=_hint(detail, model, location))


def _shown(node: tree.Node, entry: tree.Entry | None) -> Span:
    """Return where to point: at a value's first line, or at the key of a value that spans many lines."""
    return entry.key.span if entry and not isinstance(node, tree.Scalar) else node.span


def _authored(detail: ErrorDetails, node: tree.Node) -> Iterator[Diagnostic]:
    context = detail["ctx"]
    for problem in context.get("problems", [context]):
        yield Diagnostic(
            problem["code"], problem["message"], node.span, needle=problem["needle"], hint=problem["hint"]
        )


def _missing(key: str, model: type[BaseModel], location: Location, node: tree.Node) -> Diagnostic:
    written = [entry.key.text for entry in node.entries] if isinstance(node, tree.Mapping) else []
    close = difflib.get_close_matches(key, written, n=1)
    known = keys_at(model, location[:-1])
    hint = f"did you mean `{key}`?" if close and close[0] not in known else f"add `{key}: ...`"
    span = node.entries[0].key.span if isinstance(node, tree.Mapping) and node.entries else node.span
    return Diagnostic("L202", f"the key `{key}` is missing", span, hint=hint)


def _kindless(node: tree.Node, kinds: str) -> Diagnostic:
    names = [kind.strip("`") for kind in kinds.split(", ")]
    if not isinstance(node, tree.Mapping):
        return Diagnostic("L206", "a question is keys with values", node.span, hint=f"begin it with one of {kinds}")
    both = [entry for entry in node.entries if entry.key.text in names]
    if len(both) > 1:
        message = f"a question is of one kind; this one has `{both[0].key.text}` and `{both[1].key.text}`"
        return Diagnostic("L206", message, both[1].key.span, hint="make it two questions")
    written = [entry.key.text for entry in node.entries]
    guess = next((close[0] for key in written if (close := difflib.get_close_matches(key, names, n=1))), "")
    hint = f"did you mean `{guess}`?" if guess else f"begin it with one of {kinds}"
    span = node.entries[0].key.span if node.entries else node.span
    return Diagnostic("L206", f"a question needs a kind: one of {kinds}", span, hint=hint)


def _worded(detail: ErrorDetails, node: tree.Node) -> str:
    if detail["type"] == "literal_error" and len(_quoted(str(detail["ctx"]["expected"]))) > 8:
        return f"{_value(node)} is not one of the {len(_quoted(str(detail['ctx']['expected'])))} values known here"
    template = _WORDS.get(detail["type"])
    if template is None:
        return detail["msg"][0].lower() + detail["msg"][1:]
    context = {"expected": "", **detail.get("ctx", {})}
    context["expected"] = str(context["expected"]).replace("'", "`")
    return template.format(**{**context, "value": _value(node), "shape": _shape(node)})


def _value(node: tree.Node) -> str:
    if not isinstance(node, tree.Scalar):
        return "this"
    return repr(node.text if len(node.text) <= 40 else node.text[:39] + "…")


def _shape(node: tree.Node) -> str:
    match node:
        case tree.Scalar():
            return "a text"
        case tree.Sequence():
            return "a list"
        case tree.Mapping():
            return "keys with values"


def _hint(detail: ErrorDetails, model: type[BaseModel], location: Location) -> str:
    if detail["type"] == "literal_error":
        return nearest(str(detail["input"]), _quoted(str(detail["ctx"]["expected"])))
    if detail["type"] == "string_pattern_mismatch":
        examples = _examples_at(model, location)
        return f"for example {examples[0]}" if examples else ""
    return ""


def _quoted(expected: str) -> list[str]:
    return [piece for piece in expected.split("'") if piece not in {"", ", ", " or "}]


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest of `known`, or "" where none is near."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if not close:
        close = [name for name in known if name.casefold() == word.casefold().replace(" ", "_").replace("-", "_")][:1]
    return f"did you mean `{close[0]}`?" if close else ""


# -- what a model knows of a location ----------------------------------------------------------------


def keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that may be written in the mapping at `location` of `model`."""
    names: list[str] = []
    for found in _models_at(model, location):
        names += [field.alias or name for name, field in found.model_fields.items()]
    return names


def _models_at(model: type[BaseModel], location: Location) -> list[type[BaseModel]]:
    models = [model]
    for step in location:
        if isinstance(step, str) and step.startswith(UNION):
            models = [m for m in models if getattr(m, "kind", None) in {None, step.removeprefix(UNION)}]
            continue
        inner = [m for current in models for m in _models_in(_annotation(current, step))]
        models = inner or models
    return models


def _annotation(model: type[BaseModel], step: str | int) -> Any:
    for name, field in model.model_fields.items():
        if step == (field.alias or name):
            return field.annotation
    return None


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
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
