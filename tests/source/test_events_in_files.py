"""Events in files beside a lesson are events of the lesson, each with its place in its file."""

from __future__ import annotations

import contextlib

from sandbox import ARTICLE, Sandbox

from toolkit.model.diagnostics import Severity
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source
from toolkit.source.lesson import Loaded

SPEC = """\
title: The River
chronology:
  - {date: 1939-05, within: late, event: The dike breaks., id: broke}
  - file: events.csv
  - {file: more.json}
  - {date: 1999, event: A bridge stands.}
questions:
  - {order: Which came first?, events: [work, broke]}
"""
TABLE = 'date,id,event\n1941-02-11~,work,"Work begins, *at last*."\n1953/1955,,The town moves.\n'
SLIDES = """\
{"events": [
  {"start_date": {"year": 1961, "month": 5}, "text": {"headline": "The wall stands."}, "media": {"url": "x.png"}},
  {"start_date": {"year": 1971}, "text": {"headline": "Herons come back."}, "media": {"url": "y.png"}}
]}
"""


def loaded(sandbox: Sandbox, spec: str = SPEC) -> Loaded:
    sandbox.put("lessons/river/events.csv", TABLE)
    sandbox.put("lessons/river/more.json", SLIDES)
    file = sandbox.lesson(spec, ARTICLE)
    with contextlib.chdir(sandbox.root):
        return lesson_source.load(file, Project())


def test_they_stand_where_their_file_is_named(sandbox: Sandbox) -> None:
    chronology = loaded(sandbox).lesson.spec.chronology
    assert [(str(event.date), event.event) for event in chronology] == [
        ("1939-05", "The dike breaks."),
        ("1941-02-11~", "Work begins, *at last*."),
        ("1953/1955", "The town moves."),
        ("1961-05", "The wall stands."),
        ("1971", "Herons come back."),
        ("1999", "A bridge stands."),
    ]


def test_a_file_alone_is_named_in_one_word_or_under_a_key(sandbox: Sandbox) -> None:
    for words in ("events.csv", "{file: events.csv}", "[{file: events.csv}]"):
        spec = f"title: The River\nchronology: {words}\n"
        assert len(loaded(sandbox, spec).lesson.spec.chronology) == 2


def test_each_has_its_place_in_its_file(sandbox: Sandbox) -> None:
    spans = loaded(sandbox).positions.spans
    assert (spans["chronology/work/event"].file, spans["chronology/work/event"].line) == (
        "lessons/river/events.csv",
        2,
    )
    assert (spans["chronology/4/date"].file, spans["chronology/4/date"].line) == ("lessons/river/more.json", 2)
    assert (spans["chronology/6/date"].file, spans["chronology/6/date"].line) == ("lessons/river/lesson.yaml", 6)


def test_what_is_not_kept_is_noted_once_a_sort(sandbox: Sandbox) -> None:
    (notice,) = loaded(sandbox).notices
    assert (notice.code, notice.severity) == ("S522", Severity.NOTE)
    assert notice.message == "'more.json': not kept, because events have no place for it: `media` (2 times)"
    assert notice.span
    assert (notice.span.file, notice.span.line) == ("lessons/river/more.json", 2)


def test_they_are_printed(sandbox: Sandbox) -> None:
    loaded(sandbox)
    built = sandbox.run("build", "--format", "html")
    assert built.code == 0
    page = (sandbox.root / "output/river/handout.html").read_text("utf-8")
    assert "c. February 11, 1941" in page
    assert "Work begins, <em>at last</em>." in page
    assert "Herons come back." in page
