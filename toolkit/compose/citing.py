"""How a sheet cites: in the plain style of our own, or in any other by the citation engine.

A style of the engine must know the whole sheet before it prints the first citation. So such a sheet is composed
twice: once with a `Listener`, which hears in printed order what is cited, and once with the engine's answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Protocol

from toolkit.citations.asking import Answer, Place, Question
from toolkit.citations.csl import without_substitute
from toolkit.citations.items import NATIVE, PrintDate, item
from toolkit.citations.plain import Formatter
from toolkit.model import text as t
from toolkit.model.records import Name, SourceRecord
from toolkit.model.style import CitationStyle

_CREATORS: Final = ("author", "editor", "translator", "director", "interviewer", "recipient", "container_author")
_HEARD: Final = (t.Text("\u2026"),)  # stands where the answer will


class Citer(Protocol):
    """What prints the citations of one sheet, in the order of print, and its list of sources."""

    notes: bool
    """Whether a citation in running text is a footnote."""

    def cite(self, citation: t.Citation, *, in_note: bool) -> t.Inlines:
        """Return the printed form of the next citation."""

    def enter_note(self) -> None:
        """Say that what follows stands in a footnote of the author's own."""

    def leave_note(self) -> None:
        """Say that the footnote ends."""

    def order(self, keys: Iterable[str]) -> list[str]:
        """Return `keys` in the order of a list of sources."""

    def entry(self, key: str) -> t.Inlines:
        """Return the entry of one source in the list."""


class PlainCiter:
    """Cites in the plain style, which prints a source alike wherever it is cited."""

    notes = False

    def __init__(self, formatter: Formatter) -> None:
        self._formatter = formatter
        self.order = formatter.order
        self.entry = formatter.entry

    def cite(self, citation: t.Citation, *, in_note: bool) -> t.Inlines:
        """Return the printed form of `citation`."""
        return self._formatter.cite(citation)

    def enter_note(self) -> None:
        """Do nothing: a footnote makes no difference."""

    def leave_note(self) -> None:
        """Do nothing: a footnote makes no difference."""


class Listener:
    """Hears what a sheet cites. What it prints is not shown to anybody."""

    def __init__(self, style: CitationStyle, records: Mapping[str, SourceRecord]) -> None:
        self.notes = style.notes
        self._style = style
        self._records = records
        self._places: list[Place] = []
        self._note: list[t.Citation] | None = None

    def cite(self, citation: t.Citation, *, in_note: bool) -> t.Inlines:
        """Hear `citation`, and return something in its place."""
        if self._note is not None:
            self._note.append(citation)
        else:
            self._places.append(Place((citation,)))
        return _HEARD

    def enter_note(self) -> None:
        """Hear what follows as one footnote."""
        self._note = []

    def leave_note(self) -> None:
        """End the footnote."""
        self._places.append(Place(tuple(self._note or ()), in_note=True))
        self._note = None

    def order(self, keys: Iterable[str]) -> list[str]:
        """Return `keys` as they come."""
        return list(keys)

    def entry(self, key: str) -> t.Inlines:
        """Return something in the place of an entry."""
        return _HEARD

    def question(self, language: str, print_date: PrintDate, *, divided: bool = False) -> Question:
        """Return all that was heard, to be printed in one list of sources, or in a `divided` one."""
        style = replace(self._style, csl=without_substitute(self._style.csl)) if divided else self._style
        items = tuple(item(key, record, self._style, print_date) for key, record in self._records.items())
        return Question(style, language, items, tuple(self._places))


class AnsweredCiter:
    """Prints what the engine answered, in the order in which a Listener heard the sheet.

    Where the style has no list of sources, `plain` prints it: further reading is printed in any style.
    """

    def __init__(
        self, style: CitationStyle, records: Mapping[str, SourceRecord], answer: Answer, plain: Formatter
    ) -> None:
        self.notes = style.notes
        self._records = records
        self._plain = plain
        self._citations = iter(answer.citations)
        self._entries = dict(answer.entries)
        self._order = {key: n for n, key in enumerate(self._entries)}

    def cite(self, citation: t.Citation, *, in_note: bool) -> t.Inlines:
        """Return the printed form of the next citation, which is `citation`."""
        return tuple(_without_marks(node) for node in next(self._citations))

    def enter_note(self) -> None:
        """Do nothing: the engine was told."""

    def leave_note(self) -> None:
        """Do nothing: the engine was told."""

    def order(self, keys: Iterable[str]) -> list[str]:
        """Return `keys` in the order that the style gives the list."""
        if not self._entries:
            return self._plain.order(keys)
        return sorted(keys, key=lambda key: self._order[key])

    def entry(self, key: str) -> t.Inlines:
        """Return the entry of one source, names with their form in their own script behind them."""
        if key not in self._entries:
            return self._plain.entry(key)
        natives = [name.script for name in _people(self._records[key]) if name.script]
        return _with_natives(self._entries[key], natives)


def _people(record: SourceRecord) -> list[Name]:
    return [name for role in _CREATORS for name in getattr(record, role) or ()]


def _mapped(node: t.Inline, change: Mapping[str, str]) -> t.Inline:
    match node:
        case t.Text(text):
            for old, new in change.items():
                text = text.replace(old, new)
            return t.Text(text)
        case t.Emphasis(content):
            return t.Emphasis(tuple(_mapped(inner, change) for inner in content))
        case t.Strong(content):
            return t.Strong(tuple(_mapped(inner, change) for inner in content))
        case t.Link(content, href):
            return t.Link(tuple(_mapped(inner, change) for inner in content), href)
        case t.Note(blocks):
            mapped = tuple(t.rebuilt(b, lambda run: tuple(_mapped(n, change) for n in run)) for b in blocks)
            return replace(node, content=mapped)
        case _:
            return node


def _without_marks(node: t.Inline) -> t.Inline:
    return _mapped(node, {f", {NATIVE}": "", f" {NATIVE}": "", NATIVE: ""})


def _with_natives(entry: t.Inlines, natives: list[str]) -> t.Inlines:
    """Return `entry` with the names of `natives` at their marks, in order: "Zhou, Daguan 周達觀."."""
    waiting = iter(natives)
    made: list[t.Inline] = []
    for node in entry:
        if isinstance(node, t.Text) and NATIVE in node.text:
            text = node.text.replace(f", {NATIVE}", f" {NATIVE}")
            while NATIVE in text and (native := next(waiting, None)):
                text = text.replace(NATIVE, native if f" {NATIVE}" in text else f" {native}", 1)
            node = t.Text(text)
        made.append(_without_marks(node))
    return tuple(made)
