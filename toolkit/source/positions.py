"""Where each place of a lesson stands in the author's files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.source import tree

Location = tuple[str | int, ...]
"""A way through the tree as pydantic tells it: keys, and positions counted from 0."""


@dataclass(frozen=True)
class Positions:
    """The span of every address, and the text of the files to find words in."""

    spans: Mapping[str, Span]
    texts: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return `diagnostic` with the span of its address, narrowed to its needle where that is found."""
        span = diagnostic.span or self._nearest(diagnostic.address)
        if span is None:
            return diagnostic
        return replace(diagnostic, span=self.narrow(span, diagnostic.needle))

    def narrow(self, span: Span, needle: str) -> Span:
        """Return the place of `needle` within `span`, or `span` where it does not stand there."""
        text = self.texts.get(span.file)
        if not text or not needle:
            return span
        start, end = _offset(text, span.line, span.column), _offset(text, span.end_line, span.end_column)
        at = text.find(needle, start, max(end, start))
        return span if at < 0 else _span(text, at, at + len(needle), span.file)

    def _nearest(self, place: str) -> Span | None:
        """Return the span of `place`, or of the nearest place around it."""
        while place:
            if place in self.spans:
                return self.spans[place]
            place = place.rpartition("/")[0]
        return self.spans.get("")


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        following = text.find("\n", at)
        if following < 0:
            return len(text)
        at = following + 1
    return min(at + column - 1, len(text))


def _span(text: str, start: int, end: int, file: str) -> Span:
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(file, line, column, line, column + end - start)


def addresses(node: tree.Node, place: str = "") -> Iterator[tuple[str, Span]]:
    """Yield the address and span of every value in `node`, outer before inner."""
    yield place, node.span
    match node:
        case tree.Mapping(entries):
            for entry in entries:
                yield from addresses(entry.value, address.join(place, entry.key.text))
        case tree.Sequence(items):
            for position, item in enumerate(items):
                yield from addresses(item, address.join(place, address.step(_id_of(item), position)))
        case tree.Scalar():
            return


def _id_of(item: tree.Node) -> str | None:
    entry = item.entry("id") if isinstance(item, tree.Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, tree.Scalar) else None


def find(node: tree.Node, location: Location) -> tuple[tree.Node, tree.Entry | None]:
    """Return the node that `location` leads to, as far as it leads, and the entry that it is the value of.

    Steps that are not in the tree (the names of union members) are passed over.
    """
    entry: tree.Entry | None = None
    for step in location:
        match node:
            case tree.Mapping() if isinstance(step, str) and node.entry(step):
                entry = node.entry(step)
                assert entry is not None
                node = entry.value
            case tree.Sequence(items) if isinstance(step, int) and step < len(items):
                node, entry = items[step], None
            case _:
                continue
    return node, entry
