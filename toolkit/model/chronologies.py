"""The blocks of a printout that are made of dated events: a table, a timeline, cards to put in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from toolkit.model.text import Inlines

Asked: TypeAlias = Literal["", "event", "date"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated event, its citation at the end. `event` is empty where a student is to write it."""

    date: str
    event: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Chronology:
    """Dated events in order. `header` labels the two columns.

    Where `blank`, each moment has `date` only and room of `lines` rules, `pitch` mm apart, to write on;
    `spoken` says so to a screen reader. Where "date" is what is `asked`, each has its event only.
    """

    header: tuple[str, str]
    moments: tuple[Moment, ...]
    description: str
    blank: bool = False
    lines: int = 1
    pitch: float = 8.7
    spoken: str = ""
    asked: Asked = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """An event on a timeline: `date` and `event` as printed, and where they stand.

    `first` and `last` are day numbers (`model.dates`) between which it happened, or from and to which it lasted where
    it is a `span`; DISTANT_PAST and DISTANT_FUTURE are open ends. `exact` is a date to the day, `about` one that is
    approximate or uncertain. `category` is a position in the timeline's categories, -1 for none.
    """

    first: int
    last: int
    date: str
    event: Inlines
    address: str
    span: bool = False
    exact: bool = False
    about: bool = False
    category: int = -1


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events on a line to scale, in the order of time: a figure, which writers lay out for their pages.

    `description` is the figure's alternative text; `piece` says which part of it a page has ("{n}", "{pages}").
    `legend` names the marks ("day", "period", "about", "span"); `categories` those of the events.
    Where `blank`, no moment has its event, and each has a rule, `pitch` mm below its date, to write on. Where there
    are no moments at all, the line runs from the first to the last day of `window`, to place events on by hand.
    `twin` is a table of the same, for a format in which nobody can write on a picture.
    """

    moments: tuple[Dated, ...]
    description: str
    piece: str
    caption: str
    legend: tuple[tuple[str, str], ...]
    categories: tuple[str, ...] = ()
    blank: bool = False
    pitch: float = 8.7
    window: tuple[int, int] | None = None
    twin: Chronology | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A card to cut out. `label` is printed small above its words; `address` betrays no order."""

    label: str
    content: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class CardSheet:
    """Cards to cut out and put in order, with dashed edges."""

    cards: tuple[Card, ...]
    description: str
