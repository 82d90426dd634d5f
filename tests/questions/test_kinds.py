"""The kinds of question: each maps itself to a way of answering."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from toolkit import questions
from toolkit.model.question import Question, Setting
from toolkit.model.response import Choice, Entry, Writing, public
from toolkit.model.text import Text, plain, plain_block

SETTING = Setting(pitch=8.7, measure=165.0, letters=tuple("abcdefghijkl"))


def made(name: str, **fields: Any) -> Question:  # noqa: ANN401  # fields of a question
    return questions.kind(name).model_validate(fields)


@pytest.mark.parametrize("name", questions.KINDS)
def test_the_table_names_what_is_there(name: str) -> None:
    found = questions.kind(name)
    assert issubclass(found, Question)
    assert found.kind == name
    assert found.model_fields["prompt"].alias == name
    assert found.__doc__


def test_a_kind_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        questions.kind("essay")


@pytest.mark.parametrize(
    ("name", "fields"),
    [("open", {}), ("short", {}), ("choose", {"options": ["a", "b"], "correct": "a"})],
)
def test_the_key_that_names_the_kind_holds_the_prompt(name: str, fields: dict[str, Any]) -> None:
    question = made(name, **{name: "Why *here*?"}, **fields)
    assert question.prompt == "Why *here*?"
    assert plain_block(question.stem()[0]) == "Why here?"
    with pytest.raises(ValidationError):
        made(name, **fields)
    with pytest.raises(ValidationError):
        made(name, **{name: "Why?"}, **fields, colour="blue")


# -- open ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lines", [0, 1, 6, 60])
def test_an_open_question_has_the_lines_it_says(lines: int) -> None:
    assert made("open", open="Why?", lines=lines).response(SETTING) == Writing(lines, 8.7, "")


@pytest.mark.parametrize("lines", [-1, 61, "many", 1.5])
def test_an_open_question_has_no_other_number_of_lines(lines: object) -> None:
    with pytest.raises(ValidationError):
        made("open", open="Why?", lines=lines)


def test_the_lines_of_an_open_question_follow_its_answer() -> None:
    def lines(answer: str | None, measure: float = 165.0) -> int:
        response = made("open", open="Why?", answer=answer).response(Setting(8.7, measure, ()))
        assert isinstance(response, Writing)
        return response.lines

    assert lines(None) == 3
    assert lines("Short.") == 3
    # 250 characters at 2.5 mm, and half as much again, are 937.5 mm: 5.7 lines of 165 mm.
    assert lines("x" * 250) == 6
    assert lines("x" * 250, measure=82.5) == 12
    assert lines("x" * 15_000) == 12
    assert lines("*" + "x" * 250 + "*") == 6


def test_an_open_question_with_and_without_an_answer() -> None:
    with_one = made("open", open="Why?", answer="Flat *land*.")
    assert with_one.has_answer()
    assert plain_block(with_one.model_answer()[0]) == "Flat land."
    assert not made("open", open="Why?").has_answer()
    assert made("open", open="Why?").model_answer() == ()
    assert public(with_one.response(SETTING)) == with_one.response(SETTING)


# -- short --------------------------------------------------------------------------------------------


def test_every_short_answer_has_the_same_rule() -> None:
    response = made("short", short="Who?", answer="Ada *Reed*").response(SETTING)
    assert isinstance(response, Entry)
    assert response.width == 80.0
    assert plain(response.key or ()) == "Ada Reed"
    long = made("short", short="Who?", answer="Ada Wilhelmina Reed of the Water Board").response(SETTING)
    assert public(response) == public(long)
    narrow = made("short", short="Who?").response(Setting(8.7, 60.0, ()))
    assert isinstance(narrow, Entry)
    assert narrow.width == 60.0
    assert narrow.key is None


def test_a_short_question_with_and_without_an_answer() -> None:
    assert made("short", short="Who?", answer="Ada").has_answer()
    assert not made("short", short="Who?").has_answer()


# -- choose -------------------------------------------------------------------------------------------


def test_a_choice_of_one() -> None:
    response = made("choose", choose="When?", options=["1952", "1953", "1954"], correct="1953").response(SETTING)
    assert isinstance(response, Choice)
    assert [option.label for option in response.options] == ["a", "b", "c"]
    assert [option.content for option in response.options] == [(Text("1952"),), (Text("1953"),), (Text("1954"),)]
    assert [option.address for option in response.options] == ["options/1", "options/2", "options/3"]
    assert response.key == frozenset({1})
    assert not response.many
    assert public(response) != response
    assert public(response) == public(
        made("choose", choose="When?", options=["1952", "1953", "1954"], correct="1952").response(SETTING)
    )


def test_a_choice_of_several() -> None:
    question = made("choose", choose="Which?", options=["a", "b", "c"], correct=["c", "a"], explain="So.")
    response = question.response(SETTING)
    assert isinstance(response, Choice)
    assert response.key == frozenset({0, 2})
    assert response.many
    assert plain_block(question.model_answer()[0]) == "So."
    assert question.has_answer()


@pytest.mark.parametrize(
    "fields",
    [
        {"correct": "a"},
        {"options": ["a"], "correct": "a"},
        {"options": [], "correct": "a"},
        {"options": ["a", "b"], "correct": "c"},
        {"options": ["a", "b"], "correct": []},
        {"options": ["a", "b"], "correct": ["a", "c"]},
        {"options": ["a", "b", "a"], "correct": "a"},
        {"options": [str(n) for n in range(13)], "correct": "1"},
        {"options": ["a", "B"], "correct": "b"},
    ],
)
def test_a_choice_that_cannot_be_made(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        made("choose", choose="Which?", **fields)


def test_a_choice_may_wait_for_its_right_option() -> None:
    question = made("choose", choose="Which?", options=["a", "b"])
    assert not question.has_answer()
    response = question.response(SETTING)
    assert isinstance(response, Choice)
    assert response.key is None


# -- what every question has ---------------------------------------------------------------------------


@pytest.mark.parametrize("points", [0.5, 1, 2.5, 1000])
def test_points(points: float) -> None:
    assert made("open", open="Why?", points=points).points == points


@pytest.mark.parametrize("points", [0, -1, 0.3, 1001, "many", "nan", "inf", float("nan")])
def test_no_points(points: object) -> None:
    with pytest.raises(ValidationError):
        made("open", open="Why?", points=points)


def test_depth_is_a_level_of_the_taxonomy() -> None:
    for depth in ("remember", "understand", "apply", "analyze", "evaluate", "create"):
        assert made("open", open="Why?", depth=depth).depth == depth
    with pytest.raises(ValidationError):
        made("open", open="Why?", depth="deep")
