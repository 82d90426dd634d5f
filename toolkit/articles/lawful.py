"""What a lesson does not allow and the readers did not write otherwise: the last look before a draft.

Whatever a source holds, its draft is valid. A block that a lesson's article would refuse is mended by the least
that makes it good: a heading in a box becomes bold words, a paragraph without end is divided, and what is left is
escaped, so that it prints as it was written. Each is a doubt, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from toolkit.articles.manuscript import Block, Doubt
from toolkit.articles.markdown_text import escaped
from toolkit.articles.passage import sentence_ends
from toolkit.model import characters, markup
from toolkit.model.commonmark import LONGEST_RUN, MOST_BRACKETS

_ROUNDS = 4
_HEADING = re.compile(r"(?m)^(?P<before>[ \t]*(?:>[ \t]*|[-+*][ \t]+|\d{1,9}[.)][ \t]+)+)#{1,6}[ \t]+(?P<words>.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINED = re.compile(r"(?m)^(?P<before>[ \t]*(?:>[ \t]*)*)(?:=+|-{2,})[ \t]*$")


def blocks(found: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Doubt, ...]]:
    """Return `found` so that an article of them has no problem, and a doubt for each block that was mended."""
    kept = [part for block in found for part in _divided(block)]
    if sum(block.markdown.count("[") for block in kept) > MOST_BRACKETS:
        kept = [_mended(block, 2) if block.markdown.count("[") > 9 else block for block in kept]
    doubts: list[Doubt] = []
    for around in range(_ROUNDS):
        bad = _bad(kept)
        if not bad:
            break
        for at, message in sorted(bad.items()):
            if not around:
                words = " ".join(kept[at].markdown.split())[:60]
                doubts.append(Doubt(kept[at].lines[0], words, f"mended, for a lesson has not: {message}"))
            kept[at] = _mended(kept[at], around)
        kept = [block for block in kept if block.markdown.strip()]
    return tuple(kept), tuple(doubts)


def words(text: str) -> str:
    """Return one line of Markdown as a text field of a lesson may hold it."""
    if not markup.problems(text, one_line=True):
        return text
    return escaped(characters.plain(" ".join(text.split())))


def _bad(found: list[Block]) -> dict[int, str]:
    """Return the blocks that an article refuses, with what it says."""
    starts: list[int] = []
    rows: list[str] = []
    for block in found:
        starts.append(len(rows))
        rows += [*_printed(block).split("\n"), ""]
    bad: dict[int, str] = {}
    for problem in markup.read("\n".join(rows), article=True).problems:
        at = max((n for n, start in enumerate(starts) if start <= problem.line), default=0)
        bad.setdefault(at, problem.message)
    return bad


def _printed(block: Block) -> str:
    return f"{'#' * block.level} {block.markdown}" if block.shape == "heading" else block.markdown


def _divided(block: Block) -> Iterable[Block]:
    """Yield a paragraph that is longer than a lesson prints as several, divided at the ends of sentences."""
    if len(block.markdown) <= LONGEST_RUN or block.shape != "paragraph":
        yield block
        return
    rest, most = block.markdown, LONGEST_RUN * 9 // 10
    at = 0
    while len(rest) - at > most:
        ends = [end for end in sentence_ends(rest, at, at + most) if end > at]
        cut = ends[-1] if ends else max(rest.rfind(" ", at, at + most), rest.rfind("\n", at, at + most))
        cut = cut if cut > at else at + most
        yield replace(block, markdown=rest[at:cut].strip())
        at = cut
    yield replace(block, markdown=rest[at:].strip())


def _mended(block: Block, around: int) -> Block:
    text = block.markdown
    if around == 0 and block.shape in ("quote", "list"):
        text = _HEADING.sub(lambda found: f"{found['before']}**{found['words'].strip('* ')}**", text)
        text = _UNDERLINED.sub(lambda found: f"{found['before']}", text)
        return replace(block, markdown=text)
    rows = [characters.plain(re.sub(r"^[ \t]*(?:>[ \t]*)*", "", row)).strip() for row in text.split("\n")]
    if block.shape == "heading" or (around < 2 and block.shape in ("paragraph", "note")):
        rows = [" ".join(row for row in rows if row)]
    step = LONGEST_RUN // 2
    told = [escaped(row[at : at + step]) for row in rows for at in range(0, len(row), step)]
    if around > 1:  # a bracket that is escaped is still counted by the parser
        told = [part.replace("\\[", "&#91;").replace("\\]", "&#93;") for part in told]
    if block.shape == "heading":
        return replace(block, markdown=told[0]) if len(told) == 1 else replace(block, shape="paragraph", markdown="\n\n".join(told), level=0)
    return replace(block, shape="paragraph", markdown="\n\n".join(told))
