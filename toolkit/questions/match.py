"""Matching: a letter for each item, with letters to spare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import address, markup
from toolkit.model.fields import FROZEN, Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Match as Matching
from toolkit.model.response import Option, Response

MOST_OPTIONS = 12  # as many as a language has letters for


class Match(Question):
    """Write the letter of what belongs to each item."""

    kind: ClassVar[str] = "match"

    prompt: Prose = Field(alias="match", description="What is asked.", examples=["Match each cause with its effect."])
    pairs: Annotated[Mapping[Line, Line], *FROZEN] = Field(
        description="Each item with what belongs to it, in printed order; the second column is shuffled.",
        examples=[{"Soviet aid shrinks": "Hanoi announces a withdrawal", "Paris talks fail": "Fighting spreads"}],
        min_length=2,
    )
    spare: tuple[Line, ...] = Field(
        (), description="More options, which belong to no item.", examples=[["China invades Vietnam"]]
    )

    @model_validator(mode="after")
    def _options_differ(self) -> Self:
        options = [*dict.fromkeys(self.pairs.values()), *self.spare]
        for option in self.spare:
            if options.count(option) > 1:
                raise wrong("L204", f"the option {option!r} stands twice", needle=option)
        if len(options) > MOST_OPTIONS:
            raise wrong("L204", f"{len(options)} options are too many: at most {MOST_OPTIONS}", needle="pairs")
        return self

    def response(self, setting: Setting) -> Response:
        """Return the items in written order and the options shuffled; an option may belong to several items.

        A version shuffles the items too. The options are never in the order of the items.
        """
        items = [list(self.pairs)[position] for position in setting.mixed(len(self.pairs), "items")]
        options = [*dict.fromkeys(self.pairs[item] for item in items), *self.spare]
        order = setting.shuffled(len(options))
        letters = {options[position]: setting.letters[n] for n, position in enumerate(order)}
        return Matching(
            items=tuple(Option("", markup.inlines(item), _place("items", item)) for item in items),
            options=tuple(
                Option(letters[options[p]], markup.inlines(options[p]), _place("options", options[p])) for p in order
            ),
            spoken="",
            key=tuple(letters[self.pairs[item]] for item in items),
        )

    def has_answer(self) -> bool:
        """Return True: the pairs are the answer."""
        return True


def _place(column: str, words: str) -> str:
    return address.join(column, address.unordered(words))
