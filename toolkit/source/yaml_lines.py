"""Plain data as lines of YAML, as a designer writes them: the values that are put into a file that is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from toolkit.source import tree
from toolkit.source.revise_lines import filled
from toolkit.source.revise_scalars import quoted

WIDTH = 110  # characters of a line
_NARROW = 40
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n", "~"})

Value: TypeAlias = str | Sequence[str] | Mapping[str, "Value"]


def entry(key: str, value: Value, indent: int) -> list[str]:
    """Return the lines of one key with its value, `indent` columns in."""
    pad, name = " " * indent, scalar(key)
    if isinstance(value, str):
        return _text(f"{pad}{name}: ", value, indent + 2)
    if isinstance(value, Mapping):
        return [f"{pad}{name}:", *mapping(value, indent + 2)]
    listed = "[" + ", ".join(scalar(item, flow=True) for item in value) + "]"
    if len(listed) + indent + len(name) + 2 <= WIDTH:
        return [f"{pad}{name}: {listed}"]
    return [f"{pad}{name}:", *(line for one in value for line in item(one, indent + 2))]


def mapping(value: Mapping[str, Value], indent: int) -> list[str]:
    """Return the lines of keys with their values."""
    return [line for key, inner in value.items() for line in entry(key, inner, indent)]


def item(value: Value, indent: int) -> list[str]:
    """Return the lines of one item of a list, `indent` columns in."""
    pad = " " * indent
    if isinstance(value, str):
        return _text(f"{pad}- ", value, indent + 2)
    if isinstance(value, Mapping):
        lines = mapping(value, indent + 2)
        return [f"{pad}- {lines[0].lstrip()}", *lines[1:]]
    return [f"{pad}- {flow(value)}"]


def flow(value: Value) -> str:
    """Return a value on one line, as it stands between brackets."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(scalar(one, flow=True) for one in value) + "]"


def _text(head: str, words: str, indent: int) -> list[str]:
    if "\n" in words:
        return [f"{head}|-", *(" " * indent + line if line else "" for line in words.split("\n"))]
    line = head + scalar(words)
    if len(line) <= WIDTH or "  " in words or words != words.strip():
        return [line]
    room = max(_NARROW, WIDTH - indent)
    return [f"{head}>-", *(" " * indent + one for one in filled(words, room))]


@lru_cache(maxsize=1024)
def scalar(words: str, *, flow: bool = False) -> str:
    """Return a text on one line: as it is where that is read as the same text, else in double quotation marks."""
    sample = f"k: [{words}, x]" if flow else f"k: {words}"
    root = None if "\n" in words else tree.compose(sample, "").root
    wanted = {"k": [words, "x"]} if flow else {"k": words}
    odd = words.casefold() in _WORDS_OF_YAML or ": " in words or not words[:1].isalnum()
    return words if root and not odd and tree.plain_data(root) == wanted else quoted(words)
