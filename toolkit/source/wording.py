"""From a validation error to a diagnostic: the right place, and words for an author."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from toolkit.model import characters
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.model.quoting import short
from toolkit.source import hints, tree
from toolkit.source.limits import MOST_TOLD, told
from toolkit.source.positions import Location, Positions, find

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
    "too_short": "at least {min_length} are needed here, not {actual_length}",
    "too_long": "at most {max_length} are allowed here, not {actual_length}",
    "string_pattern_mismatch": "{value} is not written as it should be",
}
_OF_KEY = "[key]"  # the last step of pydantic's location of a key
_WRONG_KIND = frozenset(name for name in _WORDS if name.endswith(("_type", "_parsing", "_float", "_size")))


def diagnostics(error: ValidationError, model: type[BaseModel], root: tree.Mapping, text: str) -> list[Diagnostic]:
    """Return a diagnostic for each problem in `error`, at the key or value of `root` that it is about."""
    place = Positions({}, {root.span.file: text})
    details = islice(_causes(error.errors(include_url=False)), MOST_TOLD + 1)
    explained = (diagnostic for detail in details for diagnostic in _explained(detail, model, root))
    return _without_echoes(list(place.resolve_all(told(explained))))


def _causes(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield `details` without the lists that are too short only because what is in them is wrong."""
    around = {location[:n] for location in (detail["loc"] for detail in details) for n in range(len(location))}
    return (detail for detail in details if not (detail["type"] == "too_short" and detail["loc"] in around))


