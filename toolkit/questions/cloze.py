"""Cloze: a text with gaps, with or without a bank of words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.question import Question, Setting
from toolkit.model.response import Gaps, Response

_GAP = re.compile(r"\{([^{}]*[^{}\s][^{}]*)\}")
_MM_A_CHARACTER = 2.5  # a hand's width, as the exam templates of TeXSmith allow
_NARROWEST = 18.0  # mm; room for a short word in a large hand


class Cloze(Question):
    """Fill in the gaps of a text."""

    kind: ClassVar[str] = "cloze"
    stem_label: ClassVar[str] = "stem_cloze"

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
        _check_gaps(self.prompt)
        for level, variant in self.levels.items():
            if variant.prompt:
                _check_gaps(variant.prompt, at=("levels", level))
        return self

    def stem(self) -> t.Blocks:
        """Return nothing: the text is the response, and what to do is said in the sheet's language."""
        return ()

    def response(self, setting: Setting) -> Response:
        """Return the text with its gaps: all of one width where a bank is printed, so that it gives nothing away."""
        answers, cut = _cut_out(markup.blocks(self.prompt))
        with_bank = self.bank or bool(self.spare)
        longest = max(len(answer) for answer in answers)
        widths = [_width(longest if with_bank else len(answer), setting) for answer in answers]
        content = tuple(t.rebuilt(block, lambda run: _widened(run, widths)) for block in cut)
        words = list(dict.fromkeys([*answers, *self.spare])) if with_bank else []
        bank = tuple(markup.inlines(words[n]) for n in setting.shuffled(len(words)))
        return Gaps(content, bank, bank_label="", key=tuple(markup.inlines(answer) for answer in answers))

    def has_answer(self) -> bool:
        """Return True: what belongs in the gaps is written in them."""
        return True


def _check_gaps(prompt: str, at: tuple[str | int, ...] = ()) -> None:
    """Raise an author's error for a text without a gap, or with a brace that students would see."""
    answers, content = _cut_out(markup.blocks(prompt))
    if not answers:
        raise wrong("L204", "the text has no gap", hint="put what belongs in a gap in braces: {Soviet}", at=at)
    # Left on the page, they would show a student the answer.
    if any(brace in t.plain_block(block) for block in content for brace in "{}"):
        hint = "a gap is plain words in braces, not in a link or code, with no marks inside"
        raise wrong("L204", "a brace is left over beside the gaps", needle="{", hint=hint, at=at)


def _width(characters: int, setting: Setting) -> float:
    return min(max(_NARROWEST, characters * _MM_A_CHARACTER), setting.measure)


def _cut_out(blocks: t.Blocks) -> tuple[list[str], t.Blocks]:
    """Return what belongs in the gaps of a text, in order, and the text with gaps in its place."""
    answers: list[str] = []

    def cut(content: t.Inlines) -> t.Inlines:
        return tuple(piece for node in content for piece in _pieces(node, answers))

    return answers, tuple(t.rebuilt(block, cut) for block in blocks)


def _pieces(node: t.Inline, answers: list[str]) -> t.Inlines:
    match node:
        case t.Text(words):
            return tuple(_cut(words, answers))
        case t.Emphasis(content) | t.Strong(content):
            return (type(node)(tuple(piece for inner in content for piece in _pieces(inner, answers))),)
        case _:
            return (node,)


def _cut(words: str, answers: list[str]) -> list[t.Inline]:
    nodes: list[t.Inline] = []
    at = 0
    for found in _GAP.finditer(words):
        if found.start() > at:
            nodes.append(t.Text(words[at : found.start()]))
        answers.append(found[1].strip())
        nodes.append(t.Gap(len(answers), _NARROWEST))
        at = found.end()
    if at < len(words):
        nodes.append(t.Text(words[at:]))
    return nodes


def _widened(content: t.Inlines, widths: list[float]) -> t.Inlines:
    """Return `content` with each gap as wide as `widths` says."""
    widened: list[t.Inline] = []
    for node in content:
        match node:
            case t.Gap(number):
                widened.append(replace(node, width=widths[number - 1]))
            case t.Emphasis(inner) | t.Strong(inner):
                widened.append(type(node)(_widened(inner, widths)))
            case _:
                widened.append(node)
    return tuple(widened)
