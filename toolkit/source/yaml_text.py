"""YAML as a designer would write it: short things on one line, long ones folded, comments where a person must look.

Plain data in: texts, numbers, lists, mappings, and `Commented` values. A text is written without quotation
marks where it can be: the lesson's fields say what they hold, so that `1978-12` and `no` stay text.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, Union

WIDTH = 110  # characters of a line
_PLAIN = re.compile(r"[^\W_](?:[^\n#:]|(?<!\s)#|:(?!\s|$))*(?<!\s)")
_IN_FLOW = re.compile(r"[\[\]{},?:]")  # PyYAML reads a question mark or colon in a flow list as a key
_WORDS_OF_YAML = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})

Value: TypeAlias = Union[str, int, float, bool, "Commented", Sequence["Value"], Mapping[str, "Value"]]


@dataclass(frozen=True, slots=True)
class Commented:
    """A value with a comment over it, one line or several."""

    value: Value
    comment: str


def dump(data: Mapping[str, Value]) -> str:
    """Return `data` as YAML, with a blank line between the large parts of the first level."""
    lines: list[str] = []
    large = False
    for key, value in data.items():
        block = list(_entry(key, value, 0))
        if lines and (len(block) > 1 or large):
            lines.append("")
        large = len(block) > 1
        lines += block
    return "\n".join(lines) + "\n"


def entry(key: str, value: Value, indent: int) -> list[str]:
    """Return the lines of one key with its value, `indent` columns in."""
    return list(_entry(key, value, indent))


def item(value: Value, indent: int) -> list[str]:
    """Return the lines of one item of a list, `indent` columns in; the keys of a mapping are below each other."""
    if isinstance(value, Mapping):
        lines = [line for key, inner in value.items() for line in _entry(key, inner, indent + 2)]
        return [f"{' ' * indent}- {lines[0].lstrip()}", *lines[1:]]
    return list(_items([value], indent))


def flow(value: Value) -> str | None:
    """Return a value on one line, as it stands between brackets; None where it is larger than that."""
    return _flow_item(value) if isinstance(value, str) else _flow(value)


def comment(words: str) -> str:
    """Return the lines of a comment, with the line feed behind the last."""
    return "".join(f"{line}\n" for line in _comment(words, 0))


def _entry(key: str, value: Value, indent: int) -> Iterator[str]:
    """Yield the lines of one key with its value."""
    pad = " " * indent
    if isinstance(value, Commented):
        yield from _comment(value.comment, indent)
        value = value.value
    name = _scalar(key, flow=False)
    short = _short(value, WIDTH - indent - len(name) - 2)
    if short is not None:
        yield f"{pad}{name}: {short}"
    elif isinstance(value, str):
        yield f"{pad}{name}: {_style(value)}"
        yield from _folded(value, indent + 2)
    elif isinstance(value, Mapping):
        yield f"{pad}{name}:"
        for inner, content in value.items():
            yield from _entry(inner, content, indent + 2)
    elif isinstance(value, Sequence):
        yield f"{pad}{name}:"
        yield from _items(value, indent + 2)


def _items(values: Sequence[Value], indent: int) -> Iterator[str]:
    pad = " " * indent
    for value in values:
        if isinstance(value, Commented):
            yield from _comment(value.comment, indent)
            value = value.value
        short = _short(value, WIDTH - indent - 2)
        if short is not None:
            yield f"{pad}- {short}"
        elif isinstance(value, str):
            yield f"{pad}- {_style(value)}"
            yield from _folded(value, indent + 4)
        elif isinstance(value, Mapping):
            lines = [line for key, content in value.items() for line in _entry(key, content, indent + 2)]
            if lines[0].lstrip().startswith("#"):  # a comment cannot stand behind the dash
                yield f"{pad}-"
                yield from lines
            else:
                yield f"{pad}- {lines[0].lstrip()}"
                yield from lines[1:]
        elif isinstance(value, Sequence):
            yield f"{pad}-"
            yield from _items(value, indent + 2)


def _comment(words: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    for line in words.split("\n"):
        yield from textwrap.wrap(line, WIDTH, initial_indent=f"{pad}# ", subsequent_indent=f"{pad}# ")


def _short(value: Value, room: int) -> str | None:
    """Return `value` on one line of at most `room` characters, or None."""
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        line = _scalar(value, flow=False)
        return line if _is_odd(value) or (len(line) <= room and "\n" not in value) else None
    if isinstance(value, Commented):
        return None
    flow = _flow(value)
    return flow if flow is not None and len(flow) <= room else None


def _flow(value: Value) -> str | None:
    """Return a list or mapping of plain things in flow style, None where it holds anything larger."""
    if isinstance(value, Mapping):
        inner = {key: _flow_item(item) for key, item in value.items()}
        if not value or any(item is None for item in inner.values()) or len(value) > 4:
            return "{}" if not value else None
        return "{" + ", ".join(f"{_scalar(key, flow=True)}: {item}" for key, item in inner.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        cells = [_flow_item(cell) for cell in value]
        return None if None in cells else "[" + ", ".join(filter(None, cells)) + "]"
    return None


def _flow_item(value: Value) -> str | None:
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        return _scalar(value, flow=True) if "\n" not in value else None
    return None


def _scalar(words: str, *, flow: bool) -> str:
    """Return a text on one line: as it is where that reads as the same text, else in double quotes."""
    odd = words.casefold() in _WORDS_OF_YAML or re.search(r"[\"\\\t\x7f-\x9f]", words)
    if _PLAIN.fullmatch(words) and not odd and not (flow and _IN_FLOW.search(words)):
        return words
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")


def _is_odd(words: str) -> bool:
    """Return whether only quotation marks hold `words`: white space or line ends at its edges."""
    return words != words.strip() or not words.strip("\n")


def _style(words: str) -> str:
    return ">-" if _folds(words) else "|-"


def _folds(words: str) -> bool:
    """Return whether folded lines give back `words`: no line begins or ends with white space, none is code."""
    return not re.search(r"(?m)^[ \t]|[ \t]$|  |\t|(?<!\n)\n(?!\n)|\n{3,}", words)


def _folded(words: str, indent: int) -> Iterator[str]:
    pad = " " * indent
    if not _folds(words):
        yield from (pad + line if line else "" for line in words.split("\n"))
        return
    for n, paragraph in enumerate(words.split("\n\n")):
        if n:
            yield ""
            yield ""
        lines = textwrap.wrap(paragraph, max(40, WIDTH - indent), break_long_words=False, break_on_hyphens=False)
        yield from (pad + line for line in lines)
