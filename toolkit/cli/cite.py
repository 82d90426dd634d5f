"""hornbook cite: bibliography records from other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from toolkit.cli import report
from toolkit.model.diagnostics import Severity


@click.group(
    name="cite",
    epilog="""\b
Examples:
  hornbook cite import library.bib
  hornbook cite import zotero.ris more.bib -o sources.yaml
""",
)
def command() -> None:
    """Bring bibliographies of other programs into lessons."""


@command.command(
    name="import",
    epilog="""\b
Examples:
  hornbook cite import library.bib              print the records, to paste them
  hornbook cite import library.ris -o sources.yaml
  hornbook cite import library.bib --format json > library.json

A record without a key gets one of its author and year: becker1986, and
becker1986b where that is taken. What cannot be kept is named, with its line.
""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write to.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    help="YAML for lessons, or CSL-JSON for other programs; by the ending of the output, else yaml.",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option("--notes/--no-notes", default=True, show_default=True, help="Show notes and what is not kept.")
def import_command(paths: tuple[Path, ...], output: Path | None, form: str | None, *, force: bool, notes: bool) -> None:
    """Turn BibTeX, RIS and CSL-JSON files into records for a lesson.

    The records can be pasted under `bibliography:`, or kept in a file beside the lesson, or in
    `lessons/bibliography.yaml`, which all lessons may cite.
    """
    from toolkit.citations.writing import as_csl_json
    from toolkit.source import foreign

    if output and output.exists() and not force:
        raise click.UsageError(f"'{output}' is there already. --force writes over it.")
    taken = foreign.take(paths)
    as_json = form == "json" or (form is None and output is not None and output.suffix.lower() == ".json")
    words = as_csl_json(taken.records) if as_json else foreign.as_yaml(taken)
    if output:
        output.write_text(words, encoding="utf-8")
    else:
        click.echo(words, nl=False)
    shown = [problem for problem in taken.problems if notes or problem.severity is not Severity.NOTE]
    if shown:
        click.echo(report.text(shown), err=True)
    for line in foreign.told(taken) if notes else ():
        click.echo(line, err=True)
    count, place = len(taken.records), f" in {output}" if output else ""
    click.echo(f"{count} record{'' if count == 1 else 's'}{place}", err=True)
    sys.exit(1 if any(problem.severity is Severity.ERROR for problem in taken.problems) else 0)
