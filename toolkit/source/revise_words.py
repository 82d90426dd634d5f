"""Printed words carried into the Markdown that they were printed from.

What Markdown says in other words than it prints (a citation, a reference to a line, a footnote, a gap, a picture) is
an atom: it stays as the author wrote it, and an edit that touches its printed words is told and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from toolkit.model import citing, marking, markup, merging, pointing
from toolkit.model import text as t
from toolkit.model.tokens import Token, settled, tokens, words_of

_TOUCHED: Final = (
    "the edit touches a citation, a reference, a footnote or a gap",
    "the edit touches words that are printed from elsewhere: change them in the lesson",
)

State: TypeAlias = Literal["applied", "already", "conflict", "reported"]

# The private use area stands in for atoms while words are merged; no text of a lesson holds it.
_FIRST_ATOM: Final = 0xE000
_LAST_ATOM: Final = 0xF8FF
_NOTE: Final = re.compile(r"\[\^[^\]\s]+\]|\^\[[^\[\]]*\]|!\[[^\[\]]*\]\([^()]*\)")
_GAP: Final = re.compile(r"\{[^{}]*[^{}\s][^{}]*\}")
_CHARACTERS: Final = re.compile(r"[^\W_]+|[\W_]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What became of an edit: the Markdown with it, "" where there is none, and why not."""

    state: State
    markdown: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Masked:
    """Markdown with a stand-in for each atom, and what they stand for."""

    text: str
    atoms: tuple[str, ...]

    def restored(self, text: str) -> str:
        return "".join(self.atoms[ord(char) - _FIRST_ATOM] if _is_atom(char) else char for char in text)


def carry(  # noqa: PLR0911  # a way out for each reason
    source: str,
    before: t.Inlines,
    after: t.Inlines,
    today: t.Inlines | None,
    *,
    gaps: bool = False,
    within: bool = False,
) -> Words:
    """Return the Markdown `source` of one line with the change from `before` to `after`, both as printed.

    `today` is what is printed of `source`, None where it is not known: then it counts as `before`. Where `gaps`,
    braces in `source` are gaps. Where `within`, more may be printed there than `source` says: a label, a date.
    """
    old, new = tokens(before), tokens(after)
    now = tokens(today) if today is not None else old
    if old == new or now == new:
        return Words("already", source)
    masked = _masked(source, gaps=gaps)
    if masked is None:
        return Words("reported", reason="it holds characters that the program keeps for itself")
    written = tokens(markup.inlines(masked.text))
    plan = _aligned(now, written, within=within)
    if plan is None and today is None and _aligned(new, written, within=within):
        return Words("already", source)
    if plan is None:
        why = "what is printed there cannot be found in the author's words" if today is not None else "it has changed"
        return Words("reported" if today is not None else "conflict", reason=why)
    chunks = merging.merge(old, new, now, lambda token: token.text == " ")
    if any(chunk.side == "conflict" for chunk in chunks):
        return Words("conflict", reason="both sides changed the same words")
    merged = plan.carried(chunks)
    if merged is None:
        return Words("reported", reason=_TOUCHED[within])
    if not merged:
        return Words("reported", reason="nothing is left of it")
    if merged == written:
        return Words("already", source)
    text = _spelled(masked.text, written, merged)
    if text is None:
        return Words("reported", reason="Markdown has no way to write it")
    return Words("applied", masked.restored(text))


# -- atoms -------------------------------------------------------------------------------------------


def _is_atom(char: str) -> bool:
    return len(char) == 1 and _FIRST_ATOM <= ord(char) <= _LAST_ATOM


def _masked(source: str, *, gaps: bool) -> _Masked | None:
    if any(_is_atom(char) for char in source):
        return None
    found = sorted(_atoms(source, gaps=gaps))
    pieces: list[str] = []
    atoms: list[str] = []
    at = 0
    for start, end in found:
        if start < at or (start and source[start - 1] == "\\"):
            continue
        pieces += [source[at:start], chr(_FIRST_ATOM + len(atoms))]
        atoms.append(source[start:end])
        at = end
    return _Masked("".join(pieces) + source[at:], tuple(atoms)) if len(atoms) < 6000 else None


def _atoms(source: str, *, gaps: bool) -> Iterator[tuple[int, int]]:
    yield from citing.places(source)
    yield from pointing.places(source)
    yield from (found.span() for found in _NOTE.finditer(source))
    if gaps:
        yield from (found.span() for found in _GAP.finditer(source))


