"""Tables of HTML in a Markdown text, as tables of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from toolkit.articles.rewriting import Change, within

_TABLE = re.compile(r"(?i)<table\b[^<>]{0,2000}>")
_END = re.compile(r"(?i)</table\s*>")
_ROW = re.compile(r"(?is)<tr\b[^<>]{0,2000}>(?P<cells>.*?)(?=<tr\b|</tr\s*>|</?t(?:head|body|foot)\b|\Z)")
_CELL = re.compile(
    r"(?is)<(?P<kind>t[dh])\b(?P<rest>[^<>]{0,2000})>(?P<words>.*?)(?=<t[dh]\b|</t[dh]\s*>|\Z)"
)
_CAPTION = re.compile(r"(?is)<caption\b[^<>]{0,2000}>(?P<words>.*?)</caption\s*>")
_SPAN = re.compile(r"(?i)colspan\s*=\s*[\"']?(?P<n>\d{1,2})")
_LONGEST = 200_000  # characters of a table


def changes(text: str, begin: int, code: list[tuple[int, int]], inner: Callable[[str], str]) -> Iterator[Change]:
    """Yield each table of HTML from `begin` on as one of Markdown; `inner` writes what stands in a cell.

    A table in a table, one without an end, or one of a single column (which is how pages were laid out) is left.
    """
    at = begin
    for first in _TABLE.finditer(text, begin):
        last = _END.search(text, first.end(), first.end() + _LONGEST) if first.start() >= at else None
        if not last or within(first.start(), code) or _TABLE.search(text, first.end(), last.start()):
            continue
        inside = text[first.end() : last.start()]
        rows = [list(_cells(row["cells"], inner)) for row in _ROW.finditer(inside)]
        rows = [row for row in rows if any(row)]
        if not rows or max(map(len, rows)) < 2:
            continue
        caption = _CAPTION.search(inside)
        words = f"\n\n**{inner(caption['words']).strip()}**" if caption and inner(caption["words"]).strip() else ""
        yield Change(first.start(), last.end(), words + "\n\n" + _printed(rows) + "\n\n", "a table of HTML, written as Markdown")
        at = last.end()


def _cells(row: str, inner: Callable[[str], str]) -> Iterator[str]:
    for cell in _CELL.finditer(row):
        yield " ".join(inner(cell["words"]).split()).replace("|", "\\|")
        span = _SPAN.search(cell["rest"])
        yield from [""] * (min(int(span["n"]), 20) - 1 if span else 0)


def _printed(rows: list[list[str]]) -> str:
    width = max(map(len, rows))
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join((lines[0], "|" + " --- |" * width, *lines[1:]))
