"""A plan whose steps do not add up to the lesson's length."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning where `pacing` and `duration` disagree."""
    planned = sum(step.minutes for step in lesson.spec.pacing)
    if lesson.spec.pacing and lesson.spec.duration and planned != lesson.spec.duration:
        message = f"the steps take {planned} minutes, and the lesson {lesson.spec.duration}"
        yield Diagnostic("C808", message, address="pacing", severity=Severity.WARNING)
