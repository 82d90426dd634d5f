"""Versions: every key marks what is right, the same seed gives the same order for ever, and some orders stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox import Sandbox
from version_samples import (
    ARTICLE,
    RIGHT,
    SPEC,
    Key,
    keys,
    marked,
    prompt,
    seeded,
    student,
    tables,
    tasks,
    teacher,
)

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition, Printout
from toolkit.model.response import Choice, Gaps, Match, Option, Order

GOLDEN = Path(__file__).parent / "golden" / "versions.txt"
SEEDS = [f"seed-{n}" for n in range(200)]


@pytest.fixture
def river(sandbox: Sandbox) -> Lesson:
    sandbox.lesson(SPEC, ARTICLE)
    return sandbox.load()


def order(printout: Printout) -> list[str]:
    return [prompt(task) for number, task in tasks(printout).items() if number.isdigit()]


def options(printout: Printout, of: str) -> tuple[str, ...]:
    response = next(task.response for task in tasks(printout).values() if prompt(task) == of)
    assert isinstance(response, Choice)
    return tuple(t.plain(option.content) for option in response.options)


def with_spec(sandbox: Sandbox, words: str) -> Lesson:
    sandbox.lesson(words, ARTICLE)
    return sandbox.load()


# -- the key


def faults(lesson: Lesson, read: Callable[[Printout], list[Key]] = keys) -> list[str]:
    """Return what a marker would get wrong with the key: told from the words on both sheets."""
    key_sheet = teacher(lesson)
    asked = {number: prompt(task) for number, task in tasks(key_sheet).items()}
    found = []
    for key in read(key_sheet):
        sheet = tasks(student(lesson, key.name))
        answered = set()
        for row, (number, _, answer) in split(key).items():
            task = sheet[number]
            if prompt(task) != asked[row]:
                found.append(f"{key.name}: {row} is called {number}, which is {prompt(task)}")
            if answer:
                answered.add(asked[row])
                right = RIGHT[asked[row]]
                wanted = (
                    right if isinstance(right, Mapping) or isinstance(task.response, Order) else tuple(sorted(right))
                )
                if marked(task, answer) != wanted:
                    found.append(f"{key.name}: {row} is answered {answer}")
        if answered != set(RIGHT):
            found.append(f"{key.name}: no answer for {set(RIGHT) - answered}")
    return found


def test_the_key_of_two_hundred_seeds_marks_what_is_right(river: Lesson) -> None:
    assert {seed: said for seed in SEEDS if (said := faults(seeded(river, seed, count=2)))} == {}


@pytest.mark.parametrize(("one", "other"), [("A", "B"), ("1", "2")])
def test_the_test_of_the_key_can_fail(river: Lesson, one: str, other: str) -> None:
    """A key with two letters or numbers taken for each other marks wrong."""
    mistaken = str.maketrans({one: other, other: one})

    def swapped(printout: Printout) -> list[Key]:
        changed = [
            {row: f"{n}: {said.translate(mistaken)}" if said else n for row, (n, _, said) in split(key).items()}
            for key in keys(printout)
        ]
        return [replace(key, cells=cells) for key, cells in zip(keys(printout), changed, strict=True)]

    assert faults(river) == []
    assert faults(river, swapped)


def split(key: Key) -> dict[str, tuple[str, str, str]]:
    return {row: cell.partition(": ") for row, cell in key.cells.items()}


def test_the_key_names_every_question_of_every_version_once(river: Lesson) -> None:
    for key in keys(teacher(river)):
        numbers = [cell.partition(":")[0] for cell in key.cells.values()]
        closed = [number for number in numbers if not number.isdigit()]
        assert sorted(int(n) for n in numbers if n.isdigit()) == list(range(1, 15))
        assert [number[-1] for number in closed] == ["a"], "of the parts, the one with a letter"


def test_both_teachers_sheets_have_the_key_as_a_table_with_heads(river: Lesson) -> None:
    for sheet in ("worksheet", "handout"):
        (table,) = tables(teacher(river, sheet))
        assert table.role == "key"
        assert t.plain(table.header[0]) == "Question"
        assert [key.name for key in keys(teacher(river, sheet))] == ["A", "B", "C"]
    assert tables(student(river, "A")) == []


def test_many_versions_are_parted_into_tables_that_fit(river: Lesson) -> None:
    found = tables(teacher(seeded(river, "x", count=12)))
    assert [len(table.header) for table in found] == [7, 7]
    assert [key.name for key in keys(teacher(seeded(river, "x", count=12)))] == list("ABCDEFGHIJKL")


# -- for ever the same


def test_the_versions_of_a_seed_are_what_they_were(river: Lesson, accept: bool) -> None:
    """If this changes, keys that teachers have printed are wrong. It may not, in no release."""
    lesson = seeded(river, "spring-2026")
    lines = []
    for key in keys(teacher(lesson)):
        lines.append(f"Form {key.name} · {key.code}")
        for number, task in tasks(student(lesson, key.name)).items():
            lines += [f"  {number} {prompt(task)}", *(f"      {line}" for line in shown(task.response))]
        lines += [f"  key {row} = {cell}" for row, cell in key.cells.items()]
    found = "\n".join(lines) + "\n"
    if accept:
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8"), "printed keys would be wrong"


def shown(response: object) -> list[str]:
    def line(option: Option) -> str:
        return f"{option.label} {t.plain(option.content)}".strip()

    match response:
        case Choice(options) | Order(options):
            return [line(option) for option in options]
        case Match(items, options):
            return [line(option) for option in (*items, *options)]
        case Gaps(bank=bank):
            return [", ".join(t.plain(word) for word in bank)]
    return []


def test_a_version_is_the_same_however_many_follow(river: Lesson) -> None:
    few, many = seeded(river, "x", count=2), seeded(river, "x", count=12)
    assert [student(few, name) for name in "AB"] == [student(many, name) for name in "AB"]


def test_the_seed_is_the_lessons_id_if_none_is_said(river: Lesson) -> None:
    assert student(river, "A") == student(seeded(river, "river"), "A")
    assert order(student(river, "A")) != order(student(seeded(river, "sea"), "A"))


def test_versions_differ_from_each_other(river: Lesson) -> None:
    for seed in SEEDS[:20]:
        sheets = [student(seeded(river, seed), name) for name in "ABC"]
        assert len({tuple(order(sheet)) for sheet in sheets}) == 3
        assert len({options(sheet, "What broke the dike?") for sheet in sheets}) == 3


def test_handout_and_worksheet_of_a_version_are_one_form(river: Lesson) -> None:
    handout, worksheet = student(river, "B", "handout"), student(river, "B")
    assert order(handout) == order(worksheet)
    assert handout.furniture.foot.split(" · ")[:2] == worksheet.furniture.foot.split(" · ")[:2]


# -- the form's name


def test_a_form_has_its_name_and_code_on_every_page_and_in_the_file(river: Lesson) -> None:
    key = keys(teacher(river))[1]
    sheet = student(river, "B")
    assert sheet.furniture.foot.startswith(f"Form B · {key.code}")
    assert sheet.opener.kicker.endswith("Form B")
    assert sheet.metadata.title == "The River – Questions · Form B"
    assert sheet.metadata.identifier == "river/worksheet-student-b"


def test_a_code_tells_editions_of_a_lesson_apart(river: Lesson, sandbox: Sandbox) -> None:
    codes = {key.code for seed in SEEDS[:40] for key in keys(teacher(seeded(river, seed)))}
    assert len(codes) >= 118, "120 forms, and three signs have 13,824 codes"
    changed = with_spec(sandbox, SPEC.replace("the wind, the town", "the storm, the town"))
    assert [key.code for key in keys(teacher(changed))] != [key.code for key in keys(teacher(river))]


def test_a_code_says_nothing_of_what_is_right(river: Lesson, sandbox: Sandbox) -> None:
    other = with_spec(sandbox, SPEC.replace("correct: the tide", "correct: the wind"))
    assert [key.code for key in keys(teacher(other))] == [key.code for key in keys(teacher(river))]


def test_labels_name_the_form_in_the_readers_letters(sandbox: Sandbox) -> None:
    lesson = with_spec(sandbox, SPEC.replace("versions: 3\n", "versions: 3\nlanguage: ar\n"))
    assert student(lesson, "B").opener.kicker.endswith("النموذج ب")
    assert student(lesson, "B").metadata.identifier.endswith("-b")


# -- without versions


def test_a_lesson_without_versions_has_no_key_and_no_form(sandbox: Sandbox) -> None:
    lesson = with_spec(sandbox, SPEC.replace("versions: 3\n", ""))
    assert tables(teacher(lesson)) == []
    assert "Form" not in repr(compose(lesson, "worksheet", Edition()))
    with pytest.raises(ValueError, match="no version A"):
        student(lesson, "A")


def test_a_sheet_in_the_written_order_is_that_of_a_lesson_without_versions(river: Lesson, sandbox: Sandbox) -> None:
    written = compose(river, "worksheet", Edition())
    assert written == compose(with_spec(sandbox, SPEC.replace("versions: 3\n", "")), "worksheet", Edition())


def test_a_version_that_there_is_not_is_refused(river: Lesson) -> None:
    with pytest.raises(ValueError, match="no version D"):
        student(river, "D")


# -- what keeps its order


@settings(deadline=None, max_examples=60)
@given(seed=st.text("abc-éي0 ", min_size=1, max_size=12).filter(str.strip), version=st.integers(0, 11))
def test_what_keeps_its_order_keeps_it_with_every_seed(seed: str, version: int) -> None:
    sheet = student(seeded(_kept(), seed, count=12), "ABCDEFGHIJKL"[version])
    assert options(sheet, "When did it break?") == ("January 1953", "February 1953", "March 1953")
    assert options(sheet, "What came of it?")[3] == "none of the above"
    assert options(sheet, "Mark it.") == ("the tide", "the wind", "the town")
    assert options(sheet, "The river runs uphill.") == ("True", "False")
    asked = order(sheet)
    assert asked[-1] == "What do you ask?", "the exit ticket stays last"
    assert ("What would you have built?", "Why there?") in pairwise(asked), "what follows a question stays behind it"
    assert asked[14] == "Draw.", "what fills its page keeps its place"
    assert {*asked[:5]} == {*_written()[:5]}, "questions stay in their section"
    assert {*asked[5:10]} == {*_written()[5:10]}
    source = next(task for task in tasks(sheet).values() if prompt(task) == "Read.")
    assert [prompt(part) for part in source.parts] == ["Who speaks?", "When did it come?"], "parts keep their order"
    assert len(source.exhibits) == 1, "with the document they are about"


KEPT = SPEC.replace(
    "  - short: Who pays?\n    answer: the town\n",
    "  - short: Who pays?\n    answer: the town\n"
    "  - choose: Mark it.\n    options: [the tide, the wind, the town]\n    correct: the tide\n    keep_order: true\n",
).replace("  - exit:", "  - open: Draw.\n    lines: fill\n  - exit:")
_LESSONS: list[Lesson] = []


@pytest.fixture(autouse=True, scope="module")
def kept_lesson(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load the lesson once: a test that is given many seeds has no fixture of its own."""
    sandbox = Sandbox(tmp_path_factory.mktemp("kept"))
    sandbox.lesson(KEPT, ARTICLE)
    _LESSONS[:] = [sandbox.load()]


def _kept() -> Lesson:
    return _LESSONS[0]


def _written() -> list[str]:
    return order(compose(_kept(), "worksheet", Edition()))
