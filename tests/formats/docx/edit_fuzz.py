"""Random edits of a worksheet at the level of its XML, and what each of them is in the lesson."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Final

import worksheet_maker
from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.bookmarks import bookmark_name
from toolkit.formats.docx.oxml import qn, text, w
from toolkit.model.revision import Deleted, Inserted, Moved, Passage, Relined, Revision, Reworded
from toolkit.model.text import Inlines, plain

_MAIN: Final = "word/document.xml"
_HEADS: Final = ("Heading2", "LTTotal", "LTInstructions")
_PROSE: Final = ("question", "part", "option", "text", "item", "document", "credit", "heading", "cell")
_NEW: Final = "quartz velvet umbrella pigeon copper lantern walnut ribbon saddle trumpet glacier parrot".split()  # noqa: SIM905  # words read better in lines


def lesson(seed: int) -> tuple[str, str, dict[str, bytes]]:
    """Return a random lesson with more questions than a sheet has: those of two."""
    spec, article, pictures = worksheet_maker.lesson(seed)
    other, _, more = worksheet_maker.lesson(seed + 10_000)
    ours, theirs = json.loads(spec), json.loads(other)
    for section, beside in zip(ours["sections"], theirs["sections"], strict=False):
        section["questions"] += beside["questions"]
    return json.dumps(ours), article, {**more, **pictures}


@dataclass
class Expected:
    """What the edits are in the lesson: the lists as they stand at the end, and what else was done."""

    lists: dict[str, list[str]] = field(default_factory=dict)
    reworded: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    relined: dict[str, int] = field(default_factory=dict)
    moved: int = 0


class Editor:
    """One worksheet while it is edited. `before` are its passages."""

    def __init__(self, data: bytes, before: Sequence[Passage], random: Random) -> None:
        self.parts = unpack(data)
        self.root = etree.fromstring(self.parts[_MAIN])
        self.random = random
        self.expected = Expected(lists_of(before))
        self.before = {one.address: one for one in before}
        self.count = 0
        self._touched: set[str] = set()
        self._named = {bookmark_name(address): address for address in self.before}
        self._marks = {mark.get(qn("w:name")): mark for mark in self.root.iter(qn("w:bookmarkStart"))}

    def edit(self, edits: int) -> None:
        """Make so many random edits, fewer where the sheet has no room for them: none touches another."""
        ways: Sequence[Callable[[], bool]] = (
            self._reword, self._reword, self._bold, self._title, self._insert, self._delete, self._move, self._reline,
            self._reline, self._insert_option, self._delete_option,
        )  # fmt: skip  # reads as a list
        for _ in range(edits * 3):
            if self.count < edits and self.random.choice(ways)():
                self.count += 1

    def data(self) -> bytes:
        """Return the document as it is now."""
        return pack({**self.parts, _MAIN: etree.tostring(self.root)})

    # -- the places

    def _paragraph(self, address: str) -> _Element | None:
        mark = self._marks.get(bookmark_name(address))
        return (
            next((one for one in mark.iterancestors(qn("w:p")) if one.getparent() is not None), None)
            if mark is not None
            else None
        )

    def _free(self, addresses: Iterator[str]) -> str | None:
        """Return one of `addresses` that no edit has touched."""
        known = (one for one in addresses if " " not in one)  # new items go by their words
        found = [one for one in known if not any(_in(one, other) or _in(other, one) for other in self._touched)]
        return self.random.choice(found) if found else None

    def _touch(self, address: str, *, around: bool = False) -> None:
        self._touched.add(address)
        for items in self.expected.lists.values() if around else ():
            if address in items:
                at = items.index(address)
                self._touched.update(one for one in items[max(at - 1, 0) : at + 2] if one in self.before or "/" in one)

    def _prompts(self) -> Iterator[str]:
        return (
            one.address
            for one in self.before.values()
            if len(plain(one.words).split()) > 3 and one.role in _PROSE and not one.address.startswith("labels/")
        )

    def _question(self, address: str) -> list[_Element]:
        """Return the elements of the question at `address`: from its documents to its room to answer."""
        body = self.root[0]
        marked = [at for at, one in enumerate(body) if any(_in(a, address) for a in self._addresses(one))]
        end = marked[-1] + 1
        while end < len(body) - 1 and not self._begins(body[end]):
            end += 1
        return list(body)[marked[0] : end]

    def _addresses(self, element: _Element) -> list[str]:
        names = (mark.get(qn("w:name")) or "" for mark in element.iter(qn("w:bookmarkStart")))
        return [self._named[name] for name in names if name in self._named]

    def _begins(self, element: _Element) -> bool:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return bool(self._addresses(element)) or (style is not None and style.get(qn("w:val")) in _HEADS)

    # -- the edits

    def _reword(self) -> bool:
        address = self._free(self._prompts())
        paragraph = self._paragraph(address) if address else None
        pieces = (
            [one for one in paragraph.iter(qn("w:t")) if len((one.text or "").split()) > 3]
            if paragraph is not None
            else []
        )
        if not (address and pieces):
            return False
        words = (pieces[0].text or "").split(" ")
        at = self.random.randrange(1, len(words))
        new = self.random.choice(_NEW)
        words[at : at + self.random.randint(0, 1)] = [new, f"{self.count}"]
        pieces[0].text = " ".join(words)
        self._said(address, pieces[0].text)
        return True

    def _said(self, address: str, words: str) -> None:
        self._touch(address)
        self.expected.reworded[address] = " ".join(words.split())

    def _bold(self) -> bool:
        """Make the last words of a prompt bold, in a run of their own, as Word does."""
        address = self._free(self._prompts())
        paragraph = self._paragraph(address) if address else None
        runs = [run for run in paragraph.iter(qn("w:r")) if run.findtext(qn("w:t"))] if paragraph is not None else []
        piece = runs[0].find(qn("w:t")) if runs else None
        words = (piece.text or "").split(" ") if piece is not None else []
        # In a heading or a header of a table everything is bold.
        if not address or piece is None or len(words) < 4 or self.before[address].role in ("heading", "cell", "head"):
            return False
        piece.text = " ".join(words[:-2]) + " "
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        runs[0].addnext(w("r", w("rPr", w("b"), w("bCs")), text(" ".join(words[-2:]))))
        self._said(address, " ".join([*words[:-2], f"**{' '.join(words[-2:])}**"]))
        return True

    def _title(self) -> bool:
        if "title" in self._touched:
            return False
        paragraph = self._paragraph("title")
        assert paragraph is not None
        piece = next(paragraph.iter(qn("w:t")))
        piece.text = f"{piece.text} {self.random.choice(_NEW)}"
        self._said("title", piece.text)
        return True

    def _list(self, name: str, least: int) -> str | None:
        lists = [one for one, items in self.expected.lists.items() if one.endswith(name) and len(items) >= least]
        return self.random.choice(lists) if lists else None

    def _insert(self) -> bool:
        """Put a new question before another."""
        parent = self._list("questions", 1)
        address = self._free(iter(self.expected.lists[parent])) if parent else None
        if not (parent and address):
            return False
        words = f"New {self.count} {' '.join(self.random.sample(_NEW, 4))}?"
        style = w("pPr", w("pStyle", val="LTQuestion"))
        self._question(address)[0].addprevious(w("p", style, w("r", text(words))))
        self._touch(address, around=True)
        items = self.expected.lists[parent]
        items.insert(items.index(address), words)
        return True

    def _delete(self) -> bool:
        parent = self._list("questions", 2)
        address = self._free(iter(self.expected.lists[parent])) if parent else None
        if not (parent and address):
            return False
        for element in self._question(address):
            self.root[0].remove(element)
        self._touch(address, around=True)
        self.expected.lists[parent].remove(address)
        self.expected.deleted.add(address)
        return True

    def _move(self) -> bool:
        """Move a question of a section before another one of it."""
        parent = self._list("questions", 3)
        items = self.expected.lists[parent] if parent else []
        address = self._free(iter(items))
        others = [
            one
            for one in items
            if one != address and one.count("/") and items.index(one) != items.index(address or one) + 1
        ]
        if not (parent and address and others):
            return False
        target = self._free(iter(others))
        if target is None:
            return False
        elements = self._question(address)
        before = self._question(target)[0]
        for element in elements:
            before.addprevious(element)
        items.remove(address)
        items.insert(items.index(target), address)
        self._touched.update((address, target))
        self._touch(target, around=True)
        self.expected.moved += 1
        return True

    def _reline(self) -> bool:
        lined = [one for one in self.before.values() if one.lines and one.role == "question"]
        address = self._free(one.address.rpartition("/")[0] for one in lined)
        if not address:
            return False
        tables = [one for one in self._question(address) if one.tag == qn("w:tbl")]
        lines = next(one.lines for one in lined if one.address.rpartition("/")[0] == address) or 0
        rows = [one.findall(qn("w:tr")) for one in tables]
        table = next((one for one in rows if len(one) == lines), None)
        if table is None or lines < 2:
            return False
        more = self.random.choice((-1, 1, 2))
        for _ in range(more):
            table[-1].addprevious(deepcopy(table[0]))
        for row in table[: max(-more, 0)]:
            parent = row.getparent()
            assert parent is not None
            parent.remove(row)
        self._touch(address)
        self.expected.relined[address] = lines + more
        return True

    def _insert_option(self) -> bool:
        parent, address = self._option(1)
        paragraph = self._paragraph(address) if address else None
        if not (parent and address) or paragraph is None:
            return False
        new = deepcopy(paragraph)
        for child in list(new):
            if child.tag != qn("w:pPr"):
                new.remove(child)
        words = f"{self.count} {' '.join(self.random.sample(_NEW, 5))}"
        new.append(w("r", text(words)))
        paragraph.addnext(new)
        self._touch(address, around=True)
        items = self.expected.lists[parent]
        items.insert(items.index(address) + 1, words)
        return True

    def _delete_option(self) -> bool:
        parent, address = self._option(3)
        paragraph = self._paragraph(address) if address else None
        if not (parent and address) or paragraph is None:
            return False
        self.root[0].remove(paragraph)
        self._touch(address, around=True)
        self.expected.lists[parent].remove(address)
        self.expected.deleted.add(address)
        return True

    def _option(self, least: int) -> tuple[str | None, str | None]:
        parent = self._list("options", least)
        role = (
            [one for one in self.expected.lists[parent] if one in self.before and self.before[one].role == "option"]
            if parent
            else []
        )
        return parent, self._free(iter(role))


def lists_of(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """Return the lists of questions and options on a sheet, by their addresses."""
    found: dict[str, list[str]] = {}
    for passage in passages:
        parts = passage.address.split("/")
        for at, part in enumerate(parts[:-1]):
            if part in ("questions", "options"):
                items = found.setdefault("/".join(parts[: at + 1]), [])
                item = "/".join(parts[: at + 2])
                if item not in items:
                    items.append(item)
    return found


def applied(lists: dict[str, list[str]], revisions: Sequence[Revision]) -> dict[str, list[str]]:
    """Return `lists` after `revisions`, by the contract of `Inserted` and `Moved`; new items are their words."""
    done = {parent: list(items) for parent, items in lists.items()}
    for one in revisions:
        if isinstance(one, Deleted | Moved):
            for items in done.values():
                if one.address in items:
                    items.remove(one.address)
    last: dict[tuple[str, str], str] = {}
    for one in revisions:
        if isinstance(one, Inserted | Moved):
            items = done.setdefault(one.parent, [])
            behind = last.get((one.parent, one.after), one.after)
            at = items.index(behind) + 1 if behind else 0
            new = one.address if isinstance(one, Moved) else plain(one.passages[0].words)
            items.insert(at, new)
            last[one.parent, one.after] = new
    return done


def differences(
    expected: Expected, base: dict[str, list[str]], revisions: Sequence[Revision], shown: Callable[[Inlines], str]
) -> list[str]:
    """Return in what `revisions` are not what is `expected`."""
    found: list[str] = []
    gone = {one.address for one in revisions if isinstance(one, Deleted)}
    said = {one.address: shown(one.after) for one in revisions if isinstance(one, Reworded)}
    lines = {one.address: one.after for one in revisions if isinstance(one, Relined)}
    if gone != expected.deleted:
        found.append(f"deleted: {expected.deleted} is {gone}")
    for ours, theirs in ((expected.reworded, said), (expected.relined, lines)):
        for one in ours.keys() | theirs.keys():
            if ours.get(one) != theirs.get(one):
                found.append(f"{one}: {ours.get(one)!r} is {theirs.get(one)!r}")
    moves = sum(isinstance(one, Moved) for one in revisions)
    if moves > expected.moved:
        found.append(f"{moves} moves for {expected.moved}")
    done = applied(base, revisions)
    wanted = {
        parent: items for parent, items in expected.lists.items() if items and not any(_in(parent, one) for one in gone)
    }
    have = {parent: items for parent, items in done.items() if items and not any(_in(parent, one) for one in gone)}
    found += [
        f"{parent}: {wanted.get(parent)} is {have.get(parent)}"
        for parent in wanted.keys() | have.keys()
        if wanted.get(parent) != have.get(parent)
    ]
    return found


def _in(address: str, outer: str) -> bool:
    return address == outer or address.startswith(f"{outer}/")
