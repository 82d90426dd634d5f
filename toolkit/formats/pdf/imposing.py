"""Imposition: the pages of a booklet put on sheets of paper, two on each side, to be folded and stapled.

Of n pages, padded to a multiple of four, the outermost sheet carries the last and the first on its front, the second
and the last but one on its back, and so on. The tags stay: what a screen reader meets is the order of the pages, not
of the sheets. So marks of content are numbered anew where two pages share a side (ISO 32000-1, 14.7.4), and places
that links and bookmarks lead to move with their pages.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
)

Untyped: TypeAlias = Any  # an object of a PDF, whose types are in the file

_MARK: Final = re.compile(rb"/MCID\s+(\d+)")
_IN_FOURS: Final = 4


def sides(pages: int, *, rtl: bool) -> list[tuple[int, int]]:
    """Return, for each side of a sheet in printing order, its left and its right page; -1 for a blank one.

    Pages count from 0. A book that is read from the right (`rtl`) has its fold at the other edge.
    """
    total = -(-pages // _IN_FOURS) * _IN_FOURS
    found = []
    for sheet in range(total // _IN_FOURS):
        found.append((total - 1 - 2 * sheet, 2 * sheet))
        found.append((2 * sheet + 1, total - 2 - 2 * sheet))
    there = [tuple(page if page < pages else -1 for page in side) for side in found]
    return [(right, left) if rtl else (left, right) for left, right in there]


def imposed(data: bytes, *, rtl: bool = False) -> bytes:
    """Return the tagged PDF `data`, whose pages are all of one size, with two of its pages on each side of a sheet."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    pages = [*writer.pages]
    width, height = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    places: dict[int, _Place] = {}  # of each page, by its object's number
    made: list[IndirectObject] = []
    for left, right in sides(len(pages), rtl=rtl):
        halves = [(pages[number], shift) for number, shift in ((left, 0.0), (right, width)) if number >= 0]
        made.append(_side(writer, halves, (width * 2, height), places))
    _hang(writer, made)
    _renumber(writer, places)
    _move_places(writer, places)
    preferences = writer.root_object.setdefault(NameObject("/ViewerPreferences"), DictionaryObject()).get_object()
    preferences[NameObject("/Duplex")] = NameObject("/DuplexFlipShortEdge")
    preferences[NameObject("/PrintScaling")] = NameObject("/None")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a page went: its side, how far to the right (pt), and what is added to the numbers of its marks."""

    side: IndirectObject
    shift: float
    marks: int


def _side(
    writer: PdfWriter, halves: Sequence[tuple[Untyped, float]], size: tuple[float, float], places: dict[int, _Place]
) -> IndirectObject:
    """Add the side of a sheet with the pages `halves`, and say in `places` where they went."""
    side = DictionaryObject()
    reference = writer._add_object(side)
    side[NameObject("/Type")] = NameObject("/Page")
    side[NameObject("/MediaBox")] = ArrayObject(map(FloatObject, (0, 0, *size)))
    side[NameObject("/Tabs")] = NameObject("/S")
    content, marks, annotations = b"", 0, ArrayObject()
    resources = DictionaryObject()
    for number, (page, shift) in enumerate(halves):
        data, highest = _renumbered(page.get_contents().get_data(), marks)
        renamed = _add_resources(resources, page["/Resources"].get_object(), f"p{number}")
        for old, new in renamed:
            data = re.sub(rb"(?<![\w.])/" + re.escape(old.encode()) + rb"(?=[\s/\[<(])", b"/" + new.encode(), data)
        content += b"q 1 0 0 1 %g 0 cm\n%s\nQ\n" % (shift, data)
        for annotation in page.get("/Annots", ()):
            _shift(annotation.get_object(), shift, reference)
            annotations.append(annotation)
        places[page.indirect_reference.idnum] = _Place(reference, shift, marks)
        marks = highest
    stream = DecodedStreamObject()
    stream.set_data(content)
    side[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    side[NameObject("/Resources")] = resources
    if annotations:
        side[NameObject("/Annots")] = annotations
    if halves:
        side[NameObject("/StructParents")] = NumberObject(halves[0][0].get("/StructParents", 0))
    return reference


def _renumbered(data: bytes, first: int) -> tuple[bytes, int]:
    """Return a content stream whose marks are numbered from `first` on, and the number behind its highest."""
    highest = max((int(found[1]) for found in _MARK.finditer(data)), default=-1)
    if first:
        data = _MARK.sub(lambda found: b"/MCID %d" % (int(found[1]) + first), data)
    return data, first + highest + 1


def _add_resources(whole: DictionaryObject, part: DictionaryObject, suffix: str) -> Iterator[tuple[str, str]]:
    """Add the resources `part` to `whole`; return the names that had to change, old and new, without their slashes."""
    renamed: list[tuple[str, str]] = []
    for kind, named in part.items():
        named = named.get_object()
        if not isinstance(named, DictionaryObject):
            whole[NameObject(kind)] = named
            continue
        have = whole.setdefault(NameObject(kind), DictionaryObject())
        for name, value in named.items():
            new = name
            if name in have and have.raw_get(name) != value:
                new = f"{name}{suffix}"
                renamed.append((name[1:], new[1:]))
            have[NameObject(new)] = value
    return iter(renamed)


def _shift(annotation: DictionaryObject, shift: float, side: IndirectObject) -> None:
    annotation[NameObject("/P")] = side
    for key in ("/Rect", "/QuadPoints"):
        if key in annotation:
            numbers: Untyped = annotation[key]
            moved = [float(number) + (shift if n % 2 == 0 else 0) for n, number in enumerate(numbers)]
            annotation[NameObject(key)] = ArrayObject(map(FloatObject, moved))


def _hang(writer: PdfWriter, made: Sequence[IndirectObject]) -> None:
    """Make `made` the pages of the document, in one node of the page tree."""
    tree: Untyped = writer.root_object["/Pages"].get_object()
    for reference in made:
        side: Untyped = reference.get_object()
        side[NameObject("/Parent")] = writer.root_object.raw_get("/Pages")
    tree[NameObject("/Kids")] = ArrayObject(made)
    tree[NameObject("/Count")] = NumberObject(len(made))
    writer.flattened_pages = None


def _renumber(writer: PdfWriter, places: dict[int, _Place]) -> None:
    """Lead the structure tree to the sides: its pages, the numbers of marks, and the way back from them."""
    root = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    root = root.get_object()
    for element in _elements(root):
        place = _place(element, places)
        kids = element.get("/K")
        for parent, key in _marks(element, kids):
            own = _place(parent[key], places) or place if isinstance(parent[key], DictionaryObject) else place
            if own:
                _move_mark(parent, key, own)
        if place:
            element[NameObject("/Pg")] = place.side
    _join_parents(root["/ParentTree"].get_object(), writer, places)


def _elements(root: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield every structure element below `root`, in order."""
    stack = [root]
    while stack:
        kids = stack.pop().get("/K", ())
        found = [kid.get_object() for kid in (kids if isinstance(kids, ArrayObject) else [kids])]
        elements = [kid for kid in found if isinstance(kid, DictionaryObject) and "/S" in kid]
        yield from elements
        stack += reversed(elements)


