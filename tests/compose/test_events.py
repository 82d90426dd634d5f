"""The chronology on a sheet: in the order of time, in the words of the language, blank for students to fill in."""

from __future__ import annotations

import pytest
from printout_dump import inline
from sandbox import Sandbox

from toolkit.model import text as t
from toolkit.model.printout import Chronology, Part, Printout, Timeline

SPEC = """\
title: T
chronology:
  - {date: 1979, event: The year.}
  - {date: 1979-02, event: The month., id: month}
  - {date: 1978-12, within: late, event: The end of December.}
  - {date: 1978-12, within: early, event: The start of December.}
  - {date: 1979-02, event: The month again.}
  - {date: 1978-12-20, event: The day., cite: "reed1950, 12"}
  - {date: -0043, event: Long ago.}
  - {date: 1978~, event: About then.}
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, issued: 1950}
"""


def test_a_lesson_or_its_project_names_the_eras(sandbox: Sandbox) -> None:
    file = sandbox.lesson(SPEC + "era: bc\n")
    assert chronology(sandbox.printout()).moments[0].date == "44 BC"
    built = sandbox.run("build", "--format", "html", "--edition", "student")
    assert built.code == 0
    assert "44 BC<" in (sandbox.root / "output/river/handout.html").read_text("utf-8")
    file.write_text(SPEC, "utf-8")
    sandbox.put("hornbook.toml", 'era = "bc"\n')
    assert sandbox.run("build", "--format", "html", "--edition", "student").code == 0
    assert "44 BC<" in (sandbox.root / "output/river/handout.html").read_text("utf-8")


def chronology(printout: Printout) -> Chronology:
    found = next(block for block in part(printout).blocks if isinstance(block, Chronology))
    assert isinstance(found, Chronology)
    return found


def part(printout: Printout) -> Part:
    return next(part for part in printout.parts if part.kind == "chronology")


def test_events_stand_in_the_order_of_time(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    assert [(moment.date, inline(moment.event)) for moment in chronology(sandbox.printout()).moments] == [
        ("44 BCE", "Long ago."),
        ("c. 1978", "About then."),
        ("early December 1978", "The start of December."),
        ("December 20, 1978", "The day (Reed 1950, 12)."),
        ("late December 1978", "The end of December."),
        ("1979", "The year."),
        ("February 1979", "The month."),
        ("February 1979", "The month again."),
    ]


@pytest.mark.parametrize(
    ("event", "printed"),
    [
        ("The dike breaks.", "The dike breaks (Reed 1950)."),
        ("The dike breaks", "The dike breaks (Reed 1950)"),
        ("Who broke it?", "Who broke it? (Reed 1950)"),
        ("She moves to the U.S.", "She moves to the U.S. (Reed 1950)."),
        ("She marries Poe Jr.", "She marries Poe Jr. (Reed 1950)."),
        ("And so on...", "And so on... (Reed 1950)"),
        ("She reads *Water*.", "She reads *Water* (Reed 1950)."),
        ("She reads *Water.*", "She reads *Water.* (Reed 1950)"),
    ],
)
def test_a_citation_stands_before_the_stop_of_the_sentence(sandbox: Sandbox, event: str, printed: str) -> None:
    source = 'bibliography: {reed1950: {type: book, author: "Reed, Ada", title: Water, issued: 1950}}\n'
    sandbox.lesson(f'title: T\nchronology: [{{date: 1950, event: "{event}", cite: reed1950}}]\n{source}')
    assert inline(chronology(sandbox.printout()).moments[0].event) == printed


def test_an_event_keeps_its_address_when_it_moves(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    moments = chronology(sandbox.printout()).moments
    assert [moment.address for moment in moments[-3:]] == ["chronology/1", "chronology/month", "chronology/5"]


def test_students_write_the_events_on_the_worksheet(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    found = part(sandbox.printout("worksheet", "student"))
    line = found.blocks[-1]
    assert isinstance(line, Timeline)
    assert line.blank
    assert [moment.event for moment in line.moments] == [()] * 8
    table = line.twin
    assert table
    assert table.blank
    assert [moment.event for moment in table.moments] == [()] * 8
    assert table.spoken == "Space to write the event."
    assert [type(block) for block in found.blocks] == [t.Heading, t.Paragraph, Timeline]


def test_teachers_read_them_there(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    table = chronology(sandbox.printout("worksheet", "teacher"))
    assert not table.blank
    assert inline(table.moments[0].event) == "Long ago."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 events, 1950 – 1951."),
        ("es", "2 hechos, 1950 – 1951."),
        ("ar", "حدثان، 1950 – 1951."),
    ],
)
def test_a_chronology_is_described_in_the_language(sandbox: Sandbox, language: str, said: str) -> None:
    events = "chronology: [{date: 1951, event: B.}, {date: 1950, event: A.}]\n"
    sandbox.lesson(f"title: T\nlanguage: {language}\n{events}")
    assert chronology(sandbox.printout()).description == said


def test_one_event_is_not_a_span(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nchronology: [{date: 1950, event: A.}]\n")
    assert chronology(sandbox.printout()).description == "1 event, 1950."


def test_without_events_there_is_no_chronology(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n")
    for sheet in ("handout", "worksheet"):
        assert "chronology" not in [part.kind for part in sandbox.printout(sheet).parts]
