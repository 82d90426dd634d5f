"""The numbered lines of a reading as a page engine has set them, and finding a place among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.model.pointing import ink


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as it is printed, the address of the block it belongs to, and its words."""

    number: int
    address: str
    words: str


Lines: TypeAlias = tuple[Line, ...]
"""The lines of a reading in order; empty where they are not known yet."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A place in the article: blocks from the address `first` to the address `last`.

    Where `around` is not empty, only a part of the one block: its characters `start` to `end`, counted in
    `around`. That is text of the block which no citation interrupts, folded as `pointing.ink` does, so that
    it stands in the printed lines as it stands here.
    """

    first: str
    last: str
    around: str = ""
    start: int = 0
    end: int = 0


def lines_of(stretch: Stretch, lines: Sequence[Line]) -> tuple[int, int]:
    """Return the numbers of the first and the last line of `stretch`. Raise KeyError where `lines` lack it."""
    numbered = [line for line in lines if line.address == stretch.first]
    last = [line for line in lines if line.address == stretch.last]
    if not numbered or not last:
        raise KeyError(stretch.first)
    if not stretch.around:
        return numbered[0].number, last[-1].number
    # One character of `owners` for each of `printed`: the line that it stands on.
    printed = "".join(ink(line.words) for line in numbered)
    owners = [line.number for line in numbered for _ in ink(line.words)]
    at = printed.find(stretch.around)
    if at < 0:
        raise KeyError(stretch.around)
    return owners[at + stretch.start], owners[at + stretch.end - 1]
