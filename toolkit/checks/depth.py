"""A lesson that asks only for what the text says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.source.references import nested

# The lowest level of the revised taxonomy of Bloom, and of Webb's depth of knowledge.
_RECALL: Final = frozenset({"remember", "dok1"})


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning where every question or part that names its depth asks to remember."""
    depths = [question.depth for question, _ in nested(lesson.spec) if not question.parts or question.depth]
    named = {depth for depth in depths if depth}
    if named and named <= _RECALL:
        which = "every question" if all(depths) else "every question that names its depth"
        hint = "ask one question that makes the reader explain, compare or judge"
        message = f"{which} asks only to remember"
        yield Diagnostic("C806", message, address="title", hint=hint, severity=Severity.WARNING)
