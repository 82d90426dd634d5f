"""What is not the same in two versions of a file, for a terminal: sentence by sentence, in the form of a diff."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator

import click

from toolkit.model import characters

_WIDTH = 78
_MOST_ROWS = 20_000  # of each version; what is longer is told by its numbers alone
_SENTENCE = re.compile(r"(?<=[.!?;:][”\"’) ])\s*(?=\S)")


def shown(old: str, new: str, most: int) -> list[str]:
    """Return at most `most` lines, `-` before what `old` has and `+` before what `new` has, 80 columns wide."""
    before, after = list(_rows(old)), list(_rows(new))
    if max(len(before), len(after)) > _MOST_ROWS:
        return [f"  {len(before):,} sentences and lines, and {len(after):,} in the new one"]
    lines = list(_lines(before, after))
    if len(lines) > most:
        return [*lines[:most], f"  ... and {len(lines) - most} lines more; --diff 0 shows all"]
    return lines


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of each line with the number of the line."""
    for number, line in enumerate(text.split("\n"), start=1):
        pieces = _SENTENCE.split(line) if len(line) > _WIDTH else [line]
        yield from ((number, characters.plain(piece)) for piece in pieces)


def _lines(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> Iterator[str]:
    matcher = difflib.SequenceMatcher(None, [words for _, words in before], [words for _, words in after], False)
    for group in matcher.get_grouped_opcodes(1):
        yield click.style(f"  @@ line {before[group[0][1]][0] if before else 1} @@", fg="cyan")
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (row for _, words in before[a:b] for row in _wrapped(" ", words))
                continue
            yield from (click.style(row, fg="red") for _, words in before[a:b] for row in _wrapped("-", words))
            yield from (click.style(row, fg="green") for _, words in after[c:d] for row in _wrapped("+", words))


def _wrapped(mark: str, words: str) -> list[str]:
    pad = re.match(r" *", words)
    indent = f"  {mark}{pad[0] if pad and len(pad[0]) < 20 else ''}"
    rows = textwrap.wrap(
        words, _WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ", break_on_hyphens=False
    )
    return rows or [f"  {mark}"]
