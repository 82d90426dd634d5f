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

from toolkit.articles import doubled, months, people
from toolkit.articles.manuscript import Block, Doubt, IndexTerm, Manuscript, Name, Provenance, Reference
from toolkit.articles.markdown_text import escaped
from toolkit.articles.passage import Account, Passage
from toolkit.articles.shapes import (
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
_ENTRY = re.compile(r"(?P<what>.+?);\s*(?P<date>[^;:]*\d[^;:]*):\s*(?P<title>.+?)\s*(?:\[(?P<number>\w+)\])?\s*")
_KEYWORD = re.compile(r"(?P<words>.+?)\s*(?:\((?P<date>[^()]*\d{3,4}[^()]*)\))?\s*")
_BYLINE = re.compile(r"\s*(?:[—–]|--)\s*(?P<name>[A-Z][\w.’' -]+)\s*")
_LOST = "Significance"  # the second section of nearly every entry of this kind


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that this is the source's format."""
    lines = source.lines
    marks = sum(1 for line in lines if TAG.match(line))
    index = sum(1 for line in lines if INDEX.fullmatch(line.strip()))
    if marks:
        return 0.95
    known = sum(1 for line in lines if kind_of_heading(line))
    return 0.8 if index >= 2 else 0.5 if known >= 2 and any(BULLET.match(line) for line in lines) else 0.0


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
    blanks: int = 0
    before: str = ""  # what the last line was that was not blank
    title: str = ""
    date: str = ""
    number: str = ""
    author: str = ""
    summary: list[Passage] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    passages: list[tuple[int, Passage]] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=lambda: {"kw": [], "g": [], "c": [], "related": []})
    index: list[IndexTerm] = field(default_factory=list)
    references: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.account = Account(self.lines)
        gaps = [len(gap) for gap in re.findall(r"\n{2,}", "\n".join(self.lines).strip("\n"))]
        # Two blank lines say that a heading is lost only where one blank line is the rule.
        self.wide = sum(gap > 2 for gap in gaps) <= max(2, len(gaps) // 8)

    def take(self, number: int) -> None:
        """Read line `number`, counted from 1."""
        line = self.lines[number - 1]
        if not line.strip():
            self.blanks += 1
            return
        for taken in (self._title, self._mark, self._heading, self._staged, self._index, self._bullet, self._byline):
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
        self.title = line.strip()
        self.account.whole(number, "kept", "title")
        self.stage = "front"
        return "title"

    def _mark(self, number: int, line: str) -> str:
        mark = TAG.match(line)
        if not mark:
            return ""
        tag, words = mark["tag"].lower(), mark["words"].strip()
        if tag == "kw":
            found = _KEYWORD.fullmatch(words)
            self.lists["kw"].append(found["words"] if found else words)
            self._dated(found["date"] if found else "")
        elif tag in ("g", "c"):
            entry = _ENTRY.fullmatch(words)
            self.lists[tag].append(entry["what"] if entry else words.partition(";")[0])
            if entry:
                self._dated(entry["date"])
                self.number = self.number or entry["number"] or ""
        elif tag == "p":
            self.names.append(people.name(words))
        else:
            self._term(words)
            self.doubts.append(Doubt(number, line.strip(), "an index mark that is not known: taken for an index term"))
        self.account.whole(
            number, "kept", {"kw": "keywords", "g": "places", "c": "categories", "p": "people"}.get(tag, "index")
        )
        return "mark" if tag in ("g", "c", "p") else "keyword"

    def _heading(self, number: int, line: str) -> str:
        kind = kind_of_heading(line)
        alone = self._blank_after(number) and (self.blanks or number == 1)
        if not kind and not (
            alone and is_title(line) and self._prose_follows(number) and self.stage in ("front", "body")
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
                self.doubts.append(Doubt(number, words, "taken for a heading"))
        self.account.whole(number, "kept", "heading")
        return "heading"

    def _staged(self, number: int, line: str) -> str:
        """Read a line of the people, of further reading, or of the titles to see also."""
        if self.stage == "people":
            self.names.append(people.name(BULLET.sub("", line).strip()))
            self.account.whole(number, "kept", "people")
            return "name"
        if self.stage in ("further", "related"):
            return self._further(number, line) if self.stage == "further" else self._related(number, line)
        found = FIELD.match(line) if self.stage == "front" else None
        if found:
            self._field(found["label"].casefold(), found["words"].strip())
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
        words = BULLET.sub("", line).strip().removesuffix(".")
        self.lists["related"] += [title.strip() for title in words.split(";") if title.strip()]
        self.account.whole(number, "kept", "see also")
        return "related"

    def _index(self, number: int, line: str) -> str:
        words = line.strip()
        if INDEX.fullmatch(words):
            self._term(words)
            self.account.whole(number, "removed", "an index heading")
            return self.before if self.before == "mark" else "index"
        if self.blanks or self.before not in ("mark", "name", "index", "keyword") or not people.is_name(words):
            return ""
        if self.before in ("mark", "name"):
            self.names.append(people.name(words))
            self.account.whole(number, "kept", "people")
            return "name"
        self._term(words)
        self.account.whole(number, "removed", "an index term on a line of its own")
        return "index"

    def _bullet(self, number: int, line: str) -> str:
        bullet = BULLET.match(line)
        if not bullet:
            return ""
        item = f"- {escaped(line[bullet.end() :].strip())}"
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
        if not found or self.author or len(line) > 80:
            return ""
        self.author = found["name"].strip()
        self.account.whole(number, "kept", "author")
        return "byline"

    def _prose(self, number: int, line: str) -> str:
        trailing = self.stage in ("front", "body") and is_title(line) and not self._prose_follows(number)
        if trailing and self.blanks and self.blocks:
            self.stage = "related"
            self.doubts.append(Doubt(number, line.strip(), "taken for the title of an entry to see also"))
            return self._related(number, line)
        passage = Passage(((number, _indent(line), line.strip()),))
        if self.before in ("prose", "summary") and not self.blanks and self._is_wrapped(number):
            return self._joined(passage)
        if self.stage == "front" and self._heading_follows(number):
            self.summary.append(passage)
            return "summary"
        if self.stage == "body" and self.wide and self.blanks >= 2 and self.before == "prose":
            self.blocks.append(Block("heading", _LOST, (number, number), 2))
            question = f"two blank lines: a heading seems to be lost before this; “{_LOST}” is a guess"
            self.doubts.append(Doubt(number, passage.text[:60], question))
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

    def _is_wrapped(self, number: int) -> bool:
        """Return whether the line goes on with the sentence of the line before it."""
        above = self.lines[number - 2].rstrip()
        return (
            len(above) <= 100 and not GLUED.search(above) and not re.search(r"[.!?][”\"’)]*$", above[:-1] + above[-1:])
        ) or (len(above) <= 100 and max(map(len, self.lines)) <= 120)

    def _blank_after(self, number: int) -> bool:
        return number == len(self.lines) or not self.lines[number].strip()

    def _prose_follows(self, number: int) -> bool:
        """Return whether the next line that is neither blank nor a mark is prose."""
        following = (line for line in self.lines[number:] if line.strip() and not TAG.match(line))
        line = next(following, "")
        return bool(line) and not is_title(line) and not kind_of_heading(line) and not INDEX.fullmatch(line.strip())

    def _heading_follows(self, number: int) -> bool:
        return any(kind_of_heading(line) == "body" for line in self.lines[number:])

    def _field(self, label: str, words: str) -> None:
        if label.startswith("date"):
            self._dated(words)
        elif label.startswith(("locale", "place")):
            self.lists["g"] += [part.strip() for part in words.split(";")]
        elif label.startswith(("categor", "subject")):
            self.lists["c"] += [part.strip() for part in words.split(";")]
        else:
            self.author = self.author or words

    def _dated(self, words: str | None) -> None:
        self.date = self.date or months.edtf(words or "")

    def _term(self, words: str, block: int | None = None) -> None:
        term, _, subtopic = words.partition(";")
        place = len(self.blocks) - 1 if block is None else block
        self.index.append(IndexTerm(term.strip(), subtopic.strip(), place))

    # ------------------------------------------------------------------------------------------------- the end of it

    def done(self) -> Manuscript:
        """Return the manuscript, with the index terms taken out of its paragraphs."""
        known = tuple(dict.fromkeys(f"{t.term};{t.subtopic}" if t.subtopic else t.term for t in self.index))
        for at, passage in self.passages:
            self.blocks[at] = replace(self.blocks[at], markdown=escaped(self._cleaned(passage, at, known)))
            self.blocks[at] = replace(self.blocks[at], lines=passage.lines)
        summary = "\n\n".join(self._cleaned(passage, -1, known) for passage in self.summary)
        for reference in self.references:
            assert reference.parts
        return Manuscript(
            reader="encyclopedia",
            title=self.title,
            summary=summary,
            date=self.date,
            number=self.number,
            blocks=tuple(self.blocks),
            people=people.once(self.names),
            places=tuple(dict.fromkeys(self.lists["g"])),
            categories=tuple(dict.fromkeys(self.lists["c"])),
            keywords=tuple(dict.fromkeys(self.lists["kw"])),
            index=tuple(dict.fromkeys(self.index)),
            references=tuple(Reference(r.text, r.lines[0]) for r in self.references),
            related=tuple(dict.fromkeys(self.lists["related"])),
            provenance=Provenance(author=self.author),
            pieces=self.account.closed(),
            doubts=tuple(sorted(self.doubts, key=lambda doubt: doubt.line)),
        )

    def _cleaned(self, passage: Passage, at: int, known: tuple[str, ...]) -> str:
        """Return the text of `passage` without index terms, which are entered in the index with block `at`."""
        text = passage.text
        cuts = list(self._glued(text, at, known))
        body = text[: cuts[0][0]] if cuts else text
        with_subtopic = tuple(heading for heading in known if ";" in heading)
        for start, end, heading in doubled.headings(body, with_subtopic):
            self._term(heading, at)
            cuts.append((start, min(end + 1, len(body)), "an index heading inside a sentence"))
        for one in doubled.find(body, frozenset(words.casefold() for words in known)):
            if any(start < one.end and one.start < end for start, end, _ in cuts):
                continue
            if one.sure:
                self._term(one.term, at)
                cuts.append((one.start, one.end, f"the index term “{one.term}”, doubled in its sentence"))
            else:
                self.doubts.append(Doubt(passage.line(one.start), one.term, "stands twice: an index term, or meant?"))
        for odd in re.finditer(r"\w+;\w+", body):
            if not any(start <= odd.start() < end for start, end, _ in cuts):
                self.doubts.append(Doubt(passage.line(odd.start()), odd[0], "an index heading inside the text?"))
        self.account.passage(passage, "summary" if at < 0 else f"block {at + 1}", cuts)
        for start, end, _ in sorted(cuts, reverse=True):
            text = text[:start] + text[end:]
        return text.rstrip()

    def _glued(self, text: str, at: int, known: tuple[str, ...]) -> list[tuple[int, int, str]]:
        """Return what stands behind the last sentence of a paragraph, as one stretch to cut, if anything."""
        found = GLUED.search(text)
        if not found:
            return []
        words = found["terms"].strip()
        if ";" not in words and words not in known and words.casefold() not in text[: found.start()].casefold():
            return []
        for term in _separate(words, known):
            self._term(term, at)
        return [(found.start("terms") - 1, len(text), "index headings behind the paragraph")]


def _separate(words: str, known: tuple[str, ...]) -> list[str]:
    """Return the headings in `words`, of which several may stand one behind the other."""
    found = sorted(doubled.headings(words, known))
    covered = sum(end - start for start, end, _ in found) + max(0, len(found) - 1)
    return [heading for _, _, heading in found] if found and covered == len(words) else [words]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
