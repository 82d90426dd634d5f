"""An article whose source or licence nobody has stated."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning where the article has no source, or its source no licence."""
    source = lesson.spec.article.source
    if source is None:
        message, hint = "nobody has said where the article comes from", "add `source:` under `article:`"
    elif source.licence is None:
        message, hint = "nobody has said on what terms the article is used", "add `licence:` to the article's source"
    else:
        return
    yield Diagnostic("C805", message, address="article", hint=hint, severity=Severity.WARNING)
