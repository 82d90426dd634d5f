"""The timeline of a sheet: the lesson's events on a line to scale, and what students do with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.compose.desk import Desk
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST, Edge, Interval, Precision, narrow
from toolkit.model.printout import Card, CardSheet, Dated, Timeline
from toolkit.model.specification import Event

FEWEST: Final = 4  # events; fewer are read more easily in a table than on a line
_KINDS: Final = ("timeline.day", "timeline.period", "timeline.about", "timeline.span")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event as students are given it out of its order, under a number that betrays nothing."""

    name: str
    content: t.Inlines
    address: str
    position: int


def dated(desk: Desk, event: Event, place: str, content: t.Inlines) -> Dated | None:
    """Return where `event` stands on a line, or None where its date has neither beginning nor end."""
    date = narrow(event.date, event.within) if event.within else event.date
    first, last = date.earliest, date.latest
    if first == DISTANT_PAST and last == DISTANT_FUTURE:
        return None
    structure = event.date.structure
    lasting = isinstance(structure, Interval) and Edge.UNKNOWN not in (structure.start, structure.end)
    about = event.date.approximate or event.date.uncertain
    return Dated(
        first,
        last,
        desk.date(event.date, event.within),
        content,
        place,
        span=lasting or first == DISTANT_PAST or last == DISTANT_FUTURE,
        exact=event.date.precision is Precision.DAY and not about,
        about=about,
        category=_categories(desk).index(event.category) if event.category else -1,
    )


def _categories(desk: Desk) -> tuple[str, ...]:
    """Return the categories of the lesson's events, as first written."""
    return tuple(dict.fromkeys(event.category for event in desk.spec.chronology if event.category))


def timeline(desk: Desk, moments: Sequence[Dated], *, table: bool) -> Timeline:
    """Return the figure of `moments`; its alternative text leads to the table where there is one, else holds it."""
    said = [described(desk, moments)]
    if table:
        said.append(desk.labels("timeline.table"))
    else:
        said += [f"{moment.date}: {t.plain(moment.event)}" for moment in moments]
    return Timeline(
        tuple(moments),
        " ".join(said),
        _piece(desk),
        desk.labels("timeline.caption"),
        _legend(desk),
        _categories(desk),
    )


def blank(desk: Desk, moments: Sequence[Dated]) -> Timeline:
    """Return the figure with the dates alone, and a rule beside each to write the event on."""
    dates = "; ".join(moment.date for moment in moments)
    said = f"{described(desk, moments)} {desk.labels('task.event_space')} {dates}."
    bare = tuple(Dated(m.first, m.last, m.date, (), m.address, m.span, m.exact, m.about) for m in moments)
    return Timeline(bare, said, _piece(desk), "", _legend(desk), blank=True, pitch=desk.edition.pitch)


def empty(desk: Desk, moments: Sequence[Dated]) -> Timeline:
    """Return a line to scale that is as long as `moments` need, with nothing on it."""
    first = min((m.first for m in moments if m.first != DISTANT_PAST), default=min(m.last for m in moments))
    last = max((m.last for m in moments if m.last != DISTANT_FUTURE), default=first)
    said = desk.labels("timeline.line_description", first=moments[0].date, last=moments[-1].date)
    return Timeline((), said, _piece(desk), "", (), window=(first, max(last, first + 1)))


def described(desk: Desk, moments: Sequence[Dated]) -> str:
    """Return how many events the figure has, and from when to when."""
    first, last = moments[0].date, moments[-1].date
    return desk.labels.count("timeline.description", len(moments), first=first, last=last)


def _piece(desk: Desk) -> str:
    return desk.labels("timeline.piece", n="{n}", pages="{pages}")


def _legend(desk: Desk) -> tuple[tuple[str, str], ...]:
    return tuple((kind.partition(".")[2], desk.labels(kind)) for kind in _KINDS)


# -- out of order


def shuffled(desk: Desk, events: Sequence[tuple[Event, str]]) -> tuple[Numbered, ...]:
    """Return `events` in an order that depends on their words, with a number each; it is not their own.

    Neither the number nor the address of one says when it happened; `position` is the key, for teachers.
    """
    words = [event.event for event, _ in events]
    for attempt in range(20):
        order = sorted(range(len(words)), key=lambda n: (_mixed(desk.lesson.slug, str(attempt), words[n]), n))
        if order != sorted(order):  # the order of time is the answer
            break
    return tuple(
        Numbered(
            desk.labels.number(number),
            desk.prose.line(events[n][0].event),
            address.join("chronology", address.unordered(events[n][0].event)),
            n,
        )
        for number, n in enumerate(order, start=1)
    )


def _mixed(*words: str) -> bytes:
    return hashlib.blake2b("/".join(words).encode(), digest_size=8).digest()


def listed(items: Sequence[Numbered]) -> t.OrderedList:
    """Return the list of events to place, each under its number."""
    return t.OrderedList(tuple((t.Paragraph(item.content, item.address),) for item in items))


def cards(desk: Desk, items: Sequence[Numbered]) -> CardSheet:
    """Return the events as cards to cut out."""
    made = tuple(Card(item.name, item.content, item.address) for item in items)
    return CardSheet(made, desk.labels.count("timeline.cards_description", len(made)))


def named(content: t.Inlines, items: Sequence[Numbered], position: int) -> t.Inlines:
    """Return an event's words after the number that it has on the students' sheet: the key."""
    name = next(item.name for item in items if item.position == position)
    return (t.Strong((t.Text(name),)), t.Text("\u2002"), *content)
