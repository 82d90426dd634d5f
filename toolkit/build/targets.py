"""Targets: one output file each, a lesson in a sheet, for an audience, in a format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from toolkit.formats import FORMATS
from toolkit.model.choices import LEVELS, SHEET_NAMES, VERSION_NAMES, Audience, Level
from toolkit.model.presentation import PRESENTATIONS, Presentation, manner_of

if TYPE_CHECKING:
    from toolkit.model.specification import LessonSpec

_LEVELS: Final = tuple(level for level in LEVELS if level != "core")
_PRESENTATIONS: Final = tuple(name for name in PRESENTATIONS if name != "standard")
_NAME = re.compile(
    rf"(?P<sheet>{'|'.join(SHEET_NAMES)})"
    rf"(?:(?P<teacher>-teacher)|(?:-(?P<level>{'|'.join(_LEVELS)}))?(?:-(?P<version>[{VERSION_NAMES.lower()}]))?)"
    rf"(?:-(?P<presentation>{'|'.join(_PRESENTATIONS)}))?"
    rf"\.(?P<format>{'|'.join(FORMATS)})"
)


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What a target is, whatever its lesson. A teacher's sheet is about every version and level."""

    sheet: str
    audience: Audience
    format: str
    version: str = ""
    level: Level = "core"
    presentation: Presentation = "standard"

    @property
    def file(self) -> str:
        """Return the name of its file: handout.pdf, worksheet-teacher.docx, worksheet-b-large-print.pdf."""
        audience = "" if self.audience == "student" else self.audience
        level = "" if self.level == "core" else self.level
        presentation = "" if self.presentation == "standard" else self.presentation
        name = "-".join(filter(None, (self.sheet, audience, level, self.version.lower(), presentation)))
        return f"{name}.{self.format}"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One output file of one lesson."""

    slug: str
    kind: Kind

    @property
    def name(self) -> str:
        """Return its path in the output folder: vietnam-leaves-cambodia/handout.pdf."""
        return f"{self.slug}/{self.kind.file}"


def parse(file: str) -> Kind | None:
    """Return the kind that a file name such as "worksheet-teacher.docx" says, or None."""
    found = _NAME.fullmatch(file)
    if not found:
        return None
    level: Level = next((level for level in LEVELS if level == found["level"]), "core")
    version = (found["version"] or "").upper()
    presentation: Presentation = next((name for name in PRESENTATIONS if name == found["presentation"]), "standard")
    audience: Audience = "teacher" if found["teacher"] else "student"
    kind = Kind(found["sheet"], audience, found["format"], version, level, presentation)
    return kind if manner_of(presentation).suits(kind.format) else None


def choose(
    defaults: Iterable[str],
    editions: Iterable[Audience],
    *,
    sheets: tuple[str, ...] = (),
    formats: tuple[str, ...] = (),
    presentations: Sequence[Presentation] = ("standard",),
) -> list[Kind]:
    """Return the kinds of target to make.

    Without `sheets` and `formats`, the `defaults` ("handout.pdf"). With `formats` alone, every sheet in
    them; with `sheets` alone, those sheets in their default formats (PDF where there is none). A presentation
    is left out in formats that it does not suit, as a booklet in Word.
    """
    usual = [kind for name in defaults if (kind := parse(name))]
    if formats:
        pairs = [(sheet, form) for sheet in sheets or SHEET_NAMES for form in formats]
    elif sheets:
        pairs = []
        for sheet in sheets:
            known = [(kind.sheet, kind.format) for kind in usual if kind.sheet == sheet]
            pairs += known or [(sheet, "pdf")]
    else:
        pairs = [(kind.sheet, kind.format) for kind in usual]
    kinds = (Kind(sheet, edition, form) for sheet, form in pairs for edition in editions)
    wanted = [replace(kind, presentation=name) for kind in kinds for name in presentations]
    return list(dict.fromkeys(kind for kind in wanted if manner_of(kind.presentation).suits(kind.format)))


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a lesson decides which targets it has: how many versions, which levels, for which grades."""

    versions: int
    levels: tuple[Level, ...]
    grades: str


def traits_of(spec: LessonSpec) -> Traits:
    """Return the traits of the lesson `spec`."""
    return Traits(spec.versions.count if spec.versions else 0, tuple(spec.levels()), spec.grades or "")


def of_lesson(
    spec: LessonSpec, kinds: Iterable[Kind], levels: Sequence[Level], versions: Sequence[str] = ()
) -> list[Kind]:
    """Return what is made of a lesson: `kinds`, those for students in each of `versions` and `levels`.

    Without `versions`, all that the lesson has. A level that it does not have is left out; what is left of a
    lesson without any is its only sheet.
    """
    return with_traits(traits_of(spec), kinds, levels, versions)


def with_traits(
    traits: Traits, kinds: Iterable[Kind], levels: Sequence[Level], versions: Sequence[str] = ()
) -> list[Kind]:
    """Return what is made of a lesson with `traits`; see `of_lesson`."""
    names = versions or (VERSION_NAMES[: traits.versions] or ("",))
    there = [level for level in levels if level in traits.levels] or ["core"]
    return [each for kind in kinds for each in _spread(kind, names, there)]


def _spread(kind: Kind, versions: Sequence[str], levels: Sequence[Level]) -> list[Kind]:
    if kind.audience == "teacher":
        return [kind]
    return [replace(kind, version=version, level=level) for level in levels for version in versions]


def lacking(traits: Traits, kind: Kind, file: str) -> str:
    """Return what keeps `kind` from being made of the lesson in `file`, and what to write there; "" for nothing."""
    count = traits.versions
    if kind.version and not count:
        return f"has no versions. Write `versions: 2` in {file}."
    if kind.version and kind.version not in VERSION_NAMES[:count]:
        wanted = VERSION_NAMES.index(kind.version) + 1
        return f"has the versions A to {VERSION_NAMES[count - 1]}. Write `versions: {wanted}` in {file}."
    if kind.level not in traits.levels:
        return f"has no {kind.level} level. Write `levels: {{{kind.level}: ...}}` under a question in {file}."
    return ""
