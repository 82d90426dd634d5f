"""A standard that the lesson lists and no question serves."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each standard without a question, where questions name standards at all."""
    served = {standard for question in lesson.spec.all_questions() for standard in question.standards}
    if not served:
        return
    for position, standard in enumerate(lesson.spec.standards):
        if standard.id not in served:
            place = address.join("standards", address.step(standard.id, position), "id")
            message = f"no question serves the standard {standard.id}"
            yield Diagnostic("C804", message, address=place, severity=Severity.WARNING)
