"""An image that the lesson describes and the article does not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Article, Lesson
from toolkit.source.excerpts import printed
from toolkit.source.illustrations import figures


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each entry of `images` that no printed part of the article shows."""
    shown = {figure.file for figure in figures(_excerpted(lesson))}
    there = {figure.file for figure in figures(lesson.article)}
    for file in lesson.spec.images:
        if file not in shown:
            place = f"images/{file}"
            hint = (
                "its section or paragraph is left out: let it be printed, or delete the entry"
                if file in there
                else f"put ![...]({file}) into the article, or delete the entry"
            )
            yield Diagnostic(
                "C807", f"the article does not show {file!r}", address=place, hint=hint, severity=Severity.WARNING
            )


def _excerpted(lesson: Lesson) -> Article:
    """Return the article with what is printed of its sections."""
    sections = tuple(
        replace(section, blocks=tuple(section.blocks[at] for at in printed(lesson, n)))
        for n, section in enumerate(lesson.article.sections)
    )
    return replace(lesson.article, sections=sections)
