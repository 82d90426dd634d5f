"""Cloze: a text with gaps, with or without a bank of words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Gaps, Response

_GAP = re.compile(r"\{([^{}\n]+)\}")
_MM_A_CHARACTER = 2.5  # a hand's width, as the exam templates of TeXSmith allow
_NARROWEST = 18.0  # mm; room for a short word in a large hand


class Cloze(Question):
    """Fill in the gaps of a text."""

    kind: ClassVar[str] = "cloze"

    prompt: Prose = Field(
        alias="cloze",
        description="The text, what belongs in a gap in braces.",
        examples=["Vietnam paid for its army with {Soviet} help."],
    )
    bank: bool = Field(False, description="Print the words to choose from.", examples=[True])
    spare: tuple[Line, ...] = Field(
        (), description="More words for the bank, which belong in no gap.", examples=[["Chinese"]]
    )

    @model_validator(mode="after")
    def _has_gaps(self) -> Self:
        if not _GAP.search(self.prompt):
            hint = "put what belongs in a gap in braces: {Soviet}"
            raise wrong("L204", "the text has no gap", hint=hint)
        return self

    def stem(self) -> t.Blocks:
        """Return nothing: the text is the response, and what to do is said in the sheet's language."""
        return ()

    def response(self, setting: Setting) -> Response:
        """Return the text with its gaps: all of one width where a bank is printed, so that it gives nothing away."""
        answers = tuple(found.strip() for found in _GAP.findall(self.prompt))
        with_bank = self.bank or bool(self.spare)
        longest = max(len(answer) for answer in answers)
        widths = [_width(longest if with_bank else len(answer), setting) for answer in answers]
        numbered = iter(range(len(answers)))

        def cut(content: t.Inlines) -> t.Inlines:
            return tuple(piece for node in content for piece in _pieces(node, widths, numbered.__next__))

        content = tuple(t.rebuilt(block, cut) for block in markup.blocks(self.prompt))
        words = list(dict.fromkeys([*answers, *self.spare])) if with_bank else []
        bank = tuple(markup.inlines(words[n]) for n in setting.shuffled(len(words)))
        return Gaps(content, bank, bank_label="", key=tuple(markup.inlines(answer) for answer in answers))

    def has_answer(self) -> bool:
        """Return True: what belongs in the gaps is written in them."""
        return True


def _width(characters: int, setting: Setting) -> float:
    return min(max(_NARROWEST, characters * _MM_A_CHARACTER), setting.measure)


def _pieces(node: t.Inline, widths: list[float], following: Callable[[], int]) -> t.Inlines:
    match node:
        case t.Text(words):
            return tuple(_cut(words, widths, following))
        case t.Emphasis(content) | t.Strong(content):
            return (type(node)(tuple(piece for inner in content for piece in _pieces(inner, widths, following))),)
        case _:
            return (node,)


def _cut(words: str, widths: list[float], following: Callable[[], int]) -> list[t.Inline]:
    nodes: list[t.Inline] = []
    at = 0
    for found in _GAP.finditer(words):
        if found.start() > at:
            nodes.append(t.Text(words[at : found.start()]))
        number = following()
        nodes.append(t.Gap(number + 1, widths[number]))
        at = found.end()
    if at < len(words):
        nodes.append(t.Text(words[at:]))
    return nodes
