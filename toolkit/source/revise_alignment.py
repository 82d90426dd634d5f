"""Which place of today's lesson is which place of the lesson that a sheet was made from.

An address counts the items of a list that have no id, so it may mean another item by now. Items are found again by
their words: those of the sheet as it was made, or those that somebody gave them since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from toolkit.model.revision import Passage
from toolkit.model.tokens import tokens, words_of

_LEAST = 0.5  # of the words of an item that is in its place
_SAME_PLACE = 0.1  # what an item is more like one with its own number
_LEAST_MOVED = 0.6  # of one that is not

Items = Mapping[str, Mapping[str, str]]
"""By the address of a list, the words of each of its items by the item's address."""


class Alignment:
    """The addresses of `before` in the lesson that `today` was made from; `now` is what was made of `before`."""

    def __init__(self, before: Sequence[Passage], now: Sequence[Passage], today: Sequence[Passage]) -> None:
        self._before, self._now, self._today = _items(before), _items(now), _items(today)
        self._same = not today or [(p.address, p.words) for p in before] == [(p.address, p.words) for p in today]
        self._there = _prefixes(before), _prefixes(today)
        self._lists: dict[tuple[str, str], dict[str, str]] = {}

    def find(self, place: str) -> str | None:
        """Return what `place` is called today, None where the item that it is in is gone."""
        if self._same or not place:
            return place
        steps = place.split("/")
        old = new = steps[0]
        for step in steps[1:]:
            item = f"{old}/{step}"
            if _counts(old, step) and item in self._before.get(old, {}):
                found = self._of_list(old, new).get(item)
                if found is None:
                    return None
                new = found
            else:
                new = f"{new}/{step}"
                if item in self._there[0] and new not in self._there[1]:
                    return None
            old = item
        return new

    def added(self, parent: str) -> Mapping[str, str]:
        """Return the words of the items of the list that `parent` was, which the sheet as it was made does not have.

        They go by what they are called today.
        """
        new = self.find(parent)
        if self._same or new is None:
            return {}
        known = set(self._of_list(parent, new).values())
        return {item: words for item, words in self._today.get(new, {}).items() if item not in known}

    def moved(self, place: str, parent: str) -> str | None:
        """Return what the item that was at `place` is called in the list that `parent` was, None where it is not."""
        new = self.find(parent)
        if self._same or new is None:
            return None
        around, _, step = place.rpartition("/")
        if not _counts(around, step):
            return f"{new}/{step}" if f"{new}/{step}" in self._there[1] else None
        words = {self._before.get(around, {}).get(place), self._now.get(around, {}).get(place)}
        return next((item for item, found in self._today.get(new, {}).items() if found in words), None)

    def _of_list(self, old: str, new: str) -> dict[str, str]:
        if (old, new) not in self._lists:
            before, now = self._before.get(old, {}), self._now.get(old, {})
            ours = {item: (words, now.get(item, words)) for item, words in before.items()}
            strangers = self._elsewhere(old).difference(*ours.values())
            theirs = {item: words for item, words in self._today.get(new, {}).items() if words not in strangers}
            self._lists[old, new] = _paired(ours, theirs)
        return self._lists[old, new]

    def _elsewhere(self, parent: str) -> set[str]:
        """Return the words of the items of other lists that an item of the list `parent` might have come from."""
        name = parent.rpartition("/")[2]
        lists = [
            (one, items) for one, items in self._before.items() if one != parent and one.rpartition("/")[2] == name
        ]
        return {
            said
            for one, items in lists
            for item, words in items.items()
            for said in (words, self._now.get(one, {}).get(item, words))
        }


def _counts(parent: str, step: str) -> bool:
    """Return whether `step` leads to an item that may be called otherwise today: a number, or made from its words."""
    return step.isdigit() or parent == "article" or parent.endswith(("/items", "/options"))


def _prefixes(passages: Sequence[Passage]) -> frozenset[str]:
    """Return every address that leads to one of `passages`."""
    return frozenset(
        "/".join(steps[: n + 1])
        for steps in (passage.address.split("/") for passage in passages)
        for n in range(len(steps))
    )


def _items(passages: Sequence[Passage]) -> dict[str, dict[str, str]]:
    """Return the words of every item of a list that has no name of its own, by the list that it is in."""
    found: dict[str, dict[str, list[str]]] = {}
    for passage in passages:
        words = words_of(tokens(passage.words))
        steps = passage.address.split("/")
        for n in range(1, len(steps)):
            if _counts("/".join(steps[:n]), steps[n]):
                item = found.setdefault("/".join(steps[:n]), {}).setdefault("/".join(steps[: n + 1]), [])
                # Questions go from one section to another: a section is known by its heading and its terms.
                item += [words] if n > 1 or "questions" not in steps[2:] else []
    return {parent: {item: " ".join(words) for item, words in items.items()} for parent, items in found.items()}


def _paired(ours: Mapping[str, tuple[str, str]], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return the item of `theirs` for each of `ours` that has one: in the same order first, then anywhere."""
    if {item: words[0] for item, words in ours.items()} == dict(theirs):
        return {item: item for item in ours}
    named = {item: item for item in ours if item in theirs and not item.rpartition("/")[2].isdigit()}
    left, right = ([item for item in items if item not in named] for items in (ours, theirs))
    scores = {(a, b): _alike(ours[a], theirs[b]) for a in left for b in right}
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for n, a in enumerate(left):
        for m, b in enumerate(right):
            score = scores[a, b]
            same = _SAME_PLACE if a.rpartition("/")[2] == b.rpartition("/")[2] else 0.0
            match = best[n][m] + score + same if score >= _LEAST else 0.0
            best[n + 1][m + 1] = max(best[n][m + 1], best[n + 1][m], match)
    pairs = named
    n, m = len(left), len(right)
    while n and m:
        if best[n][m] == best[n - 1][m]:
            n -= 1
        elif best[n][m] == best[n][m - 1]:
            m -= 1
        else:
            n, m = n - 1, m - 1
            pairs[left[n]] = right[m]
    for a in left:
        free = [b for b in right if b not in pairs.values()]
        near = max(free, key=lambda b: scores[a, b], default=None)
        if a not in pairs and near and scores[a, near] >= _LEAST_MOVED:
            pairs[a] = near
    return pairs


def _alike(ours: tuple[str, str], theirs: str) -> float:
    if theirs in ours:
        return 1.0
    words = theirs.split()
    return max(SequenceMatcher(None, one.split(), words, autojunk=False).ratio() for one in set(ours))
