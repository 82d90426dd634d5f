"""The blocks that make a printout a lesson: glosses, chronologies, sources, plans, names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.blocks import blocks
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import Look, inlines, runs
from toolkit.formats.docx.names import HANG, Mark, Style
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, paragraph
from toolkit.formats.docx.ruling import air, blank_line, blank_table
from toolkit.formats.docx.tables import Cell, borders, cell, fact_table, grid, margins, row, shared, table_properties
from toolkit.formats.docx.tasks import labelled, run_in, task
from toolkit.formats.docx.timelines import cards, timeline
from toolkit.model.printout import (
    Aside,
    Block,
    CardSheet,
    Chronology,
    FactList,
    Gloss,
    Plan,
    SourceList,
    Step,
    Task,
    Timeline,
)
from toolkit.model.text import (
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
)

_SECTION_NOTE: Final = Place(style=Style.SECTION_NOTE, indent=200, boxed=True)
_FACT: Final = Place(style=Style.ENTRY_TEXT)
_EN_SPACE: Final = "\u2002"
_NOTHING: Final = (Text("—"),)
# The width of a letter of a date (10.5 pt bold) and of the room after it, and the bounds of that column (dxa).
_DATE: Final = 10.5
_LETTER: Final = 114
_PADDING: Final = 260
_NARROW: Final = 1400
_WIDE: Final = 2900
# How columns share the width: minutes, step and what to have ready.
_PLANNED: Final = (12, 56, 32)


def lesson_blocks(draft: Draft, content: tuple[Block, ...], place: Place) -> Iterator[_Element]:
    """Yield the paragraphs and tables of a printout's blocks, in their order."""
    for block in content:
        yield from _block(draft, block, place)


def _block(draft: Draft, block: Block, place: Place) -> Iterator[_Element]:
    match block:
        case Gloss():
            yield _gloss(draft, block)
        case Aside():
            yield from labelled(draft, block, _SECTION_NOTE)
        case Task():
            yield from task(draft, block)
        case Chronology() | Timeline() | CardSheet():
            yield from _events(draft, block, place)
        case SourceList():
            yield from _sources(draft, block)
        case Plan():
            yield _plan(draft, block, place)
        case FactList():
            yield from _facts(draft, block)
        case (
            Paragraph() | Heading() | BulletList() | OrderedList() | Quote() | CodeBlock() | Rule() | Table() | Figure()
        ):
            yield from blocks(draft, (block,), place)
        case _:
            assert_never(block)


def _gloss(draft: Draft, gloss: Gloss) -> _Element:
    """Return a line of the vocabulary box that stands before its paragraph.

    Word has no margin column. Glosses that follow each other have one style, so Word draws one box round
    them, and the box stays with the paragraph; a box before it is read before the word is met.
    """
    pieces = [
        inlines(draft, gloss.term, Look(Mark.TERM_HEAD)),
        runs(draft, f"({gloss.part})" if gloss.part else "", Look(Mark.DETAIL)),
        inlines(draft, gloss.definition),
        inlines(draft, gloss.translation, Look(Mark.TRANSLATION)),
    ]
    return paragraph(Style.VOCABULARY, draft.bookmarked(gloss.address, _spaced(draft, pieces)))


def _spaced(draft: Draft, pieces: list[list[_Element]]) -> list[_Element]:
    """Return those of `pieces` that are not empty, with a space between one and the next."""
    spaced: list[_Element] = []
    for piece in filter(None, pieces):
        spaced += [*(runs(draft, " ") if spaced else ()), *piece]
    return spaced


def _events(draft: Draft, block: Chronology | Timeline | CardSheet, place: Place) -> Iterator[_Element]:
    match block:
        case Chronology():
            yield _chronology(draft, block, place)
        case Timeline(twin=Chronology() as table):
            yield _chronology(draft, table, place)
        case Timeline():
            yield from timeline(draft, block, place)
        case CardSheet():
            yield cards(draft, block, place)


