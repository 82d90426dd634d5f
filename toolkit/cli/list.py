"""hornbook list: show the lessons, the files that a build would make, or the questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import click

from toolkit.cli import banks, catalogue, report
from toolkit.cli.selection import Reading, complete, read
from toolkit.model.choices import Depth
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.questions import KINDS


def _points(_: click.Context, __: click.Parameter, words: str | None) -> tuple[float, float] | None:
    try:
        return catalogue.points(words) if words else None
    except ValueError:
        raise click.BadParameter("write a number, or two of them: 2-4") from None


@click.command(
    epilog="""\b
Examples:
  hornbook list
  hornbook list --targets
  hornbook list --questions vietnam-leaves-cambodia --depth evaluate
  hornbook list --questions --kind choose --text "treaty"
  hornbook list --bank --tag sourcing
  hornbook list --questions --format csv
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[LESSON...]", shell_complete=complete)
@click.option("--targets", is_flag=True, help="Show the files that `hornbook build` makes, one a line.")
@click.option("--questions", is_flag=True, help="Show the questions: address, kind, points, depth, first words.")
@click.option("--bank", is_flag=True, help="Show the questions of the bank, lessons/_bank, by id.")
@click.option("--unused", is_flag=True, help="Of the bank, only what no lesson draws.")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), metavar="KIND", help="Only of this kind."
)
@click.option(
    "--depth",
    "depths",
    multiple=True,
    type=click.Choice(get_args(Depth)),
    metavar="DEPTH",
    help="Only of this depth: analyze, dok3.",
)
@click.option(
    "--standard", "standards", multiple=True, metavar="ID", help="Only those that serve this standard, or one under it."
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only those with this tag.")
@click.option("--points", callback=_points, metavar="N", help="Only those worth so many points: 4, or 2-4.")
@click.option("--text", default="", metavar="WORDS", help="Only those that ask with all these words.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def command(  # one argument an option: that is how Click passes them
    paths: tuple[Path, ...],
    *,
    targets: bool,
    questions: bool,
    bank: bool,
    unused: bool,
    form: str,
    as_json: bool,
    **filters: Any,  # noqa: ANN401  # the fields of Wanted
) -> None:
    """Show the lessons, the files that a build would make, or the questions.

    Filters show the questions that pass all of them; a filter that is repeated asks for either.
    """
    wanted = catalogue.Wanted(**filters)
    form = "json" if as_json else form
    if bank or unused:
        problems = _show_bank(paths, wanted, form, unused=unused)
    else:
        readings = read(paths)
        if questions or wanted:
            _show_questions([row for reading in readings for row in catalogue.of_lesson(reading)], wanted, form)
        else:
            _show_lessons([_row(reading) for reading in readings], form, targets=targets)
        problems = _faults(readings)
    if problems:
        click.echo(report.text(problems), err=True)
        sys.exit(1)


def _faults(readings: list[Reading]) -> list[Diagnostic]:
    return [problem for reading in readings if reading.lesson is None for problem in reading.problems]


def _show_bank(paths: tuple[Path, ...], wanted: catalogue.Wanted, form: str, *, unused: bool) -> list[Diagnostic]:
    """Print questions of the bank; return what is wrong with it, and with lessons that might draw from it."""
    shelves, others = banks.split(paths)
    if others and not shelves:
        raise click.UsageError(f"'{others[0]}' is not a file of the bank.")
    files = banks.read(shelves)
    problems = [problem for file in files for problem in file.problems if problem.severity is Severity.ERROR]
    rows = [row for file in files for row in catalogue.of_bank(file)]
    if unused:
        readings = read(())
        drawn = {row.question.id for reading in readings for row in catalogue.of_lesson(reading) if row.drawn}
        rows = [row for row in rows if row.question.id not in drawn]
        problems += _faults(readings)
    _show_questions(rows, wanted, form, tags=True)
    return list(dict.fromkeys(problems))


def _show_questions(rows: list[catalogue.Row], wanted: catalogue.Wanted, form: str, *, tags: bool = False) -> None:
    found = [row for row in rows if wanted.takes(row)]
    total = sum(row.question.total() or 0 for row in found)
    _print([row.data() for row in found], form, catalogue.as_text(found, tags=tags), catalogue.COLUMNS)
    count = f"{len(found)} question{'s' * (len(found) != 1)}"
    click.echo(f"{count} of {len(rows)}, {total:g} points" if wanted else f"{count}, {total:g} points", err=True)


def _show_lessons(rows: list[dict[str, Any]], form: str, *, targets: bool) -> None:
    files = "\n".join(file for row in rows for file in row["targets"])
    _print(rows, form, files if targets else _table(rows), rows[0])


def _print(rows: list[dict[str, Any]], form: str, words: str, columns: Iterable[str]) -> None:
    """Print rows as JSON or CSV, or as `words`."""
    if form != "text":
        words = json.dumps(rows, ensure_ascii=False, indent=2) if form == "json" else catalogue.as_csv(rows, columns)
    if words:
        click.echo(words)


def _row(reading: Reading) -> dict[str, Any]:
    """Return what is shown of a lesson; the same keys for one that could not be read."""
    from toolkit.build.targets import choose, of_lesson
    from toolkit.model import markup
    from toolkit.model.text import plain
    from toolkit.source.files import shown_path

    row = {"id": reading.slug, "file": shown_path(reading.file), "ok": reading.lesson is not None}
    if reading.lesson is None:
        return {**row, "title": "(at fault)", "language": "", "grades": "", "questions": 0, "targets": []}
    spec, project = reading.lesson.lesson.spec, reading.home.project
    folder = reading.home.output / reading.slug
    kinds = of_lesson(
        spec, choose(project.targets, project.editions, presentations=project.presentations), project.levels
    )
    return {
        **row,
        "title": plain(markup.inlines(spec.title)),
        "language": spec.language or "en",
        "grades": spec.grades or "",
        "questions": len(spec.all_questions()),
        "targets": [shown_path(folder / kind.file) for kind in kinds],
    }


def _table(rows: list[dict[str, Any]]) -> str:
    """Return the lessons as aligned lines of at most 80 columns."""
    wide = max(len(row["id"]) for row in rows)
    lines = []
    for row in rows:
        facts = f"{row['questions']} question{'s' * (row['questions'] != 1)}" if row["ok"] else ""
        room = max(20, 80 - wide - 2 - 2 - 13)
        title = row["title"] if len(row["title"]) <= room else row["title"][: room - 1] + "…"
        lines.append(f"{row['id']:<{wide}}  {title:<{room}}  {facts}".rstrip())
    return "\n".join(lines)
