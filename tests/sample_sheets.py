"""Sheets of the sample lessons as PDF files, printed once in a process: what tests of layout and appearance look at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final, TypeAlias

from sandbox import REPOSITORY

from toolkit.build.composing import composed
from toolkit.formats import pdf
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.pitch import pitch_for
from toolkit.model.presentation import Presentation
from toolkit.model.printout import Audience, Edition, Paper
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

File: TypeAlias = tuple[str, str, Audience, Presentation, Paper]

SHOWCASE: Final = "_showcase"
VIETNAM: Final = "vietnam-leaves-cambodia"
SEA: Final = "why-the-sea-is-salty"
CANAL: Final = "el-canal-de-panama"
READINGS: Final = (VIETNAM, SEA, CANAL, SHOWCASE)


@cache
def printed(file: File) -> bytes:
    """Return the PDF of a sheet, and fail if there was anything to say of it."""
    slug, sheet, audience, presentation, paper = file
    lesson = lesson_source.load(REPOSITORY / "lessons" / slug / "lesson.yaml", Project(paper=paper)).lesson
    edition = Edition(audience, presentation=presentation, pitch=pitch_for(lesson.spec.grades, presentation))
    printout = replace(composed(lesson, sheet, edition, "pdf"), paper=paper)
    said: list[Diagnostic] = []
    data = pdf.write(printout, said.append)
    assert [each for each in said if each.code != "B715"] == []
    return data
