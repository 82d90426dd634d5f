"""Levels: what a sheet with more support, or more to do, asks instead; and what the teacher sees of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sandbox import Sandbox
from version_samples import keys, prompt, student, tables, tasks, teacher

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.level import LEVELS, Level
from toolkit.model.printout import Edition, Printout
from toolkit.model.response import Gaps, Writing

ARTICLE = "## Upstream\n\nWater.\n"
SPEC = """\
title: The River
sections:
  - heading: Upstream
    questions:
      - open: Why does the water slow?
        answer: The land is flat.
        lines: 4
        points: 2
        levels:
          support: {prompt: Is the land flat or steep? Finish the sentence., hint: Look at the *map*., lines: 2}
          extension: Why does the water slow, and where would it slow next?
      - open: Only with more to do?
        only: extension
        answer: Yes.
        points: 5
      - cloze: The {silt} falls.
        points: 1
        levels: {support: "The {silt} falls to the {bottom}."}
      - source: Read.
        document: {text: Words.}
        points: 3
        parts:
          - short: Who?
            answer: Ada
            only: [core, extension]
          - choose: Which?
            options: [wind, tide, rain]
            correct: tide
            levels: {support: "Which of these?"}
  - heading: Upstream
    under: never
questions:
  - exit: What now?
    points: 1
""".replace("  - heading: Upstream\n    under: never\n", "")


@pytest.fixture
def river(sandbox: Sandbox) -> Lesson:
    sandbox.lesson(SPEC, ARTICLE)
    return sandbox.load()


def sheet(lesson: Lesson, level: Level = "core") -> Printout:
    return compose(lesson, "worksheet", Edition(level=level))


def stem(printout: Printout, number: str) -> list[str]:
    return [t.plain_block(block) for block in tasks(printout)[number].stem]


def test_a_level_asks_in_its_own_words(river: Lesson) -> None:
    assert stem(sheet(river), "1") == ["Why does the water slow?"]
    assert stem(sheet(river, "extension"), "1") == ["Why does the water slow, and where would it slow next?"]
    support = sheet(river, "support")
    assert stem(support, "1") == ["Is the land flat or steep? Finish the sentence.", "Hint Look at the map."]
    assert [getattr(block, "address", "") for block in tasks(support)["1"].stem] == [
        "sections/1/questions/1/levels/support/prompt",
        "sections/1/questions/1/levels/support/hint",
    ]


def test_a_level_may_leave_other_room(river: Lesson) -> None:
    rooms = [tasks(sheet(river, level))["1"].response for level in LEVELS]
    assert [room.lines for room in rooms if isinstance(room, Writing)] == [4, 2, 4]


def test_the_gaps_of_a_level_are_cut_out(river: Lesson) -> None:
    gaps = tasks(sheet(river, "support"))["2"].response
    assert isinstance(gaps, Gaps)
    assert "silt" not in repr(gaps)
    assert "bottom" not in repr(gaps)


def test_a_question_of_some_levels_is_on_their_sheets_alone(river: Lesson) -> None:
    numbers = {level: [n for n in tasks(sheet(river, level)) if n.isdigit()] for level in LEVELS}
    assert numbers == {"core": list("1234"), "support": list("1234"), "extension": list("12345")}
    assert prompt(tasks(sheet(river, "extension"))["2"]) == "Only with more to do?"
    assert "Only with more" not in repr(sheet(river))


def test_parts_have_levels_too(river: Lesson) -> None:
    assert [prompt(part) for part in tasks(sheet(river))["3"].parts] == ["Who?", "Which?"]
    support = tasks(sheet(river, "support"))["3"].parts
    assert [(part.number, prompt(part)) for part in support] == [("a", "Which of these?")]


def test_points_are_those_of_the_sheet(river: Lesson) -> None:
    totals = [
        t.plain_block(block)
        for level in LEVELS
        for part in sheet(river, level).parts
        for block in part.blocks
        if isinstance(block, t.Paragraph) and block.role == "total"
    ]
    assert totals == ["Total: 7 points", "Total: 7 points", "Total: 12 points"]


# -- what tells the level


def test_no_word_on_a_sheet_names_its_level(river: Lesson) -> None:
    sheets = [sheet(river, level) for level in LEVELS]
    assert [one.furniture.foot for one in sheets] == ["\u2003···", "\u2003·:·", "\u2003:·:"]
    for one in sheets:
        shown = repr(replace(one, parts=(), metadata=replace(one.metadata, identifier="")))
        assert not any(word in shown.casefold() for word in ("support", "extension", "core"))
    assert [one.metadata.identifier for one in sheets] == [
        "river/worksheet-student",
        "river/worksheet-student-support",
        "river/worksheet-student-extension",
    ]


def test_a_lesson_without_levels_has_no_mark(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nquestions:\n  - open: Why?\n", ARTICLE)
    assert sandbox.printout("worksheet").furniture.foot == ""


# -- the teacher


def test_the_teacher_sees_every_variant_beside_the_question(river: Lesson) -> None:
    found = tasks(teacher(river))
    assert [(aside.label, [t.plain_block(block) for block in aside.content]) for aside in found["1"].asides] == [
        ("Support sheet", ["Is the land flat or steep? Finish the sentence.", "Hint Look at the map."]),
        ("Extension sheet", ["Why does the water slow, and where would it slow next?"]),
    ]
    assert prompt(found["1"]) == "Why does the water slow?"
    assert [(aside.label, t.plain_block(aside.content[0])) for aside in found["2"].asides] == [
        ("Only on", "Extension sheet")
    ]
    assert [(aside.label, t.plain_block(aside.content[0])) for aside in found["4a"].asides] == [
        ("Only on", "Core sheet · Extension sheet")
    ]


def test_the_teacher_finds_the_numbers_of_every_level(river: Lesson) -> None:
    (table,) = tables(teacher(river))
    assert [t.plain(cell) for cell in table.header] == ["Question", "Core sheet", "Support sheet", "Extension sheet"]
    assert [[t.plain(cell) for cell in row] for row in table.rows] == [
        ["1", "1", "1", "1"],
        ["2", "—", "—", "2"],
        ["3", "2", "2", "3"],
        ["4", "3", "3", "4"],
        ["4b", "3b", "3a", "4b"],
        ["5", "4", "4", "5"],
    ]


def test_levels_with_the_same_numbers_need_no_table(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nquestions:\n  - {open: Why?, levels: {support: How?}}\n", ARTICLE)
    assert tables(sandbox.printout("worksheet", "teacher")) == []


def test_versions_and_levels_have_a_key_for_each_numbering(sandbox: Sandbox) -> None:
    spec = SPEC.replace("title: The River\n", "title: The River\nversions: 2\n").replace(
        "            only: [core, extension]\n", ""
    )
    sandbox.lesson(spec, ARTICLE)
    lesson = sandbox.load()
    assert [t.plain(table.caption) for table in tables(teacher(lesson))] == [
        "Core sheet · Support sheet",
        "Extension sheet",
    ]
    core, extension = keys(teacher(lesson))[:2], keys(teacher(lesson))[2:]
    for level, found in (("core", core), ("support", core), ("extension", extension)):
        for key in found:
            printed = student(lesson, key.name, level=level)  # type: ignore[arg-type]  # one of the literals above
            assert printed.furniture.foot.startswith(f"Form {key.name} · {key.code}\u2003")
            for row, cell in key.cells.items():
                there = tasks(printed)[cell.partition(":")[0]]
                assert there.address == tasks(teacher(lesson))[row].address
