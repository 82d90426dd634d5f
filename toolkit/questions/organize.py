"""Graphic organisers: labelled frames that give thinking a shape."""

from __future__ import annotations

from types import MappingProxyType
from typing import ClassVar, Final, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Layout, Organizer, Response
from toolkit.model.space import Height
from toolkit.model.text import plain

# How many labels each layout has, fewest and most, and how high it is in mm where the author does not say.
_SHAPES: Final = MappingProxyType(
    {"cause-effect": (2, 6, 90.0), "compare": (3, 5, 100.0), "venn": (3, 3, 90.0), "cornell": (3, 3, 180.0)}
)


class Organize(Question):
    """Fill in a graphic organiser."""

    kind: ClassVar[str] = "organize"
    answer_key: ClassVar[str] = "answers"

    prompt: Prose = Field(alias="organize", description="What is asked.", examples=["Compare the two treaties."])
    layout: Layout = Field(description="The shape: cause-effect, compare, venn or cornell.", examples=["venn"])
    labels: tuple[Line, ...] = Field(
        description="The labels of its frames. cause-effect: the causes, the effect last; compare: what heads the "
        "criteria, then what is compared; venn: left, both, right; cornell: cues, notes, summary.",
        examples=[["1979", "Both", "1991"]],
    )
    rows: tuple[Line, ...] = Field((), description="compare: the criteria.", examples=[["Who signed", "Who paid"]])
    height: Height | None = Field(None, description="The height of the whole.", examples=["90 mm"])
    answers: tuple[Prose, ...] = Field(
        (),
        description="What a good answer writes in each frame; for compare row by row: each criterion for every thing.",
        examples=[["a", "b", "c"]],
    )

    @model_validator(mode="after")
    def _fits_its_shape(self) -> Self:
        fewest, most, _ = _SHAPES[self.layout]
        if not fewest <= len(self.labels) <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            message = f"the layout {self.layout} has {wanted} labels, not {len(self.labels)}"
            raise wrong("L204", message, needle="labels")
        if (self.layout == "compare") != bool(self.rows):
            raise wrong("L204", "`rows` are the criteria of the layout compare, and only of it", needle="layout")
        if self.answers and len(self.answers) != self._frames():
            message = f"there are {len(self.answers)} answers for {self._frames()} frames"
            raise wrong("L204", message, needle="answers")
        return self

    def _frames(self) -> int:
        return len(self.rows) * (len(self.labels) - 1) if self.layout == "compare" else len(self.labels)

    def response(self, setting: Setting) -> Response:
        """Return the organiser with its frames."""
        labels = tuple(markup.inlines(label) for label in self.labels)
        return Organizer(
            layout=self.layout,
            labels=labels,
            rows=tuple(markup.inlines(row) for row in self.rows),
            height=self.height or _SHAPES[self.layout][2],
            description=", ".join(plain(label) for label in labels),
            spoken="",
            key=tuple(markup.blocks(answer) for answer in self.answers) or None,
            pitch=setting.pitch,
        )

    def has_answer(self) -> bool:
        """Return whether the author says what belongs in the frames."""
        return bool(self.answers)
