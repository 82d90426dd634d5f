"""Questions on a sheet: numbers, room to answer, answers for teachers, points."""

from __future__ import annotations

import pytest
from printout_dump import inline
from sandbox import Sandbox

from toolkit.model import text as t
from toolkit.model.printout import Block, Printout, Task
from toolkit.model.response import Choice, Entry, Writing

ARTICLE = "## Upstream\n\nWater.\n\n## Downstream\n\nTown.\n"
SPEC = """\
title: The River
sections:
  - heading: Upstream
    id: up
    questions:
      - open: Why?
        id: why
        answer: Because it is flat.
      - choose: Which?
        options: [tide, wind, rain]
        correct: wind
        explain: It blew.
  - heading: Downstream
    questions:
      - short: Who?
        answer: Ada *Reed*
questions:
  - open: And now?
    lines: 2
"""


def blocks(printout: Printout) -> tuple[Block, ...]:
    return next((part.blocks for part in printout.parts if part.kind == "questions"), ())


def tasks(printout: Printout) -> list[Task]:
    return [block for block in blocks(printout) if isinstance(block, Task)]


def headings(printout: Printout) -> list[tuple[int, str]]:
    return [(block.level, inline(block.content)) for block in blocks(printout) if isinstance(block, t.Heading)]


def paragraphs(printout: Printout, role: str) -> list[str]:
    found = [b for b in blocks(printout) if isinstance(b, t.Paragraph) and b.role == role]
    return [inline(block.content) for block in found]


