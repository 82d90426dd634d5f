"""Markdown to rich text: CommonMark with tables, footnotes and pandoc's citations, and without HTML.

The notation of every text field and of the article. What the notation allows but a lesson does not
(raw HTML, odd links, nesting without end) comes back as problems beside the text, all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.model import text as t
from toolkit.model.citing import split_citations

DEEPEST = 20  # levels of nesting; WeasyPrint's recursion ends between 60 and 75 nested list items

_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?|!--.*?--)>", re.S)
_LOST_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_SCHEME = re.compile(r"(?i)(https?://|mailto:|#)")
# Stand-ins for characters that the author escaped, so that no citation is found in "\@home" or "\[".
_ESCAPED = {"@": "\ue000", "[": "\ue001", "]": "\ue002", "<": "\ue003"}
_RESTORE = str.maketrans({stand_in: char for char, stand_in in _ESCAPED.items()})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that a lesson does not allow. `line` counts from 0 within the text."""

    code: str
    message: str
    needle: str = ""
    hint: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the lines of the text that it stands on: `line` to `end`, counted from 0, exclusive."""

    block: t.Block
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """A text as it was read."""

    placed: tuple[Placed, ...]
    problems: tuple[Problem, ...]


def inlines(text: str) -> t.Inlines:
    """Return one line of Markdown as inline nodes."""
    placed = read(text, one_line=True).placed
    return placed[0].block.content if placed and isinstance(placed[0].block, t.Paragraph) else ()


def blocks(text: str) -> t.Blocks:
    """Return paragraphs of Markdown as block nodes."""
    return tuple(placed.block for placed in read(text).placed)


def problems(text: str, *, one_line: bool) -> tuple[Problem, ...]:
    """Return what a lesson field does not allow in `text`; empty where all is well."""
    return read(text, one_line=one_line).problems


@lru_cache(maxsize=4096)
def read(text: str, *, one_line: bool = False, article: bool = False) -> Markup:
    """Return `text` read as Markdown.

    `one_line` reads no block structure: the result is one paragraph. Only an `article` may hold headings
    and images.
    """
    reader = _Reader(article=article)
    parser = _parser()
    if one_line:
        tokens = parser.parseInline(text)
        block = t.Paragraph(tuple(reader.inline(SyntaxTreeNode(tokens).children[0].children)))
        placed = [Placed(block, 0, text.count("\n") + 1)]
    else:
        tokens = parser.parse(text)
        placed = list(reader.top(SyntaxTreeNode(tokens)))
    reader.note_depth(tokens)
    return Markup(tuple(placed), tuple(reader.problems))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "maxNesting": DEEPEST}
    parser = MarkdownIt("js-default", options).use(footnote_plugin)
    parser.disable(["strikethrough", "text_join"])
    # Links are judged by _link, which can say why one is refused.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way to set the hook
    return parser


class _Reader:
    """Turns markdown-it's tree into nodes and gathers problems on the way."""

    def __init__(self, *, article: bool) -> None:
        self.article = article
        self.problems: list[Problem] = []
        self._notes: dict[int, t.Blocks] = {}
        self._line = 0
        self._lifting = False

    def note_depth(self, tokens: list[Token]) -> None:
        """Report text nested so deeply that the parser gave up on it."""
        for token in tokens:
            if token.level >= DEEPEST - 1:
                line = token.map[0] if token.map else 0
                self.problems.append(Problem("L212", f"lists or quotations nested more than {DEEPEST // 2} deep", line=line))
                return

    def top(self, root: SyntaxTreeNode) -> Iterator[Placed]:
        for node in root.children:
            if node.type == "footnote_block":
                for number, note in enumerate(node.children):
                    key = note.meta.get("id", number)
                    self._notes[key] = self.blocks(note.children)
        for node in root.children:
            if node.type == "footnote_block":
                continue
            first, end = node.map or (self._line, self._line + 1)
            for block in self.block(node):
                yield Placed(block, first, end)

    def blocks(self, nodes: list[SyntaxTreeNode]) -> t.Blocks:
        return tuple(block for node in nodes for block in self.block(node))

    def block(self, node: SyntaxTreeNode) -> Iterator[t.Block]:
        if node.map:
            self._line = node.map[0]
        match node.type:
            case "paragraph":
                yield from self.paragraph(node)
            case "heading":
                yield self.heading(node)
            case "bullet_list":
                yield t.BulletList(tuple(self.blocks(item.children) for item in node.children))
            case "ordered_list":
                start = int(node.attrs.get("start", 1))
                yield t.OrderedList(tuple(self.blocks(item.children) for item in node.children), start)
            case "blockquote":
                yield t.Quote(self.blocks(node.children))
            case "fence" | "code_block":
                yield t.CodeBlock(node.content.rstrip("\n"))
            case "hr":
                yield t.Rule()
            case "table":
                yield self.table(node)
            case "footnote_anchor":
                return
            case other:  # pragma: no cover - the parser's rules are fixed above
                raise AssertionError(f"no block for {other}")

    def heading(self, node: SyntaxTreeNode) -> t.Block:
        content = tuple(self.inline(node.children[0].children))
        if not self.article:
            self._problem("L212", "a heading: only the article has headings", needle="#", hint="write a paragraph")
        return t.Heading(int(node.tag[1:]), content)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[t.Block]:
        inline = node.children[0]
        pictures = [child for child in inline.walk() if child.type == "image"]
        self._lifting = True
        content = tuple(self.inline(inline.children))
        self._lifting = False
        if t.plain(content).strip() or not pictures:
            yield t.Paragraph(content)
        for picture in pictures:
            if not self.article:
                self._problem("L212", "a picture: only the article shows pictures", needle="![")
            caption = inlines(str(picture.attrs.get("title", ""))) if picture.attrs.get("title") else ()
            alt = "".join(child.content for child in picture.children)
            yield t.Figure(str(picture.attrs.get("src", "")), alt.strip(), caption)

    def table(self, node: SyntaxTreeNode) -> t.Block:
        head = node.children[0].children[0].children
        body = node.children[1].children if len(node.children) > 1 else []
        align = tuple(_alignment(cell) for cell in head)
        return t.Table(
            tuple(self._cell(cell) for cell in head),
            tuple(tuple(self._cell(cell) for cell in row.children) for row in body),
            align,
        )

    def _cell(self, cell: SyntaxTreeNode) -> t.Inlines:
        return tuple(self.inline(cell.children[0].children)) if cell.children else ()

    def inline(self, nodes: list[SyntaxTreeNode]) -> Iterator[t.Inline]:
        run: list[str] = []
        for node in nodes:
            if node.type in {"text", "text_special", "softbreak"}:
                run.append(_characters(node))
                continue
            yield from self._text("".join(run))
            run.clear()
            yield from self._marked(node)
        yield from self._text("".join(run))

    def _text(self, run: str) -> Iterator[t.Inline]:
        if not run:
            return
        for found in _HTML.finditer(run):
            hint = "write Markdown: *italic*, **bold**, lists, tables"
            self._problem("L212", f"HTML in the text: {found[0][:40]}", needle=found[0], hint=hint)
        for found in _LOST_NOTE.finditer(run):
            hint = f"add a line: {found[0]}: the note"
            self._problem("L212", f"the footnote {found[0]} has no text", needle=found[0], hint=hint)
        for node in split_citations(run):
            yield t.Text(node.text.translate(_RESTORE)) if isinstance(node, t.Text) else node

    def _marked(self, node: SyntaxTreeNode) -> Iterator[t.Inline]:
        match node.type:
            case "em":
                yield t.Emphasis(tuple(self.inline(node.children)))
            case "strong":
                yield t.Strong(tuple(self.inline(node.children)))
            case "code_inline":
                yield t.Code(node.content)
            case "hardbreak":
                yield t.LineBreak()
            case "link":
                yield from self._link(node)
            case "footnote_ref":
                yield t.Note(self._notes.get(node.meta["id"], ()))
            case "image":
                if not self._lifting:
                    self._problem("L212", "a picture can only stand in a paragraph of the article", needle="![")
            case other:  # pragma: no cover - the parser's rules are fixed above
                raise AssertionError(f"no inline for {other}")

    def _link(self, node: SyntaxTreeNode) -> Iterator[t.Inline]:
        href = str(node.attrs.get("href", ""))
        content = tuple(self.inline(node.children))
        if not _SCHEME.match(href):
            hint = "a link begins with https://, http://, mailto: or #"
            self._problem("L211", f"the link to {href[:60]!r} is not allowed", needle=href, hint=hint)
            yield from content
        else:
            yield t.Link(content, href)

    def _problem(self, code: str, message: str, *, needle: str = "", hint: str = "") -> None:
        self.problems.append(Problem(code, message, needle, hint, self._line))


def _characters(node: SyntaxTreeNode) -> str:
    if node.type == "softbreak":
        return " "
    if node.type == "text_special":
        return _ESCAPED.get(node.content, node.content)
    return node.content


def _alignment(cell: SyntaxTreeNode) -> t.Alignment:
    style = str(cell.attrs.get("style", ""))
    if "right" in style:
        return "right"
    if "center" in style:
        return "center"
    return "left" if "left" in style else ""
