"""Orders that depend on words alone: the same words give the same order on every machine, for ever.

Made with BLAKE2b (RFC 7693) and nothing else; no state, no clock, no generator whose algorithm may change.
"""

from __future__ import annotations

import hashlib
from math import factorial
from typing import TypeAlias

Order: TypeAlias = tuple[int, ...]
"""Positions, counted from 0, in the order in which they are printed."""

_ATTEMPTS = 20
_ATTEMPTS_FOR_A_VERSION = 400  # the last of six orders is missed by so many with a chance below 1e-31


def another(count: int, seed: str) -> Order:
    """Return the positions 0 to `count` - 1 in an order that depends on `seed` alone.

    The order is never the written one, which is often the answer, where there is another.
    """
    for attempt in range(_ATTEMPTS):
        order = _mixed(count, seed, attempt)
        if order != tuple(range(count)):
            break
    return order


def of_version(count: int, seed: str, version: int, *, secret: bool) -> Order:
    """Return the order of `version`, counted from 0: one that no version before it has, while there are any.

    Where `secret`, the written order tells the answer, and is no version's if there is another. A version's
    order does not depend on how many versions follow.
    """
    written = (tuple(range(count)),) if secret and count > 1 else ()
    there = factorial(count) - len(written)
    taken: list[Order] = []
    order = tuple(range(count))
    for number in range(version + 1):
        refused = {*written, *taken[number - number % there :]}
        order = _first(count, f"{seed}/{number}", refused)
        taken.append(order)
    return order


def _first(count: int, seed: str, refused: set[Order]) -> Order:
    for attempt in range(_ATTEMPTS_FOR_A_VERSION):
        order = _mixed(count, seed, attempt)
        if order not in refused:
            break
    return order


def _mixed(count: int, seed: str, attempt: int) -> Order:
    return tuple(sorted(range(count), key=lambda n: digest(f"{seed}/{attempt}/{n}")))


def digest(words: str) -> bytes:
    """Return the digest of `words` that orders and codes are made of: 8 bytes."""
    return hashlib.blake2b(words.encode(), digest_size=8).digest()