@pytest.fixture
def river(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(SPEC, ARTICLE)
    return sandbox


@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
@pytest.mark.parametrize("audience", ["student", "teacher"])
def test_tasks_are_numbered_once_through_the_lesson(river: Sandbox, sheet: str, audience: str) -> None:
    found = tasks(river.printout(sheet, audience))
    assert [(task.number, inline(next(t.inlines_of(task.stem[0])))) for task in found] == [
        ("1", "Why?"),
        ("2", "Which?"),
        ("3", "Who?"),
        ("4", "And now?"),
    ]


def test_a_task_keeps_the_address_of_its_id_or_place(river: Sandbox) -> None:
    found = tasks(river.printout("worksheet"))
    assert [task.address for task in found] == [
        "sections/up/questions/why",
        "sections/up/questions/2",
        "sections/2/questions/1",
        "questions/1",
    ]
    assert found[0].stem == (t.Paragraph((t.Text("Why?"),), "sections/up/questions/why/open"),)


def test_a_worksheet_groups_its_tasks_under_the_headings_of_the_article(river: Sandbox) -> None:
    assert headings(river.printout("worksheet")) == [(2, "Upstream"), (2, "Downstream"), (2, "Looking at the whole")]


def test_a_handout_has_one_heading_over_all_tasks(river: Sandbox) -> None:
    assert headings(river.printout("handout")) == [(2, "Questions")]


def test_without_sections_a_worksheet_needs_no_headings(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nquestions:\n  - open: Why?\n", ARTICLE)
    assert headings(sandbox.printout("worksheet")) == []


def test_ids_that_are_words_of_addresses_are_ids_all_the_same(sandbox: Sandbox) -> None:
    spec = "title: T\nsections:\n  - {heading: Upstream, id: questions, questions: [{open: Why?, id: sections}]}\n"
    sandbox.lesson(spec, ARTICLE)
    printout = sandbox.printout("worksheet")
    assert headings(printout) == [(2, "Upstream")]
    assert [task.address for task in tasks(printout)] == ["sections/questions/questions/sections"]


def test_a_lesson_without_questions_has_no_part_for_them(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n", ARTICLE)
    assert [part.kind for part in sandbox.printout("worksheet").parts] == []


def test_students_get_room_on_the_worksheet_and_options_on_the_handout(river: Sandbox) -> None:
    kinds = {s: [type(task.response) for task in tasks(river.printout(s))] for s in ("worksheet", "handout")}
    assert kinds["worksheet"] == [Writing, Choice, Entry, Writing]
    assert kinds["handout"] == [type(None), Choice, type(None), type(None)]


def test_students_get_no_key_no_model_and_no_aside(river: Sandbox) -> None:
    for sheet in ("worksheet", "handout"):
        for task in tasks(river.printout(sheet)):
            assert getattr(task.response, "key", None) is None
            assert (task.models, task.asides) == ((), ())


def test_teachers_get_the_key_and_the_model_in_place_of_room(river: Sandbox) -> None:
    why, which, who, now = tasks(river.printout("worksheet", "teacher"))
    assert why.response is None
    assert [(m.label, m.address) for m in why.models] == [("Model answer", "sections/up/questions/why/answer")]
    assert isinstance(which.response, Choice)
    assert which.response.key == frozenset({1})
    assert [m.label for m in which.models] == ["Why"]
    assert isinstance(who.response, Entry)
    assert who.response.key == (t.Text("Ada "), t.Emphasis((t.Text("Reed"),)))
    assert isinstance(now.response, Writing), "a question without an answer keeps its room"
    assert tasks(river.printout("handout", "teacher"))[2].response == who.response


def test_room_is_spoken_of_in_the_language(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nlanguage: fr\nquestions:\n  - {open: Why?, lines: 4}\n  - short: Who?\n", ARTICLE)
    spoken = [getattr(task.response, "spoken", "") for task in tasks(sandbox.printout("worksheet"))]
    assert spoken == ["Espace pour la réponse, 4 lignes.", "Espace pour une réponse courte."]


def test_room_of_no_lines_is_no_room(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nquestions:\n  - {open: Talk., lines: 0}\n", ARTICLE)
    printout = sandbox.printout("worksheet")
    assert tasks(printout)[0].response is None
    assert paragraphs(printout, "instructions") == []


def test_options_have_the_letters_of_the_language(sandbox: Sandbox) -> None:
    spec = "title: T\nlanguage: ar\nquestions:\n  - {choose: Which?, options: [x, y], correct: [x, y]}\n"
    sandbox.lesson(spec, ARTICLE)
    response = tasks(sandbox.printout())[0].response
    assert isinstance(response, Choice)
    assert [option.label for option in response.options] == ["أ", "ب"]
    assert response.many


def test_instructions_say_what_the_sheet_asks_for(river: Sandbox, sandbox: Sandbox) -> None:
    (said,) = paragraphs(river.printout("worksheet"), "instructions")
    assert "lines to write on" in said
    assert "Mark one ○." in said
    assert paragraphs(river.printout("handout"), "instructions") == []
    assert paragraphs(river.printout("worksheet", "teacher"), "instructions") == []


def test_the_teacher_sees_depth_and_standards_and_notes(sandbox: Sandbox) -> None:
    spec = """\
title: T
standards: [{id: A.1, text: x}, {id: B.2, text: y}]
questions:
  - {open: One?, depth: analyze, standards: [A.1, B.2], look_for: L, misconception: M, support: S, scoring: P}
  - {open: Two?, standards: [A.1]}
  - {open: Three?}
"""
    sandbox.lesson(spec, ARTICLE)
    one, two, three = tasks(sandbox.printout("worksheet", "teacher"))
    assert [(a.label, t.plain_block(a.content[0])) for a in one.asides] == [
        ("Look for", "L"),
        ("Misconception", "M"),
        ("Support", "S"),
        ("Scoring", "P"),
        ("Depth", "Analyze · A.1 · B.2"),
    ]
    assert [(a.label, t.plain_block(a.content[0])) for a in two.asides] == [("Standards", "A.1")]
    assert three.asides == ()


@pytest.mark.parametrize(
    ("points", "printed", "total"),
    [
        (("1", "2.5"), ["1 pt", "2.5 pts"], ["Total: 3.5 points"]),
        (("1", None), ["1 pt", ""], []),
        ((None, None), ["", ""], []),
    ],
)
def test_points_are_added_up_where_every_question_has_them(
    sandbox: Sandbox, points: tuple[str | None, ...], printed: list[str], total: list[str]
) -> None:
    lines = [f"  - {{open: Q{n}?{f', points: {p}' if p else ''}}}" for n, p in enumerate(points)]
    sandbox.lesson("title: T\nquestions:\n" + "\n".join(lines), ARTICLE)
    printout = sandbox.printout()
    assert [task.points for task in tasks(printout)] == printed
    assert paragraphs(printout, "total") == total
