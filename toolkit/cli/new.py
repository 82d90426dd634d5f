"""hornbook new: start a lesson."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click

from toolkit.cli.naming import slug
from toolkit.cli.selection import workspace
from toolkit.resources import templates


@click.command(
    epilog="""\b
Examples:
  hornbook new causes-of-the-war
  hornbook new "Causes of the War"
"""
)
@click.argument("name")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", help="The paper of a new project.")
def command(name: str, paper: str) -> None:
    """Start a lesson: a folder with a specification and an article to fill in.

    NAME is a title or a folder name. Where there is no project yet, a project file and the schema for
    your editor are written too.
    """
    from toolkit.source.schema import lesson_schema

    name_of_folder = _slug(name)
    home = workspace()
    folder = home.lessons / name_of_folder
    if folder.exists():
        raise click.UsageError(f"there is a lesson {name_of_folder!r} already: {_shown(folder)}")
    schema = home.root / "lesson.schema.json"
    title = name if name != name_of_folder else name_of_folder.replace("-", " ").capitalize()
    places = {
        "title": json.dumps(title, ensure_ascii=False),
        "schema": Path(os.path.relpath(schema, folder)).as_posix(),
        "paper": paper,
    }
    if home.file is None:
        _write(home.root / "hornbook.toml", _filled("hornbook.toml", places))
    if not schema.exists():
        _write(schema, lesson_schema())
    _write(folder / "lesson.yaml", _filled("lesson.yaml", places))
    _write(folder / "article.md", _filled("article.md", places))
    (folder / "images").mkdir()
    click.echo(f"\nNow edit {_shown(folder / 'article.md')} and {_shown(folder / 'lesson.yaml')}, then:", err=True)
    click.echo(f"  hornbook check {name_of_folder}\n  hornbook build {name_of_folder}", err=True)


def _slug(name: str) -> str:
    made = slug(name)
    if not made:
        raise click.UsageError(f"{name!r} cannot name a folder: use letters, digits and hyphens")
    return made


def _filled(name: str, places: dict[str, str]) -> str:
    words = (templates() / "starter" / name).read_text(encoding="utf-8")
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: places[found[1]], words)


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    click.echo(f"made {_shown(path)}")


def _shown(path: Path) -> str:
    from toolkit.source.files import shown_path

    return shown_path(path)
