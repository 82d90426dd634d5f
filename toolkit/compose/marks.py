"""The table of points on a worksheet, with room to write in what was earned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.compose.arrangement import Asked
from toolkit.compose.desk import Desk
from toolkit.model import text as t
from toolkit.model.printout import Block
from toolkit.model.text import Alignment, Inlines

_COLUMNS: Final = 10  # questions beside each other in one table; each box is then 12 mm wide or more
_CENTERED: Final[tuple[Alignment, ...]] = ("center",) * _COLUMNS


def table(desk: Desk, asked: Sequence[Asked]) -> Iterator[Block]:
    """Yield the points of each question that has any, side by side, and their total, where the lesson wants it."""
    points = [(one.number, total) for one in asked if (total := one.question.total())]
    if not (desk.spec.marks and points):
        return
    say = desk.labels.number
    columns: list[tuple[Inlines, Inlines]] = [(_cell(say(number)), _cell(say(earned))) for number, earned in points]
    columns.append((_cell(desk.labels("column.total")), _cell(say(sum(earned for _, earned in points)))))
    rows = -(-len(columns) // _COLUMNS)
    width = -(-len(columns) // rows)  # tables of one length, or nearly
    for start in range(0, len(columns), width):
        some = columns[start : start + width]
        yield t.Table(
            (_cell(desk.labels("column.question")), *(number for number, _ in some)),
            (
                (_cell(desk.labels("column.points")), *(possible for _, possible in some)),
                (_cell(desk.labels("column.earned")), *(() for _ in some)),
            ),
            align=("", *_CENTERED[: len(some)]),
            caption=_cell(desk.labels("heading.marks")) if start == 0 else (),
            role="marks",
        )


def _cell(words: str) -> Inlines:
    return (t.Text(words),)
