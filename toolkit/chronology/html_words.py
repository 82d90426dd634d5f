"""One line of Markdown to HTML and back, as timelines on the web have it: italics, bold, and words.

What is read is checked by reading it again: where marks would not come out as they are meant, the words stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from toolkit.model import markup
from toolkit.model import text as t

_ITALIC: Final = frozenset({"i", "em", "cite"})
_BOLD: Final = frozenset({"b", "strong"})
_UNSEEN: Final = frozenset({"script", "style", "template"})
_INLINE: Final = frozenset({"a", "abbr", "small", "span", "sub", "sup", "u", "font"}) | _ITALIC | _BOLD
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>@~^$|#&{}])")
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def to_html(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Return a line of Markdown as HTML, and what of it is left out."""
    content = markup.inlines(markdown)
    lost = sorted({name for node in t.walk(content) if (name := _left_out(node))})
    return "".join(_html(content)), tuple(lost)


def _left_out(node: t.Inline) -> str:
    match node:
        case t.Citation():
            return "a citation"
        case t.Note():
            return "a footnote"
        case t.Code():
            return "typewriter type"
        case _:
            return ""


def _html(content: t.Inlines) -> Iterator[str]:
    for node in content:
        match node:
            case t.Emphasis(inner):
                yield f"<i>{''.join(_html(inner))}</i>"
            case t.Strong(inner):
                yield f"<b>{''.join(_html(inner))}</b>"
            case t.Link(inner, href):
                yield f'<a href="{html.escape(href)}">{"".join(_html(inner))}</a>'
            case t.Citation() | t.Note():
                continue
            case _:
                yield html.escape(t.plain((node,)), quote=False)


def to_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the words of a piece of HTML as one line of Markdown, and what of it is left out."""
    parser = _Words()
    parser.feed(text)
    parser.close()
    runs = list(_tidied(parser.runs))
    plain = "".join(words for words, _ in runs)
    lost = set(parser.lost)
    if not plain:
        return "", tuple(sorted(lost))
    for escaped in (_SPECIAL, _PUNCTUATION):
        line = "".join(_marked(escaped.sub(r"\\\1", words), marks) for words, marks in runs)
        if _reads_as(line, runs):
            return line, tuple(sorted(lost))
    return _PUNCTUATION.sub(r"\\\1", plain), tuple(sorted(lost | {"italics and bold"}))


def _reads_as(line: str, runs: list[tuple[str, str]]) -> bool:
    meant = [(letter, mark if letter != " " else "") for words, mark in runs for letter in words]
    return not markup.problems(line, one_line=True) and list(letters(markup.inlines(line))) == meant


def letters(content: t.Inlines, italic: int = 0, bold: int = 0) -> Iterator[tuple[str, str]]:
    """Yield each character with its marks: "*" where it is italic, "**" where it is bold, "***" where it is both."""
    for node in content:
        match node:
            case t.Emphasis(inner):
                yield from letters(inner, 1, bold)
            case t.Strong(inner):
                yield from letters(inner, italic, 2)
            case t.Link(inner, _):
                yield from letters(inner, italic, bold)
            case _:
                yield from ((letter, "*" * (italic + bold) if letter != " " else "") for letter in t.plain((node,)))


class _Words(HTMLParser):
    """Gathers the words of HTML with their marks, and the names of what has none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[tuple[str, str]] = []
        self.lost: set[str] = set()
        self._italic = self._bold = self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, 1)
        if tag == "a":
            self.lost.add("links")
        elif tag in {"img", "iframe", "video", "audio", "svg", "table"}:
            self.lost.add("pictures, films and tables")

    def handle_endtag(self, tag: str) -> None:
        self._open(tag, -1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.runs.append((" ", ""))

    def _open(self, tag: str, step: int) -> None:
        self._italic = max(0, self._italic + step * (tag in _ITALIC))
        self._bold = max(0, self._bold + step * (tag in _BOLD))
        self._unseen = max(0, self._unseen + step * (tag in _UNSEEN))
        if tag not in _INLINE:
            self.runs.append((" ", ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.runs.append((data, "*" * (bool(self._italic) + 2 * bool(self._bold))))


def _tidied(runs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the runs with single spaces, none at either end, and none at the edges of marked words."""
    marks = [mark for words, mark in runs for _ in words]
    text = re.sub(r"\s", " ", "".join(words for words, _ in runs))
    letters = [(a, "" if a == " " else mark) for a, mark in zip(text, marks, strict=True)]
    kept = [pair for n, pair in enumerate(letters) if pair[0] != " " or (n and letters[n - 1][0] != " ")]
    while kept and kept[-1][0] == " ":
        kept.pop()
    words, mark = "", ""
    for n, (letter, here) in enumerate(kept):
        inside = letter == " " and mark and n + 1 < len(kept) and kept[n + 1][1] == mark
        here = mark if inside else here
        if here != mark and words:
            yield words, mark
            words = ""
        words, mark = words + letter, here
    if words:
        yield words, mark


def _marked(words: str, marks: str) -> str:
    return f"{marks}{words}{marks}"
