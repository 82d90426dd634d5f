"""Headings for a long text without any: where they stand, and what they leave alone."""

from __future__ import annotations

import re
from dataclasses import replace

import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.articles import drafting, proposing
from toolkit.articles.draft import draft
from toolkit.articles.manuscript import Block, IndexTerm, Manuscript

SALT = "Rain takes minerals out of rocks, rivers carry the minerals to the ocean, and there the water grows salty. "
CANAL = "Engineers dredged the canal through the isthmus, lifted steamers by locks, and paid labourers in silver. "
RAILS = "Locomotives crossed the prairie, stations grew into towns, and every railway sold farmland to settlers. "


def manuscript(*paragraphs: str, language: str = "en") -> Manuscript:
    blocks = tuple(Block("paragraph", words, (2 * n + 1, 2 * n + 1)) for n, words in enumerate(paragraphs))
    return Manuscript("txt", "A Long Text", blocks=blocks, language=language)


def headed(made: Manuscript) -> list[int]:
    """Return which paragraphs, from 0, have a heading over them."""
    found, number = [], 0
    for block in made.blocks:
        if block.shape == "heading":
            found.append(number)
        else:
            number += 1
    return found


def test_a_heading_stands_where_the_words_change() -> None:
    paragraphs = [SALT * 8] * 4 + [CANAL * 8] * 5 + [RAILS * 8] * 3
    made = proposing.with_headings(manuscript(*paragraphs))
    assert {4, 9} <= set(headed(made))
    assert headed(made)[0] == 0, "every paragraph is in a section"
    assert made.proposed == tuple(f"Part {n}" for n in range(1, len(made.proposed) + 1))


def test_short_texts_and_texts_with_headings_stay_as_they_are() -> None:
    short = manuscript(SALT, CANAL)
    assert proposing.with_headings(short) is short
    long = manuscript(*[SALT * 10] * 9)
    own = replace(long, blocks=(Block("heading", "Salt", (1, 1), 2), *long.blocks))
    assert proposing.with_headings(own) is own


def test_nothing_is_put_behind_words_that_announce_it_or_before_a_table() -> None:
    made = manuscript(*[SALT * 12, "These are the reasons:"] * 12)
    assert all(number % 2 for number in headed(proposing.with_headings(made))[1:])
    table = Block("table", "| a |\n|---|\n" + "| b |\n" * 2000, (1, 1))
    assert proposing.with_headings(replace(made, blocks=(table, table))).blocks == (table, table)


def test_the_draft_asks_for_names_and_the_index_still_finds_its_paragraphs() -> None:
    source = replace(
        manuscript(*[SALT * 8, CANAL * 8, RAILS * 8] * 4, language="fr"), index=(IndexTerm("Rails", "", 2),)
    )
    made = proposing.with_headings(source)
    assert made.blocks[made.index[0].block].markdown == RAILS * 8
    assert made.proposed[0] == "Partie 1"
    lesson = draft(made, drafting.drawn(made), "a.txt", "s.json").lesson
    assert [section["heading"] for section in yaml.safe_load(lesson)["sections"]] == list(made.proposed)
    assert len(re.findall("the source has no headings", lesson)) == len(made.proposed)


@given(st.lists(st.text(max_size=900), max_size=40))
def test_only_headings_are_added(paragraphs: list[str]) -> None:
    source = manuscript(*paragraphs)
    made = proposing.with_headings(source)
    assert tuple(block for block in made.blocks if block.shape != "heading") == source.blocks
    assert len(made.proposed) == len(set(made.proposed)) == len(made.blocks) - len(source.blocks)
