"""The lessons that a lesson names as to read before or after."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.quoting import quoted
from toolkit.model.specification import LessonSpec
from toolkit.source import observing
from toolkit.source.discovery import FILE, discover


def strangers(spec: LessonSpec, beside: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each related lesson that is not in the folder `beside`: it may be yet to be written."""
    for n, related in enumerate(spec.related):
        # The names of all lessons are asked for only where one is missing: else each new lesson would change this one.
        if related.lesson and not _there(related.lesson, beside):
            message = f"there is no lesson {quoted(related.lesson)} beside this one"
            observing.names(beside)
            near = get_close_matches(related.lesson, [file.parent.name for file in discover(beside)], n=1)
            hint = f"did you mean `{near[0]}`?" if near else ""
            where = f"related/{n + 1}/lesson"
            yield Diagnostic("R308", message, address=where, hint=hint, severity=Severity.WARNING)


def _there(name: str, beside: Path) -> bool:
    plain = not name.startswith(("_", ".")) and "/" not in name
    return plain and observing.is_file(beside / name / FILE)
