"""A term that is explained and never read."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.compose.glossing import unplaced
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each term that its section of the article does not use."""
    for term, place in unplaced(lesson):
        hint = "the term must stand in the text, as written or with an ending such as -s or -ed"
        yield Diagnostic(
            "C802", f"the article does not use the term {term!r}", address=place, hint=hint, severity=Severity.WARNING
        )
