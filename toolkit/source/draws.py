"""Draws of a lesson: each question of the bank put in the place where the lesson draws it.

It is done in the tree, before the specification is read, so that a drawn question is read, numbered, addressed
and printed as one that stands in the lesson, and what is told of it is told of its place in the bank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from toolkit.model.bank import FOLDER, Choosing, Draw
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import bank, belongings, hints, tree, wording
from toolkit.source.bank import BankFile, BankQuestion, with_entry
from toolkit.source.positions import id_of

_KEY = "draw"
_LOOK = "`hornbook list --questions --bank` shows the bank"


@dataclass(frozen=True)
class Drawn:
    """A lesson's tree with the questions that it draws, and what comes with them.

    `draws` holds, by the place of each in the bank, where it is drawn; `texts` the files of the bank that were
    read, by name; `sources` the records that the questions bring, by citation key, with their `spans`.
    """

    root: tree.Mapping
    problems: tuple[Diagnostic, ...] = ()
    draws: Mapping[Span, Span] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)


def drawn(root: tree.Mapping, text: str, folder: Path) -> Drawn:
    """Return the tree `root` of the lesson in `folder`, read from `text`, with what it draws from the bank."""
    items = [item for questions in _lists(root) for item in questions.items if _is_draw(item)]
    if not items:
        return Drawn(root)
    drawing = _Drawing(bank.read(bank.beside(folder)), _seed(root, folder))
    drawing.draw(items, text)
    return drawing.result(root)


def _lists(root: tree.Mapping) -> Iterator[tree.Sequence]:
    """Yield the lists of questions in a lesson."""
    sections = root.entry("sections")
    held = sections.value.items if sections and isinstance(sections.value, tree.Sequence) else ()
    for node in (*held, root):
        entry = node.entry("questions") if isinstance(node, tree.Mapping) else None
        if entry and isinstance(entry.value, tree.Sequence):
            yield entry.value


def _is_draw(item: tree.Node) -> bool:
    return isinstance(item, tree.Mapping) and item.entry(_KEY) is not None


def _seed(root: tree.Mapping, folder: Path) -> str:
    return id_of(root) or folder.resolve().name


@dataclass(frozen=True)
class _Asked:
    """One draw of the lesson: what is written, and where."""

    item: tree.Mapping
    draw: Draw

    @property
    def at(self) -> tree.Node:
        entry = self.item.entry(_KEY)
        return entry.value if entry else self.item

    def place(self, n: int) -> Span:
        """Return where the id at position `n` stands."""
        return self.at.items[n].span if isinstance(self.at, tree.Sequence) else self.span

    def place_of_tag(self, tag: str) -> Span:
        """Return where `tag` stands, or the draw where it does not."""
        entry = self.at.entry("tags") if isinstance(self.at, tree.Mapping) else None
        nodes = (entry.value, *getattr(entry.value, "items", ())) if entry else ()
        found = (node.span for node in nodes if isinstance(node, tree.Scalar) and node.text == tag)
        return next(found, self.span)

    @property
    def span(self) -> Span:
        """Return the key of the draw, or its one value."""
        return self.at.span if isinstance(self.at, tree.Scalar) else self.item.entries[0].key.span


class _Drawing:
    """Gathers what the draws of one lesson take from the bank. Ids are taken first: tags choose among the rest."""

    def __init__(self, files: tuple[BankFile, ...], seed: str) -> None:
        self.files = files
        self.seed = seed
        self.known = bank.by_id(files)
        self.problems: list[Diagnostic] = []
        self.taken: dict[str, Span] = {}
        self.chosen: dict[int, list[tree.Mapping]] = {}
        self.found: list[BankQuestion] = []

    def draw(self, items: Iterable[tree.Node], text: str) -> None:
        """Take what the draws `items` ask for."""
        asked = [draw for item in items if isinstance(item, tree.Mapping) and (draw := self._read(item, text))]
        for one in sorted(asked, key=lambda one: isinstance(one.draw.draw, Choosing)):
            if isinstance(one.draw.draw, Choosing):
                self._by_tags(one, one.draw.draw)
            else:
                for n, name in enumerate(one.draw.draw):
                    self._by_id(one, name, one.place(n))

    def _read(self, item: tree.Mapping, text: str) -> _Asked | None:
        try:
            return _Asked(item, Draw.model_validate(tree.plain_data(item)))
        except ValidationError as error:
            self.problems += wording.diagnostics(error, Draw, item, text)
            return None

    def _by_id(self, asked: _Asked, name: str, at: Span) -> None:
        if name in self.taken:
            first = self.taken[name]
            message = f"the question `{short(name)}` is drawn twice; first on line {first.line}"
            self.problems.append(Diagnostic("Q903", message, at, hint="delete one of the draws", related=(first,)))
        elif name in self.known:
            self._take(asked, self.known[name][0], at)
        else:
            self._tell(self._unknown(name, at))

    def _unknown(self, name: str, at: Span) -> list[Diagnostic]:
        hint = hints.nearest(name, self.known) or (_LOOK if self.files else f"write the bank as files in {FOLDER}/")
        where = "the bank has no" if self.files else "there is no bank beside this lesson, and no"
        message = f"{where} question `{short(name)}`"
        # A file that could not be read may hold it.
        return bank.broken(self.files) or [Diagnostic("Q901", message, at, hint=hint)]

    def _take(self, asked: _Asked, found: BankQuestion, at: Span) -> None:
        self.taken[found.id] = at
        if found.faults or found.question is None:
            self._tell(found.faults or bank.errors([self.known[found.id][1]]))
            return
        node = found.node
        for key in ("points", "standards"):
            if entry := asked.item.entry(key):
                node = with_entry(node, key, entry.value)
        self.chosen.setdefault(id(asked.item), []).append(node)
        self.found.append(found)

    def _by_tags(self, asked: _Asked, wish: Choosing) -> None:
        if faults := bank.errors(self.files):  # what cannot be read might have been chosen
            self._tell(faults)
            return
        tagged = [
            question
            for question, _ in self.known.values()
            if question.question and set(wish.tags) <= set(question.question.tags)
        ]
        free = [question for question in tagged if question.id not in self.taken]
        if len(free) < wish.count:
            self._tell([self._too_few(asked, wish, tagged, free)])
            return
        first = sorted(free, key=lambda question: _mixed(f"{wish.seed or self.seed}/{question.id}"))[: wish.count]
        for question in free:  # in the order of the bank
            if question in first:
                self._take(asked, question, asked.span)

    def _too_few(
        self, asked: _Asked, wish: Choosing, tagged: list[BankQuestion], free: list[BankQuestion]
    ) -> Diagnostic:
        words = " and ".join(quoted(tag) for tag in wish.tags)
        tags = f"the tag{'s' * (len(wish.tags) > 1)} {words}"
        if not tagged:
            all_tags = {
                tag for question, _ in self.known.values() if question.question for tag in question.question.tags
            }
            lost = next((tag for tag in wish.tags if tag not in all_tags), "")
            hint = hints.nearest(lost, sorted(all_tags)) if lost else ""
            span = asked.place_of_tag(lost)
            return Diagnostic("Q901", f"no question of the bank has {tags}", span, hint=hint or _LOOK)
        count = f"{len(free)} question{'s' * (len(free) != 1)}"
        others = f", besides {len(tagged) - len(free)} that the lesson draws already" if len(free) < len(tagged) else ""
        message = f"the bank has {count} with {tags}{others}; {wish.count} are asked for"
        return Diagnostic("Q902", message, asked.span, hint="ask for fewer, or add to the bank")

    def _tell(self, problems: Iterable[Diagnostic]) -> None:
        self.problems += [problem for problem in problems if problem not in self.problems]

    def result(self, root: tree.Mapping) -> Drawn:
        """Return the lesson's tree `root` with what was taken."""
        files = [self.known[found.id][1] for found in self.found]
        texts = {name: words for file in files for name, words in file.positions.texts.items()}
        draws = {found.node.span: self.taken[found.id] for found in self.found}
        nodes = [node for taken in self.chosen.values() for node in taken]
        whole = belongings.with_standards(_replaced(root, self.chosen), nodes, files)
        pairs = [(found.question, file) for found, file in zip(self.found, files, strict=True) if found.question]
        brought = belongings.sources(pairs)
        return Drawn(whole, (*self.problems, *brought.problems), draws, texts, brought.records, brought.spans)


