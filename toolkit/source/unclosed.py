"""Quotation marks that are not closed where their text ends.

A text in quotation marks may run over lines, so that a mark that nobody closed is closed by the next one, which
was to open another text, and libyaml complains of what stands behind that, many lines further. What tells such a
text from one that was meant to be long: it runs into lines that begin with a key or a hyphen and are indented no
further than its own key. In YAML no line of a text may be (1.2.2, 6.1 "Indentation Spaces", 7.3.1); libyaml lets
them pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.model.diagnostics import Diagnostic, Span

_HINTS: Final = {
    '"': 'write " where the text ends; inside "..." write \\" for "',
    "'": "write ' where the text ends; put a text that holds ' in \"...\"",
}
_BEFORE: Final = re.compile(r" *(?:- +|[\[{] *)*")  # what may stand in a line before its first key
_COMMENT: Final = re.compile(r"(?:^|\s)#.*")
_PART: Final = re.compile(r"( *)(?:-(?: |$)|[\w.-]+:(?:\s|$))")  # a line that begins with a hyphen or a key
_LIKE_A_PART: Final = re.compile(r"( *)(?:-(?: |$)|[\w.-]+(?: [\w.-]+){0,4}:(?:\s|$))")  # or with a key of some words
_BETWEEN_TWO: Final = re.compile(r"[,\[{]\s*(?:[\w.-]+:\s*)?")  # what stands before a mark that opens, in brackets


def runs_on(text: str, start: int, end: int) -> bool:
    """Return whether the text in quotation marks from `start` to `end` runs into what no text may hold."""
    return _holds(_PART, text, start, end)


def diagnostic(text: str, start: int, end: int | None, file: str) -> Diagnostic:
    """Return what is told of the mark at `start` that was closed before `end`, or never."""
    above = text.count("\n", 0, start)
    column = start - text.rfind("\n", 0, start)
    behind = "" if end is None else text.count("\n", 0, end) + 1
    place = f" before line {behind}" if behind and behind != above + 1 else ""
    at = Span(file, above + 1, column, above + 1, column + 1)
    return Diagnostic("Y105", f"this quotation mark is not closed{place}", at, hint=_HINTS[text[start]])


def cause(text: str, start: int, end: int) -> bool:
    """Return whether a mark at `start`, closed before `end` where something else went wrong, was left open.

    A file that is broken anyway is a reason to suspect more than `runs_on` does: keys of several words, and a mark
    that stands where a text in brackets, or a line, begins.
    """
    if text.count("\n", start, end):
        first = text.rfind("\n", start, end) + 1
        opens = text[first:end].strip() == text[start] and text[end : end + 1].isalnum()
        return opens or _holds(_LIKE_A_PART, text, start, end)
    before = text[text.rfind("\n", 0, start) + 1 : start]
    inside = text[start + 1 : end - 1]
    last = max(inside.rfind(sign) for sign in ",[{")
    return last >= 0 and bool(re.search(r"[\[{]", before) and _BETWEEN_TWO.fullmatch(inside, last))


def _holds(part: re.Pattern[str], text: str, start: int, end: int) -> bool:
    lines = text[start:end].split("\n")[1:]
    own = _column(text, start) if lines else 0
    return any(found and len(found[1]) <= own for found in map(part.match, lines))


def _column(text: str, start: int) -> int:
    """Return the column, from 0, that the lines of the text at `start` must be indented further than."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if line.strip():
        return _first_key(line)
    before = next((words for words in _upwards(text, start) if words), "")
    if before.endswith((":", "-")):
        return _first_key(before)
    # Between brackets we cannot tell from the lines; else it is itself a key, in quotation marks.
    return -1 if before.endswith(("[", "{", ",")) else len(line)


def _first_key(line: str) -> int:
    begun = _BEFORE.match(line)
    column = begun.end() if begun else 0
    return column if line[column:] else len(line.rstrip()) - 1


def _upwards(text: str, start: int) -> Iterator[str]:
    """Yield the lines above `start` from the last to the first, without comments."""
    end = text.rfind("\n", 0, start)
    while end >= 0:
        begin = text.rfind("\n", 0, end) + 1
        yield _COMMENT.sub("", text[begin:end]).rstrip()
        end = begin - 1
