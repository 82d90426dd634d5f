"""The Markdown reader: every block of the source stays as it was written, and its lines are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from toolkit.articles import sorting
from toolkit.articles.chunks import Chunk, Item
from toolkit.articles.manuscript import Manuscript, Provenance, Shape
from toolkit.articles.passage import Account
from toolkit.articles.sources import Source

_SHAPES: dict[str, Shape] = {
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "dl_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "hr": "rule",
}
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*:\s*(?P<value>.*)")
_MARK = re.compile(r"\s{0,3}(?P<mark>[-+*•]|\d{1,9}[.)])\s+")
_PROVENANCE = {"author": "author", "authors": "author", "publisher": "publisher", "date": "date", "url": "url"}
_PROVENANCE |= {"source": "url", "license": "licence", "licence": "licence", "rights": "licence"}


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is Markdown."""
    if source.suffix in (".md", ".markdown", ".mdown", ".mkd"):
        return 0.9
    marks = sum(bool(re.match(r"#{1,6} \S|\[[^\]]+\]: |>\s|!\[", line)) for line in source.lines)
    return min(0.6, marks * 0.2)


def read(source: Source) -> Manuscript:
    """Return the article that a Markdown text holds."""
    lines = source.lines
    account = Account(lines)
    first, provenance, title = _front(lines, account)
    chunks = list(_chunks(lines, first))
    tops = [chunk for chunk in chunks if chunk.shape == "heading" and chunk.level == 1]
    if tops and (len(tops) == 1 or tops[0] is chunks[0]) and not title:
        title = tops[0].markdown
        account.whole(tops[0].lines[0], "kept", "title")
        for line in range(tops[0].lines[0] + 1, tops[0].lines[1] + 1):
            account.whole(line, "kept", "title")
        chunks.remove(tops[0])
    return sorting.manuscript("markdown", _plain(title), tuple(chunks), account, provenance)


def _front(lines: list[str], account: Account) -> tuple[int, Provenance, str]:
    """Return the line after the YAML block at the top, counted from 0, and what the block says."""
    if not lines or lines[0].strip() != "---":
        return 0, Provenance(), ""
    end = next((n for n, line in enumerate(lines[1:200], start=1) if line.strip() in ("---", "...")), 0)
    told = {m["key"].lower(): m["value"].strip(" \"'") for line in lines[1:end] if (m := _FIELD.match(line))}
    if not end or not told:
        return 0, Provenance(), ""
    for number in range(1, end + 2):
        account.whole(number, "kept", "front matter")
    found = {field: told[key] for key, field in _PROVENANCE.items() if told.get(key)}
    return end + 1, Provenance(**found), told.get("title", "")


def _chunks(lines: list[str], first: int) -> Iterator[Chunk]:
    """Yield the blocks from line `first`, counted from 0, on; lines that Markdown prints nowhere as notes."""
    parser = MarkdownIt("commonmark").enable("table").use(deflist_plugin)
    tokens = parser.parse("\n".join(lines[first:]))
    at = first
    for token in tokens:
        if token.level or token.map is None or token.nesting < 0:
            continue
        start, end = token.map[0] + first, token.map[1] + first
        if start < at:
            continue
        yield from _between(lines, at, start)
        while end > start + 1 and not lines[end - 1].strip():
            end -= 1
        yield from _chunk(token, lines, start, end)
        at = end
    yield from _between(lines, at, len(lines))


def _between(lines: list[str], start: int, end: int) -> Iterator[Chunk]:
    """Yield the lines that no token covers, such as the definitions of links and footnotes, as they stand."""
    for number in range(start, end):
        if lines[number].strip():
            yield Chunk("note", lines[number], (number + 1, number + 1))


def _chunk(token: Token, lines: list[str], start: int, end: int) -> Iterator[Chunk]:
    text = "\n".join(lines[start:end])
    span = (start + 1, end)
    if token.type == "heading_open":
        words = re.sub(r"^\s*#{1,6}\s*|\s+#+\s*$|\n[=-]+\s*$", "", text).strip()
        yield Chunk("heading", " ".join(words.split()), span, int(token.tag[1]))
    elif token.type == "dl_open":
        yield Chunk("list", text, span, items=tuple(_definitions(lines, start, end)))
    elif token.type.endswith("list_open"):
        yield Chunk("list", text, span, items=tuple(_items(lines, start, end)))
    else:
        yield Chunk(_SHAPES.get(token.type, "paragraph"), text, span)


def _items(lines: list[str], start: int, end: int) -> Iterator[Item]:
    mark, line = "", start
    rows: list[str] = []
    for number in range(start, end):
        found = _MARK.match(lines[number])
        if found and (not mark or len(lines[number]) - len(lines[number].lstrip()) < 2):
            if mark:
                yield Item(mark, tuple(rows), line + 1)
            mark, rows, line = found["mark"], [lines[number][found.end() :]], number
        else:
            rows.append(lines[number])
    yield Item(mark, tuple(rows), line + 1)


def _definitions(lines: list[str], start: int, end: int) -> Iterator[Item]:
    term, line = "", start
    means: list[str] = []
    for number in range(start, end):
        words = lines[number].strip()
        if words.startswith((": ", "~ ", ":\t")):
            means.append(words[1:].strip())
        elif words and means and (lines[number].startswith((" ", "\t")) or not _defines(lines, number, end)):
            means.append(words)
        elif words:
            if term and means:
                yield Item("", (term,), line + 1, " ".join(means))
                term, means = "", []
            term, line = (f"{term}, {words}" if term else words), number
    yield Item("", (term,), line + 1, " ".join(means))


def _defines(lines: list[str], number: int, end: int) -> bool:
    """Return whether a definition follows the line `number`, so that it is a term."""
    following = [line.strip() for line in lines[number + 1 : end] if line.strip()]
    return any(words.startswith((": ", "~ ", ":\t")) for words in following[:2])


def _plain(words: str) -> str:
    return re.sub(r"(?<!\\)[*_`]|\\(?=[^\w\s])", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)).strip()
