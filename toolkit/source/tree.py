"""YAML as it is written: a tree of text with positions, and nothing guessed.

The events of libyaml are composed here, not loaded: a scalar stays the text the author wrote, whatever it
looks like. What makes YAML dangerous or ambiguous (anchors, aliases, merge keys, tags, keys that stand
twice, endless nesting) is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import yaml

from toolkit.model import characters
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.model.quoting import short
from toolkit.source import broken, unclosed
from toolkit.source.limits import MOST_TOLD, told

DEEPEST = 40
_NAMED = re.compile(r"(?:[!&]\S*\s+)*")  # a tag or an anchor before a value, which libyaml counts to it
MOST_VALUES = 50_000

_ESCAPE = re.compile(r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|.)", re.S)
# The escapes of YAML 1.1 (5.6, "Escape sequences") for what no text may hold.
_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "v": "\v", "f": "\f", "r": "\r",
            "N": "\x85", "L": "\u2028", "P": "\u2029"}  # fmt: skip  # pairs read better in lines
_FIRST_KEY = "a lesson is keys with values, and begins `title: ...`"

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `plain` is whether it stands without quotation marks."""

    text: str
    span: Span
    plain: bool

    @property
    def absent(self) -> bool:
        """Return whether nothing is written here, which is told when the file is read."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in written order."""

    entries: tuple[Entry, ...]
    span: Span

    def entry(self, key: str) -> Entry | None:
        """Return the entry of `key`, or None."""
        return next((entry for entry in self.entries if entry.key.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain_data(node: Node) -> Any:  # noqa: ANN401  # str, list or dict, of the same again
    """Return `node` as str, list and dict, positions left out."""
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain_data(item) for item in items]
        case Mapping(entries):
            return {entry.key.text: plain_data(entry.value) for entry in entries}


@dataclass(frozen=True, slots=True)
class Composed:
    """A file as a tree, and what is wrong with it. `root` is None where the rest cannot be told from the tree."""

    root: Mapping | None
    problems: tuple[Diagnostic, ...]


def compose(text: str, file: str) -> Composed:
    """Return the mapping that `text` holds, with everything that is wrong with it as YAML."""
    composer = _Composer(text, file)
    try:
        node = composer.document(_events(text))
    except yaml.MarkedYAMLError as error:
        return composer.without(*composer.broken(error))
    except yaml.YAMLError as error:  # pragma: no cover - what libyaml's reader refuses, `files` refuses before
        return composer.without(Diagnostic("Y105", f"the YAML cannot be read: {error}", Span(file, 1, 1)))
    if isinstance(node, Mapping):
        return Composed(node if composer.complete else None, tuple(composer.problems))
    if composer.problems:
        return composer.without()
    if node is None:
        return composer.without(Diagnostic("Y110", "the file is empty", Span(file, 1, 1), hint=_FIRST_KEY))
    shape = "list" if isinstance(node, Sequence) else "single text"
    message = f"the file holds a {shape} where keys with values are expected"
    return composer.without(Diagnostic("Y110", message, node.span, hint=_FIRST_KEY))


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_Loader)


class _TooMuchError(Exception):
    """The file has more levels, values or problems than are read; the rest is left unread."""


