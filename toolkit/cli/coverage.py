"""hornbook coverage: show which questions serve which standard."""

from __future__ import annotations

import csv
import io
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.cli import report
from toolkit.cli.selection import complete, read

if TYPE_CHECKING:
    from toolkit.cli.alignment import Aligned, Alignment, Asked, Served

_WIDTH = 80  # columns of a terminal
_NO_STANDARD = "(no standard)"


def _text(found: Alignment) -> str:
    """Return each standard with the lessons that list it, and then what nothing serves and what serves nothing."""
    blocks = ["\n".join(_standard(standard)) for standard in found.standards]
    lost = found.unserved()
    if lost:
        blocks.append("\n".join(_listed("Standards that no question serves", (s.id for s in lost))))
    if found.loose:
        lines = [line for served in found.loose for line in _lesson(served)]
        blocks.append("\n".join(("Questions that serve no standard", *lines)))
    return "\n\n".join(blocks)


def _standard(standard: Aligned) -> Iterator[str]:
    yield standard.id
    for words in standard.texts:
        yield from textwrap.wrap(words, _WIDTH, initial_indent="  ", subsequent_indent="  ")
    for served in standard.lessons:
        yield from _lesson(served)
    asked = standard.questions()
    if len(standard.lessons) > 1 and asked:
        yield f"  {_count(asked)} in all"


def _lesson(served: Served) -> Iterator[str]:
    """Yield a lesson's line: its questions by number, what they are worth, and how deep they go."""
    if not served.questions:
        yield f"  {served.lesson}: no question"
        return
    depths = dict.fromkeys(depth for asked in served.questions for depth in asked.depth.split(", ") if depth)
    numbers = ", ".join(asked.number for asked in served.questions)
    facts = "; ".join(filter(None, (_points(served.questions), ", ".join(depths))))
    word = "question" if len(served.questions) == 1 else "questions"
    words = f"{served.lesson}: {word} {numbers}" + f" ({facts})" * bool(facts)
    yield from textwrap.wrap(words, _WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _count(asked: Sequence[Asked]) -> str:
    points = _points(asked)
    return f"{len(asked)} question{'s' * (len(asked) != 1)}" + (f", {points}" if points else "")


def _points(asked: Sequence[Asked]) -> str:
    total = sum(question.points for question in asked)
    return f"{total:g} point{'s' * (total != 1)}" if total else ""


def _listed(heading: str, words: Iterator[str]) -> Iterator[str]:
    yield heading
    yield from (f"  {word}" for word in words)


def _csv(found: Alignment) -> str:
    """Return a matrix: a row a standard, a column a lesson, numbers of questions in the cells; - for none."""
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerow(("standard", "text", *found.lessons, "questions", "points"))
    for standard in found.standards:
        cells = {served.lesson: _numbers(served.questions) or "-" for served in standard.lessons}
        table.writerow((standard.id, " / ".join(standard.texts), *_row(found, cells), *_sums(standard.questions())))
    loose = {served.lesson: _numbers(served.questions) for served in found.loose}
    asked = [question for served in found.loose for question in served.questions]
    table.writerow((_NO_STANDARD, "", *_row(found, loose), *_sums(asked)))
    return file.getvalue().rstrip("\n")


def _numbers(asked: Sequence[Asked]) -> str:
    return "; ".join(question.number for question in asked)


def _row(found: Alignment, cells: dict[str, str]) -> list[str]:
    return [cells.get(lesson, "") for lesson in found.lessons]


def _sums(asked: Sequence[Asked]) -> tuple[int, str]:
    return len(asked), f"{sum(question.points for question in asked):g}"


def _json(found: Alignment) -> str:
    standards = [
        {
            "id": standard.id,
            "text": standard.texts[0],
            "questions": len(standard.questions()),
            "points": sum(question.points for question in standard.questions()),
            "lessons": [_plain(served) for served in standard.lessons],
        }
        for standard in found.standards
    ]
    data = {"standards": standards, "without_standard": [_plain(served) for served in found.loose]}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _plain(served: Served) -> dict[str, Any]:
    return {"lesson": served.lesson, "questions": [asdict(question) for question in served.questions]}


FORMATS: Final[MappingProxyType[str, Callable[[Alignment], str]]] = MappingProxyType(
    {"text": _text, "csv": _csv, "json": _json}
)


@click.command(
    epilog="""\b
Examples:
  hornbook coverage
  hornbook coverage vietnam-leaves-cambodia
  hornbook coverage --format csv -o coverage.csv
  hornbook coverage --strict
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[LESSON...]", shell_complete=complete)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print it; csv is a matrix of standards and lessons.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write to.")
@click.option("--strict", is_flag=True, help="Fail where no question serves a standard.")
def command(paths: tuple[Path, ...], form: str, output: Path | None, *, strict: bool) -> None:
    """Show which questions serve which standard.

    Each standard of the lessons with the questions that serve it, by number as printed, what they are worth
    and how deep they go; then the standards that no question serves, and the questions that serve none.
    """
    from toolkit.cli.alignment import align

    readings = read(paths)
    found = align(reading.lesson.lesson for reading in readings if reading.lesson)
    words = FORMATS[form](found)
    if output:
        output.write_text(f"{words}\n", encoding="utf-8")
        click.echo(f"wrote {output}", err=True)
    elif words:
        click.echo(words)
    problems = [problem for reading in readings if reading.lesson is None for problem in reading.problems]
    if problems:
        click.echo(report.text(problems), err=True)
    lost = len(found.unserved())
    served = len(found.standards) - lost
    lessons = f"{len(found.lessons)} lesson{'s' * (len(found.lessons) != 1)}"
    click.echo(f"{served} of {len(found.standards)} standards served in {lessons}", err=True)
    sys.exit(1 if problems or (strict and lost) else 0)
