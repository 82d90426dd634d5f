"""hornbook build: make handouts and worksheets."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import report
from toolkit.cli.selection import Reading, loaded, selected, workspace
from toolkit.compose.names import SHEET_NAMES
from toolkit.formats import FORMATS
from toolkit.model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from toolkit.build.run import Job, Outcome
    from toolkit.build.targets import Kind
    from toolkit.model.project import Project

EDITIONS = ("student", "teacher")


@click.command(
    epilog="""\b
Examples:
  hornbook build                                all lessons, the usual files
  hornbook build vietnam-leaves-cambodia        one lesson
  hornbook build output/vietnam-leaves-cambodia/handout.pdf
  hornbook build --edition student --format pdf
"""
)
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option("--edition", "editions", multiple=True, type=click.Choice(EDITIONS), help="For whom; both if not said.")
@click.option("--sheet", "sheets", multiple=True, type=click.Choice(SHEET_NAMES), help="Which sheet; may be repeated.")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Which format; may be repeated.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), help="The size of the paper; the project's if not said.")
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
def command(  # noqa: PLR0913  # one argument an option: that is how Click passes them
    targets: tuple[str, ...],
    editions: tuple[str, ...],
    sheets: tuple[str, ...],
    formats: tuple[str, ...],
    paper: str | None,
    output: Path | None,
    *,
    quiet: bool,
) -> None:
    """Make handouts and worksheets.

    A TARGET is a lesson (its name or folder) or one output file. Without any, all lessons of the project
    are built. A lesson that is at fault is told, and the others are built.
    """
    from toolkit.build.run import run
    from toolkit.build.store import Store

    wishes = _Wishes(editions, sheets, formats, paper)
    readings, chosen = _read(targets, wishes)
    problems = [problem for reading in readings for problem in reading.problems]
    if problems:
        click.echo(report.text(problems), err=True)
    jobs = [job for reading, kinds, project in chosen for job in wishes.jobs(reading, kinds, project)]
    folder = (output or workspace().output).resolve()
    outcomes = _with_progress(jobs, lambda done: run(jobs, Store(folder), done), quiet=quiet)
    faulty = sum(reading.lesson is None for reading in readings)
    _conclude(outcomes, faulty, quiet=quiet)


class _Wishes:
    """What was asked for on the command line, over what the project says."""

    def __init__(
        self, editions: tuple[str, ...], sheets: tuple[str, ...], formats: tuple[str, ...], paper: str | None
    ) -> None:
        self.editions = editions
        self.sheets = sheets
        self.formats = formats
        self.paper = paper

    def kinds(self, project: Project) -> list[Kind]:
        from toolkit.build.targets import choose

        editions = self.editions or project.editions
        chosen = [edition for edition in EDITIONS if edition in editions]
        return choose(project.targets, chosen, sheets=self.sheets, formats=self.formats)  # type: ignore[arg-type]  # checked by Click and by the project's type

    def jobs(self, reading: Reading, kinds: list[Kind], project: Project) -> Iterator[Job]:
        from toolkit.build.run import Job
        from toolkit.build.targets import Target
        from toolkit.model.printout import Edition

        if reading.lesson is None:
            return
        paper = self.paper or project.paper
        for kind in kinds:
            edition = Edition(kind.audience, paper, project.pitch, project.title or "")  # type: ignore[arg-type]  # Click checked it
            yield Job(Target(reading.lesson.lesson.slug, kind), reading.lesson, edition)


def _read(
    targets: tuple[str, ...], wishes: _Wishes
) -> tuple[list[Reading], list[tuple[Reading, list[Kind], Project]]]:
    """Return the lessons that `targets` name, each read once, and what to make of each."""
    lessons = [Path(target) for target in targets if _file_kind(target) is None]
    files = [(Path(target), kind) for target in targets if (kind := _file_kind(target))]
    readings: list[Reading] = []
    chosen: list[tuple[Reading, list[Kind], Project]] = []
    if lessons or not files:
        for file, project in selected(tuple(lessons)).files:
            readings.append(loaded(file, project))
            chosen.append((readings[-1], wishes.kinds(project), project))
    for path, kind in files:
        file, project = selected((Path(path.parent.name),)).files[0]
        reading = next((known for known in readings if known.file == file), None) or loaded(file, project)
        if reading not in readings:
            readings.append(reading)
        chosen.append((reading, [kind], project))
    _refuse_twins(readings)
    return readings, chosen


def _file_kind(target: str) -> Kind | None:
    from toolkit.build.targets import parse

    path = Path(target)
    return parse(path.name) if path.parent.name else None


def _refuse_twins(readings: list[Reading]) -> None:
    """Refuse two lessons that would write to one folder, here or on a system that folds letter case."""
    seen: dict[str, Path] = {}
    for reading in readings:
        slug = reading.lesson.lesson.slug if reading.lesson else None
        if slug and seen.setdefault(slug, reading.file) != reading.file:
            raise click.UsageError(f"{seen[slug]} and {reading.file} have the same id, '{slug}': change one")


def _with_progress(jobs: list[Job], build: object, *, quiet: bool) -> list[Outcome]:
    """Return what became of the jobs, with a bar on a terminal and a line for each file elsewhere."""
    assert callable(build)
    if sys.stderr.isatty() and not quiet:
        with click.progressbar(length=len(jobs), label="Building", file=sys.stderr) as bar:
            told: list[Outcome] = []

            def advance(outcome: Outcome) -> None:
                told.append(outcome)
                bar.update(1)

            outcomes: list[Outcome] = build(advance)
        for outcome in outcomes:
            _tell(outcome, quiet=quiet)
        return outcomes
    done: list[Outcome] = build(lambda outcome: _tell(outcome, quiet=quiet))
    return done


def _tell(outcome: Outcome, *, quiet: bool) -> None:
    if outcome.diagnostics:
        click.echo(report.text(_named(outcome)), err=True)
    if outcome.stored and not quiet:
        from toolkit.source.files import shown_path

        click.echo(f"{outcome.stored.written.value:<10} {shown_path(outcome.stored.path)}")


def _named(outcome: Outcome) -> list[Diagnostic]:
    """Return the diagnostics of a target; those without a place in the lesson are told of the target."""
    from dataclasses import replace

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
