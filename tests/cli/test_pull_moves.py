"""Questions that go from one list of the lesson to another are told as moved, and take all that is theirs with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pytest
from lxml.etree import _Element
from sandbox import Sandbox
from word_edits import Edit, W, copied, edited, paragraph, retyped, words_of

from toolkit.source import tree

SPEC = """\
title: The River Bends
sections:
  - heading: Upstream   # as in the article
    questions:
      # the first one is easy
      - open: Why does the water slow down there?
        answer: The land is flat there.
        lines: 4

      - choose: 'What does the river drop?'
        options:
          - sand   # from the hills
          - silt
        correct: silt

      # the third one is for a quick class
      # and for a slow river
      - open: >-
          Draw the river and name
          what you see.
        answer: Anything that bends.   # be kind
        rubric: {levels: [Full, None], criteria: {Care: [Neat, Untidy]}}
        points: 5
  - heading: Downstream
    questions:
      - {open: Who lives behind the dike?, answer: The town., id: who}
      - open: What does the dike keep out?
        parts:
          - open: Name what it keeps out in spring.
            answer: Meltwater.
          - open: Name what it keeps out in autumn.
        lines: 2

questions:
  # asked at the end
  - open: |
      Who builds the dike?
    lines: 3
  - short: Where does the river end?
    answer: In the sea.
"""
ARTICLE = """\
# The River Bends

## Upstream

The water slows and drops its silt.

## Downstream

The town builds a dike.
"""
PROMPTS = ("Why does the water slow", "What does the river drop", "Draw the river", "Who lives behind",
           "What does the dike keep", "Who builds the dike", "Where does the river end")  # fmt: skip  # a list of words
SHEETS = ("handout", "worksheet", "handout-teacher", "worksheet-teacher")
PARTED = frozenset({"LTQuestion", "Heading1", "Heading2", "Heading3", "LTTotal", "LTInstructions"})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the lesson built as Word files, which no test changes."""
    home = Sandbox(tmp_path_factory.mktemp("built"))
    home.lesson(SPEC, ARTICLE)
    assert home.run("build", "river", "--format", "docx").code == 0
    return home.root


@pytest.fixture
def town(built: Path, tmp_path: Path) -> Sandbox:
    """Return a project with the lesson built as Word files."""
    copytree(built, tmp_path / "town")
    return Sandbox(tmp_path / "town")


def block(root: _Element, words: str) -> list[_Element]:
    """Return what stands on the page of the question with `words`: all up to the next one, or a heading."""
    found = [paragraph(root, words)]
    following = found[0].getnext()
    while following is not None and following.tag != f"{W}sectPr":
        style = following.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in PARTED:
            break
        found.append(following)
        following = following.getnext()
    return found


class Page:
    """The body of a sheet, as an edit: the questions go where they are sent, one after the other."""

    def __init__(self, *moves: tuple[int, int], bare: bool = False) -> None:
        self.moves = moves
        self.bare = bare
        self.order: list[str] = []

    def __call__(self, root: _Element) -> None:
        for one, behind in self.moves:
            target = block(root, PROMPTS[behind])[-1]
            for element in block(root, PROMPTS[one]):
                target.addnext(element)
                target = element
        for mark in [*root.iter(f"{W}bookmarkStart"), *root.iter(f"{W}bookmarkEnd")] if self.bare else ():
            holder = mark.getparent()
            assert holder is not None
            holder.remove(mark)
        said = (words_of(one) for one in root.iter(f"{W}p"))
        self.order = [prompt for words in said for prompt in PROMPTS if words.startswith(prompt)]


def pulled(town: Sandbox, page: Page, sheet: str, *more: Edit) -> list[dict[str, Any]]:
    """Return what is told of the sheet, edited and brought back into the lesson."""
    edited(town.root / f"output/river/{sheet}.docx", town.root / "a.docx", page, *more)
    result = town.run("pull", "a.docx", "--apply", "--json")
    assert result.code == 0, result.out
    edits: list[dict[str, Any]] = json.loads(result.out)["files"][0]["edits"]
    return edits


