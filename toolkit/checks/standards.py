"""A standard that the lesson lists and no question serves."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.quoting import short
from toolkit.source.references import nested


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each standard that no question or part serves; a single one where they serve none."""
    asked = list(nested(lesson.spec))
    served = {standard for question, _ in asked for standard in question.standards}
    if asked and lesson.spec.standards and not served:
        hint = "write `standards: [...]` with the questions"
        message = "no question says which of these standards it serves"
        yield Diagnostic("C804", message, address="standards", hint=hint, severity=Severity.WARNING)
        return
    for position, standard in enumerate(lesson.spec.standards):
        if standard.id not in served:
            place = address.join("standards", address.step(standard.id, position), "id")
            message = f"no question serves the standard {short(standard.id)}"
            yield Diagnostic("C804", message, address=place, severity=Severity.WARNING)
