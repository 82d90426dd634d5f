"""The goals of the import, on the sets of articles that publishers marked themselves."""

from __future__ import annotations

import importing
import pytest

# Per cent. What a set lacks to the whole is in the list that `--misses` prints, with its reason.
GOALS = {
    "accounted": 100, "title": 100, "sections": 99, "paragraphs": 99, "words": 99, "chronology": 98, "references": 99,
    "questions": 98, "options": 98, "terms": 98, "objectives": 98, "footnotes": 98, "figures": 98, "captions": 98,
    "tables": 98, "quotes": 98,
}  # fmt: skip


@pytest.fixture(scope="module")
def markdown() -> importing.Scores:
    if not importing.INPUTS.is_dir():
        pytest.skip(f"the marked articles are not there: {importing.INPUTS}")
    return importing.measure(importing.INPUTS, "md")


@pytest.mark.slow
def test_markdown_reaches_the_goals(markdown: importing.Scores) -> None:
    low = {key: round(score.share, 2) for key, score in markdown.items() if score.share < GOALS[key[1]]}
    assert low == {}
    assert {kind for _, kind in markdown} == set(GOALS), "each kind was measured"
    assert sum(score.total for (_, kind), score in markdown.items() if kind == "questions") > 500


@pytest.mark.slow
def test_plain_text_reaches_the_goals_of_what_it_prints() -> None:
    if not importing.INPUTS.is_dir():
        pytest.skip(f"the marked articles are not there: {importing.INPUTS}")
    goals = {kind: goal for kind, goal in GOALS.items() if kind not in {what for what, _, _ in importing.REASONS}}
    goals |= {"paragraphs": 94, "chronology": 95, "words": 94}
    scores = importing.measure(importing.INPUTS, "txt")
    low = {key: round(score.share, 2) for key, score in scores.items() if score.share < goals.get(key[1], 0)}
    assert low == {}
