"""What each place of an item says now: its borders are carried over to the edited text, word by word.

A paragraph may hold a label, a field and a label ("Model answer", the answer; the prompt, "2 pts"), or several
fields. The bookmarks' own ends are not trusted, as word processors move them: where the words beside a border
are the same as before, the border is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Final

from toolkit.formats.docx.reading.glyphs import Glyph, Glyphs, inlines, spelled, text_of, tokens
from toolkit.formats.docx.reading.origin import Item, Piece, Place
from toolkit.formats.docx.reading.units import Block, Unit
from toolkit.model.text import Inlines

_SPACE: Final = " \u00a0\u2002\t\n"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands at an address, before and now."""

    address: str
    before: Inlines
    now: Inlines


@dataclass(frozen=True, slots=True)
class Comparison:
    """An item beside its unit: what stands at its places, the labels that changed, what was filled in or drawn."""

    said: tuple[Said, ...]
    labels: tuple[tuple[str, str], ...] = ()
    typed: tuple[str, ...] = ()
    pictures: bool = False


def compared(item: Item, unit: Unit) -> Comparison:
    """Return `item` beside `unit`; cells are compared by their columns."""
    found = [_compared(piece, block) for piece, block in _paired(item, unit)]
    return Comparison(
        tuple(said for one in found for said in one.said),
        tuple(label for one in found for label in one.labels),
        tuple(typed for one in found for typed in one.typed),
        any(one.pictures for one in found),
    )


def words_of(item: Item) -> Iterator[tuple[str, str, Inlines]]:
    """Yield the address, the role and the words of each place of `item`."""
    for piece in item.pieces:
        for place in piece.places:
            yield place.address, piece.role, _words(piece.glyphs[place.start : place.end], piece.glyphs)


def _paired(item: Item, unit: Unit) -> Iterator[tuple[Piece, Block]]:
    blocks = {block.column: block for block in unit.blocks} if item.role == "row" else {}
    for piece in item.pieces:
        yield piece, blocks.get(piece.column, Block(piece.role, ())) if item.role == "row" else unit.blocks[0]


def _compared(piece: Piece, block: Block) -> Comparison:
    now = _numbered(block.glyphs, piece.glyphs)
    pictures = [glyph.look.value for glyph in piece.glyphs if glyph.look.thing == "picture"]
    drawn = [glyph.look.value for glyph in now if glyph.look.thing == "picture"]
    typed = _typed(piece, now)
    borders = _Borders(piece.glyphs, now)
    said = tuple(_said(place, piece.glyphs, borders.there(place), now) for place in piece.places)
    return Comparison(said, tuple(_labels(piece, borders)) if not typed else (), typed, pictures != drawn)


def _said(place: Place, block: Glyphs, there: Glyphs, now: Glyphs) -> Said:
    """Return what stands at `place` of `block`, and `there` now."""
    glyphs = block[place.start : place.end]
    before = _words(glyphs, block)
    return Said(place.address, before, before if glyphs == there else _words(there, now))


def _typed(piece: Piece, now: Glyphs) -> tuple[str, ...]:
    """Return what was typed where a student is to write: in gaps, and in a block that had no words of the lesson."""
    gaps = [glyph.look.value for glyph in now if glyph.look.thing == "gap"]
    given = [glyph.look.value for glyph in piece.glyphs if glyph.look.thing == "gap"]
    if not any(given) and any(gaps):
        return tuple(filter(None, gaps))
    if not piece.places and not piece.text.strip() and text_of(now).strip():
        return (text_of(now).strip(),)
    return ()


def _words(glyphs: Sequence[Glyph], block: Sequence[Glyph]) -> Inlines:
    """Return the rich text of `glyphs`, a part of `block`; a gap by itself is what is written in it."""
    if len(glyphs) == 1 and len(block) > 1 and glyphs[0].look.thing == "gap":
        return inlines(spelled(glyphs[0].look.value))
    if len(glyphs) == 1 and glyphs[0].look.thing == "gap" and glyphs[0].look.value:
        return inlines(spelled(glyphs[0].look.value))
    return inlines([_bare(glyph) for glyph in glyphs])


def _bare(glyph: Glyph) -> Glyph:
    """Return `glyph` without what tells nothing of its words: the words in a gap, the text of a note."""
    look = glyph.look
    return Glyph(glyph.character, replace(look, value="", mark="")) if look.thing or look.mark else glyph


def _numbered(now: Glyphs, before: Glyphs) -> Glyphs:
    """Return `now` with the numbers that the things in it had before: gaps by their order, notes by their text."""
    if not any(glyph.look.thing for glyph in now):
        return now
    gaps = iter([glyph.look.number for glyph in before if glyph.look.thing == "gap"])
    notes = {glyph.look.value: glyph.look.number for glyph in before if glyph.look.thing == "note"}
    free = [number for value, number in notes.items() if all(g.look.value != value for g in now)]
    found: list[Glyph] = []
    for glyph in now:
        look = glyph.look
        if look.thing == "gap":
            look = replace(look, number=next(gaps, 0))
        elif look.thing == "note":
            number = notes.get(look.value)
            look = replace(look, number=(free.pop(0) if free else 0) if number is None else number)
        found.append(Glyph(glyph.character, look))
    return tuple(found)


class _Borders:
    """Where the glyphs of one text are in another, by the words that both have."""

    def __init__(self, before: Glyphs, now: Glyphs) -> None:
        self.before, self.now = before, now
        if text_of(before) == text_of(now):
            self._same = [(0, 0, len(now))]
            return
        left, right = tokens(text_of(before)), tokens(text_of(now))
        starts, ends = [0, *accumulate(map(len, left))], [0, *accumulate(map(len, right))]
        matcher = SequenceMatcher(None, left, right, autojunk=False)
        self._same = [
            (starts[one.a], ends[one.b], starts[one.a + one.size] - starts[one.a])
            for one in matcher.get_matching_blocks()
            if one.size
        ]

    def there(self, place: Place) -> Glyphs:
        """Return the glyphs that stand at `place` now; what was added at its borders is of it."""
        start, end = self.low(place.start), self.high(place.end)
        return self.now[start : max(start, end)]

    def low(self, at: int) -> int:
        """Return the first place now that is behind all that stood before `at`."""
        found = 0
        for before, now, size in self._same:
            if before < at:
                found = now + min(size, at - before)
        return found

    def high(self, at: int) -> int:
        """Return the last place now that is in front of all that stood from `at` on."""
        for before, now, size in self._same:
            if before + size > at:
                return now + max(at - before, 0)
        return len(self.now)


def _labels(piece: Piece, borders: _Borders) -> Iterator[tuple[str, str]]:
    """Yield the labels of `piece` that say something else now: the words between its places."""
    outer = [place for place in piece.places if not any(_within(place, other) for other in piece.places)]
    edges = [(0, 0)]
    for place in outer:
        start = borders.low(place.start)
        edges += [(place.start, start), (place.end, max(start, borders.high(place.end)))]
    edges.append((len(piece.glyphs), len(borders.now)))
    for (left, there), (right, then) in zip(edges[::2], edges[1::2], strict=True):
        before, now = _label(piece.glyphs[left:right]), _label(borders.now[there:then])
        if before != now and before:
            yield before, now


def _within(place: Place, other: Place) -> bool:
    return place != other and other.start <= place.start and place.end <= other.end


def _label(glyphs: Sequence[Glyph]) -> str:
    return " ".join("".join(glyph.character for glyph in glyphs if not glyph.look.thing).split()).strip(_SPACE)
