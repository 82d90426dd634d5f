"""hornbook pull: a teacher's edits in Word come back into the lesson."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import report, selection
from toolkit.model.diagnostics import LessonError

if TYPE_CHECKING:
    from toolkit.cli.pulling import Pull


@click.command(
    epilog="""\b
Examples:
  hornbook pull worksheet.docx               show what would change
  hornbook pull worksheet.docx --apply       change lesson.yaml and article.md
  hornbook pull anna.docx ben.docx --apply   merge what two teachers did
  hornbook pull worksheet.docx --patch | git apply

\b
What both sides changed in different ways is a conflict: it is shown in full,
and nothing is written for it. Exit status: 0 done or nothing to do, 1 a
conflict or a file at fault, 2 wrong usage.
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE.docx...", type=click.Path(path_type=Path))
@click.option("--apply", "apply", is_flag=True, help="Write the edits into the lesson; without it, they are shown.")
@click.option("--patch", is_flag=True, help="Print a patch for `git apply` and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--original", is_flag=True, help="Read tracked changes as rejected, not as accepted.")
@click.option("--comments", is_flag=True, help="Write comments into the lesson's YAML, over the place they are on.")
@click.option("--lesson", default="", metavar="NAME", help="The lesson that the files are of; they say it themselves.")
@click.option(
    "--base",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The file as it was built, for one that does not say what it was built from.",
)
def command(  # noqa: PLR0913  # as many as there are options
    paths: tuple[Path, ...],
    lesson: str,
    base: Path | None,
    *,
    apply: bool,
    patch: bool,
    as_json: bool,
    original: bool,
    comments: bool,
) -> None:
    """Bring edits of worksheets in Word back into the lessons.

    Reads Word files that somebody edited, and shows what was changed, place by place. With --apply, the words
    are written into lesson.yaml and article.md; nothing else in those files is touched.
    """
    from toolkit.cli import pulling
    from toolkit.cli.editing import reader

    if apply and patch:
        raise click.UsageError("--apply writes the edits and --patch prints them: choose one.")
    home = selection.workspace()
    try:
        read = reader(original=original, base=base)
    except LessonError as error:
        click.echo(report.text(error.diagnostics), err=True)
        sys.exit(1)
    pull = pulling.Pull(home, read, lesson)
    for path in paths:
        pull.take(path)
    if comments:
        pulling.with_comments(pull)
    _conclude(pull, apply=apply, patch=patch, as_json=as_json)


def _conclude(pull: Pull, *, apply: bool, patch: bool, as_json: bool) -> None:
    """Print what was found, write what is to be written, and end the command."""
    from toolkit.build.store import write_whole
    from toolkit.cli import patching, pulled, pulling

    changes = pulling.changes(pull)
    if apply:
        for path, (_, new) in changes.items():
            write_whole(path, new)
    names = [path.as_posix() for path in changes]
    if as_json:
        click.echo(pulled.as_json(pull.done, names, applied=apply))
    elif patch:
        click.echo(patching.patch(changes), nl=False)
    else:
        for one in pull.done:
            click.echo(pulled.text(one) + "\n")
    problems = [problem for problem in pull.problems if not as_json]
    if problems:
        click.echo(report.text(problems), err=True)
    if not as_json:
        click.echo(_summary(pull, names, apply=apply), err=True)
    sys.exit(1 if any(one.at_fault for one in pull.done) or problems else 0)


def _summary(pull: Pull, names: list[str], *, apply: bool) -> str:
    """Return one line that counts what was done, and says how to go on."""
    found = [outcome.state for one in pull.done for outcome in one.outcomes]
    count, conflicts, kept = (found.count(state) for state in ("applied", "conflict", "reported"))
    parts = (
        [f"{count} edit{'s' * (count != 1)} {'written to' if apply else 'for'} {' and '.join(names)}"] if names else []
    )
    parts += [f"{conflicts} conflict{'s' * (conflicts != 1)}"] if conflicts else []
    parts += [f"{kept} that only a person can make"] if kept else []
    said = ", ".join(parts) or "nothing to bring back"
    return f"{said}. Write with --apply" if names and not apply else said
