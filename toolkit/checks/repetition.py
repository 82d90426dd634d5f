"""Two events in the same words: one was copied, and its words were to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model import address, markup
from toolkit.model.dates import HistoricalDate
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson, folded
from toolkit.model.text import plain


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each event that says what an earlier one says, letter case and punctuation set aside."""
    said: dict[str, HistoricalDate] = {}
    for position, event in enumerate(lesson.spec.chronology):
        words = " ".join(re.findall(r"[\w%]+", folded(plain(markup.inlines(event.event)))))
        if words in said:
            place = address.join("chronology", address.step(event.id, position), "event")
            same = said[words] == event.date
            message = f"the event of {said[words]} is told in the same words"
            hint = "delete one of them" if same else "say what is different, or make one event of both"
            yield Diagnostic("C822", message, address=place, hint=hint, severity=Severity.WARNING)
        said.setdefault(words, event.date)
