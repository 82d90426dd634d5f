"""From an address of a lesson to the place in the author's files where its words are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.source import tree
from toolkit.source.lesson import Loaded
from toolkit.source.positions import Location
from toolkit.source.references import sections
from toolkit.source.revise_paragraphs import Blocks, trimmed
from toolkit.source.revise_scalars import Key, at
from toolkit.source.richness import rich_texts

# A mapping with one of these keys may be written as the bare text of it.
_SENTENCES = frozenset({"means", "prompt", "file", "title", "licence"})
_SHUFFLED = frozenset({"options", "items"})
# What a sheet calls a part of a person or a term that has another name in the lesson.
_DETAILS = MappingProxyType({"name": "name", "detail": "role"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text of a YAML file. `steps` lead to the block of it that is meant; `rich` is whether it is Markdown.

    Where `gaps`, braces in it are gaps; `gap` is the one that is meant, counted from 1, 0 for none. Where `within`,
    more is printed there than the text.
    """

    file: str
    location: Location
    text: str
    steps: tuple[int, ...]
    one_line: bool
    rich: bool = True
    gaps: bool = False
    gap: int = 0
    within: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """The block of the article at `position`, counted from 0. `steps` lead to the run in it that is meant."""

    file: str
    position: int
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of the article that is its block at `position`, and the texts of YAML files that repeat it."""

    file: str
    position: int
    repeated: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """A place that is printed from several fields: those of them that may be reworded."""

    fields: tuple[Scalar, ...]


Place = Scalar | Block | Heading | Mixed


class Places:
    """Where the addresses of a lesson, as it is loaded, stand in its files."""

    def __init__(self, loaded: Loaded) -> None:
        self.positions = loaded.positions
        self._spans = loaded.positions.spans
        self._spec = loaded.lesson.spec
        self._lesson = loaded.lesson
        self.texts = dict(loaded.positions.texts)
        self.article_file = next((span.file for name, span in self._spans.items() if name.startswith("article/")
                                  and span.file in loaded.positions.running), "")  # fmt: skip  # one expression

    @cached_property
    def _rich(self) -> dict[str, bool]:
        return {place: found.one_line for place, found in rich_texts(self._spec)}

    @cached_property
    def roots(self) -> dict[str, tree.Mapping]:
        """The tree of each YAML file."""
        found = {name: tree.compose(text, name).root for name, text in self.texts.items() if _is_yaml(name)}
        return {name: root for name, root in found.items() if root}

    @cached_property
    def _locations(self) -> dict[object, tuple[str, Location]]:
        return {node.span: (name, location) for name, root in self.roots.items() for location, node in _nodes(root, ())}

    def location(self, place: str) -> tuple[str, Location] | None:
        """Return the file of the value at `place` and the way to it in its tree; None where it is in no YAML file."""
        span = self._spans.get(place)
        return self._locations.get(span) if span else None

    def line_of(self, file: str, location: Location) -> int:
        """Return the line, counted from 1, of the key or the dash of what is at `location`."""
        *way, last = location or ("",)
        holder = at(self.roots[file], way)
        entry = holder.entry(str(last)) if isinstance(holder, tree.Mapping) else None
        node = entry.key if entry else at(self.roots[file], location)
        return node.span.line if node else 1

    def section_of(self, anchor: str) -> str:
        """Return the address of the lesson's section whose heading has `anchor`, "" for none."""
        for (_, place), index in zip(sections(self._spec), self._lesson.paired, strict=True):
            if self._lesson.article.sections[index].anchor == anchor:
                return place
        return ""

    def node(self, place: str) -> tree.Node | None:
        """Return the value at `place` in a YAML file, None for none."""
        found = self.location(place)
        return at(self.roots[found[0]], found[1]) if found else None

    def find(self, place: str) -> Place | None:
        """Return where the words at `place` are written, None where they are not an author's."""
        if place.startswith("article/"):
            return self._in_article(place)
        if place.endswith("/heading"):
            return self._heading_of(place.removesuffix("/heading"))
        return self._of_term(place) or self._shuffled(place) or self._scalar(place) or self._mixed(place)

    def _of_term(self, place: str) -> Place | None:
        """Return the term itself, its part of speech, or what is printed beside a person's name."""
        owner, _, field = place.rpartition("/")
        holder, _, name = owner.rpartition("/")
        if holder.endswith("vocabulary") and field in {"term", "name", "part", "detail"}:
            found = self.location(owner)
            if field in {"term", "name"} and found:
                return Scalar(found[0], (*found[1][:-1], Key(name)), name, (), True, False, False)
            return self._scalar(address.join(owner, "part"))
        if holder == "people" and field in _DETAILS:
            scalar = self._scalar(address.join(owner, _DETAILS[field]))
            return Mixed((scalar,)) if scalar else None
        return None

    def _in_article(self, place: str) -> Place | None:
        steps: list[int] = []
        while place.count("/") > 1 and place not in self._spans:
            place, _, step = place.rpartition("/")
            if not step.isdigit():
                return None
            steps.insert(0, int(step))
        span = self._spans.get(place)
        if span is None or span.file != self.article_file:
            return None
        if place.count("/") == 1:
            return None if steps else self._titled(self._position(span.line), place.rpartition("/")[2])
        return Block(span.file, self._position(span.line), tuple(steps))

    def _position(self, line: int) -> int:
        """Return the position of the block of the article that begins on `line`, counted from 1."""
        placed = markup.read(self.texts[self.article_file], article=True).placed
        return next(n for n, found in enumerate(placed) if found.line == line - 1)

    def section(self, anchor: str, text: str) -> Blocks | None:
        """Return the blocks under the heading with `anchor` in `text`, the article as it is now; None for none.

        Headings are counted, so that it is the same section when the words of its heading have changed.
        """
        anchors = [found.anchor for found in self._lesson.article.sections]
        if anchor not in (*anchors, "opening"):
            return None
        wanted = anchors.index(anchor) + 1 if anchor in anchors else 0
        placed = list(markup.read(text, article=True).placed)
        titled = 1 if self._lesson.article.title else 0
        heads = [n for n, found in enumerate(placed) if isinstance(found.block, t.Heading)][titled:]
        lines = text.split("\n")
        first = heads[wanted - 1] + 1 if wanted else titled
        last = heads[wanted] if wanted < len(heads) else len(placed)
        start = placed[first - 1].end if first else 0
        ranges = dict.fromkeys((found.line, trimmed(lines, found.line, found.end)) for found in placed[first:last])
        return Blocks(tuple(ranges), start)

    def _heading_of(self, section: str) -> Place | None:
        named = [place for _, place in sections(self._spec)]
        if section not in named:
            return None
        found = self._lesson.article.sections[self._lesson.paired[named.index(section)]]
        return self._in_article(address.join("article", found.anchor))

    def _titled(self, position: int, anchor: str) -> Heading:
        """Return the heading with `anchor`, and what in the lesson names it by its words."""
        words = next(found.title for found in self._lesson.article.sections if found.anchor == anchor)
        named = [
            place
            for place in self._spans
            if place.rpartition("/")[2] in {"heading", "under", "section"} or place.startswith("article/omit/")
        ]
        scalars = (self._scalar(place) for place in named)
        repeated = tuple(s for s in scalars if s and " ".join(s.text.split()).casefold() == words.casefold())
        return Heading(self.article_file, position, repeated)

    def _scalar(self, place: str) -> Scalar | None:
        steps: list[int] = []
        here = place
        while here:
            found = self.location(here)
            node = at(self.roots[found[0]], found[1]) if found else None
            if isinstance(node, tree.Scalar) and found:
                scalar = self._as_scalar(here, found, node, tuple(steps))
                return scalar if scalar.rich or not steps else None
            if node is not None:
                return None
            here, _, step = here.rpartition("/")
            if step.isdigit():
                steps.insert(0, int(step))
            elif step not in _SENTENCES or steps:
                return None
        return None

    def _as_scalar(self, place: str, found: tuple[str, Location], node: tree.Scalar, steps: tuple[int, ...]) -> Scalar:
        typed = next((p for p in (place, *(f"{place}/{key}" for key in _SENTENCES)) if p in self._rich), "")
        gaps = place.rpartition("/")[2] == "cloze" or "/rows/" in place
        within = place.startswith("chronology/") or "/levels/" in place
        one_line = self._rich.get(typed, True)
        return Scalar(*found, node.text, steps, one_line, rich=bool(typed), gaps=gaps, within=within)

    def _shuffled(self, place: str) -> Scalar | None:
        """Return the text of an option or item that a digest of its words stands for in `place`."""
        around, _, step = place.rpartition("/")
        owner, _, column = around.rpartition("/")
        if column == "answer" and step.isdigit():
            cloze = self._scalar(address.join(owner, "cloze"))
            return replace(cloze, gap=int(step)) if cloze else None
        if column == "header":
            return self._scalar(address.join(owner, "columns", step))
        if column not in _SHUFFLED:
            return None
        scalars = [*self._items(around), *self._pairs(owner, keys=column == "items")]
        if column == "items":  # the events of the chronology, where an order is asked of them
            events = (self._scalar(f"{one}/event") for one in self._spans if one.count("/") == 1)
            scalars += [scalar for scalar in events if scalar]
        if column == "options":
            scalars += self._items(f"{owner}/spare")
        return next((scalar for scalar in scalars if address.unordered(scalar.text) == step), None)

    def _items(self, place: str) -> Iterator[Scalar]:
        found, node = self.location(place), self.node(place)
        if found and isinstance(node, tree.Sequence):
            for n, item in enumerate(node.items):
                if isinstance(item, tree.Scalar):
                    yield Scalar(found[0], (*found[1], n), item.text, (), True, True, False)

    def _pairs(self, owner: str, *, keys: bool) -> Iterator[Scalar]:
        found, node = self.location(f"{owner}/pairs"), self.node(f"{owner}/pairs")
        if found and isinstance(node, tree.Mapping):
            for entry in node.entries:
                if keys:
                    way = (*found[1], Key(entry.key.text))
                    yield Scalar(found[0], way, entry.key.text, (), True, True, False)
                elif isinstance(entry.value, tree.Scalar):
                    way = (*found[1], entry.key.text)
                    yield Scalar(found[0], way, entry.value.text, (), True, True, False)

    def _mixed(self, place: str) -> Mixed | None:
        """Return the fields of what is printed in one line from several: a term, a person, a related lesson."""
        found, node = self.location(place), self.node(place)
        if not found or not isinstance(node, tree.Mapping) or place.startswith("bibliography"):
            return None
        fields: list[Scalar] = []
        if "/vocabulary/" in f"/{place}":
            term = Key(place.rpartition("/")[2])
            fields.append(Scalar(found[0], (*found[1][:-1], term), term.text, (), one_line=True, rich=False))
        for entry in node.entries:
            inner = self._scalar(address.join(place, entry.key.text))
            if inner and entry.key.text not in {"id", "dates", "case", "lesson"}:
                fields.append(inner)
        return Mixed(tuple(fields)) if fields else None


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _nodes(node: tree.Node, location: Location) -> Iterator[tuple[Location, tree.Node]]:
    yield location, node
    match node:
        case tree.Mapping(entries):
            for entry in entries:
                yield from _nodes(entry.value, (*location, entry.key.text))
        case tree.Sequence(items):
            for n, item in enumerate(items):
                yield from _nodes(item, (*location, n))
        case tree.Scalar():
            return
