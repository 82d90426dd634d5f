"""hornbook build: make handouts and worksheets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from toolkit.cli.building import Entry, Preparation, Prepared, Work, jobs
from toolkit.cli.progress import Progress, on_terminal
from toolkit.cli.selection import complete
from toolkit.cli.wishes import EDITIONS, Wishes
from toolkit.formats import FORMATS
from toolkit.model.choices import LEVELS, SHEET_NAMES, VERSION_NAMES, Audience, Level, Paper
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.pitch import NARROWEST, WIDEST
from toolkit.model.presentation import PRESENTATIONS, Presentation
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.ledger import KnownLesson
    from toolkit.build.run import Job, Outcome

LOCKED = 75  # sysexits.h, EX_TEMPFAIL


class _StoppedError(Exception):
    """A target failed, and the build was asked to stop at the first."""


@click.command(
    epilog="""\b
Examples:
  hornbook build                                all lessons, the usual files
  hornbook build vietnam-leaves-cambodia        one lesson
  hornbook build output/vietnam-leaves-cambodia/handout.pdf
  hornbook build --edition student --format pdf
  hornbook build --presentation large-print     18 pt on every page
  hornbook build lessons/_showcase --version A --level support
  hornbook build 'causes-*'                     lessons whose name begins so
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
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The folder to write to.")
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
@click.option("--profile", is_flag=True, help="Tell which lessons and formats took how long.")
@click.option("-s", "--quiet", "--silent", "quiet", is_flag=True, help="Tell only what went wrong.")
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
    dry_run: bool,
    question: bool,
    always: bool,
    go_on: bool,
    explain: bool,
    paranoid: bool,
    no_wait: bool,
    events: bool,
    profile: bool,
    quiet: bool,
) -> None:
    """Make handouts and worksheets, those that are out of date.

    A TARGET is a lesson (its name or folder), one output file, or a pattern for either. Without any, all
    lessons of the project are built. A lesson that is at fault is told, and the others are built.

    A file is made where it is missing, or where anything that it was made of has changed: the lesson, its
    article and images, the templates, the program.
    """
    folder = output.resolve() if output else None
    wishes = Wishes(editions, sheets, formats, versions, levels, presentations, pitch, paper, folder)
    progress = Progress(quiet=quiet or question, events=events and not question, explain=explain, profile=profile)
    build = _Build(wishes, targets, progress, always=always, paranoid=paranoid, go_on=go_on, wait=not no_wait)
    try:
        code = build.asked(tell=not question) if dry_run or question else build.run()
    except LessonError as error:
        progress.problems(error.diagnostics)
        code = 1
    sys.exit(code)


