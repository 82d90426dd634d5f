"""The encyclopedia reader: plain text with the marks of its index left in it.

The format: a title, an abstract, headed sections of one paragraph a line; among them index lines. `[kw]` is a
permutation of the title, `[g]` a place and `[c]` a category, each with date, title and entry number; a line
"Topic;subtopic" is an index heading, and so is one behind the last sentence of a paragraph; names on lines of
their own behind the marks are the people. Two blank lines stand where a heading was lost. Last come annotated
further reading and the titles to see also.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from toolkit.articles import lawful, people
from toolkit.articles.entry import Entry
from toolkit.articles.index_terms import Cleaning
from toolkit.articles.layout import Layout
from toolkit.articles.manuscript import Block, Doubt, Manuscript, Provenance, Reference
from toolkit.articles.markdown_text import escaped
from toolkit.articles.passage import Account, Passage
from toolkit.articles.shapes import (
    BODY,
    BULLET,
    FIELD,
    FURTHER,
    GLUED,
    INDEX,
    PEOPLE,
    RELATED,
    TAG,
    is_title,
    kind_of_heading,
)
from toolkit.articles.sources import Source

Stage: TypeAlias = Literal["title", "front", "body", "people", "further", "related"]
_BYLINE = re.compile(r"\s*(?:(?:—|--)\s*|(?:[Bb]y|BY)\s+)(?P<name>[A-Z][\w.’'-]*(?:,? [A-Z][\w.’'-]*| (?:and|de|van|von)){0,7})\s*")
_ITEM = re.compile(r"\s+(?P<mark>\d{1,3}[.)])\s+(?=\S)")
_LOST = "Significance"  # the second section of nearly every entry of this kind


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that this is the source's format."""
    lines = source.lines
    marks = sum(1 for line in lines if TAG.match(line))
    index = sum(1 for line in lines if INDEX.fullmatch(line.strip()))
    if marks:
        return 0.95
    known = {kind_of_heading(line) for line in lines} - {""}
    fields = sum(1 for line in lines[:40] if FIELD.match(line))
    return 0.8 if index >= 2 else 0.6 if fields >= 2 and {BODY, PEOPLE} <= known else 0.0


def read(source: Source) -> Manuscript:
    """Return the article that `source` holds, its index marks taken out of the prose and kept as index terms."""
    reading = _Reading(source.lines)
    for number in range(1, len(reading.lines) + 1):
        reading.take(number)
    return reading.done()


