"""The report of an import: what became of every character of the source, and what a person should look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from toolkit.articles.draft import Drawn
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.sources import Source

_WIDTH = 80
_MOST = 40  # lines of removed pieces in the text report; the JSON has them all


def data(manuscript: Manuscript, source: Source, drawn: Drawn) -> dict[str, Any]:
    """Return the report as plain data: the counts, what was removed, the doubts, and a fate for every piece."""
    lines = manuscript.text.split("\n") if manuscript.text else source.lines
    sizes = Counter({"kept": 0, "removed": 0, "layout": 0})
    for piece in manuscript.pieces:
        sizes[piece.fate] += piece.end - piece.start
    return {
        "source": source.name,
        "reader": manuscript.reader,
        "encoding": "converted to Markdown" if manuscript.text else source.decoded.encoding,
        "accounted": "the Markdown that the source was turned into" if manuscript.text else "the source",
        "lines": len(lines),
        "characters": {"all": sum(map(len, lines)), **sizes},
        "found": {name: count for name, count in _found(manuscript, drawn) if count},
        "removed": [
            {"line": p.line, "column": p.start + 1, "text": lines[p.line - 1][p.start : p.end], "why": p.about}
            for p in manuscript.pieces
            if p.fate == "removed"
        ]
        + [
            {"line": line, "column": column, "text": "", "why": why}
            for line, column, why in (() if manuscript.text else source.decoded.removed)
        ],
        "proposed": list(manuscript.proposed),
        "doubts": [asdict(doubt) for doubt in manuscript.doubts],
        "pieces": [asdict(piece) for piece in manuscript.pieces],
    }


def _found(manuscript: Manuscript, drawn: Drawn) -> Iterator[tuple[str, int]]:
    shapes = Counter(block.shape for block in manuscript.blocks)
    shapes["heading"] -= len(manuscript.proposed)
    yield from ((f"{shape}s", shapes[shape]) for shape in ("paragraph", "heading", "list", "quote", "table", "figure"))
    for name in ("people", "places", "categories", "keywords", "index", "objectives", "questions", "terms"):
        yield name, len(getattr(manuscript, name))
    yield from (("images", len(manuscript.images)), ("dated events", len(drawn.happenings)))
    yield from (("references", len(manuscript.references)), ("related", len(manuscript.related)))


def text(manuscript: Manuscript, source: Source, drawn: Drawn) -> str:
    """Return the report for a person, at most 80 columns wide."""
    told = data(manuscript, source, drawn)
    sizes = told["characters"]
    guessed = "" if manuscript.text or source.decoded.certain else " (a guess)"
    lines = [f"{source.name}: read as {manuscript.reader}, {told['encoding']}{guessed}, {told['lines']} lines"]
    lines += _wrapped("found", ", ".join(f"{count} {_name(name, count)}" for name, count in told["found"].items()))
    parts = " + ".join(f"{sizes[fate]:,} {fate}" for fate in ("kept", "removed", "layout"))
    sums = f"{sizes['all']:,} characters = {parts}"
    lines.append(f"  account   {sums}")
    for entry in told["removed"][:_MOST]:
        lines += _wrapped("removed", f"line {entry['line']}: {_short(entry['text'])}: {entry['why']}")
    if len(told["removed"]) > _MOST:
        lines.append(f"  removed   and {len(told['removed']) - _MOST} more; --report-format json has them all")
    if manuscript.proposed:
        lines += _wrapped("proposed", f"{len(manuscript.proposed)} headings, as the source has none: name them")
    for doubt in manuscript.doubts:
        lines += _wrapped("review", f"line {doubt.line}: {_short(doubt.words)}: {doubt.question}")
    return "\n".join(lines)


def _name(name: str, count: int) -> str:
    singular = {"people": "person", "categories": "category", "index": "index term", "related": "related title"}
    if count == 1:
        return singular.get(name, name.removesuffix("s"))
    return {"index": "index terms", "related": "related titles"}.get(name, name)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"


def _wrapped(label: str, words: str) -> list[str]:
    import textwrap

    return textwrap.wrap(words, _WIDTH, initial_indent=f"  {label:<10}", subsequent_indent=" " * 14)
