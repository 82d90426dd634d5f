"""hornbook build: make handouts and worksheets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

import click

from toolkit.build.targets import Kind, Target, choose, parse
from toolkit.cli import report
from toolkit.cli.selection import Reading, complete, read, read_named, workspace
from toolkit.compose.names import SHEET_NAMES
from toolkit.formats import FORMATS
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Audience, Edition, Paper
from toolkit.model.project import Project
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.run import Job, Outcome

EDITIONS: Final[tuple[Audience, ...]] = get_args(Audience)

Work: TypeAlias = "dict[Path, dict[Target, Job]]"
"""What is to be made in which output folder."""


@click.command(
    epilog="""\b
Examples:
  hornbook build                                all lessons, the usual files
  hornbook build vietnam-leaves-cambodia        one lesson
  hornbook build output/vietnam-leaves-cambodia/handout.pdf
  hornbook build --edition student --format pdf
"""
)
@click.argument("targets", nargs=-1, metavar="[TARGET...]", shell_complete=complete)
@click.option("--edition", "editions", multiple=True, type=click.Choice(EDITIONS), help="For whom; both if not said.")
@click.option("--sheet", "sheets", multiple=True, type=click.Choice(SHEET_NAMES), help="Which sheet; may be repeated.")
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Which format; may be repeated."
)
@click.option("--paper", type=click.Choice(get_args(Paper)), help="The size of the paper; the project's if not said.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
def command(  # one argument an option: that is how Click passes them
    targets: tuple[str, ...],
    editions: tuple[Audience, ...],
    sheets: tuple[str, ...],
    formats: tuple[str, ...],
    paper: Paper | None,
    output: Path | None,
    *,
    quiet: bool,
) -> None:
    """Make handouts and worksheets.

    A TARGET is a lesson (its name or folder) or one output file. Without any, all lessons of the project
    are built. A lesson that is at fault is told, and the others are built.
    """
    wishes = _Wishes(editions, sheets, formats, paper, output.resolve() if output else None)
    chosen = _chosen(targets, wishes)
    readings = list({reading.file: reading for reading, _ in chosen}.values())
    problems = [problem for reading in readings for problem in reading.problems]
    if problems:
        click.echo(report.text(problems), err=True)
    outcomes = _make(wishes.work(chosen), quiet=quiet)
    faulty = sum(reading.lesson is None for reading in readings)
    _conclude(outcomes, faulty, quiet=quiet)


@dataclass(frozen=True)
class _Wishes:
    """What was asked for on the command line, over what the project says."""

    editions: tuple[Audience, ...]
    sheets: tuple[str, ...]
    formats: tuple[str, ...]
    paper: Paper | None
    output: Path | None

    def kinds(self, project: Project) -> list[Kind]:
        asked = self.editions or project.editions
        editions = [edition for edition in EDITIONS if edition in asked]
        return choose(project.targets, editions, sheets=self.sheets, formats=self.formats)

    def work(self, chosen: list[tuple[Reading, list[Kind]]]) -> Work:
        """Return what is to be made of the lessons that could be read, each target once."""
        from toolkit.build.run import Job

        work: Work = {}
        for reading, kinds in chosen:
            if reading.lesson is None:
                continue
            project = reading.home.project
            folder = self.output or reading.home.output.resolve()
            for kind in kinds:
                edition = Edition(kind.audience, self.paper or project.paper, project.pitch, project.title or "")
                target = Target(reading.slug, kind)
                work.setdefault(folder, {}).setdefault(target, Job(target, reading.lesson, edition))
        return work


def _chosen(targets: tuple[str, ...], wishes: _Wishes) -> list[tuple[Reading, list[Kind]]]:
    """Return the lessons that `targets` name, with what is to be made of each."""
    files = {target: kind for target in targets if (kind := _file_kind(target))}
    lessons = tuple(Path(target) for target in targets if target not in files)
    chosen: list[tuple[Reading, list[Kind]]] = []
    if lessons or not files:
        chosen += [(reading, wishes.kinds(reading.home.project)) for reading in read(lessons, wishes.output)]
    for target, kind in files.items():
        path = Path(target)
        there = next(folder for folder in path.absolute().parents if folder.is_dir())
        chosen.append((read_named(path.parent.name, workspace(there)), [kind]))
    return chosen


def _file_kind(target: str) -> Kind | None:
    path = Path(target)
    return parse(path.name) if path.parent.name else None


def _make(work: Work, *, quiet: bool) -> list[Outcome]:
    """Return what became of the targets, with a bar on a terminal and a line for each file elsewhere."""
    if quiet or not sys.stderr.isatty():
        return _run(work, lambda outcome: _tell(outcome, quiet=quiet))
    with click.progressbar(length=sum(map(len, work.values())), label="Building", file=sys.stderr) as bar:
        outcomes = _run(work, lambda _: bar.update(1))
    for outcome in outcomes:
        _tell(outcome, quiet=quiet)
    return outcomes


def _run(work: Work, done: Callable[[Outcome], None]) -> list[Outcome]:
    from toolkit.build.run import run
    from toolkit.build.store import Store

    return [outcome for folder, jobs in work.items() for outcome in run(jobs.values(), Store(folder), done)]


def _tell(outcome: Outcome, *, quiet: bool) -> None:
    if outcome.diagnostics:
        click.echo(report.text(_named(outcome)), err=True)
    if outcome.stored and not quiet:
        click.echo(f"{outcome.stored.written.value:<10} {shown_path(outcome.stored.path)}")


def _named(outcome: Outcome) -> list[Diagnostic]:
    """Return the diagnostics of a target; those without a place in the lesson are told of the target."""
    return [d if d.span else replace(d, address=d.address or outcome.target.name) for d in outcome.diagnostics]


def _conclude(outcomes: list[Outcome], faulty: int, *, quiet: bool) -> None:
    failed = sum(outcome.failed for outcome in outcomes)
    kept = sum(outcome.kept for outcome in outcomes)
    made = len(outcomes) - failed - kept
    parts = [f"{made} file{'s' * (made != 1)} up to date"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{kept} kept because edited"] if kept else []
    parts += [f"{faulty} lesson{'s' * (faulty != 1)} at fault"] if faulty else []
    if not quiet or failed or kept or faulty:
        click.echo(", ".join(parts), err=True)
    sys.exit(1 if failed or faulty else 3 if kept else 0)
