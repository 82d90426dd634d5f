"""A document as units: paragraphs, and rows of tables of facts, in reading order, with the room to answer counted.

A unit is what a person moves, copies or deletes as one. The cells of a row are its blocks; a paragraph is a unit
of one block. Paragraphs without words are nobody's and left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.oxml import qn
from toolkit.formats.docx.reading.glyphs import Glyph, Glyphs, text_of
from toolkit.formats.docx.reading.runs import Content, RunReader, Sources
from toolkit.formats.docx.reading.tracked import TBL, TC, TR, P

# What stands in tables of facts, and what may stand beside it there.
_FACTS: Final = frozenset({"head", "cell", "date", "event", "item"})
_BESIDE: Final = frozenset({"blank", "line", "plain", "foreign"})
# LibreOffice puts a zero-width joiner into a row that it tracks as inserted.
_NOTHING: Final = " \t\n\u00a0\u2002\u200b\u200d\u2060\ufeff"
_NUMBERED: Final = (Mark.NUMBER, Mark.DETAIL)
_NUMBERED_ROLES: Final = frozenset({"question", "part", "option", "item"})


@dataclass(frozen=True, slots=True)
class Span:
    """What a bookmark covers of a block. `whole` where it goes on before or behind it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or all paragraphs of a cell: `paragraphs` are their numbers in reading order."""

    role: str
    glyphs: Glyphs
    spans: tuple[Span, ...] = ()
    column: int = 0
    paragraphs: tuple[int, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The characters of the block."""
        return text_of(self.glyphs)


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a row. `table` counts the tables from 1, 0 outside of them; `row` counts in the table from 0.

    `lines` are the rows to write on that follow, None where there are none.
    """

    role: str
    blocks: tuple[Block, ...]
    table: int = 0
    row: int = 0
    lines: int | None = None

    @property
    def text(self) -> str:
        """The characters of the unit, a line for each cell."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def names(self) -> frozenset[str]:
        """The names of the bookmarks that cover some of it."""
        return frozenset(span.name for block in self.blocks for span in block.spans)


@dataclass(frozen=True, slots=True)
class Units:
    """All units of a document. `strays` are the tables to write on that follow no question, or a second one."""

    units: tuple[Unit, ...]
    strays: tuple[int, ...]  # the number of the unit before each


@dataclass(slots=True)
class _Raw:
    """A paragraph as it was read, with the identifiers of the bookmarks that are open when it begins and ends."""

    role: str
    content: Content
    number: int
    table: int = 0
    row: int = 0
    column: int = 0
    inner: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Room:
    """A table to write on, of so many rows."""

    lines: int


class DocumentReader:
    """Reads the body of one document. Mutable on purpose: it counts paragraphs and tables."""

    def __init__(self, sources: Sources, numbers: dict[_Element, int]) -> None:
        self._sources = sources
        self._runs = RunReader(sources)
        self._numbers = numbers
        self._tables = 0
        self._open: dict[str, str] = {}  # bookmarks that have begun: identifier to name
        self._closed: set[str] = set()  # those that end somewhere: LibreOffice leaves some open

    def read(self, body: _Element) -> Units:
        """Return the units of `body`."""
        self._closed = {end.get(qn("w:id")) or "" for end in body.iter(qn("w:bookmarkEnd"))}
        return _answered(list(self._flow(body)))

    def _flow(self, parent: _Element) -> Iterator[Unit | _Room]:
        for element in parent:
            if element.tag == P:
                raw = self._paragraph(element)
                block = _block([raw])
                if block.glyphs:
                    yield Unit(block.role, (block,))
            elif element.tag == TBL:
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                yield from self._flow(_first(element, "sdtContent"))
            elif element.tag == qn("w:customXml"):
                yield from self._flow(element)
            elif element.tag == qn("w:bookmarkStart"):
                self._begin(element.get(qn("w:id")) or "", element.get(qn("w:name")) or "")
            elif element.tag == qn("w:bookmarkEnd"):
                self._open.pop(element.get(qn("w:id")) or "", None)

    def _begin(self, number: str, name: str) -> None:
        if number in self._closed:
            self._open[number] = name

    def _paragraph(self, element: _Element) -> _Raw:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        identifier = (style.get(qn("w:val")) or "") if style is not None else ""
        content = self._runs.read(element, identifier)
        raw = _Raw(self._sources.styles.role(identifier), content, self._numbers.get(element, 0))
        length = len(content.glyphs)
        began = dict.fromkeys(self._open, 0)
        for number, name, at in content.starts:
            self._begin(number, name)
            began[number] = at
        for number, at in content.ends:
            if number in self._open:
                raw.inner.append((self._open.pop(number), began.get(number, 0), at))
        raw.inner += [(name, began.get(number, 0), length) for number, name in self._open.items()]
        return raw

    def _table(self, table: _Element) -> Iterator[Unit | _Room]:
        self._tables += 1
        number = self._tables
        nested: list[Unit | _Room] = []
        rows = [self._row(row, number, at, nested) for at, row in enumerate(_rows(table))]
        raws = [raw for row in rows for raw in row]
        roles = {raw.role for raw in raws if raw.content.glyphs} or {raw.role for raw in raws}
        columns = max((raw.column for raw in raws), default=0) + 1
        if columns == 1 and raws and {raw.role for raw in raws} <= {"line", "plain"} and not nested:
            yield from _written(raws)
            if any(raw.role == "line" for raw in raws):
                yield _Room(len(rows))
        elif (roles & _FACTS and roles <= _FACTS | _BESIDE) or not roles - {"plain", "foreign"}:
            yield from filter(None, (_fact(row, number) for row in rows))
        else:
            yield from (Unit(block.role, (block,), number, raw.row) for raw in raws if (block := _block([raw])).glyphs)
        yield from nested

    def _row(self, row: _Element, table: int, at: int, nested: list[Unit | _Room]) -> list[_Raw]:
        found: list[_Raw] = []
        for column, cell in enumerate(_cells(row)):
            for element in _content(cell):
                if element.tag == P:
                    raw = self._paragraph(element)
                    raw.table, raw.row, raw.column = table, at, column
                    found.append(raw)
                elif element.tag == TBL:
                    nested += self._table(element)
        return found


