"""A question whose answer the teacher is not told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.question import Question
from toolkit.source.references import nested


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each question without an answer, and for each part without one."""
    return unanswered(nested(lesson.spec))


def unanswered(asked: Iterable[tuple[Question, str]]) -> Iterator[Diagnostic]:
    """Yield a warning for each of the questions, given with their addresses, that has no answer.

    Where a question has parts it is they that are answered; a worked answer is one.
    """
    for question, place in asked:
        if not (question.parts or question.worked or question.has_answer()):
            message = "this question has no answer for the teacher"
            key = "correct" if "correct" in type(question).model_fields else question.answer_key
            hint = f"add `{key}:`"
            yield Diagnostic("C801", message, address=place, hint=hint, severity=Severity.WARNING)
