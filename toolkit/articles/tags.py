"""HTML in a Markdown text: what Markdown has a mark for is written so, the rest is taken out. A lesson has none.

Elements and their attributes are those of the HTML standard (WHATWG, "The elements of HTML").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from types import MappingProxyType
from typing import Final

from toolkit.articles import html_tables
from toolkit.articles.rewriting import Change, within

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[\s/][^<>]{0,4000})?)>")
_ATTRIBUTE = re.compile(r"\s*(?P<key>[^\s=\"'/]+)\s*(?:=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_OTHER = re.compile(r"<(?:![A-Za-z\[][^<>]{0,500}|\?[A-Za-z][^<>]{0,500}\??)>")
_LEFT = re.compile(r"(?<!\\)<(?=!--|!\[CDATA\[|!DOCTYPE\b|\?[A-Za-z]|/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,4000})?/?>)")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:|[\w.+-]+@)[^\s<>]*>")
# Elements that hold nothing of the text.
_HIDDEN: Final = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "form")
_MARKS: Final = MappingProxyType(
    dict.fromkeys(("em", "i", "cite", "dfn", "var"), "*")
    | dict.fromkeys(("strong", "b"), "**")
    | dict.fromkeys(("code", "kbd", "samp", "tt"), "`")
)
# What stands in the place of a tag: (of the first, of the last).
_BLOCKS: Final = MappingProxyType(
    dict.fromkeys(
        (
            "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "center", "figure", "ul", "ol",
            "dl", "blockquote", "table", "thead", "tbody", "tfoot", "details", "summary", "address", "pre", "body",
            "html", "head", "title", "fieldset",
        ),
        ("\n\n", "\n\n"),
    )
    | {"li": ("\n- ", ""), "tr": ("\n- ", ""), "td": ("", "; "), "th": ("", "; ")}
    | {"dt": ("\n- **", "**: "), "dd": ("", "\n"), "figcaption": ("\n\n*", "*\n\n"), "caption": ("\n\n**", "**\n\n")}
    | {f"h{n}": ("\n\n" + "#" * n + " ", "\n\n") for n in range(1, 7)}
    | {"hr": ("\n\n---\n\n", ""), "q": ("“", "”")}
)  # fmt: skip  # the names read by what they share
_SILENT: Final = frozenset(
    {
        "span", "font", "u", "small", "big", "abbr", "acronym", "time", "mark", "ins", "del", "s", "strike", "bdi",
        "bdo", "sub", "sup", "a", "img", "br", "wbr", "meta", "link", "input", "label", "button", "col", "colgroup",
        "picture", "source", "video", "audio", "track", "data", "ruby", "rt", "rp", "map", "area", "base", "nobr", "o",
    }
)  # fmt: skip  # as above
_RAISED: Final = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


def changes(text: str, begin: int, code: list[tuple[int, int]]) -> Iterator[Change]:
    """Yield how the HTML in `text` from `begin` on is written in Markdown. Nothing in `code` is HTML."""
    hidden = sorted(_hidden(text, begin, code))
    yield from (Change(start, end, "", why) for start, end, why in hidden)
    aside = sorted([(start, end) for start, end, _ in hidden] + code)
    for other in _OTHER.finditer(text, begin):
        if not within(other.start(), aside):
            yield Change(other.start(), other.end(), "", "a declaration of HTML")
    tables = list(html_tables.changes(text, begin, aside, _inner))
    yield from tables
    aside = sorted(aside + [(table.start, table.end) for table in tables])
    tags = [tag for tag in _TAG.finditer(text, begin) if not within(tag.start(), aside)]
    known = [tag for tag in tags if _is_known(tag)]
    yield from _written(text, known)
    told = {tag.start() for tag in known}
    for left in _LEFT.finditer(text, begin):
        if left.start() not in told and not within(left.start(), aside) and not _AUTOLINK.match(text, left.start()):
            yield Change(left.start(), left.start(), "\\")


def _inner(words: str) -> str:
    """Return what stands in a cell as Markdown on one line."""
    known = [tag for tag in _TAG.finditer(words) if _is_known(tag)]
    told = sorted((change for change in _written(words, known)), key=lambda change: (change.start, -change.end))
    parts, at = [], 0
    for change in told:
        if change.start >= at:
            parts += [words[at : change.start], change.words.replace("\n", " ")]
            at = change.end
    return "".join((*parts, words[at:]))


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a tag, the text between its name and its end."""
    return {
        found["key"].lower(): unescape((found["value"] or "").strip("\"'"))
        for found in _ATTRIBUTE.finditer(tag.rstrip("/"))
    }


