"""The dated statements of an article, as events for a chronology."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.articles import clauses, conflicts
from toolkit.articles.manuscript import Block, Manuscript
from toolkit.articles.markdown_text import escaped
from toolkit.chronology.find import Finding, find
from toolkit.model import markup
from toolkit.model.dates import Edge, HistoricalDate, Interval, Precision, parse_edtf, sort_key
from toolkit.model.text import plain_block

LONGEST_SENTENCE = 1_500  # characters; what is longer is a list or a table without its marks, and no statement
LONGEST_BLOCK = 100_000  # characters; what is longer is no paragraph

# Times too long for an event, unless a sentence tells of nothing else.
_GENERAL = frozenset({Precision.CENTURY, Precision.MILLENNIUM})
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,60}\]")
# The commonest little words of English; no other language of the Latin script has most of them.
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|was|that|with|by|for|on|is|were|from|which|as|at)\b", re.I)


@dataclass(frozen=True, slots=True)
class Happening:
    """A dated statement: EDTF date, the part of it that is meant, the sentence shortened, the heading it stands under.

    `words` are Markdown. `line` is that of the source. `doubt` says what a person should decide, "" for nothing.
    """

    date: str
    within: str
    words: str
    section: str
    line: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """A block with the plain text of it, the place of that in the whole, and the heading above."""

    block: Block
    text: str
    start: int
    section: str


def happenings(manuscript: Manuscript) -> tuple[Happening, ...]:
    """Return the dated statements of an English text as events in the order of time, each date and clause once."""
    if not is_english(manuscript):
        return ()
    places = list(_places(manuscript))
    whole = "\n\n".join(place.text for place in places)
    starts = [place.start for place in places]
    dated = []
    for finding in find(whole, context=context(manuscript)):
        place = places[bisect_right(starts, finding.offset) - 1]
        if finding.end <= place.start + len(place.text):
            dated.append(conflicts.Dated(_moved(finding, place), place.text, place.block.lines[0], place.section))
    told = _with_conflicts(dated)
    return tuple(sorted(dict.fromkeys(told), key=lambda one: sort_key(parse_edtf(one.date), one.within or None)))


def is_english(manuscript: Manuscript) -> bool:
    """Return whether the text is in English, by what the source says, else by its little words."""
    if manuscript.language:
        return manuscript.language.casefold().split("-")[0] == "en"
    sample = " ".join(block.markdown for block in manuscript.blocks)[:50_000]
    return len(_ENGLISH.findall(sample)) > 0.12 * len(sample.split())


def context(manuscript: Manuscript) -> HistoricalDate | None:
    """Return the date that the text is about: the one that the source gives, or that its title ends in."""
    said = manuscript.date or date_of_title(manuscript.title)
    return parse_edtf(said) if said else None


def date_of_title(title: str) -> str:
    """Return the date that a title ends in, as EDTF, "" for none: "The Treaty of Paris, 1783" has one."""
    found = find(title)
    return found[-1].edtf if found and _closes(title, found[-1]) and not found[-1].inferred else ""


def _closes(title: str, finding: Finding) -> bool:
    """Return whether a date stands at the end of a title, apart from its other words."""
    return not title[finding.end :].strip(" .)]") and bool(re.search(r"[,(:–—[]\s*$", title[: finding.offset]))


def _places(manuscript: Manuscript) -> Iterator[_Place]:
    """Yield the blocks that tell something, in order."""
    at, section = 0, ""
    for block in manuscript.blocks:
        if block.shape == "heading":
            section = block.markdown
        if block.shape not in ("heading", "paragraph", "list") or len(block.markdown) > LONGEST_BLOCK:
            continue
        for text in _texts(block):
            yield _Place(block, text, at, section)
            at += len(text) + 2


def _texts(block: Block) -> Iterator[str]:
    """Yield the plain text of a block; each item of a list apart, for it may be without a full stop."""
    from toolkit.model.text import BulletList, OrderedList

    for read in markup.blocks(_NOTE_MARK.sub("", block.markdown)):
        if isinstance(read, BulletList | OrderedList):
            items = (" ".join(plain_block(child) for child in item) for item in read.items)
            yield from (" ".join(item.split()) for item in items)
        else:
            yield " ".join(plain_block(read).split())


def _moved(finding: Finding, place: _Place) -> Finding:
    return replace(finding, offset=finding.offset - place.start, end=finding.end - place.start)


def _with_conflicts(dated: list[conflicts.Dated]) -> Iterator[Happening]:
    against = conflicts.found(dated)
    for number, one in enumerate(dated):
        told = _happening(one)
        if told:
            doubts = "; ".join(filter(None, (against.get(number, ""), told.doubt)))
            yield replace(told, doubt=doubts)


def _happening(one: conflicts.Dated) -> Happening | None:
    """Return what is told of a date, None where that is no event."""
    finding, date = one.finding, parse_edtf(one.finding.edtf)
    if _is_aside(one) or _is_general(finding, date):
        return None
    if one.is_heading:
        words = one.text if not _closes(one.text, finding) else one.text[: finding.offset].rstrip(" ,(:–—[")
        return _told(one, f"{words}." if words else "") if _closes(one.text, finding) else None
    sentence = finding.sentence
    if len(sentence) > LONGEST_SENTENCE:
        return None
    start = one.text.rfind(sentence, 0, finding.offset + len(sentence))
    if start < 0 or not start <= finding.offset < start + len(sentence):
        return None
    span = (finding.offset - start, finding.end - start)
    others = tuple((other.offset, other.end) for other in find(sentence) if other.end <= span[0] or other.offset >= span[1])
    if others and _names_by_year(one):
        return None
    return _told(one, clauses.shortened(sentence, *span, others))


def _names_by_year(one: conflicts.Dated) -> bool:
    """Return whether a bare year is part of the name of something: "the 1795 treaty", in a sentence of another date."""
    before, after = one.text[: one.finding.offset], one.text[one.finding.end :]
    named = re.match(r" (?!(?:and|or|to|that|when|as|by|but|in|on|for|with|after|before|at|from|until|the|a)\b)[\w’]+", after)
    return bool(re.search(r"\b(?:the|a|an|its|his|her|their|this|that)\s$", before) and named)


def _is_aside(one: conflicts.Dated) -> bool:
    """Return whether a date is a remark in brackets: the years of a life, the year of a book."""
    before, after = one.text[: one.finding.offset], one.text[one.finding.end :]
    opened = re.search(r"[(\[](?:b\.|d\.|born|died|r\.|reigned|ca?\.|c\.)?\s*$", before)
    return bool(opened) and bool(re.match(r"\s*[)\];,]", after)) and not one.is_heading


def _is_general(finding: Finding, date: HistoricalDate) -> bool:
    """Return whether a date is no place in an order of events: a century, a day without its year, or only an end."""
    whole = date.structure
    endless = isinstance(whole, Interval) and isinstance(whole.start, Edge)
    return (
        date.precision in _GENERAL
        or date.text.startswith("XXXX")
        or "centur" in finding.text.casefold()
        or (endless and "end of" not in finding.text)
    )


def _told(one: conflicts.Dated, words: str) -> Happening | None:
    if not re.search(r"\w.*\w.*\w", words):
        return None
    return Happening(
        one.finding.edtf, one.finding.within or "", escaped(words), one.section, one.line, _doubt(one, words)
    )


def _doubt(one: conflicts.Dated, words: str) -> str:
    """Return what a person should decide about an event."""
    finding = one.finding
    doubts = []
    if finding.inferred:
        doubts.append(f"the source says only “{finding.text}”; {finding.reason}")
    elif finding.reason:
        doubts.append(f"“{finding.text}” is {finding.reason}")
    if any(other.text not in finding.text for other in find(words)):
        doubts.append(f"the sentence has more dates than this one, “{finding.text}”: keep what happened then")
    return "; ".join(doubts)
