"""Open questions: an answer in the student's own sentences, or a drawing."""

from __future__ import annotations

import math
from typing import ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model.fields import Prose, wrong
from toolkit.model.pitch import USUAL
from toolkit.model.question import Question, Setting
from toolkit.model.response import Area, Response, Writing
from toolkit.model.space import Height, Lines, Side
from toolkit.model.text import Blocks, plain_block

# A hand writes about 2.5 mm a character (the allowance of the LaTeX exam templates for gaps); a student
# says in more words what a model answer says well, hence half as much again.
_MM_A_CHARACTER = 2.5
_ROOM = 1.5
_FEWEST, _MOST = 3, 12
_HIGHEST = 150.0  # mm; of lines 15 mm apart, a page of large print holds no more with a heading and a question above
_SQUARED_HEIGHT = 60.0  # mm; what `grid` alone makes, room for a small graph


class Open(Question):
    """Write an answer in sentences, or draw it."""

    kind: ClassVar[str] = "open"

    prompt: Prose = Field(alias="open", description="What is asked.", examples=["Which cost weighed most on Hanoi?"])
    answer: Prose | None = Field(
        None, description="A model answer, for the teacher.", examples=["Soviet aid was shrinking, and ..."]
    )
    lines: Lines | None = Field(
        None,
        description="Ruled lines to write on: a number, `fill` (to the foot of the page) or `none`; "
        "by the length of the answer if absent.",
        examples=[6, "fill"],
    )
    box: Height | None = Field(None, description="An empty frame of this height instead of lines.", examples=["40 mm"])
    grid: Side | None = Field(
        None, description="Squared paper with squares of this side; `box` says how high.", examples=["5 mm"]
    )

    @model_validator(mode="after")
    def _one_space(self) -> Self:
        if self.lines is not None and (self.box or self.grid):
            raise wrong("L204", "a question has lines or a frame, not both", needle="lines", hint="delete one of them")
        return self

    def response(self, setting: Setting) -> Response:
        """Return the room that the author says, or as many ruled lines as the model answer needs."""
        if self.box or self.grid:
            return Area(self.box or _SQUARED_HEIGHT, self.grid or 0.0, spoken="")
        if self.lines == "fill":
            return Writing(_FEWEST, setting.pitch, spoken="", fill=True)
        if self.lines == "none":
            return Writing(0, setting.pitch, spoken="")
        return Writing(self._by_answer(setting) if self.lines is None else int(self.lines), setting.pitch, spoken="")

    def _by_answer(self, setting: Setting) -> int:
        length = sum(len(plain_block(block)) for block in self.model_answer())
        hand = max(1.0, setting.pitch / USUAL)  # who needs higher lines writes wider, too
        needed = math.ceil(length * _ROOM * _MM_A_CHARACTER * hand / setting.measure)
        return max(_FEWEST, min(needed, _MOST, int(_HIGHEST / setting.pitch)))

    def model_answer(self) -> Blocks:
        """Return the model answer as blocks; empty where the author gave none."""
        return markup.blocks(self.answer) if self.answer else ()
