"""Rules of headings: they begin with the first level, and jump over none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import TaggedFile


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the headings."""
    before = 0
    for element in file.elements:
        if not re.fullmatch("H[1-6]", element.kind):
            continue
        level = int(element.kind[1])
        words = " ".join(file.words(element).split())
        if level > before + 1:
            after = f"one of level {before}" if before else "none"
            message = f"the heading “{words[:40]}” is of level {level}, and follows {after}"
            yield Failure("heading-order", message, file.page_of(element), element)
        if not words:
            yield Failure("heading-words", "a heading has no words", file.page_of(element), element)
        before = level
    if before and any(file.of("H")):
        yield Failure("heading-kinds", "headings with a level stand among headings without")
