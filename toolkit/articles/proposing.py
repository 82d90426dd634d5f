"""Headings proposed for a long text that has none: where its paragraphs turn to something else.

A lesson pairs questions with sections, so that a text without any is of little use to a designer. The places are
those of TextTiling (M. Hearst, "TextTiling: Segmenting Text into Multi-paragraph Subtopic Passages", Computational
Linguistics 23, 1997): between paragraphs that share few words. The names are numbers: what a part is about is for a
person to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from types import MappingProxyType
from typing import Final

from toolkit.articles.manuscript import Block, IndexTerm, Manuscript

LONG: Final = 6_000  # characters, about 1,000 words or two pages: a shorter text is one section
SECTION: Final = 3_000  # characters, about 500 words: what a class reads before it stops for questions
_AROUND: Final = 0.4  # of a section's length: how far from its even place a heading may be put
_COMPARED: Final = 2  # paragraphs before and behind a place
_NAMES: Final = MappingProxyType(
    {"ar": "الجزء", "de": "Teil", "es": "Parte", "fr": "Partie", "it": "Parte", "pt": "Parte", "vi": "Phần"}
)


def with_headings(manuscript: Manuscript) -> Manuscript:
    """Return `manuscript` with proposed headings, named in its `proposed`, where it is long and has none."""
    blocks = manuscript.blocks
    length = sum(len(block.markdown) for block in blocks)
    if length < LONG or any(block.shape == "heading" for block in blocks):
        return manuscript
    cuts = _cuts(blocks, max(2, round(length / SECTION)))
    if not cuts:
        return manuscript
    name = _NAMES.get(manuscript.language.partition("-")[0], "Part")
    # The first stands over the first block, so that every block is in a section that a lesson can name.
    heads = {at: f"{name} {number}" for number, at in enumerate((0, *cuts), start=1)}
    made: list[Block] = []
    moved: dict[int, int] = {}
    for number, block in enumerate(blocks):
        if number in heads:
            line = block.lines[0]
            made.append(Block("heading", heads[number], (line, line), 2))
        moved[number] = len(made)
        made.append(block)
    index = tuple(_at(term, moved) for term in manuscript.index)
    return replace(manuscript, blocks=tuple(made), index=index, proposed=tuple(heads.values()))


def _at(term: IndexTerm, moved: dict[int, int]) -> IndexTerm:
    return replace(term, block=moved.get(term.block, -1))


def _cuts(blocks: Sequence[Block], sections: int) -> list[int]:
    """Return the positions of the blocks that a proposed section begins with, but for the first."""
    starts, at = [], 0
    for block in blocks:
        starts.append(at)
        at += len(block.markdown)
    words = [_words(block) for block in blocks]
    share = at / sections
    cuts: list[int] = []
    for number in range(1, sections):
        even = share * number
        near = [
            place
            for place in range(1, len(blocks))
            if abs(starts[place] - even) <= share * _AROUND and _can_begin(blocks, place) and place not in cuts
        ]
        if near:
            cuts.append(min(near, key=lambda place: (_likeness(words, place), abs(starts[place] - even))))
    return sorted(cuts)


def _can_begin(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a section can begin at `place`: with a paragraph, behind no words that announce it."""
    before = blocks[place - 1].markdown.rstrip()
    return blocks[place].shape == "paragraph" and not before.endswith((":", "\uff1a"))


def _words(block: Block) -> Counter[str]:
    """Return the longer words of a block, by their first five letters, so that forms of a word count as one."""
    return Counter(word[:5] for word in re.findall(r"[^\W\d_]{4,}", block.markdown.casefold()))


def _likeness(words: Sequence[Counter[str]], place: int) -> float:
    """Return how alike the paragraphs before and behind `place` are: the cosine of their words, from 0 to 1."""
    before: Counter[str] = sum(words[max(0, place - _COMPARED) : place], Counter())
    behind: Counter[str] = sum(words[place : place + _COMPARED], Counter())
    product = sum(count * behind[word] for word, count in before.items())
    size = sqrt(sum(n * n for n in before.values())) * sqrt(sum(n * n for n in behind.values()))
    return round(product / size, 6) if size else 0.0
