"""True or false, and how it is right."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Choice, Option, Response, Writing
from toolkit.model.text import Blocks, Text


class TrueFalse(Question):
    """Judge a statement; where it is false, write it right."""

    kind: ClassVar[str] = "true_false"
    answer_key: ClassVar[str] = "corrected"
    answer_label: ClassVar[str] = "corrected"

    prompt: Prose = Field(
        alias="true_false", description="The statement.", examples=["The last units left in April 1989."]
    )
    answer: bool = Field(description="Whether the statement is true.", examples=[False])
    corrected: Line | None = Field(
        None,
        description="The statement put right; students get a line to write it on.",
        examples=["The last units left in September 1989."],
    )

    @model_validator(mode="after")
    def _only_the_false_is_corrected(self) -> Self:
        if self.answer and self.corrected:
            raise wrong("L204", "a true statement needs no correction", needle="corrected", hint="delete `corrected`")
        return self

    def response(self, setting: Setting) -> Response:
        """Return the two words to mark, and a line for the statement put right."""
        options = tuple(Option("", (Text(word),), "") for word in setting.truth)
        correction = Writing(1, setting.pitch, spoken="") if self.corrected else None
        key = frozenset([0 if self.answer else 1])
        return Choice(options, many=False, key=key, inline=True, correction=correction)

    def model_answer(self) -> Blocks:
        """Return the statement put right; empty where it is true or not corrected."""
        return markup.blocks(self.corrected) if self.corrected else ()

    def has_answer(self) -> bool:
        """Return True: the answer must be given."""
        return True
