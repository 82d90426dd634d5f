"""hornbook build: make handouts and worksheets."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from toolkit.build import limits
from toolkit.build.targets import parse
from toolkit.cli import report
from toolkit.cli.progress import Progress
from toolkit.cli.running import Build, Flags
from toolkit.cli.selection import complete
from toolkit.cli.shares import CacheType, ExecutorType, ShardType, cached
from toolkit.cli.wishes import EDITIONS, Wishes
from toolkit.formats import FORMATS
from toolkit.model.choices import LEVELS, SHEET_NAMES, VERSION_NAMES, Paper, PdfVariant
from toolkit.model.diagnostics import LessonError
from toolkit.model.pitch import NARROWEST, WIDEST
from toolkit.model.presentation import PRESENTATIONS, manner_of

if TYPE_CHECKING:
    from toolkit.model.letterhead import Letterhead


@click.command(
    epilog="""\b
Examples:
  hornbook build                                all lessons, the usual files
  hornbook build vietnam-leaves-cambodia        one lesson
  hornbook build output/vietnam-leaves-cambodia/handout.pdf
  hornbook build --edition student --format pdf
  hornbook build --presentation large-print     18 pt on every page
  hornbook build --presentation booklet         half pages, to be folded
  hornbook build lessons/_showcase --version A --level support
  hornbook build 'causes-*'                     lessons whose name begins so
  hornbook build --overwrite output/causes-of-the-war/worksheet.docx
  hornbook build -n                             what would be made, and why
  hornbook build -q || echo out of date
