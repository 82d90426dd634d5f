"""What is asked for on the command line, over the project's settings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from toolkit.build.ledger import KnownLesson, KnownProject
from toolkit.build.plan import VERIFIED
from toolkit.build.targets import Kind, Traits, choose, lacking, with_traits
from toolkit.build.verifying import wanted
from toolkit.model.choices import Audience, Level, Paper, PdfVariant
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import Presentation, manner_of
from toolkit.source.files import shown_path

if TYPE_CHECKING:
    from toolkit.build.shard import Shard
    from toolkit.model.letterhead import Letterhead
    from toolkit.model.printout import Edition

_FILE: Final = "\0"  # stands for the lesson's file
EDITIONS: Final[tuple[Audience, ...]] = get_args(Audience)


@dataclass(frozen=True)
class Wishes:
    """What was asked for on the command line, over what the project says. `output` is None for the project's.

    `shard` is the share of the targets that is to be made, None for all of them.
    """

    editions: tuple[Audience, ...] = ()
    sheets: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    presentations: tuple[Presentation, ...] = ()
    pitch: float | None = None
    paper: Paper | None = None
    pdf_variant: PdfVariant | None = None
    verify: bool | None = None
    letterhead: Letterhead | None = None
    output: Path | None = None
    shard: Shard | None = None

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
        options = {
            "paper": self.paper or settings["paper"],
            "pitch": repr(float(self.pitch or usual)),
            "course": settings["title"] or "",
            "theme": project.theme,
        }
        if kind.format == "pdf":
            options["pdf_variant"] = self.pdf_variant or settings["pdf_variant"]
            return options | ({VERIFIED: "yes"} if wanted(self.verify, settings["verify"], os.environ) else {})
        if kind.format == "docx":
            options["letterhead"] = self._letterhead() or project.letterhead
            options["embed_fonts"] = str(settings["embed_fonts"])
        return options

    def edition(self, kind: Kind, project: KnownProject, traits: Traits) -> Edition:
        """Return for whom `kind` is printed, and how."""
        from toolkit.model.printout import Edition

        options, home = self.options(kind, project, traits), project.open()
        return Edition(
            audience=kind.audience,
            paper="a4" if options["paper"] == "a4" else "letter",
            pitch=float(options["pitch"]),
            course=options["course"],
            version=kind.version,
            level=kind.level,
            presentation=kind.presentation,
            theme=home.theme,
            pdf_variant=self.pdf_variant or home.project.pdf_variant,
            letterhead=self.letterhead or home.letterhead,
            embed_fonts=home.project.embed_fonts,
        )

    def mine(self, name: str) -> bool:
        """Return whether the target `name` is in the share that was asked for."""
        return self.shard is None or self.shard.holds(name)

    def _letterhead(self) -> str:
        """Return the digest of the letterhead that was asked for, "" for none."""
        if self.letterhead is None:
            return ""
        from toolkit.build.comparing import digest_of

        return digest_of(self.letterhead)
