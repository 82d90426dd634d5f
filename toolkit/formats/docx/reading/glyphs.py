"""Characters with their looks, and the rich text they make: the canonical form in which words are compared.

Word cuts a text into runs as it likes. Here it is a row of glyphs, each a character with a Look; `inlines` makes
the one rich text of it: link outside strong outside emphasis, spaces outside of marks, one space for many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from toolkit.model.text import Code, Emphasis, Gap, Inline, Inlines, LineBreak, Link, Note, Strong, Text

THING: Final = "\ufffc"  # stands for what is no character: a gap, the mark of a note, a picture

Thing: TypeAlias = Literal["", "gap", "note", "picture"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a character looks. `mark` is the name of its character style where that is one of ours.

    Of a `thing`, `value` is what tells it from others: the words in a gap, the text of a note, the digest of
    a picture; `number` is what the sheet calls it, 0 where that is not known.
    """

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""
    mark: str = ""
    thing: Thing = ""
    value: str = ""
    number: int = 0


PLAIN: Final = Look()


class Glyph(NamedTuple):
    """A character as it stands in a file. A tuple, as a handout has tens of thousands of them."""

    character: str
    look: Look = PLAIN


Glyphs: TypeAlias = tuple[Glyph, ...]

# A no-break space is no space here: an author set it, and it holds what stands beside it.
_SPACE: Final = frozenset(" \t\r\n\u2002\u2003\u2028")
_TOKENS: Final = re.compile(r"\w+|[ \t\r\n\u2002\u2003\u2028]+|.", re.DOTALL)


def spelled(text: str, look: Look = PLAIN) -> list[Glyph]:
    """Return the glyphs of `text`."""
    return [Glyph(character, look) for character in text]


def text_of(glyphs: Iterable[Glyph]) -> str:
    """Return the characters of `glyphs`."""
    return "".join(glyph.character for glyph in glyphs)


def tokens(text: str) -> list[str]:
    """Return `text` cut into words, spaces and signs; nothing is lost."""
    return _TOKENS.findall(text)


def inlines(glyphs: Sequence[Glyph]) -> Inlines:
    """Return the canonical rich text of `glyphs`."""
    return _nested(_spaced(glyphs))


def _spaced(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return `glyphs` without spaces at the ends, one space for many, each with what its neighbours share."""
    spaced: list[Glyph] = []
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if glyph.character in _SPACE and not glyph.look.code:
            waiting.append(glyph)
            continue
        if waiting and spaced:
            breaks = sum(one.character == "\n" for one in waiting)
            shared = _shared(spaced[-1].look, glyph.look)
            spaced += [Glyph("\n" if breaks else " ", shared)] * max(breaks, 1)
        waiting = []
        spaced.append(glyph)
    return spaced


def _shared(left: Look, right: Look) -> Look:
    """Return what both looks have."""
    return Look(
        strong=left.strong and right.strong,
        emphasis=left.emphasis and right.emphasis,
        code=left.code and right.code,
        href=left.href if left.href == right.href else "",
    )


def _nested(glyphs: Sequence[Glyph]) -> Inlines:
    found: list[Inline] = []
    for href, run in groupby(glyphs, key=lambda one: one.look.href):
        inside = _marked(list(run))
        found += [Link(inside, href)] if href else inside
    return tuple(found)


def _marked(glyphs: Sequence[Glyph]) -> Inlines:
    found: list[Inline] = []
    for strong, run in groupby(glyphs, key=lambda one: one.look.strong):
        stressed: list[Inline] = []
        for emphasis, inner in groupby(run, key=lambda one: one.look.emphasis):
            leaves = tuple(_leaves(list(inner)))
            stressed += [Emphasis(leaves)] if emphasis else leaves
        found += [Strong(tuple(stressed))] if strong else stressed
    return tuple(found)


def _leaves(glyphs: Sequence[Glyph]) -> Iterable[Inline]:
    for (code, kind), run in groupby(glyphs, key=lambda one: (one.look.code, _kind(one))):
        held = list(run)
        if kind == "thing":
            yield from filter(None, (_thing(one.look) for one in held))
        elif kind == "break":
            yield from (LineBreak() for _ in held)
        elif code:
            yield Code(text_of(held))
        else:
            yield Text(text_of(held))


def _kind(glyph: Glyph) -> str:
    if glyph.look.thing:
        return "thing"
    return "break" if glyph.character == "\n" else ""


def _thing(look: Look) -> Inline | None:
    if look.thing == "gap":
        return Gap(look.number, 0)
    return Note((), look.number) if look.thing == "note" else None


def glyphs_of(content: Inlines, look: Look = PLAIN) -> Glyphs:
    """Return the glyphs of rich `content`: what `inlines` makes that content of again."""
    found: list[Glyph] = []
    for node in content:
        match node:
            case Text(text):
                found += spelled(text, look)
            case Code(text):
                found += spelled(text, replace(look, code=True))
            case Strong(inner):
                found += glyphs_of(inner, replace(look, strong=True))
            case Emphasis(inner):
                found += glyphs_of(inner, replace(look, emphasis=True))
            case Link(inner, href):
                found += glyphs_of(inner, replace(look, href=href))
            case LineBreak():
                found.append(Glyph("\n", look))
            case Gap(number):
                found.append(Glyph(THING, replace(look, thing="gap", number=number)))
            case Note(_, number):
                found.append(Glyph(THING, replace(look, thing="note", number=number)))
            case _:
                raise ValueError(f"no glyphs for {node!r}")
    return tuple(found)