"""
)
@click.argument("targets", nargs=-1, metavar="[TARGET...]", shell_complete=complete)
@click.option("--edition", "editions", multiple=True, type=click.Choice(EDITIONS), help="For whom; both if not said.")
@click.option("--sheet", "sheets", multiple=True, type=click.Choice(SHEET_NAMES), help="Which sheet; may be repeated.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Which format; may be repeated."
)
@click.option(
    "--version",
    "versions",
    multiple=True,
    metavar="LETTER",
    type=click.Choice(list(VERSION_NAMES), case_sensitive=False),
    help="Which version of the questions: A, B ...; all of the lesson's if not said.",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    type=click.Choice(LEVELS),
    help="Which level of the questions; the project's if not said.",
)
@click.option(
    "--presentation",
    "presentations",
    multiple=True,
    type=click.Choice(PRESENTATIONS),
    help="How the sheet is set; the project's if not said.",
)
@click.option(
    "--pitch",
    type=click.FloatRange(NARROWEST, WIDEST),
    help="Distance of answer lines in mm; the project's, or by the lesson's grades, if not said.",
)
@click.option("--paper", type=click.Choice(get_args(Paper)), help="The size of the paper; the project's if not said.")
@click.option(
    "--pdf-variant",
    type=click.Choice(get_args(PdfVariant)),
    help="The standard of PDF files; the project's if not said.",
)
@click.option(
    "--verify/--no-verify",
    default=None,
    help="Check that every PDF is accessible; as the project says, else in CI, if not said.",
)
@click.option(
    "--reference",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A Word file of the school, whose styles, header, footer and page Word sheets take.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("--overwrite", is_flag=True, help="Replace the files that are named, also where they were edited.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), metavar="N", help="How many files are made at once; one a core if not said."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=limits.SECONDS,
    metavar="SECONDS",
    help="What one file may take before it is given up; 0 for no end.",
    show_default=True,
)
@click.option(
    "--memory-limit",
    type=click.IntRange(0),
    default=limits.MEGABYTES,
    metavar="MB",
    help="What one file may take of memory; 0 for no end.",
    show_default=True,
)
@click.option(
    "--shard", type=ShardType(), help="Make share I of N of the files: one machine's, of N that build together."
)
@click.option(
    "--cache",
    type=CacheType(),
    help="Take files from there that were made of the same things, and put there what is made.",
)
@click.option("--executor", type=ExecutorType(), help="Let a dask cluster make the files.")
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be made and why, and make nothing.")
@click.option("-q", "--question", is_flag=True, help="Make and tell nothing; exit status 1 if a file is out of date.")
@click.option("-B", "--always-make", "always", is_flag=True, help="Make every file, out of date or not.")
@click.option(
    "-k/-S", "--keep-going/--fail-fast", "go_on", default=True, help="After a failure go on (the default), or stop."
)
@click.option("--explain", is_flag=True, help="Tell why each file is made.")
@click.option("--paranoid", is_flag=True, help="Read every file; believe no time, size or number of one.")
@click.option("--no-wait", is_flag=True, help="Where another build is running, end with status 75 and do not wait.")
@click.option("--json", "events", is_flag=True, help="Tell what happens as JSON, one event a line.")
@click.option(
    "--depfile",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write of what each file is made, for the make or ninja around this build.",
)
@click.option("--since", metavar="REV", help="Only lessons that changed since a revision of git.")
@click.option("--watch", is_flag=True, help="Then wait for changes and build again, until Ctrl-C.")
@click.option("--profile", is_flag=True, help="Tell which lessons and formats took how long.")
@click.option("-s", "--quiet", "--silent", "quiet", is_flag=True, help="Tell only what went wrong.")
def command(
    targets: tuple[str, ...],
    *,
    reference: Path | None,
    output: Path | None,
    **asked: Any,  # noqa: ANN401  # one keyword an option, each of the type that is declared above
) -> None:
    """Make handouts and worksheets, those that are out of date.

    A TARGET is a lesson (its name or folder), one output file, or a pattern for either. Without any, all
    lessons of the project are built. A lesson that is at fault is told, and the others are built.

    A file is made where it is missing, or where anything that it was made of has changed: the lesson, its
    article and images, the templates, the program.
    """
    _refuse(targets, asked)
    wishes = Wishes(
        **{field.name: asked[field.name] for field in fields(Wishes) if field.name in asked},
        letterhead=_letterhead(reference),
        output=output.resolve() if output else None,
    )
    question, dry_run = asked["question"], asked["dry_run"]
    quiet, events = asked["quiet"] or question, asked["events"] and not question
    progress = Progress(quiet=quiet, events=events, explain=asked["explain"], profile=asked["profile"])
    build = _kind(watch=asked["watch"])(wishes, targets, progress, _flags(asked, reference))
    try:
        code = build.asked(tell=not question) if dry_run or question else build.run()
    except LessonError as error:
        progress.problems(error.diagnostics)
        code = 1
    sys.exit(code)


def _flags(asked: Mapping[str, Any], reference: Path | None) -> Flags:
    """Return how the build goes; `asked` are the options by name."""
    depfile = asked["depfile"]
    return Flags(
        jobs=asked["jobs"],
        bounds=limits.Limits(asked["time_limit"], asked["memory_limit"]),
        always=asked["always"],
        paranoid=asked["paranoid"],
        go_on=asked["go_on"],
        wait=not asked["no_wait"],
        overwrite=asked["overwrite"],
        since=asked["since"],
        depfile=tuple(filter(None, (depfile, reference))) if depfile else (),
        cache=cached(asked["cache"], anew=asked["always"]),
        executor=asked["executor"] or "",
    )


def _refuse(targets: tuple[str, ...], asked: Mapping[str, Any]) -> None:
    """Raise UsageError for options that do not go together."""
    manners, formats = map(manner_of, asked["presentations"]), asked["formats"]
    if asked["presentations"] and formats and not any(manner.suits(form) for manner in manners for form in formats):
        raise click.UsageError("A booklet is made as PDF only. Leave `--format` out, or write `--format pdf`.")
    if asked["watch"] and (asked["dry_run"] or asked["question"]):
        raise click.UsageError("--watch builds: it does not go with -n or -q.")
    if asked["watch"] and asked["executor"]:
        raise click.UsageError("--watch builds on this machine: it does not go with --executor.")
    if asked["overwrite"] and not (targets and all(parse(Path(target).name) for target in targets)):
        raise click.UsageError("--overwrite wants the names of the files to replace: output/LESSON/worksheet.docx")


def _kind(*, watch: bool) -> type[Build]:
    """Return what builds: once, or at every change."""
    if not watch:
        return Build
    from toolkit.cli.watching import Watch

    return Watch


def _letterhead(file: Path | None) -> Letterhead | None:
    """Return what is in the Word file that was named, None where none was; end the command where it is unfit."""
    if file is None:
        return None
    from toolkit.source.letterheads import read as read_letterhead

    try:
        found, notices = read_letterhead(file.absolute().parent, file.name)
    except LessonError as error:
        raise click.BadParameter(error.diagnostics[0].message, param_hint="'--reference'") from None
    if notices:
        click.echo(report.text(notices), err=True)
    return found
