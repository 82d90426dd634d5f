"""Which unit of an edited file is which item of the sheet as it was built.

Two channels. Bookmarks say it where they are left: of all units that one covers, the most like the item is it.
For the rest, the two orders are aligned (Needleman and Wunsch 1970), between the pairs that are known; at last
what was moved is found by its words alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

from toolkit.formats.docx.reading.glyphs import tokens
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.units import Unit

Pairs: TypeAlias = dict[int, int]  # item -> unit

SAME: Final = 0.6  # as like as this, a unit elsewhere is the item moved
_FLOOR: Final = 0.3  # less like than this, neighbours are strangers
_ROLE: Final = 0.15  # what the same role is worth
_BESIDE: Final = 0.2  # what the same company is worth
_FIRST: Final = 0.1  # what the same beginning is worth
_LONG: Final = 12  # characters; a shorter text says nothing of its identity
_FEW: Final = 3  # words; so short a text is compared by its letters
# What can be one another after an edit; a role that is in none is like itself alone.
_ALIKE: Final = (
    frozenset({"paragraph", "quote", "bullet", "number", "plain", "foreign", "code", "document", "text", "answer"}),
    frozenset({"question", "part", "text", "plain", "foreign"}),
    frozenset({"option", "plain", "foreign"}),
)


@dataclass(frozen=True, slots=True)
class _Text:
    words: Counter[str]
    size: int


@lru_cache(maxsize=8192)
def _words(text: str) -> _Text:
    words = Counter(token.casefold() for token in tokens(text) if token.isalnum())
    return _Text(words, sum(words.values()))


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """Return how alike two texts are, 0 to 1: the share of words that they have in common (Dice 1945)."""
    if left == right:
        return 1.0
    one, other = _words(left), _words(right)
    if min(one.size, other.size) <= _FEW:
        if not (left and right) or max(len(left), len(right)) > 6 * min(len(left), len(right)):
            return 0.0
        return SequenceMatcher(None, left.casefold(), right.casefold(), autojunk=False).ratio()
    common = sum((one.words & other.words).values())
    return 2 * common / (one.size + other.size)


def matched(items: Sequence[Item], units: Sequence[Unit]) -> Pairs:
    """Return which unit each item is; items without one are gone, units without one are new."""
    texts = [item.text for item in items], [unit.text for unit in units]
    pairs = _by_bookmark(items, units, *texts)
    _find_same(items, units, texts, pairs)
    _find_beside(items, units, texts, pairs)
    _align(items, units, texts, pairs)
    _find_moved(items, units, texts, pairs)
    _find_retyped(items, units, pairs)
    return pairs


def _fits(item: Item, unit: Unit) -> bool:
    if item.role == unit.role:
        return True
    return any(item.role in alike and unit.role in alike for alike in _ALIKE)


def _by_bookmark(items: Sequence[Item], units: Sequence[Unit], before: list[str], now: list[str]) -> Pairs:
    """Return the pairs that bookmarks tell. Where one says what the words deny, the words are asked first."""
    covered: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        for name in unit.names:
            covered.setdefault(name, []).append(at)
    found: list[tuple[float, int, int]] = []
    for number, item in enumerate(items):
        candidates = Counter(at for name in item.names for at in covered.get(name, ()))
        best = 0.0
        for at, votes in candidates.items():
            alike = likeness(before[number], now[at]) * (1 if _fits(item, units[at]) else 0.5)
            best = max(best, alike)
            found.append((1 + alike + _opening(before[number], now[at]) + votes / 1000, number, at))
        if candidates and best < SAME:
            found += _elsewhere(item, number, units, before, now)
    return _best(found)


def _elsewhere(
    item: Item, number: int, units: Sequence[Unit], before: list[str], now: list[str]
) -> Iterable[tuple[float, int, int]]:
    """Yield units without the item's bookmark that are very like it: the bookmark may have stayed elsewhere."""
    for at, unit in enumerate(units):
        if unit.role == item.role and not set(item.names) & unit.names:
            alike = likeness(before[number], now[at])
            if alike > SAME:
                yield 1 + alike, number, at


def _best(found: Iterable[tuple[float, int, int]]) -> Pairs:
    """Return the best pairs, each item and each unit in one at most."""
    pairs: Pairs = {}
    taken: set[int] = set()
    for _, number, at in sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2])):
        if number not in pairs and at not in taken:
            pairs[number] = at
            taken.add(at)
    return pairs


def _opening(before: str, now: str) -> float:
    """Return what it is worth that a text begins as before: the first half of one that was split goes by its name."""
    return _FIRST if before[:_LONG] == now[:_LONG] else 0.0


def _find_same(items: Sequence[Item], units: Sequence[Unit], texts: tuple[list[str], list[str]], pairs: Pairs) -> None:
    """Add the pairs of what stands in the same words once before and once now, wherever it is."""
    taken = set(pairs.values())
    before = [n for n in range(len(items)) if n not in pairs and len(texts[0][n]) >= _LONG]
    now = [at for at in range(len(units)) if at not in taken and len(texts[1][at]) >= _LONG]
    once = Counter(texts[0][n] for n in before), Counter(texts[1][at] for at in now)
    places = {texts[1][at]: at for at in now if once[1][texts[1][at]] == 1}
    for n in before:
        at = places.get(texts[0][n])
        if at is not None and once[0][texts[0][n]] == 1 and _fits(items[n], units[at]):
            pairs[n] = at


