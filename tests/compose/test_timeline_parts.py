"""Timelines on sheets: what is printed when, what students are asked, and that no order or date is given away."""

from __future__ import annotations

import pytest
from printout_dump import dump, inline
from sandbox import Sandbox

from toolkit.compose.events import line
from toolkit.model import text as t
from toolkit.model.dates import DISTANT_FUTURE, parse_edtf
from toolkit.model.printout import Block, CardSheet, Chronology, Edition, Printout, Timeline

EVENTS = """\
chronology:
  - {date: 1953-02-01, event: The dike breaks., cite: reed1950, category: Flood}
  - {date: 1953-03, event: The town is dry., category: Flood}
  - {date: 1954/1958, event: A *higher* dike is built., category: Work}
  - {date: 1960~, event: People return.}
  - {date: 1970/.., event: Nobody fears the river.}
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, issued: 1950}
"""


def blocks(printout: Printout) -> list[Block]:
    return [block for part in printout.parts if part.kind == "chronology" for block in part.blocks]


def kinds(printout: Printout) -> list[str]:
    return [type(block).__name__ for block in blocks(printout)]


@pytest.mark.parametrize(
    ("wish", "printed"),
    [
        ("", ["Heading", "Timeline", "Chronology"]),
        ("timeline: both\n", ["Heading", "Timeline", "Chronology"]),
        ("timeline: figure\n", ["Heading", "Timeline"]),
        ("timeline: table\n", ["Heading", "Chronology"]),
        ("timeline: none\n", []),
    ],
)
def test_a_lesson_says_how_its_handout_shows_the_chronology(sandbox: Sandbox, wish: str, printed: list[str]) -> None:
    sandbox.lesson(f"title: T\n{wish}{EVENTS}")
    assert kinds(sandbox.printout()) == printed


def test_three_events_are_a_table(sandbox: Sandbox) -> None:
    some = "".join(f"  - {{date: {year}, event: E.}}\n" for year in (1950, 1951, 1952))
    sandbox.lesson(f"title: T\nchronology:\n{some}")
    assert kinds(sandbox.printout()) == ["Heading", "Chronology"]


def figure(printout: Printout) -> Timeline:
    return next(block for block in blocks(printout) if isinstance(block, Timeline))


