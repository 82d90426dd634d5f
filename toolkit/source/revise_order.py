"""Items put in, taken out and moved: every list is written once, with all that is changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.model.revision import Deleted, Inserted, Moved, Passage
from toolkit.model.tokens import tokens, words_of
from toolkit.source import revise_lists, revise_paragraphs, tree
from toolkit.source.revise_alignment import Alignment
from toolkit.source.revise_items import Refused, guessed
from toolkit.source.revise_listed import Listed, Structural, blocks_at, lifted, listed, written
from toolkit.source.revise_lists import New
from toolkit.source.revise_places import Places, Scalar
from toolkit.source.revise_words import State, carry

Told: TypeAlias = tuple[Structural, State, str]

_UNWRITABLE = "the file cannot be changed there"
_UNMOVABLE = "its lines do not go into the other list as they are; move it in the lesson"


@dataclass(frozen=True, slots=True)
class _Crossing:
    """An item that goes from one list to another."""

    revision: Moved
    item: str
    source: Listed
    target: Listed


class Lists:
    """The lists of a lesson's files while their items are put in another order. `texts` are changed in place."""

    def __init__(
        self, places: Places, texts: dict[str, str], alignment: Alignment, today: Mapping[str, Passage]
    ) -> None:
        self.places = places
        self.texts = texts
        self.alignment = alignment
        self.today = today
        self._lists: dict[str, Listed] = {}
        self._crossings: list[_Crossing] = []

    def carry(self, revisions: Sequence[Structural]) -> Iterator[Told]:
        """Yield what became of each of `revisions`, after the lists are written with them."""
        before = dict(self.texts)
        told = {revision: self._planned(revision) for revision in revisions}
        unwritten = self._write()
        # What goes from one list to another is written in both, or it would be lost, or there twice.
        halved = {one.revision for one in self._crossings} & unwritten
        told |= {revision: (revision, "reported", _UNWRITABLE) for revision in unwritten}
        if halved:
            told |= {revision: (revision, "reported", _UNMOVABLE) for revision in halved}
            self.texts.update(before)
            anew = Lists(self.places, self.texts, self.alignment, self.today)
            told |= {one[0]: one for one in anew.carry([one for one in revisions if one not in halved])}
        yield from (told[revision] for revision in revisions)

    def _write(self) -> set[Structural]:
        """Write the lists that change; return the revisions that could not be written."""
        items = [f"{one.item}/" for one in self._crossings]
        changed = [one for one in self._lists.values() if one.carried]
        # What is in an item is changed before the item goes elsewhere: the lists in those first, and the deepest.
        depth = {one.parent: (not f"{one.parent}/".startswith(tuple(items)), -one.parent.count("/")) for one in changed}
        unwritten: set[Structural] = set()
        for found in sorted(changed, key=lambda one: depth[one.parent]):
            self._lift(found)
            made = written(self.places, self.texts, found) if all(map(found.holds, found.items)) else None
            if made is None:
                unwritten.update(found.carried)
            else:
                self.texts[made[0]] = made[1]
        return unwritten

    def _lift(self, found: Listed) -> None:
        """Take what leaves or enters `found` from the list where it stood, before either is written."""
        for one in self._crossings:
            if (found is one.source or found is one.target) and one.revision not in one.target.made:
                item = lifted(self.places, self.texts, one.source, one.item)
                if item is not None:
                    one.target.made[one.revision] = item

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
        if any(one == words or (first and one.startswith(first)) for one in self.alignment.added(parent).values()):
            return revision, "already", ""
        here = self.alignment.find(parent)
        found = self._list(here) if here is not None else None
        if found is None:
            return self._begin(revision, here, passages)
        place = self._position(found, parent, after)
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
        if self.today:
            return passage.role == "question"
        place = self.places.find(here)
        if not isinstance(place, Scalar) or not place.rich or not place.one_line:
            return False
        return carry(place.text.strip(), passage.words, (), None, gaps=place.gaps).state == "conflict"

    def _move(self, revision: Moved, place: str, parent: str, after: str) -> Told:
        if parent != place.rpartition("/")[0] and self.alignment.moved(place, parent):
            return revision, "already", ""
        here, into = self.alignment.find(place), self.alignment.find(parent)
        if here is None:
            return revision, "conflict", "it is not in the lesson any more"
        found = self._list_of(here)
        target = self._list(into) if into is not None else None
        if found is None or target is None:
            return revision, "reported", "it is not an item of a list that can be moved"
        if here not in found.items or self._position(target, parent, after) is None:
            return revision, "conflict", "what it stands behind is not in the lesson any more"
        if found is target:
            return self._move_inside(revision, found, here)
        found.items.remove(here)
        target.items.insert(self._position(target, parent, after) or 0, revision)
        found.carried.append(revision)
        target.carried.append(revision)
        self._crossings.append(_Crossing(revision, here, found, target))
        return revision, "applied", ""

    def _move_inside(self, revision: Moved, found: Listed, here: str) -> Told:
        """Move an item of the list that it stays in, if what the sheet knows of that is not in this order already."""
        before = list(found.items)
        found.items.remove(here)
        found.items.insert(self._position(found, revision.parent, revision.after) or 0, here)
        passed = self.alignment.added(revision.parent)
        old, new = (
            [one for one in order if one in found.old and one not in passed] for order in (found.old, found.items)
        )
        if old == new:
            found.items[:] = before
            return revision, "already", ""
        found.carried.append(revision)
        return revision, "applied", ""

    def _position(self, found: Listed, parent: str, after: str) -> int | None:
        """Return where an item goes that stands behind `after`: behind those that were put there before it, too.

        `found` is what the list at `parent` is today.
        """
        behind = self.alignment.find(after)
        if behind not in found.old:
            behind = self.alignment.moved(after, parent) or behind
        behind = found.last_drawn.get(behind or "", behind)
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

    def _list_of(self, place: str) -> Listed | None:
        """Return the list that the item at `place` is in; a text's address is also that of its first paragraph."""
        parent = place.rpartition("/")[0]
        found = self._list(parent)
        if found and place in found.old:
            return found
        whole = self._list(place)
        return whole if whole and len(whole.old) > 1 and whole.old[0] == place else None

    def _list(self, parent: str) -> Listed | None:
        if parent not in self._lists:
            found = listed(self.places, self.texts, parent)
            if found is None:
                return None
            self._lists[parent] = found
        return self._lists[parent]

    def _new(self, found: Listed, passages: Sequence[Passage]) -> New | tuple[str, ...] | Refused:
        if found.parent.startswith("article/"):
            blocks = blocks_at(self.places, self.texts, found.parent)
            room = revise_paragraphs.width(self.texts[self.places.article_file])
            lines = revise_paragraphs.lines_of(passages, blocks, room) if blocks else None
            return lines or Refused("Markdown has no way to write it")
        if isinstance(self.places.node(found.parent), tree.Scalar):
            blocks = revise_paragraphs.Blocks((), 0)
            return revise_paragraphs.lines_of(passages, blocks, revise_paragraphs.width("")) or Refused(
                "Markdown has no way to write it"
            )
        return guessed(found.parent, passages)
