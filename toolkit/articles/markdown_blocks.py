"""The blocks of a Markdown text as chunks, as a lesson's article has them: tables and footnotes, and lists of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Shape
from toolkit.articles.purposes import purpose
from toolkit.articles.rewriting import Rewritten

_SHAPES: dict[str, Shape] = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "dl_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "hr": "rule",
    "footnote_reference_open": "note",
}
_MARK = re.compile(r"\s*(?P<mark>[-+*•]|\d{1,9}[.)])(?:\s+|$)")
_MEANS = (": ", "~ ", ":\t")


def chunks(text: Rewritten, first: int) -> Iterator[Chunk]:
    """Yield the blocks from line `first`, counted from 0, on, with the lines of the source that they come from."""
    parser = MarkdownIt("js-default", {"html": False, "maxNesting": 20}).use(deflist_plugin).use(footnote_plugin)
    # Only the blocks are wanted here: what stands inside them is read by whoever reads the lesson.
    parser.core.ruler.disable(["inline", "footnote_tail", "linkify", "replacements", "smartquotes", "text_join"])
    lines = list(text.lines)
    at = first
    for token in parser.parse("\n".join(lines[first:])):
        if token.level or token.map is None or token.nesting < 0 or token.map[0] + first < at:
            continue
        start, end = token.map[0] + first, token.map[1] + first
        yield from _between(lines, at, start, text.origin)
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        yield from _chunk(token, lines, start, end, text.origin)
        at = end
    yield from _between(lines, at, len(lines), text.origin)


def _between(lines: list[str], start: int, end: int, origin: tuple[int, ...]) -> Iterator[Chunk]:
    """Yield the lines that no token covers, as paragraphs: nothing of a source is lost."""
    for number in range(start, end):
        if lines[number].strip():
            yield Chunk("paragraph", lines[number].strip(), (origin[number], origin[number]))


def _chunk(token: Token, lines: list[str], start: int, end: int, origin: tuple[int, ...]) -> Iterator[Chunk]:
    text = "\n".join(lines[start:end])
    span = (origin[start], origin[end - 1])
    if token.type == "heading_open":
        words = re.sub(r"^\s*#{1,6}\s*|(?:^|\s+)#+\s*$|\n\s*(?:=+|-+)\s*$", "", text).strip()
        yield Chunk("heading", " ".join(words.split()), span, int(token.tag[1]))
    elif token.type == "dl_open":
        items = tuple(_definitions(lines, start, end, origin))
        told = "\n".join(f"- **{item.text}**: {item.means}" if item.means else f"- {item.text}" for item in items)
        yield Chunk("list", told, span, items=items)
    elif token.type.endswith("list_open"):
        yield Chunk("list", text, span, items=tuple(_items(lines, start, end, origin)))
    elif token.type == "footnote_reference_open":
        yield Chunk("note", text.strip(), span, items=(Item(str(token.meta["label"]), (_note(text),), span[0]),))
    elif token.type == "table_open":
        yield Chunk("table", text, span, items=tuple(_rows(lines, start, end, origin)))
    else:
        yield Chunk(_SHAPES.get(token.type, "paragraph"), text, span)


def _items(lines: list[str], start: int, end: int, origin: tuple[int, ...]) -> Iterator[Item]:
    deep = _indent(lines[start]) + 2
    mark, line = "", start
    rows: list[str] = []
    for number in range(start, end):
        found = _MARK.match(lines[number])
        if found and (not mark or _indent(lines[number]) < deep):
            if mark:
                yield Item(mark, tuple(rows), origin[line])
            mark, rows, line = found["mark"], [lines[number][found.end() :]], number
        else:
            rows.append(lines[number])
    yield Item(mark, tuple(rows), origin[line])


def _definitions(lines: list[str], start: int, end: int, origin: tuple[int, ...]) -> Iterator[Item]:
    term, line = "", start
    means: list[str] = []
    for number in range(start, end):
        words = lines[number].strip()
        if words.startswith(_MEANS):
            means.append(words[1:].strip())
        elif words and means and (lines[number].startswith((" ", "\t")) or not _defines(lines, number, end)):
            means.append(words)
        elif words:
            if term and means:
                yield Item("", (term,), origin[line], " ".join(means))
                term, means = "", []
            term, line = (f"{term}, {words}" if term else words), number
    yield Item("", (term,), origin[line], " ".join(means))


def _defines(lines: list[str], number: int, end: int) -> bool:
    """Return whether a definition follows the line `number`, so that it is a term."""
    following = [line.strip() for line in lines[number + 1 : min(end, number + 8)] if line.strip()]
    return any(words.startswith(_MEANS) for words in following[:2])


def _rows(lines: list[str], start: int, end: int, origin: tuple[int, ...]) -> Iterator[Item]:
    """Yield the rows of a table of two columns under its heading: the first cell, and the second as its meaning."""
    for number in range(start + 2, end):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", lines[number].strip().strip("|"))]
        yield Item("|", (cells[0],), origin[number], cells[1] if len(cells) == 2 else "")


def _note(text: str) -> str:
    words = re.sub(r"^\s*\[\^[^\]]+\]:\s*", "", text)
    return " ".join(words.split())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def with_guessed_headings(found: list[Chunk]) -> Iterator[tuple[Chunk, bool]]:
    """Yield each chunk, and whether it is a paragraph that was taken for a heading.

    A paragraph that is bold from end to end, short and without a stop, with text behind it, is what writers
    make for a heading where they know no other way; so is "Discussion Questions:" above a list.
    """
    level = 2
    behind_figure = False
    for chunk, after in pairwise([*found, None]):
        assert chunk
        words = _bold(chunk) if after and after.shape not in ("heading", "rule") else ""
        named = chunk.shape == "paragraph" and after is not None and "\n" not in chunk.markdown
        if words and not behind_figure:
            yield Chunk("heading", words, chunk.lines, level if purpose(words) else min(level + 1, 6)), True
        elif named and after and after.shape == "list" and len(chunk.markdown) < 60 and purpose(chunk.markdown):
            yield Chunk("heading", chunk.markdown.strip("*_ :"), chunk.lines, level), True
        else:
            level = chunk.level or level
            yield chunk, False
        behind_figure = chunk.shape == "paragraph" and chunk.markdown.lstrip().startswith("![")


def _bold(chunk: Chunk) -> str:
    found = re.fullmatch(r"(?P<mark>\*\*|__)(?P<words>[^*_\n]{2,90})(?P=mark):?", chunk.markdown.strip())
    if chunk.shape != "paragraph" or not found:
        return ""
    words = found["words"].strip()
    sentence = re.search(r"[.!?;,][”\"’)]*$", words) or re.match(r"(?:By|Table|Figure|Fig\.|Note|Source|Box)\b", words)
    return "" if sentence or len(words.split()) > 12 else words.rstrip(":")
