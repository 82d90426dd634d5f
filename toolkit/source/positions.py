"""Where each place of a lesson stands in the author's files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.source import tree

Location = tuple[str | int, ...]
"""A way through the tree as pydantic tells it: keys, and positions counted from 0."""


@dataclass(frozen=True)
class Positions:
    """The span of every address, and the text of the files to find words in.

    `running` names the files that are read as running text: there a footnote stands elsewhere than the block
    that it belongs to. `draws` holds, by the place of a question in the bank, the place where the lesson draws it.
    """

    spans: Mapping[str, Span]
    texts: Mapping[str, str] = field(default_factory=dict)
    running: frozenset[str] = frozenset()
    draws: Mapping[Span, Span] = field(default_factory=dict)

    def resolve(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return `diagnostic` with the span of its address, narrowed to its needle where that is found."""
        return next(self.resolve_all((diagnostic,)))

    def resolve_all(self, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield `diagnostics` as `resolve` does; the second with one needle at one place is its second occurrence."""
        met: Counter[tuple[Span, str]] = Counter()
        for diagnostic in diagnostics:
            span = diagnostic.span or self._nearest(diagnostic.address)
            if span is None:
                yield diagnostic
                continue
            where = (span, diagnostic.needle)
            found = replace(diagnostic, span=self.narrow(span, diagnostic.needle, met[where]))
            yield self._with_draw(found) if diagnostic.span is None else found
            met[where] += 1

    def drawn(self, place: str) -> tuple[Span, Span] | None:
        """Return where the question that `place` is in stands in the bank, and where it is drawn; None for no such."""
        while place:
            span = self.spans.get(place)
            if span and span in self.draws:
                return span, self.draws[span]
            place = place.rpartition("/")[0]
        return None

    def _with_draw(self, found: Diagnostic) -> Diagnostic:
        """Return `found` with both places where it is about a question of the bank that the lesson draws."""
        draw = self.drawn(found.address)
        if draw is None or found.span is None or found.span.file == draw[1].file:
            return found
        at = draw[1]
        message = f"{found.message} (drawn at {at.file}:{at.line}:{at.column})"
        return replace(found, message=message, related=(*found.related, at))

    def narrow(self, span: Span, needle: str, after: int = 0) -> Span:
        """Return the place of `needle` within `span`, or `span` where it does not stand there.

        Where it stands there more than once, the first `after` of them are passed over.
        """
        text = self.texts.get(span.file)
        if not text or not needle:
            return span
        sought = _sought(needle)
        start, end = _offset(text, span.line, span.column), _offset(text, span.end_line, span.end_column)
        found = list(islice(sought.finditer(text, start, max(end, start)), after + 1))
        if not found and span.file in self.running:
            found = list(islice(sought.finditer(text, start), after + 1))
        return _span(text, found[-1].start(), found[-1].end(), span.file) if found else span

    def _nearest(self, place: str) -> Span | None:
        """Return the span of `place`, or of the nearest place around it."""
        while place:
            if place in self.spans:
                return self.spans[place]
            place = place.rpartition("/")[0]
        return self.spans.get("")


def _sought(needle: str) -> re.Pattern[str]:
    """Return what finds `needle` as a whole word, across the ends of lines too.

    Punctuation inside a citation key belongs to the word: `@a` is not found in `@a:b`.
    """
    words = r"\s+".join(re.escape(word) for word in needle.split(" "))
    before = r"(?<!\w)" if needle[0].isalnum() else ""
    behind = r"(?!\w|[:.#$%&+?<>~/-]\w)" if needle[-1].isalnum() else ""
    return re.compile(before + words + behind)


def _offset(text: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        following = text.find("\n", at)
        if following < 0:
            return len(text)
        at = following + 1
    return min(at + column - 1, len(text))


def _span(text: str, start: int, end: int, file: str) -> Span:
    line, end_line = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    return Span(file, line, _column(text, start), end_line, _column(text, end))


def _column(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1) + 1


def addresses(node: tree.Node, place: str = "") -> Iterator[tuple[str, Span]]:
    """Yield the address and span of every value in `node`, outer before inner."""
    yield place, node.span
    match node:
        case tree.Mapping(entries):
            for entry in entries:
                yield from addresses(entry.value, address.join(place, entry.key.text))
        case tree.Sequence(items):
            for position, item in enumerate(items):
                yield from addresses(item, address.join(place, address.step(id_of(item), position)))
        case tree.Scalar():
            return


def id_of(item: tree.Node) -> str | None:
    """Return the `id` that an item of a list has, None where it has none."""
    entry = item.entry("id") if isinstance(item, tree.Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, tree.Scalar) else None


def way(node: tree.Node, location: Location) -> Iterator[tuple[tree.Node, tree.Entry | None]]:
    """Yield the nodes on the way that `location` leads, `node` first, each with the entry that it is the value of.

    Steps that are not in the tree (the names of union members) are passed over.
    """
    yield node, None
    for step in location:
        match node:
            case tree.Mapping() if isinstance(step, str) and (entry := node.entry(step)):
                node = entry.value
                yield node, entry
            case tree.Sequence(items) if isinstance(step, int) and step < len(items):
                node = items[step]
                yield node, None
            case _:
                continue


def find(node: tree.Node, location: Location) -> tuple[tree.Node, tree.Entry | None]:
    """Return the last node on the way that `location` leads, and the entry that it is the value of."""
    return list(way(node, location))[-1]