def _without_echoes(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return `found` without the missing keys that are only misspelt: the unknown key says it already."""
    misspelt = {d.hint for d in found if d.code == "L201" and d.hint}
    return [d for d in found if not (d.code == "L202" and d.hint in misspelt)]


def _explained(detail: ErrorDetails, model: type[BaseModel], root: tree.Mapping) -> Iterator[Diagnostic]:
    location = detail["loc"]
    node, entry = find(root, location)
    if isinstance(node, tree.Scalar) and node.absent:
        return  # nothing is written there, which is told when the file is read
    if location and location[-1] == _OF_KEY and entry:
        node = entry.key
    match detail["type"]:
        case "author":
            yield from _authored(detail, root)
        case "extra_forbidden":
            yield _unknown(str(location[-1]), model, root, location)
        case "missing":
            yield _missing(str(location[-1]), model, location, node)
        case "question_kind":
            yield _kindless(node, str(detail["ctx"]["kinds"]))
        case "string_pattern_mismatch" if location[-1] == _OF_KEY:
            hint = "use letters, digits, _ and single - : . between them: duiker1989"
            yield Diagnostic("L204", f"the key {hints.value(detail['input'])} cannot be cited", node.span, hint=hint)
        case other:
            code = "L203" if other in _WRONG_KIND else "L204"
            hint = hints.hint(detail, model, location)
            yield Diagnostic(code, _worded(detail), _shown(node, entry), hint=hint)


def _shown(node: tree.Node, entry: tree.Entry | None) -> Span:
    """Return where to point: at a value, or at the key of a value that spans many lines."""
    return entry.key.span if entry and not isinstance(node, tree.Scalar) else node.span


def _authored(detail: ErrorDetails, root: tree.Mapping) -> Iterator[Diagnostic]:
    context = detail["ctx"]
    node, entry = find(root, (*detail["loc"], *context.get("at", ())))
    if detail["loc"][-1:] == (_OF_KEY,) and entry:
        node = entry.key
    for problem in context.get("problems", [context]):
        if problem["code"] == "Y104" and isinstance(node, tree.Scalar) and any(characters.refused(node.text)):
            continue  # told, at the very character, when the file is read
        words = " ".join(str(problem["message"]).split("\n"))
        span = _shown(node, entry)
        yield Diagnostic(problem["code"], words, span, needle=problem["needle"], hint=problem["hint"])


def _unknown(key: str, model: type[BaseModel], root: tree.Mapping, location: Location) -> Diagnostic:
    node, _ = find(root, location[:-1])
    known = hints.keys_at(model, location[:-1])
    hint = hints.nearest(key, known)
    meant = _stand_in(node, known, hints.keys_at(model, location[:-1], required=True))
    if not hint and meant and meant[0] == key:
        hint = f"did you mean `{meant[1]}`?"
    elif not hint and len(known) <= hints.FEW:
        hint = f"the keys here are {', '.join(f'`{name}`' for name in known)}"
    entry = node.entry(key) if isinstance(node, tree.Mapping) else None
    return Diagnostic("L201", f"unknown key `{short(key)}`", entry.key.span if entry else node.span, hint=hint)


def _missing(key: str, model: type[BaseModel], location: Location, node: tree.Node) -> Diagnostic:
    written = [entry.key.text for entry in node.entries] if isinstance(node, tree.Mapping) else []
    known = hints.keys_at(model, location[:-1])
    meant = _stand_in(node, known, hints.keys_at(model, location[:-1], required=True))
    close = difflib.get_close_matches(key, written, n=1)
    misspelt = (close and close[0] not in known) or (meant and meant[1] == key)
    hint = f"did you mean `{key}`?" if misspelt else f"add `{key}: ...`"
    span = node.entries[0].key.span if isinstance(node, tree.Mapping) and node.entries else node.span
    return Diagnostic("L202", f"the key `{key}` is missing", span, hint=hint)


def _stand_in(node: tree.Node, known: list[str], required: list[str]) -> tuple[str, str] | None:
    """Return the one unknown key of a mapping, and the one key that it lacks: the first may stand for the second."""
    written = [entry.key.text for entry in node.entries] if isinstance(node, tree.Mapping) else []
    unknown = list(islice((key for key in written if key not in known), 2))
    missing = [key for key in required if key not in written]
    return (unknown[0], missing[0]) if len(unknown) == len(missing) == 1 else None


def _kindless(node: tree.Node, kinds: str) -> Diagnostic:
    names = [kind.strip("`") for kind in kinds.split(", ")]
    if not isinstance(node, tree.Mapping):
        return Diagnostic("L206", "a question is keys with values", node.span, hint=_behind(kinds))
    both = [entry for entry in node.entries if entry.key.text in names]
    if len(both) > 1:
        message = f"a question is of one kind; this one has `{both[0].key.text}` and `{both[1].key.text}`"
        return Diagnostic("L206", message, both[1].key.span, hint="make it two questions")
    for entry in node.entries:
        # A question of the bank is drawn where one may be written; `draw` itself is no kind.
        close = difflib.get_close_matches(entry.key.text, [*names, "draw"], n=1)
        if close and close[0] != entry.key.text:
            message = f"`{short(entry.key.text)}` is no kind of question"
            return Diagnostic("L206", message, entry.key.span, hint=f"did you mean `{close[0]}`?")
    span = node.entries[0].key.span if node.entries else node.span
    return Diagnostic("L206", "a question needs a kind", span, hint=_behind(kinds))


def _asked(node: tree.Node, kinds: str) -> str:
    if isinstance(node, tree.Scalar):
        return f"write its kind before it: `{kinds.split('`')[1]}: {short(node.text)}`"
    return _behind(kinds)


def _worded(detail: ErrorDetails) -> str:
    value = detail["input"]
    expected = hints.expected(detail)
    if detail["type"] == "literal_error" and len(expected) > hints.FEW:
        return f"{hints.value(value)} is not one of the {len(expected)} words known here"
    template = _WORDS.get(detail["type"])
    if template is None:
        return detail["msg"][0].lower() + detail["msg"][1:]
    words = {key: f"{inner:g}" if isinstance(inner, float) else inner for key, inner in detail.get("ctx", {}).items()}
    listed = ", ".join(f"`{word}`" for word in expected)
    return template.format(**{**words, "expected": listed, "value": hints.value(value), "shape": hints.shape(value)})


def _behind(kinds: str) -> str:
    """Return a hint that names the commonest kinds; the others are in the schema and the README."""
    first = kinds.split(", ")
    return f"write what is asked behind {', '.join(first[:3])} or another of the {len(first)} kinds"
