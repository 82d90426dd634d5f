"""One text of a YAML file changed where it stands: in the style that the author wrote it in, and nothing else.

Every change is read again: what does not give back exactly the text that was meant, with everything else as it was,
is tried in a safer style, and given up where none is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from toolkit.source import tree
from toolkit.source.positions import Location
from toolkit.source.revise_lines import filled, offset, refilled, width_of

_FEWEST_COLUMNS = 60
_MOST_COLUMNS = 120
_HEADER = re.compile(r"[|>](?:[1-9][+-]?|[+-][1-9]?)?")
_STEP = 2  # how far inside its key a text on lines of its own stands


@lru_cache(maxsize=8)
def composed(text: str, file: str) -> tree.Composed:
    """Return the tree of a file, kept while one edit after the other is put into it."""
    return tree.compose(text, file)


def with_value(text: str, file: str, location: Location, value: str) -> str | None:
    """Return the YAML `text` with `value` at `location`, None where it cannot be written there.

    The last step of `location` may be the text of a key behind a None: then the key itself is changed.
    """
    root = composed(text, file).root
    if root is None:
        return None
    *way, last = location
    if isinstance(last, Key):
        holder = at(root, tuple(way))
        entry = holder.entry(last.text) if isinstance(holder, tree.Mapping) else None
        node: tree.Node | None = entry.key if entry else None
    else:
        node = at(root, location)
    if not isinstance(node, tree.Scalar):
        return None
    ending = "" if isinstance(last, Key) else node.text[len(node.text.rstrip("\n")) :]
    wanted = changed(tree.plain_data(root), location, value.rstrip("\n") + ending)
    for candidate in _candidates(text, node, value.rstrip("\n")):
        if holds(candidate, file, wanted):
            return candidate
    return None


class Key(str):
    """A step of a location that means the key itself and not its value."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Return the key."""
        return str(self)


def holds(text: str, file: str, wanted: Any) -> bool:  # noqa: ANN401  # plain data: str, list, dict
    """Return whether the YAML `text` is read without fault and holds `wanted`, keys in the same order."""
    found = composed(text, file)
    return found.root is not None and not found.problems and _ordered(tree.plain_data(found.root)) == _ordered(wanted)


def _ordered(data: Any) -> Any:  # noqa: ANN401  # plain data
    if isinstance(data, dict):
        return [(key, _ordered(value)) for key, value in data.items()]
    return [_ordered(item) for item in data] if isinstance(data, list) else data


def at(root: tree.Node, location: Sequence[str | int]) -> tree.Node | None:
    """Return the node that exactly `location` leads to, None where there is none."""
    node: tree.Node | None = root
    for step in location:
        if isinstance(node, tree.Mapping) and isinstance(step, str):
            entry = node.entry(step)
            node = entry.value if entry else None
        elif isinstance(node, tree.Sequence) and isinstance(step, int):
            node = node.items[step] if step < len(node.items) else None
        else:
            return None
    return node


def changed(data: Any, location: Sequence[str | int], value: Any) -> Any:  # noqa: ANN401  # plain data
    """Return plain data with `value` at `location`, or as the key that its last step is."""
    if not location:
        return value
    first, *rest = location
    if isinstance(first, Key):
        return {value if key == first.text else key: inner for key, inner in data.items()}
    if isinstance(data, dict):
        return {key: changed(inner, rest, value) if key == first else inner for key, inner in data.items()}
    return [changed(inner, rest, value) if n == first else inner for n, inner in enumerate(data)]


# -- the ways to write a text ------------------------------------------------------------------------


def _candidates(text: str, node: tree.Scalar, value: str) -> Iterator[str]:
    """Yield `text` with `value` in the place of `node`: in its own style first, then in safer ones."""
    start = offset(text, node.span.line, node.span.column)
    end = offset(text, node.span.end_line, node.span.end_column)
    header = _HEADER.match(text, start)
    if not node.plain and header and text[start] in "|>":
        yield from _block_candidates(text, start, header[0], node, value)
        return
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    for written in _flowing(text[start:end], value, start - (text.rfind("\n", 0, start) + 1)):
        yield text[:start] + written + text[end:]
    yield from _fallbacks(text, start, end, value)


