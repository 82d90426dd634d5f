"""A text that was changed although its licence forbids adaptation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson

# Creative Commons deeds say what ND forbids: "If you remix, transform, or build upon the material, you may not
# distribute the modified material." An extract counts as one where sentences are left out.
_NO_DERIVATIVES = re.compile(r"(?i)(?:\bcc\b|creative commons|\bby\b).*?(?:\bnd\b|no ?deriv)|no ?derivative")


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning where the licence of the article, or of the lesson, forbids what was done to the text."""
    source = lesson.spec.article.source
    if source is None or not source.licence or not _NO_DERIVATIVES.search(source.licence):
        return
    for place, what in _changes(lesson):
        message = f"the licence {source.licence} forbids changes, and the article {what}"
        hint = "ask its owner, print it whole and as it is, or choose another text"
        yield Diagnostic("C830", message, address=place, hint=hint, severity=Severity.WARNING)


def _changes(lesson: Lesson) -> Iterator[tuple[str, str]]:
    article = lesson.spec.article
    if article.source and article.source.adapted:
        yield "article/source/adapted", "was adapted"
    if lesson.omitted:
        yield "article/omit", "is printed without some sections"
    if any(section.excerpt for section in lesson.spec.sections):
        yield "article", "is printed in excerpts"
