from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.source.yaml_text import WIDTH, Commented, dump

_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), whitelist_characters="\n"), max_size=60)
_PLAIN = _TEXT.filter(lambda words: bool(words) and not set(words) & set("\u2028\u2029\ufeff"))
_PHRASES = (
    st.lists(
        st.sampled_from(
            [
                "a",
                "war: it",
                "no",
                "# x",
                "-",
                "?",
                "the",
                "1978-12",
                "‘q’",
                '"b"',
                "x:",
                "{d}",
                "[e]",
                "\n\n",
                "\n",
                "  ",
            ]
        ),
        max_size=40,
    )
    .map(" ".join)
    .filter(bool)
)
_KEYS = _PLAIN.filter(lambda words: "\n" not in words and len(words) < 40)
_VALUES = st.recursive(
    _PLAIN | _PHRASES,
    lambda inner: st.lists(inner, min_size=1, max_size=4) | st.dictionaries(_KEYS, inner, min_size=1, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["title", "people", "notes"]), _VALUES, min_size=1))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a loaded machine is no fault of the writer
def test_what_is_written_is_read_again(data: dict[str, Any]) -> None:
    assert yaml.load(dump(data), Loader=yaml.BaseLoader) == data  # BaseLoader makes texts only


def test_long_texts_are_folded_and_short_lists_stay_on_a_line() -> None:
    written = dump(
        {"places": ["Cambodia", "Vietnam"], "summary": "In 1989 the last units left. " * 12 + "So it ended."}
    )
    assert "places: [Cambodia, Vietnam]\n" in written
    assert "summary: >-\n  In 1989" in written
    assert max(map(len, written.splitlines())) <= WIDTH


@pytest.mark.parametrize("words", ["no", "1978-12", "a: b", "# x", "- x", "it’s", "", " x", "{a}", "*b*", "@c", "null"])
def test_a_text_stays_the_text_it_is(words: str) -> None:
    assert yaml.load(dump({"a": words, "b": [words, words]}), Loader=yaml.BaseLoader) == {
        "a": words,
        "b": [words, words],
    }


def test_comments_stand_over_what_they_are_about() -> None:
    written = dump(
        {"people": [{"name": "Pol Pot", "role": Commented("leader", "REVIEW: a guess")}, Commented("x", "y")]}
    )
    assert written == "people:\n  - name: Pol Pot\n    # REVIEW: a guess\n    role: leader\n  # y\n  - x\n"
