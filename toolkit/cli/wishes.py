"""What is asked for on the command line, over the project's settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from toolkit.build.ledger import KnownLesson, KnownProject
from toolkit.build.targets import Kind, Traits, choose, lacking, with_traits
from toolkit.model.choices import Audience, Level, Paper
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import Presentation, manner_of
from toolkit.source.files import shown_path

_FILE: Final = "\0"  # stands for the lesson's file
EDITIONS: Final[tuple[Audience, ...]] = get_args(Audience)


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line, over what the project says. `output` is None for the project's."""

    editions: tuple[Audience, ...] = ()
    sheets: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    presentations: tuple[Presentation, ...] = ()
    pitch: float | None = None
    paper: Paper | None = None
    output: Path | None = None

    def kinds(self, project: KnownProject, traits: Traits) -> tuple[Kind, ...]:
        """Return what is to be made of a lesson with `traits`."""
        settings = project.settings
        asked = self.editions or settings["editions"]
        editions = [edition for edition in EDITIONS if edition in asked]
        manners = self.presentations or settings["presentations"]
        usual = choose(settings["targets"], editions, sheets=self.sheets, formats=self.formats, presentations=manners)
        return tuple(with_traits(traits, usual, self.levels or settings["levels"], self.versions))

    def lacking(self, lesson: KnownLesson, kinds: Sequence[Kind]) -> str:
        """Return what the lesson would need to have for what was asked of it, "" where it has that."""
        if lesson.traits is None:
            return ""
        # A level that was asked for is left out of `kinds`, as one of the project's would be.
        levels = [Kind("", "student", "", level=level) for level in self.levels]
        said = next(filter(None, (lacking(lesson.traits, kind, _FILE) for kind in (*kinds, *levels))), "")
        # Where the file is shown is asked for only if that is to be said: a build may be about thousands.
        return f"The lesson '{lesson.slug}' " + said.replace(_FILE, shown_path(lesson.file)) if said else ""

    def options(self, kind: Kind, project: KnownProject, traits: Traits) -> dict[str, str]:
        """Return how `kind` is printed, as facts: what its name does not say of its edition."""
        settings = project.settings
        wide = manner_of(kind.presentation).pitch or 0.0
        usual = max(settings["pitch"], wide) if settings["pitch"] else pitch_for(traits.grades, kind.presentation)
        return {
            "paper": self.paper or settings["paper"],
            "pitch": repr(float(self.pitch or usual)),
            "course": settings["title"] or "",
            "theme": project.theme,
        }