class _Composer:
    """Builds the tree from events, gathering problems on the way."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.problems: list[Diagnostic] = []
        self.complete = True
        self._values = 0
        self._quoted: tuple[int, int] | None = None  # where the last text in quotation marks begins and ends

    def without(self, *problems: Diagnostic) -> Composed:
        """Return a file that is no tree, with what was found and `problems`."""
        return Composed(None, tuple(told(chain(self.problems, problems))))

    def wrong(self, code: str, message: str, span: Span, hint: str = "", related: tuple[Span, ...] = ()) -> None:
        self.tell(Diagnostic(code, message, span, hint=hint, related=related))

    def tell(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) > MOST_TOLD:
            raise _TooMuchError

    def broken(self, error: yaml.MarkedYAMLError) -> Iterator[Diagnostic]:
        """Yield what libyaml could not read, unless a sign that was refused before is the cause: *River* is."""
        found = broken.diagnostic(error, self.file, self.text, self._quoted)
        lines = [problem.span.line for problem in self.problems if problem.span]
        if found.span and found.span.line not in lines[-1:]:
            yield found

    def span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    if event.version or event.tags:
                        self.wrong("Y111", "a directive (%YAML or %TAG)", self.span(event), "delete the line")
                    if node is not None:
                        self.wrong("Y111", "a second document begins here", self.span(event), "one lesson a file")
                        break
                elif isinstance(event, yaml.NodeEvent):
                    node = self.node(event, events, 1)
        except _TooMuchError:
            return None
        if isinstance(node, Scalar) and not node.text:
            return None
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        span = self.span(event)
        self._values += 1
        if depth > DEEPEST or self._values > MOST_VALUES:
            deep, many = f"is more than {DEEPEST} levels deep", f"has more than {MOST_VALUES:,} values"
            self.wrong("Y109", f"the file {deep if depth > DEEPEST else many}", span, "no lesson is written so")
            raise _TooMuchError
        self._refuse_reference(event, span)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, depth, span)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, depth, span)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_escapes(event, span)
            self._refuse_unclosed(event)
            text = event.value or event.tag or ""  # what follows ! is no tag to who wrote it
            return Scalar(text, span, event.style is None or event.style == "")
        return Scalar("an alias", span, plain=True)  # reported above

    def _refuse_reference(self, event: yaml.Event, span: Span) -> None:
        name = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self.complete = False
            hint = "put a text that begins with * in quotation marks; or write the value out"
            self.wrong("Y106", f"*{short(str(name))} is an alias, which a lesson does not have", span, hint)
        elif name:
            hint = "put a text that begins with & in quotation marks; or delete this word"
            message = f"&{short(str(name))} is an anchor, which a lesson does not have"
            self.wrong("Y106", message, self._first(span, len(name) + 1), hint)
        tag = getattr(event, "tag", None)
        if tag:
            written = tag.replace("tag:yaml.org,2002:", "!!")
            hint = "put a text that begins with ! in quotation marks; or delete this word"
            message = f"{short(written)} is a tag, which a lesson does not have"
            self.wrong("Y107", message, self._first(span, len(written)), hint)

    def _first(self, span: Span, length: int) -> Span:
        return Span(self.file, span.line, span.column, span.line, span.column + length)

    def _refuse_escapes(self, event: yaml.ScalarEvent, span: Span) -> None:
        """Refuse escapes in quoted text that spell what is refused when the file is decoded."""
        stray = next(characters.refused(event.value or ""), None)
        if stray is None:
            return
        assert event.start_mark is not None
        assert event.end_mark is not None
        start = event.start_mark.index
        for found in _ESCAPE.finditer(self.text[start : event.end_mark.index]):
            digits = found["x"] or found["u"] or found["U"]
            if (chr(int(digits, 16)) if digits else _ESCAPES.get(found[0][1])) == stray[0]:
                before = self.text[: start + found.start()]
                line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
                span = Span(self.file, line, column, line, column + len(found[0]))
                break
        self.wrong("Y104", f"a code for {characters.name(stray[0])}", span, "delete it")

    def _refuse_unclosed(self, event: yaml.ScalarEvent) -> None:
        """Refuse a text in quotation marks that swallowed the lines after it: what they say would be lost."""
        if event.style not in {'"', "'"} or event.start_mark is None or event.end_mark is None:
            return
        named = _NAMED.match(self.text, event.start_mark.index)
        start = self.text.index(event.style, named.end() if named else event.start_mark.index)
        end = event.end_mark.index
        self._quoted = start, end
        if unclosed.runs_on(self.text, start, end):
            self.complete = False
            self.tell(unclosed.diagnostic(self.text, start, end, self.file))

    def _sequence(self, events: Iterator[yaml.Event], depth: int, span: Span) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self.node(event, events, depth + 1)
            self._refuse_nothing(item, "an item of the list has nothing in it")
            items.append(item)
        return Sequence(tuple(items), self._whole(span, event, items))

    def _mapping(self, events: Iterator[yaml.Event], depth: int, span: Span) -> Mapping:
        entries: list[Entry] = []
        seen: dict[str, Span] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(self.node(event, events, depth + 1))
            value = self.node(next(events), events, depth + 1)
            if key.text == "<<" and key.plain:
                self.complete = False
                self.wrong("Y106", "<< is a merge key, which a lesson does not have", key.span, "write the keys out")
            elif key.text in seen:
                first = seen[key.text]
                message = f"the key `{short(key.text)}` stands twice; first on line {first.line}"
                self.wrong("Y108", message, key.span, "keep one of them", (first,))
            elif key.text:
                seen[key.text] = key.span
                self._refuse_nothing(value, f"nothing stands after `{short(key.text)}:`", key.span)
                entries.append(Entry(key, value))
        return Mapping(tuple(entries), self._whole(span, event, [entry.value for entry in entries]))

    def _whole(self, span: Span, end: yaml.Event, inner: Iterable[Node]) -> Span:
        """Return the span of a collection from its beginning to its closing bracket, or to what is last in it."""
        last = max((node.span for node in inner), default=span)
        closing = self.span(end)
        if (closing.line, closing.column) != (closing.end_line, closing.end_column):
            last = closing
        return Span(self.file, span.line, span.column, last.end_line, last.end_column)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text:
            return node
        self.wrong("Y112", "a key must be a plain word", node.span, "write `key: value`")
        return Scalar("", node.span, plain=True)

    def _refuse_nothing(self, node: Node, message: str, span: Span | None = None) -> None:
        if isinstance(node, Scalar) and node.absent:
            self.wrong("Y113", message, span or node.span, f"write a value, or delete the {'key' if span else 'line'}")
