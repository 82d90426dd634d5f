"""Responses: the closed set of ways in which a student answers on paper.

The names follow the interaction types of QTI 2.2 (1EdTech), so that an export to a learning-management
system can follow. A kind of question maps itself to one of these; a writer draws these and nothing else.
Whatever tells the answer is in a field named `key`, and is None in anything a student may see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from toolkit.model.text import Inlines


@dataclass(frozen=True, slots=True)
class Writing:
    """Ruled lines to write on (QTI extendedTextInteraction).

    `lines` rules, `pitch` mm apart; 0 lines is no room at all. `spoken` is what a screen reader says
    once in place of the rules ("Space for the answer, 4 lines"). It has no key: a model answer is no part
    of the room to write, and is printed as a `Model` beside the task.
    """

    lines: int
    pitch: float
    spoken: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One short rule to write a word or a phrase on (QTI textEntryInteraction).

    `width` is in mm, the same for every entry of a sheet if length must give nothing away. `key` is the
    accepted answer.
    """

    width: float
    pitch: float
    spoken: str
    key: Inlines | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, lettered in the reader's alphabet."""

    label: str
    content: Inlines
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to mark one (○) or, where `many`, several (☐) of (QTI choiceInteraction).

    `key` holds the positions of the right options, counting from 0.
    """

    options: tuple[Option, ...]
    many: bool
    key: frozenset[int] | None = None


Response: TypeAlias = Writing | Entry | Choice


def public(response: Response) -> Response:
    """Return `response` as a student may see it: without its key."""
    return response if isinstance(response, Writing) else replace(response, key=None)
