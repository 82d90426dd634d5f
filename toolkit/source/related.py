"""The lessons that a lesson names as to read before or after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.quoting import quoted
from toolkit.model.specification import LessonSpec


def strangers(spec: LessonSpec, beside: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield a warning for each related lesson that is not `beside` this one: it may be yet to be written."""
    for n, related in enumerate(spec.related):
        if related.lesson and related.lesson not in beside:
            message = f"there is no lesson {quoted(related.lesson)} beside this one"
            near = get_close_matches(related.lesson, beside, n=1)
            hint = f"did you mean `{near[0]}`?" if near else ""
            where = f"related/{n + 1}/lesson"
            yield Diagnostic("R308", message, address=where, hint=hint, severity=Severity.WARNING)
