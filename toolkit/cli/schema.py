"""hornbook schema: print the JSON Schema of a lesson or of the bank, for editors."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  hornbook schema > lesson.schema.json
  hornbook schema -o lesson.schema.json
  hornbook schema --bank -o bank.schema.json

\b
An editor with a YAML language server completes and explains a lesson, or
a file of the bank, whose first line names its schema:
  # yaml-language-server: $schema=../../lesson.schema.json
  # yaml-language-server: $schema=../../bank.schema.json
"""
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write to.")
@click.option("--bank", is_flag=True, help="The schema of a file of the bank, lessons/_bank/NAME.yaml.")
def command(output: Path | None, *, bank: bool) -> None:
    """Print the JSON Schema of a lesson, for your editor."""
    from toolkit.source.schema import bank_schema, lesson_schema

    words = bank_schema() if bank else lesson_schema()
    if output:
        output.write_text(words, encoding="utf-8")
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(words, nl=False)
