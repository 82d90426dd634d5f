"""A printout as indented lines that a person can read, every field of every node on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from toolkit.model import text as t
from toolkit.model.printout import Picture, Printout

_INLINE = (t.Text, t.Emphasis, t.Strong, t.Code, t.Link, t.LineBreak, t.Citation, t.Note, t.Term, t.Gap)


def dump(printout: Printout) -> str:
    """Return `printout` as text; values that are empty or the default of nothing are left out."""
    return "\n".join(_node(printout, 0)) + "\n"


def inline(content: t.Inlines) -> str:
    """Return a run of inline content on one line."""
    return "".join(_inline(node) for node in content)


def _inline(node: t.Inline) -> str:  # noqa: C901, PLR0911  # one way out for each kind of node
    match node:
        case t.Text(words):
            return words
        case t.Emphasis(content):
            return f"*{inline(content)}*"
        case t.Strong(content):
            return f"**{inline(content)}**"
        case t.Code(words):
            return f"`{words}`"
        case t.Link(content, href):
            return f"[{inline(content)}]({href})"
        case t.LineBreak():
            return " / "
        case t.Citation() | t.LineReference():
            return f"<<UNRESOLVED {node!r}>>"
        case t.Note(blocks, number):
            return f"^{number}[{' '.join(inline(run) for block in blocks for run in t.inlines_of(block))}]"
        case t.Term(content, address):
            return f"{{{inline(content)}={address}}}"
        case t.Gap(number, width):
            return f"__{number}:{width:g}__"


def _node(node: object, depth: int, label: str = "") -> Iterator[str]:
    assert is_dataclass(node)
    small: list[str] = []
    large: list[tuple[str, object]] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if value in ("", (), None, False):
            continue
        if _is_large(value):
            large.append((field.name, value))
        else:
            small.append(f"{field.name}={_small(value)}")
    yield "  " * depth + label + " ".join([type(node).__name__, *small])
    for name, value in large:
        yield from _large(name, value, depth + 1)


def _is_large(value: object) -> bool:
    if isinstance(value, tuple) and value and all(isinstance(item, _INLINE) for item in value):
        return False
    return is_dataclass(value) or (isinstance(value, tuple) and any(not isinstance(item, str | int) for item in value))


def _small(value: object) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], _INLINE):
        return repr(inline(value))
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


def _large(name: str, value: object, depth: int) -> Iterator[str]:
    if isinstance(value, Picture):
        yield "  " * depth + f"{name}: Picture {value.file} {value.media_type} {value.width}x{value.height}"
    elif is_dataclass(value):
        yield from _node(value, depth, f"{name}: ")
    else:
        assert isinstance(value, tuple)
        yield "  " * depth + f"{name}:"
        for item in value:
            yield from _item(item, depth + 1)


def _item(item: object, depth: int) -> Iterator[str]:
    if isinstance(item, tuple):
        if not _is_large(item):
            yield "  " * depth + f"- {_small(item)}"
            return
        yield "  " * depth + "-"
        for inner in item:
            yield from _item(inner, depth + 1)
    elif isinstance(item, Picture):
        yield from _large("-", item, depth)
    else:
        yield from _node(item, depth)
