"""Labels beside an axis and bars along it: places in which nothing overlaps, and each is as near as it can be.

Where labels would overlap they are moved apart. The places with the least sum of squared distances from where they
would stand alone are those of an isotonic regression, which the pool-adjacent-violators algorithm finds in one pass
(Barlow, Bartholomew, Bremner and Brunk, "Statistical Inference under Order Restrictions", 1972, 1.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


class NoRoomError(ValueError):
    """Labels, or bars, that a height has no room for. `missing` is what it lacks, in pt."""

    def __init__(self, missing: float) -> None:
        super().__init__(f"{missing:.0f} pt more are needed")
        self.missing = missing


def place(wanted: Sequence[float], heights: Sequence[float], room: float, apart: float = 0.0) -> tuple[float, ...]:
    """Return the tops (pt) of labels of `heights`, in their order, between 0 and `room`, at least `apart` apart.

    `wanted` are the tops that they would have alone. Among all places without an overlap these have the least sum of
    squared distances from `wanted`. Raises NoRoomError.
    """
    if not heights:
        return ()
    steps = [0.0, *accumulate(height + apart for height in heights[:-1])]
    slack = room - steps[-1] - heights[-1]
    if slack < -1e-6:
        raise NoRoomError(-slack)
    free = isotonic([want - step for want, step in zip(wanted, steps, strict=True)])
    # Cut to the bounds, an isotonic regression is the one within the bounds.
    return tuple(min(max(value, 0.0), max(slack, 0.0)) + step for value, step in zip(free, steps, strict=True))


def isotonic(values: Sequence[float]) -> list[float]:
    """Return the never falling numbers with the least sum of squared distances from `values`."""
    blocks: list[tuple[float, int]] = []  # a sum and how many numbers it is of
    for value in values:
        total, count = value, 1
        while blocks and blocks[-1][0] * count >= total * blocks[-1][1]:
            before, many = blocks.pop()
            total, count = total + before, count + many
        blocks.append((total, count))
    return [total / count for total, count in blocks for _ in range(count)]


def tracks(bars: Sequence[tuple[float, float]], apart: float = 0.0) -> tuple[int, ...]:
    """Return the track of each bar (its top and foot), from 0: the fewest tracks in which none overlap.

    Bars in the order of their tops take the first track that is free, which needs no more tracks than bars stand
    side by side anywhere (the colouring of an interval graph).
    """
    found = [0] * len(bars)
    ends: list[float] = []
    for number in sorted(range(len(bars)), key=lambda n: (bars[n][0], -bars[n][1], n)):
        top, foot = bars[number]
        free = next((track for track, end in enumerate(ends) if end + apart <= top), len(ends))
        ends[free : free + 1] = [foot]
        found[number] = free
    return tuple(found)
