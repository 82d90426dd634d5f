"""A question whose answer the teacher is not told."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.source.references import questions


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each question without an answer."""
    for question, place in questions(lesson.spec):
        if not question.has_answer():
            message = "this question has no answer for the teacher"
            hint = "add `answers:`" if question.kind == "organize" else "add `answer:`"
            yield Diagnostic(
                "C801",
                message,
                address=place,
                hint=hint,
                severity=Severity.WARNING,
            )
