"""From pairs to revisions: what was reworded, deleted, inserted and moved, by address, in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.reading.fields import Comparison, compared, words_of
from toolkit.formats.docx.reading.glyphs import Glyph, inlines
from toolkit.formats.docx.reading.matching import Pairs, increasing
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.outline import Step, flow_of, headed_by, is_sorted, question_of, steps
from toolkit.formats.docx.reading.units import Block, Unit
from toolkit.model.revision import Deleted, Inserted, Moved, Passage, Relined, Revision, Reworded

# What belongs to the question, or to the entry, that was inserted just before it.
_BELONGS: Final = {
    "question": frozenset({"text", "option", "part", "answer", "note", "cloze", "bank"}),
    "part": frozenset({"text", "option", "answer", "note"}),
    "bibliography": frozenset({"annotation"}),
    "entry": frozenset({"entry text"}),
}
_PROSE: Final = frozenset({"paragraph", "quote", "bullet", "number", "plain", "code", "heading"})
# What is printed in a paragraph and is not of its words.
_ADDED: Final = frozenset({Mark.POINTS, Mark.RIGHT_MARK, Mark.LABEL, Mark.NUMBER})
_EDGES: Final = "\t\n \u00a0\u2002"
_OPENING: Final = "article/opening"


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: the revisions, the comparison of each pair, and the units that found no place."""

    pairs: Pairs
    revisions: tuple[Revision, ...]
    comparisons: tuple[tuple[int, Comparison], ...]
    homeless: tuple[int, ...]
    sorted_moves: tuple[str, ...]
    orphans: tuple[int, ...]  # items whose rows to write on were left behind


def told(items: Sequence[Item], units: Sequence[Unit], pairs: Pairs, *, shuffled: bool) -> Told:
    """Return what the `pairs` of `items` and `units` tell. `shuffled`: the order of questions is not the author's."""
    comparisons = [(number, compared(items[number], units[at])) for number, at in sorted(pairs.items())]
    reworded = list(_reworded(comparisons))
    orphans = frozenset(_orphans(items, units, pairs))
    lines = [one for number, at in sorted(pairs.items()) for one in _relined(items[number], units[at], number, orphans)]
    walk = _Walk(items, units, pairs, shuffled=shuffled)
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
            passages += _passages(unit)
            continue
        roles = {place.address: piece.role for piece in item.pieces for place in piece.places}
        for number, said in enumerate(comparison.said):
            passages.append(Passage(said.address, roles[said.address], said.now, None if number else unit.lines))
    return tuple(passages)


def steps_of(item: Item) -> Iterator[tuple[Step, ...]]:
    """Yield the steps that lead to each place of `item`."""
    for address in item.addresses:
        yield steps(address, cell=item.role == "row")


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
    for number, following in zip(asked, asked[1:], strict=False):
        gained = number in pairs and items[number].lines is None and units[pairs[number]].lines is not None
        if gained and following not in pairs and items[following].lines is not None:
            yield number


def _deleted(items: Sequence[Item], pairs: Pairs) -> Iterator[Deleted]:
    """Yield the outermost items of which nothing is left."""
    left: set[str] = set()
    for number, item in enumerate(items):
        if number in pairs:
            left.update(step.item for way in steps_of(item) for step in way)
    gone: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        if number in pairs:
            continue
        for way, address in zip(steps_of(item), item.addresses, strict=True):
            outermost = next((step.item for step in way if step.item not in left), None)
            if outermost is None and not address.startswith("labels/") and address not in left:
                outermost = address
            if outermost is not None and number not in gone.setdefault(outermost, []):
                gone[outermost].append(number)
    for address, numbers in gone.items():
        before = [one for one in passages_of([items[n] for n in numbers]) if _in(one.address, address)]
        yield Deleted(address, tuple(before))


def _in(address: str, outer: str) -> bool:
    return address == outer or address.startswith(f"{outer}/")


@dataclass(slots=True)
class _Group:
    """An item that is being inserted: what stands in it so far."""

    parent: str
    after: str
    role: str
    passages: list[Passage] = field(default_factory=list)


