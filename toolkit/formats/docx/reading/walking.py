"""A walk through the edited page: what is new in it and what stands elsewhere, by the item that it stands behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.reading.glyphs import Glyph, inlines
from toolkit.formats.docx.reading.matching import Pairs, increasing
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.outline import Step, flow_of, headed_by, is_sorted, question_of, steps
from toolkit.formats.docx.reading.units import Block, Unit
from toolkit.model.revision import Inserted, Moved, Passage, Revision

# What belongs to the question, or to the entry, that was inserted just before it.
_BELONGS: Final = {
    "question": frozenset({"text", "option", "part", "answer", "note", "cloze", "bank"}),
    "part": frozenset({"text", "option", "answer", "note"}),
    "bibliography": frozenset({"annotation"}),
    "entry": frozenset({"entry text"}),
}
_LISTED: Final = MappingProxyType({"question": "questions", "bibliography": "bibliography", "gloss": "vocabulary"})
_BESIDE: Final = frozenset({"text", "answer", "note", "annotation", "document", "credit", "entry"})
_PROSE: Final = frozenset({"paragraph", "quote", "bullet", "number", "plain", "code", "heading"})
# What is printed in a paragraph and is not of its words.
_ADDED: Final = frozenset({Mark.POINTS, Mark.RIGHT_MARK, Mark.LABEL, Mark.NUMBER})
_EDGES: Final = "\t\n \u00a0\u2002"
_OPENING: Final = "article/opening"


def steps_of(item: Item) -> Iterator[tuple[Step, ...]]:
    """Yield the steps that lead to each place of `item`."""
    for address in item.addresses:
        yield steps(address, cell=item.role == "row")


@dataclass(slots=True)
class _Group:
    """An item that is being inserted: what stands in it so far."""

    parent: str
    after: str
    role: str
    passages: list[Passage] = field(default_factory=list)


class Walk:
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
        moved: set[Step] = set()
        heads = sorted((self.pairs[n], head) for head, n in self._heads.items() if n in self.pairs)
        for step in dict.fromkeys(step for item in self.items for way in steps_of(item) for step in way):
            if step not in self._face:
                continue
            flow, at = flow_of(step.parent), self.pairs[self._face[step]]
            under = next((head for top, head in reversed(heads) if top < at and flow_of(head) == flow), step.parent)
            if under != step.parent and (at_head := self._heads.get(step.parent)) is not None and at_head in self.pairs:
                moved.add(step)  # another heading stands over it
            else:
                order.setdefault(flow, []).append((step, at))
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
            parent = self._beside(step)
        if moved and (is_sorted(step.parent) or (self._shuffled and step.parent.rpartition("/")[2] == "questions")):
            self.sorted_moves.append(step.item)
            moved = False
        if moved:
            self.found.append(Moved(step.item, parent, self._last.get(parent, "")))
        self._last[parent] = step.item
        flow = flow_of(step.parent)
        if flow != step.parent and not self._headed(step.parent):
            self._current[flow] = parent

    def _beside(self, step: Step) -> str:
        """Return the list in which an item stands that moved where no headings part the lists of its flow.

        It is still its own where that is between those of its neighbours, or one of them; else that of the item before.
        """
        flow, here = flow_of(step.parent), self.pairs[self._face[step]]
        lists = list(dict.fromkeys(one.parent for one in self._face if flow_of(one.parent) == flow))
        stay = [(self.pairs[face], one.parent) for one, face in self._face.items() if one not in self._moved]
        above = max(((at, lists.index(one)) for at, one in stay if one in lists and at < here), default=(0, -1))[1]
        below = min(
            ((at, lists.index(one)) for at, one in stay if one in lists and at > here), default=(0, len(lists))
        )[1]
        own = lists.index(step.parent)
        return step.parent if above <= own <= below else lists[above if above >= 0 else below]

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
            group.passages += new_passages(unit)
            return
        self._end()
        home = self._home(unit, known)
        if home is None:
            self.homeless.append(at)
            return
        parent, after = home
        self._group = _Group(parent, after, unit.role, list(new_passages(unit)))

    def _end(self) -> None:
        """Tell the item that was being inserted."""
        if self._group:
            self.found.append(Inserted(self._group.parent, self._group.after, tuple(self._group.passages)))
        self._group = None

    def _home(self, unit: Unit, known: set[int]) -> tuple[str, str] | None:
        """Return the list in which a new unit stands, and the item before it; None where no list is known."""
        role = unit.role
        if role == "row":
            return self._row_home() if unit.table in known else None
        if role in _LISTED:
            return self._list_home(_LISTED[role])
        if role in ("part", "option"):
            return self._inner_home(f"{role}s")
        if role in _PROSE and self._in_article():
            return self._article_home(unit)
        return self._prose_home(unit) if role in _PROSE | _BESIDE else None

    def _ways(self) -> list[tuple[Step, ...]]:
        return [way for way in steps_of(self._before) if way] if self._before is not None else []

    def _in_article(self) -> bool:
        """Return whether the page is in the article: the item before is of it, or a box of words in it."""
        if self._before is None:
            return False
        first = next(iter(self._before.addresses), "")
        return first.startswith("article/") or (self._before.role == "gloss" and "article" in self._current)

    def _article_home(self, unit: Unit) -> tuple[str, str]:
        parent = self._current.get("article", _OPENING)
        deepest = self._ways()[-1][-1] if self._ways() else None
        listed = deepest and deepest.parent.startswith("article/") and flow_of(deepest.parent) != "article"
        if unit.role in ("bullet", "number") and deepest and listed:
            return deepest.parent, deepest.item
        return parent, self._last.get(parent, "")

    def _row_home(self) -> tuple[str, str] | None:
        way = next(iter(self._ways()), ())
        return (way[-1].parent, way[-1].item) if way else None

    def _list_home(self, name: str) -> tuple[str, str] | None:
        """Return the list `name` in which the page is: that of the heading, of the item before, or of the next one."""
        parent = self._current.get(flow_of(name))
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


def new_passages(unit: Unit) -> Iterator[Passage]:
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
