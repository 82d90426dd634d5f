"""A title that the lesson's style prints with the capitals of a sentence, and that is only known with others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.quoting import quoted

# Words that titles in headline style leave small; a title that has every other word capital is in that style.
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "over", "since",
    "the", "to", "vs", "with",
})  # fmt: skip  # a set reads better in lines


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a note for each title in headline style, where the citation style prints titles as they are given.

    No program knows which words of a title are names; so the sentence form is the author's to write.
    """
    if lesson.style is None or not lesson.style.sentence_case:
        return
    for key, record in lesson.sources.items():
        english = (record.language or "en").lower().startswith("en")
        if english and not record.title_sentence and _headline(record.title):
            message = f"{lesson.style.name} prints titles like sentences, and {quoted(record.title)} is not one"
            hint = "write `title-sentence` with capitals for the first words and for names only"
            place = f"bibliography/{key}/title"
            yield Diagnostic("C831", message, address=place, hint=hint, severity=Severity.NOTE)


def _headline(title: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", title)[1:] if word.lower() not in _SMALL]
    return len(words) > 1 and all(word[0].isupper() for word in words)
