"""The Markdown reader: every block of the source stays as it was written, and its lines are known.

What a lesson's article does not allow is written otherwise or taken out, and accounted for: HTML, links into the
site that the source stood in, references to records that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from toolkit.articles import front, links, rewriting, sorting, tags
from toolkit.articles.chunks import Chunk
from toolkit.articles.manuscript import Doubt, Manuscript, Provenance
from toolkit.articles.markdown_blocks import chunks as blocks_of
from toolkit.articles.markdown_blocks import with_guessed_headings
from toolkit.articles.passage import Account
from toolkit.articles.purposes import purpose
from toolkit.articles.rewriting import Change
from toolkit.articles.sources import Source

# "##Causes", which most programs take for a heading though CommonMark does not.
_GLUED = re.compile(r"(?m)(?:\A|(?<=\n\n)|(?<=^\n))(?P<marks>#{1,6})(?=[A-Z0-9*“\"'‘][^\n]{0,120}(?:\n\n|\n?\Z))")


def likely(source: Source) -> float:
    """Return how sure it is, from 0 to 1, that the source is Markdown."""
    if source.suffix in (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd"):
        return 0.9
    marks = sum(
        bool(re.match(r"#{1,6} \S|\[[^\]\s]{1,300}\]: \S|>\s|!\[|```", line)) for line in source.lines[:5000]
    )
    underlined = len(re.findall(r"(?m)^\w.{2,80}\n(?:={3,}|-{3,})$", source.decoded.text[:500_000]))
    return min(0.6, (marks + 2 * underlined) * 0.2)


def read(source: Source) -> Manuscript:
    """Return the article that a Markdown text holds."""
    account = Account(source.lines)
    first, told = front.read(account.lines, account)
    return manuscript(account, first, told.get("title", ""), front.provenance(told), "markdown")


def manuscript(
    account: Account, first: int, title: str, provenance: Provenance, reader: str, behind: int = 0
) -> Manuscript:
    """Return the article in the lines of `account` from `first`, counted from 0, on, but for the last `behind`.

    `title` and `provenance` are told elsewhere. The last lines are entered already.
    """
    lines = account.lines[: len(account.lines) - behind]
    text = rewriting.rewritten("\n".join(lines), _changes(lines, first, provenance.url), account)
    start = next((n for n, origin in enumerate(text.origin) if origin > first), len(text.lines))
    doubts: list[Doubt] = []
    found: list[Chunk] = []
    for chunk, guessed in with_guessed_headings(list(blocks_of(text, start))):
        found.append(chunk)
        if guessed:
            doubts.append(Doubt(chunk.lines[0], chunk.markdown, "taken for a heading"))
    title, found = _title(_plain(title), found, account)
    made = sorting.manuscript(reader, title, tuple(found), account, provenance)
    return replace(made, doubts=tuple(sorted((*made.doubts, *doubts), key=lambda doubt: doubt.line)))


def _changes(lines: list[str], first: int, base: str) -> Iterator[Change]:
    text = "\n".join(lines)
    begin = sum(len(line) + 1 for line in lines[:first])
    code = rewriting.code(text)
    yield from tags.changes(text, begin, code)
    yield from links.changes(text, begin, code, base if re.match(r"https?://", base) else "")
    for found in _GLUED.finditer(text, begin):
        if not rewriting.within(found.start(), code):
            yield Change(found.end(), found.end(), " ")


def _title(title: str, found: list[Chunk], account: Account) -> tuple[str, list[Chunk]]:
    """Return the title and the chunks without it: the heading of level 1, or the only one of the highest level."""
    headings = [chunk for chunk in found if chunk.shape == "heading"]
    tops = [chunk for chunk in headings if chunk.level == 1]
    above = headings and all(chunk.level > headings[0].level for chunk in headings[1:])
    top = None
    if tops and (len(tops) == 1 or tops[0] is found[0]):
        top = tops[0]
    elif above and headings[0] is found[0] and not purpose(headings[0].markdown):
        top = headings[0]
    if not top or (title and _plain(top.markdown).casefold() != title.casefold()):
        return title, found
    for line in range(top.lines[0], top.lines[1] + 1):
        account.whole(line, "kept", "title")
    return title or _plain(top.markdown), [chunk for chunk in found if chunk is not top]


def _plain(words: str) -> str:
    words = re.sub(r"\[\^[^\]]*\]", "", re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words))
    return re.sub(r"(?<!\\)[*`]|(?<![\\\w])_|(?<!\\)_(?!\w)|\\(?=[^\w\s])", "", words).strip()
