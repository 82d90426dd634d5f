from __future__ import annotations

import pytest

from toolkit.articles import doubled


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("known as the Red Guard, Red Guard prompted the army", "Red Guard"),
        ("the People’s Front People’s Front (PF), led by", "People’s Front"),
        ("injuries from land mines Land mines led to", "Land mines"),
        ("under the land mine Land mines treaty", "Land mines"),
        ("led by Norodom Sihanouk Sihanouk, Norodom and his son", "Sihanouk, Norodom"),
        ("John F. Kennedy Kennedy, John F. said", "Kennedy, John F."),
        ("Mikhail Gorbachev’s Gorbachev, Mikhail visit", "Gorbachev, Mikhail"),
        ("the U.N. Mission in Chad United Nations Mission in Chad (UNMC), which", "United Nations Mission in Chad"),
        ("the apartheid Apartheid laws", "Apartheid"),
        ("it was the Red Guard. Red Guard The army then left", "Red Guard"),
    ],
)
def test_a_term_behind_its_words_is_found(text: str, term: str) -> None:
    (found,) = doubled.find(text)
    assert (found.term, found.sure) == (term, True)
    left = text[: found.start] + text[found.end :]
    assert "  " not in left
    assert term not in left[found.start - 3 :]


@pytest.mark.parametrize(
    "text",
    [
        "in New York, New York, where",
        "they reached Pago Pago by boat",
        "Walla Walla grew",
        "at Liechtenstein, Liechtenstein yielded",
    ],
)
def test_what_an_author_may_write_twice_is_a_doubt(text: str) -> None:
    (found,) = doubled.find(text)
    assert not found.sure


@pytest.mark.parametrize(
    "text",
    [
        "the army of the Khmer Rouge. Khmer Rouge troops left",
        "He had had enough.",
        "from the United States. The United States annexed it",
        "She asked what he meant by that. That was all.",
    ],
)
def test_the_beginning_of_a_sentence_is_no_index_term(text: str) -> None:
    assert doubled.find(text) == ()


def test_a_single_word_that_the_index_has_is_sure() -> None:
    assert not doubled.find("in Angola Angola the war")[0].sure
    assert doubled.find("in Angola Angola the war", frozenset({"angola"}))[0].sure
