"""An event of a lesson's chronology, as an author writes it, and how the chronology may be shown."""

from __future__ import annotations

from typing import Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from toolkit.model.dates import Within, takes_within
from toolkit.model.fields import Edtf, Identifier, Line, Plain, Record, wrong


class Event(Record):
    """One dated event of the chronology."""

    date: Edtf = Field(description="When, in EDTF.", examples=["1989-09-26", "1978-12", "1975/1979", "1988~"])
    within: Within | None = Field(
        None, description='The part of the date that is meant: "early", "mid", "late".', examples=["late"]
    )
    event: Line = Field(description="What happened, in one sentence.", examples=["The last units leave."])
    id: Identifier | None = Field(None, description="A short name that stays.", examples=["last-units"])
    section: Line | None = Field(None, description="The heading that tells of it.", examples=["A settlement"])
    cite: Line | None = Field(None, description="Its source: keys of the bibliography.", examples=["duiker1989, 131"])
    category: Plain | None = Field(
        None, description="What sort of event; shown by shape and colour on the timeline.", examples=["Diplomacy"]
    )

    @model_validator(mode="after")
    def _can_be_divided(self) -> Self:
        if self.within and not takes_within(self.date):
            message = f"{self.date} has no {self.within} part: it is not one month, season, year or longer period"
            raise wrong("L204", message, at=("within",))
        return self


class EventFile(Record):
    """A file whose events stand in its place: a table (.csv) or JSON, with these keys or those of TimelineJS."""

    file: Plain = Field(description="The file, in the lesson's folder.", examples=["events.csv"])


EVENTS_FROM_FILES = BeforeValidator(
    lambda value: value, json_schema_input_type=Plain | EventFile | tuple[Event | EventFile, ...]
)
MOST_CATEGORIES = 8
"""Of events: as many as shapes can be told apart on a photocopy."""

Showing: TypeAlias = Literal["figure", "table", "both", "none"]
Activity: TypeAlias = Literal["events", "dates", "line", "cards", "none"]
