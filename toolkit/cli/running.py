"""One run of `hornbook build`: what is out of date is made, stored and told of."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from toolkit.build import limits
from toolkit.cli.building import Entry, Preparation, Prepared, Work, jobs
from toolkit.cli.progress import Progress, on_terminal
from toolkit.cli.shares import cluster
from toolkit.cli.wishes import Wishes
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.build.caching import Cache
    from toolkit.build.cluster import Cluster
    from toolkit.build.crew import Crew
    from toolkit.build.ledger import KnownLesson
    from toolkit.build.run import Job, Outcome
    from toolkit.build.standing import Standing

LOCKED = 75  # sysexits.h, EX_TEMPFAIL


class _StoppedError(Exception):
    """A target failed, and the build was asked to stop at the first."""


class _Telling:
    """Tells what becomes of each file in order, and of all that are finished where the build stops."""

    def __init__(self, progress: Progress, told: Callable[[Outcome], None], *, go_on: bool) -> None:
        self._progress = progress
        self._told = told
        self._go_on = go_on
        self._untold: dict[str, Outcome] = {}  # finished, while one before it in order is not

    def finished(self, outcome: Outcome) -> None:
        """Remember what is stored and not told yet."""
        self._untold[outcome.target.name] = outcome

    def done(self, outcome: Outcome) -> None:
        """Tell `outcome`, whose turn it is. Raise _StoppedError after a failure, if none is to follow."""
        self._tell(outcome)
        if outcome.failed and not self._go_on:
            for each in tuple(self._untold.values()):
                self._tell(each)
            raise _StoppedError

    def _tell(self, outcome: Outcome) -> None:
        self._untold.pop(outcome.target.name, None)
        self._progress.made.append(outcome)
        self._told(outcome)


@dataclass(frozen=True, slots=True)
class Flags:
    """How a build goes, as the command line says. What is to be made is a `Wishes`.

    `jobs` are how many files are made at once, None for one a core. `since` is a revision of git, None for all
    lessons. `depfile` is the file to write, then what every file was made of beside the lesson. `executor` is the
    address of a cluster, "" for this machine.
    """

    jobs: int | None
    bounds: limits.Limits
    always: bool
    paranoid: bool
    go_on: bool
    wait: bool
    overwrite: bool
    since: str | None
    depfile: tuple[Path, ...]
    cache: Cache | None
    executor: str


class Build:
    """One run of the command."""

    def __init__(self, wishes: Wishes, targets: tuple[str, ...], progress: Progress, flags: Flags) -> None:
        self.wishes = wishes
        self.targets = targets
        self.progress = progress
        self.flags = flags
        self.crew: Standing | Cluster | None = None  # one that stays; where there is none, one for the build is found
        self.preparation: Preparation | None = None

    def prepared(self) -> Prepared:
        """Return what is to be done."""
        always = self.flags.always or self.flags.overwrite
        if self.flags.since is None:
            self.preparation = Preparation(self.wishes, paranoid=self.flags.paranoid, always=always)
            return self.preparation.prepare(self.targets)
        from toolkit.build.revisions import RevisionError, Since

        since = Since(self.flags.since)
        self.preparation = Preparation(self.wishes, paranoid=self.flags.paranoid, always=always, since=since)
        try:
            return self.preparation.prepare(self.targets)
        except RevisionError as error:
            raise click.UsageError(f"{error}.") from None

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
                            locked(folder, wait=self.flags.wait, waiting=lambda f=folder: self.progress.waiting(f))  # type: ignore[misc]  # mypy knows no default of a lambda
                        )
                    except LockedError:
                        click.echo(f"another build writes to {shown_path(folder)}", err=True)
                        return LOCKED
            if any(work.ledger.record.changed() for work in plan.works):
                plan = self.prepared()  # another build has ended since
            self._say(plan)
            self.progress.faulty = sum(lesson.traits is None for lesson in plan.lessons)
            if self.flags.go_on or not self.progress.faulty:
                self._make(plan)
        for work in plan.works:
            _remember(work)
        if self.flags.depfile:
            self._write_depfile(plan)
        return self.progress.conclude()

    def _write_depfile(self, plan: Prepared) -> None:
        from toolkit.build.makefile import UnsaidError
        from toolkit.cli import depfile

        try:
            depfile.write(self.flags.depfile[0], plan.works, self.flags.depfile[1:])
        except UnsaidError as error:
            raise click.ClickException(str(error)) from None

    def _say(self, plan: Prepared) -> None:
        """Tell what is known before anything is made, of the records, the project and the lessons."""
        for work in plan.works:
            if damage := work.ledger.record.damage:
                message = f"the record of {shown_path(work.ledger.folder)} {damage}"
                hint = "what it lacks is made again"
                self.progress.problems([Diagnostic("B711", message, hint=hint, severity=Severity.WARNING)])
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
        if not works:
            return
        with self._cluster():
            self._run_all(works)

    @contextmanager
    def _cluster(self) -> Iterator[None]:
        """Return a context in which the cluster makes the files, where one was asked for."""
        if not self.flags.executor:
            yield
            return
        with cluster(
            self.flags.executor, self.flags.bounds, lambda: found_crew(self.flags.jobs, self.flags.bounds)
        ) as self.crew:
            try:
                yield
            finally:
                self.progress.problems(self.crew.taken())

    def _run_all(self, works: list[Work]) -> None:
        bar = not (self.progress.quiet or self.progress.events) and on_terminal()
        try:
            if bar:
                length = sum(len(work.stale()) for work in works)
                with click.progressbar(length=length, label="Building", file=sys.stderr) as shown:
                    for work in works:
                        self._run(work, told=lambda _: shown.update(1), ordered=False)
                for outcome in self.progress.made:
                    self.progress.outcome(outcome)
            else:
                for work in works:
                    self._run(work, told=self.progress.outcome)
        except _StoppedError:
            return

    def _run(self, work: Work, told: Callable[[Outcome], None], *, ordered: bool = True) -> None:
        from toolkit.build.caching import Bases
        from toolkit.build.run import run
        from toolkit.build.store import Store

        entries: dict[str, Entry] = {}
        bases = Bases(work.ledger.facts)
        telling = _Telling(self.progress, told, go_on=self.flags.go_on)

        def failed(lesson: KnownLesson) -> None:
            self.progress.faulty += 1
            self.progress.problems(lesson.problems)

        def each() -> Iterator[Job]:
            for entry, job in jobs(work, self.wishes, failed):
                entries[job.target.name] = entry
                self.progress.why(work.ledger.folder / job.target.name, entry)
                yield replace(job, basis=bases.of(entry.wanted)) if self.flags.cache else job

        def finished(outcome: Outcome) -> None:
            work.session.finish(outcome, entries[outcome.target.name].wanted)
            telling.finished(outcome)

        work.session.settle()
        store = Store(work.ledger.folder, work.ledger.record, overwrite=self.flags.overwrite)
        crew = self.crew or found_crew(self.flags.jobs, self.flags.bounds)
        try:
            run(each(), store, telling.done, crew, ordered=ordered, finished=finished, cache=self.flags.cache)
        finally:
            if self.flags.cache:
                self.progress.problems(self.flags.cache.taken())


def found_crew(jobs: int | None, bounds: limits.Limits) -> Crew:
    """Return who makes the files; say so where a make above us gives no jobs away."""
    from toolkit.build.crew import crew

    try:
        return crew(jobs, bounds, os.environ)
    except OSError:
        click.echo("make gives this build no jobs: it makes one file at a time. Begin the recipe with '+'.", err=True)
        return crew(1, bounds, {})


def _remember(work: Work) -> None:
    """Write what was learnt of files and lessons, where nothing was made. It only saves time: if it fails, it fails."""
    from toolkit.build.locking import LockedError, locked

    if (work.session.learnt() or work.ledger.record.damage) and work.ledger.record["files"]:
        with suppress(OSError, LockedError), locked(work.ledger.folder, wait=False):
            if not work.ledger.record.changed():
                work.session.settle()
                work.ledger.record.save()
