"""Rules to write on, page by page: which answer spaces are too high to be kept in one piece, an estimate.

The page engine moves what is to stay together to a new page; what does not fit there either it tears from its heading
or its stem. So what is kept together must be known to fit. The estimate errs on the high side.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from toolkit.model.presentation import Manner, Presentation, manner_of
from toolkit.model.printout import Task
from toolkit.model.response import Writing
from toolkit.model.text import Blocks, Figure, Table, plain_block

UNBROKEN: Final = 170.0  # mm of rules; more are broken to save paper, but in large print, where it would be all of them
MM: Final = 72 / 25.4  # pt
# pt; the text block of letter, the lower of both papers, and the line of a stem (page.css, handout.css).
PAGE: Final = 674.0
LARGE_PAGE, LARGE_LINE = 616.0, 413.0
FOLDED_PAGE, FOLDED_LINE = 520.0, 238.0
LINE: Final = 376.0
SIZE, LEAD, HEADING = 10.75, 15.0, 25.0  # pt; HEADING at the head of a page, where its upper margin goes
CHARACTER: Final = 0.5  # of the size; a character of a stem, on average
PICTURE: Final = 250.0  # pt; a picture in a stem with its caption


def keeping(task: Task, presentation: Presentation) -> str:
    """Return how the rules of `task` are kept together, a class of handout.css.

    "roomy" are those that no page holds below their stem, or that are more than a page can wait for: they are broken.
    "tall" are those that no page holds below their stem and a heading; "" are all others.
    """
    if not isinstance(task.response, Writing):
        return ""
    manner = manner_of(presentation)
    rules = task.response.lines * task.response.pitch
    free = _page(presentation, manner) - _stem(task, presentation, manner) - rules * MM
    if free < 0 or (rules > UNBROKEN and presentation != "large-print"):
        return "roomy"
    return "tall" if free < HEADING * manner.length else ""


def _page(presentation: Presentation, manner: Manner) -> float:
    return LARGE_PAGE if presentation == "large-print" else FOLDED_PAGE if manner.folded else PAGE


def _stem(task: Task, presentation: Presentation, manner: Manner) -> float:
    """Return how high the words above the rules are, pt; points have a line of their own in large print."""
    large = presentation == "large-print"
    width = LARGE_LINE if large else FOLDED_LINE if manner.folded else LINE
    size = manner.sized(SIZE)
    lines = _lines(task.stem, width / (size * CHARACTER)) + (large and bool(task.points))
    pictures = sum(isinstance(block, Figure) for block in task.stem)
    return lines * manner.led(LEAD, size) + pictures * PICTURE * manner.length


def _lines(blocks: Blocks, characters: float) -> int:
    """Return how many lines of so many characters `blocks` are; the row of a table counts as two."""
    return sum(
        2 * (1 + len(block.rows)) if isinstance(block, Table) else ceil(len(plain_block(block)) / characters)
        for block in blocks
    )
