"""Notes are numbered once, in the order in which they are printed; citations become words once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from printout_dump import dump
from sandbox import Sandbox, png

from toolkit.model import text as t
from toolkit.model.printout import Printout

BOOKS = """\
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, issued: 1950}
  reed1950b: {type: book, author: "Reed, Ada", title: Air, issued: 1950}
"""


def nodes(value: object) -> Iterator[object]:
    """Yield every value inside `value`, in the order of its fields."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from nodes(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from nodes(getattr(value, field.name))


def notes(printout: Printout) -> list[tuple[int, str]]:
    return [
        (node.number, " ".join(t.plain_block(block) for block in node.content))
        for node in nodes(printout)
        if isinstance(node, t.Note)
    ]


SPEC = """\
title: T
sections:
  - heading: A
    vocabulary: {silt: X.}
    note: |
      Pause.[^p]

      [^p]: The pause.
    questions:
      - open: |
          Why?[^q]

          [^q]: The question.
        answer: |
          So.[^a]

          [^a]: The answer.
      - choose: |
          Which?[^c]

          [^c]: The choice.
        options: [x, y]
        correct: x
        explain: |
          Since.[^e]

          [^e]: The reason.
images: {map.png: {caption: A map.}}
"""
ARTICLE = """\
Opening.[^1]

## A[^2]

The silt.[^3]

![A map](map.png)

Last.[^4]

[^1]: One.
[^2]: Two.
[^3]: Three, of @reed1950.
[^4]: Four.
"""


@pytest.fixture
def noted(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(SPEC + BOOKS, ARTICLE)
    sandbox.put("lessons/river/map.png", png())
    return sandbox


def test_a_handout_counts_its_notes_in_printed_order(noted: Sandbox) -> None:
    assert notes(noted.printout("handout", "student")) == [
        (1, "One."),
        (2, "Two."),
        (3, "Three, of Reed (1950b)."),
        (4, "Four."),
        (5, "The question."),
        (6, "The choice."),
    ]


def test_a_worksheet_counts_from_one_again(noted: Sandbox) -> None:
    assert notes(noted.printout("worksheet", "student")) == [(1, "Two."), (2, "The question."), (3, "The choice.")]


@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_the_teacher_has_every_note_once(noted: Sandbox, sheet: str) -> None:
    found = notes(noted.printout(sheet, "teacher"))
    assert sorted(number for number, _ in found) == list(range(1, len(found) + 1))
    assert {"The answer.", "The reason."} <= {words for _, words in found}


def test_a_note_in_a_caption_is_counted_once(sandbox: Sandbox) -> None:
    spec = 'title: T\nimages: {map.png: {caption: "A map^[Of old.]"}}\n'
    sandbox.lesson(spec, "![m](map.png)\n\nEnd.[^1]\n\n[^1]: One.\n")
    sandbox.put("lessons/river/map.png", png())
    assert [number for number, _ in notes(sandbox.printout())] == [1, 2]


def test_no_printout_holds_a_citation(sandbox: Sandbox) -> None:
    spec = """\
title: Water @reed1950
summary: S [@reed1950].
essential_question: E [@reed1950]?
objectives: ["O [@reed1950]."]
standards: [{id: A.1, text: "T [@reed1950]."}]
pacing: [{minutes: 1, step: "P [@reed1950].", ready: "R [@reed1950]."}]
people: [{name: N, role: "R [@reed1950]", note: "N [@reed1950]."}]
article: {source: {author: A, licence: L, adapted: "A [@reed1950]."}}
vocabulary:
  silt: {means: "M [@reed1950].", translation: "T [@reed1950]"}
  nowhere: {means: "M [@reed1950].", translation: "T [@reed1950]"}
sections:
  - heading: "A [@reed1950]"
    note: N [@reed1950].
    questions:
      - {open: "Q [@reed1950]?", answer: "A [@reed1950].", look_for: "L [@reed1950].", misconception: "M [@reed1950].",
         support: "S [@reed1950].", scoring: "S [@reed1950]."}
      - {short: "Q [@reed1950]?", answer: "A [@reed1950]."}
      - {choose: "Q [@reed1950]?", options: ["X [@reed1950]", Y], correct: Y, explain: "E [@reed1950]."}
chronology: [{date: 1950, event: "E [@reed1950].", cite: reed1950}]
related: [{title: "T [@reed1950]", note: "N [@reed1950]."}]
bibliography:
  reed1950: {type: book, author: "Reed, Ada", title: Water, issued: 1950, annotation: "See also [@reed1950]."}
"""
    article = "Opening [@reed1950, 3].\n\n## A [@reed1950]\n\n- The silt [@reed1950].\n\n> Q [@reed1950].\n\n"
    sandbox.lesson(spec, article + "| [@reed1950] |\n|---|\n| [@reed1950] |\n")
    for sheet in ("handout", "worksheet"):
        for audience in ("student", "teacher"):
            printout = sandbox.printout(sheet, audience)
            assert not [node for node in nodes(printout) if isinstance(node, t.Citation)]
            assert "@" not in dump(printout)
    assert "(Reed 1950, 3)" in dump(sandbox.printout())


def test_the_words_of_a_citation_are_those_of_the_language(sandbox: Sandbox) -> None:
    books = 'bibliography: {a: {type: book, author: ["Reed, Ada", "Poe, Bo"], title: Water}}\n'
    sandbox.lesson(f"title: T\nlanguage: es\n{books}", "Water [@a].\n")
    assert "(Reed y Poe s. f.)" in dump(sandbox.printout())
