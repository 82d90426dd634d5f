"""What a build tells while it runs and when it ends: for people, or as events for programs."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import click

from toolkit.cli import report
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.run import Outcome
    from toolkit.cli.building import Entry

_SLOWEST: Final = 10  # lessons that a profile names


@dataclass
class Progress:
    """Tells what happens in a build. `quiet`: only what went wrong; `events`: as JSON, one event a line.

    `told` is what the build before said, where one follows another: it is not said again. `said` is what this one says.
    """

    quiet: bool = False
    events: bool = False
    explain: bool = False
    profile: bool = False
    made: list[Outcome] = field(default_factory=list)
    fresh: int = 0
    kept: int = 0
    faulty: int = 0
    start: float = field(default_factory=perf_counter)
    told: frozenset[tuple[str, Diagnostic]] | None = None
    said: set[tuple[str, Diagnostic]] = field(default_factory=set)

    def problems(self, found: Sequence[Diagnostic], target: str = "") -> None:
        """Tell diagnostics, those of a target without a place in the lesson with its name."""
        heard = [d for d in found if not (self.quiet and d.severity is Severity.NOTE)]
        named = [d if d.span else replace(d, address=d.address or target) for d in heard]
        self.said.update((target, d) for d in named)
        named = [d for d in named if (target, d) not in (self.told or ())]
        if self.events:
            for one in named:
                self._event("diagnostic", **report.as_data(one), target=target)
        elif named:
            click.echo(report.text(named), err=True)

    def watching(self) -> None:
        """Tell that changes are waited for."""
        if self.events:
            self._event("watching")
        elif not self.quiet:
            click.echo("watching for changes; Ctrl-C ends it", err=True)

    def waiting(self, folder: Path) -> None:
        """Tell that another build writes to `folder`."""
        if self.events:
            self._event("waiting", folder=shown_path(folder))
        else:
            click.echo(f"another build writes to {shown_path(folder)}; waiting for it to end", err=True)

    def would(self, path: Path, entry: Entry) -> None:
        """Tell that a target is out of date, and why."""
        if self.events:
            self._event("stale", target=entry.wanted.name, path=shown_path(path), reasons=list(entry.step.reasons))
        elif not self.quiet:
            click.echo(f"would make {shown_path(path)}: {'; '.join(entry.step.reasons)}")

    def why(self, path: Path, entry: Entry) -> None:
        """Tell why a target is made, where that was asked for."""
        if self.events:
            self._event("stale", target=entry.wanted.name, path=shown_path(path), reasons=list(entry.step.reasons))
        elif self.explain:
            click.echo(f"{shown_path(path)}: {'; '.join(entry.step.reasons)}", err=True)

    def outcome(self, outcome: Outcome) -> None:
        """Tell what became of a target."""
        self.problems(outcome.diagnostics, outcome.target.name)
        state = outcome.stored.written.value if outcome.stored else "failed"
        path = shown_path(outcome.stored.path) if outcome.stored else ""
        if self.events:
            seconds = round(outcome.seconds, 3)
            cached = {"cached": True} if outcome.cached else {}
            self._event("target", target=outcome.target.name, path=path, state=state, seconds=seconds, **cached)
        elif outcome.stored and not self.quiet:
            click.echo(f"{state:<10} {path}")

    def still_kept(self, name: str, path: Path, said: Diagnostic) -> None:
        """Tell of a file that was edited and is kept, where the new one beside it is up to date."""
        self.kept += 1
        self.problems([said], name)
        if self.events:
            self._event("target", target=name, path=shown_path(path), state="kept", seconds=0.0)
        elif not self.quiet:
            click.echo(f"{'kept':<10} {shown_path(path)}")

    def conclude(self) -> int:
        """Tell how the build ended, and return its exit status."""
        failed = sum(outcome.failed for outcome in self.made)
        kept = self.kept + sum(outcome.kept for outcome in self.made)
        skipped = sum(outcome.skipped for outcome in self.made)
        fine = self.fresh + len(self.made) - failed - skipped - kept + self.kept
        seconds = perf_counter() - self.start
        code = 1 if failed or self.faulty else 3 if kept or skipped else 0
        if (
            self.told is not None and {*self.told} == self.said and not self.made
        ):  # nothing that the build before did not say
            return code
        if self.events:
            counts = {
                "up_to_date": fine,
                "failed": failed,
                "kept": kept,
                "open": skipped,
                "lessons_at_fault": self.faulty,
            }
            self._event("end", **counts, made=len(self.made) - failed - skipped, seconds=round(seconds, 3), status=code)
            return code
        parts = [f"{fine} file{'s' * (fine != 1)} up to date"]
        parts += [f"{failed} failed"] if failed else []
        parts += [f"{kept} kept because edited"] if kept else []
        parts += [f"{skipped} skipped because open"] if skipped else []
        parts += [f"{self.faulty} lesson{'s' * (self.faulty != 1)} at fault"] if self.faulty else []
        made = len(self.made) - failed - skipped
        cached = sum(outcome.cached for outcome in self.made)
        spent = f"{made} made in {seconds:.1f} s{f', {cached} of them from the cache' * bool(cached)}; " if made else ""
        if self.profile:
            click.echo(profile(self.made), err=True)
        if not self.quiet or code:
            click.echo(spent + ", ".join(parts), err=True)
        return code

    @staticmethod
    def _event(kind: str, **values: object) -> None:
        click.echo(json.dumps({"event": kind, **values}, ensure_ascii=False))


def profile(made: Iterable[Outcome]) -> str:
    """Return the slowest lessons and the time of each format, as lines: seconds, files, name."""
    lessons: dict[str, list[float]] = defaultdict(list)
    formats: dict[str, list[float]] = defaultdict(list)
    for outcome in made:
        lessons[outcome.target.slug].append(outcome.seconds)
        formats[outcome.target.kind.format].append(outcome.seconds)
    slowest = sorted(lessons.items(), key=lambda item: -sum(item[1]))
    lines = ["seconds  files  slowest lessons"]
    lines += [f"{sum(times):7.2f}  {len(times):5}  {slug}" for slug, times in slowest[:_SLOWEST]]
    if len(slowest) > _SLOWEST:
        rest = [time for _, times in slowest[_SLOWEST:] for time in times]
        lines.append(f"{sum(rest):7.2f}  {len(rest):5}  {len(slowest) - _SLOWEST} others")
    lines.append("seconds  files  formats")
    lines += [f"{sum(times):7.2f}  {len(times):5}  {name}" for name, times in sorted(formats.items())]
    return "\n".join(lines)


def on_terminal() -> bool:
    """Return whether a bar can be shown."""
    return sys.stderr.isatty()
