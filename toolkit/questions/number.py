"""Numeric answers: a number on a short rule, with its unit."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from toolkit.model import markup
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Entry, Response
from toolkit.model.text import Inlines, Text

_WIDTH = 35.0  # mm; about 14 handwritten digits
_NUMBER = re.compile(r"[-−]?[0-9](?:[0-9 ,.  ]*[0-9])?(?:/[0-9]+)?%?")


def _number(text: str) -> str:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        raise wrong(
            "L204", f"{text!r} is not a number", hint="write 22000, 22,000, 2.5 or 3/4; a unit goes into `unit`"
        )
    return text


class Number(Question):
    """Write a number."""

    kind: ClassVar[str] = "number"

    prompt: Prose = Field(alias="number", description="What is asked.", examples=["How many people did UNTAC have?"])
    answer: Annotated[str, AfterValidator(_number)] = Field(
        description="The number, printed as written.", examples=["22,000"]
    )
    within: Annotated[str, AfterValidator(_number)] | None = Field(
        None, description="How far an answer may be off.", examples=["500"]
    )
    unit: Line | None = Field(None, description="Printed after the rule.", examples=["people", "km"])

    def response(self, setting: Setting) -> Response:
        """Return a short rule with the unit after it."""
        key: Inlines = (Text(self.answer + (f" ± {self.within}" if self.within else "")),)
        unit = markup.inlines(self.unit) if self.unit else ()
        return Entry(_WIDTH, setting.pitch, spoken="", key=key, unit=unit)

    def has_answer(self) -> bool:
        """Return True: the answer must be given."""
        return True
