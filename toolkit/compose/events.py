"""The chronology: events in the order of time, to read, or to work with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final, TypeAlias

from toolkit.compose import timelines
from toolkit.compose.desk import Desk
from toolkit.compose.desk import desk as desk_for
from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.dates import sort_key
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Asked, Block, Chronology, Dated, Edition, Moment, Part, Timeline
from toolkit.model.specification import Event
from toolkit.source.references import event_citation

_ABBREVIATED = re.compile(r"(?:\.\w{1,3}|\b(?:[A-Z]|Jr|Sr|St|Inc|Co|Ltd|etc))\.$")


Row: TypeAlias = tuple[Event, str]  # an event and its address


def read(desk: Desk) -> Iterator[Part]:
    """Yield the chronology as it is read on a handout: as a timeline, as a table or as both, if the lesson has one."""
    events = ordered(desk.spec.chronology)
    moments = [_moment(desk, event, place) for event, place in events]
    placed = _placed(desk, events, [_words(desk, event) for event, _ in events])
    way = desk.spec.timeline or ("both" if len(placed) >= timelines.FEWEST else "table")
    if not events or way == "none":
        return
    figure = len(placed) > 0 and way in ("figure", "both")
    noted = desk.prose.citer.notes and any(event.cite for event, _ in events)
    table = way != "figure" or len(placed) < len(events) or noted  # what no line can hold is never lost
    blocks: list[Block] = [desk.heading(2, "chronology")]
    if figure:
        alone = [replace(found, event=moment.event) for found, moment in zip(placed, moments, strict=False)]
        blocks.append(timelines.timeline(desk, placed if table else alone, table=table))
    if table:
        blocks.append(_table(desk, moments))
    yield Part("chronology", tuple(blocks))


def line(lesson: Lesson, edition: Edition) -> Timeline | None:
    """Return the lesson's timeline, whatever its handout shows of it, or None where no event can be placed."""
    at = desk_for(lesson, edition)
    events = ordered(at.spec.chronology)
    placed = _placed(at, events, [_words(at, event) for event, _ in events])
    return timelines.timeline(at, placed, table=False) if placed else None


def work(desk: Desk) -> Iterator[Part]:
    """Yield what students do with the chronology on a worksheet; for teachers, its key."""
    events = ordered(desk.spec.chronology)
    task = desk.spec.timeline_activity or "events"
    if not events or task == "none":
        return
    placed = _placed(desk, events, [()] * len(events))
    blocks = _key(desk, task, events) if desk.teacher else _ACTIVITIES[task](desk, events, placed)
    heading = "chronology" if desk.teacher else "timeline"
    said = () if desk.teacher else (t.Text(desk.labels(_INSTRUCTIONS[task])),)
    instructions = (t.Paragraph(said, role="instructions"),) if said else ()
    yield Part("chronology", (desk.heading(2, heading), *instructions, *blocks))


def _write_events(desk: Desk, events: list[Row], placed: list[Dated]) -> tuple[Block, ...]:
    """Return the dates with room beside each: on a line where all can stand on one, else in a table."""
    table = _table(desk, [Moment(desk.date(event.date, event.within), (), place) for event, place in events], "event")
    if len(placed) < max(len(events), timelines.FEWEST):
        return (table,)
    return (replace(timelines.blank(desk, placed), twin=table),)


def _write_dates(desk: Desk, events: list[Row], _: list[Dated]) -> tuple[Block, ...]:
    moments = [Moment("", desk.prose.line(event.event), place) for event, place in events]
    return (_table(desk, moments, "date"),)


def _place(desk: Desk, events: list[Row], placed: list[Dated]) -> tuple[Block, ...]:
    items = timelines.shuffled(desk, events)
    return (timelines.listed(items), *((timelines.empty(desk, placed),) if placed else ()))


def _cut(desk: Desk, events: list[Row], _: list[Dated]) -> tuple[Block, ...]:
    return (timelines.cards(desk, timelines.shuffled(desk, events)),)


_ACTIVITIES: Final = MappingProxyType({"events": _write_events, "dates": _write_dates, "line": _place, "cards": _cut})
_INSTRUCTIONS: Final = MappingProxyType(
    {
        "events": "task.instructions_timeline",
        "dates": "task.instructions_dates",
        "line": "task.instructions_line",
        "cards": "task.instructions_cards",
    }
)


def _key(desk: Desk, task: str, events: list[Row]) -> tuple[Block, ...]:
    """Return the chronology with the answers; what was out of order has its number on the students' sheet."""
    moments = [_moment(desk, event, place) for event, place in events]
    if task in ("line", "cards"):
        items = timelines.shuffled(desk, events)
        moments = [replace(m, event=timelines.named(m.event, items, n)) for n, m in enumerate(moments)]
    return (_table(desk, moments),)


def _placed(desk: Desk, events: list[Row], contents: list[t.Inlines]) -> list[Dated]:
    found = (timelines.dated(desk, *row, words) for row, words in zip(events, contents, strict=True))
    return [one for one in found if one]


def _table(desk: Desk, moments: list[Moment], asked: Asked = "") -> Chronology:
    dates = [moment.date for moment in moments if moment.date]
    first, last = (dates[0], dates[-1]) if dates else ("", "")
    description = desk.labels.count("page.chronology_description", len(moments), first=first, last=last)
    if asked == "date":
        description = desk.labels.count("timeline.events", len(moments))
    spoken = {"": "", "event": "task.event_space", "date": "task.date_space"}[asked]
    return Chronology(
        (desk.labels("column.date"), desk.labels("column.event")),
        tuple(moments),
        description,
        blank=bool(asked),
        lines=1,
        pitch=desk.edition.pitch,
        spoken=desk.labels(spoken) if spoken else "",
        asked=asked,
    )


def ordered(events: tuple[Event, ...]) -> list[tuple[Event, str]]:
    """Return `events` in order of time, each with its address; equal dates keep their written order."""
    placed = [(event, address.join("chronology", address.step(event.id, n))) for n, event in enumerate(events)]
    return sorted(placed, key=lambda pair: sort_key(pair[0].date, pair[0].within))


def _moment(desk: Desk, event: Event, place: str) -> Moment:
    return Moment(desk.date(event.date, event.within), _sourced(desk, event), place)


def _sourced(desk: Desk, event: Event) -> t.Inlines:
    """Return what happened, with its source."""
    if not event.cite:
        return desk.prose.line(event.event)
    return desk.prose.run(_cited(markup.inlines(event.event), event_citation(event.cite)))


def _words(desk: Desk, event: Event) -> t.Inlines:
    """Return what happened, without its sources: the table has them, and a figure can hold no footnote."""
    content = markup.inlines(event.event)
    return desk.prose.run(tuple(node for node in content if not isinstance(node, t.Citation)))


def _cited(content: t.Inlines, citation: t.Citation) -> t.Inlines:
    """Return a sentence with its citation before the full stop (Chicago Manual of Style, 18th ed., 13.119)."""
    last = content[-1] if content else None
    if not isinstance(last, t.Text) or not last.text.endswith(".") or last.text.endswith(".."):
        return (*content, t.Text(" "), citation)
    # The stop of an abbreviation (U.S., Jr., ibn M.) belongs to it, and stays.
    sentence = last.text if _ABBREVIATED.search(last.text) else last.text[:-1]
    return (*content[:-1], t.Text(f"{sentence} "), citation, t.Text("."))