def _replaced(root: tree.Mapping, chosen: Mapping[int, list[tree.Mapping]]) -> tree.Mapping:
    """Return the lesson's tree with what was `chosen`, by the identity of the draw, in the place of each draw."""

    def asked(node: tree.Node) -> tree.Node:
        entry = node.entry("questions") if isinstance(node, tree.Mapping) else None
        if not isinstance(node, tree.Mapping) or entry is None or not isinstance(entry.value, tree.Sequence):
            return node
        items = (new for old in entry.value.items for new in (chosen.get(id(old), []) if _is_draw(old) else [old]))
        return with_entry(node, "questions", tree.Sequence(tuple(items), entry.value.span))

    sections = root.entry("sections")
    if sections and isinstance(sections.value, tree.Sequence):
        held = tuple(asked(section) for section in sections.value.items)
        root = with_entry(root, "sections", tree.Sequence(held, sections.value.span))
    replaced = asked(root)
    assert isinstance(replaced, tree.Mapping)
    return replaced


def _mixed(words: str) -> bytes:
    """Return a number that depends on `words` alone (rendezvous hashing, Thaler and Ravishankar 1998).

    A question that is added to the bank takes the place of one that was chosen, or of none.
    """
    return hashlib.blake2b(words.encode(), digest_size=8).digest()
