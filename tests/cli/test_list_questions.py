"""hornbook list --questions: the questions of lessons and of the bank, filtered, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from sandbox import Result, Sandbox

RIVER = """\
title: The River Bends
article: {source: {author: "Reed, Ada", licence: CC0}}
standards: [{id: D2.His.1.6-8, text: Read.}, {id: D2.His.14.6-8, text: Write.}]
sections:
  - heading: Upstream
    id: up
    questions:
      - {open: Why does the *water* slow?, id: slow, points: 4, depth: analyze, standards: [D2.His.14.6-8], answer: x}
      - draw: what-silt-is
questions:
  - {choose: When did the dike break?, options: [a, b], correct: a, points: 1, depth: remember, tags: [Dike]}
  - source: Read the letter.
    document: {text: We left.}
    parts:
      - {short: Who wrote it?, points: 1, answer: x, standards: [D2.His.1.6-8]}
      - {open: Why did they leave?, points: 2.5, depth: dok3, answer: x}
"""
BANK = """\
tags: [rivers]
questions:
  - {short: What is silt?, id: what-silt-is, answer: earth, tags: [silt], points: 2}
  - {open: Who pays for a dike?, id: who-pays, answer: the town}
"""


@pytest.fixture
def project(sandbox: Sandbox) -> Sandbox:
    sandbox.put("lessons/_bank/a.yaml", BANK)
    sandbox.lesson(RIVER)
    return sandbox


def numbers(result: Result) -> list[int]:
    assert result.code == 0, result.err
    return [row["number"] for row in json.loads(result.out)]


def test_the_questions_of_a_lesson_in_printed_order(project: Sandbox) -> None:
    result = project.run("list", "--questions")
    assert (result.code, result.err) == (0, "4 questions, 10.5 points\n")
    assert result.out.split("\n") == [
        "river",
        "  1  sections/up/questions/slow                   open          4 pt  analyze",
        "     Why does the water slow?",
        "  2  sections/up/questions/what-silt-is           short         2 pt",
        "     What is silt?",
        "  3  questions/1                                  choose        1 pt  remember",
        "     When did the dike break?",
        "  4  questions/2                                  source      3.5 pt",
        "     Read the letter.",
        "",
    ]


FILTERS: list[tuple[list[str], list[int]]] = [
    (["--kind", "choose"], [3]),
    (["--kind", "choose", "--kind", "short"], [2, 3, 4]),  # a part is short
    (["--depth", "dok3"], [4]),
    (["--depth", "remember", "--depth", "analyze"], [1, 3]),
    (["--standard", "D2.His.1"], [4]),  # and not D2.His.14
    (["--standard", "d2.his"], [1, 4]),
    (["--tag", "silt"], [2]),
    (["--tag", "dike"], [3]),
    (["--points", "1"], [3]),
    (["--points", "2-4"], [1, 2, 4]),
    (["--text", "why leave"], [4]),
    (["--text", "WATER"], [1]),
    (["--kind", "open", "--points", "4"], [1]),
    (["--kind", "cloze"], []),
]


@pytest.mark.parametrize(("words", "expected"), FILTERS, ids=lambda value: " ".join(map(str, value)))
def test_filters(words: list[str], expected: list[int], project: Sandbox) -> None:
    assert numbers(project.run("list", "--questions", *words, "--format", "json")) == expected
    assert numbers(project.run("list", *words, "--json")) == expected, "a filter alone shows questions"


def test_points_that_are_no_number_are_wrong_usage(project: Sandbox) -> None:
    result = project.run("list", "--points", "many")
    assert result.code == 2
    assert "2-4" in result.err


def test_json_tells_where_a_question_is_written(project: Sandbox) -> None:
    rows: list[dict[str, Any]] = json.loads(project.run("list", "--questions", "--format", "json").out)
    assert rows[1] == {
        "lesson": "river",
        "number": 2,
        "id": "what-silt-is",
        "address": "sections/up/questions/what-silt-is",
        "kind": "short",
        "points": 2.0,
        "depth": "",
        "standards": [],
        "tags": ["rivers", "silt"],
        "prompt": "What is silt?",
        "parts": 0,
        "file": "lessons/_bank/a.yaml",
        "line": 3,
        "drawn": True,
    }
    assert [(row["file"], row["drawn"]) for row in rows[2:]] == [("lessons/river/lesson.yaml", False)] * 2


def test_csv_has_the_columns_of_json_and_a_header_even_for_nothing(project: Sandbox) -> None:
    rows = json.loads(project.run("list", "--questions", "--format", "json").out)
    table = list(csv.DictReader(io.StringIO(project.run("list", "--questions", "--format", "csv").out)))
    assert [list(row) for row in table] == [list(row) for row in rows]
    assert [row["points"] for row in table] == ["4", "2", "1", "3.5"]
    assert table[1]["tags"] == "rivers; silt"
    empty = project.run("list", "--kind", "cloze", "--format", "csv").out
    assert empty.strip().split(",") == list(rows[0])


def test_the_bank_by_id_with_its_tags(project: Sandbox) -> None:
    result = project.run("list", "--bank")
    assert (result.code, result.err) == (0, "2 questions, 2 points\n")
    assert result.out.split("\n")[:4] == [
        "lessons/_bank/a.yaml",
        "     what-silt-is                                 short         2 pt",
        "     What is silt?",
        "     tags: rivers, silt",
    ]
    assert project.run("list", "--questions", "--bank", "--tag", "silt").err == "1 question of 2, 2 points\n"
    assert project.run("list", "--bank", "lessons/_bank/a.yaml") == result
    assert project.run("list", "--bank", "river").code == 2


def test_what_no_lesson_draws(project: Sandbox) -> None:
    rows = json.loads(project.run("list", "--unused", "--format", "json").out)
    assert [row["id"] for row in rows] == ["who-pays"]


def test_what_is_wrong_is_told_and_the_rest_is_shown(project: Sandbox) -> None:
    project.put("lessons/_bank/b.yaml", "questions: [{opne: Why?, id: why}]\n")
    project.lesson("titel: x\n", slug="sea")
    result = project.run("list", "--questions")
    assert (result.code, "error[L201]" in result.err) == (1, True)
    assert "sections/up/questions/slow" in result.out
    result = project.run("list", "--bank")
    assert (result.code, "error[L206]" in result.err) == (1, True)
    assert "who-pays" in result.out


def test_long_words_are_cut_to_the_screen(sandbox: Sandbox) -> None:
    name = "a-question-with-a-name-that-is-longer-than-the-room"
    sandbox.lesson(f"title: x\nsections: [{{heading: Upstream, questions: [{{open: {'Why ' * 60}, id: {name}}}]}}]\n")
    lines = sandbox.run("list", "--questions").out.splitlines()
    assert max(map(len, lines)) == 80
    assert lines[1].split()[1].startswith("sections/1/q")
    assert "…" in lines[1]
    assert "than-the-room  open" in lines[1]
    assert lines[2].endswith("…")


def test_the_lessons_as_csv(project: Sandbox) -> None:
    [row] = csv.DictReader(io.StringIO(project.run("list", "--format", "csv").out))
    assert (row["id"], row["questions"], row["ok"]) == ("river", "4", "yes")
