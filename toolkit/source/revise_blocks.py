"""A run of words in Markdown of several blocks: found by its place, and changed on its own lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markdown_it.tree import SyntaxTreeNode

from toolkit.model import commonmark, markup
from toolkit.model import text as t
from toolkit.source.revise_lines import filled, refilled, width_of

_CELL = re.compile(r"(?:\\.|[^|\\])+")
_SOFT = re.compile(r"(?<!\\)(?<!  )\n[ \t]*")
_FEWEST_COLUMNS = 60

Change: TypeAlias = Callable[[str], str | None]
"""What makes of the Markdown of a run the one with an edit; None where there is none."""


@dataclass(frozen=True, slots=True)
class Run:
    """The Markdown of a run of words: lines `first` to `end` of the text, counted from 0.

    `cell` is the column of a table's cell, counted from 0, and -1 for a run that is none.
    """

    markdown: str
    first: int
    end: int
    cell: int = -1

    @property
    def words(self) -> str:
        """Return the Markdown in one line, forced new lines left."""
        return _SOFT.sub(" ", self.markdown)


def find(text: str, block: int, steps: Sequence[int]) -> Run | None:
    """Return the run at `steps` inside the block that begins on line `block`, counted from 0; None for no such run."""
    root, _ = commonmark.parse(text, one_line=False)
    node = next((node for node in root.children if node.map and node.map[0] == block), None)
    return _run(node, tuple(steps)) if node else None


def line_of(text: str, position: int, *, article: bool = False) -> int | None:
    """Return the line, counted from 0, on which the block at `position` of `text` begins; None for no such block."""
    placed = markup.read(text, article=article).placed
    return placed[position - 1].line if 0 < position <= len(placed) else None


def _run(node: SyntaxTreeNode, steps: tuple[int, ...]) -> Run | None:
    match node.type, steps:
        case ("paragraph" | "heading", ()):
            inline = node.children[0]
            return Run(inline.content, *(inline.map or node.map or (0, 0)))
        case ("bullet_list" | "ordered_list", (item, *rest)):
            return _child(node, item, lambda found: _in_item(found, tuple(rest)))
        case ("blockquote", ()):
            return _child(node, 1, lambda found: _run(found, ()))
        case ("blockquote", (position, *rest)):
            return _child(node, position, lambda found: _run(found, tuple(rest)))
        case ("table", (row, *cell)):
            return _cell(node, row, cell[0] - 1 if cell else 0)
        case _:
            return None


def _child(node: SyntaxTreeNode, position: int, then: Callable[[SyntaxTreeNode], Run | None]) -> Run | None:
    return then(node.children[position - 1]) if 0 < position <= len(node.children) else None


def _in_item(item: SyntaxTreeNode, steps: tuple[int, ...]) -> Run | None:
    """Return the run in an item of a list: its first paragraph has the address of the item."""
    if not steps:
        return _child(item, 1, lambda found: _run(found, ()) if found.type == "paragraph" else None)
    return _child(item, steps[0], lambda found: _run(found, steps[1:]))


def _cell(table: SyntaxTreeNode, row: int, column: int) -> Run | None:
    rows = [found for part in table.children for found in part.children]
    if not 0 <= row < len(rows) or not 0 <= column < len(rows[row].children):
        return None
    inline = rows[row].children[column].children
    first, end = rows[row].map or (0, 0)
    return Run(inline[0].content if inline else "", first, end, column)


def with_run(text: str, run: Run, words: str) -> str | None:
    """Return `text` with `words` in the place of `run`, None where another block would be read in another way."""
    lines = text.split("\n")
    ways = [_in_cell(lines[run.first], run, words)] if run.cell >= 0 else _lines(lines, run, words)
    before = markup.read(text, article=True).placed
    for way in ways:
        if way is None:
            continue
        made = "\n".join([*lines[: run.first], *way, *lines[run.end :]])
        after = markup.read(made, article=True)
        others = [
            (a.block, b.block) for a, b in zip(before, after.placed, strict=False) if not a.line <= run.first < a.end
        ]
        same = len(before) == len(after.placed) and all(a == b for a, b in others)
        found = next((placed.block for placed in after.placed if placed.line <= run.first < placed.end), None)
        kind = next((placed.block for placed in before if placed.line <= run.first < placed.end), None)
        if same and type(found) is type(kind) and _count(found) == _count(kind):
            return made
    return None


def _count(block: t.Block | None) -> int:
    return len(list(t.inlines_of(block))) if block else 0


def _lines(lines: Sequence[str], run: Run, words: str) -> list[list[str] | None]:
    """Return the ways to write a run: filled as it was, and each piece on one line."""
    raw = lines[run.first : run.end]
    old = run.markdown.split("\n")
    if len(old) > len(raw):
        return []
    places = [line.rfind(piece.strip()) for line, piece in zip(raw, old, strict=False)]
    if min(places, default=-1) < 0:
        return []
    heads = [line[:place] for line, place in zip(raw, places, strict=False)]
    tail = raw[0][places[0] + len(old[0].strip()) :] if len(old) == 1 else ""
    rest = heads[1] if len(heads) > 1 else re.sub(r"[^>\s]", " ", heads[0])
    pieces, former = words.split("\n"), _SOFT.sub("\x00", run.markdown).split("\n")
    width = width_of([piece.strip() for piece in old], _FEWEST_COLUMNS)
    made: list[str] = []
    for n, piece in enumerate(pieces):
        stood = [line.strip() for line in former[n].split("\x00")] if len(former) == len(pieces) else []
        made += refilled(stood, piece, width) if stood else filled(piece, width)
    return [_headed(body, heads[0], rest, tail) for body in (made, pieces)]


def _headed(body: Sequence[str], head: str, rest: str, tail: str) -> list[str]:
    found = [(head if n == 0 else rest) + line for n, line in enumerate(body)]
    return [*found[:-1], found[-1] + tail] if found else []


def _in_cell(line: str, run: Run, words: str) -> list[str] | None:
    cells = list(_CELL.finditer(line))
    if line.lstrip(" >").startswith("|") and cells and not cells[0][0].strip(" >"):
        cells = cells[1:]
    if run.cell >= len(cells):
        return None
    found = cells[run.cell]
    inner = found[0].strip()
    at = found.start() + (found[0].find(inner) if inner else 1)
    return [line[:at] + words.replace("|", "\\|") + line[at + len(inner) :]]
