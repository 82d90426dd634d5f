"""Dates of an article and of its chronology: what is told, and how little."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import REPOSITORY, Sandbox

from toolkit import checks
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

ARTICLE = """\
# The River Bends

The river is older than the town.

## Upstream

The water rose in 1953. In May it stood in the streets. On June 7, 1953, the dike broke.

## Downstream

The town built a dike between 1960 and 1962, and mended it in March 1961.
"""
SPEC = """\
title: The River Bends
language: {language}
article: {{source: {{author: "Reed, Ada", licence: CC0}}}}
chronology:
  - {{date: 1953-06, event: {event}, section: {section}}}
  - {{date: 1962, event: The dike is whole.}}
"""


def advice(
    sandbox: Sandbox, *, event: str = "The dike breaks.", section: str = "Upstream", language: str = "en"
) -> list[Diagnostic]:
    file = sandbox.lesson(SPEC.format(event=event, section=section, language=language), ARTICLE)
    found = checks.run(lesson_source.load(file, Project()).lesson)
    return [diagnostic for diagnostic in found if diagnostic.code.startswith("C82")]


def test_a_month_that_no_event_has_is_told_once(sandbox: Sandbox) -> None:
    (note,) = advice(sandbox)
    assert (note.code, note.severity, note.address) == ("C824", "note", "chronology")
    assert note.message == "the article gives a date that no event of the chronology has: “March 1961”"


@pytest.mark.parametrize("event", ["In 1951 the dike breaks.", "The dike breaks, 1951.", "The dike breaks (1951)."])
def test_an_event_whose_words_say_another_year_is_told(sandbox: Sandbox, event: str) -> None:
    warning = advice(sandbox, event=f'"{event}"')[0]
    assert (warning.code, warning.severity) == ("C825", "warning")
    assert warning.message == "the event is dated 1953-06, and its words say “1951”"


@pytest.mark.parametrize(
    "event",
    [
        "In 1953 the dike breaks.",
        "In June the dike breaks.",
        "The dike of 1951 breaks.",
        "The town promises a dike for 1960.",
        "The dike, which was built in 1951, breaks.",
        "The dike breaks. It is mended in 1954.",
    ],
)
def test_another_year_in_an_events_words_may_be_right(sandbox: Sandbox, event: str) -> None:
    assert [diagnostic.code for diagnostic in advice(sandbox, event=f'"{event}"')] == ["C824"]


def test_a_section_without_the_events_year_is_told(sandbox: Sandbox) -> None:
    note = advice(sandbox, section="Downstream")[0]
    assert (note.code, note.severity) == ("C826", "note")
    assert note.message == "“Downstream” has no date in the year of this event, 1953-06"


def test_other_languages_are_left_alone(sandbox: Sandbox) -> None:
    assert advice(sandbox, section="Downstream", event='"In 1951 the dike breaks."', language="fr") == []


@pytest.mark.parametrize("name", ["vietnam-leaves-cambodia", "why-the-sea-is-salty", "el-canal-de-panama"])
def test_the_sample_lessons_are_told_little(name: str) -> None:
    file: Path = REPOSITORY / "lessons" / name / "lesson.yaml"
    found = [d for d in checks.run(lesson_source.load(file, Project()).lesson) if d.code.startswith("C82")]
    assert len(found) <= 1
    assert {str(diagnostic.severity) for diagnostic in found} <= {"note"}
