"""What is asked of a citation engine, and what it answers: values of ours on both sides.

A question is everything that one sheet cites, in the order of print, because a style prints a source in another
way the second time, and tells two sources of one author and year apart. The engine speaks pandoc's document
tree; here it is made and read, and nothing else of ours knows it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from toolkit.citations.items import Item
from toolkit.model import text as t
from toolkit.model.style import CitationStyle
from toolkit.model.text import Citation, Cite, Inline, Inlines, Text

Node: TypeAlias = Any  # a node of pandoc's tree, or of ours as JSON

FORM: Final = 1
"""The form in which answers are kept; raised when an old one no longer fits."""

_API: Final = [1, 23, 1]  # the version of pandoc-types that the tree is written in
_RAISED: Final = re.compile("[\u02b0-\u02b8\u02e1-\u02e3\u1d2c-\u1d6a\u1d9b-\u1dbf\u2071\u207f]")
_MODES: Final = ("NormalCitation", "SuppressAuthor", "AuthorInText")


@dataclass(frozen=True, slots=True)
class Place:
    """Where sources are cited: the running text (one citation), or a footnote (any number, or none)."""

    citations: tuple[Citation, ...]
    in_note: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """All that a sheet cites, in order of print, with the records of the lesson as CSL-JSON items."""

    style: CitationStyle
    language: str
    items: tuple[Item, ...]
    places: tuple[Place, ...]

    def written(self) -> tuple[str, str]:
        """Return the question as the engine takes it: a document, and its items, both as JSON."""
        return json.dumps(_document(self), ensure_ascii=False), json.dumps(self.items, ensure_ascii=False)

    def digest(self, engine: str) -> str:
        """Return a name for this question to `engine`: 32 hexadecimal digits."""
        words = "\0".join((engine, self.style.csl, self.language, *self.written()))
        return hashlib.blake2b(words.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed: each citation, in the order of the question, and the list of sources in the style's order."""

    citations: tuple[Inlines, ...]
    entries: tuple[tuple[str, Inlines], ...]

    def dumped(self) -> str:
        """Return the answer as JSON."""
        cites = [_packed_run(run) for run in self.citations]
        entries = [[key, _packed_run(run)] for key, run in self.entries]
        return json.dumps([cites, entries], ensure_ascii=False, separators=(",", ":"))


class EngineError(Exception):
    """A question that the engine did not answer; the text says why, in an author's words."""


class Engine(Protocol):
    """Whatever answers questions."""

    def ask(self, question: Question) -> Answer:
        """Return the answer to `question`. Raise EngineError where there is none."""


def loaded(text: str) -> Answer:
    """Return the answer that `dumped` made the text of. Raise ValueError for any other text."""
    try:
        cites, entries = json.loads(text)
        return Answer(
            tuple(_unpacked_run(run) for run in cites),
            tuple((str(key), _unpacked_run(run)) for key, run in entries),
        )
    except (KeyError, TypeError, IndexError, RecursionError) as error:
        raise ValueError(str(error)) from None


# -- to the engine


def _document(question: Question) -> Node:
    """Return a document with a paragraph for each place, which cites every source at last."""
    all_of_them = _cite(Citation(tuple(Cite(item["id"]) for item in question.items)))
    meta = {
        "lang": {"t": "MetaString", "c": question.language},
        "nocite": {"t": "MetaInlines", "c": [all_of_them]},
        "link-bibliography": {"t": "MetaBool", "c": True},
    }
    blocks = [{"t": "Para", "c": [_place(place)]} for place in question.places]
    return {"pandoc-api-version": _API, "meta": meta, "blocks": blocks}


def _place(place: Place) -> Node:
    cites = [_cite(citation) for citation in place.citations]
    if not place.in_note:
        return cites[0]
    # A note without citations counts, too: styles tell how many notes ago a source was cited.
    inside = [node for cite in cites or [{"t": "Str", "c": "–"}] for node in (cite, {"t": "Space"})]
    return {"t": "Note", "c": [{"t": "Para", "c": inside[:-1]}]}


def _cite(citation: Citation) -> Node:
    cites = []
    for cite in citation.cites:
        suffix = f", {cite.locator}" if cite.locator else ""
        mode = _MODES[2] if citation.in_text else _MODES[cite.suppress_author]
        cites.append({
            "citationId": cite.key, "citationPrefix": _words(cite.prefix), "citationSuffix": _words(suffix),
            "citationMode": {"t": mode}, "citationNoteNum": 0, "citationHash": 0,
        })  # fmt: skip  # a node reads better in lines
    return {"t": "Cite", "c": [cites, [{"t": "Str", "c": "?"}]]}


def _words(text: str) -> list[Node]:
    nodes: list[Node] = []
    for word in text.split(" "):
        nodes += [{"t": "Space"}, {"t": "Str", "c": word}] if word else [{"t": "Space"}]
    return nodes[1:]


