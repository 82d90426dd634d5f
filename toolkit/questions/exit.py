"""Exit tickets: one question to answer before leaving, under a heading of its own."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from toolkit.model.fields import Prose
from toolkit.questions.open import Open


class Exit(Open):
    """Answer before you leave the room."""

    kind: ClassVar[str] = "exit"
    heading_label: ClassVar[str] = "exit"

    prompt: Prose = Field(
        alias="exit", description="What is asked.", examples=["What is the one question you still have?"]
    )

    def has_answer(self) -> bool:
        """Return True: an exit ticket asks for what only the student knows."""
        return True
