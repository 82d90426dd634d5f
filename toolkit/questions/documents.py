"""Document-based questions: several documents, one argument."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from toolkit.model.document import Document
from toolkit.model.fields import Prose
from toolkit.model.question import Setting
from toolkit.model.response import Response, Writing
from toolkit.questions.open import Open

_LINES = 16  # an argument in paragraphs: two thirds of a page at 8.7 mm


class Documents(Open):
    """Argue from several documents."""

    kind: ClassVar[str] = "documents"

    prompt: Prose = Field(
        alias="documents", description="The question to argue.", examples=["Was the withdrawal a defeat? Use three."]
    )
    sources: Annotated[tuple[Document, ...], Field(min_length=2, max_length=12)] = Field(
        description="The documents, printed as Document A, B, C.",
        examples=[[{"text": "“We leave.”"}, {"image": "images/poster.png", "alt": "A truck."}]],
    )

    def documents(self) -> tuple[Document, ...]:
        """Return the documents in printed order."""
        return self.sources

    def response(self, setting: Setting) -> Response:
        """Return room for an argument of some paragraphs, where the author says nothing else."""
        if self.lines is None and not self.box and not self.grid:
            return Writing(_LINES, setting.pitch, spoken="")
        return super().response(setting)
