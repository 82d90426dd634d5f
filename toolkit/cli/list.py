"""hornbook list: show the lessons, or the files that a build would make."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from toolkit.cli import report
from toolkit.cli.selection import Reading, complete, read


@click.command(
    epilog="""\b
Examples:
  hornbook list
  hornbook list --targets
  hornbook list --json
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[LESSON...]", shell_complete=complete)
@click.option("--targets", is_flag=True, help="Show the files that `hornbook build` makes, one a line.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(paths: tuple[Path, ...], *, targets: bool, as_json: bool) -> None:
    """Show the lessons, or the files that a build would make."""
    readings = read(paths)
    rows = [_row(reading) for reading in readings]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif targets:
        for file in (file for row in rows for file in row["targets"]):
            click.echo(file)
    else:
        click.echo(_table(rows))
    problems = [problem for reading in readings if reading.lesson is None for problem in reading.problems]
    if problems:
        click.echo(report.text(problems), err=True)
        sys.exit(1)


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
    kinds = of_lesson(spec, choose(project.targets, project.editions), project.levels)
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
