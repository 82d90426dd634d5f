"""Short answers: a word, a name, a number, on one rule."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from toolkit.model import markup
from toolkit.model.fields import Line, Prose
from toolkit.model.question import Question, Setting
from toolkit.model.response import Entry, Response

# Every short answer of a sheet gets the same rule, so that its length gives nothing away. 80 mm holds
# about 32 handwritten characters at 2.5 mm each.
_WIDTH = 80.0


class Short(Question):
    """Write a word or a phrase."""

    kind: ClassVar[str] = "short"

    prompt: Prose = Field(alias="short", description="What is asked.", examples=["Who led the government?"])
    answer: Line | None = Field(None, description="The accepted answer.", examples=["Hun Sen"])

    def response(self, setting: Setting) -> Response:
        """Return one rule of the width that all short answers have."""
        key = markup.inlines(self.answer) if self.answer else None
        return Entry(min(_WIDTH, setting.measure), setting.pitch, spoken="", key=key)

    def has_answer(self) -> bool:
        """Return whether the author gave the accepted answer."""
        return self.answer is not None
