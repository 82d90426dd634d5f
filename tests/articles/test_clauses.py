from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.articles.clauses import shortened


def _at(sentence: str, date: str) -> str:
    start = sentence.index(date)
    return shortened(sentence, start, start + len(date))


@pytest.mark.parametrize(
    ("sentence", "date", "event"),
    [
        ("In 1975, the war ended.", "1975", "The war ended."),
        ("The last units left Cambodia on September 26, 1989.", "September 26, 1989", "The last units left Cambodia."),
        ("Hanoi said on April 5, 1989, that all would go.", "April 5, 1989", "Hanoi said that all would go."),
        ("However, in 1990 talks failed.", "1990", "In 1990 talks failed."),
        ("They were left with the 1979 treaty.", "1979", "They were left with the 1979 treaty."),
        ("The camps had existed since 1984.", "1984", "The camps had existed since 1984."),
    ],
)
def test_a_date_goes_where_the_sentence_is_as_good_without_it(sentence: str, date: str, event: str) -> None:
    assert _at(sentence, date) == event


def test_a_long_sentence_is_parted_at_its_clauses() -> None:
    sentence = (
        "The talks in Paris went on for a month without a result that anybody could have signed; "
        "the government in Phnom Penh meanwhile renamed the country in April 1989, which pleased few of its enemies."
    )
    assert _at(sentence, "April 1989") == "The government in Phnom Penh meanwhile renamed the country."


@given(
    st.lists(
        st.sampled_from("the army left and took , which ; who in on Hanoi war 1989 peace — but while a".split()),
        min_size=1,
    ),
    st.integers(0, 60),
)
def test_no_word_is_added_and_none_is_moved(words: list[str], at: int) -> None:
    place = at % (len(words) + 1)
    before = " ".join([*words[:place], ""])
    sentence = f"{before}1979 {' '.join(words[place:])}."
    left = iter(re.findall(r"\w+", sentence.casefold()))
    told = re.findall(r"\w+", shortened(sentence, len(before), len(before) + 4).casefold())
    assert all(word in left for word in told)
