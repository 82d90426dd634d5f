"""hornbook timeline writes the chronology of a lesson to a file, in the form that its ending names."""

from __future__ import annotations

import json

import pytest
from sandbox import LESSON, Sandbox

EVENTS = """\
  - {date: 1953-02-01, event: The dike breaks., section: Upstream}
  - {date: 1939-05, within: late, event: "The *old* dike, of wood, is burnt.", id: burnt}
"""
SPEC = LESSON.replace("  - {date: 1953-02-01, event: The dike breaks.}\n", EVENTS)


def test_a_table_in_order_of_time_that_a_lesson_can_read_again(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    made = sandbox.run("timeline", "river", "-o", "lessons/river/events.csv")
    assert (made.code, made.out, made.err) == (0, "", "made lessons/river/events.csv: 2 events\n")
    table = (sandbox.root / "lessons/river/events.csv").read_text("utf-8")
    assert table.splitlines() == [
        "date,within,event,id,section",
        '1939-05,late,"The *old* dike, of wood, is burnt.",burnt,',
        "1953-02-01,,The dike breaks.,,Upstream",
    ]
    before = sorted(sandbox.load().spec.chronology, key=str)
    sandbox.lesson(SPEC.replace(EVENTS, "  - file: events.csv\n"))
    assert sorted(sandbox.load().spec.chronology, key=str) == before


def test_json(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    assert sandbox.run("timeline", "river", "-o", "deep/events.json").code == 0
    data = json.loads((sandbox.root / "deep/events.json").read_text("utf-8"))
    assert data[0] == {
        "date": "1939-05", "within": "late", "event": "The *old* dike, of wood, is burnt.", "id": "burnt",
    }  # fmt: skip  # one event


def test_timelinejs_says_what_it_cannot_hold(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    made = sandbox.run("timeline", "river", "-o", "x.timelinejs.json")
    assert made.err.splitlines() == [
        "made x.timelinejs.json: 2 events",
        "  not kept: `within: late`: 1939-05",
        "  not kept: `section`: 1953-02-01",
    ]
    first = json.loads((sandbox.root / "x.timelinejs.json").read_text("utf-8"))["events"][0]
    assert first["display_date"] == "late May 1939"
    assert [path.name for path in sandbox.root.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["river", "-o", "x.xls"], 2, ".svg, .timelinejs.json, .csv, .json"),
        (["river"], 2, "Missing option '-o'"),
        (["rover", "-o", "x.csv"], 2, "Did you mean 'river'?"),
        (["lessons", "-o", "x.csv"], 2, "Name one lesson"),
        (["empty", "-o", "x.csv"], 2, "The lesson 'empty' has no chronology."),
        (["wrong", "-o", "x.csv"], 1, "error[L205]"),
    ],
)
def test_what_it_refuses(args: list[str], code: int, words: str, sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    sandbox.lesson("title: Nothing\n", slug="empty")
    sandbox.lesson(SPEC.replace("1939-05", "May 1939"), slug="wrong")
    made = sandbox.run("timeline", *args)
    assert made.code == code
    assert words in " ".join(made.err.split())
    assert not (sandbox.root / "x.csv").exists()
