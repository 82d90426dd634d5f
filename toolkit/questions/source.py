"""Source analysis: a document, and questions on its origin, purpose and evidence."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from toolkit.model.document import Document
from toolkit.model.fields import Prose
from toolkit.model.question import Setting
from toolkit.model.response import Response, Writing
from toolkit.questions.open import Open


class Source(Open):
    """Read a document closely; the questions on it are usually `parts`."""

    kind: ClassVar[str] = "source"

    prompt: Prose = Field(alias="source", description="What is asked.", examples=["Read the speech, then answer."])
    document: Document = Field(
        description="The document.", examples=[{"text": "“We leave in September.”", "credit": "Radio Hanoi, 1989."}]
    )

    def documents(self) -> tuple[Document, ...]:
        """Return the one document."""
        return (self.document,)

    def document_place(self, position: int) -> str:
        """Return the key of the one document."""
        return "document"

    def response(self, setting: Setting) -> Response:
        """Return room to write; none where the parts have it and the author asked for none here."""
        if self.parts and self.lines is None and not self.box and not self.grid:
            return Writing(0, setting.pitch, spoken="")
        return super().response(setting)

    def has_answer(self) -> bool:
        """Return whether a teacher finds an answer here or with every part."""
        return super().has_answer() or (bool(self.parts) and all(part.has_answer() for part in self.parts))
