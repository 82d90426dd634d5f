"""Whole printouts as text, to be read by a person: run with --accept, then read the difference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from printout_dump import dump
from sandbox import Sandbox, png

from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

GOLDEN = Path(__file__).parent / "golden"

SPEC = """\
title: The River *Bends*
number: 7.3
language: {language}
summary: How a town and its river came to live together [@reed1950].
subject: Geography
grades: 6-8
duration: 45
places: [Delta]
index: ["River; floods"]
essential_question: Who owns the water?
objectives: [Say why a river bends.]
standards: [{{id: D2.Geo.1, text: Use maps.}}]
pacing:
  - {{minutes: 15, step: Read in silence., ready: Handout}}
  - {{minutes: 30, step: Answer in pairs.}}
people:
  - {{name: Ada Reed, role: engineer, dates: 1928/.., note: "Built the dike. See @reed1950."}}
article:
  source: {{author: "Reed, Ada", title: Water, date: 1950-03, url: "https://example.org/water", licence: CC0,
    adapted: Shortened.}}
  omit: [Afterword]
vocabulary:
  delta: The land that a river makes at its mouth.
sections:
  - heading: Upstream
    id: up
    note: Bring a jar of river water.
    vocabulary:
      silt: {{means: "Fine *earth* that water carries.", part: noun, translation: limo}}
    questions:
      - open: |
          Why does the water slow? Use **two** details.

          - one from the text
          - one from the map
        id: slow
        answer: The land is flat [@reed1950, 12] and the bed is wide.
        look_for: Both details.
        misconception: Water does not tire.
        support: Look at the map.
        scoring: One point a detail.
        depth: analyze
        standards: [D2.Geo.1]
        points: 2
      - short: What falls to the bottom?
        answer: "*silt*"
        points: 0.5
  - heading: Downstream
    excerpt: 2-3
    questions:
      - choose: What broke the dike?
        options: [the tide, the wind, the town]
        correct: the tide
        explain: The wind only raised it.
        depth: remember
        points: 1
questions:
  - choose: Which two does the town need?
    options: [a dike, a map, a bell]
    correct: [a dike, a bell]
    points: 1
  - {{open: What would you have built?, lines: 3, points: 4}}
chronology:
  - {{date: 1953-02-01, event: The dike breaks., cite: "reed1950, 14"}}
  - {{date: 1950~, within: early, event: The *first* dike.}}
images:
  map.png: {{alt: A river in three bends., caption: The river in 1950., credit: Drawn for this test.}}
  line.png: {{decorative: true}}
bibliography:
  reed1950: {{type: book, author: "Reed, Ada", title: Water, publisher: Delta Press, issued: 1950, annotation: Short.}}
  poe1951: {{type: article-journal, author: ["Poe, Bo", "Lee, Cy"], title: Silt, container-title: Rivers, volume: 2,
    issue: 3, issued: 1951, page: 4-9}}
related: [{{title: The Sea, note: Where it ends.}}]
rights: {{licence: CC BY 4.0, holder: The School, year: 2026}}
"""
ARTICLE = """\
# The River Bends

The river is older than the town.[^age]

![Bends](map.png)

## Upstream

The water slows and drops its silt.

> Silt is the river's memory. [@poe1951]

### A bend

1. Slow water.
2. More silt.

## Downstream

Left out.

The town builds a dike[^dike].

| Year | Height |
|-----:|--------|
| 1950 | 2 m    |

Left out too.

![](line.png)

## Afterword

Never printed.

[^age]: By **much**.
[^dike]: Of silt [@reed1950].
"""


def lesson(sandbox: Sandbox, language: str) -> None:
    sandbox.lesson(SPEC.format(language=language), ARTICLE)
    sandbox.put("lessons/river/map.png", png(300, 200))
    sandbox.put("lessons/river/line.png", png(90, 3))


def agree(found: str, name: str, *, accept: bool) -> None:
    path = GOLDEN / f"{name}.txt"
    if accept:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.is_file(), "no golden file: run with --accept and read it"
    assert found == path.read_text("utf-8"), f"run with --accept and read the difference of {path.name}"


@pytest.mark.parametrize("audience", ["student", "teacher"])
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_a_printout(sandbox: Sandbox, sheet: str, audience: str, accept: bool) -> None:
    lesson(sandbox, "en")
    agree(dump(sandbox.printout(sheet, audience)), f"{sheet}-{audience}", accept=accept)


@pytest.mark.parametrize("language", ["es", "fr", "vi", "ar"])
def test_a_printout_in_another_language(sandbox: Sandbox, language: str, accept: bool) -> None:
    """The words around the lesson change; the lesson's own do not."""
    lesson(sandbox, language)
    agree(dump(sandbox.printout("handout", "teacher")), f"handout-teacher-{language}", accept=accept)


@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_every_address_is_one_of_the_authors_files(sandbox: Sandbox, sheet: str) -> None:
    """What is printed can be traced to its place, so that an error or an edit in Word finds its way back."""
    lesson(sandbox, "en")
    spans = lesson_source.load(sandbox.root / "lessons/river/lesson.yaml", Project()).positions.spans
    found = set(re.findall(r"(?:address='|=)([a-z_]+/[^'}]*)['}]", dump(sandbox.printout(sheet, "teacher"))))
    assert len(found) > 10
    # Our own words are under `labels`. Further paragraphs of one text count on from its address, and what an
    # author may write short (`delta: The land ...`) has the address of the key that is left out.
    lost = {a for a in found if a not in spans and a.rpartition("/")[0] not in spans}
    assert lost == {a for a in lost if a.startswith("labels/")}
