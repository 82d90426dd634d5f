"""hornbook list: show the lessons, or the files that a build would make."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from toolkit.cli import report
from toolkit.cli.selection import Reading, loaded, selected


@click.command(
    epilog="""\b
Examples:
  hornbook list
  hornbook list --targets
  hornbook list --json
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[LESSON...]")
@click.option("--targets", is_flag=True, help="Show the files that `hornbook build` makes, one a line.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def command(paths: tuple[Path, ...], *, targets: bool, as_json: bool) -> None:
    """Show the lessons, or the files that a build would make."""
    from toolkit.build.targets import choose
    from toolkit.source.files import shown_path

    chosen = selected(paths)
    readings = [loaded(file, project) for file, project in chosen.files]
    rows = []
    for reading, (_, project) in zip(readings, chosen.files, strict=True):
        kinds = choose(project.targets, project.editions)
        rows.append(_row(reading, [kind.file for kind in kinds]))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif targets:
        folder = shown_path(chosen.workspace.output)
        click.echo("\n".join(f"{folder}/{row['id']}/{file}" for row in rows for file in row["targets"]))
    else:
        click.echo(_table(rows))
    problems = [problem for reading in readings if reading.lesson is None for problem in reading.problems]
    if problems:
        click.echo(report.text(problems), err=True)
        sys.exit(1)


def _row(reading: Reading, files: list[str]) -> dict[str, Any]:
    from toolkit.model import markup
    from toolkit.model.text import plain

    if reading.lesson is None:
        return {"id": reading.file.parent.name, "title": "(at fault)", "questions": 0, "targets": [], "ok": False}
    lesson = reading.lesson.lesson
    return {
        "id": lesson.slug,
        "title": plain(markup.inlines(lesson.spec.title)),
        "language": lesson.spec.language or "en",
        "grades": lesson.spec.grades or "",
        "questions": len(lesson.spec.all_questions()),
        "targets": files,
        "ok": True,
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
