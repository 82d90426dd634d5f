"""Multiple choice: one right option, or several."""

from __future__ import annotations

import difflib
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from toolkit.model import address, markup
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.quoting import quoted
from toolkit.model.response import Choice, Option, Response
from toolkit.model.text import Blocks


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Choose(Question):
    """Mark the right option, or options."""

    kind: ClassVar[str] = "choose"
    answer_key: ClassVar[str] = "explain"
    answer_label: ClassVar[str] = "explanation"

    prompt: Prose = Field(alias="choose", description="What is asked.", examples=["When did the last units leave?"])
    options: Annotated[tuple[Line, ...], Field(min_length=2, max_length=12)] = Field(
        description="What to choose from, in printed order.", examples=[["April 1989", "September 1989"]]
    )
    correct: Annotated[
        tuple[Line, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str]), Field(min_length=1)
    ] = Field(
        (),
        description="The right option, word for word; a list of them where several are right.",
        examples=["September 1989", ["the Khmer Rouge", "two non-communist armies"]],
    )
    explain: Prose | None = Field(
        None, description="Why it is right, for the teacher.", examples=["April is when the plan was announced."]
    )

    keep_order: bool = Field(
        False,
        description="Versions print the options as they stand here. Numbers, dates, scales and “all of the above” "
        "keep their place without it.",
        examples=[True],
    )

    @model_validator(mode="after")
    def _correct_is_an_option(self) -> Self:
        for n, right in enumerate(self.correct):
            if right not in self.options:
                near = difflib.get_close_matches(right, self.options, n=1)
                hint = f"did you mean {quoted(near[0])}?" if near else "repeat one of the options word for word"
                message = f"the right answer {quoted(right)} is not among the options"
                raise wrong("L204", message, hint=hint, at=("correct", n))
        for n, option in enumerate(self.options):
            if option in self.options[:n]:
                raise wrong("L204", f"the option {quoted(option)} stands twice", at=("options", n))
        return self

    def response(self, setting: Setting) -> Response:
        """Return the options, to mark one or, where several are right, many; shuffled in a version."""
        printed = [markup.inlines(option) for option in self.options]
        order = range(len(printed)) if self.keep_order else setting.arranged(printed)
        options = tuple(
            Option(letter, printed[n], _place(self.options[n], n, setting))
            for letter, n in zip(setting.letters, order, strict=False)
        )
        key = frozenset(place for place, n in enumerate(order) if self.options[n] in self.correct)
        return Choice(options, many=len(self.correct) > 1, key=key or None)

    def model_answer(self) -> Blocks:
        """Return the explanation as blocks; empty where the author gave none."""
        return markup.blocks(self.explain) if self.explain else ()

    def has_answer(self) -> bool:
        """Return whether the author has said which option is right."""
        return bool(self.correct)


def _place(option: str, position: int, setting: Setting) -> str:
    """Return the way to an option. Where it may stand out of its order, the way does not tell its position."""
    return address.join("options", position + 1 if setting.version is None else address.unordered(option))