def lesson(town: Sandbox) -> str:
    return (town.root / "lessons/river/lesson.yaml").read_text("utf-8")


def questions(text: str) -> list[Any]:
    """Return the questions of a lesson in the order of the page."""
    root = tree.compose(text, "lesson.yaml").root
    assert root
    data = tree.plain_data(root)
    return [one for holder in (*data["sections"], data) for one in holder.get("questions", [])]


def order(text: str) -> list[str]:
    shown = [str(one) for one in questions(text)]
    return [next(prompt for prompt in PROMPTS if prompt in one) for one in shown]


def everything(text: str) -> list[str]:
    """Return the lines of a lesson that say something, those of the bare keys left out, in no order."""
    return sorted(line.strip() for line in text.splitlines() if line.strip() not in ("", "questions:"))


CROSSINGS = [(0, 3), (0, 6), (1, 4), (2, 3), (2, 5), (3, 0), (4, 1), (4, 6), (5, 0), (6, 3), (6, 1)]


@pytest.mark.parametrize(("one", "behind"), CROSSINGS)
def test_one_question_that_crosses_a_border_is_one_move(town: Sandbox, one: int, behind: int) -> None:
    page = Page((one, behind))
    edits = pulled(town, page, "handout")
    assert [(edit["edit"], edit["state"]) for edit in edits] == [("moved", "applied")]
    now = lesson(town)
    assert order(now) == page.order
    assert everything(now) == everything(SPEC)
    assert sorted(map(str, questions(now))) == sorted(map(str, questions(SPEC)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sheet", SHEETS)
def test_whatever_is_moved_nothing_is_lost(town: Sandbox, sheet: str, seed: int) -> None:
    random = Random(f"{sheet} {seed}")
    moves = [tuple(random.sample(range(len(PROMPTS)), 2)) for _ in range(random.randint(2, 4))]
    page = Page(*((one, behind) for one, behind in moves), bare=seed % 2 == 1)
    edits = pulled(town, page, sheet)
    assert {edit["edit"] for edit in edits} <= {"moved"}
    assert {edit["state"] for edit in edits} <= {"applied"}
    now = lesson(town)
    assert order(now) == page.order
    assert everything(now) == everything(SPEC)
    assert town.run("pull", "a.docx").err == "nothing to bring back\n"


def test_what_changed_in_a_question_goes_with_it(town: Sandbox) -> None:
    edits = pulled(
        town, Page((1, 6)), "handout", retyped("river drop", "river leave"), copied("sand", "gravel"),
        retyped("sand", "fine sand"),
    )  # fmt: skip  # reads as a call
    assert sorted(edit["edit"] for edit in edits) == ["inserted", "moved", "reworded", "reworded"]
    assert {edit["state"] for edit in edits} == {"applied"}
    assert lesson(town).endswith(
        """\
    answer: In the sea.
  - choose: 'What does the river leave?'
    options:
      - fine sand   # from the hills
      - gravel
      - silt
    correct: silt
"""
    )


def deleted(words: str) -> Edit:
    """Return an edit that takes out the question with `words`, with all that is its own."""

    def edit(root: _Element) -> None:
        for element in block(root, words):
            holder = element.getparent()
            assert holder is not None
            holder.remove(element)

    return edit


@pytest.mark.parametrize(
    ("sheet", "page", "edit"),
    [
        ("worksheet", Page((3, 1), (1, 5), (0, 6), bare=True), deleted(PROMPTS[6])),
        ("handout", Page((3, 4)), copied(PROMPTS[0], "Why is that new?", behind="out in autumn")),
        (
            "handout",
            Page((0, 3), (4, 2), (1, 2), (0, 6)),
            copied(PROMPTS[0], "Why is that new?", behind="out in autumn"),
        ),
    ],
)
def test_the_second_time_nothing_else_takes_the_place_of_what_went(
    town: Sandbox, sheet: str, page: Page, edit: Edit
) -> None:
    edits = pulled(town, page, sheet, edit)
    assert {one["state"] for one in edits} == {"applied"}
    now = lesson(town)
    assert town.run("pull", "a.docx", "--apply").err == "nothing to bring back\n"
    assert lesson(town) == now


def test_the_place_is_told_in_words(town: Sandbox) -> None:
    edited(town.root / "output/river/handout.docx", town.root / "a.docx", Page((2, 3)))
    said = " ".join(town.run("pull", "a.docx").out.split())
    assert "moved from section “Upstream” to section “Downstream”, behind question 4, “Who lives behind" in said
    edited(town.root / "output/river/handout.docx", town.root / "a.docx", Page((2, 6)))
    said = " ".join(town.run("pull", "a.docx").out.split())
    assert "to the questions on the whole lesson, behind question 7, “Where does the river end?”" in said


WHO = "- {open: Who lives behind the dike?, answer: The town., id: who}"


@pytest.mark.parametrize(
    ("one", "behind", "inside"),
    [
        (
            2,
            3,
            "[{open: Who lives behind the dike?, answer: The town., id: who}]",
        ),  # rich lines do not go into brackets
        (0, 3, "[{open: Who lives behind the dike?, answer: The town., id: who}]"),  # a comment does not
        (3, 0, "[\n      {open: Who lives behind the dike?, # or beside it\n       answer: The town., id: who}]"),
        (4, 0, "[\n      {open: Who lives behind the dike?},  # or beside it\n      {open: What does the dike keep?}]"),
    ],
)
def test_what_would_lose_a_comment_stays_where_it_was(sandbox: Sandbox, one: int, behind: int, inside: str) -> None:
    start, end = SPEC.index("\n      " + WHO), SPEC.index("\nquestions:\n")
    spec = f"{SPEC[:start]} {inside}\n{SPEC[end:]}"
    sandbox.lesson(spec, ARTICLE)
    assert sandbox.run("build", "river", "--format", "docx", "--sheet", "handout").code == 0
    page = Page((one, behind))
    edited(sandbox.root / "output/river/handout.docx", sandbox.root / "a.docx", page, retyped("Who builds", "Who made"))
    result = sandbox.run("pull", "a.docx", "--apply")
    said = " ".join(result.out.split())
    assert "kept: question" in said
    assert "move it in the lesson" in said
    assert lesson(sandbox) == spec.replace("Who builds", "Who made")


BANK = """\
title: Habits
tags: [habit]
questions:
  - {open: Who made this source?, id: maker}
  - {open: When was it made?, id: time}
"""


def in_order(text: str, words: Sequence[str]) -> bool:
    places = [text.index(one) for one in words]
    return places == sorted(places)


def test_beside_questions_of_the_bank_the_right_one_is_moved_and_deleted(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/habits.yaml", BANK)
    spec = SPEC.replace("questions:\n  # asked", "questions:\n  - draw: [maker, time]\n  # asked")
    sandbox.lesson(spec, ARTICLE)
    assert sandbox.run("build", "river", "--format", "docx", "--sheet", "handout").code == 0

    def between(root: _Element) -> None:
        """Move the last question behind the second of those that are drawn."""
        paragraph(root, "When was it made").addnext(paragraph(root, "Where does the river end"))

    edited(sandbox.root / "output/river/handout.docx", sandbox.root / "a.docx", between)
    assert sandbox.run("pull", "a.docx", "--apply").code == 0
    now = lesson(sandbox)
    assert in_order(now, ["draw: [maker", "Where does the river end", "Who builds the dike"])
    assert everything(now) == everything(spec)

    def gone(root: _Element) -> None:
        found = paragraph(root, "Who builds the dike")
        holder = found.getparent()
        assert holder is not None
        holder.remove(found)

    sandbox.lesson(spec, ARTICLE)
    edited(sandbox.root / "output/river/handout.docx", sandbox.root / "b.docx", gone)
    assert sandbox.run("pull", "b.docx", "--apply").code == 0
    now = lesson(sandbox)
    assert "Who builds" not in now
    assert "Where does the river end" in now
