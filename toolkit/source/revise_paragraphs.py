"""Blocks of Markdown put in, taken out and moved: paragraphs of a section, items of a list, rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.tree import SyntaxTreeNode

from toolkit.model import commonmark, marking, markup
from toolkit.model.revision import Passage
from toolkit.source.revise_lines import filled

_NO_WRAP = 100_000
_LEAST_FILLED = 0.4  # of the paragraphs: then lines are filled in this text


@dataclass(frozen=True, slots=True)
class Blocks:
    """Blocks that stand under each other: the lines of each, counted from 0, the end not among them.

    `close` is whether no blank line stands between them; `head` is what is written before each.
    """

    ranges: tuple[tuple[int, int], ...]
    start: int
    close: bool = False
    head: str = ""


def prose(text: str) -> Blocks:
    """Return the blocks of a text of several paragraphs."""
    lines = text.split("\n")
    placed = markup.read(text).placed
    return Blocks(tuple(dict.fromkeys((p.line, trimmed(lines, p.line, p.end)) for p in placed)), 0)


def inside(text: str, line: int, steps: Sequence[int]) -> Blocks | None:
    """Return the items or rows of the list or table that begins on `line`; None where there is none."""
    root, _ = commonmark.parse(text, one_line=False)
    node = next((node for node in root.children if node.map and node.map[0] == line), None)
    for step in steps:
        if node is None or node.type not in {"bullet_list", "ordered_list", "list_item"} or step > len(node.children):
            return None
        node = node.children[step - 1]
    return _inside(text, node) if node else None


def _inside(text: str, node: SyntaxTreeNode) -> Blocks | None:
    lines = text.split("\n")
    if node.type in {"bullet_list", "ordered_list"}:
        ranges = tuple((item.map[0], trimmed(lines, *item.map)) for item in node.children if item.map)
        first = lines[ranges[0][0]]
        head = first[: len(first) - len(first.lstrip(" -+*0123456789.)"))]
        return Blocks(ranges, ranges[0][0], all(a[1] == b[0] for a, b in pairwise(ranges)), head)
    if node.type == "table" and len(node.children) > 1:
        ranges = tuple((row.map[0], row.map[1]) for row in node.children[1].children if row.map)
        return Blocks(ranges, ranges[0][0], True, "|") if ranges else None  # rows are close
    return None


def trimmed(lines: Sequence[str], first: int, end: int) -> int:
    """Return where a block that the parser ends at `end` ends without the blank lines behind it."""
    end = min(end, len(lines))
    while end > first + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def rearranged(text: str, blocks: Blocks, order: Sequence[int | tuple[str, ...]]) -> str:
    """Return `text` with `blocks` in another `order`; new ones are the lines they stand on."""
    lines = text.split("\n")
    chunks = [lines[first:end] for first, end in blocks.ranges]
    gap = [] if blocks.close else [""]
    if not blocks.ranges:
        body = [line for n, one in enumerate(order) for line in ([*(gap if n else ()), *_new(one)])]
        around = [""] if blocks.start else []
        return "\n".join([*lines[: blocks.start], *around, *body, *lines[blocks.start :]])
    gaps = [lines[a[1] : b[0]] for a, b in pairwise(blocks.ranges)]
    made: list[str] = []
    for n, one in enumerate(order):
        follows = n and isinstance(one, int) and order[n - 1] == one - 1
        made += gaps[one - 1] if follows and isinstance(one, int) else gap if n else []
        made += chunks[one] if isinstance(one, int) else one
    end = blocks.ranges[-1][1]
    if not order:
        while end < len(lines) and not lines[end].strip():
            end += 1
    return "\n".join([*lines[: blocks.ranges[0][0]], *made, *lines[end:]])


def _new(one: int | tuple[str, ...]) -> tuple[str, ...]:
    return one if isinstance(one, tuple) else ()


def width(text: str) -> int:
    """Return how many characters the lines of `text` are filled to; a great number where they are not filled."""
    runs = [run.split("\n") for run in text.split("\n\n") if run.strip() and run[0].isalpha()]
    many = [run for run in runs if len(run) > 1]
    if len(many) < _LEAST_FILLED * len(runs) or not many:
        return _NO_WRAP
    return max(len(line) for run in many for line in run)


def lines_of(passages: Sequence[Passage], blocks: Blocks, room: int) -> tuple[str, ...] | None:
    """Return the lines of a new block, None where Markdown has no way to write its words."""
    written = [marking.markdown(passage.words) for passage in passages]
    if not all(written):
        return None
    texts = [words for words in written if words]
    if blocks.head == "|":
        return ("| " + " | ".join(words.replace("|", "\\|") for words in texts) + " |",)
    if blocks.head:
        return (blocks.head + texts[0],)
    heads = {"bullet": "- ", "number": "1. ", "quote": "> ", "heading": "## "}
    head = heads.get(passages[0].role, "")
    rest = head if head == "> " else " " * len(head)
    found = [line for words in texts[0].split("\n") for line in filled(words, room - len(head))]
    return tuple((rest if n else head) + line for n, line in enumerate(found))
