"""Markdown to a syntax tree: the parser as a lesson sets it, and what it gives up on or leaves out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.model.text import Alignment

DEEPEST = 20  # levels of nesting; WeasyPrint's recursion ends between 60 and 75 nested list items
LONGEST_RUN = 20_000  # characters of a paragraph
MOST_BRACKETS = 20_000  # of a text; markdown-it tries to read a link at each, which is most of its time


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that a lesson does not allow. `line` counts from 0 within the text."""

    code: str
    message: str
    needle: str = ""
    hint: str = ""
    line: int = 0


def parse(text: str, *, one_line: bool) -> tuple[SyntaxTreeNode, list[Problem]]:
    """Return `text` as markdown-it's tree, and what the tree does not hold of it.

    `one_line` reads no block structure.
    """
    parser = _parser()
    environment: dict[str, Any] = {}
    tokens = parser.parseInline(text, environment) if one_line else parser.parse(text, environment)
    problems = [*environment["long"], *_too_deep(tokens), *_lost_notes(environment)]
    return SyntaxTreeNode(tokens), problems


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "typographer": False, "maxNesting": DEEPEST}
    parser = MarkdownIt("js-default", options).use(footnote_plugin)
    parser.disable(["strikethrough", "text_join"])
    parser.core.ruler.before("inline", "before_inline", _before_inline)
    # Links are judged by `markup`, which can say why one is refused, in the words that the author wrote.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # the documented way to set the hook
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]  # the documented way to set the hook
    return parser


def _before_inline(state: StateCore) -> None:
    """Note where footnotes are defined, which the parser forgets, and keep it from runs without end."""
    state.env["defined"] = []
    kept: list[Token] = []
    depth = 0
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            state.env["defined"].append((str(token.meta["label"]), _line(token), depth))
        note = token.type.startswith("footnote_reference")
        depth += min(token.nesting, 0) if note else 0
        if not (note and depth):  # a footnote in a footnote, which the plugin would take apart wrongly
            kept.append(token)
        depth += max(token.nesting, 0) if note else 0
    state.tokens = kept
    runs = [token for token in state.tokens if token.type == "inline"]
    state.env["long"] = list(_too_long(runs))


def _too_long(runs: list[Token]) -> Iterator[Problem]:
    """Yield a problem for each run that is not read, and cut it off."""
    brackets = sum(token.content.count("[") for token in runs)
    if brackets > MOST_BRACKETS:
        message = f"a text of {brackets:,} opening brackets; at most {MOST_BRACKETS:,} are read"
        yield Problem("L210", message, line=next(_line(token) for token in runs if "[" in token.content))
    for token in runs:
        length = len(token.content)
        if length > LONGEST_RUN:
            message = f"a paragraph of {length:,} characters; at most {LONGEST_RUN:,} are printed"
            yield Problem("L210", message, hint="divide it with an empty line", line=_line(token))
        if length > LONGEST_RUN or brackets > MOST_BRACKETS:
            token.content = token.content[:80].replace("[", "")


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _too_deep(tokens: list[Token]) -> Iterator[Problem]:
    """Yield a problem where nesting is deeper than the parser follows, or than a tree can be walked."""
    deep = next((token for token in tokens if token.level >= DEEPEST - 1), None)
    if deep:
        hint = "use at most eight levels"  # a list takes two of the parser's
        yield Problem("L212", "lists or quotations nested too deeply", hint=hint, line=_line(deep))
    for token in tokens:
        if token.children and max(child.level for child in token.children) >= DEEPEST:
            hint = "mark a word only once"
            yield Problem("L212", "emphasis nested too deeply", hint=hint, line=_line(token))
            token.children = []


def _lost_notes(environment: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each footnote whose text the parser leaves out."""
    referenced = environment.get("footnotes", {}).get("refs", {})
    seen: set[str] = set()
    for label, line, depth in environment["defined"]:
        needle = f"[^{label}]:"
        if label in seen:
            message = f"the footnote [^{label}] is written twice"
            yield Problem("L212", message, needle, "keep one of them", line)
        elif depth:
            message = f"the footnote [^{label}] is written in another footnote"
            yield Problem("L212", message, needle, "begin a line with it", line)
        elif referenced.get(f":{label}", -1) < 0:
            message = f"nothing refers to the footnote [^{label}]"
            yield Problem("L212", message, needle, f"write [^{label}] where it belongs, or delete it", line)
        seen.add(label)


# -- questions about the tree ------------------------------------------------------------------------


def characters_of(node: SyntaxTreeNode) -> str:
    """Return the characters of a node without inner nodes; the end of a line is a space."""
    return " " if node.type in {"softbreak", "hardbreak"} else node.content


def pictures(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """Yield the pictures in a paragraph. One in the alternative text of another is only its words."""
    for child in node.children:
        if child.type == "image":
            yield child
        else:
            yield from pictures(child)


def spoken(picture: SyntaxTreeNode) -> str:
    """Return the alternative text of a picture, without marks."""
    inner = (node for node in picture.walk() if node is not picture and not node.is_nested)
    return "".join(characters_of(node) for node in inner if node.type != "image").strip()


def code_for(char: str, text: str) -> str:
    """Return the code in `text` that stands for `char`: "&#x202e;"."""
    codes = (code for code in re.findall(r"&#?\w+;", text) if html.unescape(code) == char)
    return next(codes, "")


def cells_in(row: str) -> int:
    """Return how many cells the line of a table has, whether or not it begins and ends with a bar."""
    row = row.lstrip("> ").rstrip()
    return len(escapedSplit(row)) - row.startswith("|") - (row.endswith("|") and len(row) > 1)


def alignment(cell: SyntaxTreeNode) -> Alignment:
    """Return how the cells under the heading `cell` of a table are set."""
    style = str(cell.attrs.get("style", ""))
    if "right" in style:
        return "right"
    if "center" in style:
        return "center"
    return "left" if "left" in style else ""
