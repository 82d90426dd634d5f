"""YAML as it is written: a tree of text with positions, and nothing guessed.

The events of libyaml are composed here, not loaded: a scalar stays the text the author wrote, whatever it
looks like. What makes YAML dangerous or ambiguous (anchors, aliases, merge keys, tags, keys that stand
twice, endless nesting) is refused with its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from toolkit.model.diagnostics import Diagnostic, LessonError, Span

DEEPEST = 40
MOST_VALUES = 50_000

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. `plain` is whether it stands without quotation marks; `inner` is where its words begin."""

    text: str
    span: Span
    plain: bool


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


def plain_data(node: Node) -> Any:
    """Return `node` as str, list and dict, positions left out."""
    match node:
        case Scalar(text):
            return text
        case Sequence(items):
            return [plain_data(item) for item in items]
        case Mapping(entries):
            return {entry.key.text: plain_data(entry.value) for entry in entries}


def compose(text: str, file: str) -> Mapping:
    """Return the mapping that `text` holds. Raise LessonError with everything that is wrong with it."""
    composer = _Composer(file)
    try:
        node = composer.document(_events(text))
    except yaml.MarkedYAMLError as error:
        composer.problems.append(_broken(error, file, text))
        raise LessonError(composer.problems) from None
    except yaml.YAMLError as error:
        composer.problems.append(Diagnostic("Y105", f"the YAML cannot be read: {error}", Span(file, 1, 1)))
        raise LessonError(composer.problems) from None
    if node is None and not composer.problems:
        composer.wrong("Y110", "the file is empty", Span(file, 1, 1), "begin with `title: ...`")
    elif not isinstance(node, Mapping) and node is not None:
        shape = "list" if isinstance(node, Sequence) else "single value"
        hint = "a lesson is keys with values: `title: ...`"
        composer.wrong("Y110", f"the file holds a {shape} where a lesson is expected", node.span, hint)
    if composer.problems or not isinstance(node, Mapping):
        raise LessonError(composer.problems)
    return node


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_Loader)


class _TooMuch(Exception):
    """The file has more levels or values than is read; the rest is left unread."""


class _Composer:
    """Builds the tree from events, gathering problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Diagnostic] = []
        self._values = 0

    def wrong(self, code: str, message: str, span: Span, hint: str = "", related: tuple[Span, ...] = ()) -> None:
        self.problems.append(Diagnostic(code, message, span, hint=hint, related=related))

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
        except _TooMuch:
            pass
        if isinstance(node, Scalar) and not node.text:
            return None
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        span = self.span(event)
        self._values += 1
        if depth > DEEPEST or self._values > MOST_VALUES:
            what = f"more than {DEEPEST} levels deep" if depth > DEEPEST else f"more than {MOST_VALUES:,} values"
            self.wrong("Y109", f"the file is {what}" if depth > DEEPEST else f"the file has {what}", span)
            raise _TooMuch
        self._refuse_reference(event, span)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, depth, span)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, depth, span)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_surrogates(event, span)
            return Scalar(event.value or "", span, event.style is None or event.style == "")
        return Scalar("", span, plain=False)  # an alias, reported above

    def _refuse_reference(self, event: yaml.Event, span: Span) -> None:
        name = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            self.wrong("Y106", f"an alias, *{name}", span, "write the value out; or put text in quotes if it begins with *")
        elif name:
            self.wrong("Y106", f"an anchor, &{name}", span, "write the value out; or put text in quotes if it begins with &")
        tag = getattr(event, "tag", None)
        if tag:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self.wrong("Y107", f"a tag, {short}", span, "delete it; or put text in quotes if it begins with !")

    def _refuse_surrogates(self, event: yaml.ScalarEvent, span: Span) -> None:
        for char in event.value or "":
            # Escapes in quoted text can spell what decoding the file refuses.
            if (ord(char) < 0x20 and char not in "\n\t") or 0x7F <= ord(char) <= 0x9F or 0xD800 <= ord(char) <= 0xDFFF:
                self.wrong("Y104", f"an escape for a character that cannot be printed, U+{ord(char):04X}", span)
                return
            if char in "\u2028\u2029\ufeff" or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069":
                self.wrong("Y104", f"an escape for an invisible character, U+{ord(char):04X}", span)
                return

    def _sequence(self, events: Iterator[yaml.Event], depth: int, span: Span) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item = self.node(event, events, depth + 1)
            self._refuse_nothing(item, "an item of the list has nothing in it")
            items.append(item)
        return Sequence(tuple(items), span)

    def _mapping(self, events: Iterator[yaml.Event], depth: int, span: Span) -> Mapping:
        entries: list[Entry] = []
        seen: dict[str, Span] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(self.node(event, events, depth + 1))
            value = self.node(next(events), events, depth + 1)
            if key.text == "<<" and key.plain:
                self.wrong("Y106", "a merge key, <<", key.span, "write the keys out")
            elif key.text in seen:
                first = seen[key.text]
                message = f"the key `{key.text}` stands twice; first on line {first.line}"
                self.wrong("Y108", message, key.span, "keep one of them", (first,))
            elif key.text:
                seen[key.text] = key.span
                self._refuse_nothing(value, f"nothing stands after `{key.text}:`", key.span)
                entries.append(Entry(key, value))
        return Mapping(tuple(entries), span)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar) and node.text:
            return node
        self.wrong("Y112", "a key must be a plain word", node.span)
        return Scalar("", node.span, plain=True)

    def _refuse_nothing(self, node: Node, message: str, span: Span | None = None) -> None:
        if isinstance(node, Scalar) and node.plain and not node.text:
            self.wrong("Y113", message, span or node.span, "write a value, or delete the key")


_ADVICE = (
    ("found character that cannot start any token", "put the text in quotation marks: it begins with a special sign"),
    ("mapping values are not allowed", 'a colon with a space after it: put the text in quotation marks, "..."'),
    ("did not find expected key", "check the indentation, and quotation marks inside quotation marks"),
    ("did not find expected '-' indicator", "check the indentation of the list"),
    ("found unexpected end of stream", "a quotation mark or bracket is not closed"),
    ("did not find expected ',' or", "a bracket is not closed, or text with [ or { needs quotation marks"),
    ("while scanning for the next token", "indent with spaces, not with tabs"),
    ("could not find expected ':'", "a colon is missing after a key, or a line is indented wrongly"),
    ("did not find expected alphabetic", "put the text in quotation marks: it begins with a special sign"),
    ("block sequence entries are not allowed", "a list begins on a line of its own"),
)


def _broken(error: yaml.MarkedYAMLError, file: str, text: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    if "end of stream" in (error.problem or ""):
        mark = error.context_mark or mark  # where the quotation mark was opened tells more than the end
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[line])) if mark else 0
    words = (error.problem or error.context or "it cannot be read").replace("\n", " ")
    written = lines[line].lstrip(" ")
    hint = next((advice for sign, advice in _ADVICE if sign in f"{error.context} {words}"), "")
    if written.startswith("\t") or "\\t" in words:
        hint = "indent with spaces, not with tabs"
    span = Span(file, line + 1, column + 1)
    related: tuple[Span, ...] = ()
    if error.context_mark and error.context_mark.line != line:
        related = (Span(file, error.context_mark.line + 1, error.context_mark.column + 1),)
    return Diagnostic("Y105", f"the YAML is broken: {words}", span, hint=hint, related=related)