def _find_beside(
    items: Sequence[Item], units: Sequence[Unit], texts: tuple[list[str], list[str]], pairs: Pairs
) -> None:
    """Add the pairs of what stands next to a pair in the same words: what was moved with it."""
    taken = set(pairs.values())
    waiting = list(pairs.items())
    while waiting:
        number, at = waiting.pop()
        for way in (-1, 1):
            n, a = number + way, at + way
            if n in pairs or a in taken or not (0 <= n < len(items) and 0 <= a < len(units)):
                continue
            if items[n].role == units[a].role and texts[0][n] == texts[1][a]:
                pairs[n] = a
                taken.add(a)
                waiting.append((n, a))


class _Company:
    """What stands with an item or a unit: the table of a row, the neighbours of a paragraph."""

    def __init__(self, items: Sequence[Item], units: Sequence[Unit], texts: tuple[list[str], list[str]]) -> None:
        self._items, self._units, self._texts = items, units, texts
        self._before = _tables([item.table for item in items], texts[0])
        self._now = _tables([unit.table for unit in units], texts[1])

    def alike(self, number: int, at: int) -> float:
        """Return how alike the companies of an item and of a unit are, 0 to 1."""
        if self._items[number].role == "row" and self._units[at].role == "row":
            return likeness(self._before[self._items[number].table], self._now[self._units[at].table])
        ours, theirs = self._texts
        beside = [(number + way, at + way) for way in (-1, 1)]
        known = [(n, a) for n, a in beside if 0 <= n < len(ours) and 0 <= a < len(theirs)]
        return sum(likeness(ours[n], theirs[a]) for n, a in known) / 2


def _tables(tables: Sequence[int], texts: Sequence[str]) -> dict[int, str]:
    """Return the words of each table, by its number; `tables` are those that the `texts` are in, 0 for none."""
    found: dict[int, list[str]] = {}
    for table, text in zip(tables, texts, strict=True):
        found.setdefault(table, []).append(text)
    return {table: "\n".join(rows) for table, rows in found.items() if table}


def _align(items: Sequence[Item], units: Sequence[Unit], texts: tuple[list[str], list[str]], pairs: Pairs) -> None:
    """Add the pairs of what stands between the pairs that are known, in order."""
    company = _Company(items, units, texts)
    fixed = increasing(sorted(pairs.items()))
    taken = set(pairs.values())
    edges = [(-1, -1), *fixed, (len(items), len(units))]
    for (left, above), (right, below) in pairwise(edges):
        before = [n for n in range(left + 1, right) if n not in pairs]
        now = [at for at in range(above + 1, below) if at not in taken]
        if before and now:
            worth = [
                [_worth(items[n], units[at], texts[0][n], texts[1][at], company.alike(n, at)) for at in now]
                for n in before
            ]
            pairs.update(_aligned(before, now, worth))


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most of `pairs`, sorted by the first, that are sorted by the second as well (Schensted 1961)."""
    ends: list[int] = []
    last: list[int] = []
    back: list[int] = []
    for index, (_, value) in enumerate(pairs):
        at = bisect_right(ends, value)
        back.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [value]
        last[at : at + 1] = [index]
    found: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = back[at]
    return found[::-1]


def _aligned(before: list[int], now: list[int], worth: list[list[float]]) -> Pairs:
    """Return the pairs of the best alignment of `before` and `now`, by what each pair is worth."""
    rows, columns = len(before), len(now)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            best[row][column] = max(
                best[row + 1][column], best[row][column + 1], worth[row][column] + best[row + 1][column + 1]
            )
    pairs: Pairs = {}
    row = column = 0
    while row < rows and column < columns:
        here = best[row][column]
        if worth[row][column] > 0 and here == worth[row][column] + best[row + 1][column + 1]:
            pairs[before[row]] = now[column]
            row, column = row + 1, column + 1
        elif here == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _worth(item: Item, unit: Unit, before: str, now: str, company: float) -> float:
    """Return what it is worth to pair the two, 0 for strangers."""
    if not _fits(item, unit):
        return 0.0
    alike = likeness(before, now)
    least = _FLOOR if item.role == unit.role else SAME
    strangers = item.role == "row" and alike < SAME and company < SAME
    worth = alike + _ROLE * (item.role == unit.role) + _BESIDE * company + _opening(before, now)
    return worth if alike >= least and not strangers else 0.0


def _find_moved(items: Sequence[Item], units: Sequence[Unit], texts: tuple[list[str], list[str]], pairs: Pairs) -> None:
    """Add the pairs of what stands elsewhere in the same words, or in much the same."""
    taken = set(pairs.values())
    company = _Company(items, units, texts)
    found = [
        (alike + _BESIDE * company.alike(number, at), number, at)
        for number in range(len(items))
        if number not in pairs
        for at in range(len(units))
        if at not in taken and _fits(items[number], units[at])
        if (alike := likeness(texts[0][number], texts[1][at])) >= (SAME if len(texts[0][number]) >= _LONG else 1)
    ]
    pairs.update(_best(found))


def _find_retyped(items: Sequence[Item], units: Sequence[Unit], pairs: Pairs) -> None:
    """Add the pairs of what was typed anew: of its sort, the only one gone and the only one new in its place."""
    taken = set(pairs.values())
    fixed = increasing(sorted(pairs.items()))
    edges = [(-1, -1), *fixed, (len(items), len(units))]
    for (left, above), (right, below) in pairwise(edges):
        gone = [n for n in range(left + 1, right) if n not in pairs]
        new = [at for at in range(above + 1, below) if at not in taken]
        for role in {items[n].role for n in gone}:
            ours, theirs = [n for n in gone if items[n].role == role], [at for at in new if units[at].role == role]
            if len(ours) == len(theirs) == 1:
                pairs[ours[0]] = theirs[0]
