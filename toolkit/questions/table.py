"""A table to fill in."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from toolkit.model import markup
from toolkit.model.fields import Line, Prose, wrong
from toolkit.model.pointing import without_references
from toolkit.model.question import Question, Setting
from toolkit.model.response import Cells, Response
from toolkit.model.text import Inlines, plain

_EMPTY = re.compile(r"\{([^{}]*)\}")
_LINES_A_CELL = 2


class Table(Question):
    """Fill in the empty cells of a table."""

    kind: ClassVar[str] = "table"

    prompt: Prose = Field(alias="table", description="What is asked.", examples=["Compare the two treaties."])
    columns: Annotated[tuple[Line, ...], Field(min_length=2, max_length=8)] = Field(
        description="The headings of the columns.", examples=[["Question", "1979", "1991"]]
    )
    rows: Annotated[tuple[tuple[Line, ...], ...], Field(min_length=1, max_length=30)] = Field(
        description="The rows; a cell that students fill in holds its answer in braces.",
        examples=[[["Who signed?", "{Hanoi and Phnom Penh}", "{nineteen states}"]]],
    )

    @model_validator(mode="after")
    def _cells_fit(self) -> Self:
        for row in self.rows:
            if len(row) != len(self.columns):
                message = f"the row of {row[0]!r} has {len(row)} cells for {len(self.columns)} columns"
                raise wrong("L204", message, needle=row[0])
        for cell in (cell for row in self.rows for cell in row):
            left = without_references(cell)
            if ("{" in left or "}" in left) and not _is_empty(cell):  # students would see the answer
                hint = "a cell is printed, or wholly in braces and filled in"
                raise wrong("L204", f"the cell {cell!r} is only partly in braces", needle=cell, hint=hint)
        if not any(_is_empty(cell) for row in self.rows for cell in row):
            raise wrong("L204", "no cell is empty", needle="rows", hint="put the answer of an empty cell in braces")
        return self

    def response(self, setting: Setting) -> Response:
        """Return the table with its empty cells, and what belongs in them as the key."""
        header = tuple(markup.inlines(column) for column in self.columns)
        rows = tuple(tuple(None if _is_empty(cell) else markup.inlines(cell) for cell in row) for row in self.rows)
        key = tuple(tuple(_answer(cell) for cell in row) for row in self.rows)
        described = ", ".join(plain(column) for column in header)
        return Cells(header, rows, setting.pitch * _LINES_A_CELL, described, spoken="", key=key)

    def has_answer(self) -> bool:
        """Return True: the answers are written in the cells."""
        return True


def _is_empty(cell: str) -> bool:
    """Return whether students fill in `cell`; one that points at a line of the article is printed."""
    return bool(without_references(cell) and _EMPTY.fullmatch(cell))


def _answer(cell: str) -> Inlines | None:
    found = _EMPTY.fullmatch(cell) if _is_empty(cell) else None
    return markup.inlines(found[1].strip()) if found else None