# -- from the engine


def answered(document: Mapping[str, Node]) -> Answer:
    """Return what the engine made of a question's document."""
    cites = [inlines(node["c"][1]) for block in document["blocks"] for node in _cites(block)]
    return Answer(tuple(cites), tuple(_entries(document)))


def _cites(node: Node) -> Iterator[Node]:
    """Yield the outermost citations in `node`, in order."""
    if isinstance(node, dict) and node.get("t") == "Cite":
        yield node
    elif isinstance(node, dict):
        yield from _cites(node.get("c"))
    elif isinstance(node, list):
        for child in node:
            yield from _cites(child)


def _entries(document: Mapping[str, Node]) -> Iterator[tuple[str, Inlines]]:
    for block in document["blocks"]:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                key = entry["c"][0][0].removeprefix("ref-")
                runs = [inlines(part["c"]) for part in entry["c"][1] if part["t"] in {"Para", "Plain"}]
                yield key, tuple(node for n, run in enumerate(runs) for node in ((Text(" "),) * (n > 0) + run))


def inlines(nodes: list[Node]) -> Inlines:
    """Return a run of pandoc's inline nodes as ours. Small capitals and raised letters become plain ones."""
    made: list[Inline] = []
    for node in nodes:
        for inline in _inline(node):
            if isinstance(inline, Text) and made and isinstance(made[-1], Text):
                made[-1] = Text(made[-1].text + inline.text)
            elif inline != Text(""):
                made.append(inline)
    return tuple(made)


def _inline(node: Node) -> Iterator[Inline]:
    kind, content = node["t"], node.get("c")
    match kind:
        case "Str" | "Space" | "SoftBreak":
            yield Text(_RAISED.sub(_lowered, content or " "))
        case "LineBreak":
            yield t.LineBreak()
        case "Code":
            yield t.Code(content[1])
        case "Link":
            yield t.Link(inlines(content[1]), content[2][0])
        case "Note":
            runs = [inlines(block["c"]) for block in content if block["t"] in {"Para", "Plain"}]
            yield t.Note(tuple(t.Paragraph(run) for run in runs))
        case "Emph" | "Strong":
            yield (t.Emphasis if kind == "Emph" else t.Strong)(inlines(content))
        case "Quoted" | "Span":
            yield from _wrapped(kind, content)
        case "Superscript" | "Subscript" | "SmallCaps" | "Underline" | "Strikeout":
            yield from inlines(content)
        case other:
            raise EngineError(f"its answer holds a {other}, which has no place in a citation")


def _lowered(raised: re.Match[str]) -> str:
    """Return a raised letter as the letter itself: few fonts have them all, and "2e éd." is read as well."""
    return unicodedata.normalize("NFKD", raised[0])


def _wrapped(kind: str, content: Node) -> Iterator[Inline]:
    """Yield what stands in quotation marks, or in a span: numbered styles set the number in a margin of its own."""
    if kind == "Quoted":
        opening, closing = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        yield from (Text(opening), *inlines(content[1]), Text(closing))
        return
    classes = content[0][1]
    if "csl-indent" in classes:
        yield t.LineBreak()
    yield from inlines(content[1])
    if "csl-left-margin" in classes:
        yield Text(" ")
    elif "csl-block" in classes:
        yield t.LineBreak()


# -- ours, as JSON


def _packed_run(content: Inlines) -> Node:
    return [_packed(inner) for inner in content]


def _packed(node: Inline) -> Node:
    made: Node = ["b"]
    match node:
        case Text(text):
            made = text
        case t.Emphasis(content):
            made = ["e", _packed_run(content)]
        case t.Strong(content):
            made = ["s", _packed_run(content)]
        case t.Link(content, href):
            made = ["a", _packed_run(content), href]
        case t.Code(text):
            made = ["c", text]
        case t.Note(blocks):
            made = ["n", [_packed_run(block.content) for block in blocks if isinstance(block, t.Paragraph)]]
        case _:
            pass
    return made


def _unpacked_run(nodes: Node) -> Inlines:
    return tuple(_unpacked(node) for node in nodes)


def _unpacked(node: Node) -> Inline:
    made: Inline = t.LineBreak()
    match node:
        case str():
            made = Text(node)
        case ["e", content]:
            made = t.Emphasis(_unpacked_run(content))
        case ["s", content]:
            made = t.Strong(_unpacked_run(content))
        case ["a", content, str(href)]:
            made = t.Link(_unpacked_run(content), href)
        case ["c", str(text)]:
            made = t.Code(text)
        case ["n", runs]:
            made = t.Note(tuple(t.Paragraph(_unpacked_run(run)) for run in runs))
        case ["b"]:
            pass
        case _:
            raise ValueError("no node of an answer")
    return made
