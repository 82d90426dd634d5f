"""hornbook import: printed articles become drafts of lessons."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.articles.readers import READERS
from toolkit.cli import report
from toolkit.cli.selection import workspace
from toolkit.source.files import shown_path

_WIDTH = 80

if TYPE_CHECKING:
    from toolkit.cli.importing import Placed, Taken


@click.command(
    name="import",
    epilog="""\b
Examples:
  hornbook import telegraph.txt
  hornbook import scans/*.docx -j 4
  hornbook import guides/ --report import.json --report-format json
  hornbook import telegraph.txt --dry-run --report -

\b
A lesson that is there is never written over: what a new import would change
is shown. Exit status: 0 done, 1 a source could not be imported, 3 a lesson
that is there and is not the same was kept.
""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the lessons; the project's if not said.",
)
@click.option("--as", "reader", type=click.Choice(list(READERS)), help="What the sources are; guessed if not said.")
@click.option("--report", "account", help="Write what became of every piece of the sources to this file; - prints it.")
@click.option(
    "--report-format",
    "form",
    type=click.Choice(["text", "json"]),
    help="How to write it; by the ending of the file, else text.",
)
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="How many sources to read at once.")
@click.option("-n", "--dry-run", is_flag=True, help="Write no lesson; say what would be made.")
@click.option(
    "--diff",
    "most",
    type=click.IntRange(0),
    default=40,
    show_default=True,
    help="How many lines of what would change to show for each file; 0 for all.",
)
def command(  # noqa: PLR0913  # as many as there are options
    paths: tuple[Path, ...],
    output: Path | None,
    reader: str | None,
    account: str | None,
    form: str | None,
    jobs: int | None,
    most: int,
    *,
    dry_run: bool,
) -> None:
    """Turn printed articles into drafts of lessons.

    A SOURCE is a text, a Markdown, HTML, Word, OpenDocument, EPUB or PDF file, or a folder of them. Each
    becomes a folder with article.md and lesson.yaml. What is a guess has a comment that begins with REVIEW.
    """
    from toolkit.cli import importing

    home = workspace()
    lessons = output or home.lessons
    found, skipped = importing.sources(paths)
    if not found:
        raise click.UsageError(f"there is nothing to import in {', '.join(map(str, paths))}")
    schema = home.root / "lesson.schema.json"
    way = Path(os.path.relpath(schema, lessons / "lesson")).as_posix()
    orders = [importing.Order(path, reader or "", way) for path in found]
    taken = list(_watched(importing.take_all(orders, jobs or os.cpu_count() or 1), len(orders)))
    used: set[Path] = set()
    placed = [importing.place(one, lessons, used) for one in taken if one.draft]
    if not dry_run:
        _write(placed, schema)
    _tell(taken, placed, most, dry_run=dry_run)
    if account:
        _account(taken, placed, account, as_json=(form or Path(account).suffix.lower().removeprefix(".")) == "json")
    _conclude(taken, placed, skipped, dry_run=dry_run)


def _watched(found: Iterable[Taken], length: int) -> Iterator[Taken]:
    """Yield what is found, with a bar on a terminal where there is something to wait for."""
    if length == 1 or not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(found, length=length, label="Reading", file=sys.stderr) as bar:
        yield from bar


def _write(placed: list[Placed], schema: Path) -> None:
    from toolkit.build.store import write_whole
    from toolkit.cli import importing
    from toolkit.source.schema import lesson_schema

    new = [one for one in placed if one.new]
    if new and not schema.exists():
        write_whole(schema, lesson_schema().encode())
    for one in new:
        importing.write(one)


def _tell(taken: list[Taken], placed: list[Placed], most: int, *, dry_run: bool) -> None:
    """Print a line for each source, and what would change in a lesson that is there."""
    from toolkit.cli import differences

    by_path = {one.taken.path: one for one in placed}
    for one in taken:
        if one.problem:
            click.echo(report.text([one.problem]), err=True)
            continue
        spot = by_path[one.path]
        state = ("would make" if dry_run else "made") if spot.new else "kept" if spot.there else "unchanged"
        told = f"{one.review} to review" if one.review else "nothing to review"
        line = f"{state:<10} {shown_path(spot.folder)}: from {one.path.name}, {told}"
        click.echo(line if len(line) <= _WIDTH else line.replace(": from ", "\n           from ", 1))
        for path, old, new in spot.there:
            click.echo(f"  {path.name} is not what an import would write: - there, + imported")
            for line in differences.shown(old, new, most or sys.maxsize):
                click.echo(line)


def _account(taken: list[Taken], placed: list[Placed], file: str, *, as_json: bool) -> None:
    """Write the report: what became of every piece of the sources."""
    folders = {one.taken.path: shown_path(one.folder) for one in placed}
    if as_json:
        whole = [
            {"path": shown_path(one.path), "lesson": folders.get(one.path, ""), **(one.told or {})}
            | ({"problem": one.problem.message} if one.problem else {})
            for one in taken
        ]
        words = json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    else:
        words = "\n\n".join(one.words or report.text([one.problem] if one.problem else []) for one in taken) + "\n"
    if file == "-":
        click.echo(words, nl=False)
    else:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(words, encoding="utf-8")


def _conclude(taken: list[Taken], placed: list[Placed], skipped: int, *, dry_run: bool) -> None:
    """Print what came of it all, and end with the status that says so."""
    new = sum(one.new for one in placed)
    kept = sum(bool(one.there) for one in placed)
    failed = sum(one.problem is not None for one in taken)
    same = len(placed) - new - kept
    made = "would be made" if dry_run else "made"
    parts = [f"{new} lesson{'s' * (new != 1)} {made}"] if new or not placed else []
    parts += [f"{same} unchanged"] if same else []
    parts += [f"{kept} kept, for {'it is' if kept == 1 else 'they are'} not the same"] if kept else []
    parts += [f"{failed} source{'s' * (failed != 1)} not imported"] if failed else []
    parts += [f"{skipped} other file{'s' * (skipped != 1)} passed over"] if skipped else []
    click.echo(", ".join(parts), err=True)
    sys.exit(1 if failed else 3 if kept else 0)