def _written(raws: Sequence[_Raw]) -> Iterator[Unit]:
    """Yield what is written on lines."""
    for raw in raws:
        block = _block([raw])
        if block.glyphs:
            yield Unit("line", (replace(block, role="line"),), raw.table, raw.row)


def _fact(row: Sequence[_Raw], table: int) -> Unit | None:
    """Return a row of a table of facts; None for one without words."""
    cells = [_block(list(cell)) for _, cell in groupby(row, key=lambda raw: raw.column)]
    if not any(cell.glyphs for cell in cells):
        return None
    return Unit("row", tuple(cells), table, row[0].row)


def _block(raws: Sequence[_Raw]) -> Block:
    """Return the paragraphs `raws` as one block, a line break between them; empty ones add nothing."""
    glyphs: list[Glyph] = []
    spans: list[Span] = []
    for raw in raws:
        if glyphs and raw.content.glyphs:
            glyphs.append(Glyph("\n"))
        offset = len(glyphs)
        spans += [Span(name, start + offset, end + offset) for name, start, end in raw.inner]
        glyphs += raw.content.glyphs
    role = next((raw.role for raw in raws if raw.content.glyphs), raws[0].role if raws else "plain")
    if not text_of(glyphs).strip(_NOTHING):
        glyphs = []
    block = Block(
        role,
        tuple(glyphs),
        tuple(spans),
        raws[0].column if raws else 0,
        tuple(raw.number for raw in raws),
        tuple(comment for raw in raws for comment in raw.content.comments),
    )
    return _unnumbered(block) if role in _NUMBERED_ROLES else block


def _unnumbered(block: Block) -> Block:
    """Return `block` without a number that is typed at its head, where Word could not count."""
    at = block.text.find("\t")
    if at < 1 or any(glyph.look.mark not in _NUMBERED for glyph in block.glyphs[:at]):
        return block
    cut = at + 1
    spans = tuple(Span(one.name, max(one.start - cut, 0), max(one.end - cut, 0)) for one in block.spans)
    return replace(block, glyphs=block.glyphs[cut:], spans=spans)


def _answered(flow: Sequence[Unit | _Room]) -> Units:
    """Return the units with each table to write on counted to the question before it; only the first is its own."""
    units: list[Unit] = []
    strays: list[int] = []
    for one in flow:
        if isinstance(one, Unit):
            units.append(one)
            continue
        at = next((n for n in range(len(units) - 1, -1, -1) if units[n].role in ("question", "part", "heading")), None)
        if at is None or units[at].role == "heading" or units[at].lines is not None:
            strays.append(len(units) - 1)
        else:
            units[at] = replace(units[at], lines=one.lines)
    return Units(tuple(units), tuple(strays))


def _rows(table: _Element) -> Iterator[_Element]:
    yield from (row for row in _content(table) if row.tag == TR)


def _cells(row: _Element) -> Iterator[_Element]:
    yield from (cell for cell in _content(row) if cell.tag == TC)


def _content(parent: _Element) -> Iterator[_Element]:
    """Yield the children of `parent`, those of content controls in it in their place."""
    for child in parent:
        if child.tag == qn("w:sdt"):
            yield from _content(_first(child, "sdtContent"))
        elif child.tag == qn("w:customXml"):
            yield from _content(child)
        else:
            yield child


def _first(element: _Element, tag: str) -> _Element:
    found = element.find(qn(f"w:{tag}"))
    return found if found is not None else element.makeelement(qn(f"w:{tag}"))
