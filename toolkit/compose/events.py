"""The chronology: events in the order of time, to read or to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.compose.desk import Desk
from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.dates import sort_key
from toolkit.model.printout import Chronology, Moment, Part
from toolkit.model.specification import Event
from toolkit.source.references import event_citation

_ABBREVIATED = re.compile(r"(?:\.\w{1,3}|\b(?:[A-Z]|Jr|Sr|St|Inc|Co|Ltd|etc))\.$")


def part(desk: Desk, *, blank: bool) -> Iterator[Part]:
    """Yield the chronology, if the lesson has one. Where `blank`, students write the events."""
    events = ordered(desk.spec.chronology)
    if not events:
        return
    moments = tuple(_moment(desk, event, place, blank=blank) for event, place in events)
    description = desk.labels.count(
        "page.chronology_description", len(moments), first=moments[0].date, last=moments[-1].date
    )
    table = Chronology(
        (desk.labels("column.date"), desk.labels("column.event")),
        moments,
        description,
        blank=blank,
        lines=1,
        pitch=desk.edition.pitch,
        spoken=desk.labels("task.event_space") if blank else "",
    )
    if not blank:
        yield Part("chronology", (desk.heading(2, "chronology"), table))
        return
    instructions = t.Paragraph((t.Text(desk.labels("task.instructions_timeline")),), role="instructions")
    yield Part("chronology", (desk.heading(2, "timeline"), instructions, table))


def ordered(events: tuple[Event, ...]) -> list[tuple[Event, str]]:
    """Return `events` in order of time, each with its address; equal dates keep their written order."""
    placed = [(event, address.join("chronology", address.step(event.id, n))) for n, event in enumerate(events)]
    return sorted(placed, key=lambda pair: sort_key(pair[0].date, pair[0].within))


def _moment(desk: Desk, event: Event, place: str, *, blank: bool) -> Moment:
    date = desk.date(event.date, event.within)
    if blank:
        return Moment(date, (), place)
    if not event.cite:
        return Moment(date, desk.prose.line(event.event), place)
    return Moment(date, desk.prose.run(_cited(markup.inlines(event.event), event_citation(event.cite))), place)


def _cited(content: t.Inlines, citation: t.Citation) -> t.Inlines:
    """Return a sentence with its citation before the full stop (Chicago Manual of Style, 18th ed., 13.119)."""
    last = content[-1] if content else None
    if not isinstance(last, t.Text) or not last.text.endswith(".") or last.text.endswith(".."):
        return (*content, t.Text(" "), citation)
    # The stop of an abbreviation (U.S., Jr., ibn M.) belongs to it, and stays.
    sentence = last.text if _ABBREVIATED.search(last.text) else last.text[:-1]
    return (*content[:-1], t.Text(f"{sentence} "), citation, t.Text("."))
