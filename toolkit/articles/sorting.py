"""What the sections of a printed text are for: objectives, questions, key terms, further reading, or the reading.

A section that is named as one of these and holds what its name says is taken out of the reading; whatever in it
does not fit stays in the reading, with its heading, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from toolkit.articles import asked, lawful, pictures
from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Asked, Block, Doubt, Manuscript, Picture, Provenance, Reference, Term
from toolkit.articles.notes import Notes
from toolkit.articles.passage import Account
from toolkit.articles.purposes import purpose

_TERM = re.compile(
    r"(?:\*\*(?P<bold>[^*]{1,120}?):?\*\*\s*(?:[:–—-]\s*|\s)|(?P<plain>[^:–—]{2,60}?)(?:\s*:\s+|\s+[–—-]\s+))(?P<means>\S.*)",
    re.S,
)
_DATED = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b|https?://|\bn\.d\.")
_LONGEST = 5000  # characters of an item: what is longer is no question, term or reference


def manuscript(
    reader: str, title: str, chunks: tuple[Chunk, ...], account: Account, provenance: Provenance
) -> Manuscript:
    """Return the manuscript of a text whose blocks are `chunks`. Their lines are entered in `account`."""
    sorter = _Sorter(account)
    sections = _sections(list(sorter.notes.gather(chunks)))
    for section in sections:
        sorter.take(section)
    sorter.settle(keep=False)
    for note in sorter.notes.chunks:
        sorter.enter(note, "footnotes")
    found = sorter.done()
    blocks, doubts = lawful.blocks(found.blocks)
    doubts = (*found.doubts, *doubts)
    return replace(
        found, reader=reader, title=title, provenance=provenance, pieces=account.closed(), blocks=blocks, doubts=doubts
    )


@dataclass
class _Section:
    """A heading with its chunks. `what` is its purpose, `under` the section of the reading that it belongs to.

    `opens` says that it has nothing but sections of the same purpose below it.
    """

    heading: Chunk | None
    what: str = ""
    under: str = ""
    chunks: list[Chunk] = field(default_factory=list)
    opens: bool = False


def _sections(chunks: list[Chunk]) -> list[_Section]:
    """Return the sections. One below a section with a purpose has that purpose too, if its name says none."""
    found = [_Section(None)]
    above: list[tuple[int, str, str]] = []  # level, purpose, words of the headings that the next one is under
    for chunk in chunks:
        if chunk.shape != "heading":
            found[-1].chunks.append(chunk)
            continue
        above = [one for one in above if one[0] < chunk.level]
        what = purpose(chunk.markdown) or next((one[1] for one in reversed(above) if one[1]), "")
        under = next((one[2] for one in reversed(above) if not one[1]), "")
        above.append((chunk.level, what, chunk.markdown))
        last = found[-1].heading
        found[-1].opens = bool(what and last and last.level < chunk.level and found[-1].what == what)
        found.append(_Section(chunk, what, under))
    return found


@dataclass
class _Sorter:
    """What has been sorted so far."""

    account: Account
    notes: Notes = field(default_factory=Notes)
    blocks: list[Block] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    questions: list[tuple[str, Asked]] = field(default_factory=list)  # with the number that is printed before it
    terms: list[Term] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    under: str = ""
    above: _Section | None = None

    def take(self, section: _Section) -> None:
        """Sort the blocks of one section."""
        ways: dict[str, Callable[[Chunk], bool]] = {
            "objectives": self._objectives,
            "questions": self._questions,
            "answers": self._answers,
            "terms": self._terms,
            "references": self._references,
            "related": self._related,
        }
        way = ways.get(section.what)
        self.under = section.under
        rest = [chunk for chunk in section.chunks if not (way and _is_short(chunk) and way(chunk))]
        if self.above and (self.above.what != section.what or rest):
            self.settle(keep=bool(rest) and self.above.what == section.what)
        if section.opens and not section.chunks:
            self.settle(keep=False)
            self.above = section  # whether its heading stays is known when the sections below it are read
        elif section.heading and not self._opens(section, rest) and (rest or not way or not section.chunks):
            self._keep(section.heading)
        elif section.heading:
            self.enter(section.heading, section.what)
        self._read(rest)

    def _opens(self, section: _Section, rest: list[Chunk]) -> bool:
        """Return whether `rest` is the beginning of the article, which objectives were printed over."""
        gone = section.what == "objectives" and len(rest) < len(section.chunks)
        return gone and not any(block.shape == "heading" for block in self.blocks)

    def settle(self, *, keep: bool) -> None:
        """Keep the heading that waits, for something below it stays in the reading; or let it go."""
        if self.above and self.above.heading:
            if keep:
                self._keep(self.above.heading)
            else:
                self.enter(self.above.heading, self.above.what)
        self.above = None

    def _read(self, chunks: list[Chunk]) -> None:
        """Keep `chunks` in the reading; an image takes the caption that stands behind it."""
        at = 0
        while at < len(chunks):
            chunk = chunks[at]
            found = pictures.alone(chunk.markdown, chunk.lines[0]) if chunk.shape == "paragraph" else ()
            if found:
                behind = chunks[at + 1] if at + 1 < len(chunks) else None
                words = pictures.caption(behind.markdown) if behind and behind.shape == "paragraph" else ""
                if behind and words and not found[-1].caption:
                    found = (*found[:-1], replace(found[-1], caption=words))
                    self.enter(behind, "images")
                    at += 1
                self._pictured(found)
                self.blocks.append(Block("figure", pictures.only(chunk.markdown), chunk.lines))
                self.enter(chunk, "images")
            elif chunk.shape == "quote" and "![" in chunk.markdown:
                boxed, words = pictures.boxed(chunk.markdown, chunk.lines[0])
                self._pictured(boxed)
                self._keep(replace(chunk, markdown=words))
            else:
                self._pictured(pictures.inside(chunk.markdown, chunk.lines[0]) if "![" in chunk.markdown else ())
                self._keep(chunk)
            at += 1

    def _pictured(self, found: tuple[Picture, ...]) -> None:
        self.images += [replace(one, caption=self._moved(one.caption)) for one in found]

    def _keep(self, chunk: Chunk) -> None:
        self.enter(chunk, f"block {len(self.blocks) + 1}")
        if chunk.markdown.strip() or chunk.shape != "heading":  # a heading without words heads nothing
            self.blocks.append(
                Block(chunk.shape, chunk.markdown, chunk.lines, max(chunk.level, 2) if chunk.level else 0)
            )

    def enter(self, chunk: Chunk, about: str) -> None:
        """Enter the lines of a chunk in the account."""
        for line in range(chunk.lines[0], chunk.lines[1] + 1):
            if self.account.lines[line - 1].strip():
                self.account.whole(line, "kept", about)

    def _moved(self, words: str) -> str:
        return lawful.words(self.notes.moved(words))

    # ---------------------------------------------------------------- one way a section: whether the chunk is of it

    def _objectives(self, chunk: Chunk) -> bool:
        self.objectives += [self._moved(item.text) for item in chunk.items]
        return self._taken(chunk, "objectives", bool(chunk.items))

    def _questions(self, chunk: Chunk) -> bool:
        last = self.questions[-1][1] if self.questions else None
        if last and chunk.shape == "list" and not last.options and asked.are_options(last, chunk):
            options = tuple(self._moved(asked.unmarked(item.text)) for item in chunk.items)
            self.questions[-1] = (self.questions[-1][0], replace(last, options=options))
            return self._taken(chunk, "questions", True)
        items = chunk.items if chunk.shape == "list" else asked.in_paragraph(chunk)
        for item in items:
            found = asked.question(item)
            options = tuple(map(self._moved, found.options))
            told = replace(found, prompt=self._moved(found.prompt), options=options, section=self.under)
            self.questions.append((asked.number(item), replace(told, answer=self._moved(found.answer))))
        if not items and last and chunk.shape == "paragraph" and asked.told(chunk.markdown):
            self.questions[-1] = (self.questions[-1][0], asked.answered(last, asked.told(chunk.markdown)))
            return self._taken(chunk, "questions", True)
        return self._taken(chunk, "questions", bool(items))

    def _answers(self, chunk: Chunk) -> bool:
        """Give the questions their answers, each by its number; a key that fits none stays in the reading."""
        key = asked.key(chunk.items)
        open_questions = [n for n, (number, one) in enumerate(self.questions) if number and not _is_answered(one)]
        fitting = asked.fitted([self.questions[n][0] for n in open_questions], [number for number, _ in key])
        for at, which in fitting.items():
            number, one = self.questions[open_questions[at]]
            answer = asked.answered(one, key[which][1])
            self.questions[open_questions[at]] = (number, replace(answer, answer=self._moved(answer.answer)))
        if len(fitting) < len(key):
            self.doubts.append(Doubt(chunk.lines[0], chunk.items[0].text[:60], "answers without their questions"))
            return False
        return self._taken(chunk, "answers", bool(key))

    def _terms(self, chunk: Chunk) -> bool:
        items = chunk.items
        if not items and chunk.shape == "paragraph":
            rows = chunk.markdown.split("\n")
            each = [_term(Item("", (row,), chunk.lines[0] + n)) for n, row in enumerate(rows)]
            items = tuple(Item("", (row,), chunk.lines[0] + n) for n, row in enumerate(rows)) if all(each) else ()
            items = items or (Item("", (chunk.markdown,), chunk.lines[0]),)
        found = [_term(item) for item in items]
        if not found or not all(found):
            return False
        self.terms += [replace(one, means=self._moved(one.means), term=self._moved(one.term)) for one in found if one]
        return self._taken(chunk, "vocabulary", True)

    def _references(self, chunk: Chunk) -> bool:
        if chunk.shape == "list":
            self.references += [Reference(self._moved(item.text), item.line) for item in chunk.items]
            return self._taken(chunk, "further reading", True)
        alone = chunk.shape == "paragraph" and bool(_DATED.search(chunk.markdown)) and len(chunk.markdown) < 1200
        if alone:
            self.references.append(Reference(self._moved(" ".join(chunk.markdown.split())), chunk.lines[0]))
        return self._taken(chunk, "further reading", alone)

    def _related(self, chunk: Chunk) -> bool:
        told = [re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", item.text) for item in chunk.items]
        self.related += map(self._moved, told)
        return self._taken(chunk, "see also", bool(chunk.items))

    def _taken(self, chunk: Chunk, about: str, whether: bool) -> bool:  # the answer is passed through
        if whether:
            self.enter(chunk, about)
        return whether

    def done(self) -> Manuscript:
        """Return what was sorted, without title and provenance."""
        blocks = tuple(self.notes.settled(self.blocks))
        return Manuscript(
            reader="",
            title="",
            blocks=blocks,
            objectives=tuple(self.objectives),
            references=tuple(self.references),
            related=tuple(self.related),
            questions=tuple(one for _, one in self.questions),
            terms=tuple(self.terms),
            images=tuple(self.images),
            doubts=tuple(sorted((*self.doubts, *self.notes.doubts), key=lambda doubt: doubt.line)),
        )


def _is_short(chunk: Chunk) -> bool:
    longest = max((len(item.text) + len(item.means) for item in chunk.items), default=0)
    return longest <= _LONGEST and (bool(chunk.items) or len(chunk.markdown) <= _LONGEST)


def _is_answered(one: Asked) -> bool:
    return bool(one.answer or one.correct)


def _term(item: Item) -> Term | None:
    if item.means:
        return Term(_bare(item.text), item.means, item.line)
    found = _TERM.fullmatch(item.text)
    return Term(_bare(found["bold"] or found["plain"]), found["means"].strip(), item.line) if found else None


def _bare(words: str) -> str:
    return re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", words).strip()
