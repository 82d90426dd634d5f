"""Ordering: number the items, or the lesson's own events."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import address, markup
from toolkit.model.fields import Identifier, Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Option, Response
from toolkit.model.response import Order as Ordering


class Order(Question):
    """Number the items in their order."""

    kind: ClassVar[str] = "order"

    prompt: Prose = Field(
        alias="order", description="What is asked.", examples=["Number the events 1 to 4, earliest first."]
    )
    items: Annotated[tuple[Line, ...], Field(max_length=12)] = Field(
        (), description="The items in the right order; they are printed shuffled.", examples=[["First", "Then"]]
    )
    events: Annotated[tuple[Identifier, ...], Field(max_length=12)] = Field(
        (), description="Ids of events of the chronology instead: their dates say the order.", examples=[["last-units"]]
    )

    @model_validator(mode="after")
    def _something_to_order(self) -> Self:
        if len(self.items or self.events) < 2 or (self.items and self.events):
            raise wrong("L204", "two or more things are put in order", needle="order", hint="list `items`, or `events`")
        return self

    def events_named(self) -> tuple[str, ...]:
        """Return the events to put in order, by id."""
        return self.events

    def response(self, setting: Setting) -> Response:
        """Return the items shuffled, with the number of each as the key."""
        right = list(self.items) or [event for name, event in setting.events if name in self.events]
        order = setting.shuffled(len(right))
        items = tuple(
            Option("", markup.inlines(right[p]), address.join("items", address.unordered(right[p]))) for p in order
        )
        return Ordering(items, spoken="", key=tuple(position + 1 for position in order))

    def has_answer(self) -> bool:
        """Return True: the written order is the answer."""
        return True
