"""Rules to write on, page by page, read from the PDF: with their question, or broken in no ugly place; the total.

In large print, where an answer is soon as high as a page.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest
from pdf_places import Place, places
from pdf_shapes import Shape, shapes
from sandbox import ARTICLE, Sandbox

from toolkit.compose import compose
from toolkit.formats import pdf
from toolkit.formats.html.ruling import keeping
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import Presentation
from toolkit.model.printout import Edition, Task
from toolkit.model.response import Entry, Writing
from toolkit.model.text import Figure, Paragraph, Table, Text

FOOT: Final = {"standard": 792 - 58.0, "large-print": 792 - 92.0}  # pt; of the text block (templates/handout/page.css)
SHORT: Final = "Qone Why does the river bend?"
FIRST: Final = {"open": SHORT, "lines": 3, "points": 1}
LONG: Final = (
    "Qtwo Why does the river bend, and bend again, where the land is as flat as it is here, and not run straight to "
    "the sea as water does that falls from a roof? Give two reasons that you found in the text, and say which of "
    "them is the stronger one, and how you know that it is."
)


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


def printed(sandbox: Sandbox, *, first: object, whole: object, presentation: Presentation = "large-print") -> bytes:
    """Return the worksheet with the question `first` below one heading and `whole` below another."""
    spec = {"title": "Rules", "sections": [{"heading": "Upstream", "questions": [first]}], "questions": [whole]}
    sandbox.lesson(json.dumps(spec), ARTICLE)
    edition = Edition("student", presentation=presentation, pitch=pitch_for(None, presentation))
    said: list[object] = []
    data = pdf.write(compose(sandbox.load(), "worksheet", edition), said.append)
    assert said == []
    return data


def rules(data: bytes) -> list[Shape]:
    """Return the rules to write on, each with its room above it: below the blanks for a name, as wide as the page."""
    wide = [each for each in shapes(data) if each.x2 - each.x1 > 350 and (each.page, each.y1) > (1, 250)]
    return [each for each in wide if any(abs(each.y2 - each.y1 - pitch / 25.4 * 72) < 1 for pitch in (8.7, 15.0))]


def begins(data: bytes, words: str) -> Place:
    return next(place for place in places(data) if words in place.words)


def by_page(data: bytes) -> dict[int, int]:
    """Return how many rules each page has."""
    found = [each.page for each in rules(data)]
    return {page: found.count(page) for page in sorted(set(found))}


def test_rules_by_the_length_of_an_answer_are_no_higher_than_a_page_with_its_question(sandbox: Sandbox) -> None:
    answer = "The land is flat there, and the water slows. " * 12
    whole = {"open": LONG, "answer": answer, "points": 4}

    data = printed(sandbox, first=FIRST, whole=whole)

    page = begins(data, "Qtwo").page
    assert by_page(data) == {1: 3, page: 10}
    assert begins(data, "Looking at the whole").page == page


@pytest.mark.parametrize("lines", [11, 13, 20])
def test_a_heading_a_question_and_its_first_rules_are_on_one_page(sandbox: Sandbox, lines: int) -> None:
    data = printed(sandbox, first=FIRST, whole={"open": LONG, "lines": lines, "points": 4})

    page = begins(data, "Qtwo").page
    assert begins(data, "Looking at the whole").page == page
    below = [each for each in rules(data) if (each.page, each.y1) > (page, begins(data, "Qtwo").y)]
    first, last = (sum(each.page == number for each in below) for number in (page, page + 1))
    assert first + last == lines
    assert min(first, last) >= 3


@pytest.mark.parametrize("lines", [11, 12])
def test_twelve_rules_below_a_short_question_wait_for_a_page(sandbox: Sandbox, lines: int) -> None:
    first = {"document": {"text": "The dike."}, "source": "Read.", "parts": [{"open": SHORT, "lines": 3}]}
    whole = {"open": "Qtwo Why?", "lines": lines}

    found = by_page(printed(sandbox, first=first, whole=whole))

    assert list(found.values()) == [3, lines]


@pytest.mark.parametrize("presentation", ["standard", "large-print"])
@pytest.mark.parametrize("words", [0, 24, 36])
def test_the_total_stands_below_the_last_rule_however_full_the_page_is(
    sandbox: Sandbox, presentation: Presentation, words: int
) -> None:
    lines = 10 if presentation == "large-print" else 18
    stem = "Qtwo Why? " + "water " * words
    data = printed(
        sandbox, first=FIRST, whole={"open": stem, "lines": lines, "points": 4},
        presentation=presentation,
    )  # fmt: skip  # reads as a call

    total, last = begins(data, "Total: 5 points"), rules(data)[-1]
    assert total.page == last.page
    assert 8 < total.y - last.y2 < 22
    folio = next(place for place in places(data) if place.page == total.page and re.search(r"\d / \d", place.words))
    assert folio.y - total.y > {"standard": 9, "large-print": 15}[presentation]


def test_some_of_those_pages_are_full(sandbox: Sandbox) -> None:
    """The test above would say nothing if the total had room on every page."""
    stem = "Qtwo " + "water " * 36
    whole = {"open": stem, "lines": 10, "points": 4}

    data = printed(sandbox, first=FIRST, whole=whole)

    assert begins(data, "Total: 5 points").y > FOOT["large-print"]


def test_rules_to_the_foot_of_the_page_leave_room_for_the_total(sandbox: Sandbox) -> None:
    whole = {"open": "Qtwo Why?", "lines": "fill", "points": 4}

    data = printed(sandbox, first=FIRST, whole=whole, presentation="standard")

    total, last = begins(data, "Total: 5 points"), rules(data)[-1]
    assert total.page == last.page
    assert 8 < total.y - last.y2 < 22
    assert FOOT["standard"] - 25 < total.y < FOOT["standard"]


def test_how_rules_are_kept_is_told_by_what_stands_above_them() -> None:
    def task(lines: int, stem: str = "Why?") -> Task:
        return Task("1", (Paragraph((Text(stem),)),), "", Writing(lines, 15.0, ""), "q")

    long = "why " * 60
    assert [keeping(task(lines), "large-print") for lines in (10, 12, 13, 15)] == ["", "", "tall", "roomy"]
    assert [keeping(task(lines, long), "large-print") for lines in (10, 11, 12)] == ["", "tall", "roomy"]
    assert [keeping(task(lines), "standard") for lines in (11, 12)] == ["", "roomy"]
    table = Table((), ((),) * 12)
    assert keeping(Task("1", (table,), "", Writing(4, 15.0, ""), "q"), "booklet") == "roomy"
    picture = Figure("a.png", "A river.")
    assert keeping(Task("1", (picture,), "", Writing(8, 15.0, ""), "q"), "large-print") == "roomy"
    assert keeping(Task("1", (), "", Entry(40, 8.7, ""), "q"), "large-print") == ""
