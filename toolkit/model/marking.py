"""Rich text to Markdown: the other way of `markup`.

Marks are written so that CommonMark reads them as the same marks (0.31.2, 6.2, "Emphasis and strong emphasis").
Where its rules of flanking allow none in the middle of a word, the whole word is marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.tokens import BREAK, CODE, EMPHASIS, LINK, STRONG, Token, settled, tokens

_SIGNS: Final = re.compile(r"[\\*_`\[\]<{@]|&(?=#?\w+;)")
_ORDER: Final = (LINK, STRONG, EMPHASIS, CODE)


def markdown(content: t.Inlines) -> str | None:
    """Return Markdown of one line that is read as `content`, None where there is none that is.

    Marks that begin or end inside a word are put round the whole word where Markdown cannot say them otherwise.
    """
    return of_tokens(tokens(content))


def of_tokens(words: Sequence[Token]) -> str | None:
    """Return Markdown of one line that is read as `words`, None where there is none that is."""
    for wanted in (tuple(words), snapped(words)):
        for escaping in (False, True):
            written = spelled([replace(w, text=escaped(w)) for w in wanted] if escaping else wanted)
            if reads(written, wanted):
                return written
    return None


def reads(written: str, wanted: Sequence[Token]) -> bool:
    """Return whether the Markdown `written` is read as `wanted`, with nothing that a lesson does not allow."""
    found = markup.read(written, one_line=True)
    return not found.problems and tokens(markup.inlines(written)) == tuple(wanted)


def escaped(word: Token) -> str:
    """Return the text of `word` with a backslash before each sign of Markdown."""
    return word.text if CODE in word.marks else _SIGNS.sub(r"\\\g<0>", word.text)


def snapped(words: Sequence[Token]) -> tuple[Token, ...]:
    """Return `words` with bold and italic round whole words: what one of a run without spaces has, all have."""
    run: list[Token] = []
    made: list[Token] = []
    for word in (*words, Token(" ")):
        if not word.blank:
            run.append(word)
            continue
        added = frozenset().union(*(w.marks for w in run)) & {STRONG, EMPHASIS}
        made += [replace(w, marks=w.marks | added) for w in run]
        made.append(word)
        run = []
    return settled(made)


def spelled(words: Sequence[Token]) -> str:
    """Return `words` with the signs of their marks, whether or not they are read so."""
    pieces: list[str] = []
    stack: list[str] = []
    for word in (*words, Token("")):
        wanted = [mark for mark in sorted(word.marks, key=_rank) if mark]
        while stack and not set(stack) <= set(wanted):
            pieces.append(_closing(stack.pop()))
        for mark in wanted:
            if mark not in stack:
                stack.append(mark)
                pieces.append(_opening(mark))
        pieces.append("\\\n" if word.text == BREAK else word.text)
    return "".join(pieces)


def _rank(mark: str) -> tuple[int, str]:
    return next(n for n, kind in enumerate(_ORDER) if mark.startswith(kind)), mark


def _opening(mark: str) -> str:
    return "[" if mark.startswith(LINK) else {STRONG: "**", EMPHASIS: "*", CODE: "`"}[mark]


def _closing(mark: str) -> str:
    if not mark.startswith(LINK):
        return _opening(mark)
    href = mark.removeprefix(LINK)
    return f"](<{href}>)" if re.search(r"[()\s]", href) else f"]({href})"
