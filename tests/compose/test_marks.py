"""The table of points on a worksheet."""

from __future__ import annotations

import pytest
from sandbox import Sandbox

from toolkit.model import text as t
from toolkit.model.printout import Printout

ARTICLE = "## Upstream\n\nWater.\n"


def spec(*points: float | None, marks: str = "marks: true\n") -> str:
    lines = [f"  - {{open: Q{n}?{f', points: {one}' if one else ''}}}" for n, one in enumerate(points, start=1)]
    return f"title: T\n{marks}questions:\n" + "\n".join(lines) + "\n"


def tables(printout: Printout) -> list[list[list[str]]]:
    found = [b for part in printout.parts for b in part.blocks if isinstance(b, t.Table) and b.role == "marks"]
    return [[[t.plain(cell) for cell in row] for row in (table.header, *table.rows)] for table in found]


def test_a_worksheet_has_a_box_for_each_question_with_points(sandbox: Sandbox) -> None:
    sandbox.lesson(spec(2, None, 1.5), ARTICLE)
    assert tables(sandbox.printout("worksheet")) == [
        [["Question", "1", "3", "Total"], ["Points", "2", "1.5", "3.5"], ["Earned", "", "", ""]]
    ]


def test_points_of_parts_are_those_of_the_question(sandbox: Sandbox) -> None:
    parts = "title: T\nmarks: true\nquestions:\n  - source: Read.\n    document: {text: W.}\n    parts:\n"
    sandbox.lesson(parts + "      - {short: Who?, points: 1}\n      - {short: When?, points: 2}\n", ARTICLE)
    assert tables(sandbox.printout("worksheet"))[0][1] == ["Points", "3", "3"]


@pytest.mark.parametrize(("count", "columns"), [(9, [10]), (10, [6, 5]), (18, [10, 9]), (20, [7, 7, 7])])
def test_many_questions_are_parted_into_tables_of_one_length(sandbox: Sandbox, count: int, columns: list[int]) -> None:
    sandbox.lesson(spec(*[1] * count), ARTICLE)
    found = tables(sandbox.printout("worksheet"))
    assert [len(table[0]) - 1 for table in found] == columns
    assert [cell for table in found for cell in table[0][1:]] == [*(str(n + 1) for n in range(count)), "Total"]


def test_the_total_is_not_said_twice(sandbox: Sandbox) -> None:
    sandbox.lesson(spec(1, 2), ARTICLE)
    blocks = [block for part in sandbox.printout("worksheet").parts for block in part.blocks]
    assert not [block for block in blocks if isinstance(block, t.Paragraph) and block.role == "total"]


def test_only_a_students_worksheet_has_it(sandbox: Sandbox) -> None:
    sandbox.lesson(spec(1), ARTICLE)
    assert tables(sandbox.printout("handout")) == []
    assert tables(sandbox.printout("worksheet", "teacher")) == []


def test_the_project_may_want_it_for_all(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", "marks = true\n")
    sandbox.lesson(spec(1, marks=""), ARTICLE, "with")
    sandbox.lesson(spec(1, marks="marks: false\n"), ARTICLE, "without")
    sandbox.lesson(spec(None, marks=""), ARTICLE, "unscored")
    assert sandbox.run("build", "--format", "html", "--sheet", "worksheet", "--edition", "student").code == 0
    pages = {n: (sandbox.root / f"output/{n}/worksheet.html").read_text() for n in ("with", "without", "unscored")}
    assert {name: "Earned" in page for name, page in pages.items()} == {
        "with": True,
        "without": False,
        "unscored": False,
    }
