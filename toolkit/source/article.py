"""The article: Markdown with headings, read into sections with an address for every block."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.model.lesson import Article, ArticleSection, anchor_of
from toolkit.source.limits import told


@dataclass(frozen=True)
class ReadArticle:
    """An article with the place of each block, and what is wrong with it."""

    article: Article
    spans: dict[str, Span]
    problems: tuple[Diagnostic, ...]


def read(text: str, file: str) -> ReadArticle:
    """Return the article that `text` holds.

    A single heading of level 1 at the top is the article's title. The sections under it are counted from
    level 2, without jumps, whatever marks the author used.
    """
    found = markup.read(text, article=True)
    lines = text.split("\n")
    placed = list(found.placed)
    title = _title(placed)
    if title:
        placed = placed[1:]
    reader = _Sections(file, lines)
    for block in placed:
        reader.add(block)
    problems = tuple(told(_diagnostic(problem, lines, file) for problem in found.problems))
    opening, sections = reader.done()
    article = Article(title, opening, sections)
    return ReadArticle(article, reader.spans, problems)


def _title(placed: list[markup.Placed]) -> t.Inlines:
    first_levels = [p.block for p in placed if isinstance(p.block, t.Heading) and p.block.level == 1]
    if placed and first_levels == [placed[0].block]:
        return first_levels[0].content
    return ()


def _diagnostic(problem: markup.Problem, lines: list[str], file: str) -> Diagnostic:
    """Return `problem` somewhere from its line on; `Positions` finds the place of its needle."""
    span = Span(file, problem.line + 1, 1, len(lines), len(lines[-1]) + 1)
    if not problem.needle:
        span = Span(file, problem.line + 1, 1)
    return Diagnostic(problem.code, problem.message, span, needle=problem.needle, hint=problem.hint)


class _Sections:
    """Gathers blocks under their headings."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.spans: dict[str, Span] = {}
        self._headings: list[tuple[t.Heading, str]] = []
        self._runs: list[list[t.Block]] = [[]]
        self._anchors: set[str] = set()

    def add(self, placed: markup.Placed) -> None:
        span = self._span(placed)
        if isinstance(placed.block, t.Heading):
            anchor = self._unique(anchor_of(t.plain(placed.block.content)))
            self._headings.append((placed.block, anchor))
            self._runs.append([])
            self.spans[address.join("article", anchor)] = span
            return
        anchor = self._headings[-1][1] if self._headings else "opening"
        run = self._runs[-1]
        place = address.join("article", anchor, len(run) + 1)
        self.spans[place] = span
        run.append(placed.block if isinstance(placed.block, t.Rule) else replace(placed.block, address=place))

    def done(self) -> tuple[t.Blocks, tuple[ArticleSection, ...]]:
        levels = _without_jumps([heading.level for heading, _ in self._headings])
        sections = tuple(
            ArticleSection(t.plain(heading.content).strip(), heading.content, level, anchor, tuple(run))
            for (heading, anchor), level, run in zip(self._headings, levels, self._runs[1:], strict=True)
        )
        return tuple(self._runs[0]), sections

    def _span(self, placed: markup.Placed) -> Span:
        end = min(placed.end, len(self.lines))
        while end > placed.line + 1 and not self.lines[end - 1].strip():  # the parser counts them to a list
            end -= 1
        return Span(self.file, placed.line + 1, 1, end, len(self.lines[end - 1]) + 1)

    def _unique(self, anchor: str) -> str:
        name, number = anchor, 2
        while name in self._anchors or name == "opening":
            name, number = f"{anchor}-{number}", number + 1
        self._anchors.add(name)
        return name


def _without_jumps(levels: list[int]) -> list[int]:
    """Return heading levels counted from 2, none more than one deeper than the one before (PDF/UA-1, 7.4.2)."""
    stack: list[int] = []
    closed = []
    for level in levels:
        while stack and stack[-1] >= level:
            stack.pop()
        stack.append(level)
        closed.append(min(len(stack) + 1, 6))
    return closed
