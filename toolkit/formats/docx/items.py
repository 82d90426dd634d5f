"""Paragraphs that Word numbers (questions, their parts, options), and the seat in which an answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import Look, runs
from toolkit.formats.docx.names import HANG, MATCH_HANG, MATCH_INDENT, OPTION_HANG, PART_HANG, Level, Mark, Style
from toolkit.formats.docx.numbering import Number
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, indented, numbered, paragraph, tab_stops

_IN_PART: Final = HANG + PART_HANG

# For each level of the questions' numbering: its style, and where a typed number and the text after it
# stand, as a paragraph out of its list loses its list's indents (dxa).
_LEVELS: Final = MappingProxyType(
    {
        Level.QUESTION: (Style.QUESTION, HANG, HANG),
        Level.OPTION: (Style.OPTION, HANG + OPTION_HANG, OPTION_HANG),
        Level.OPTION_MANY: (Style.OPTION_MANY, HANG + OPTION_HANG, OPTION_HANG),
        Level.PART: (Style.PART, _IN_PART, PART_HANG),
        Level.PART_OPTION: (Style.PART_OPTION, _IN_PART + OPTION_HANG, OPTION_HANG),
        Level.PART_OPTION_MANY: (Style.PART_OPTION_MANY, _IN_PART + OPTION_HANG, OPTION_HANG),
        Level.MATCH: (Style.MATCH_OPTION, MATCH_INDENT, MATCH_HANG),
    }
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a question or a part of one is answered. `address` is that of the question or the part."""

    address: str
    part: bool = False

    @property
    def indent(self) -> int:
        """How far from the text's edge the answer begins (dxa)."""
        return _IN_PART if self.part else HANG

    @property
    def place(self) -> Place:
        """The place of tables to write in."""
        return Place(indent=self.indent)

    @property
    def text(self) -> Place:
        """The place of the question's text, which stays with what follows it."""
        return Place(style=Style.PART_TEXT if self.part else Style.QUESTION_TEXT, indent=self.indent, keep=True)

    @property
    def level(self) -> Level:
        """The level of the question's number or the part's letter."""
        return Level.PART if self.part else Level.QUESTION

    def options(self, *, many: bool) -> Level:
        """Return the level of the options' letters."""
        if self.part:
            return Level.PART_OPTION_MANY if many else Level.PART_OPTION
        return Level.OPTION_MANY if many else Level.OPTION

    def at(self, *names: str | int) -> str:
        """Return the address of a thing in it, "" where it has none itself."""
        return "/".join((self.address, *map(str, names))) if self.address else ""


def counted(
    draft: Draft, number: Number, level: Level, content: list[_Element], mark: Mark, *, keep: bool = False
) -> _Element:
    """Return a paragraph that its style numbers, or one with a typed number where Word cannot count so."""
    style, left, hanging = _LEVELS[level]
    if number.typed:
        typed = [*runs(draft, number.typed, Look(mark)), w("r", w("tab"))]
        return paragraph(
            style,
            [*typed, *content],
            numbered(0, 0),
            tab_stops([("left", left, "")]),
            indented(left, hanging),
            keep=keep,
        )
    override = numbered(number.numbering, level.value) if number.numbering else None
    return paragraph(style, content, override, keep=keep)
