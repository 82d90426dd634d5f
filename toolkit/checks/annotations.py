"""An annotation that is more than a paragraph: on a list of further reading it hides the entries.

MLA and Chicago know annotations of a few sentences; the guides of both name 150 words as what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson

LONGEST = 200  # words


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each annotation of two paragraphs, or of more than 200 words."""
    for key, record in lesson.sources.items():
        if not record.annotation:
            continue
        paragraphs = len(re.split(r"\n\s*\n", record.annotation.strip()))
        words = len(record.annotation.split())
        if paragraphs > 1 or words > LONGEST:
            said = f"{paragraphs} paragraphs" if paragraphs > 1 else f"{words} words"
            message = f"the annotation of `{key}` has {said}: it is printed under the entry"
            hint = "say in a few sentences what the reader gets from it"
            place = f"bibliography/{key}/annotation"
            yield Diagnostic("C844", message, address=place, hint=hint, severity=Severity.WARNING)
