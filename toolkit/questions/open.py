"""Open questions: an answer in the student's own sentences."""

from __future__ import annotations

import math
from typing import Annotated, ClassVar

from pydantic import Field

from toolkit.model import markup
from toolkit.model.fields import Prose
from toolkit.model.question import Question, Setting
from toolkit.model.response import Response, Writing
from toolkit.model.text import Blocks, plain_block

# A hand writes about 2.5 mm a character (the allowance of the LaTeX exam templates for gaps); a student
# says in more words what a model answer says well, hence half as much again.
_MM_A_CHARACTER = 2.5
_ROOM = 1.5
_FEWEST, _MOST = 3, 12


class Open(Question):
    """Write an answer in sentences."""

    kind: ClassVar[str] = "open"

    prompt: Prose = Field(alias="open", description="What is asked.", examples=["Which cost weighed most on Hanoi?"])
    answer: Prose | None = Field(
        None, description="A model answer, for the teacher.", examples=["Soviet aid was shrinking, and ..."]
    )
    lines: Annotated[int, Field(ge=0, le=60)] | None = Field(
        None, description="Ruled lines to write on; by the length of the answer if absent.", examples=[6]
    )

    def response(self, setting: Setting) -> Response:
        """Return ruled lines: as many as the author says, or as the model answer needs."""
        lines = self._by_answer(setting) if self.lines is None else self.lines
        return Writing(lines, setting.pitch, spoken="")

    def _by_answer(self, setting: Setting) -> int:
        length = sum(len(plain_block(block)) for block in self.model_answer())
        needed = math.ceil(length * _ROOM * _MM_A_CHARACTER / setting.measure)
        return max(_FEWEST, min(needed, _MOST))

    def model_answer(self) -> Blocks:
        """Return the model answer as blocks; empty where the author gave none."""
        return markup.blocks(self.answer) if self.answer else ()
