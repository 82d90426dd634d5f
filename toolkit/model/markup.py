"""Markdown to rich text: CommonMark with tables, footnotes and pandoc's citations, and without HTML.

The notation of every text field and of the article. What the notation allows but a lesson does not
(raw HTML, odd links, nesting without end) comes back as problems beside the text, all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.tree import SyntaxTreeNode

from toolkit.model import characters, commonmark
from toolkit.model import text as t
from toolkit.model.citing import split_citations
from toolkit.model.commonmark import Problem
from toolkit.model.pointing import begun, split_references
from toolkit.model.quoting import quoted, short

__all__ = ["Markup", "Placed", "Problem", "blocks", "inlines", "problems", "read"]

# Tags, and what begins a comment, a declaration or a processing instruction.
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--|!\[CDATA\[|!DOCTYPE\b|\?[A-Za-z])")
_LOST_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_SCHEME = re.compile(r"(?i)(https?://[^/?#]|mailto:.|#.)")
# Stand-ins for characters that the author escaped, so that no citation is found in "\@home" or "\[". They are
# noncharacters: no text can hold them (see `characters`).
_ESCAPED = {"@": "\ufdd0", "[": "\ufdd1", "]": "\ufdd2", "<": "\ufdd3", "{": "\ufdd4"}
_RESTORE = str.maketrans({stand_in: char for char, stand_in in _ESCAPED.items()})


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
    root, lost = commonmark.parse(text, one_line=one_line)
    reader = _Reader(text, article=article)
    reader.gather_notes(root)
    if one_line:
        block = t.Paragraph(tuple(reader.inline(root.children[0].children)))
        placed = [Placed(block, 0, text.count("\n") + 1)]
    else:
        placed = list(reader.top(root))
    return Markup(tuple(placed), (*lost, *reader.problems))


class _Reader:
    """Turns markdown-it's tree into nodes and gathers problems on the way."""

    def __init__(self, text: str, *, article: bool) -> None:
        self.article = article
        self.problems: list[Problem] = []
        self._lines = text.split("\n")
        self._notes: dict[int, t.Blocks] = {}
        self._line = 0
        self._lifting = False
        self._inside = ""

    def gather_notes(self, root: SyntaxTreeNode) -> None:
        """Read the footnotes, which the parser puts behind the text."""
        self._inside = "a footnote"
        for node in root.children:
            if node.type == "footnote_block":
                for number, note in enumerate(node.children):
                    self._notes[note.meta.get("id", number)] = self.blocks(note.children)
        self._inside = ""
        self._line = 0

    def top(self, root: SyntaxTreeNode) -> Iterator[Placed]:
        """Yield the blocks of the text, with their lines."""
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
            case "bullet_list" | "ordered_list":
                yield self.items(node)
            case "blockquote":
                yield t.Quote(self._within("a quotation", node))
            case "fence" | "code_block":
                yield t.CodeBlock(node.content.rstrip("\n"))
            case "table":
                yield self.table(node)
            case "hr":
                yield t.Rule()
            case "footnote_anchor":
                return
            case other:  # pragma: no cover - the parser's rules are fixed above
                raise AssertionError(f"no block for {other}")

    def items(self, node: SyntaxTreeNode) -> t.Block:
        """Return a list of either sort."""
        items = tuple(self._within("a list", item) for item in node.children)
        if node.type == "bullet_list":
            return t.BulletList(items)
        return t.OrderedList(items, int(node.attrs.get("start", 1)))

    def _within(self, what: str, node: SyntaxTreeNode) -> t.Blocks:
        outside, self._inside = self._inside, self._inside or what
        inner = self.blocks(node.children)
        self._inside = outside
        return inner

    def heading(self, node: SyntaxTreeNode) -> t.Block:
        """Return a heading; report it where none may stand."""
        content = tuple(self.inline(node.children[0].children))
        if not self.article:
            self._problem("L212", "a heading: only the article has headings", needle="#", hint="write a paragraph")
        elif self._inside:
            self._problem("L212", f"a heading in {self._inside}", needle="#", hint="write **bold** words there")
        elif not t.plain(content).strip():
            self._problem("L210", "a heading without words", needle="#", hint="write the words, or delete the line")
        return t.Heading(int(node.tag[1:]), content)

    def paragraph(self, node: SyntaxTreeNode) -> Iterator[t.Block]:
        """Yield a paragraph without its pictures, and each of them as a figure."""
        inline = node.children[0]
        pictures = list(commonmark.pictures(inline))
        self._lifting = True
        content = tuple(self.inline(inline.children))
        self._lifting = False
        noted = any(isinstance(inner, t.Note) for inner in t.walk(content))
        if t.plain(content).strip() or noted or not pictures:
            yield t.Paragraph(content)
        for picture in pictures:
            if not self.article:
                self._problem("L212", "a picture: only the article shows pictures", needle="![")
            elif self._inside == "a footnote":
                self._problem("L212", "a picture in a footnote", needle="![")
            yield t.Figure(_file(str(picture.attrs.get("src", ""))), commonmark.spoken(picture), self._caption(picture))

    def _caption(self, picture: SyntaxTreeNode) -> t.Inlines:
        title = str(picture.attrs.get("title") or "")
        if not title:
            return ()
        self.problems += [replace(problem, line=self._line) for problem in problems(title, one_line=True)]
        return inlines(title)

    def table(self, node: SyntaxTreeNode) -> t.Block:
        head = node.children[0].children[0].children
        body = node.children[1].children if len(node.children) > 1 else []
        align = tuple(commonmark.alignment(cell) for cell in head)
        for row in body:
            self._count_cells(row, len(head))
        return t.Table(
            tuple(self._cell(cell) for cell in head),
            tuple(tuple(self._cell(cell) for cell in row.children) for row in body),
            align,
        )

    def _count_cells(self, row: SyntaxTreeNode, columns: int) -> None:
        """Report a row whose last cells the parser leaves out, because the heading has fewer."""
        line = row.map[0] if row.map else len(self._lines)
        written = self._lines[line].strip() if line < len(self._lines) else ""
        cells = commonmark.cells_in(written)
        if cells > columns:
            self._line = line
            message = f"this row has {cells} cells, the heading of the table {columns}"
            self._problem("L212", message, needle=written, hint="write \\| for the sign itself")

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
        for found in characters.refused(run.translate(_RESTORE)):
            code = commonmark.code_for(found[0], "\n".join(self._lines))
            self._problem("Y104", f"a code for {characters.name(found[0])}", needle=code, hint="delete it")
        for found in _HTML.finditer(run):
            hint = "write Markdown: *italic*, **bold**, lists, tables; or \\< for the sign itself"
            self._problem("L212", f"HTML in the text: {short(found[0])}", needle=found[0], hint=hint)
        for found in _LOST_NOTE.finditer(run):
            hint = f"add a line: {found[0]}: the note"
            self._problem("L212", f"the footnote {found[0]} has no text", needle=found[0], hint=hint)
        for piece in split_references(run):
            if isinstance(piece, t.LineReference):
                yield self._pointed(replace(piece, target=piece.target.translate(_RESTORE)))
            elif isinstance(piece, t.Text):
                yield from self._cited(piece.text)

    def _pointed(self, reference: t.LineReference) -> t.LineReference:
        if self.article:
            message = f"the article cannot point at a {reference.unit} of its own"
            self._problem("R320", message, needle=reference.target, hint="write \\{ for the sign itself")
        return reference

    def _cited(self, words: str) -> Iterator[t.Inline]:
        for left in begun(words):
            hint = 'write {line: section/2} or {line: "a few words of the article"}, without marks in it'
            self._problem("R320", f"the reference {quoted(left)} is not understood", needle=left, hint=hint)
        for node in split_citations(words):
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
                yield from self._note(node)
            case "image":
                if not self._lifting:
                    self._problem("L212", "a picture can only stand in a paragraph of the article", needle="![")
            case other:  # pragma: no cover - the parser's rules are fixed above
                raise AssertionError(f"no inline for {other}")

    def _note(self, node: SyntaxTreeNode) -> Iterator[t.Inline]:
        if self._inside == "a footnote":
            needle = f"[^{node.meta['label']}]" if node.meta.get("label") else "^["
            self._problem("L212", "a footnote in a footnote", needle=needle, hint="make them one")
        else:
            yield t.Note(self._notes.get(node.meta["id"], ()))

    def _link(self, node: SyntaxTreeNode) -> Iterator[t.Inline]:
        href = str(node.attrs.get("href", ""))
        content = tuple(self.inline(node.children))
        if not _SCHEME.match(href):
            hint = "a link begins with https://, http://, mailto: or #"
            message = f"the link to {quoted(href)} is not allowed" if href else "a link that leads nowhere"
            self._problem("L211", message, needle=href or "](", hint=hint)
            yield from content
        else:
            yield t.Link(content, normalizeLink(href))

    def _problem(self, code: str, message: str, *, needle: str = "", hint: str = "") -> None:
        self.problems.append(Problem(code, message, needle, hint, self._line))


def _file(address: str) -> str:
    """Return the name of the file that a picture's address means: Markdown writes a space as %20."""
    name = unquote(address)
    return address if any(characters.refused(name)) else name


def _characters(node: SyntaxTreeNode) -> str:
    """Return the characters of a node, with stand-ins for those that the author escaped."""
    if node.type == "text_special":
        return _ESCAPED.get(node.content, node.content)
    return commonmark.characters_of(node)