def _chronology(draft: Draft, block: Chronology, place: Place) -> _Element:
    header = [[paragraph(Style.TABLE_HEAD, runs(draft, label))] for label in block.header]
    dates = [_date(draft, moment.date, moment.address) for moment in block.moments]
    weights = _dated(draft, block, place)
    caption = " · ".join(block.header)
    if block.asked == "date":
        return _dateless(draft, block, header, place)
    if block.blank:
        texts = (caption, " ".join(filter(None, (block.description, block.spoken))))
        return blank_table(
            draft, [header, *([date] for date in dates)], weights, (block.lines, block.pitch), place, texts
        )
    rows = [
        [date, _cell(draft, Style.EVENT, inlines(draft, moment.event), moment.address, "event")]
        for date, moment in zip(dates, block.moments, strict=True)
    ]
    return fact_table(draft, [header, *rows], weights, place, (caption, block.description))


def _dateless(draft: Draft, block: Chronology, header: list[Cell], place: Place) -> _Element:
    """Return a table of events with a rule beside each to write its date on."""
    left, rest = shared(place.width, (3, 7))
    low = partial(w, "vAlign", val="bottom")
    rows = [row([cell(left, header[0]), cell(rest, header[1])], header=True)]
    for moment in block.moments:
        event = _cell(draft, Style.EVENT, inlines(draft, moment.event), moment.address, "event")
        room = cell(left, blank_line(), borders("tcBorders", "bottom"), low())
        rows.append(row([room, cell(rest, event, air(draft, block.pitch), low())], block.pitch))
    texts = (" · ".join(block.header), " ".join(filter(None, (block.description, block.spoken))))
    none = w("tblBorders", w("bottom", val="nil"), w("insideH", val="nil"))
    properties = table_properties(draft, left + rest, place, Style.TABLE, texts, none, margins(120))
    return w("tbl", properties, grid([left, rest]), *rows)


def _dated(draft: Draft, block: Chronology, place: Place) -> tuple[int, int]:
    """Return the widths of the columns (dxa): the longest date on one line, if it is not too long for that."""
    longest = max((len(moment.date) for moment in block.moments), default=0)
    larger = draft.printout.manner.sized(_DATE) / _DATE
    width = round(min(max(longest * _LETTER + _PADDING, _NARROW), _WIDE) * larger)
    return width, place.width - width


def _date(draft: Draft, date: str, address: str) -> Cell:
    return _cell(draft, Style.DATE, runs(draft, date), address, "date")


def _cell(draft: Draft, style: Style, content: list[_Element], address: str, field: str) -> Cell:
    return [paragraph(style, draft.bookmarked(f"{address}/{field}" if address else "", content))]


def _plan(draft: Draft, plan: Plan, place: Place) -> _Element:
    header = [[paragraph(Style.TABLE_HEAD, runs(draft, label))] for label in plan.header]
    rows = [_step(draft, step) for step in plan.steps]
    return fact_table(draft, [header, *rows], _PLANNED, place, (" · ".join(plan.header), plan.description))


def _step(draft: Draft, step: Step) -> list[Cell]:
    return [
        _cell(draft, Style.DATE, runs(draft, step.time), step.address, "time"),
        _cell(draft, Style.TABLE_TEXT, inlines(draft, step.step), step.address, "step"),
        _cell(draft, Style.TABLE_TEXT, inlines(draft, step.ready or _NOTHING), step.address, "ready"),
    ]


def _sources(draft: Draft, sources: SourceList) -> Iterator[_Element]:
    """Yield bibliography entries with hanging indents, each kept with its annotation."""
    annotation = Place(style=Style.ANNOTATION, indent=HANG)
    for entry in sources.entries:
        content = draft.bookmarked(entry.address, inlines(draft, entry.content))
        yield paragraph(Style.BIBLIOGRAPHY, content, keep=bool(entry.annotation))
        yield from blocks(draft, entry.annotation, annotation, f"{entry.address}/annotation" if entry.address else "")


def _facts(draft: Draft, facts: FactList) -> Iterator[_Element]:
    """Yield names with what is said of each in the same paragraph; more paragraphs stand under it."""
    for fact in facts.facts:
        name = inlines(draft, fact.name, Look(Mark.NAME))
        detail = inlines(draft, fact.detail, Look(Mark.DETAIL))
        label = [*_spaced(draft, [name, detail]), *(runs(draft, _EN_SPACE) if fact.content else ())]
        yield from run_in(draft, label, fact.content, _FACT, fact.address, style=Style.ENTRY)
