"""What tests of the readers share: a draft is valid, and no character of the source is lost."""

from __future__ import annotations

from dataclasses import replace

from toolkit.articles import draft
from toolkit.articles.manuscript import Manuscript
from toolkit.articles.markdown_text import escaped
from toolkit.articles.readers import guess, read_named
from toolkit.articles.sources import Source
from toolkit.model import markup
from toolkit.source import article


def read(text: str, reader: str = "md") -> Manuscript:
    """Return the manuscript of a text, which is whole and good."""
    source = Source(f"text.{reader}", text.encode())
    manuscript = read_named(reader, source)
    check(source, manuscript)
    return manuscript


def guessed(name: str, data: bytes) -> Manuscript:
    """Return the manuscript of a file, by the reader that is guessed for it."""
    source = Source(name, data)
    manuscript = read_named(guess(source), source)
    check(source, manuscript)
    return manuscript


def check(source: Source, manuscript: Manuscript) -> None:
    """Assert that the article is one a lesson allows, and that the pieces are the source."""
    assert problems(manuscript) == []
    lines = manuscript.text.split("\n") if manuscript.text else source.lines
    told = [""] * len(lines)
    for piece in manuscript.pieces:
        assert piece.start == len(told[piece.line - 1]), f"line {piece.line} in order"
        told[piece.line - 1] += lines[piece.line - 1][piece.start : piece.end]
    assert told == lines


def problems(manuscript: Manuscript) -> list[str]:
    """Return what a lesson would refuse: of the article, and of what was taken out of it."""
    blocks = manuscript.blocks
    titled = replace(manuscript, title=escaped(manuscript.title))
    found = [problem.message for problem in article.read(draft.article(titled), "article.md").problems]
    fields = [one.prompt for one in manuscript.questions]
    fields += [option for one in manuscript.questions for option in one.options]
    fields += [words for one in manuscript.terms for words in (one.term, one.means)]
    fields += [one.words for one in manuscript.references]
    fields += [*manuscript.objectives, *manuscript.related, *(one.caption for one in manuscript.images)]
    found += [f"{problem.message}: {words}" for words in fields for problem in markup.problems(words, one_line=True)]
    assert all(block.markdown.strip() for block in blocks)
    return found


def headings(manuscript: Manuscript) -> list[str]:
    """Return the headings of the article."""
    return [block.markdown for block in manuscript.blocks if block.shape == "heading"]


def paragraphs(manuscript: Manuscript) -> list[str]:
    """Return the paragraphs of the article."""
    return [block.markdown for block in manuscript.blocks if block.shape == "paragraph"]
