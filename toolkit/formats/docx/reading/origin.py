"""What a sheet was built from: its units as this reader reads them, with the addresses of what stands in them.

It is made of the file's own parts when the file is written, so that a file that nobody edited differs in nothing.
It holds what the file shows and no more: a student's holds no answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from toolkit.formats.docx.bookmarks import bookmark_name
from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.reading.glyphs import PLAIN, Glyph, Glyphs, Look, text_of
from toolkit.formats.docx.reading.outline import question_of
from toolkit.formats.docx.reading.units import Block, Unit

VERSION: Final = 1
_STEP: Final = re.compile(r"(.+)/(\d+)")
_UNCOUNTED: Final = frozenset({"header", "labels", "rows", "bank", "answer"})
_SPACE: Final = " \u2002\t\n"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address stands in a block: from glyph `start` to `end`; `cell` where all of the block is it."""

    address: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the sheet as it was built, with the places in it; a block without places is a label."""

    role: str
    glyphs: Glyphs
    places: tuple[Place, ...] = ()
    column: int = 0

    @property
    def text(self) -> str:
        """The characters of the piece."""
        return text_of(self.glyphs)


@dataclass(frozen=True, slots=True)
class Item:
    """A unit of the sheet as it was built. `names` are its bookmarks."""

    role: str
    pieces: tuple[Piece, ...]
    names: tuple[str, ...] = ()
    table: int = 0
    row: int = 0
    lines: int | None = None

    @property
    def text(self) -> str:
        """The characters of the item, a line for each cell."""
        return "\n".join(piece.text for piece in self.pieces)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of what stands in it, in order."""
        return tuple(place.address for piece in self.pieces for place in piece.places)


@dataclass(frozen=True, slots=True)
class Origin:
    """A sheet as it was built. `lesson`, `sheet` and `edition` name it."""

    lesson: str
    sheet: str
    edition: str
    items: tuple[Item, ...]

    @property
    def anchors(self) -> dict[str, str]:
        """The addresses of its bookmarks by their names."""
        return {bookmark_name(address): address for item in self.items for address in item.addresses}


# -- made of a file that is being written


def items_of(units: Sequence[Unit], addresses: Mapping[str, str]) -> tuple[Item, ...]:
    """Return `units` with the addresses of their bookmarks; `addresses` are those by the bookmarks' names."""
    counted = _counted_tables(units, addresses)
    numbers = _Numbers()
    return tuple(numbers.given(_item(unit, addresses, counted)) for unit in units)


class _Numbers:
    """Numbers gaps in their question and notes in the sheet. Mutable on purpose: it counts."""

    def __init__(self) -> None:
        self._gaps: Counter[str] = Counter()
        self._notes: dict[str, int] = {}

    def given(self, item: Item) -> Item:
        """Return `item` with numbers on the gaps and notes in it."""
        question = question_of(next(iter(item.addresses), ""))
        pieces = (replace(piece, glyphs=tuple(self._glyph(g, question) for g in piece.glyphs)) for piece in item.pieces)
        return replace(item, pieces=tuple(pieces))

    def _glyph(self, glyph: Glyph, question: str) -> Glyph:
        look = glyph.look
        if look.thing == "gap":
            self._gaps[question] += 1
            return glyph._replace(look=replace(look, number=self._gaps[question]))
        if look.thing == "note":
            again = look.value.removeprefix("again ")
            known = int(again) if again != look.value and again.isdecimal() else len(self._notes) + 1
            return glyph._replace(look=replace(look, number=self._notes.setdefault(look.value, known)))
        return glyph


def _item(unit: Unit, addresses: Mapping[str, str], counted: Mapping[int, str]) -> Item:
    table = counted.get(unit.table, "")
    pieces = [
        Piece(block.role, block.glyphs, tuple(_places(block, addresses, f"{table}/{unit.row}" if table else "")))
        for block in unit.blocks
    ]
    pieces = [replace(piece, column=block.column) for piece, block in zip(pieces, unit.blocks, strict=True)]
    names = {span.name for block in unit.blocks for span in block.spans if span.name in addresses}
    return Item(unit.role, tuple(pieces), tuple(sorted(names)), unit.table, unit.row, unit.lines)


def _counted_tables(units: Sequence[Unit], addresses: Mapping[str, str]) -> dict[int, str]:
    """Return the tables whose rows are counted by their bookmarks (`T/0`, `T/1`), with their addresses."""
    found: dict[int, set[str]] = {}
    for unit in units:
        if unit.role == "row":
            found.setdefault(unit.table, set()).update(_table_of(unit, addresses))
    return {number: one.pop() for number, one in found.items() if len(one) == 1 and "" not in one}


def _table_of(unit: Unit, addresses: Mapping[str, str]) -> Iterator[str]:
    for span in unit.blocks[0].spans:
        step = _STEP.fullmatch(addresses.get(span.name, ""))
        of_row = step and int(step[2]) == unit.row and step[1].rpartition("/")[2] not in _UNCOUNTED
        yield step[1] if step and of_row else ""


def _places(block: Block, addresses: Mapping[str, str], row: str) -> Iterator[Place]:
    """Yield the places in `block`; each cell of a counted `row` is one."""
    if row:
        yield Place(f"{row}/{block.column + 1}", 0, len(block.glyphs))
        return
    # "Document A" is the program's, and so common that it tells nothing of the document.
    for span in () if block.role == "document label" else sorted(block.spans, key=lambda one: (one.start, -one.end)):
        address = addresses.get(span.name)
        if address and span.end > span.start:
            split = _FIELDS.get(block.role)  # of the widest, which begins the block; the others are fields themselves
            place = _trimmed(Place(address, span.start, span.end), block.glyphs)
            yield from _divided(place, block.glyphs, split) if split and span.start == 0 else (place,)


