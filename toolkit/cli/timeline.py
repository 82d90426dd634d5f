"""hornbook timeline: write the chronology of a lesson to a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import report
from toolkit.cli.selection import Reading, complete, read

if TYPE_CHECKING:
    from toolkit.source.lesson import Loaded


@click.command(
    epilog="""\b
Examples:
  hornbook timeline lessons/causes-of-the-war -o events.csv
  hornbook timeline causes-of-the-war -o events.json
  hornbook timeline causes-of-the-war -o causes.timelinejs.json

\b
The ending of the file says what is written:
  .csv               a table, for a spreadsheet; a lesson can read it again
  .json              the same, for programs
  .timelinejs.json   for TimelineJS, on the web
"""
)
@click.argument("lesson", type=click.Path(path_type=Path), shell_complete=complete)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to make."
)
def command(lesson: Path, output: Path) -> None:
    """Write the chronology of a lesson to a file."""
    from toolkit.chronology import interchange

    write = interchange.writer(output.name)
    if write is None:
        endings = ", ".join(interchange.WRITERS)
        raise click.BadParameter(f"'{output}' ends in none of {endings}.", param_hint="'-o'")
    loaded = _loaded(read((lesson,)))
    spec = loaded.lesson.spec
    from toolkit.compose.events import ordered
    from toolkit.model import markup
    from toolkit.model.text import plain

    events = tuple(event for event, _ in ordered(spec.chronology))
    if not events:
        raise click.UsageError(f"The lesson '{loaded.lesson.slug}' has no chronology.")
    title = plain(markup.inlines(spec.title))
    made = write(events, interchange.Heading(title, spec.language or "en", spec.era))
    _save(output, made.text)
    click.echo(f"wrote {output}: {len(events)} event{'s' * (len(events) != 1)}", err=True)
    for line in made.lost:
        click.echo(f"  not kept: {line}", err=True)


def _loaded(readings: list[Reading]) -> Loaded:
    """Return the one lesson that was read; end the command where it is at fault, or not one."""
    if len(readings) > 1:
        raise click.UsageError("Name one lesson: a file holds one chronology.")
    if readings[0].lesson is None:
        click.echo(report.text(readings[0].problems), err=True)
        sys.exit(1)
    return readings[0].lesson


def _save(output: Path, text: str) -> None:
    """Write a file whole: under another name first, so that no half of it is ever read."""
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