def _marks(element: DictionaryObject, kids: Untyped) -> list[tuple[Untyped, Untyped]]:
    """Return where the marks of an element stand: a container, and the key or position in it."""
    kids = kids.get_object() if isinstance(kids, IndirectObject) else kids
    if isinstance(kids, ArrayObject):
        return [(kids, n) for n, kid in enumerate(kids) if _is_mark(kid.get_object())]
    return [(element, "/K")] if kids is not None and _is_mark(kids) else []


def _is_mark(kid: PdfObject) -> bool:
    return isinstance(kid, NumberObject) or (isinstance(kid, DictionaryObject) and "/S" not in kid)


def _place(thing: DictionaryObject, places: dict[int, _Place]) -> _Place | None:
    page = thing.raw_get("/Pg") if "/Pg" in thing else None
    return places.get(page.idnum) if isinstance(page, IndirectObject) else None


def _move_mark(parent: Untyped, key: Untyped, place: _Place) -> None:
    mark = parent[key].get_object()
    if isinstance(mark, NumberObject):
        name = NameObject(key) if isinstance(key, str) else key
        parent[name] = NumberObject(mark + place.marks)
        return
    if "/MCID" in mark:
        mark[NameObject("/MCID")] = NumberObject(mark["/MCID"] + place.marks)
    if "/Pg" in mark:
        mark[NameObject("/Pg")] = place.side


def _join_parents(tree: DictionaryObject, writer: PdfWriter, places: dict[int, _Place]) -> None:
    """Give each side the way back from the marks of both its pages, as one list."""
    numbers: Untyped = tree["/Nums"].get_object()
    entries = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    sides: dict[int, list[tuple[int, int]]] = {}
    for page, place in places.items():
        key = _dictionary(writer, page).get("/StructParents")
        if key is not None:
            sides.setdefault(place.side.idnum, []).append((place.marks, int(key)))
    for found in sides.values():
        (_, first), *others = sorted(found)
        joined = ArrayObject(entries[first].get_object())
        for marks, key in others:
            # Marks that became artifacts leave nothing behind the last number, or too much.
            joined = ArrayObject([*joined, *[NullObject()] * (marks - len(joined))][:marks])
            joined += entries.pop(key).get_object()
        entries[first] = joined
    tree[NameObject("/Nums")] = ArrayObject(
        part for key in sorted(entries) for part in (NumberObject(key), entries[key])
    )


def _dictionary(writer: PdfWriter, number: int) -> Untyped:
    return writer.get_object(number)


def _move_places(writer: PdfWriter, places: dict[int, _Place]) -> None:
    """Lead every destination, of links, bookmarks and names, to its side."""
    seen: set[int] = set()
    stack: list[Untyped] = [writer.root_object]
    while stack:
        thing = stack.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen or thing.idnum in places:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            stack += [thing.raw_get(key) for key in thing if key not in {"/Parent", "/P", "/StructTreeRoot"}]
        elif isinstance(thing, ArrayObject):
            _move_destination(thing, places)
            stack += thing


def _move_destination(array: ArrayObject, places: dict[int, _Place]) -> None:
    first = array[0] if array else None
    place = places.get(first.idnum) if isinstance(first, IndirectObject) else None
    if place is None or len(array) < 2 or not isinstance(array[1], NameObject):
        return
    array[0] = place.side
    if array[1] == "/XYZ" and isinstance(array[2], (NumberObject, FloatObject)):
        array[2] = FloatObject(float(array[2]) + place.shift)