class _Build:
    """One run of the command."""

    def __init__(
        self, wishes: Wishes, targets: tuple[str, ...], progress: Progress, *,
        always: bool, paranoid: bool, go_on: bool, wait: bool,
    ) -> None:  # fmt: skip  # one argument a flag
        self.wishes = wishes
        self.targets = targets
        self.progress = progress
        self.always = always
        self.paranoid = paranoid
        self.go_on = go_on
        self.wait = wait

    def prepared(self) -> Prepared:
        """Return what is to be done."""
        return Preparation(self.wishes, paranoid=self.paranoid, always=self.always).prepare(self.targets)

    def asked(self, *, tell: bool) -> int:
        """Tell what would be made, if that is to be told, and return the exit status: 1 where it was only asked for."""
        plan = self.prepared()
        faulty = [lesson for lesson in plan.lessons if lesson.traits is None]
        stale = [(work, entry) for work in plan.works for entry in work.stale()]
        if not tell:
            return 1 if faulty or stale else 0
        self._say(plan)
        for work, entry in stale:
            self.progress.would(work.ledger.folder / entry.wanted.name, entry)
        if not self.progress.events:
            click.echo(f"{len(stale)} file{'s' * (len(stale) != 1)} to make", err=True)
        return 1 if faulty else 0

    def run(self) -> int:
        """Make what is out of date and return the exit status."""
        from toolkit.build.locking import LockedError, locked

        plan = self.prepared()
        with ExitStack() as stack:
            for work in plan.works:
                if work.stale():
                    folder = work.ledger.folder
                    try:
                        stack.enter_context(
                            locked(folder, wait=self.wait, waiting=lambda f=folder: self.progress.waiting(f))  # type: ignore[misc]  # mypy knows no default of a lambda
                        )
                    except LockedError:
                        click.echo(f"another build writes to {shown_path(folder)}", err=True)
                        return LOCKED
            if any(work.ledger.record.changed() for work in plan.works):
                plan = self.prepared()  # another build has ended since
            self._say(plan)
            self.progress.faulty = sum(lesson.traits is None for lesson in plan.lessons)
            if self.go_on or not self.progress.faulty:
                self._make(plan)
        for work in plan.works:
            _remember(work)
        return self.progress.conclude()

    def _say(self, plan: Prepared) -> None:
        """Tell what is known before anything is made, of the records, the project and the lessons."""
        for work in plan.works:
            if damage := work.ledger.record.damage:
                message = f"the record of {shown_path(work.ledger.folder)} {damage}"
                hint = "what it lacks is made again"
                self.progress.problems([Diagnostic("B710", message, hint=hint, severity=Severity.WARNING)])
        self.progress.problems(plan.notices)
        self.progress.problems([problem for lesson in plan.lessons for problem in lesson.problems])

    def _pass_over(self, work: Work) -> None:
        """Tell what was said of files that are up to date, and of those that were edited."""
        targets = work.ledger.record["targets"]
        self.progress.fresh += len(work.fresh)
        kept = [entry.wanted.name for entry in work.entries if entry.step.kept]
        for name in (*work.fresh, *kept):
            if targets[name][-1]:
                self.progress.problems(work.session.told(name), name)
        for name in kept:
            self.progress.still_kept(name, *work.session.kept(name))

    def _make(self, plan: Prepared) -> None:
        for work in plan.works:
            self._pass_over(work)
        works = [work for work in plan.works if work.stale()]
        bar = not (self.progress.quiet or self.progress.events) and on_terminal()
        try:
            if bar and works:
                length = sum(len(work.stale()) for work in works)
                with click.progressbar(length=length, label="Building", file=sys.stderr) as shown:
                    for work in works:
                        self._run(work, told=lambda _: shown.update(1))
                for outcome in self.progress.made:
                    self.progress.outcome(outcome)
            else:
                for work in works:
                    self._run(work, told=self.progress.outcome)
        except _StoppedError:
            return

    def _run(self, work: Work, told: Callable[[Outcome], None]) -> None:
        from toolkit.build.run import run
        from toolkit.build.store import Store

        entries: dict[str, Entry] = {}

        def failed(lesson: KnownLesson) -> None:
            self.progress.faulty += 1
            self.progress.problems(lesson.problems)

        def each() -> Iterator[Job]:
            for entry, job in jobs(work, self.wishes, failed):
                entries[job.target.name] = entry
                self.progress.why(work.ledger.folder / job.target.name, entry)
                yield job

        def done(outcome: Outcome) -> None:
            work.session.finish(outcome, entries[outcome.target.name].wanted)
            self.progress.made.append(outcome)
            told(outcome)
            if outcome.failed and not self.go_on:
                raise _StoppedError

        work.session.settle()
        run(each(), Store(work.ledger.folder, work.ledger.record), done)


def _remember(work: Work) -> None:
    """Write what was learnt of files and lessons, where nothing was made. It only saves time: if it fails, it fails."""
    from toolkit.build.locking import LockedError, locked

    record = work.ledger.record
    if (work.session.learnt() or record.damage) and record["files"]:
        with suppress(OSError, LockedError), locked(work.ledger.folder, wait=False):
            if not record.changed():
                work.session.settle()
                record.save()
