"""`hornbook build --watch`: builds, waits for a change, and builds what is out of date by then."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click

from toolkit.build import inputs, vigil
from toolkit.build.interrupts import Interrupts
from toolkit.build.standing import Standing, forms
from toolkit.build.vigil import LESSONS, Place
from toolkit.cli.building import Prepared
from toolkit.cli.progress import Progress
from toolkit.cli.running import Build, found_crew
from toolkit.model.diagnostics import LessonError
from toolkit.source.discovery import PROJECT, project_of
from toolkit.source.observing import CONTENT, LISTING


class Watch(Build):
    """Builds until somebody ends it. What is at fault is told, and waited for as everything else is."""

    _program = ""

    def run(self) -> int:
        """Build again and again; only an interrupt or an error of the first build ends it."""
        places: dict[Place, None] = {}
        with Interrupts(), Standing(lambda: found_crew(self.flags.jobs, self.flags.bounds)) as crew:
            self.crew = crew
            first = True
            while True:
                begun, before = time.time_ns(), vigil.look(places)
                whole = self._built(first=first)
                found = dict.fromkeys(self._places(whole=whole))
                places = found if whole else {**places, **found}
                if first:
                    crew.warm(forms(self.names) or ("pdf",))
                    self.progress.watching()
                    self.flags = replace(self.flags, always=False, overwrite=False)
                    first = False
                vigil.wait(places, before, begun)
                self.progress = self._renewed()

    def prepared(self) -> Prepared:
        """Return what is to be done. End the command where the program is not the one that runs any more."""
        self.names: tuple[str, ...] = ()
        plan = super().prepared()
        self.names = tuple(name for work in plan.works for name in work.origins)
        program = next((work.ledger.identity for work in plan.works), "")
        if self._program and program != self._program:
            raise click.ClickException("hornbook itself was changed; start it again")
        self._program = program
        return plan

    def _built(self, *, first: bool) -> bool:
        """Build, and return whether the project could be read."""
        try:
            super().run()
        except LessonError as error:
            self.progress.problems(error.diagnostics)
        except click.UsageError as error:
            if first:
                raise
            click.echo(f"error: {error.format_message()}", err=True)
        else:
            return True
        return False

    def _renewed(self) -> Progress:
        progress = self.progress
        return replace(
            progress,
            made=[],
            fresh=0,
            kept=0,
            faulty=0,
            start=perf_counter(),
            told=frozenset(progress.said),
            said=set(),
        )

    def _places(self, *, whole: bool) -> Iterator[Place]:
        """Yield what a change of is waited for. Where the project cannot be read, that is every file in it."""
        root, _ = project_of(Path.cwd().resolve())
        yield CONTENT, str(root / PROJECT)
        if self.preparation:
            for ledger, project in self.preparation.projects():
                yield LESSONS, str(project.lessons)
                yield from inputs.places(ledger, project.state)
            for ledger, lesson in self.preparation.lessons():
                yield from inputs.places(ledger, lesson.state)
                yield CONTENT, str(lesson.file)
        if not whole:
            with suppress(OSError):
                for folder, folders, names in os.walk(root):
                    folders[:] = [name for name in folders if not name.startswith(".")]
                    yield LISTING, folder
                    yield from ((CONTENT, f"{folder}{os.sep}{name}") for name in names if not name.startswith("."))
