"""Rich text as a row of words, each with its marks: the form in which wordings are compared and merged.

Words, signs and white space are tokens of their own. Two texts that print alike have the same tokens, however their
marks are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from toolkit.model import text as t

BREAK: Final = "\n"
# Noncharacters, which no text can hold (see `characters`): the mark of a note, and a gap, before their numbers,
# and what points elsewhere, before its words.
NOTE: Final = "\ufdd8"
GAP: Final = "\ufdd9"
CITED: Final = "\ufdda"
_PIECES: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\s+|[\W_]", re.DOTALL)
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_NO_MARKS: Final[frozenset[str]] = frozenset()

_SHOWN: Final = MappingProxyType({BREAK: " ", NOTE: "", GAP: "___", CITED: "…"})

EMPHASIS: Final = "emphasis"
STRONG: Final = "strong"
CODE: Final = "code"
LINK: Final = "link "
"""Before the address that a link leads to."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or white space. `text` is BREAK for a forced new line, " " for other white space."""

    text: str
    marks: frozenset[str] = _NO_MARKS

    @property
    def blank(self) -> bool:
        """Return whether it is white space."""
        return not self.text.strip()


def tokens(content: t.Inlines) -> tuple[Token, ...]:
    """Return the tokens of `content`: white space as one token, without it at the ends.

    A note is its mark; a gap, a citation and a reference are signs of their own.
    """
    found: list[Token] = []
    for token in _tokens(content, _NO_MARKS):
        if token.text == " " and found and found[-1].blank:
            continue
        if token.text == BREAK and found and found[-1].text == " ":
            found.pop()
        found.append(token)
    while found and found[-1].blank:
        found.pop()
    while found and found[0].blank:
        found.pop(0)
    return tuple(_settled(found))


def _settled(found: list[Token]) -> Iterator[Token]:
    """Yield tokens; white space has the marks that both of its neighbours have."""
    for n, token in enumerate(found):
        if token.blank:
            before = found[n - 1].marks if n else _NO_MARKS
            behind = next((other.marks for other in found[n + 1 :] if not other.blank), _NO_MARKS)
            yield replace(token, marks=before & behind)
        else:
            yield token


def settled(found: Iterable[Token]) -> tuple[Token, ...]:
    """Return tokens as `tokens` has them: white space once, none at the ends, with the marks of both neighbours."""
    kept: list[Token] = []
    for token in found:
        if not (token.blank and (not kept or (kept[-1].blank and token.text != BREAK))):
            kept.append(token)
    while kept and kept[-1].blank:
        kept.pop()
    return tuple(_settled(kept))


def _tokens(content: t.Inlines, marks: frozenset[str]) -> Iterator[Token]:  # noqa: C901  # one case for each node
    for node in content:
        match node:
            case t.Text(words):
                yield from _pieces(words, marks)
            case t.Code(words):
                yield from _pieces(words, marks | {CODE})
            case t.Emphasis(inner):
                yield from _tokens(inner, marks | {EMPHASIS})
            case t.Strong(inner):
                yield from _tokens(inner, marks | {STRONG})
            case t.Term(inner, _):
                yield from _tokens(inner, marks)
            case t.Link(inner, href):
                yield from _tokens(inner, marks | {LINK + href})
            case t.LineBreak():
                yield Token(BREAK, marks)
            case t.Citation() | t.LineReference():  # no words, whatever they are printed as
                yield Token(CITED + t.plain((node,)), marks)
            case t.Note(number=number) | t.Gap(number=number):
                yield Token(f"{NOTE if isinstance(node, t.Note) else GAP}{number}", marks)


def _pieces(words: str, marks: frozenset[str]) -> Iterator[Token]:
    for piece in _PIECES.findall(words):
        yield Token(_SPACES.sub(" ", piece), marks)


def words_of(found: Iterable[Token]) -> str:
    """Return tokens as a plain text in one line."""
    return "".join(_SHOWN.get(token.text[:1], token.text) for token in found)


def shared(before: Iterable[Token], after: Iterable[Token]) -> float:
    """Return the part of the words of `before` that `after` still has, 0 to 1; 1 where `before` has none."""
    left = [token.text.casefold() for token in after if not token.blank]
    whole = [token.text.casefold() for token in before if token.text.strip() and token.text[0].isalnum()]
    kept = 0
    for word in whole:
        if word in left:
            left.remove(word)
            kept += 1
    return kept / len(whole) if whole else 1.0
