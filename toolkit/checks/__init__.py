"""Advice on lessons that are valid: one file a rule, named here. Adding a rule is a file and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Lesson

Rule = Callable[[Lesson], Iterator[Diagnostic]]

# Each module has a function `check` that yields diagnostics with addresses.
RULES: Final = (
    "toolkit.checks.answers",
    "toolkit.checks.vocabulary",
    "toolkit.checks.uncited",
    "toolkit.checks.standards",
    "toolkit.checks.attribution",
    "toolkit.checks.depth",
    "toolkit.checks.images",
    "toolkit.checks.pacing",
    "toolkit.checks.dates",
    "toolkit.checks.adaptation",
    "toolkit.checks.capitals",
)


def run(lesson: Lesson) -> list[Diagnostic]:
    """Return what the rules advise on `lesson`, rule by rule."""
    return [diagnostic for name in RULES for diagnostic in _rule(name)(lesson)]


def _rule(name: str) -> Rule:
    rule: Rule = import_module(name).check
    return rule
