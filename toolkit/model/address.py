"""Addresses: the stable names of places in a lesson.

An address is the way to a place, joined by `/`: `sections/price/questions/1/open`. The step into a list is
the item's `id` where it has one, else its position counted from 1; so an item with an id keeps its address
when it moves. Error messages, printouts and Word bookmarks share them.
"""

from __future__ import annotations

import hashlib


def join(*steps: str | int) -> str:
    """Return the address that `steps` lead to. A whole number is a position counted from 1."""
    return "/".join(str(step) for step in steps if step != "")


def step(item_id: str | None, position: int) -> str:
    """Return the step into a list: the item's id, or its `position` counted from 0 as one from 1."""
    return item_id or str(position + 1)


def unordered(words: str) -> str:
    """Return the step to something that is printed out of its order: a digest of its words.

    A position, or the words that it belongs to, would tell a student who looks into the file the answer.
    """
    return hashlib.blake2b(words.encode(), digest_size=4).hexdigest()
