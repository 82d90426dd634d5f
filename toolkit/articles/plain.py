"""The plain text reader: paragraphs between blank lines, hard-wrapped or not, with headings that nothing marks.

A heading is told by its shape: a short line between blank lines, without the stop of a sentence, with prose
behind it. Where that is a guess, it is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.articles import sorting
from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Manuscript, Provenance
from toolkit.articles.markdown_text import escaped
from toolkit.articles.passage import Account
from toolkit.articles.purposes import purpose
from toolkit.articles.shapes import BULLET, is_title
from toolkit.articles.sources import Source

_NUMBERED = re.compile(r"\s{0,8}(?P<mark>\d{1,3}[.)])\s+(?=\S)")
# An event as a chronology heads it: its words, a comma, and a date or two ("1867-68", "May 4, 1935", "1948 & 1964").
_DATE = r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate|c\.|ca\.|about)[- ])?(?:(?:[A-Z][a-z]{2,8}\.?|\d{1,2}) )?(?:\d{1,2}, |[A-Z][a-z]+,? )?\d{3,4}s?"
_DATED = re.compile(
    rf".{{3,280}}, (?:{_DATE})(?:\s*(?:[-–—&/]|to|until|and)\s*(?:{_DATE}|\d\d|present))?"
    r"(?:,? (?:\([^()]{3,40}\)|with interruptions))?\.?"
)
# "The treaty was signed on August 12, 1980." ends in a date too, and is a sentence.
_IN_SENTENCE = re.compile(
    r"\b(?:after|and|before|between|by|credentials|during|from|in|of|on|since|to|until|[A-Z][a-z]+)"
    r" (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})?,? \d{3,4}\.?$"
    r"|\b(?:after|before|by|during|from|in|of|on|since) (?:(?:early|mid|late)[ -])?\d{3,4}s?\.?$"
)
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"))


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is plain text: never very, but nothing else fits all."""
    return 0.3 if source.suffix in (".txt", ".text", "") else 0.1


def read(source: Source) -> Manuscript:
    """Return the article that a plain text holds."""
    lines = source.lines
    account = Account(lines)
    chunks = list(_chunks(lines))
    title = ""
    if chunks and chunks[0].shape in ("heading", "paragraph") and len(chunks[0].markdown) <= 250:
        title = " ".join(line.strip() for line in lines[chunks[0].lines[0] - 1 : chunks[0].lines[1]])
        for line in range(chunks[0].lines[0], chunks[0].lines[1] + 1):
            account.whole(line, "kept", "title")
        chunks = chunks[1:]
    return sorting.manuscript("txt", title, tuple(_closed(chunks)), account, Provenance())


def _closed(chunks: list[Chunk]) -> Iterator[Chunk]:
    """Yield the chunks; headings with nothing behind them, and those behind a list, are no headings."""
    for chunk, behind in pairwise([*chunks, None]):
        assert chunk
        if chunk.shape == "heading" and behind is None and not purpose(chunk.markdown):
            yield Chunk("paragraph", chunk.markdown, chunk.lines)
        else:
            yield chunk


def _chunks(lines: list[str]) -> Iterator[Chunk]:
    """Yield the blocks, which blank lines part; lines of a list are one chunk, with blank lines between or not."""
    wrapped = _is_wrapped(lines)
    runs = list(_runs(lines))
    at = 0
    while at < len(runs):
        start, end = runs[at]
        if _begins_item(lines[start]):
            last = at
            while last + 1 < len(runs) and _goes_on(lines, runs[last], runs[last + 1]):
                last += 1
            yield _list(lines, start, runs[last][1])
            at = last + 1
            continue
        yield from _run(lines, start, end, wrapped=wrapped)
        at += 1


def _runs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line and the one past the last, from 0, of lines without a blank one between."""
    start = -1
    for number, line in enumerate([*lines, ""]):
        if line.strip() and start < 0:
            start = number
        elif not line.strip() and start >= 0:
            yield start, number
            start = -1


def _begins_item(line: str) -> bool:
    return bool(BULLET.match(line) or _NUMBERED.match(line))


def _goes_on(lines: list[str], here: tuple[int, int], there: tuple[int, int]) -> bool:
    """Return whether the run `there` is of the list that `here` is of: the same sort of mark."""
    first, second = lines[here[0]], lines[there[0]]
    return bool(BULLET.match(first) and BULLET.match(second)) or bool(
        _NUMBERED.match(first) and _NUMBERED.match(second)
    )


def _run(lines: list[str], start: int, end: int, *, wrapped: bool) -> Iterator[Chunk]:
    rows = lines[start:end]
    if len(rows) == 1 and _is_heading(rows[0]):
        yield Chunk("heading", escaped(rows[0].strip()), (start + 1, end), 2)
    elif wrapped or len(rows) == 1:
        yield Chunk("paragraph", escaped(" ".join(row.strip() for row in rows)), (start + 1, end))
    else:
        for number in range(start, end):
            yield Chunk("paragraph", escaped(lines[number].strip()), (number + 1, number + 1))


def _is_heading(line: str) -> bool:
    words = line.strip()
    if len(words) > 320:
        return False
    titled = _in_capitals(words)
    event = bool(_DATED.fullmatch(words)) and not _IN_SENTENCE.search(words) and words.endswith(".") and (titled or len(words) <= 140)
    named = titled and words.endswith(".") and len(words) <= 90 and not words.endswith("..")
    return event or named or is_title(words) or bool(purpose(words)) or (words.isupper() and len(words) <= 120)


def _in_capitals(words: str) -> bool:
    """Return whether a line is spelt as a title is: each word with a capital, but for the small ones."""
    found = [word for word in re.findall(r"[^\W\d_][\w’'.-]*", words) if word.casefold() not in _SMALL]
    return bool(found) and all(word[0].isupper() for word in found)


def _is_wrapped(lines: list[str]) -> bool:
    """Return whether the lines of a paragraph end where the page did: none is long, and many go on."""
    full = [line for line, after in pairwise(lines) if line.strip() and after.strip() and not _begins_item(after)]
    return bool(full) and max(map(len, lines)) <= 132 and len(full) * 4 >= sum(1 for line in lines if line.strip())


def _list(lines: list[str], start: int, end: int) -> Chunk:
    items: list[Item] = []
    for number in range(start, end):
        mark = BULLET.match(lines[number]) or _NUMBERED.match(lines[number])
        nested = (
            items
            and len(lines[number]) - len(lines[number].lstrip()) >= len(lines[start]) - len(lines[start].lstrip()) + 3
        )
        if mark and not nested:
            items.append(Item(mark[0].strip(), (lines[number][mark.end() :],), number + 1))
        elif lines[number].strip():
            last = items[-1]
            items[-1] = Item(last.mark, (*last.lines, lines[number]), last.line)
    text = "\n".join(_markdown(item) for item in items)
    return Chunk("list", text, (start + 1, end), items=tuple(items))


def _markdown(item: Item) -> str:
    mark = item.mark if item.mark[0].isdigit() else "-"
    return f"{mark} {escaped(item.text)}"