@dataclass
class _Reading:
    """What has been read so far. `stage` is the part of the entry that the current line stands in."""

    lines: list[str]
    stage: Stage = "title"
    entry: Entry = field(default_factory=Entry)
    blanks: int = 0
    before: str = ""  # what the last line was that was not blank
    summary: list[Passage] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    passages: list[tuple[int, Passage]] = field(default_factory=list)
    references: list[Passage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.account = Account(self.lines)
        self.layout = Layout(self.lines)

    def take(self, number: int) -> None:
        """Read line `number`, counted from 1."""
        line = self.lines[number - 1]
        if not line.strip():
            self.blanks += 1
            return
        for taken in (self._title, self._mark, self._heading, self._byline, self._staged, self._index, self._bullet):
            what = taken(number, line)
            if what:
                break
        else:
            what = self._prose(number, line)
        self.before, self.blanks = what, 0

    # ------------------------------------------------------------------------------- one way to read a line each

    def _title(self, number: int, line: str) -> str:
        if self.stage != "title":
            return ""
        self.entry.title = line.strip()
        self.account.whole(number, "kept", "title")
        self.stage = "front"
        return "title"

    def _mark(self, number: int, line: str) -> str:
        mark = TAG.match(line)
        if not mark:
            return ""
        about = self.entry.mark(mark["tag"].lower(), mark["words"].strip(), number)
        self.account.whole(number, "kept", about)
        return "mark" if about in ("places", "categories", "people") else "keyword"

    def _heading(self, number: int, line: str) -> str:
        kind = kind_of_heading(line)
        if self.before in ("prose", "summary") and not self.blanks and self.layout.wrapped:
            return ""  # a line of a paragraph, whatever it looks like
        alone = self.layout.blank_after(number) and (self.blanks or number == 1)
        if not kind and not (
            alone and is_title(line) and self.layout.prose_follows(number) and self.stage in ("front", "body")
        ):
            return ""
        words = line.strip().rstrip(":")
        if kind == FURTHER:
            self.stage = "further"
        elif kind == RELATED:
            self.stage = "related"
        elif kind == PEOPLE:
            self.stage = "people"
        else:
            self.stage = "body"
            self.blocks.append(Block("heading", escaped(words), (number, number), 2))
            if not kind:
                self.entry.doubts.append(Doubt(number, words, "taken for a heading"))
        self.account.whole(number, "kept", "heading")
        return "heading"

    def _staged(self, number: int, line: str) -> str:
        """Read a line of the people, of further reading, or of the titles to see also."""
        if self.stage == "people" and (len(line) > 150 or re.search(r"[a-z]{3}\.$", line.strip())):
            self.stage = "front"  # prose: the list has ended
        if self.stage == "people":
            self.entry.names.append(people.name(BULLET.sub("", line).strip()))
            self.account.whole(number, "kept", "people")
            return "name"
        if self.stage in ("further", "related"):
            return self._further(number, line) if self.stage == "further" else self._related(number, line)
        found = FIELD.match(line) if self.stage == "front" else None
        if found:
            self.entry.told(found["label"].casefold(), found["words"].strip())
            self.account.whole(number, "kept", found["label"].casefold())
            return "field"
        return ""

    def _further(self, number: int, line: str) -> str:
        bullet = BULLET.match(line)
        on = self.before == "reference" and not self.blanks and not bullet
        if on and not is_title(line):
            last = self.references[-1]
            self.references[-1] = Passage((*last.parts, (number, _indent(line), line.strip())))
        elif bullet or not is_title(line):
            start = bullet.end() if bullet else _indent(line)
            self.references.append(Passage(((number, start, line[start:].rstrip()),)))
        else:
            self.stage = "related"
            return self._related(number, line)
        start = 0 if on else (bullet.end() if bullet else 0)
        if start:
            self.account.pieces += Passage(((number, 0, line[:start]),)).pieces(0, start, "layout", "a bullet")
        self.account.pieces += Passage(((number, start, line[start:]),)).pieces(0, len(line), "kept", "further reading")
        return "reference"

    def _related(self, number: int, line: str) -> str:
        words = re.sub(r"(?i)^see also:?\s*", "", BULLET.sub("", line).strip()).removesuffix(".")
        self.entry.lists["related"] += [title.strip() for title in words.split(";") if title.strip()]
        self.account.whole(number, "kept", "see also")
        return "related"

    def _index(self, number: int, line: str) -> str:
        words = line.strip()
        if INDEX.fullmatch(words):
            self.entry.term(words, len(self.blocks) - 1)
            self.account.whole(number, "removed", "an index heading")
            return self.before if self.before == "mark" else "index"
        if self.blanks:
            return ""
        if self.before in ("mark", "name") and people.is_name(words):
            self.entry.names.append(people.name(words))
            self.account.whole(number, "kept", "people")
            return "name"
        if not is_title(line) or (self.layout.wrapped and not self.layout.blank_after(number)):
            return ""
        if self.before in ("index", "keyword") or self._is_term_below(number, words):
            self.entry.term(words, len(self.blocks) - 1)
            self.account.whole(number, "removed", "an index term on a line of its own")
            return "index"
        return ""

    def _is_term_below(self, number: int, words: str) -> bool:
        """Return whether a line right below a paragraph is an index term: the paragraph ended, and names it."""
        above = self.lines[number - 2].strip()
        if self.before != "prose" or len(words.split()) > 6 or len(above) < 100:
            return False
        glued = GLUED.search(above)
        named = re.split(r"[,;]", words)[0].casefold() in above.casefold()
        return bool(glued and ";" in glued["terms"]) or (named and bool(re.search(r"[.!?][”\"’)]*$", above)))

    def _bullet(self, number: int, line: str) -> str:
        bullet = BULLET.match(line) or _ITEM.match(line)
        if not bullet:
            return ""
        mark = bullet["mark"] if bullet.re is _ITEM else "-"
        item = f"{mark} {escaped(line[bullet.end() :].strip())}"
        last = self.blocks[-1] if self.blocks else None
        if last and last.shape == "list" and self.before == "bullet":
            self.blocks[-1] = replace(last, markdown=f"{last.markdown}\n{item}", lines=(last.lines[0], number))
        else:
            self.blocks.append(Block("list", item, (number, number)))
        self.stage = "body"
        self.account.whole(number, "kept", "list")
        return "bullet"

    def _byline(self, number: int, line: str) -> str:
        found = _BYLINE.fullmatch(line)
        if not found or self.entry.author or len(line) > 80 or self.stage in ("further", "related", "people"):
            return ""
        self.entry.author = found["name"].strip()
        self.account.whole(number, "kept", "author")
        return "byline"

    def _prose(self, number: int, line: str) -> str:
        alone = is_title(line) and not self.layout.begins_prose(number)
        trailing = self.stage in ("front", "body") and alone and not self.layout.prose_follows(number)
        if trailing and self.blanks and self.blocks:
            self.stage = "related"
            self.entry.doubts.append(Doubt(number, line.strip(), "taken for the title of an entry to see also"))
            return self._related(number, line)
        passage = Passage(((number, _indent(line), line.strip()),))
        if self.before in ("prose", "summary") and not self.blanks and self.layout.goes_on(number):
            return self._joined(passage)
        if self.stage == "front" and self.layout.heading_follows(number):
            self.summary.append(passage)
            return "summary"
        if self.stage == "body" and self.layout.wide and self.blanks >= 2 and self.before == "prose":
            self.blocks.append(Block("heading", _LOST, (number, number), 2))
            question = f"two blank lines: a heading seems to be lost before this; “{_LOST}” is a guess"
            self.entry.doubts.append(Doubt(number, passage.text[:60], question))
        self.stage = "body"
        self.passages.append((len(self.blocks), passage))
        self.blocks.append(Block("paragraph", "", passage.lines))
        return "prose"

    # ------------------------------------------------------------------------------------------- what is around it

    def _joined(self, passage: Passage) -> str:
        if self.before == "summary":
            self.summary[-1] = Passage((*self.summary[-1].parts, *passage.parts))
            return "summary"
        at, last = self.passages[-1]
        self.passages[-1] = (at, Passage((*last.parts, *passage.parts)))
        return "prose"

    # ------------------------------------------------------------------------------------------------- the end of it

    def done(self) -> Manuscript:
        """Return the manuscript, with the index terms taken out of its paragraphs."""
        known = tuple(dict.fromkeys(f"{t.term};{t.subtopic}" if t.subtopic else t.term for t in self.entry.index))
        cleaning = Cleaning(self.account, known, self.entry.term)
        for at, passage in self.passages:
            words = escaped(cleaning.cleaned(passage, at))
            self.blocks[at] = replace(self.blocks[at], markdown=words, lines=passage.lines)
        summary = "\n\n".join(escaped(cleaning.cleaned(passage, -1)) for passage in self.summary)
        blocks, mended = lawful.blocks(self.blocks)
        return Manuscript(
            reader="encyclopedia",
            title=self.entry.title,
            summary=summary,
            date=self.entry.date,
            number=self.entry.number,
            blocks=blocks,
            people=people.once(self.entry.names),
            places=tuple(dict.fromkeys(self.entry.lists["g"])),
            categories=tuple(dict.fromkeys(self.entry.lists["c"])),
            keywords=tuple(dict.fromkeys(self.entry.lists["kw"])),
            index=tuple(dict.fromkeys(self.entry.index)),
            references=tuple(Reference(r.text, r.lines[0]) for r in self.references),
            related=tuple(dict.fromkeys(self.entry.lists["related"])),
            provenance=Provenance(author=self.entry.author),
            pieces=self.account.closed(),
            doubts=tuple(sorted((*self.entry.doubts, *cleaning.doubts, *mended), key=lambda doubt: doubt.line)),
        )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