# -- printed words beside written ones ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Atom:
    """A run of written tokens with an atom in it, and the printed tokens `start` to `end` that stand for it."""

    written: tuple[Token, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which written token each printed one is from; None for those of an atom."""

    printed: tuple[Token, ...]
    written: tuple[Token | None, ...]
    atoms: tuple[_Atom, ...]

    def carried(self, chunks: Sequence[merging.Chunk[Token]]) -> tuple[Token, ...] | None:
        """Return the written tokens with what `chunks` change, None where an atom is touched."""
        made: list[Token] = []
        placed = 0
        for chunk in chunks:
            kept = chunk.side in ("same", "theirs", "both")
            end = chunk.start + len(chunk.theirs)
            for position in range(chunk.start, end if kept else chunk.start):
                placed += self._atoms_at(position, made)
                token = self.written[position]
                made += [token] if token else []
            if not kept:
                if any(atom.end > chunk.start and atom.start < end for atom in self._printed_atoms()):
                    return None
                if any(chunk.start < atom.start < end for atom in self.atoms):
                    return None
                if chunk.theirs:
                    placed += self._atoms_at(chunk.start, made)
                made += self._marked(chunk)
        placed += self._atoms_at(len(self.printed), made)
        return settled(made) if placed == len(self.atoms) else None

    def _printed_atoms(self) -> Iterator[_Atom]:
        return (atom for atom in self.atoms if atom.end > atom.start)

    def _atoms_at(self, position: int, made: list[Token]) -> int:
        """Add the atoms that are printed from `position` on; return how many."""
        found = [atom for atom in self.atoms if atom.start == position]
        for atom in found:
            made += atom.written
        return len(found)

    def _marked(self, chunk: merging.Chunk[Token]) -> Iterator[Token]:
        """Yield the new words of `chunk` with the marks to be written: those that only the print has are left out."""
        end = chunk.start + len(chunk.theirs)
        pairs = [(self.printed[n], token) for n in range(chunk.start, end) if (token := self.written[n])]
        solid = [pair for pair in pairs if not pair[0].blank]
        around = [
            (self.printed[n], token)
            for n in (chunk.start - 1, end)
            if 0 <= n < len(self.printed) and (token := self.written[n])
        ]
        for token in chunk.mine:
            twin = next((pair for pair in solid if pair[0].text == token.text), None)
            alike = twin or next((pair for pair in solid if pair[0].marks == token.marks), None)
            if alike is None and not solid and len(around) == 2:  # a neighbour on each side
                added = [printed.marks - written.marks for printed, written in around]
                alike = around[0] if added[0] == added[1] else None
            printed, written = alike or (solid[0] if solid else (Token(""), Token("")))
            only_printed = printed.marks - written.marks
            yield replace(token, marks=(token.marks - only_printed) | (written.marks - printed.marks))


def _aligned(printed: Sequence[Token], written: Sequence[Token], *, within: bool = False) -> _Plan | None:
    """Return which written token each printed one is from, None where they do not fit.

    Where `within`, printed words that are nowhere written are an atom of which nothing is written.
    """
    sources: list[Token | None] = [None] * len(printed)
    atoms: list[_Atom] = []
    ours, theirs = [token.text for token in printed], [token.text for token in written]
    for same, a, b, c, d in _runs_in_place(ours, theirs) or _blocks(ours, theirs):
        if same:
            sources[a:b] = written[c:d]
            continue
        inside = [text for text in theirs[c:d] if not _is_atom(text)]
        has_atom = len(inside) < d - c
        words = "".join(inside)
        more = "" if within else "".join(ours[a:b])
        if any(char.isalnum() for char in words) or (not has_atom and (words + more).strip()):
            return None
        atoms.append(_Atom(tuple(written[c:d]), a, b))
    return _Plan(tuple(printed), tuple(sources), tuple(atoms))


_Span: TypeAlias = tuple[bool, int, int, int, int]
"""Whether a stretch is the same, and where it is in what is printed and in what is written."""


def _blocks(ours: Sequence[str], theirs: Sequence[str]) -> list[_Span]:
    opcodes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [(tag == "equal", a, b, c, d) for tag, a, b, c, d in opcodes]


def _runs_in_place(ours: Sequence[str], theirs: Sequence[str]) -> list[_Span] | None:
    """Return the runs of `theirs` between its atoms at their places in `ours`, None where they do not stand so there.

    The first run is the beginning of what is printed and the last one its end, each of the others stands where it is
    found first: the words of a citation may be words of the text as well.
    """
    cuts = [n for n, text in enumerate(theirs) if _is_atom(text)]
    if not cuts:
        return None
    starts, ends = [0, *(n + 1 for n in cuts)], [*cuts, len(theirs)]
    spans: list[_Span] = []
    at = written = 0
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        run = list(theirs[start:end])
        if not run and 0 < number < len(cuts):
            continue  # two atoms side by side are one
        first = 0 if number == 0 else len(ours) - len(run) if number == len(cuts) else at
        last = first if number in (0, len(cuts)) else len(ours) - len(run)
        place = next((n for n in range(first, last + 1) if n >= at and list(ours[n : n + len(run)]) == run), None)
        if place is None:
            return None
        if number:
            spans.append((False, at, place, written, start))
        spans.append((True, place, place + len(run), start, end))
        at, written = place + len(run), end
    return spans


# -- spelling ----------------------------------------------------------------------------------------


def _spelled(source: str, written: Sequence[Token], merged: Sequence[Token]) -> str | None:
    """Return `source`, which is read as `written`, changed so that it is read as `merged`; None where it cannot be."""
    for wanted in (tuple(merged), marking.snapped(merged)):
        for escaping in (False, True):
            known = set(written)
            new = [
                replace(token, text=marking.escaped(token)) if escaping and token not in known else token
                for token in wanted
            ]
            text = _changed(source, marking.spelled(written), marking.spelled(new))
            if text is not None and marking.reads(text, wanted):
                return text
    return marking.of_tokens(merged)


def _changed(source: str, before: str, after: str) -> str | None:
    """Return `source` with what changed from `before` to `after`, two spellings of it; None where that is unclear."""
    base, mine, theirs = (_CHARACTERS.findall(text) for text in (before, after, source))
    chunks = merging.merge(base, mine, theirs)
    if any(chunk.side == "conflict" for chunk in chunks):
        return None
    return "".join(piece for chunk in chunks for piece in (chunk.mine if chunk.side == "mine" else chunk.theirs))


def plain_words(content: t.Inlines) -> str:
    """Return `content` as a plain text in one line."""
    return words_of(tokens(content))
