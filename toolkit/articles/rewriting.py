"""A source's text with stretches taken out or written otherwise, where every line still knows where it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.articles.passage import Account

_FENCE = re.compile(r" {0,3}(?:>\s*)*(?P<mark>`{3,}|~{3,})(?P<rest>[^\n]*)")
_SPAN = re.compile(r"(?<![`\\])(?P<mark>`{1,6})(?!`)[^`](?:[^`\n]|\n(?!\n)){0,1000}?(?<!`)(?P=mark)(?!`)")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Characters `start` to `end` of a text are written as `words`. `why` they go; "" only where none do."""

    start: int
    end: int
    words: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Lines of a text that was changed. `origin` are the lines of the source that they come from, from 1."""

    lines: tuple[str, ...]
    origin: tuple[int, ...]


def rewritten(text: str, changes: Iterable[Change], account: Account) -> Rewritten:
    """Return `text` with `changes` made; of two that overlap, the first and longest. What goes is entered."""
    kept: list[str] = []
    origin = [1]
    at, line, begin = 0, 1, 0
    for change in sorted(changes, key=lambda c: (c.start, -c.end, c.words)):
        if change.start < at or (change.start == change.end and change.words == ""):
            continue
        before = text[at : change.start]
        kept += [before, change.words]
        for _ in range(before.count("\n")):
            line += 1
            origin.append(line)
        begin = change.start - len(before) + before.rfind("\n") + 1 if "\n" in before else begin
        origin += [line] * change.words.count("\n")
        for row, words in enumerate(text[change.start : change.end].split("\n")):
            if row:
                line, begin = line + 1, begin + len(account.lines[line - 1]) + 1
                kept.append("\n")
                origin.append(line)
            column = (change.start - begin) if not row else 0
            account.cut(line, column, column + len(words), change.why)
        at = change.end
    rest = text[at:]
    kept.append(rest)
    origin += range(line + 1, line + 1 + rest.count("\n"))
    return Rewritten(tuple("".join(kept).split("\n")), tuple(origin))


def code(text: str) -> list[tuple[int, int]]:
    """Return where code stands in a Markdown text, as (start, end), in order: nothing in it is markup."""
    fenced = list(_fences(text))
    spans = [found.span() for found in _SPAN.finditer(text) if not within(found.start(), fenced)]
    return sorted(fenced + spans)


def within(at: int, stretches: list[tuple[int, int]]) -> bool:
    """Return whether the character `at` stands in one of the sorted `stretches`."""
    before = bisect_right(stretches, at, key=lambda stretch: stretch[0]) - 1
    return before >= 0 and stretches[before][0] <= at < stretches[before][1]


def _fences(text: str) -> Iterable[tuple[int, int]]:
    at, start, mark = 0, -1, ""
    for row in text.split("\n"):
        found = _FENCE.match(row)
        if start < 0 and found and "`" not in found["rest"]:
            start, mark = at, found["mark"]
        elif start >= 0 and found and found["mark"].startswith(mark) and not found["rest"].strip():
            yield start, at + len(row)
            start = -1
        at += len(row) + 1
    if start >= 0:
        yield start, len(text)
