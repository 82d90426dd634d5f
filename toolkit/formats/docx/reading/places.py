"""Tracked changes and comments with the place of the lesson that they stand at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.formats.docx.reading.glyphs import THING
from toolkit.formats.docx.reading.matching import Pairs
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked change: `kind` is "inserted", "deleted", "moved away", "moved here" or "formatted".

    `words` are those that it is about, "¶" for the end of a paragraph; `address` is "" where nothing is near.
    """

    kind: str
    author: str
    date: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, the place it stands at and the words of that place."""

    author: str
    date: str
    address: str
    words: str
    about: str


def tracked_of(sheet: Sheet, items: Sequence[Item], pairs: Pairs) -> tuple[Tracked, ...]:
    """Return the tracked changes of `sheet` with their places."""
    places = _places(sheet, items, pairs)
    return tuple(
        Tracked(one.kind, one.author, one.date, places.get(one.paragraph, ""), one.words) for one in sheet.tracked
    )


def comments_of(sheet: Sheet, items: Sequence[Item], pairs: Pairs) -> tuple[Comment, ...]:
    """Return the comments of `sheet` with their places, in the order of the page; answers to one stand behind it."""
    places = _places(sheet, items, pairs)
    at: dict[str, tuple[int, str]] = {}
    for unit in sheet.units.units:
        for block in unit.blocks:
            for comment in block.comments:
                at.setdefault(comment, (min(block.paragraphs, default=0), block.text.replace(THING, "").strip()))
    remarks = sorted(sheet.remarks, key=lambda one: at.get(one.identifier, (1 << 30, ""))[0])
    return tuple(
        Comment(one.author, one.date, places.get(number, ""), one.words, about)
        for one in remarks
        for number, about in [at.get(one.identifier, (-1, ""))]
    )


def _places(sheet: Sheet, items: Sequence[Item], pairs: Pairs) -> dict[int, str]:
    """Return the address of every paragraph: its own by its bookmark, that of its unit, or the one before it."""
    named = {name: item.addresses[0] for item in items for name in item.names if item.addresses}
    back = {at: items[number] for number, at in pairs.items()}
    found: dict[int, str] = {}
    for at, unit in enumerate(sheet.units.units):
        item = back.get(at)
        for block in unit.blocks:
            cell = next((p for p in item.pieces if p.column == block.column and p.places), None) if item else None
            if item and item.addresses:
                address = cell.places[0].address if cell else item.addresses[0]
                found.update(dict.fromkeys(block.paragraphs, address))
    last = ""
    for number in sorted(sheet.names):
        own = next((named[name] for name in sheet.names[number] if name in named), "")
        last = found.get(number) or own or last
        found[number] = last
    return found
