"""A passage: characters of the source joined to one text, each of which knows the line it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.articles.manuscript import Fate, Piece

_SENTENCE = re.compile(r"[.!?។။。！？؟][”\"’)\]]{0,3}(?:\s+|(?<=[。！？]))")


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of a paragraph, as (line number from 1, first character, text), read as one text.

    Hard-wrapped lines are joined by a space.
    """

    parts: tuple[tuple[int, int, str], ...]

    @property
    def text(self) -> str:
        """Return the text as one line."""
        return " ".join(text for _, _, text in self.parts)

    @property
    def lines(self) -> tuple[int, int]:
        """Return the first and last line of the source."""
        return self.parts[0][0], self.parts[-1][0]

    def line(self, at: int) -> int:
        """Return the line of the source that holds the character `at` of the text."""
        return next((line for line, _, start, end in self._stretches() if start <= at <= end), self.lines[1])

    def pieces(self, start: int, end: int, fate: Fate, about: str) -> Iterator[Piece]:
        """Yield the pieces of the source that the characters `start` to `end` of the text are."""
        for line, column, first, last in self._stretches():
            a, b = max(start, first), min(end, last)
            if a < b:
                yield Piece(line, column + a - first, column + b - first, fate, about)

    def _stretches(self) -> Iterator[tuple[int, int, int, int]]:
        at = 0
        for line, column, text in self.parts:
            yield line, column, at, at + len(text)
            at += len(text) + 1


@dataclass
class Account:
    """The account of a source, while it is read: what became of each stretch of each line.

    `cuts` are stretches that were taken out before anything was read, by line, in order.
    """

    lines: list[str]
    pieces: list[Piece] = field(default_factory=list)
    cuts: dict[int, list[Piece]] = field(default_factory=dict)
    entered: set[int] = field(default_factory=set)

    def cut(self, line: int, start: int, end: int, why: str) -> None:
        """Enter characters of a line, counted from 1, as removed; the rest of the line is to be entered yet."""
        if start < end:
            self.cuts.setdefault(line, []).append(Piece(line, start, end, "removed", why))

    def whole(self, line: int, fate: Fate, about: str) -> None:
        """Enter what is left of the line `line`, counted from 1. A line is of what it was entered for first."""
        if line in self.entered:
            return
        self.entered.add(line)
        at = 0
        for cut in self.cuts.get(line, ()):
            if self.lines[line - 1][at : cut.start].strip():
                self.pieces.append(Piece(line, at, cut.start, fate, about))
            at = cut.end
        if at < len(self.lines[line - 1]):
            self.pieces.append(Piece(line, at, len(self.lines[line - 1]), fate, about))

    def passage(self, passage: Passage, about: str, removed: Iterable[tuple[int, int, str]] = ()) -> None:
        """Enter a passage that is kept as `about`, but for `removed`: start, end, and why."""
        at = 0
        for start, end, why in sorted(removed):
            self.pieces += passage.pieces(at, start, "kept", about)
            self.pieces += passage.pieces(start, end, "removed", why)
            at = end
        self.pieces += passage.pieces(at, len(passage.text), "kept", about)

    def closed(self) -> tuple[Piece, ...]:
        """Return all pieces in order; what nobody entered is white space between, or was overlooked.

        Raise AssertionError where a piece of text is neither kept nor removed: that would be a loss.
        """
        by_line: dict[int, list[Piece]] = {line: list(cuts) for line, cuts in self.cuts.items()}
        for piece in self.pieces:
            by_line.setdefault(piece.line, []).append(piece)
        closed: list[Piece] = []
        for number, line in enumerate(self.lines, start=1):
            closed += _filled(number, line, sorted(by_line.get(number, []), key=lambda p: (p.start, p.end)))
        return tuple(closed)


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences seem to end in characters `start` to `end` of a text: behind the space."""
    for found in _SENTENCE.finditer(text, start, end):
        yield found.end()


def _filled(number: int, line: str, pieces: list[Piece]) -> Iterator[Piece]:
    at = 0
    for piece in pieces:
        if piece.start > at:
            yield _between(number, line, at, piece.start)
        assert piece.start >= at, f"line {number} is accounted for twice at {piece.start}"
        yield piece
        at = piece.end
    if at < len(line):
        yield _between(number, line, at, len(line))


def _between(number: int, line: str, start: int, end: int) -> Piece:
    assert not line[start:end].strip(), f"line {number}: {line[start:end]!r} is not accounted for"
    return Piece(number, start, end, "layout")
