"""From pairs to revisions: what was reworded, deleted, inserted and moved, by address, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.formats.docx.reading.fields import Comparison, compared, words_of
from toolkit.formats.docx.reading.matching import Pairs
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.outline import headed_by, question_of, within
from toolkit.formats.docx.reading.units import Unit
from toolkit.formats.docx.reading.walking import Walk, new_passages, steps_of
from toolkit.model.revision import Deleted, Passage, Relined, Revision, Reworded


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: the revisions, the comparison of each pair, and the units that found no place.

    `sorted_moves` are the items that moved where the program decides their place, `orphans` those that only seem
    to have got lines to write on.
    """

    pairs: Pairs
    revisions: tuple[Revision, ...]
    comparisons: tuple[tuple[int, Comparison], ...]
    homeless: tuple[int, ...]
    sorted_moves: tuple[str, ...]
    orphans: tuple[int, ...]


def told(items: Sequence[Item], units: Sequence[Unit], pairs: Pairs, *, shuffled: bool) -> Told:
    """Return what the `pairs` of `items` and `units` tell. `shuffled`: the order of questions is not the author's."""
    comparisons = [(number, compared(items[number], units[at])) for number, at in sorted(pairs.items())]
    reworded = list(_reworded(comparisons))
    orphans = frozenset(_orphans(items, units, pairs))
    lines = [one for number, at in sorted(pairs.items()) for one in _relined(items[number], units[at], number, orphans)]
    walk = Walk(items, units, pairs, shuffled=shuffled)
    walk.go()
    revisions = (*reworded, *lines, *_deleted(items, pairs), *walk.found)
    return Told(pairs, revisions, tuple(comparisons), tuple(walk.homeless), tuple(walk.sorted_moves), tuple(orphans))


def passages_of(items: Sequence[Item]) -> tuple[Passage, ...]:
    """Return `items` as passages, one for each place; the first of a question has the lines to write on."""
    found: list[Passage] = []
    for item in items:
        for number, (address, role, words) in enumerate(words_of(item)):
            found.append(Passage(address, role, words, item.lines if number == 0 else None))
    return tuple(found)


def present(items: Sequence[Item], units: Sequence[Unit], found: Told) -> tuple[Passage, ...]:
    """Return what stands on the page now, with the addresses that are known."""
    there = {found.pairs[number]: (items[number], one) for number, one in found.comparisons}
    passages: list[Passage] = []
    for at, unit in enumerate(units):
        item, comparison = there.get(at, (None, None))
        if item is None or comparison is None or not comparison.said:
            passages += new_passages(unit)
            continue
        roles = {place.address: piece.role for piece in item.pieces for place in piece.places}
        for number, said in enumerate(comparison.said):
            passages.append(Passage(said.address, roles[said.address], said.now, None if number else unit.lines))
    return tuple(passages)


def _reworded(comparisons: Sequence[tuple[int, Comparison]]) -> Iterator[Reworded]:
    seen: set[Reworded] = set()
    for _, comparison in comparisons:
        for said in comparison.said:
            one = Reworded(said.address, said.before, said.now)
            if said.before != said.now and not said.address.startswith("labels/") and one not in seen:
                seen.add(one)
                yield one


def _relined(item: Item, unit: Unit, number: int, orphans: frozenset[int]) -> Iterator[Relined]:
    if item.lines != unit.lines and item.addresses and number not in orphans:
        address = question_of(item.addresses[0])
        if address:
            yield Relined(address, item.lines or 0, unit.lines or 0)


def _orphans(items: Sequence[Item], units: Sequence[Unit], pairs: Pairs) -> Iterator[int]:
    """Yield the items that only seem to have got rows to write on: those of the next question, which is gone."""
    asked = [number for number, item in enumerate(items) if item.role in ("question", "part")]
    for number, following in pairwise(asked):
        gained = number in pairs and items[number].lines is None and units[pairs[number]].lines is not None
        if gained and following not in pairs and items[following].lines is not None:
            yield number


def _deleted(items: Sequence[Item], pairs: Pairs) -> Iterator[Deleted]:
    """Yield the outermost items of which nothing is left; a heading with all that stood under it, or not at all."""
    left: set[str] = set()
    for number, item in enumerate(items):
        if number in pairs:
            left.update(step.item for way in steps_of(item) for step in way)
    heads = [address for number in lost_headings(items, pairs) for address in items[number].addresses]
    sections = [one for one in heads if one.startswith("article/") and not any(within(place, one) for place in left)]
    gone: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        for way, address in () if number in pairs else zip(steps_of(item), item.addresses, strict=True):
            section = next((one for one in sections if within(address, one)), None)
            outermost = section or next((step.item for step in way if step.item not in left), None)
            if outermost is not None and (section or address not in heads):
                gone.setdefault(outermost, []).append(number)
    for address, numbers in gone.items():
        before = [
            one for one in passages_of([items[n] for n in dict.fromkeys(numbers)]) if within(one.address, address)
        ]
        yield Deleted(address, tuple(before))


def lost_headings(items: Sequence[Item], pairs: Pairs) -> Iterator[int]:
    """Yield the headings that are gone and that something of the lesson hangs on."""
    for number, item in enumerate(items):
        if number not in pairs and item.role == "heading" and any(map(headed_by, item.addresses)):
            yield number
