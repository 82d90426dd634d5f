"""Items put in, taken out and moved: every list is written once, with all that is changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from toolkit.model import markup
from toolkit.model.revision import Deleted, Inserted, Moved, Passage
from toolkit.model.tokens import tokens, words_of
from toolkit.source import revise_lists, revise_paragraphs, tree
from toolkit.source.positions import Location, id_of
from toolkit.source.revise_alignment import Alignment
from toolkit.source.revise_items import Refused, guessed
from toolkit.source.revise_lists import New
from toolkit.source.revise_places import Places, Scalar
from toolkit.source.revise_scalars import at, composed, with_value
from toolkit.source.revise_words import State, carry

Structural: TypeAlias = Inserted | Deleted | Moved
Told: TypeAlias = tuple[Structural, State, str]


@dataclass
class _List:
    """A list of today's lesson: the addresses of its items in order, and the changes to it that wait.

    `items` are in the order that the changes make; an item is an address, or an `Inserted` with what it puts in.
    """

    parent: str
    old: tuple[str, ...]
    items: list[str | Structural]
    made: dict[Structural, New | tuple[str, ...]] = field(default_factory=dict)
    carried: list[Structural] = field(default_factory=list)


class Lists:
    """The lists of a lesson's files while their items are put in another order. `texts` are changed in place."""

    def __init__(
        self, places: Places, texts: dict[str, str], alignment: Alignment, today: Mapping[str, Passage]
    ) -> None:
        self.places = places
        self.texts = texts
        self.alignment = alignment
        self.today = today
        self._lists: dict[str, _List] = {}
        self._written: dict[str, str] = dict(places.texts)

    def carry(self, revisions: Sequence[Structural]) -> Iterator[Told]:
        """Yield what became of each of `revisions`, after the lists are written with them."""
        told = {revision: self._planned(revision) for revision in revisions}
        # The deepest first: what is in an item is changed before the item goes elsewhere.
        for found in sorted(self._lists.values(), key=lambda one: -one.parent.count("/")):
            if found.carried:
                state, reason = self._write(found)
                told |= {revision: (revision, state, reason) for revision in found.carried}
        yield from (told[revision] for revision in revisions)

    # -- what is to be done --------------------------------------------------------------------------

    def _planned(self, revision: Structural) -> Told:
        match revision:
            case Inserted(parent, after, passages):
                return self._insert(revision, parent, after, passages)
            case Deleted(place, before):
                return self._delete(revision, place, before)
            case Moved(place, parent, after):
                return self._move(revision, place, parent, after)

    def _insert(self, revision: Inserted, parent: str, after: str, passages: Sequence[Passage]) -> Told:
        words = " ".join(words_of(tokens(passage.words)) for passage in passages)
        first = words_of(tokens(passages[0].words)) if passages else ""
        if any(one == words or (first and one.startswith(first)) for one in self.alignment.added(parent)):
            return revision, "already", ""
        here = self.alignment.find(parent)
        found = self._list(here) if here is not None else None
        if found is None:
            return self._begin(revision, here, passages)
        place = self._position(found, after)
        if place is None:
            return revision, "conflict", "what it stands behind is not in the lesson any more"
        new = self._new(found, passages)
        if isinstance(new, Refused):
            return revision, "reported", new.reason
        found.made[revision] = new
        found.items.insert(place, revision)
        found.carried.append(revision)
        return revision, "applied", ""

    def _begin(self, revision: Inserted, parent: str | None, passages: Sequence[Passage]) -> Told:
        """Put an item into a list that the lesson does not have yet."""
        owner, _, name = (parent or "").rpartition("/")
        found = self.places.location(owner) if parent else None
        if found is None or name not in {"questions", "chronology", "vocabulary", "objectives"}:
            return revision, "reported", "the lesson has no list there"
        new = guessed(parent or "", passages)
        if isinstance(new, Refused):
            return revision, "reported", new.reason
        value = {new.key: new.value} if new.key else [new.value]
        text = revise_lists.added(self.texts[found[0]], *found, name, value)
        if text is None:
            return revision, "reported", "the file cannot be changed there"
        self.texts[found[0]] = text
        return revision, "applied", ""

    def _delete(self, revision: Deleted, place: str, before: Sequence[Passage]) -> Told:
        here = self.alignment.find(place)
        if here is None:
            return revision, "already", ""
        if any(self._is_other(passage) for passage in before):
            return revision, "conflict", "its words have changed in the lesson since"
        found = self._list_of(here)
        if found is None:
            return revision, "reported", "it is not an item of a list; take it out of the lesson"
        item = here if here in found.old else found.old[0]
        found.items.remove(item)
        found.carried.append(revision)
        return revision, "applied", ""

    def _is_other(self, passage: Passage) -> bool:
        """Return whether today's lesson says something else at the place of `passage`."""
        here = self.alignment.find(passage.address) if passage.address else ""
        if not here:
            return False
        printed = self.today.get(here)
        if printed is not None:
            return tokens(printed.words) != tokens(passage.words)
        place = self.places.find(here)
        if not isinstance(place, Scalar) or not place.rich or not place.one_line or self.today:
            return False
        return carry(place.text.strip(), passage.words, (), None, gaps=place.gaps).state == "conflict"

    def _move(  # noqa: PLR0911  # a way out for each reason
        self, revision: Moved, place: str, parent: str, after: str
    ) -> Told:
        if parent != place.rpartition("/")[0] and self.alignment.moved(place, parent):
            return revision, "already", ""
        here, into = self.alignment.find(place), self.alignment.find(parent)
        if here is None:
            return revision, "conflict", "it is not in the lesson any more"
        found = self._list_of(here)
        target = self._list(into) if into is not None else None
        if found is None or target is None:
            return revision, "reported", "it is not an item of a list that can be moved"
        if here not in found.items or self._position(target, after) is None:
            return revision, "conflict", "what it stands behind is not in the lesson any more"
        if found is target:
            found.items.remove(here)
            found.items.insert(self._position(found, after) or 0, here)
            done: State = (
                "applied" if [one for one in found.items if one in found.old] != list(found.old) else "already"
            )
            found.carried += [revision] if done == "applied" else []
            return revision, done, ""
        lifted = self._lifted(found, here)
        if lifted is None:
            return revision, "reported", "it cannot be moved from one list to the other"
        found.items.remove(here)
        target.items.insert(self._position(target, after) or 0, revision)
        target.made[revision] = lifted
        found.carried.append(revision)
        target.carried.append(revision)
        return revision, "applied", ""

    def _lifted(self, found: _List, here: str) -> New | tuple[str, ...] | None:
        """Return an item with its lines, to be put into another list; wordings are in it, lists in it are not."""
        if found.parent.startswith("article/"):
            blocks = self._blocks(found.parent)
            lines = self.texts[self.places.article_file].split("\n")
            first, end = blocks.ranges[found.old.index(here)] if blocks else (0, 0)
            return tuple(lines[first:end]) or None
        place = self.places.location(found.parent)
        if place is None:
            return None
        return revise_lists.lifted(self.texts[place[0]], *place, found.old.index(here))

    def _position(self, found: _List, after: str) -> int | None:
        """Return where an item goes that stands behind `after`: behind those that were put there before it, too."""
        behind = self.alignment.find(after)
        moved = next((n for n, one in enumerate(found.items) if isinstance(one, Moved) and one.address == after), None)
        if not after:
            position = 0
        elif moved is not None:
            position = moved + 1
        elif behind is None or behind not in found.old:
            return None
        elif behind in found.items:
            position = found.items.index(behind) + 1
        else:  # it was taken out: where it stood
            before = [one for one in found.old[: found.old.index(behind)] if one in found.items]
            position = found.items.index(before[-1]) + 1 if before else 0
        while position < len(found.items) and not isinstance(found.items[position], str):
            position += 1
        return position

    # -- the lists -----------------------------------------------------------------------------------

    def _list_of(self, place: str) -> _List | None:
        """Return the list that the item at `place` is in; a text's address is also that of its first paragraph."""
        parent = place.rpartition("/")[0]
        found = self._list(parent)
        if found and place in found.old:
            return found
        whole = self._list(place)
        return whole if whole and len(whole.old) > 1 and whole.old[0] == place else None

    def _list(self, parent: str) -> _List | None:
        if parent not in self._lists:
            items = self._items(parent)
            if items is None:
                return None
            self._lists[parent] = _List(parent, items, list(items))
        return self._lists[parent]

    def _items(self, parent: str) -> tuple[str, ...] | None:
        """Return the addresses of the items of the list at `parent`, None where there is no list."""
        if parent.startswith("article/"):
            blocks = self._blocks(parent)
            return tuple(f"{parent}/{n + 1}" for n in range(len(blocks.ranges))) if blocks else None
        node = self.places.node(parent)
        match node:
            case tree.Sequence(items):
                steps = [id_of(item) or str(n + 1) for n, item in enumerate(items)]
                return tuple(f"{parent}/{step}" for step in steps)
            case tree.Mapping(entries) if parent.rpartition("/")[2] in {"vocabulary", "bibliography"}:
                return tuple(f"{parent}/{entry.key.text}" for entry in entries)
            case tree.Scalar(text):
                place = self.places.find(parent)
                if not isinstance(place, Scalar) or place.one_line:
                    return None
                count = len(markup.read(text.rstrip("\n")).placed)
                return (parent, *(f"{parent}/{n}" for n in range(2, count + 1)))
            case _:
                return None

    def _blocks(self, parent: str) -> revise_paragraphs.Blocks | None:
        """Return the blocks of a section of the article, or the items of a list or table in it, as the text is now."""
        text = self.texts[self.places.article_file]
        steps = [int(step) for step in parent.split("/")[2:] if step.isdigit()]
        found = self.places.section(parent.split("/")[1], text)
        if found is None or not steps:
            return found
        if steps[0] > len(found.ranges):
            return None
        return revise_paragraphs.inside(text, found.ranges[steps[0] - 1][0], steps[1:])

    def _new(self, found: _List, passages: Sequence[Passage]) -> New | tuple[str, ...] | Refused:
        if found.parent.startswith("article/"):
            blocks = self._blocks(found.parent)
            room = revise_paragraphs.width(self.texts[self.places.article_file])
            lines = revise_paragraphs.lines_of(passages, blocks, room) if blocks else None
            return lines or Refused("Markdown has no way to write it")
        if isinstance(self.places.node(found.parent), tree.Scalar):
            blocks = revise_paragraphs.Blocks((), 0)
            return revise_paragraphs.lines_of(passages, blocks, revise_paragraphs.width("")) or Refused(
                "Markdown has no way to write it"
            )
        return guessed(found.parent, passages)

    # -- writing -------------------------------------------------------------------------------------

    def _write(self, found: _List) -> tuple[State, str]:
        if found.parent.startswith("article/"):
            file = self.places.article_file
            blocks = self._blocks(found.parent)
            text = self._in_blocks(found, self.texts[file], blocks) if blocks else None
        else:
            place = self.places.location(found.parent)
            if place is None:
                return "reported", "its place in the file is not what it was"
            file = place[0]
            text = self._in_yaml(found, self.texts[file], *place)
        if text is None:
            return "reported", "the file cannot be changed there"
        self.texts[file] = text
        return "applied", ""

    def _in_blocks(self, found: _List, text: str, blocks: revise_paragraphs.Blocks) -> str:
        order: list[int | tuple[str, ...]] = []
        for one in found.items:
            made = found.old.index(one) if isinstance(one, str) else found.made[one]
            order.append(made if not isinstance(made, New) else ())
        return revise_paragraphs.rearranged(text, blocks, order)

    def _in_yaml(self, found: _List, text: str, file: str, location: Location) -> str | None:
        root = composed(text, file).root
        node = at(root, location) if root else None
        if isinstance(node, tree.Scalar):
            value = node.text.rstrip("\n")
            blocks = revise_paragraphs.prose(value)
            return with_value(text, file, location, self._in_blocks(found, value, blocks))
        order: list[int | New] = []
        for one in found.items:
            made = found.old.index(one) if isinstance(one, str) else found.made[one]
            order.append(made if not isinstance(made, tuple) else New("\n".join(made)))
        return revise_lists.rearranged(text, file, location, order)