def _fallbacks(text: str, start: int, end: int, value: str) -> Iterator[str]:
    if "\n" in value:
        pad = " " * (_indent_of_key(text, start) + _STEP)
        lines = "\n".join(pad + line if line else "" for line in value.split("\n"))
        yield f"{text[:start]}|-\n{lines}{text[end:]}"
    yield text[:start] + quoted(value) + text[end:]


def quoted(value: str) -> str:
    """Return `value` in double quotation marks, as YAML 1.1 reads it."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\x85")


def _indent_of_key(text: str, start: int) -> int:
    """Return how far in the key or item stands that the text at `start` belongs to."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    dashes = re.match(r" *(?:- +)*", line)
    key = dashes[0] if dashes else ""
    return len(key) if line[len(key) :].strip() else max(0, len(key) - _STEP)


def _flowing(written: str, value: str, column: int) -> Iterator[str]:
    """Yield `value` as `written` was: plain or between quotation marks, on as many lines as it needs."""
    sign = written[:1] if written[:1] in ("'", '"') else ""
    inner = written[1:-1] if sign else written
    spelled = {"'": value.replace("'", "''"), '"': quoted(value)[1:-1], "": value}[sign]
    lines = [line.strip() for line in inner.split("\n")]
    if len(lines) == 1 or "" in lines or (sign != '"' and "\n" in value):
        yield sign + spelled + sign
        return
    rest = written.split("\n", 1)[1]
    pad = rest[: len(rest) - len(rest.lstrip(" "))]
    # The first line begins behind its key: what it has less than the others is made up by a word that is cut off.
    lead = "\0" * max(0, column + len(sign) - len(pad))
    old = [lead + lines[0], *lines[1:]]
    made = refilled(old, lead + spelled, width_of(old, _FEWEST_COLUMNS))
    yield sign + f"\n{pad}".join(made).replace("\0", "") + sign


def _block_candidates(text: str, start: int, header: str, node: tree.Scalar, value: str) -> Iterator[str]:
    first = text.find("\n", start) + 1
    lines = text[first:].split("\n") if first else []
    indent = _content_indent(lines, header, _indent_of_key(text, start))
    length = 0
    for n, line in enumerate(lines):
        if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
            break
        length = n + 1 if line.strip() else length
    content = [line[indent:] for line in lines[:length]]
    after = "\n".join(lines[length:])
    closed = length < len(lines)  # else the file ends with the last word
    before = text[:first]
    folded = header[0] == ">"
    room = min(max(map(len, text.split("\n"))), _MOST_COLUMNS) - indent
    made = _folded(content, node.text, value, room) if folded else value.split("\n")
    ways = [(before, made)]
    if folded:
        ways.append((f"{text[:start]}|{header[1:]}{text[start + len(header) : first]}", value.split("\n")))
    for top, body in ways:
        block = "\n".join(f"{' ' * indent}{line}" if line else "" for line in body)
        yield top + block + ("\n" + after if closed else "")
    if not folded or "\n" not in value:
        behind = "\n" + after if after or text.endswith("\n") else ""
        yield text[:start] + quoted(value + node.text[len(node.text.rstrip("\n")) :]) + behind


def _content_indent(lines: Sequence[str], header: str, key: int) -> int:
    """Return how far in the lines of a block of text stand."""
    digits = [char for char in header if char.isdigit()]
    if digits:
        return key + int(digits[0])
    written = next((line for line in lines if line.strip()), " " * (key + _STEP))
    return len(written) - len(written.lstrip(" "))


def _folded(content: Sequence[str], old: str, value: str, room: int) -> list[str]:
    """Return the lines of a folded text: paragraphs that stay keep theirs. `room` is the longest line of the file."""
    runs: list[list[str]] = [[]]
    for line in content:
        if line.strip():
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    paragraphs = [paragraph for paragraph in old.rstrip("\n").split("\n") if paragraph]
    known = dict(zip(paragraphs, runs, strict=False)) if len(paragraphs) == len(runs) else {}
    made: list[str] = []
    count = 0
    for n, paragraph in enumerate(value.split("\n")):
        if n:
            made.append("")
        if paragraph:
            near = runs[min(count, len(runs) - 1)]
            width = width_of(near, max(_FEWEST_COLUMNS, room))
            lines = known.get(paragraph) or refilled(near, paragraph, width)
            made += lines if len(lines) > 1 else filled(paragraph, width)
            count += 1
    return made
