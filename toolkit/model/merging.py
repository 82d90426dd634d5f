"""Three-way merge of sequences: what two people made of one text, joined where they changed different pieces.

The algorithm is that of diff3 (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007): stretches that
both left alone are kept, a stretch that one changed is taken from that one, and one that both changed in different
ways is a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T", bound=Hashable)

Side: TypeAlias = Literal["same", "mine", "theirs", "both", "conflict"]
Hunk: TypeAlias = tuple[int, int, int, int]
"""A change: from `base[a:b]` to `other[c:d]`."""


@dataclass(frozen=True, slots=True)
class Chunk(Generic[T]):
    """A stretch of the merged text: what it was in `base`, in `mine` and in `theirs`, and who changed it.

    `start` is where the stretch begins in `theirs`.
    """

    side: Side
    base: tuple[T, ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]
    start: int


def _nothing(_: object) -> bool:
    return False


def hunks(base: Sequence[T], other: Sequence[T], thin: Callable[[T], bool] = _nothing) -> list[Hunk]:
    """Return what changed from `base` to `other`, in order.

    Changes with only one `thin` item between them (a space between two words) are one change.
    """
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    joined: list[Hunk] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            continue
        if joined and a - joined[-1][1] == 1 and thin(base[joined[-1][1]]):
            a, c = joined[-1][0], joined[-1][2]
            joined.pop()
        joined.append((a, b, c, d))
    return joined


def merge(
    base: Sequence[T], mine: Sequence[T], theirs: Sequence[T], thin: Callable[[T], bool] = _nothing
) -> list[Chunk[T]]:
    """Return the stretches of the merge of `mine` and `theirs`, both made from `base`, in order."""
    chunks: list[Chunk[T]] = []
    at = at_mine = at_theirs = 0
    for own, other in _groups(hunks(base, mine, thin), hunks(base, theirs, thin)):
        start = min(hunk[0] for hunk in (*own, *other))
        end = max(hunk[1] for hunk in (*own, *other))
        if start > at:
            same = tuple(base[at:start])
            chunks.append(Chunk("same", same, same, tuple(theirs[at_theirs : at_theirs + start - at]), at_theirs))
        at_mine, at_theirs = at_mine + start - at, at_theirs + start - at
        end_mine, end_theirs = at_mine + _length(own, start, end), at_theirs + _length(other, start, end)
        one, two = tuple(mine[at_mine:end_mine]), tuple(theirs[at_theirs:end_theirs])
        side: Side = "theirs" if not own else "mine" if not other else "both" if one == two else "conflict"
        chunks.append(Chunk(side, tuple(base[start:end]), one, two, at_theirs))
        at, at_mine, at_theirs = end, end_mine, end_theirs
    if at < len(base):
        rest = tuple(base[at:])
        chunks.append(Chunk("same", rest, rest, tuple(theirs[at_theirs:]), at_theirs))
    return chunks


def _length(changes: list[Hunk], start: int, end: int) -> int:
    """Return how long the stretch of `base[start:end]` is after `changes` in it."""
    return end - start + sum((d - c) - (b - a) for a, b, c, d in changes)


def _groups(mine: list[Hunk], theirs: list[Hunk]) -> Iterator[tuple[list[Hunk], list[Hunk]]]:
    """Yield the changes of both sides, those together that touch the same stretch of the base."""
    waiting = sorted([(hunk, 0) for hunk in mine] + [(hunk, 1) for hunk in theirs], key=lambda pair: pair[0][:2])
    group: tuple[list[Hunk], list[Hunk]] = ([], [])
    low, high = -1, -1
    for hunk, side in waiting:
        apart = hunk[0] > high or (hunk[0] == high and not (low == high == hunk[0]) and not _at_once(group, hunk))
        if apart and (group[0] or group[1]):
            yield group
            group = ([], [])
            low = high = -1
        group[side].append(hunk)
        low, high = hunk[0] if low < 0 else low, max(high, hunk[1])
    if group[0] or group[1]:
        yield group


def _at_once(group: tuple[list[Hunk], list[Hunk]], hunk: Hunk) -> bool:
    """Return whether something is put in where another change of the group ends: nobody knows what it belongs to."""
    inserted = hunk[0] == hunk[1]
    return inserted and any(b == hunk[0] for changes in group for _, b, _, _ in changes)
