"""How high things will be on the page, in mm: an estimate, as Word sets its own lines.

Word keeps paragraphs together as long as a page holds them, and breaks a longer chain wherever it likes:
in the middle of an answer. So what is chained must be known to fit. The estimate errs on the high side.
"""

from __future__ import annotations

from itertools import takewhile
from math import ceil
from typing import Final, assert_never

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.figures import printed_height
from toolkit.formats.docx.names import DXA_PER_MM, EXHIBIT_INDENT, HANG
from toolkit.formats.docx.paragraphs import Place
from toolkit.model.printout import Exhibit, Task
from toolkit.model.response import Area, Cells, Choice, Entry, Gaps, Match, Order, Organizer, Response, Writing
from toolkit.model.text import Block, Blocks, Figure, Heading, Paragraph, Table, plain, plain_block

PAGE: Final = 205.0  # Letter has 228 mm of text; the rest is for a heading above
_SIZE: Final = 11.5  # pt
_LINE: Final = 5.7  # of that size at 1.35, with a serif of LibreOffice's in Cambria's place
_CHARACTERS: Final = 72  # of such a line; Cambria has some ten more
_SPACE: Final = 4.0  # between paragraphs
_ROW: Final = 8.0  # of a table without room to write
_OPENER: Final = 34.0  # the band, kicker, title and line of blanks on page 1
_TEXT: Final = Place(indent=HANG)


def of_task(draft: Draft, task: Task) -> float:
    """Return the height of what stays together of a question.

    That is its stem with its room and what teachers get with it, or its stem with its first part.
    """
    high = of_blocks(draft, task.stem) + (of_response(draft, task.response) if task.response else 0)
    if task.parts:
        return high + of_task(draft, task.parts[0])
    notes = [*(model.content for model in task.models), *(aside.content for aside in task.asides)]
    return high + sum(of_blocks(draft, content) for content in notes)


def above(draft: Draft, task: Task) -> float:
    """Return the height of what stands on page 1 above `task`, 0 where it is not the first question there."""
    shown = [block for part in draft.printout.parts for block in part.blocks]
    before = list(takewhile(lambda block: not isinstance(block, Task), shown))
    if task not in shown[len(before) : len(before) + 1]:
        return 0
    texts = [block for block in before if isinstance(block, Paragraph | Heading | Table)]
    high = _OPENER + of_blocks(draft, tuple(texts))
    return high if len(texts) == len(before) and high < PAGE / 2 else 0


def of_exhibit(draft: Draft, exhibit: Exhibit, highest: int) -> float:
    """Return the height of a document in its box, its pictures at most `highest` (dxa)."""
    place = Place(indent=EXHIBIT_INDENT, highest=highest)
    return of_blocks(draft, exhibit.content, place) + 2 * _lines(draft, 1) + _lines(draft, len(plain(exhibit.credit)))


def of_blocks(draft: Draft, blocks: Blocks, place: Place = _TEXT) -> float:
    """Return the height of paragraphs and pictures at `place`."""
    return sum(_block(draft, block, place) + _SPACE for block in blocks)


def _block(draft: Draft, block: Block, place: Place) -> float:
    if isinstance(block, Figure):
        return printed_height(draft, block, place) / DXA_PER_MM
    if isinstance(block, Table):
        return (1 + len(block.rows)) * _ROW
    return _lines(draft, len(plain_block(block)))


def _lines(draft: Draft, characters: int) -> float:
    """Return the height of so much text: in large print the lines are higher and hold less."""
    larger = draft.printout.manner.sized(_SIZE) / _SIZE
    return ceil(characters * larger / _CHARACTERS) * _LINE * larger


def of_response(draft: Draft, response: Response) -> float:  # noqa: PLR0911 -- one case for each response
    """Return the height of the room to answer in, or of what stands in it."""
    match response:
        case Writing(lines, pitch):
            return lines * pitch
        case Area(height):
            return height
        case Entry(pitch=pitch):
            return pitch + _SPACE
        case Choice(options, correction=correction):
            rows = sum(_lines(draft, len(plain(option.content))) + 1 for option in options)
            return rows + (of_response(draft, correction) if correction else 0)
        case Match(items, options):
            return max(len(items), len(options)) * 1.5 * _ROW
        case Order(items):
            return sum(max(_ROW, _lines(draft, len(plain(item.content))) + 1) for item in items)
        case Gaps(content, bank):
            return sum(1.6 * _lines(draft, len(plain_block(block)) + 20) for block in content) + (
                3 * _ROW if bank else 0
            )
        case Cells(rows=rows, height=height):
            return _ROW + len(rows) * max(height, _ROW)
        case Organizer(height=height):
            return height + 2 * _ROW
        case _:
            assert_never(response)
