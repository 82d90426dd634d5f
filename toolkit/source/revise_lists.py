"""Items of a list put in, taken out and moved, each with its lines and the comment over it.

What stands between two items (blank lines, the heading of a group in a comment) belongs to the place and stays; an
item takes with it its own lines and the comment right above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from toolkit.source import tree, yaml_text
from toolkit.source.positions import Location
from toolkit.source.revise_lines import offset
from toolkit.source.revise_scalars import at, changed, composed, holds

_COMMENT = re.compile(r"(?:^|\s)#")  # or what looks like one


@dataclass(frozen=True, slots=True)
class New:
    """A new item: its value, and its key where it goes into a mapping.

    `lines` are what an item of another list stood on there, without what it was indented by.
    """

    value: Any
    key: str = ""
    lines: tuple[str, ...] = ()


Order: TypeAlias = Sequence[int | New]
"""The items of a list as they are to stand: old ones by their position counted from 0, and new ones."""


def rearranged(text: str, file: str, location: Location, order: Order) -> str | None:
    """Return the YAML `text` with the list or mapping at `location` in another `order`; None where it cannot be.

    A list without items left is taken out with its key.
    """
    root = composed(text, file).root
    node = at(root, location) if root else None
    if root is None or not isinstance(node, tree.Sequence | tree.Mapping):
        return None
    data = tree.plain_data(root)
    if not order:
        return _without(text, file, root, location)
    wanted = changed(data, location, _data(tree.plain_data(node), order))
    spans = [_extent(text, item) for item in _parts(node)]
    start = offset(text, node.span.line, node.span.column)
    inside = text[start] in "[{"
    for way in (_in_brackets,) if inside else (_in_lines, _in_lines_behind_a_dash):
        candidate = way(text, spans, order)
        if candidate is not None and holds(candidate, file, wanted):
            return candidate
    return None


def added(text: str, file: str, location: Location, key: str, value: yaml_text.Value) -> str | None:
    """Return the YAML `text` with a new `key` at the end of the mapping at `location`, None where it cannot be."""
    root = composed(text, file).root
    node = at(root, location) if root else None
    if root is None or not isinstance(node, tree.Mapping):
        return None
    here = tree.plain_data(node)
    if key in here:
        return None
    wanted = changed(tree.plain_data(root), location, {**here, key: value})
    spans = [_extent(text, item) for item in _parts(node)]
    inside = text[offset(text, node.span.line, node.span.column)] == "{"
    order = [*range(len(spans)), New(value, key)]
    for way in (_in_brackets,) if inside else (_in_lines, _in_lines_behind_a_dash):
        made = way(text, spans, order)
        if made is not None and holds(made, file, wanted):
            return made
    return None


def lifted(text: str, file: str, location: Location, position: int) -> New | None:
    """Return an item of the list at `location` with its lines, for another one; None where a comment would be lost."""
    root = composed(text, file).root
    node = at(root, location) if root else None
    if not isinstance(node, tree.Sequence) or position >= len(node.items):
        return None
    item = node.items[position]
    start, end = _extent(text, (item, item))
    head = text[_line_start(text, start) : start]
    pad = len(head) - len(head.lstrip(" "))
    if head.strip() != "-":
        return None if _COMMENT.search(text, start, end) else New(tree.plain_data(item))
    limit = (
        _line_end(text, _extent(text, (node.items[position - 1],) * 2)[1])
        if position
        else _list_start(text, _line_start(text, start))
    )
    lines = text[_with_comment(text, _line_start(text, start), limit) : _line_end(text, end)].split("\n")
    return New(tree.plain_data(item), lines=tuple(line[pad:] if line.strip() else "" for line in lines))


def _data(old: Any, order: Order) -> Any:  # noqa: ANN401  # plain data
    if isinstance(old, dict):
        pairs = list(old.items())
        return dict(pairs[one] if isinstance(one, int) else (one.key, one.value) for one in order)
    return [old[one] if isinstance(one, int) else one.value for one in order]


def _parts(node: tree.Sequence | tree.Mapping) -> list[tuple[tree.Node, tree.Node]]:
    """Return the first and the last node of each item."""
    if isinstance(node, tree.Mapping):
        return [(entry.key, entry.value) for entry in node.entries]
    return [(item, item) for item in node.items]


def _extent(text: str, item: tuple[tree.Node, tree.Node]) -> tuple[int, int]:
    """Return where an item begins and ends, white space and comments behind a text on lines of its own left out."""
    first, last = item
    return offset(text, first.span.line, first.span.column), _end(text, last)


def _end(text: str, node: tree.Node) -> int:
    end = offset(text, node.span.end_line, node.span.end_column)
    while isinstance(node, tree.Sequence | tree.Mapping):
        inner = node.items if isinstance(node, tree.Sequence) else [entry.value for entry in node.entries]
        if not inner or text[end - 1] in "]}":
            return end
        node = inner[-1]
    start = offset(text, node.span.line, node.span.column)
    if not node.plain and text[start] in "|>":
        return _end_of_block(text, start)
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return end


def _end_of_block(text: str, start: int) -> int:
    """Return where a text on lines of its own ends, which begins with its sign at `start`: with its last words."""
    at_line = text.find("\n", start)
    indent = -1
    end = at_line if at_line >= 0 else len(text)
    while at_line >= 0:
        following = text.find("\n", at_line + 1)
        line = text[at_line + 1 : following if following >= 0 else len(text)]
        if line.strip():
            depth = len(line) - len(line.lstrip(" "))
            indent = depth if indent < 0 else indent
            if depth < indent or depth <= _depth(text, start):
                break
            end = at_line + 1 + len(line)
        at_line = following
    return end


def _depth(text: str, start: int) -> int:
    line = text[_line_start(text, start) : start]
    return len(line) - len(line.lstrip(" "))


# -- one item a line or more -------------------------------------------------------------------------


def _in_lines(text: str, spans: Sequence[tuple[int, int]], order: Order) -> str | None:
    """Return `text` with the items that stand at `spans` in `order`, each on lines of its own."""
    starts = [_line_start(text, start) for start, _ in spans]
    head = text[starts[0] : spans[0][0]]
    pad = len(head) - len(head.lstrip(" "))
    if head.strip() not in ("", "-"):
        return None
    ends = [_line_end(text, end) for _, end in spans]
    limits = [_list_start(text, starts[0]), *ends]
    tops = [_with_comment(text, start, limit) for start, limit in zip(starts, limits, strict=False)]
    chunks = [text[top:end] for top, end in zip(tops, ends, strict=True)]
    gaps = ["", *(text[end:top] for end, top in zip(ends, tops[1:], strict=False))]
    short = all(text[start] in "{[" for start, _ in spans)
    manner = ("- {" if short else "-") if head.strip() else ""
    lines = [_lines_of(one, pad, manner) if isinstance(one, New) else chunks[one] for one in order]
    between, rest = _between(gaps, order)
    pieces = [piece for gap, line in zip(between, lines, strict=True) for piece in (gap, line)]
    return text[: tops[0]] + "".join(pieces) + rest + text[ends[-1] :]


def _between(gaps: Sequence[str], order: Order) -> tuple[list[str], str]:
    """Return what stands before each item of `order`, and behind the last, from what stood before each old one.

    An item keeps the blank lines before it. A comment that stands apart stays where it is, before the next item
    that does.
    """
    blanks = [gap for gap in gaps[1:] if not gap.strip()]
    usual = max(blanks, key=blanks.count) if blanks else "\n"
    staying = _staying([one for one in order if isinstance(one, int)])
    apart: dict[int, str] = {}
    rest = ""
    for n, gap in enumerate(gaps):
        if gap.strip():
            owner = next((one for one in staying if one >= n), None)
            if owner is None:
                rest += gap.rstrip("\n")
            else:
                apart[owner] = gap if owner not in apart else apart[owner].rstrip("\n") + gap
    made = []
    for n, one in enumerate(order):
        own = gaps[one] if isinstance(one, int) and not gaps[one].strip() else ""
        gap = apart.get(one, own) if isinstance(one, int) else ""
        made.append("" if n == 0 and not gap.strip() else gap or usual)
    return [made[0].lstrip("\n"), *made[1:]], rest


def _staying(found: Sequence[int]) -> list[int]:
    """Return the longest run of `found`, not always side by side, that goes up: items that were not moved."""
    best: list[list[int]] = []
    for one in found:
        longest = max((run for run in best if run[-1] < one), key=len, default=[])
        best.append([*longest, one])
    return max(best, key=len, default=[])


def _in_lines_behind_a_dash(text: str, spans: Sequence[tuple[int, int]], order: Order) -> str | None:
    """Return `text` with the keys of a mapping, whose first stands behind a dash, in `order`; the first must stay."""
    if order[0] != 0:
        return None
    column = spans[0][0] - _line_start(text, spans[0][0])
    ends = [_line_end(text, end) for _, end in spans]
    chunks = [text[spans[0][0] : ends[0]]]
    chunks += [text[ends[n] + 1 : end] for n, end in enumerate(ends[1:])]
    lines = [_lines_of(one, column, "") if isinstance(one, New) else chunks[one] for one in order]
    return text[: spans[0][0]] + "\n".join(lines) + text[ends[-1] :]


def _lines_of(one: New, pad: int, manner: str) -> str:
    """Return the lines of a new item: of a mapping, of a list ("-"), or of one whose items are in brackets ("- {")."""
    if one.lines:
        return "\n".join(" " * pad + line if line else "" for line in one.lines)
    short = yaml_text.flow(one.value) if manner == "- {" and not isinstance(one.value, str) else None
    if short:
        return f"{' ' * pad}- {short}"
    return "\n".join(yaml_text.item(one.value, pad) if manner else yaml_text.entry(one.key, one.value, pad))


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _list_start(text: str, first: int) -> int:
    """Return where what may belong to the first item of a list begins: behind the line of its key."""
    start = first
    while start > 0:
        line = text[_line_start(text, start - 1) : start - 1]
        if not line.strip().startswith("#"):
            return start - 1
        start = _line_start(text, start - 1)
    return 0


def _with_comment(text: str, start: int, limit: int) -> int:
    """Return where the comment right above the line at `start` begins, `start` where there is none behind `limit`."""
    while start - 1 > limit:
        above = _line_start(text, start - 1)
        if above <= limit or not text[above : start - 1].strip().startswith("#"):
            break
        start = above
    return start


# -- between brackets --------------------------------------------------------------------------------


def _in_brackets(text: str, spans: Sequence[tuple[int, int]], order: Order) -> str | None:
    """Return `text` with the items at `spans`, between brackets, in `order`; None where a new one is too large."""
    chunks = [text[start:end] for start, end in spans]
    gaps = [text[end : spans[n + 1][0]] for n, (_, end) in enumerate(spans[:-1])]
    made = [_flow_of(one) if isinstance(one, New) else chunks[one] for one in order]
    if not all(made) or (len(order) < len(spans) and any(map(_COMMENT.search, gaps))):
        return None
    pieces = list(made[:1])
    for n, piece in enumerate(made[1:]):
        pieces += [gaps[n] if n < len(gaps) else ", ", piece]
    return text[: spans[0][0]] + "".join(map(str, pieces)) + text[spans[-1][1] :]


def _flow_of(one: New) -> str | None:
    value = yaml_text.flow(one.value) if not any(map(_COMMENT.search, one.lines)) else None
    return f"{yaml_text.flow(one.key)}: {value}" if value and one.key else value


def _without(text: str, file: str, root: tree.Mapping, location: Location) -> str | None:
    """Return `text` without the key at `location`, for a list of which nothing is left."""
    *way, key = location
    holder = at(root, way)
    if not isinstance(holder, tree.Mapping) or len(holder.entries) < 2:  # nothing would be left
        return None
    names = [entry.key.text for entry in holder.entries]
    return rearranged(text, file, tuple(way), [n for n, name in enumerate(names) if name != key])
