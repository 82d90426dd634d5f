"""Levels: the same question asked with more support, or with more to do."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from toolkit.model.choices import LEVELS as LEVELS
from toolkit.model.choices import Level as Level
from toolkit.model.fields import Prose, Record, wrong
from toolkit.model.space import Lines

OtherLevel: TypeAlias = Literal["support", "extension"]


class Variant(Record):
    """A question as one level asks it. A bare text is the prompt."""

    prompt: Prose | None = Field(
        None, description="What is asked instead.", examples=["Name one cost of the war. Begin: “The war cost …”"]
    )
    hint: Prose | None = Field(
        None, description="Printed under the prompt, for the student.", examples=["Look at the second paragraph."]
    )
    lines: Lines | None = Field(None, description="Other room to write: lines, `fill` or `none`.", examples=[3, "fill"])

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.prompt or self.hint or self.lines):
            raise wrong("L210", "nothing is written here", hint="write a prompt, a `hint` or `lines`")
        return self


AnyVariant = Annotated[
    Variant,
    BeforeValidator(
        lambda value: {"prompt": value} if isinstance(value, str) else value, json_schema_input_type=str | Variant
    ),
]
