"""What every question has, whatever its kind. The kinds are in `questions`, one file each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field

from toolkit.model import markup
from toolkit.model.fields import Identifier, Plain, Prose, Record
from toolkit.model.response import Response
from toolkit.model.text import Blocks

Depth: TypeAlias = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
"""The levels of the revised taxonomy of Bloom (Anderson and Krathwohl 2001)."""

Points = Annotated[float, Field(gt=0, le=1000, multiple_of=0.5)]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question needs to know of the sheet it is printed on.

    `pitch` is the distance of answer rules in mm, `measure` the width of the answer space in mm, `letters`
    the names of options in the reader's alphabet, in order.
    """

    pitch: float
    measure: float
    letters: tuple[str, ...]


class Question(Record):
    """A question to the reader. The key that names the kind holds the prompt."""

    kind: ClassVar[str]

    prompt: Prose = Field(description="What is asked.", examples=["Why did Hanoi decide to leave?"])
    id: Identifier | None = Field(
        None, description="A short name that stays when questions move.", examples=["cost-of-war"]
    )
    points: Points | None = Field(None, description="What a full answer earns.", examples=[4])
    depth: Depth | None = Field(
        None, description="How deep the thinking goes (revised Bloom taxonomy).", examples=["analyze"]
    )
    standards: tuple[Plain, ...] = Field(
        (), description="Ids of the lesson's standards that it serves.", examples=[["D2.His.1.9-12"]]
    )
    look_for: Prose | None = Field(
        None, description="Teacher: what a good answer shows.", examples=["Names a cost and says whom it hit."]
    )
    misconception: Prose | None = Field(
        None, description="Teacher: a likely mistake.", examples=["April is the announcement, not the departure."]
    )
    support: Prose | None = Field(
        None, description="Teacher: help for a student who is stuck.", examples=["Reread the second paragraph."]
    )
    scoring: Prose | None = Field(
        None, description="Teacher: how points are given.", examples=["2 points a cost, 2 for the evidence."]
    )

    def response(self, setting: Setting) -> Response:
        """Return the way to answer, with its key, and without what is spoken in its place.

        `compose` takes the key away for students and adds the spoken words in the reader's language.
        """
        raise NotImplementedError

    def model_answer(self) -> Blocks:
        """Return what a good answer says, for the teacher; empty where the response's key says it all."""
        return ()

    def has_answer(self) -> bool:
        """Return whether a teacher finds an answer with the question."""
        return bool(self.model_answer())

    def stem(self) -> Blocks:
        """Return the prompt as blocks."""
        return markup.blocks(self.prompt)
