from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.articles import encyclopedia
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source

ENTRY = Path(__file__).parents[3] / "shared/inputs/encyclopedia/vietnamese-troops-withdraw-from-cambodia.txt"


@pytest.fixture(scope="module")
def entry() -> Manuscript:
    if not ENTRY.is_file():
        pytest.skip(f"the encyclopedia entry is not there: {ENTRY}")
    return encyclopedia.read(Source(ENTRY.name, ENTRY.read_bytes()))


def test_its_paragraphs_are_those_of_the_source_without_index_terms(entry: Manuscript) -> None:
    paragraphs = [block.markdown for block in entry.blocks if block.shape == "paragraph"]
    assert len(paragraphs) == 17
    source = ENTRY.read_text(encoding="utf-8").split("\n")
    changed = {7: 31, 27: 12, 39: 41, 41: 39, 56: 11, 58: 81}  # the line, and the characters of index terms in it
    for block in entry.blocks:
        if block.shape == "paragraph":
            line = source[block.lines[0] - 1]
            assert len(block.markdown) == len(line) - changed.get(block.lines[0], 0)
            if block.lines[0] not in changed:
                assert block.markdown == line


def test_its_sections_are_named_the_lost_one_by_a_guess(entry: Manuscript) -> None:
    assert [b.markdown for b in entry.blocks if b.shape == "heading"] == ["Summary of Event", "Significance"]
    assert [doubt.line for doubt in entry.doubts] == [50]


def test_what_stands_around_the_prose_is_found(entry: Manuscript) -> None:
    assert entry.date == "1989-09"
    assert entry.number == "07380"
    assert [name.display for name in entry.people] == [
        "Pol Pot", "Hun Sen", "Norodom Sihanouk", "Heng Samrin", "Son Sann", "Khieu Samphan",
    ]  # fmt: skip
    assert entry.people[2].sort == "Sihanouk, Norodom"
    assert (len(entry.places), len(entry.categories), len(entry.keywords)) == (2, 3, 4)
    assert len({(term.term, term.subtopic) for term in entry.index}) == 7
    assert [reference.line for reference in entry.references] == [63, 64, 65, 66, 67, 68]
    assert len(entry.related) == 3


def test_every_character_is_accounted_for(entry: Manuscript) -> None:
    lines = ENTRY.read_text(encoding="utf-8").split("\n")
    told = {n: "" for n in range(1, len(lines) + 1)}
    for piece in entry.pieces:
        assert piece.start == len(told[piece.line])
        told[piece.line] += lines[piece.line - 1][piece.start : piece.end]
    assert list(told.values()) == lines
