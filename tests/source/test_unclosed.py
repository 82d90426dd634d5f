"""A quotation mark that is not closed is told where it stands, whatever it ran into; long texts are left alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sandbox import REPOSITORY

from toolkit.source import tree

LESSONS = sorted(REPOSITORY.glob("lessons/*/lesson.yaml"))


def places(text: str) -> list[tuple[int, int]]:
    return [(d.span.line, d.span.column) for d in tree.compose(text, "lesson.yaml").problems if d.span]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('title: "A\nx: "b"\n', 1, 8),
        ('title: "A\nx: "@b"\n', 1, 8),
        ('title: "A\nx: ": b"\n', 1, 8),
        ('title: "A\nx: "[b]"\n', 1, 8),
        ('title: "A\nx: ["b", "c"]\n', 1, 8),
        ('title: "A\nx: "# b"\n', 1, 8),  # YAML can read it: the rest is a comment
        ("title: 'A\nx: the Reeds'\ny: 1\n", 1, 8),  # and this
        ("title: 'Tis A\nx: don't\n", 1, 8),
        ("a: b\ntitle: 'A\n", 2, 8),
        ('a: b\n"title: A\nx: "b"\n', 2, 1),
        ('title: "A\nx: C:\\pipe\n', 1, 8),
        ('x: {a: "b, c: d}\ny: {a: "b"}\n', 1, 8),
        ('x: {a: "b, c: "d"}\n', 1, 8),
        ('x: ["a, "b"]\n', 1, 5),
        ('x: [\n  "a,\n  "b"\n]\n', 2, 3),
        ('x:\n  - "a\n  - "b"\n', 2, 5),
        ('x:\n  - a: "b\n    c: d\n  - a: "b"\n', 2, 8),
        ('x:\n  # on a line of its own\n  "a\ny: "b"\n', 3, 3),
        ('x:\n  two words: "a\n  more words: "b"\n', 2, 14),
    ],
)
def test_the_place_is_that_of_the_mark(text: str, line: int, column: int) -> None:
    assert places(text) == [(line, column)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("title: &name 'A\nx: 'b'\n", 1, 14),
        ("!!str\n  'A\ntitle: '", 2, 3),
        ("!!int 'title: River\ntitle: '", 1, 7),
    ],
)
def test_the_place_is_that_of_the_mark_and_not_of_a_tag(text: str, line: int, column: int) -> None:
    assert places(text)[1:] == [(line, column)]  # the tag or the anchor is refused before


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('a: "one\n  is "two" or\n  three"\n', 7),
        ('a: "one\n  two" @three\n', 8),
        ('a: "one\n  two": three\n', 7),
        ("a: 'one\n  isn't two'\n", 7),
    ],
)
def test_what_stands_behind_a_long_text_names_the_line_where_that_began(text: str, column: int) -> None:
    (found,) = tree.compose(text, "lesson.yaml").problems
    assert found.span
    assert (found.span.line, found.span.column) == (2, column)
    assert found.message.endswith("behind the end of the value that began on line 1")


@pytest.mark.parametrize(
    "text",
    [
        'a: "one\n  b: two\n  - three\n\n  four"\n',
        "a: 'one\n b: two\n\n - three'\n",
        'a:\n  "one\n  b: two"\n',
        'a:\n  - "one\n    b: two"\n',
        'a:\n  - b: "one\n     c: two"\n',
        'a: [\n  "one\n  b: two",\n  "three"]\n',
        'a: {b: "one\n  c: two", d: e}\n',
        'a: "one\n  said: \\"two\\""\n',
    ],
)
def test_texts_of_several_lines_are_left_alone(text: str) -> None:
    assert places(text) == []
    assert tree.compose(text, "lesson.yaml").root


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the line, from 1, on which each text in quotation marks begins, and where its closing mark stands."""
    for event in yaml.parse(text):
        if isinstance(event, yaml.ScalarEvent) and event.style in {'"', "'"} and event.start_mark and event.end_mark:
            yield event.start_mark.line + 1, event.end_mark.index - 1


@pytest.mark.parametrize("style", ['"', "'"])
@pytest.mark.parametrize("file", LESSONS, ids=lambda file: file.parent.name)
def test_every_lesson_with_all_its_texts_in_quotation_marks(file: Path, style: str) -> None:
    written = tree.compose(file.read_text(encoding="utf-8"), "lesson.yaml").root
    assert written
    text = yaml.dump(tree.plain_data(written), default_style=style, width=60, allow_unicode=True)
    assert places(text) == []
    for line, closing in list(_marks(text))[::9]:
        found = places(text[:closing] + text[closing + 1 :])
        assert [at for at, _ in found] == [line]
