"""What is left of a specification without its faults, so that one run can tell the faults of the rest too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import ErrorDetails

from toolkit.model.diagnostics import Span
from toolkit.source import tree
from toolkit.source.positions import way

_TITLE = "title"  # the one key that a lesson cannot be without


@dataclass(frozen=True, slots=True)
class Salvage:
    """A tree without what is wrong, and the keys of the lesson under which something was taken away."""

    root: tree.Mapping
    touched: frozenset[str]


def without(root: tree.Mapping, errors: Iterable[ErrorDetails]) -> Salvage:
    """Return `root` without the nodes that `errors` are about, and with a title.

    A key that is missing takes its mapping with it. Where that was taken from another mapping that cannot be
    without it, reading the result again tells so.
    """
    gone: set[int] = set()
    touched: set[str] = set()
    for error in errors:
        node, _ = list(way(root, error["loc"]))[-1]
        gone.add(id(node))
        touched.update(str(step) for step in error["loc"][:1])
    left = _kept(root, gone)
    assert isinstance(left, tree.Mapping)
    return Salvage(_titled(left), frozenset(touched))


def _kept(node: tree.Node, gone: set[int]) -> tree.Node:
    match node:
        case tree.Mapping(entries, span):
            kept = (tree.Entry(e.key, _kept(e.value, gone)) for e in entries if id(e.value) not in gone)
            return tree.Mapping(tuple(kept), span)
        case tree.Sequence(items, span):
            return tree.Sequence(tuple(_kept(item, gone) for item in items if id(item) not in gone), span)
        case tree.Scalar():
            return node


def _titled(root: tree.Mapping) -> tree.Mapping:
    if root.entry(_TITLE):
        return root
    at = Span(root.span.file, 1, 1, 1, 1)
    title = tree.Entry(tree.Scalar(_TITLE, at, plain=True), tree.Scalar("Untitled", at, plain=True))
    return tree.Mapping((*root.entries, title), root.span)
