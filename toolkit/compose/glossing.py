"""Vocabulary: finding each term where the reader first meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Gloss
from toolkit.model.specification import Word
from toolkit.source.excerpts import printed
from toolkit.source.references import sections

# A term may stand in the text with an ending: patron, patrons; boycott, boycotted; bateau, bateaux. These are the
# plurals and tenses of English and the plurals of Spanish and French. Any three letters would make "warmth" of "war".
_ENDING = r"(?:s|es|ed|ing|(?<=e)d|(?<=u)x)?"


@dataclass(frozen=True)
class Entry:
    """A term of the vocabulary with its address."""

    term: str
    word: Word
    address: str

    def gloss(self) -> Gloss:
        """Return what is printed of it."""
        word = self.word
        return Gloss(
            (t.Text(self.term),),
            word.part or "",
            markup.inlines(word.means),
            markup.inlines(word.translation) if word.translation else (),
            self.address,
        )


@dataclass
class Glossary:
    """The terms that are still to be met, by the sections of the article they may stand in.

    Mutable on purpose: a term is marked once, at its first place.
    """

    everywhere: list[Entry]
    by_section: dict[int, list[Entry]]

    def mark(self, block: t.Block, section: int | None) -> tuple[t.Block, list[Gloss]]:
        """Return `block` with the terms met in it marked, and their glosses in the order of the text."""
        if not isinstance(block, t.Paragraph | t.BulletList | t.OrderedList | t.Quote):
            return block, []
        met: list[Entry] = []
        wanted = [*(self.by_section.get(section, []) if section is not None else []), *self.everywhere]
        # Longer terms first, so that "coalition government" is not met as "coalition".
        for entry in sorted(wanted, key=lambda entry: -len(entry.term)):
            marked = t.rebuilt(block, _Marker(entry))
            if marked != block:
                block = marked
                met.append(entry)
                for entries in (self.everywhere, *self.by_section.values()):
                    if entry in entries:
                        entries.remove(entry)
        order = [node.address for run in t.inlines_of(block) for node in t.walk(run) if isinstance(node, t.Term)]
        return block, [entry.gloss() for entry in sorted(met, key=lambda entry: order.index(entry.address))]

    def left(self) -> list[Entry]:
        """Return the terms that were not met."""
        unique = {entry.address: entry for entries in self.by_section.values() for entry in entries}
        return [*self.everywhere, *unique.values()]


class _Marker:
    """Marks the first place of a term in the runs it is shown."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.done = False
        words = r"\s+".join(re.escape(word) for word in entry.term.split())
        self.pattern = re.compile(rf"(?<!\w){words}{_ENDING}(?!\w)", re.IGNORECASE)

    def __call__(self, content: t.Inlines) -> t.Inlines:
        return tuple(node for inline in content for node in self._marked(inline))

    def _marked(self, node: t.Inline) -> Iterator[t.Inline]:
        if self.done:
            yield node
            return
        match node:
            case t.Text(words) if found := self.pattern.search(words):
                self.done = True
                yield from _text(words[: found.start()])
                yield t.Term((t.Text(found[0]),), self.entry.address)
                yield from _text(words[found.end() :])
            case t.Emphasis(content):
                yield t.Emphasis(self(content))
            case t.Strong(content):
                yield t.Strong(self(content))
            case _:
                yield node


def _text(words: str) -> Iterator[t.Inline]:
    if words:
        yield t.Text(words)


def glossary(lesson: Lesson) -> Glossary:
    """Return the lesson's vocabulary, ready to be met in its article."""
    spec = lesson.spec
    everywhere = list(_entries(spec.vocabulary, "vocabulary"))
    by_section: dict[int, list[Entry]] = {}
    for (section, place), start in zip(sections(spec), lesson.paired, strict=True):
        entries = list(_entries(section.vocabulary, address.join(place, "vocabulary")))
        for index in lesson.article.within(start):
            by_section.setdefault(index, []).extend(entries)
    return Glossary(everywhere, by_section)


def _entries(vocabulary: Mapping[str, Word], place: str) -> Iterator[Entry]:
    for term, word in vocabulary.items():
        yield Entry(term, word, address.join(place, term))


def unplaced(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the terms that the printed article does not use, with their addresses."""
    words = glossary(lesson)
    for block in lesson.article.opening:
        words.mark(block, None)
    for index, section in enumerate(lesson.article.sections):
        for position in printed(lesson, index):
            words.mark(section.blocks[position], index)
    return [(entry.term, entry.address) for entry in words.left()]
