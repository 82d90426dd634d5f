"""hornbook build: make handouts and worksheets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

import click

from toolkit.build.targets import Kind, Target, choose, lacking, of_lesson, parse
from toolkit.cli import report
from toolkit.cli.selection import Reading, complete, read, read_named, workspace
from toolkit.formats import FORMATS
from toolkit.model.choices import LEVELS, SHEET_NAMES, VERSION_NAMES, Audience, Level, Paper
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.pitch import NARROWEST, WIDEST, pitch_for
from toolkit.model.presentation import PRESENTATIONS, Presentation, manner_of
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.run import Job, Outcome
    from toolkit.model.printout import Edition

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
  hornbook build --presentation large-print     18 pt on every page
  hornbook build lessons/_showcase --version A --level support
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
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only what went wrong.")
def command(  # noqa: PLR0913, PLR0917  # one argument an option: that is how Click passes them
    targets: tuple[str, ...],
    editions: tuple[Audience, ...],
    sheets: tuple[str, ...],
    formats: tuple[str, ...],
    versions: tuple[str, ...],
    levels: tuple[Level, ...],
    presentations: tuple[Presentation, ...],
    pitch: float | None,
    paper: Paper | None,
    output: Path | None,
    *,
    quiet: bool,
) -> None:
    """Make handouts and worksheets.

    A TARGET is a lesson (its name or folder) or one output file. Without any, all lessons of the project
    are built. A lesson that is at fault is told, and the others are built.
    """
    folder = output.resolve() if output else None
    wishes = _Wishes(editions, sheets, formats, versions, levels, presentations, pitch, paper, folder)
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
    versions: tuple[str, ...]
    levels: tuple[Level, ...]
    presentations: tuple[Presentation, ...]
    pitch: float | None
    paper: Paper | None
    output: Path | None

    def kinds(self, reading: Reading) -> list[Kind]:
        """Return what is to be made of a lesson, nothing of one that could not be read."""
        if reading.lesson is None:
            return []
        project = reading.home.project
        asked = self.editions or project.editions
        editions = [edition for edition in EDITIONS if edition in asked]
        manners = self.presentations or project.presentations
        usual = choose(project.targets, editions, sheets=self.sheets, formats=self.formats, presentations=manners)
        return of_lesson(reading.lesson.lesson.spec, usual, self.levels or project.levels, self.versions)

    def lacking(self, reading: Reading, kinds: list[Kind]) -> str:
        """Return what the lesson would need to have for what was asked of it, "" where it has that."""
        if reading.lesson is None:
            return ""
        spec, file = reading.lesson.lesson.spec, shown_path(reading.file)
        # A level that was asked for is left out of `kinds`, as one of the project's would be.
        levels = [Kind("", "student", "", level=level) for level in self.levels]
        said = next(filter(None, (lacking(spec, kind, file) for kind in (*kinds, *levels))), "")
        return f"The lesson '{reading.slug}' {said}" if said else ""

    def edition(self, kind: Kind, reading: Reading) -> Edition:
        """Return for whom `kind` is printed, and how."""
        from toolkit.model.printout import Edition

        assert reading.lesson
        project, grades = reading.home.project, reading.lesson.lesson.spec.grades
        wide = manner_of(kind.presentation).pitch or 0.0
        usual = max(project.pitch, wide) if project.pitch else pitch_for(grades, kind.presentation)
        pitch = self.pitch or usual
        paper = self.paper or project.paper
        return Edition(
            kind.audience,
            paper,
            pitch,
            project.title or "",
            kind.version,
            kind.level,
            kind.presentation,
            reading.home.theme,
        )

    def work(self, chosen: list[tuple[Reading, list[Kind]]]) -> Work:
        """Return what is to be made of the lessons that could be read, each target once."""
        from toolkit.build.run import Job

        work: Work = {}
        for reading, kinds in chosen:
            if reading.lesson is None:
                continue
            folder = self.output or reading.home.output.resolve()
            for kind in kinds:
                target = Target(reading.slug, kind)
                job = Job(target, reading.lesson, self.edition(kind, reading))
                work.setdefault(folder, {}).setdefault(target, job)
        return work


def _chosen(targets: tuple[str, ...], wishes: _Wishes) -> list[tuple[Reading, list[Kind]]]:
    """Return the lessons that `targets` name, with what is to be made of each.

    Raise UsageError for a version or level that a named lesson does not have. Where none is named, those that
    have it are built.
    """
    files = {target: kind for target in targets if (kind := _file_kind(target))}
    lessons = tuple(Path(target) for target in targets if target not in files)
    chosen: list[tuple[Reading, list[Kind]]] = []
    if lessons or not files:
        chosen += [(reading, wishes.kinds(reading)) for reading in read(lessons, wishes.output)]
    for target, kind in files.items():
        path = Path(target)
        there = next(folder for folder in path.absolute().parents if folder.is_dir())
        chosen.append((read_named(path.parent.name, workspace(there)), [kind]))
    missing = {reading.file: wishes.lacking(reading, kinds) for reading, kinds in chosen}
    if any(missing.values()) and (targets or all(missing.values())):
        raise click.UsageError(next(filter(None, missing.values())))
    return [(reading, kinds) for reading, kinds in chosen if not missing[reading.file]]


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
    told = [each for each in _named(outcome) if not (quiet and each.severity is Severity.NOTE)]
    if told:
        click.echo(report.text(told), err=True)
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
