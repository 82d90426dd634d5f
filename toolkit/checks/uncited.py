"""A source that nothing in the lesson cites. Further reading may be just that, so this is a note."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.source.references import cited_keys


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a note for each source that no text cites and no annotation explains."""
    cited = cited_keys(lesson.spec, lesson.article)
    for key, record in lesson.sources.items():
        if key not in cited and not record.annotation:
            hint = "cite it, or say in an `annotation` why to read it"
            yield Diagnostic(
                "C803", f"nothing cites `{key}`", address=f"bibliography/{key}", hint=hint, severity=Severity.NOTE
            )
