"""Advice on lessons that are valid: one file a rule, named here. Adding a rule is a file and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Lesson
from toolkit.source.bank import BankFile, looked_over
from toolkit.source.references import listed

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
    "toolkit.checks.distant",
    "toolkit.checks.lifetimes",
    "toolkit.checks.repetition",
    "toolkit.checks.support",
    "toolkit.checks.incomplete",
    "toolkit.checks.future",
    "toolkit.checks.identifiers",
    "toolkit.checks.same_source",
    "toolkit.checks.annotations",
    "toolkit.checks.dated_prose",
    "toolkit.checks.adaptation",
    "toolkit.checks.capitals",
    "toolkit.checks.copying",
)


def run(lesson: Lesson) -> list[Diagnostic]:
    """Return what the rules advise on `lesson`, rule by rule."""
    return [diagnostic for name in RULES for diagnostic in _rule(name)(lesson)]


def run_bank(file: BankFile) -> list[Diagnostic]:
    """Return what the rules that need no lesson advise on a file of the bank, each at its place."""
    from toolkit.checks.answers import unanswered

    advice = map(file.positions.resolve, unanswered(listed(file.spec.questions, "questions")))
    return [*looked_over(file), *advice]


def _rule(name: str) -> Rule:
    rule: Rule = import_module(name).check
    return rule
