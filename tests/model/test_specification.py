"""The specification: defaults everywhere, short forms, values that cannot change."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from toolkit.model.fields import FrozenMap
from toolkit.model.question import Question
from toolkit.model.specification import LessonSpec
from toolkit.source import specification


def lesson(**fields: Any) -> LessonSpec:  # noqa: ANN401  # fields of a lesson
    return specification.complete().model_validate({"title": "The River", **fields})


def refused(**fields: Any) -> list[tuple[str | int, ...]]:  # noqa: ANN401  # fields of a lesson
    with pytest.raises(ValidationError) as caught:
        lesson(**fields)
    return [error["loc"] for error in caught.value.errors()]


def test_a_title_is_enough() -> None:
    spec = lesson()
    assert spec.article.file == "article.md"
    assert spec.dump() == {"title": "The River"}
    assert (spec.sections, spec.questions, spec.chronology, spec.bibliography) == ((), (), (), None)
    assert spec.vocabulary == FrozenMap()


@pytest.mark.parametrize(
    ("key", "short", "long"),
    [
        ("article", "text.md", {"file": "text.md"}),
        ("rights", "CC0", {"licence": "CC0"}),
        ("related", ["The Sea"], [{"title": "The Sea"}]),
        ("vocabulary", {"silt": "Fine earth."}, {"silt": {"means": "Fine earth."}}),
        ("sections", [{"heading": "A", "vocabulary": {"silt": "x"}}],
         [{"heading": "A", "vocabulary": {"silt": {"means": "x"}}}]),
        ("bibliography", {"r": {"type": "book", "title": "x", "author": "Reed, Ada"}},
         {"r": {"type": "book", "title": "x", "author": [{"family": "Reed", "given": "Ada"}]}}),
        ("bibliography", {"r": {"type": "book", "title": "x", "editor": ["UN", "Reed, A., Jr."]}},
         {"r": {"type": "book", "title": "x",
                "editor": [{"literal": "UN"}, {"family": "Reed", "given": "A.", "suffix": "Jr."}]}}),
        ("bibliography", {"r": {"type": "book", "title": "x", "issued": {"date-parts": [["1989", 9]]}}},
         {"r": {"type": "book", "title": "x", "issued": "1989-09"}}),
        ("questions", [{"choose": "W?", "options": ["a", "b"], "correct": "a"}],
         [{"choose": "W?", "options": ["a", "b"], "correct": ["a"]}]),
    ],
)  # fmt: skip  # pairs read better side by side
def test_a_short_form_means_the_long_one(key: str, short: object, long: object) -> None:
    assert lesson(**{key: short}) == lesson(**{key: long})


def test_it_is_a_value_all_through() -> None:
    spec = lesson(
        vocabulary={"silt": "Fine earth."},
        images={"a.png": {"alt": "x"}},
        questions=[{"open": "Why?"}],
        bibliography={"r": {"type": "book", "title": "x"}},
        people=[{"name": "Ada", "dates": "1890/1960"}],
    )
    assert hash(spec) == hash(pickle.loads(pickle.dumps(spec)))
    assert pickle.loads(pickle.dumps(spec)) == spec
    with pytest.raises(ValidationError):
        spec.title = "x"  # type: ignore[misc]  # the point of the test
    for value in _inside(spec):
        hash(value)
        assert not isinstance(value, (list, dict, set))


def _inside(value: object) -> list[object]:
    inner: list[object] = []
    if isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, (tuple, FrozenMap)):
        inner = list(value.values() if isinstance(value, FrozenMap) else value)
    return [value, *(deep for one in inner for deep in _inside(one))]


def test_questions_in_printed_order() -> None:
    spec = lesson(
        questions=[{"open": "Last?"}],
        sections=[
            {"heading": "A", "questions": [{"short": "First?"}]},
            {"heading": "B", "questions": [{"open": "Second?"}]},
        ],
    )
    assert [question.prompt for question in spec.all_questions()] == ["First?", "Second?", "Last?"]
    assert all(isinstance(question, Question) for question in spec.all_questions())


@pytest.mark.parametrize("within", ["early", "mid", "late"])
@pytest.mark.parametrize(("date", "fits"), [("1953-02", True), ("1953", True), ("195X", True), ("1953-02-01", False),
    ("1953/1954", False), ("195X-02", False), ("{1953,1954}", False)])  # fmt: skip  # pairs read better in lines
def test_a_part_of_a_date_that_has_parts(within: str, date: str, fits: bool) -> None:  # a parameter
    event = {"date": date, "within": within, "event": "x"}
    if fits:
        assert lesson(chronology=[event]).chronology[0].within == within
    else:
        assert refused(chronology=[event]) == [("chronology", 0)]


@pytest.mark.parametrize("excerpt", ["1", "2-4", "10-12"])
def test_an_excerpt(excerpt: str) -> None:
    assert lesson(sections=[{"heading": "A", "excerpt": excerpt}]).sections[0].excerpt == excerpt


@pytest.mark.parametrize("excerpt", ["0", "-1", "1-", "1–2", "1-2-3", "a", "", "1 - 2", "1\n", "9" * 5000, "٣"])
def test_no_excerpt(excerpt: str) -> None:
    assert refused(sections=[{"heading": "A", "excerpt": excerpt}]) == [("sections", 0, "excerpt")]


@pytest.mark.parametrize("key", ["duiker1989", "a", "1989", "a_b", "flood:1953", "doi:10.1000/182", "a-b.c"])
def test_a_citation_key(key: str) -> None:
    assert lesson(bibliography={key: {"type": "book", "title": "x"}}).bibliography


@pytest.mark.parametrize("key", ["", "a b", "a--b", "-a", "a.", "müller", "a@b", "a,b", "a;b", "a\nb", "{a}"])
def test_no_citation_key(key: str) -> None:
    assert refused(bibliography={key: {"type": "book", "title": "x"}})


@pytest.mark.parametrize("minutes", [0, -5, 10_001, "ten", "1.5", ""])
def test_no_number_of_minutes(minutes: object) -> None:
    assert refused(duration=minutes) == [("duration",)]


def test_names_that_are_none() -> None:
    for name in ("", ",", "Reed,", ", Ada", "a, b, c, d"):
        assert refused(bibliography={"r": {"type": "book", "title": "x", "author": name}})
    assert refused(bibliography={"r": {"type": "book", "title": "x", "author": []}})


@pytest.mark.parametrize(
    "date", [{}, {"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[None]]}, {"date-parts": 1989}, {"raw": 5},
             {"date-parts": [["x"]]}, {"date-parts": [[{}]]}, {"season": "1"}, {"literal": None},
             {"date-parts": [[float("inf")]]}, {"date-parts": [[float("nan")]]}, {"date-parts": [["9" * 5000]]}],
)  # fmt: skip  # a list of mappings
def test_dates_of_csl_that_are_none(date: dict[str, object]) -> None:
    assert refused(bibliography={"r": {"type": "book", "title": "x", "issued": date}})
