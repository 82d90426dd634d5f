"""hornbook coverage: standards, lessons and questions, and what is missing between them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from sandbox import Sandbox

ARTICLE_OF = 'article: {source: {author: "Reed, Ada", licence: CC0}}\n'
RIVER = f"""\
title: The River Bends
{ARTICLE_OF}
standards:
  - {{id: D2.His.14, text: Analyze multiple and *complex* causes and effects of events in the past.}}
  - {{id: D2.His.2, text: Analyze change.}}
  - {{id: D2.His.9, text: Nobody serves this.}}
questions:
  - {{open: Why?, points: 4, depth: analyze, standards: [D2.His.14, D2.His.2], answer: x}}
  - {{short: Who?, points: 1, answer: x}}
  - source: Read.
    id: letter
    document: {{text: We left.}}
    parts:
      - {{short: Who wrote it?, points: 1, depth: remember, answer: x}}
      - {{open: Why?, id: why, points: 2.5, depth: dok3, standards: [D2.His.14], answer: x}}
"""
SEA = f"""\
title: The Sea
{ARTICLE_OF}
standards: [{{id: D2.His.14, text: Analyze causes.}}, {{id: D2.His.9, text: Nobody serves this.}}]
questions:
  - draw: salt
"""
BANK = "questions:\n  - {short: What is salt?, id: salt, answer: x, points: 2, standards: [D2.His.14]}\n"


@pytest.fixture
def project(sandbox: Sandbox) -> Sandbox:
    sandbox.put("lessons/_bank/a.yaml", BANK)
    sandbox.lesson(RIVER)
    sandbox.lesson(SEA, slug="sea")
    return sandbox


def test_each_standard_with_the_questions_that_serve_it(project: Sandbox) -> None:
    result = project.run("coverage")
    assert (result.code, result.err) == (0, "2 of 3 standards served in 2 lessons\n")
    assert result.out == (
        "D2.His.2\n"
        "  Analyze change.\n"
        "  river: question 1 (4 points; analyze)\n"
        "\n"
        "D2.His.9\n"
        "  Nobody serves this.\n"
        "  river: no question\n"
        "  sea: no question\n"
        "\n"
        "D2.His.14\n"
        "  Analyze multiple and complex causes and effects of events in the past.\n"
        "  Analyze causes.\n"
        "  river: questions 1, 3b (6.5 points; analyze, dok3)\n"
        "  sea: question 1 (2 points)\n"
        "  3 questions, 8.5 points in all\n"
        "\n"
        "Standards that no question serves\n"
        "  D2.His.9\n"
        "\n"
        "Questions that serve no standard\n"
        "  river: question 2 (1 point)\n"
    )


def test_the_matrix_for_a_spreadsheet(project: Sandbox) -> None:
    rows = list(csv.DictReader(io.StringIO(project.run("coverage", "--format", "csv").out)))
    assert [row["standard"] for row in rows] == ["D2.His.2", "D2.His.9", "D2.His.14", "(no standard)"]
    assert [(row["river"], row["sea"], row["questions"], row["points"]) for row in rows] == [
        ("1", "", "1", "4"),
        ("-", "-", "0", "0"),
        ("1; 3b", "1", "3", "8.5"),
        ("2", "", "1", "1"),
    ]


def test_json_has_the_addresses(project: Sandbox) -> None:
    data = json.loads(project.run("coverage", "--format", "json").out)
    assert [(s["id"], s["questions"], s["points"]) for s in data["standards"]] == [
        ("D2.His.2", 1, 4.0),
        ("D2.His.9", 0, 0),
        ("D2.His.14", 3, 8.5),
    ]
    served = data["standards"][2]["lessons"]
    assert [(s["lesson"], [q["address"] for q in s["questions"]]) for s in served] == [
        ("river", ["questions/1", "questions/letter/parts/why"]),
        ("sea", ["questions/salt"]),
    ]
    assert [(s["lesson"], [q["number"] for q in s["questions"]]) for s in data["without_standard"]] == [
        ("river", ["2"])
    ]


def test_strict_fails_where_a_standard_is_not_served(project: Sandbox) -> None:
    assert project.run("coverage", "--strict").code == 1
    project.lesson(SEA.replace(", {id: D2.His.9, text: Nobody serves this.}", ""), slug="sea")
    assert project.run("coverage", "--strict", "sea").code == 0
    assert project.run("coverage", "--strict", "river").code == 1


def test_it_is_written_to_a_file(project: Sandbox) -> None:
    result = project.run("coverage", "--format", "csv", "-o", "coverage.csv")
    assert (result.code, result.out) == (0, "")
    assert result.err.startswith("wrote coverage.csv\n")
    assert (project.root / "coverage.csv").read_text("utf-8") == project.run("coverage", "--format", "csv").out


def test_a_lesson_at_fault_is_told_and_the_others_are_shown(project: Sandbox) -> None:
    project.lesson("titel: x\n", slug="lake")
    result = project.run("coverage")
    assert result.code == 1
    assert "error[L201]" in result.err
    assert "river: question 1" in result.out


def test_a_question_and_its_part_count_once_for_one_standard(sandbox: Sandbox) -> None:
    spec = f"title: x\n{ARTICLE_OF}standards: [{{id: A, text: B.}}]\n"
    parts = "parts: [{open: Why?, points: 2, standards: [A]}, {open: How?, points: 1}]"
    sandbox.lesson(f"{spec}questions: [{{open: Read., standards: [A], {parts}}}]\n")
    assert "river: question 1 (3 points)\n" in sandbox.run("coverage").out


def test_thirty_lessons_are_read_at_eighty_columns(sandbox: Sandbox) -> None:
    for n in range(30):
        text = "An aim that takes a good many words to say and is wrapped where the screen ends"
        standards = ", ".join(f"{{id: S.{m}, text: {text}.}}" for m in range(1, 4))
        asked = "".join(
            f"  - {{short: Who?, answer: x, standards: [S.{1 + k % 3}], depth: apply}}\n" for k in range(60)
        )
        slug = f"lesson-{n:02}-with-a-name-of-some-length"
        sandbox.lesson(f"title: x\n{ARTICLE_OF}standards: [{standards}]\nquestions:\n{asked}", slug=slug)
    result = sandbox.run("coverage")
    assert result.code == 0
    assert max(map(len, result.out.splitlines())) <= 80
    assert result.out.count("lesson-17-with-a-name-of-some-length: questions") == 3
    header = sandbox.run("coverage", "--format", "csv").out.splitlines()[0]
    assert len(header.split(",")) == 34
