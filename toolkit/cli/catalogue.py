"""The questions of lessons and of the bank as rows: which are wanted, and how they are shown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from toolkit.model import address

if TYPE_CHECKING:
    from toolkit.cli.selection import Reading
    from toolkit.model.question import Question
    from toolkit.source.bank import BankFile
    from toolkit.source.positions import Positions

WIDTH: Final = 80  # columns of a terminal
COLUMNS: Final = (
    "lesson", "number", "id", "address", "kind", "points", "depth", "standards", "tags", "prompt", "parts",
    "file", "line", "drawn",
)  # fmt: skip  # the keys of `Row.data`, in its order


@dataclass(frozen=True)
class Row:
    """One question. `owner` is its lesson's id, or the file of the bank that it is in, and then `number` is 0.

    `file` and `line` are where it is written: in the bank, too, where a lesson draws it.
    """

    owner: str
    number: int
    address: str
    question: Question
    file: str
    line: int
    drawn: bool = False

    @property
    def prompt(self) -> str:
        """Return what is asked, in one line without markup."""
        from toolkit.model import markup
        from toolkit.model.text import plain_block

        return " ".join(" ".join(plain_block(block) for block in markup.blocks(self.question.prompt)).split())

    def searched(self) -> str:
        """Return the words that a search looks at: what is asked, here and in the parts."""
        from toolkit.source import references

        inner = (question.prompt for question, _ in references.listed(self.question.parts, "parts"))
        return " ".join((self.prompt, *inner)).casefold()

    def data(self) -> dict[str, Any]:
        """Return the row for programs."""
        return {
            "lesson": self.owner if self.number else "",
            "number": self.number or None,
            "id": self.question.id or "",
            "address": self.address,
            "kind": self.question.kind,
            "points": self.question.total(),
            "depth": self.question.depth or "",
            "standards": list(self.question.standards),
            "tags": list(self.question.tags),
            "prompt": self.prompt,
            "parts": len(self.question.parts),
            "file": self.file,
            "line": self.line,
            "drawn": self.drawn,
        }


def of_lesson(reading: Reading) -> Iterator[Row]:
    """Yield the questions of a lesson in printed order; none of one that could not be read."""
    from toolkit.source import references

    if reading.lesson is None:
        return
    positions = reading.lesson.positions
    for number, (question, place) in enumerate(references.questions(reading.lesson.lesson.spec), start=1):
        drawn = positions.drawn(place) is not None
        yield Row(reading.slug, number, place, question, *_written(positions, place), drawn)


def of_bank(file: BankFile) -> Iterator[Row]:
    """Yield the questions of a file of the bank that lessons can draw."""
    for question in (kept.question for kept in file.questions if kept.question and not kept.faults):
        place = address.join("questions", question.id or "")
        yield Row(file.shown, 0, place, question, *_written(file.positions, place))


def _written(positions: Positions, place: str) -> tuple[str, int]:
    span = positions.spans.get(place)
    return (span.file, span.line) if span else ("", 0)


@dataclass(frozen=True)
class Wanted:
    """What a question must be; empty for whatever it is; of several kinds or the like, any."""

    kinds: tuple[str, ...] = ()
    depths: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    points: tuple[float, float] | None = None
    text: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is asked for."""
        return bool(self.kinds or self.depths or self.standards or self.tags or self.points or self.text)

    def takes(self, row: Row) -> bool:
        """Return whether `row` is such a question, or one with such a part."""
        from toolkit.source import references

        asked = [row.question, *(part for part, _ in references.listed(row.question.parts, "parts"))]
        served = [standard for question in asked for standard in question.standards]
        tags = {tag.casefold() for tag in row.question.tags}
        total = row.question.total() or 0.0
        return all(
            (
                not self.kinds or any(question.kind in self.kinds for question in asked),
                not self.depths or any(question.depth in self.depths for question in asked),
                not self.standards or any(_under(one, wish) for one in served for wish in self.standards),
                not self.tags or any(tag.casefold() in tags for tag in self.tags),
                self.points is None or self.points[0] <= total <= self.points[1],
                all(word in row.searched() for word in self.text.casefold().split()),
            )
        )


def _under(standard: str, wish: str) -> bool:
    """Return whether `standard` is the one that is wished for or stands under it: D2.His.1.9-12 under D2.His."""
    standard, wish = standard.casefold(), wish.casefold()
    return standard == wish or standard.startswith(f"{wish.rstrip('.')}.")


def points(words: str) -> tuple[float, float]:
    """Return the least and the most points that `words` ("4", "2-4") mean. Raise ValueError for others."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?", words.replace(" ", ""))
    if not found:
        raise ValueError(words)
    return float(found[1]), float(found[2] or found[1])


def as_text(rows: Iterable[Row], *, tags: bool) -> str:
    """Return the rows in two lines each of at most 80 columns, under the lesson or file that they are in."""
    lines: list[str] = []
    for owner, group in groupby(rows, key=lambda row: row.owner):
        lines += ([""] if lines else []) + [owner]
        for row in group:
            lines += _lines(row, tags=tags)
    return "\n".join(lines)


def _lines(row: Row, *, tags: bool) -> list[str]:
    question = row.question
    name = row.address if row.number else question.id or ""
    total = question.total()
    worth = f"{total:g} pt" if total else ""
    facts = f"{question.kind:<10}  {worth:>6}  {question.depth or '':<10}"
    room = WIDTH - 5 - 2 - len(facts)
    number = f"{row.number:>3}  " if row.number else " " * 5
    lines = [f"{number}{_cut_inside(name, room):<{room}}  {facts}".rstrip()]
    lines.append(" " * 5 + _cut(row.prompt, WIDTH - 5))
    if tags and question.tags:
        lines.append(" " * 5 + _cut(f"tags: {', '.join(question.tags)}", WIDTH - 5))
    return lines


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else words[: room - 1].rstrip() + "…"


def _cut_inside(words: str, room: int) -> str:
    """Return an address in `room` columns: its end tells more than its middle."""
    return words if len(words) <= room else f"{words[: room // 3]}…{words[len(words) - room + room // 3 + 1 :]}"


def as_csv(rows: Iterable[dict[str, Any]], columns: Iterable[str]) -> str:
    """Return rows as CSV (RFC 4180, lines ended by a line feed) under a header; lists are joined by "; "."""
    file = io.StringIO()
    table = csv.DictWriter(file, [*columns], lineterminator="\n")
    table.writeheader()
    table.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return file.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list():
            return "; ".join(map(str, value))
        case _:
            return value
