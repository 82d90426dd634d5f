"""Responses made ready to print: their words prepared, and what is spoken in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from toolkit.compose.desk import Desk
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.response import (
    Area,
    Cells,
    Choice,
    Entry,
    Gaps,
    Match,
    Option,
    Order,
    Organizer,
    Response,
    Writing,
)
from toolkit.model.text import Inlines


def shown(response: Response, *, answered: bool, space: bool) -> Response | None:
    """Return the response as a sheet has it, None for one that it leaves out.

    A sheet without room to answer keeps what is part of the question (options to choose from) and what
    tells a teacher the answer. A model answer (`answered`) takes the place of the room it would be written in.
    """
    match response:
        case Writing(lines):
            return response if space and not answered and (lines or response.fill) else None
        case Area():
            return response if space and not answered else None
        case Entry():
            return response if space or response.key else None
        case Choice():
            keep = space and not answered
            return response if keep else replace(response, correction=None)
        case Match() | Order() | Gaps() | Cells() | Organizer():
            return response
        case _:
            assert_never(response)


def ready(desk: Desk, response: Response, place: str) -> Response:  # noqa: PLR0911  # one way out for each
    """Return `response`, of the question at `place`, with its words prepared and its spoken words added."""
    run = desk.prose.run
    match response:
        case Writing():
            return _writing(desk, response)
        case Area():
            return replace(response, spoken=desk.labels("task.area"))
        case Entry(key=key, unit=unit):
            return replace(response, spoken=desk.labels("task.entry"), key=run(key) if key else None, unit=run(unit))
        case Choice(options, correction=correction):
            line = _writing(desk, correction) if correction else None
            return replace(response, options=_options(desk, options, place), correction=line)
        case Match(items, options):
            return replace(
                response,
                items=_options(desk, items, place),
                options=_options(desk, options, place),
                spoken=desk.labels("task.letter"),
            )
        case Order(items):
            return replace(response, items=_options(desk, items, place), spoken=desk.labels("task.box"))
        case Gaps():
            return _gaps(desk, response, place)
        case Cells():
            return _cells(desk, response)
        case Organizer(labels=labels, rows=rows, key=key):
            return replace(
                response,
                labels=tuple(run(label) for label in labels),
                rows=tuple(run(row) for row in rows),
                spoken=desk.labels("task.area"),
                key=tuple(desk.prose.ready(blocks) for blocks in key) if key else None,
            )
        case _:
            assert_never(response)


def _writing(desk: Desk, response: Writing) -> Writing:
    return replace(response, spoken=desk.labels.count("task.lines", response.lines))


def _options(desk: Desk, options: tuple[Option, ...], place: str) -> tuple[Option, ...]:
    return tuple(
        replace(
            option,
            content=desk.prose.run(option.content),
            address=address.join(place, option.address) if option.address else "",
        )
        for option in options
    )


def _gaps(desk: Desk, response: Gaps, place: str) -> Gaps:
    spoken = desk.labels("task.gap")

    def told(content: Inlines) -> Inlines:
        return tuple(_told(node, spoken) for node in content)

    content = desk.prose.ready((t.rebuilt(block, told) for block in response.content), address.join(place, "cloze"))
    return replace(
        response,
        content=content,
        bank=tuple(desk.prose.run(word) for word in response.bank),
        bank_label=desk.labels("task.bank") if response.bank else "",
        key=tuple(desk.prose.run(word) for word in response.key) if response.key else None,
    )


def _told(node: t.Inline, spoken: str) -> t.Inline:
    match node:
        case t.Gap():
            return replace(node, spoken=spoken)
        case t.Emphasis(content) | t.Strong(content):
            return replace(node, content=tuple(_told(inner, spoken) for inner in content))
        case _:
            return node


def _cells(desk: Desk, response: Cells) -> Cells:
    run = desk.prose.run

    def row(cells: tuple[Inlines | None, ...]) -> tuple[Inlines | None, ...]:
        return tuple(None if cell is None else run(cell) for cell in cells)

    return replace(
        response,
        header=tuple(run(cell) for cell in response.header),
        rows=tuple(row(cells) for cells in response.rows),
        spoken=desk.labels("task.cell"),
        key=tuple(row(cells) for cells in response.key) if response.key else None,
    )
