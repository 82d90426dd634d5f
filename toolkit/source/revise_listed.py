"""Lists in the author's files: what stands in them, an item with its lines, and a list written in another order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from toolkit.model import markup
from toolkit.model.diagnostics import Span
from toolkit.model.revision import Deleted, Inserted, Moved
from toolkit.source import revise_lists, revise_paragraphs, tree
from toolkit.source.positions import Location, id_of
from toolkit.source.revise_lists import New
from toolkit.source.revise_places import Places, Scalar
from toolkit.source.revise_scalars import at, composed, with_value

Structural: TypeAlias = Inserted | Deleted | Moved
Texts: TypeAlias = Mapping[str, str]
"""The files of a lesson as they are by now, by name."""


@dataclass
class Listed:
    """A list of today's lesson: the addresses of its items in order, and the changes to it that wait.

    `items` are in the order that the changes make; an item is an address, or what puts it in. `made` is what it puts
    in; an item from another list is there once it was lifted. `last_drawn` are the places that stand last of what one
    item of the list draws from the bank, with the address of that item.
    """

    parent: str
    old: tuple[str, ...]
    items: list[str | Structural]
    made: dict[Structural, New | tuple[str, ...]] = field(default_factory=dict)
    carried: list[Structural] = field(default_factory=list)
    last_drawn: Mapping[str, str] = field(default_factory=dict)

    def holds(self, item: str | Structural) -> bool:
        """Return whether what `item` is, is known."""
        return isinstance(item, str) or item in self.made


def listed(places: Places, texts: Texts, parent: str) -> Listed | None:
    """Return the list at `parent`, None where there is none."""
    if parent.startswith("article/"):
        blocks = blocks_at(places, texts, parent)
        return _as_listed(parent, [f"{parent}/{n + 1}" for n in range(len(blocks.ranges))]) if blocks else None
    node = places.node(parent)
    match node:
        case tree.Sequence():
            return _of_sequence(places, parent, node)
        case tree.Mapping(entries) if parent.rpartition("/")[2] in {"vocabulary", "bibliography"}:
            return _as_listed(parent, [f"{parent}/{entry.key.text}" for entry in entries])
        case tree.Scalar(text):
            place = places.find(parent)
            if not isinstance(place, Scalar) or place.one_line:
                return None
            count = len(markup.read(text.rstrip("\n")).placed)
            return _as_listed(parent, [parent, *(f"{parent}/{n}" for n in range(2, count + 1))])
        case _:
            return None


def _as_listed(parent: str, items: list[str]) -> Listed:
    return Listed(parent, tuple(items), list(items))


def _of_sequence(places: Places, parent: str, node: tree.Sequence) -> Listed:
    """Return a list of which an item may draw several from the bank: those behind it are counted on from these."""
    start, spans, draws = f"{parent}/", places.positions.spans, places.positions.draws
    inside = {
        place: span for place, span in spans.items() if place.startswith(start) and "/" not in place[len(start) :]
    }
    known = {span: place for place, span in inside.items()}
    drawn = {place: draws[span] for place, span in inside.items() if span in draws}
    items = [known.get(item.span) or f"{parent}/{id_of(item) or n + 1}" for n, item in enumerate(node.items)]
    last: dict[str, str] = {}
    for n, item in enumerate(node.items):
        found = [place for place, span in drawn.items() if _within(span, item.span)]
        if found:
            items[n] = f"{parent}/{n + 1} draws"
            last[found[-1]] = items[n]
    return Listed(parent, tuple(items), list(items), last_drawn=last)


def _within(inner: Span, outer: Span) -> bool:
    start, end = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return inner.file == outer.file and start <= (inner.line, inner.column) < end


def blocks_at(places: Places, texts: Texts, parent: str) -> revise_paragraphs.Blocks | None:
    """Return the blocks of a section of the article, or the items of a list or table in it, as the text is now."""
    text = texts[places.article_file]
    steps = [int(step) for step in parent.split("/")[2:] if step.isdigit()]
    found = places.section(parent.split("/")[1], text)
    if found is None or not steps:
        return found
    if steps[0] > len(found.ranges):
        return None
    return revise_paragraphs.inside(text, found.ranges[steps[0] - 1][0], steps[1:])


def lifted(places: Places, texts: Texts, found: Listed, item: str) -> New | tuple[str, ...] | None:
    """Return an item of `found` with its lines, to be put into another list; None where it cannot be taken out."""
    position = found.old.index(item)
    if found.parent.startswith("article/"):
        blocks = blocks_at(places, texts, found.parent)
        first, end = blocks.ranges[position] if blocks else (0, 0)
        return tuple(texts[places.article_file].split("\n")[first:end]) or None
    place = places.location(found.parent)
    return revise_lists.lifted(texts[place[0]], *place, position) if place else None


def written(places: Places, texts: Texts, found: Listed) -> tuple[str, str] | None:
    """Return the file that `found` is in, and its text with the items in their order; None where it cannot be."""
    if found.parent.startswith("article/"):
        file = places.article_file
        blocks = blocks_at(places, texts, found.parent)
        text = _in_blocks(found, texts[file], blocks) if blocks else None
    else:
        place = places.location(found.parent)
        if place is None:
            return None
        file = place[0]
        text = _in_yaml(found, texts[file], *place)
    return (file, text) if text is not None else None


def _in_blocks(found: Listed, text: str, blocks: revise_paragraphs.Blocks) -> str:
    made = [one if not isinstance(one, New) else () for one in _order(found)]
    return revise_paragraphs.rearranged(text, blocks, made)


def _in_yaml(found: Listed, text: str, file: str, location: Location) -> str | None:
    root = composed(text, file).root
    node = at(root, location) if root else None
    if isinstance(node, tree.Scalar):
        value = node.text.rstrip("\n")
        blocks = revise_paragraphs.prose(value)
        return with_value(text, file, location, _in_blocks(found, value, blocks))
    order = [one if not isinstance(one, tuple) else New("\n".join(one)) for one in _order(found)]
    return revise_lists.rearranged(text, file, location, order)


def _order(found: Listed) -> Iterator[int | New | tuple[str, ...]]:
    """Yield the positions of old items, and what new ones are."""
    for one in found.items:
        yield found.old.index(one) if isinstance(one, str) else found.made[one]
