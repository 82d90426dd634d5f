"""One bibliography for all lessons of a folder: a lesson takes what it cites or lists, and nothing else."""

from __future__ import annotations

import pytest
from sandbox import ARTICLE, Sandbox

from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

SHARED = """\
reed1960: {type: book, title: Rivers, publisher: Delta, issued: 1960, annotation: "Answers [@low1961]."}
low1961: {type: book, title: Dikes, publisher: Delta, issued: 1961}
sand1962: {type: book, title: Silt, publisher: Delta, issued: 1962}
poe1963: {type: bok, title: Ravens}
"""


def loaded(sandbox: Sandbox, spec: str, shared: str = SHARED, name: str = "bibliography.yaml") -> lesson_source.Loaded:
    sandbox.put(f"lessons/{name}", shared)
    return lesson_source.load(sandbox.lesson(f"title: The River\n{spec}", ARTICLE), Project())


def problems(sandbox: Sandbox, spec: str, shared: str = SHARED, name: str = "bibliography.yaml") -> list[Diagnostic]:
    try:
        return list(loaded(sandbox, spec, shared, name).notices)
    except LessonError as error:
        return list(error.diagnostics)


def test_a_lesson_takes_what_it_cites_and_what_that_cites(sandbox: Sandbox) -> None:
    found = loaded(sandbox, "summary: It bends [@reed1960].\n")
    assert list(found.lesson.sources) == ["reed1960", "low1961"]
    assert found.notices == ()
    assert list(loaded(sandbox, "").lesson.sources) == []


def test_a_lesson_takes_what_it_lists(sandbox: Sandbox) -> None:
    assert list(loaded(sandbox, "bibliography: [sand1962, low1961]\n").lesson.sources) == ["sand1962", "low1961"]


def test_a_record_of_the_lesson_holds_before_the_shared_one(sandbox: Sandbox) -> None:
    spec = "summary: It bends [@low1961; @sand1962].\nbibliography: {low1961: {type: book, title: Mine}}\n"
    sources = loaded(sandbox, spec).lesson.sources
    assert {key: record.title for key, record in sources.items()} == {"low1961": "Mine", "sand1962": "Silt"}


def test_what_is_wrong_with_other_records_is_not_told(sandbox: Sandbox) -> None:
    assert problems(sandbox, "summary: It bends [@low1961].\n") == []
    (told,) = problems(sandbox, "summary: It bends [@poe1963].\n")
    assert (told.code, told.span and (told.span.line, told.span.column)) == ("L204", (4, 17))


def test_a_broken_entry_stops_no_lesson_that_does_not_cite_it(sandbox: Sandbox) -> None:
    shared = "@book{reed1960, title = {Rivers}}\n@book{low1961, title {Dikes}}\n"
    (told,) = problems(sandbox, "summary: It bends [@reed1960].\n", shared, "bibliography.bib")
    assert (told.code, told.severity, told.span and told.span.line) == ("S501", Severity.WARNING, 2)


def test_a_key_that_nobody_has(sandbox: Sandbox) -> None:
    (told,) = problems(sandbox, "summary: It bends [@low1962].\n")
    assert (told.code, told.hint) == ("R301", "did you mean `low1961`?")
    (told,) = problems(sandbox, "bibliography: [low1961, low1962]\n")
    assert told.code == "R301"
    assert told.span
    assert (told.span.line, told.span.column) == (2, 25)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bibliography.bib", "@book{low1961, title = {Dikes}}"),
        ("bibliography.ris", "TY  - BOOK\nID  - low1961\nTI  - Dikes\nER  - \n"),
        ("bibliography.json", '[{"id": "low1961", "type": "book", "title": "Dikes"}]'),
    ],
)
def test_it_may_be_of_any_kind(sandbox: Sandbox, name: str, content: str) -> None:
    assert loaded(sandbox, "bibliography: [low1961]\n", content, name).lesson.sources["low1961"].title == "Dikes"


def test_of_two_the_first_is_read_and_the_other_named(sandbox: Sandbox) -> None:
    sandbox.put("lessons/bibliography.bib", "@book{x, title = {x}}")
    (told,) = problems(sandbox, "bibliography: [low1961]\n")
    assert (told.severity, "only bibliography.yaml is read" in told.message) == (Severity.WARNING, True)


def test_a_yaml_file_beside_the_lesson(sandbox: Sandbox) -> None:
    sandbox.put("lessons/river/sources.yaml", SHARED.replace("bok", "book"))
    found = lesson_source.load(sandbox.lesson("title: T\nbibliography: sources.yaml\n", ARTICLE), Project())
    assert list(found.lesson.sources) == ["reed1960", "low1961", "sand1962", "poe1963"]
