"""YAML as a tree of texts with positions."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.source import tree
from toolkit.source.tree import Composed, Mapping, Scalar, Sequence


def composed(text: str) -> Composed:
    return tree.compose(text, "lesson.yaml")


def data(text: str) -> Any:  # noqa: ANN401  # YAML
    found = composed(text)
    assert found.problems == ()
    assert found.root
    return tree.plain_data(found.root)


@pytest.mark.parametrize(
    "word",
    ["no", "yes", "on", "null", "~", "true", "1989", "1_000", "0x1F", "012", "1e3", ".inf", "12:30:45",
     "1989-09-26", "=", "<<x", "1978-12", "3.10", "+1", "-", "?x", ":x", "a:b", "a#b", "ta,b", "x]"],
)  # fmt: skip  # a list of words
def test_every_value_is_the_text_that_was_written(word: str) -> None:
    if word == "-":
        assert data(f"a: '{word}'\n") == {"a": word}
    else:
        assert data(f"a: {word}\n") == {"a": word}
    assert data(f'"{word}": "{word}"\n') == {word: word}


def test_shapes() -> None:
    text = "a: [1, {b: c}]\nd:\n- e\n- f: g\nh: >\n  i\n  j\nk: |-\n  l\n  m\n"
    assert data(text) == {"a": ["1", {"b": "c"}], "d": ["e", {"f": "g"}], "h": "i j\n", "k": "l\nm"}


def test_spans_cover_what_they_are_of() -> None:
    text = "a: one two\nlist:\n  - x\n  - {k: v}\nlast: end\n"
    root = composed(text).root
    assert root
    lines = text.split("\n")

    def covered(node: tree.Node) -> str:
        span = node.span
        assert span.line == span.end_line
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    entries = {entry.key.text: entry for entry in root.entries}
    assert covered(entries["a"].key) == "a"
    assert covered(entries["a"].value) == "one two"
    items = entries["list"].value
    assert isinstance(items, Sequence)
    assert [covered(item) for item in items.items] == ["x", "{k: v}"]
    assert (items.span.line, items.span.column, items.span.end_line, items.span.end_column) == (3, 3, 4, 11)
    assert (root.span.line, root.span.end_line, root.span.end_column) == (1, 5, 10)


def test_nothing_written_is_told_and_marked() -> None:
    found = composed("a:\nb: ''\nc: [x, ~]\nd:\n  -\n  - y\n")
    assert [(d.code, d.span.line) for d in found.problems if d.span] == [("Y113", 1), ("Y113", 5)]
    assert found.root
    values = [entry.value for entry in found.root.entries]
    assert isinstance(values[0], Scalar)
    assert values[0].absent
    assert isinstance(values[1], Scalar)
    assert not values[1].absent  # that it is empty is for the field to say


@pytest.mark.parametrize(
    ("text", "codes", "whole"),
    [
        ("a: 1\na: 2\n", ["Y108"], True),
        ("a: {b: 1, 'b': 2}\n", ["Y108"], True),
        ("a: &x 1\n", ["Y106"], True),
        ("a: !!str 1\n", ["Y107"], True),
        ("a: !x\n", ["Y107"], True),
        ("a: &x 1\nb: *x\n", ["Y106", "Y106"], False),
        ("a: {<<: {b: 1}}\n", ["Y106"], False),
        ("? [x]\n: 1\n", ["Y112"], True),
        ("a: 1\n---\nb: 2\n", ["Y111"], True),
        ("%YAML 1.1\n---\na: 1\n", ["Y111"], True),
        ('a: "\\x07"\n', ["Y104"], True),
        ("- a\n", ["Y110"], False),
        ("a\n", ["Y110"], False),
        ("", ["Y110"], False),
        ("---\n...\n", ["Y110"], False),
        ("a: [\n", ["Y105"], False),
    ],
)
def test_problems_stop_only_what_cannot_be_told(text: str, codes: list[str], whole: bool) -> None:
    found = composed(text)
    assert [problem.code for problem in found.problems] == codes
    assert (found.root is not None) is whole


def test_of_two_equal_keys_the_first_is_kept() -> None:
    found = composed("a: 1\nb: 2\na: 3\n")
    assert found.root
    assert tree.plain_data(found.root) == {"a": "1", "b": "2"}
    assert found.problems[0].related[0].line == 1


@pytest.mark.parametrize("depth", [39, 40, 41])
def test_the_deepest_file(depth: int) -> None:
    text = "a: " + "[" * (depth - 2) + "x" + "]" * (depth - 2) + "\n"
    assert bool(composed(text).problems) is (depth > tree.DEEPEST)


def test_the_largest_file() -> None:
    assert not composed("a: [" + "x, " * (tree.MOST_VALUES - 4) + "x]\n").problems
    assert composed("a: [" + "x, " * tree.MOST_VALUES + "x]\n").problems[0].code == "Y109"


@pytest.mark.parametrize(
    ("escape", "column"),
    [
        ('"ab\\x07"', 7),
        ('"a\\\\x\\0"', 9),
        ('"\\u200b\\u202e"', 11),
        ('"\\U0000FEFF"', 5),
        ('"a\\Nb"', 6),
        ('"\\r"', 5),
    ],
)
def test_an_escape_is_told_where_it_stands(escape: str, column: int) -> None:
    (problem,) = composed(f"a: {escape}\n").problems
    assert problem.span
    assert (problem.code, problem.span.line, problem.span.column) == ("Y104", 1, column)


def test_an_escape_in_a_text_of_many_lines() -> None:
    (problem,) = composed('a: "one\n  two\n  \\e x"\n').problems
    assert problem.span
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (3, 3, 5)


def test_a_mapping_knows_its_entries() -> None:
    root = composed("a: 1\nb: 2\n").root
    assert isinstance(root, Mapping)
    entry = root.entry("b")
    assert entry
    assert entry.value == Scalar("2", entry.value.span, plain=True)
    assert root.entry("c") is None
