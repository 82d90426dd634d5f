"""Lines of a text filled anew: what did not change keeps its lines, what did is broken where lines were broken."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import pairwise


def refilled(old: Sequence[str], words: str, width: int) -> list[str]:
    """Return `words` in lines of at most `width` characters, the lines of `old` kept where they still fit.

    A text that stood on one line stays on one line.
    """
    if len(old) <= 1:
        return [words]
    new = words.split()
    head = 0
    at = 0
    while head < len(old) and new[at : at + len(old[head].split())] == old[head].split():
        at += len(old[head].split())
        head += 1
    if head == len(old) and at == len(new):
        return list(old)
    tail, end = len(old), len(new)
    while tail > head and end - len(old[tail - 1].split()) >= at:
        last = old[tail - 1].split()
        if new[end - len(last) : end] != last:
            break
        tail, end = tail - 1, end - len(last)
    middle = filled(" ".join(new[at:end]), width)
    if len(middle) == tail - head or tail == len(old):
        return [*old[:head], *middle, *old[tail:]]
    return [*old[:head], *filled(" ".join(new[at:]), width)]


def width_of(lines: Sequence[str], least: int) -> int:
    """Return the width that `lines` were filled to, as far as it can be told: `least` where they are too few.

    A line was ended because the first word of the next did not fit, so the widest that gives the same lines is one
    less than the shortest of the lines with that word.
    """
    if len(lines) <= 1:
        return max(least, *(len(line) for line in lines)) if lines else least
    longest = max(len(line) for line in lines)
    ended = pairwise(lines)
    return max(longest, min(len(line) + len((after.split() or [""])[0]) for line, after in ended))


def filled(words: str, width: int) -> list[str]:
    """Return `words` in lines of at most `width` characters; a longer word has a line of its own."""
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False) if words else []


def offset(text: str, line: int, column: int) -> int:
    """Return where `line` and `column`, counted from 1, are in `text`."""
    at = 0
    for _ in range(line - 1):
        following = text.find("\n", at)
        if following < 0:
            return len(text)
        at = following + 1
    return min(at + column - 1, len(text))
