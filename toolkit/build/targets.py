"""Targets: one output file each, a lesson in a sheet, for an audience, in a format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.compose.names import SHEET_NAMES
from toolkit.formats import FORMATS
from toolkit.model.printout import Audience

_NAME = re.compile(rf"({'|'.join(SHEET_NAMES)})(-teacher)?\.({'|'.join(FORMATS)})")


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What a target is, whatever its lesson."""

    sheet: str
    audience: Audience
    format: str

    @property
    def file(self) -> str:
        """Return the name of its file: handout.pdf, worksheet-teacher.docx."""
        edition = "" if self.audience == "student" else f"-{self.audience}"
        return f"{self.sheet}{edition}.{self.format}"


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
    return Kind(found[1], "teacher" if found[2] else "student", found[3])


def choose(
    defaults: Iterable[str],
    editions: Iterable[Audience],
    *,
    sheets: tuple[str, ...] = (),
    formats: tuple[str, ...] = (),
) -> list[Kind]:
    """Return the kinds of target to make.

    Without `sheets` and `formats`, the `defaults` ("handout.pdf"). With `formats` alone, every sheet in
    them; with `sheets` alone, those sheets in their default formats (PDF where there is none).
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
    return list(dict.fromkeys(Kind(sheet, edition, form) for sheet, form in pairs for edition in editions))
