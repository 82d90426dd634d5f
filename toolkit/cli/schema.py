"""hornbook schema: print the JSON Schema of a lesson, for editors."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  hornbook schema > lesson.schema.json
  hornbook schema -o lesson.schema.json

An editor with a YAML language server completes and explains a lesson whose first
line is: # yaml-language-server: $schema=../../lesson.schema.json
"""
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write to.")
def command(output: Path | None) -> None:
    """Print the JSON Schema of a lesson, for your editor."""
    from toolkit.source.schema import lesson_schema

    words = lesson_schema()
    if output:
        output.write_text(words, encoding="utf-8")
        click.echo(f"wrote {output}", err=True)
    else:
        click.echo(words, nl=False)