def test_events_stand_where_their_dates_say(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\n{EVENTS}")
    found = figure(sandbox.printout())
    days = {date: (parse_edtf(date).earliest, parse_edtf(date).latest) for date in ("1953-02-01", "1953-03", "1960")}
    assert [(moment.first, moment.last) for moment in found.moments[:2]] == [days["1953-02-01"], days["1953-03"]]
    assert (found.moments[3].first, found.moments[3].last) == days["1960"]
    assert found.moments[4].last == DISTANT_FUTURE
    assert [moment.exact for moment in found.moments] == [True, False, False, False, False]
    assert [moment.span for moment in found.moments] == [False, False, True, False, True]
    assert [moment.about for moment in found.moments] == [False, False, False, True, False]
    assert found.categories == ("Flood", "Work")
    assert [moment.category for moment in found.moments] == [0, 0, 1, -1, -1]


def test_the_figure_leads_to_its_table(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\n{EVENTS}")
    found = figure(sandbox.printout())
    assert found.description == (
        "Timeline to scale: 5 events, February 1, 1953 – from 1970. The table that follows lists them."
    )
    assert inline(found.moments[0].event) == "The dike breaks.", "its source is in the table"


def test_without_a_table_the_alternative_text_has_the_events_and_the_labels_their_sources(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\ntimeline: figure\n{EVENTS}")
    found = figure(sandbox.printout())
    assert "February 1, 1953: The dike breaks (Reed 1950)." in found.description
    assert "1954–58: A higher dike is built." in found.description
    assert inline(found.moments[0].event) == "The dike breaks (Reed 1950)."


def test_a_date_that_no_line_can_hold_brings_the_table_back(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\ntimeline: figure\n{EVENTS.replace('1960~', '../..')}")
    assert kinds(sandbox.printout()) == ["Heading", "Timeline", "Chronology"]
    assert len(figure(sandbox.printout()).moments) == 4


@pytest.mark.parametrize(
    ("wish", "student", "said"),
    [
        ("", ["Heading", "Paragraph", "Timeline"], "write what happened"),
        ("timeline_activity: events\n", ["Heading", "Paragraph", "Timeline"], "write what happened"),
        ("timeline_activity: dates\n", ["Heading", "Paragraph", "Chronology"], "Write the date"),
        ("timeline_activity: line\n", ["Heading", "Paragraph", "OrderedList", "Timeline"], "line is to scale"),
        ("timeline_activity: cards\n", ["Heading", "Paragraph", "CardSheet"], "Cut the cards out"),
    ],
)
def test_students_work_with_the_chronology(sandbox: Sandbox, wish: str, student: list[str], said: str) -> None:
    sandbox.lesson(f"title: T\n{wish}{EVENTS}")
    printout = sandbox.printout("worksheet")
    assert kinds(printout) == student
    assert said in dump(printout)
    assert kinds(sandbox.printout("worksheet", "teacher")) == ["Heading", "Chronology"]


def test_a_worksheet_may_leave_it_out(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\ntimeline_activity: none\n{EVENTS}")
    assert kinds(sandbox.printout("worksheet")) == []


# -- no answer leaks


def test_where_events_are_written_none_is_given(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\n{EVENTS}")
    said = dump(sandbox.printout("worksheet"))
    for word in ("dike", "dry", "built", "return", "fears", "Flood", "Work"):
        assert word not in said
    assert "February 1, 1953" in said


@pytest.mark.parametrize("task", ["dates", "line", "cards"])
def test_where_dates_are_asked_none_is_given(sandbox: Sandbox, task: str) -> None:
    sandbox.lesson(f"title: T\ntimeline_activity: {task}\n{EVENTS}")
    printout = sandbox.printout("worksheet")
    said = "\n".join(dump_of(block) for block in blocks(printout) if not isinstance(block, Timeline))
    assert "The dike breaks." in said
    for date in ("1953", "1954", "1958", "1960", "1970"):
        assert date not in said


def dump_of(block: Block) -> str:
    return repr(block)


@pytest.mark.parametrize("task", ["line", "cards"])
def test_what_is_out_of_order_tells_its_order_by_nothing(sandbox: Sandbox, task: str) -> None:
    events = [f"  - {{date: {1900 + n}, event: Event {chr(65 + n)}., id: e{n}}}\n" for n in range(20)]
    sandbox.lesson(f"title: T\ntimeline_activity: {task}\nchronology:\n{''.join(events)}")
    shown = given(sandbox.printout("worksheet"))
    words = [word for word, _ in shown]
    assert sorted(words) == [f"Event {chr(65 + n)}." for n in range(20)]
    assert words != sorted(words)
    for n in range(20):
        assert all(not address.endswith((f"/e{n}", f"/{n + 1}")) for _, address in shown)
    # Other dates for the same events change nothing: only their words decide.
    later = [f"  - {{date: {2000 - n}, event: Event {chr(65 + n)}., id: e{n}}}\n" for n in range(20)]
    sandbox.lesson(f"title: T\ntimeline_activity: {task}\nchronology:\n{''.join(later)}")
    assert given(sandbox.printout("worksheet")) == shown


def given(printout: Printout) -> list[tuple[str, str]]:
    """Return the words and the address of each event that is given out of its order."""
    (block,) = [b for b in blocks(printout) if isinstance(b, CardSheet | t.OrderedList)]
    if isinstance(block, CardSheet):
        return [(inline(card.content), card.address) for card in block.cards]
    firsts = [item[0] for item in block.items]
    return [(inline(first.content), first.address) for first in firsts if isinstance(first, t.Paragraph)]


def test_the_key_names_the_numbers_of_the_students(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\ntimeline_activity: cards\n{EVENTS}")
    cards = next(b for b in blocks(sandbox.printout("worksheet")) if isinstance(b, CardSheet)).cards
    table = next(b for b in blocks(sandbox.printout("worksheet", "teacher")) if isinstance(b, Chronology))
    numbers = {inline(card.content): card.label for card in cards}
    for moment in table.moments:
        number, _, words = inline(moment.event).replace("**", "").partition("\u2002")
        assert numbers[words.replace(" (Reed 1950)", "")] == number
    assert sorted(numbers.values()) == ["1", "2", "3", "4", "5"]


def test_nine_categories_are_too_many(sandbox: Sandbox) -> None:
    many = "".join(f"  - {{date: {1900 + n}, event: E., category: C{n}}}\n" for n in range(9))
    sandbox.lesson(f"title: T\nchronology:\n{many}")
    result = sandbox.run("check")
    assert result.code == 1
    assert "'C8' is one more" in result.out + result.err


def test_the_line_of_a_lesson_is_there_whatever_its_handout_shows(sandbox: Sandbox) -> None:
    sandbox.lesson(f"title: T\ntimeline: none\n{EVENTS}")
    found = line(sandbox.load(), Edition())
    assert found
    assert len(found.moments) == 5
    sandbox.lesson("title: T\n")
    assert line(sandbox.load(), Edition()) is None
