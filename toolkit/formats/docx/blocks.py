"""The blocks of text (those an article is made of) to paragraphs, lists, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.base_numbering import LEVELS
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.figures import figure
from toolkit.formats.docx.inline import HEAVY, Look, inlines, runs
from toolkit.formats.docx.names import BULLETS, CODE_INDENT, STEP, Mark, Style, heading, listed
from toolkit.formats.docx.paragraphs import Place, indented, numbered, paragraph, spaced
from toolkit.formats.docx.tables import data_table
from toolkit.model.text import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Table,
)

# Items stand close to each other, and what follows the list does not (dxa).
_AFTER_LIST: Final = 160

# The roles of paragraphs that have a style of their own.
_ROLES: Final = MappingProxyType(
    {
        "instructions": Style.INSTRUCTIONS,
        "facts": Style.FACTS,
        "total": Style.TOTAL,
        "credit": Style.CREDIT,
        "omission": Style.OMISSION,
    }
)


def blocks(draft: Draft, content: Blocks, place: Place, address: str = "") -> Iterator[_Element]:
    """Yield the paragraphs and tables of `content`.

    A block without an address of its own gets one from `address`, what it is a part of: the first block
    that very address, those after it `address/2`, `address/3`...
    """
    for position, block in enumerate(content, start=1):
        yield from _block(draft, block, place, part_of(address, position))


def part_of(address: str, position: int) -> str:
    """Return the address of the block at `position` (from 1) of the thing at `address`."""
    return address if position == 1 or not address else f"{address}/{position}"


def _block(draft: Draft, block: Block, place: Place, fallback: str) -> Iterator[_Element]:
    match block:
        case Paragraph():
            yield _paragraph(draft, block, place, fallback)
        case Heading(level, content, address):
            yield paragraph(heading(level), draft.bookmarked(address or fallback, inlines(draft, content, HEAVY)))
        case BulletList() | OrderedList():
            yield from _list(draft, block, place, block.address or fallback)
        case Quote(content, address):
            yield from blocks(draft, content, _quoted(place), address or fallback)
        case CodeBlock(characters, address):
            literal = runs(draft, characters.rstrip("\n"), Look(Mark.CODE))
            inside = indented(place.indent + CODE_INDENT) if place.indent else None
            yield paragraph(Style.CODE, draft.bookmarked(address or fallback, literal), inside, keep=place.keep)
        case Rule():
            yield paragraph(Style.BREAK, runs(draft, "* * *"), keep=place.keep)
        case Table():
            yield from data_table(draft, block, place, block.address or fallback)
        case Figure():
            yield from figure(draft, block, place, block.address or fallback)
        case _:
            assert_never(block)


def _paragraph(draft: Draft, block: Paragraph, place: Place, address: str) -> _Element:
    """Return a paragraph of `place`; inside a list or a quotation it is indented as that is."""
    content = draft.bookmarked(block.address or address, inlines(draft, block.content))
    role = _ROLES.get(block.role)
    if block.number:  # counted from 1 through the reading, as Word will count
        return paragraph(place.style, content, numbered(draft.numbering.paragraph(), 0), keep=place.keep)
    inner = place.style in (Style.LIST_CONTINUE, Style.QUOTE) or (place.boxed and place.depth)
    if role or not inner:
        return paragraph(role or place.style, content, keep=place.keep)
    return paragraph(place.style, content, indented(place.indent), keep=place.keep)


def _quoted(place: Place) -> Place:
    return replace(place, style=Style.QUOTE, indent=place.indent + STEP, boxed=False)


def _list(draft: Draft, block: BulletList | OrderedList, place: Place, address: str) -> Iterator[_Element]:
    """Yield the paragraphs of a list; each numbered list has a numbering of its own, so that it starts anew."""
    if isinstance(block, BulletList):
        level, style, numbering = min(place.bullets, LEVELS - 1), listed("ListBullet", place.bullets), BULLETS
        inner = replace(place, bullets=place.bullets + 1)
    else:
        level, style = min(place.numbers, LEVELS - 1), listed("ListNumber", place.numbers)
        numbering = draft.numbering.ordered(level, block.start)
        inner = replace(place, numbers=place.numbers + 1)
    inner = replace(inner, style=place.style if place.boxed else Style.LIST_CONTINUE, indent=place.indent + STEP)
    marker = (place.style if place.boxed else style, numbering, level)
    elements: list[_Element] = []
    for position, item in enumerate(block.items, start=1):
        elements += _item(draft, item, inner, marker, f"{address}/{position}" if address else "")
    if elements and not place.depth and not place.boxed:
        spaced(elements[-1], after=_AFTER_LIST)
    yield from elements


def _item(draft: Draft, item: Blocks, place: Place, marker: tuple[str, int, int], address: str) -> Iterator[_Element]:
    """Yield one item: its first paragraph carries the bullet or number, the rest stands under it."""
    style, numbering, level = marker
    first = item[0] if item and isinstance(item[0], Paragraph) else Paragraph(())
    yield paragraph(
        style,
        draft.bookmarked(first.address or address, inlines(draft, first.content)),
        numbered(numbering, level),
        indented(place.indent, STEP),
        keep=place.keep,
    )
    rest = item[1:] if item and item[0] is first else item
    for position, block in enumerate(rest, start=2):
        yield from _block(draft, block, place, part_of(address, position))