def _is_known(tag: re.Match[str]) -> bool:
    name = tag["name"].lower()
    if name not in _MARKS and name not in _BLOCKS and name not in _SILENT and name not in _HIDDEN:
        return False
    words = re.sub(r"[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)", "", tag["rest"]).strip(" \t\n/")
    return len(words.split()) <= 1  # "<b and c>" is no tag, "<input disabled>" is one


def _hidden(text: str, begin: int, code: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield what HTML prints nowhere: comments, scripts, styles. One without an end hides nothing."""
    names = "|".join(_HIDDEN)
    at = begin
    endless: set[str] = set()
    for first in re.finditer(rf"(?i)<!--|<(?P<name>{names})\b[^<>]{{0,4000}}>", text):
        name = (first["name"] or "").lower()
        if first.start() < at or name in endless or within(first.start(), code):
            continue
        last = re.compile(rf"(?i)</{name}\s*>" if name else "-->").search(text, first.end())
        if not last:
            endless.add(name)
            continue
        at = last.end()
        yield first.start(), at, f"HTML that is not printed: {f'<{name}>' if name else 'a comment'}"


def _written(text: str, tags: list[re.Match[str]]) -> Iterator[Change]:
    """Yield what each tag becomes. A mark is set only where both of its tags are there."""
    open_tags: dict[str, list[re.Match[str]]] = {}
    for tag in tags:
        name = tag["name"].lower()
        if tag["close"]:
            first = open_tags.get(name, []).pop() if open_tags.get(name) else None
            if name in _MARKS or name in ("a", "sup", "sub"):
                yield from _pair(text, name, first, tag)
            else:
                yield _gone(tag, _BLOCKS.get(name, ("", ""))[1])
        elif name in _MARKS or name in ("a", "sup", "sub"):
            open_tags.setdefault(name, []).append(tag)
        else:
            yield _gone(tag, _single(text, tag, name))
    for left in (tag for tags in open_tags.values() for tag in tags):
        yield _gone(left, "")


def _single(text: str, tag: re.Match[str], name: str) -> str:
    if name == "br":
        ends_line = text[tag.end() : tag.end() + 1] == "\n" and text[: tag.start()].rpartition("\n")[2].strip()
        return "\\" if ends_line else " "
    if name == "img":
        told = attributes(tag["rest"])
        file = told.get("src", "").strip()
        alt = re.sub(r"([\[\]\\])", r"\\\1", " ".join(told.get("alt", "").split()))
        return f"![{alt}](<{file}>)" if file and not re.search(r"[<>\n]", file) else alt
    return _BLOCKS.get(name, ("", ""))[0]


def _pair(text: str, name: str, first: re.Match[str] | None, last: re.Match[str]) -> Iterator[Change]:
    inside = text[first.end() : last.start()] if first else ""
    if not first or not inside.strip() or "\n\n" in inside:
        yield from (_gone(tag, "") for tag in (first, last) if tag)
        return
    before, behind = "", ""
    if name in _MARKS and inside == inside.strip():
        before = behind = _MARKS[name]
    elif name == "a":
        address = attributes(first["rest"]).get("href", "")
        if re.match(r"(?i)https?://[^\s<>]+$|mailto:[^\s<>]+$", address) and "[" not in inside:
            before, behind = "[", f"](<{address}>)"
    elif name in ("sup", "sub"):
        raised = inside.translate(_RAISED if name == "sup" else _LOWERED)
        if all(a != b for a, b in zip(inside, raised, strict=True)):
            yield Change(first.start(), last.end(), raised, f"<{name}>, written with signs of its own")
            return
    yield _gone(first, before)
    yield _gone(last, behind)


def _gone(tag: re.Match[str], words: str) -> Change:
    return Change(tag.start(), tag.end(), words, f"a tag of HTML: <{tag['close']}{tag['name'].lower()}>")
