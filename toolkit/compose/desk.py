"""What composing a sheet needs at hand: the lesson, the edition, the words of its language."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.chronology.printing import print_date
from toolkit.compose.citing import Citer
from toolkit.compose.labels import Labels, labels_for
from toolkit.compose.pointing import Pointing
from toolkit.compose.prose import Prose
from toolkit.model import text as t
from toolkit.model.choices import VERSION_NAMES
from toolkit.model.dates import HistoricalDate, Within
from toolkit.model.lesson import Lesson
from toolkit.model.lines import Lines
from toolkit.model.printout import Edition
from toolkit.model.specification import LessonSpec


@dataclass(frozen=True)
class Desk:
    """One sheet in the making. `prose` counts its notes, so a desk serves one printout."""

    lesson: Lesson
    edition: Edition
    language: str
    labels: Labels
    prose: Prose

    @property
    def spec(self) -> LessonSpec:
        """Return the lesson's specification."""
        return self.lesson.spec

    @property
    def teacher(self) -> bool:
        """Return whether the sheet is for the teacher."""
        return self.edition.audience == "teacher"

    @property
    def version(self) -> int | None:
        """Return the version of the sheet, counted from 0; None for one in the written order."""
        return VERSION_NAMES.index(self.edition.version) if self.edition.version else None

    @property
    def seed(self) -> str:
        """Return what versions are made from."""
        versions = self.spec.versions
        return (versions.seed if versions else None) or self.lesson.slug

    def heading(self, level: int, name: str) -> t.Heading:
        """Return a heading with the label `name`, at an address under `labels`."""
        return t.Heading(level, (t.Text(self.labels(f"heading.{name}")),), f"labels/{name}")

    def date(self, date: HistoricalDate, within: Within | None = None) -> str:
        """Return `date` in the sheet's language."""
        return print_date(date, self.language, within, era=self.spec.era)


def desk(lesson: Lesson, edition: Edition, lines: Lines | None = None, citer: Citer | None = None) -> Desk:
    """Return a desk for one sheet of `lesson` in `edition`, which cites by `citer`; in the plain style without one.

    `lines` are those of its handout, where they are known. Raise ValueError for a version that the lesson does
    not have.
    """
    count = lesson.spec.versions.count if lesson.spec.versions else 0
    if edition.version and edition.version not in VERSION_NAMES[:count]:
        raise ValueError(f"the lesson {lesson.slug} has no version {edition.version}")
    language = lesson.spec.language or "en"
    labels = labels_for(language)
    prose = Prose(lesson, labels, language, Pointing(lesson, labels, lines), citer)
    return Desk(lesson, edition, language, labels, prose)
