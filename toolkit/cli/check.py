"""hornbook check: read lessons and tell everything that is wrong with them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli import banks, report
from toolkit.cli.selection import complete, read
from toolkit.model.diagnostics import Diagnostic, Severity


@click.command(
    epilog="""\b
Examples:
  hornbook check
  hornbook check lessons/vietnam-leaves-cambodia
  hornbook check lessons/_bank
  hornbook check --strict --format github
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[LESSON...]", shell_complete=complete)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(report.FORMATS)),
    default="text",
    show_default=True,
    help="How to print what was found; json and sarif are for programs, github for its reviews.",
)
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@click.option("--notes/--no-notes", default=True, show_default=True, help="Show notes as well.")
def command(paths: tuple[Path, ...], form: str, *, strict: bool, notes: bool) -> None:
    """Read lessons and tell everything that is wrong with them.

    A LESSON is a lesson's folder, its lesson.yaml, or its name; or the bank, or a file of it. Without any,
    all lessons of the project and its bank.
    """
    from toolkit import checks

    found: list[Diagnostic] = []
    shelves, lessons = banks.split(paths)
    readings = read(lessons) if lessons or not paths else []
    for reading in readings:
        found += reading.problems
        if reading.lesson:
            advice = checks.run(reading.lesson.lesson)
            found += [reading.lesson.positions.resolve(diagnostic) for diagnostic in advice]
    kept = banks.read(shelves) if shelves or not paths else []
    for file in kept:
        found += [*file.problems, *checks.run_bank(file)]
    found = [*dict.fromkeys(found)]  # what is wrong in a file that lessons share is told once
    if not notes:
        found = [diagnostic for diagnostic in found if diagnostic.severity is not Severity.NOTE]
    words = report.FORMATS[form](found)
    if words:
        click.echo(words)
    click.echo(report.summary(found, len(readings), len(kept)), err=True)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    sys.exit(1 if any(diagnostic.severity in failing for diagnostic in found) else 0)
