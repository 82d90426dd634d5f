"""A lesson that asks only for what the text says."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning where every question that names its depth asks to remember."""
    depths = {question.depth for question in lesson.spec.all_questions() if question.depth}
    if depths == {"remember"}:
        hint = "ask one question that makes the reader explain, compare or judge"
        message = "every question asks only to remember"
        yield Diagnostic("C806", message, address="title", hint=hint, severity=Severity.WARNING)
