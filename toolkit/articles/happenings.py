"""The dated statements of an article, as events for a chronology."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

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
# Behind a year that is part of a name: a noun, and no word that goes on with the sentence.
_NAMED = re.compile(r" (?!(?:and|or|to|that|when|as|by|but|in|on|for|with|after|before|at|from|until|the|a)\b)[\w’]+")
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
    for (_, sentence, start), group in groupby(enumerate(dated), lambda one: _sentence(one[1])):
        members = list(group)
        spans = [(one.finding.offset - start, one.finding.end - start) for _, one in members]
        named = [_names_by_year(one) for _, one in members]
        for at, (number, one) in enumerate(members):
            if start < 0 and not one.is_heading:
                continue
            others = tuple(span for n, span in enumerate(spans) if n != at and not named[n])
            if others and (named[at] or _goes_with_others(one.finding)):
                continue
            told = _heading(one) if one.is_heading else _statement(one, sentence, spans[at], others)
            if told:
                yield replace(told, doubt="; ".join(filter(None, (against.get(number, ""), told.doubt))))


def _sentence(one: conflicts.Dated) -> tuple[str, str, int]:
    """Return the text of the block, the sentence of the date, and where that begins; -1 where it is not found."""
    sentence, offset = one.finding.sentence, one.finding.offset
    start = one.text.rfind(sentence, 0, offset + len(sentence))
    return one.text, sentence, start if start <= offset < start + len(sentence) else -1


def _goes_with_others(finding: Finding) -> bool:
    """Return whether a date of a sentence with others adds none: a decade, "that year", "two years later"."""
    precision = parse_edtf(finding.edtf).precision
    return precision is Precision.DECADE or (finding.inferred and precision is Precision.YEAR)


def _heading(one: conflicts.Dated) -> Happening | None:
    """Return the event that a heading is, which ends in its date; None for other headings."""
    if not _closes(one.text, one.finding) or _is_general(one.finding):
        return None
    words = one.text[: one.finding.offset].rstrip(" ,(:–—[")
    return _told(one, f"{words}.") if words else None


def _statement(
    one: conflicts.Dated, sentence: str, span: tuple[int, int], others: tuple[tuple[int, int], ...]
) -> Happening | None:
    """Return what a sentence tells of a date, None where that is no event."""
    if _is_aside(one) or _is_general(one.finding) or not 0 < len(sentence) <= LONGEST_SENTENCE:
        return None
    told = _told(one, clauses.shortened(sentence, *span, others))
    more = [sentence[a:b] for a, b in others]
    if told and any(words in told.words for words in more):
        doubt = f"the sentence has more dates than “{one.finding.text}”: keep what happened then"
        return replace(told, doubt="; ".join(filter(None, (told.doubt, doubt))))
    return told


def _names_by_year(one: conflicts.Dated) -> bool:
    """Return whether a bare year is part of a name: "the 1795 treaty", "the Compromise of 1850"."""
    before, after = one.text[: one.finding.offset], one.text[one.finding.end :]
    if not re.fullmatch(r"\d{4}", one.finding.text):
        return False
    return bool(
        re.search(r"\b[A-Z]\w+ of $", before)
        or (re.search(r"\b(?:the|a|an|its|his|her|their|this|that)\s$", before) and _NAMED.match(after))
    )


def _is_aside(one: conflicts.Dated) -> bool:
    """Return whether a date is a remark in brackets: the years of a life, the year of a book."""
    before, after = one.text[: one.finding.offset], one.text[one.finding.end :]
    opened = re.search(r"[(\[](?:b\.|d\.|born|died|r\.|reigned|ca?\.|c\.)?\s*$", before)
    return bool(opened) and bool(re.match(r"\s*[)\];,]", after)) and not one.is_heading


def _is_general(finding: Finding) -> bool:
    """Return whether a date is no place in an order of events: a century, a day without its year, or only an end."""
    date = parse_edtf(finding.edtf)
    endless = isinstance(date.structure, Interval) and isinstance(date.structure.start, Edge)
    return (
        date.precision in _GENERAL
        or date.text.startswith("XXXX")
        or "centur" in finding.text.casefold()
        or (endless and "end of" not in finding.text)
    )


def _told(one: conflicts.Dated, words: str) -> Happening | None:
    """Return the event with these words, None where they say nothing."""
    finding = one.finding
    if not re.search(r"\w.*\w.*\w", words):
        return None
    doubt = f"“{finding.text}” is {finding.reason}" if finding.reason else ""
    if finding.inferred:
        doubt = f"the source says only “{finding.text}”; {finding.reason}"
    return Happening(finding.edtf, finding.within or "", escaped(words), one.section, one.line, doubt)
