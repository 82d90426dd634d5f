"""What the sections of a printed text are for: objectives, questions, key terms, further reading, or the reading.

A section that is named as one of these and holds what its name says is taken out of the reading; whatever in it
does not fit stays in the reading, with its heading, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from toolkit.articles import asked
from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Asked, Block, Manuscript, Picture, Provenance, Reference, Term
from toolkit.articles.passage import Account

# What the heading of a section says it holds.
_NAMES: Final = MappingProxyType(
    {
        "objectives": r"(?:learning |lesson )?(?:objectives?|goals|outcomes)|what you will learn",
        "questions": r"(?:(?:end.of.chapter|chapter|section|review|discussion|comprehension|critical[- ]thinking"
        r"|study|reading|focus|guiding|essential|further|short[- ]answer|multiple[- ]choice|practice|self[- ]check|test|quiz) )*"
        r"questions?(?: for (?:discussion|review|study|further study|thought|reflection))?|(?:review )?exercises|for discussion"
        r"|discussion|check your (?:understanding|knowledge)|questions? and (?:activities|answers)|quiz|self[- ]test",
        "answers": r"answers?(?: key)?(?: to .*)?|solutions?|key to .*",
        "terms": r"key (?:terms?|words?|vocabulary|concepts and terms)|glossary|vocabulary|terms(?: to know)?"
        r"|important terms|definitions",
        "references": r"(?:for |suggestions for |suggested )?(?:further|additional|suggested|recommended) readings?"
        r"|references?|bibliography|(?:selected |select )bibliography|works cited|sources(?: for further study)?|resources"
        r"|(?:additional|further|online|web) resources|literature(?: cited)?|external links",
        "related": r"see also|related (?:articles?|entries|topics|lessons)|cross[- ]references",
    }
)  # fmt: skip  # the alternatives read by what they mean
_TERM = re.compile(
    r"(?:\*\*(?P<bold>[^*]+?):?\*\*\s*(?:[:–—-]\s*|\s)|(?P<plain>[^:–—]{2,60}?)(?:\s*:\s+|\s+[–—]\s+))(?P<means>\S.*)",
    re.S,
)
_IMAGE = re.compile(
    r"!\[(?P<alt>[^\]]*)\]\((?P<file><[^>]*>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*|[^()\"]+?\.\w{2,5})(?:\s+\"(?P<title>[^\"]*)\")?\)"
)
# "*A caption*", "*Figure 1.* A caption", "Figure 1. A caption"; the number goes, for ours may be another.
_CAPTION = re.compile(
    r"(?P<mark>[*_]{1,2})(?P<all>(?!Fig)\S.*\S)(?P=mark)"
    r"|[*_]{0,2}(?:Fig(?:ure|\.)|Plate|Map|Photo|Image|Illustration)\s*[\d.]*[:.]?[*_]{0,2}[:.]?\s+(?P<figure>\S.*)",
    re.S,
)


def purpose(heading: str) -> str:
    """Return what a section with this heading holds: a key of the table of names, "" for the reading itself."""
    words = re.sub(r"[*_`]|^\d+(?:\.\d+)*[.)]?\s+", "", heading).strip().rstrip(":.").casefold()
    return next((name for name, words_of in _NAMES.items() if re.fullmatch(words_of, words)), "")


def manuscript(
    reader: str, title: str, chunks: tuple[Chunk, ...], account: Account, provenance: Provenance
) -> Manuscript:
    """Return the manuscript of a text whose blocks are `chunks`. Their lines are entered in `account`."""
    sorter = _Sorter(account)
    for section in _sections(chunks):
        sorter.take(section)
    return replace(
        sorter.done(), reader=reader, title=title, provenance=provenance, pieces=account.closed(),
    )  # fmt: skip


@dataclass
class _Section:
    heading: Chunk | None
    chunks: list[Chunk] = field(default_factory=list)


def _sections(chunks: tuple[Chunk, ...]) -> list[_Section]:
    found = [_Section(None)]
    for chunk in chunks:
        if chunk.shape == "heading":
            found.append(_Section(chunk))
        else:
            found[-1].chunks.append(chunk)
    return found


@dataclass
class _Sorter:
    """What has been sorted so far."""

    account: Account
    blocks: list[Block] = field(default_factory=list)
    objectives: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    items: list[tuple[str, Item]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    images: list[Picture] = field(default_factory=list)
    under: str = ""

    def take(self, section: _Section) -> None:
        """Sort the blocks of one section."""
        what = purpose(section.heading.markdown) if section.heading else ""
        ways = {
            "objectives": self._objectives,
            "questions": self._questions,
            "answers": self._answers,
            "terms": self._terms,
        }
        ways |= {"references": self._references, "related": self._related}
        way = ways.get(what)
        rest = [chunk for chunk in section.chunks if not (way and way(chunk))]
        if section.heading and (rest or not section.chunks or not way):
            self._keep(section.heading)
        elif section.heading:
            self._enter(section.heading, what)
        self._read(rest)

    def _read(self, chunks: list[Chunk]) -> None:
        """Keep `chunks` in the reading; an image takes the caption that stands behind it."""
        at = 0
        while at < len(chunks):
            chunk = chunks[at]
            image = _IMAGE.fullmatch(chunk.markdown.strip())
            caption = _CAPTION.fullmatch(chunks[at + 1].markdown) if image and at + 1 < len(chunks) else None
            if image:
                words = " ".join((caption["all"] or caption["figure"]).split()) if caption else ""
                file = image["file"].strip("<>")
                self.images.append(Picture(file, image["alt"], words or image["title"] or "", line=chunk.lines[0]))
                self.blocks.append(Block("figure", chunk.markdown.strip(), chunk.lines))
                self._enter(chunk, "images")
                if caption:
                    self._enter(chunks[at + 1], "images")
                    at += 1
            else:
                self._keep(chunk)
            at += 1

    def _keep(self, chunk: Chunk) -> None:
        self.blocks.append(Block(chunk.shape, chunk.markdown, chunk.lines, max(chunk.level, 2) if chunk.level else 0))
        self._enter(chunk, f"block {len(self.blocks)}")

    def _enter(self, chunk: Chunk, about: str) -> None:
        for line in range(chunk.lines[0], chunk.lines[1] + 1):
            if self.account.lines[line - 1].strip():
                self.account.whole(line, "kept", about)

    # ---------------------------------------------------------------- one way a section: whether the chunk is of it

    def _objectives(self, chunk: Chunk) -> bool:
        self.objectives += [item.text for item in chunk.items]
        return self._taken(chunk, "objectives", bool(chunk.items))

    def _questions(self, chunk: Chunk) -> bool:
        self.items += [("", item) for item in chunk.items]
        return self._taken(chunk, "questions", bool(chunk.items))

    def _answers(self, chunk: Chunk) -> bool:
        self.answers |= asked.key(chunk.items)
        return self._taken(chunk, "answers", bool(chunk.items))

    def _terms(self, chunk: Chunk) -> bool:
        found = [_term(item) for item in chunk.items]
        whole = bool(found) and all(found)
        self.terms += [term for term in found if term] if whole else []
        if not found and chunk.shape == "paragraph":
            term = _term(Item("", (chunk.markdown,), chunk.lines[0]))
            self.terms += [term] if term else []
            whole = bool(term)
        return self._taken(chunk, "vocabulary", whole)

    def _references(self, chunk: Chunk) -> bool:
        self.references += [Reference(item.text, item.line) for item in chunk.items]
        alone = chunk.shape == "paragraph" and bool(
            re.search(r"\b1[4-9]\d\d\b|\b20\d\d\b|https?://|\bn\.d\.", chunk.markdown)
        )
        if alone and len(chunk.markdown) < 1200:
            self.references.append(Reference(" ".join(chunk.markdown.split()), chunk.lines[0]))
        return self._taken(chunk, "further reading", bool(chunk.items) or alone)

    def _related(self, chunk: Chunk) -> bool:
        self.related += [re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", item.text) for item in chunk.items]
        return self._taken(chunk, "see also", bool(chunk.items))

    def _taken(self, chunk: Chunk, about: str, whether: bool) -> bool:  # the answer is passed through
        if whether:
            self._enter(chunk, about)
        return whether

    def done(self) -> Manuscript:
        """Return what was sorted, without title and provenance."""
        return Manuscript(
            reader="", title="",
            blocks=tuple(self.blocks), objectives=tuple(self.objectives), references=tuple(self.references),
            related=tuple(self.related), questions=tuple(self._asked()), terms=tuple(self.terms), images=tuple(self.images),
        )  # fmt: skip

    def _asked(self) -> Iterator[Asked]:
        yield from asked.questions((item for _, item in self.items), self.answers)


def _term(item: Item) -> Term | None:
    if item.means:
        return Term(_bare(item.text), item.means, item.line)
    found = _TERM.fullmatch(item.text)
    return Term(_bare(found["bold"] or found["plain"]), found["means"].strip(), item.line) if found else None


def _bare(words: str) -> str:
    return re.sub(r"[*_`]", "", words).strip()