class _Walk:
    """Goes through the edited page once, and says what is new and what stands elsewhere. Mutable on purpose."""

    def __init__(self, items: Sequence[Item], units: Sequence[Unit], pairs: Pairs, *, shuffled: bool) -> None:
        self.items, self.units, self.pairs = items, units, pairs
        self.found: list[Revision] = []
        self.homeless: list[int] = []
        self.sorted_moves: list[str] = []
        self._shuffled = shuffled
        self._back = {at: number for number, at in pairs.items()}
        self._heads = {
            headed_by(address): number
            for number, item in enumerate(items)
            if item.role == "heading"
            for address in item.addresses
            if headed_by(address)
        }
        self._last: dict[str, str] = {}  # list -> the item that was met last in it
        self._current: dict[str, str] = {}  # flow -> the list in which the page is
        self._met: set[Step] = set()
        self._group: _Group | None = None
        self._before: Item | None = None
        self._face = self._faces()
        self._moved = self._displaced()

    def go(self) -> None:
        """Walk through all units."""
        known = {self.units[at].table for at in self._back}
        for at, unit in enumerate(self.units):
            number = self._back.get(at)
            if number is None:
                self._new(at, unit, known)
            else:
                self._end()
                self._pass(number)
        self._end()

    def _faces(self) -> dict[Step, int]:
        """Return for each item of a list the unit that shows where it is: its prompt, or else its longest text.

        What goes before a prompt is often the same in many questions ("Document A").
        """
        faces: dict[Step, int] = {}
        worth: dict[Step, tuple[bool, int]] = {}
        for number, item in enumerate(self.items):
            here = item.role in ("question", "part"), len(item.text)
            for step in {step for way in steps_of(item) for step in way} if number in self.pairs else ():
                if step not in faces or here > worth[step]:
                    faces[step], worth[step] = number, here
        return faces

    def _displaced(self) -> set[Step]:
        """Return the fewest items whose moving explains the order of the page."""
        order: dict[str, list[tuple[Step, int]]] = {}
        for step in dict.fromkeys(step for item in self.items for way in steps_of(item) for step in way):
            if step in self._face:
                order.setdefault(flow_of(step.parent), []).append((step, self.pairs[self._face[step]]))
        moved: set[Step] = set()
        for one in order.values():
            kept = {n for n, _ in increasing([(n, at) for n, (_, at) in enumerate(one)])}
            moved.update(step for n, (step, _) in enumerate(one) if n not in kept)
        return moved

    def _pass(self, number: int) -> None:
        """Go past an item of before: note where the page is, and say so if it stood elsewhere."""
        item = self._before = self.items[number]
        for address in item.addresses:
            head = headed_by(address)
            if head and item.role == "heading":
                self._current[flow_of(head)] = head
        for way in steps_of(item):
            for step in way:
                if self._face[step] == number and step not in self._met:
                    self._met.add(step)
                    self._meet(step)

    def _meet(self, step: Step) -> None:
        """Meet an item of a list; say so if it has moved."""
        parent = self._parent(step)
        moved = step in self._moved or parent != step.parent
        if step in self._moved and parent == step.parent and step.parent not in self._heads:
            flow = flow_of(step.parent)
            first = next(one.parent for one in self._face if flow_of(one.parent) == flow)
            parent = self._current.get(flow, first)
        if moved and (is_sorted(step.parent) or (self._shuffled and step.parent.rpartition("/")[2] == "questions")):
            self.sorted_moves.append(step.item)
            moved = False
        if moved:
            self.found.append(Moved(step.item, parent, self._last.get(parent, "")))
        self._last[parent] = step.item
        flow = flow_of(step.parent)
        if flow != step.parent and not self._headed(step.parent):
            self._current[flow] = parent

    def _headed(self, parent: str) -> bool:
        return parent in self._heads

    def _parent(self, step: Step) -> str:
        """Return the list in which the item of `step` stands now."""
        flow = flow_of(step.parent)
        head = self._heads.get(step.parent)
        if (
            flow == step.parent
            or (head is None and step.parent != _OPENING)
            or (head is not None and head not in self.pairs)
        ):
            return step.parent
        return self._current.get(flow, _OPENING if flow == "article" else step.parent)

    # -- what is new

    def _new(self, at: int, unit: Unit, known: set[int]) -> None:
        group = self._group
        if group and unit.role in _BELONGS.get(group.role, ()):
            group.passages += _passages(unit)
            return
        self._end()
        home = self._home(unit, known)
        if home is None:
            self.homeless.append(at)
            return
        parent, after = home
        self._group = _Group(parent, after, unit.role, list(_passages(unit)))

    def _end(self) -> None:
        """Tell the item that was being inserted."""
        if self._group:
            self.found.append(Inserted(self._group.parent, self._group.after, tuple(self._group.passages)))
        self._group = None

    def _home(self, unit: Unit, known: set[int]) -> tuple[str, str] | None:
        """Return the list in which a new unit stands, and the item before it; None where no list is known."""
        if unit.role == "row":
            return self._row_home() if unit.table in known else None
        if unit.role == "question":
            return self._list_home("questions")
        if unit.role in ("part", "option"):
            return self._inner_home(f"{unit.role}s")
        if unit.role in ("bibliography", "gloss"):
            return self._list_home("bibliography" if unit.role == "bibliography" else "vocabulary")
        if unit.role in _PROSE and self._before is not None and self._in_article():
            return self._article_home(unit)
        if unit.role in _PROSE | {"text", "answer", "note", "annotation", "document", "credit", "entry"}:
            return self._prose_home(unit)
        return None

    def _ways(self) -> list[tuple[Step, ...]]:
        return [way for way in steps_of(self._before) if way] if self._before is not None else []

    def _in_article(self) -> bool:
        """Return whether the page is in the article: the item before is of it, or a box of words in it."""
        assert self._before is not None
        first = next(iter(self._before.addresses), "")
        return first.startswith("article/") or (self._before.role == "gloss" and "article" in self._current)

    def _article_home(self, unit: Unit) -> tuple[str, str]:
        parent = self._current.get("article", _OPENING)
        deepest = self._ways()[-1][-1] if self._ways() else None
        if unit.role in ("bullet", "number") and deepest and flow_of(deepest.parent) != "article":
            if deepest.parent.startswith("article/"):
                return deepest.parent, deepest.item
        return parent, self._last.get(parent, "")

    def _row_home(self) -> tuple[str, str] | None:
        way = next(iter(self._ways()), ())
        return (way[-1].parent, way[-1].item) if way else None

    def _list_home(self, name: str) -> tuple[str, str] | None:
        """Return the list `name` in which the page is: that of the heading, of the item before, or of the next one."""
        parent = self._current.get(name)
        if parent is None:
            lists = [step.parent for item in self.items for way in steps_of(item) for step in way]
            met = [one for one in self._last if one.rpartition("/")[2] == name]
            ahead = [one for one in lists if one.rpartition("/")[2] == name]
            parent = met[-1] if met else ahead[0] if ahead else None
        return (parent, self._last.get(parent, "")) if parent is not None else (name, "")

    def _inner_home(self, name: str) -> tuple[str, str] | None:
        """Return the list `name` of the question that stands before."""
        address = next((question_of(way[-1].item) for way in self._ways()), "")
        while address and name == "parts" and "/parts/" in address:
            address = address.rpartition("/parts/")[0]
        parent = f"{address}/{name}"
        return (parent, self._last.get(parent, "")) if address else None

    def _prose_home(self, unit: Unit) -> tuple[str, str] | None:
        """Return the prose that stands before, where the new unit can be its next paragraph."""
        before = self._before
        if before is None or before.role in ("row", "option", "heading", "title", "label") or not self._ways():
            return None
        last = self._ways()[-1][-1]
        continues = unit.role == before.role or (before.role, unit.role) in _GOES_ON or unit.role in _PROSE
        return (last.parent, last.item) if continues else None


_GOES_ON: Final = frozenset(
    {
        ("question", "text"),
        ("part", "text"),
        ("bibliography", "annotation"),
        ("text", "answer"),
        ("entry", "entry text"),
    }
)


def _passages(unit: Unit) -> Iterator[Passage]:
    """Yield a new unit as passages: one for each cell of a row, with the lines to write on."""
    for number, block in enumerate(unit.blocks):
        yield Passage("", block.role, inlines(_own(block)), unit.lines if number == 0 else None)


def _own(block: Block) -> Sequence[Glyph]:
    """Return the glyphs of `block` without what the sheet adds: points, labels, signs.

    What is typed behind points looks like points, so that a paragraph of nothing else is the author's.
    """
    return _bared([one for one in block.glyphs if one.look.mark not in _ADDED]) or _bared(list(block.glyphs))


def _bared(glyphs: list[Glyph]) -> list[Glyph]:
    while glyphs and glyphs[-1].character in _EDGES:
        glyphs.pop()
    while glyphs and glyphs[0].character in _EDGES:
        glyphs.pop(0)
    return glyphs
