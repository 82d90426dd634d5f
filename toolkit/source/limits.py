"""How many problems of one sort are told in one run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.model.diagnostics import Diagnostic

MOST_TOLD = 100  # a hostile or broken file has thousands, and finding the words for each takes time


def told(problems: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the first hundred of `problems`; one more says that there are more, and the rest is not computed."""
    for count, problem in enumerate(problems):
        if count == MOST_TOLD:
            more = f"and more problems like these {MOST_TOLD}; they are told when these are solved"
            yield replace(problem, message=more, hint="")
            return
        yield problem