def _trimmed(place: Place, glyphs: Glyphs) -> Place:
    start, end = place.start, place.end
    while start < end and glyphs[start].character in _SPACE:
        start += 1
    while end > start and glyphs[end - 1].character in _SPACE:
        end -= 1
    return replace(place, start=start, end=end)


# The fields of a paragraph that has more than one, by the character style of each; "" is the rest.
_FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "gloss": {Mark.TERM_HEAD: "term", Mark.DETAIL: "part", Mark.TRANSLATION: "translation", "": "means"},
    "entry": {Mark.NAME: "name", Mark.DETAIL: "detail"},
}


def _divided(place: Place, glyphs: Glyphs, fields: Mapping[str, str]) -> Iterator[Place]:
    """Yield the fields in `place`, told apart by their character styles; brackets round one are not of it."""
    runs: list[tuple[str, int, int]] = []
    for at in range(place.start, place.end):
        mark = glyphs[at].look.mark
        name = fields.get(mark, fields.get("", ""))
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], at + 1)
        else:
            runs.append((name, at, at + 1))
    told: set[str] = set()
    for name, start, end in runs:
        inner = _trimmed(Place(f"{place.address}/{name}", start, end), glyphs)
        if not name or inner.end == inner.start or name in told:
            continue
        told.add(name)
        if name == "part" and text_of(glyphs[inner.start : inner.end])[:: inner.end - inner.start - 1] == "()":
            inner = replace(inner, start=inner.start + 1, end=inner.end - 1)
        yield inner


# -- as plain data


def dumped(origin: Origin) -> dict[str, Any]:
    """Return `origin` as plain data for JSON."""
    return {
        "version": VERSION,
        "lesson": origin.lesson,
        "sheet": origin.sheet,
        "edition": origin.edition,
        "items": [_dumped_item(item) for item in origin.items],
    }


def _dumped_item(item: Item) -> dict[str, Any]:
    named = {bookmark_name(address) for address in item.addresses}
    found: dict[str, Any] = {"role": item.role, "pieces": [_dumped_piece(piece) for piece in item.pieces]}
    names = list(item.names) if set(item.names) != named else None
    given = {"names": names, "table": item.table or None, "row": item.row or None, "lines": item.lines}
    return found | {key: value for key, value in given.items() if value is not None}


def _dumped_piece(piece: Piece) -> dict[str, Any]:
    looks: list[list[Any]] = []
    for at, glyph in enumerate(piece.glyphs):
        if looks and looks[-1][1] == at and looks[-1][2] == _dumped_look(glyph.look) and not glyph.look.thing:
            looks[-1][1] = at + 1
        elif glyph.look != PLAIN:
            looks.append([at, at + 1, _dumped_look(glyph.look)])
    found: dict[str, Any] = {"role": piece.role, "text": piece.text}
    places = [[place.address, place.start, place.end] for place in piece.places]
    given = {"looks": looks, "places": places, "column": piece.column}
    return found | {key: value for key, value in given.items() if value}


def _dumped_look(look: Look) -> dict[str, Any]:
    given = {
        "strong": look.strong,
        "emphasis": look.emphasis,
        "code": look.code,
        "href": look.href,
        "mark": str(look.mark),
        "thing": look.thing,
        "value": look.value,
        "number": look.number,
    }
    return {key: value for key, value in given.items() if value}


def loaded(data: Mapping[str, Any]) -> Origin:
    """Return the origin that `data`, made by `dumped`, holds. Raise KeyError, TypeError, ValueError for other data."""
    items = tuple(_loaded_item(item) for item in data["items"])
    return Origin(str(data["lesson"]), str(data["sheet"]), str(data["edition"]), items)


def _loaded_item(data: Mapping[str, Any]) -> Item:
    pieces = tuple(_loaded_piece(piece) for piece in data["pieces"])
    lines = data.get("lines")
    lines = None if lines is None else int(lines)
    item = Item(str(data["role"]), pieces, (), int(data.get("table", 0)), int(data.get("row", 0)), lines)
    names = data.get("names")
    return replace(item, names=tuple(map(str, names)) if names is not None else _own_names(item))


def _own_names(item: Item) -> tuple[str, ...]:
    """Return the bookmarks that an item has where each is that of an address in it."""
    return tuple(sorted(set(map(bookmark_name, item.addresses))))


def _loaded_piece(data: Mapping[str, Any]) -> Piece:
    text = str(data["text"])
    looks = [PLAIN] * len(text)
    for start, end, look in data.get("looks", ()):
        _within(start, end, len(looks))
        looks[start:end] = [_loaded_look(look)] * (end - start)
    glyphs = tuple(Glyph(character, look) for character, look in zip(text, looks, strict=True))
    places = tuple(Place(str(address), start, end) for address, start, end in data.get("places", ()))
    for place in places:
        _within(place.start, place.end, len(looks))
    return Piece(str(data["role"]), glyphs, places, int(data.get("column", 0)))


def _loaded_look(data: Mapping[str, Any]) -> Look:
    switches = {key: bool(data.get(key)) for key in ("strong", "emphasis", "code")}
    texts = {key: str(data.get(key, "")) for key in ("href", "mark", "thing", "value")}
    return Look(**switches, **texts, number=int(data.get("number", 0)))  # type: ignore[arg-type]  # mypy sees no keys


def _within(start: int, end: int, length: int) -> None:
    """Raise ValueError for a place that is not in a text of `length`: data from outside are not believed."""
    if not 0 <= start <= end <= length:
        raise ValueError(f"no place from {start} to {end} in a text of {length}")
