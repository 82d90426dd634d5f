"""An image that the lesson describes and the article does not show."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.source.illustrations import figures


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each entry of `images` that no printed part of the article shows."""
    shown = {figure.file for figure in figures(lesson.article, lesson.omitted)}
    for file in lesson.spec.images:
        if file not in shown:
            place = f"images/{file}"
            hint = f"put ![...]({file}) into the article, or delete the entry"
            yield Diagnostic(
                "C807", f"the article does not show {file!r}", address=place, hint=hint, severity=Severity.WARNING
            )
