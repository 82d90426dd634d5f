"""One text of a YAML file changed in place: its own lines and no other, in the style that it is written in."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from toolkit.source import tree
from toolkit.source.positions import Location
from toolkit.source.revise_scalars import Key, at, changed, holds, with_value

WORDS = st.sampled_from(
    ["Hanoi", "left", "in", "1989", "no", "it's", 'say "so"', "a:b", "key: value", "#tag", "- dash", "[x]", "{y}", "é",
     "*em*", "a, b", "wait # not", "yes", "&c", "!x", "%", "@k", "`c`", "|", ">", "?", "0x1", "~", "“q”", "\\n", "Việt"]
)  # fmt: skip  # words read better in lines
Chosen: TypeAlias = tuple[str, tree.Mapping, Location, tree.Scalar]
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
PROSE = st.lists(TEXTS, min_size=1, max_size=3).map("\n\n".join)


def folded(words: str, width: int, pad: str) -> str:
    lines, line = [], ""
    for word in words.split(" "):
        if line and len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return f"\n{pad}".join([*lines, line])


@st.composite
def scalars(draw: st.DrawFn, pad: str) -> str:
    """Return a text as YAML, behind a key or a dash of which the lines that follow are indented by `pad`."""
    words, width = draw(TEXTS), draw(st.integers(12, 60))
    match draw(st.sampled_from(["plain", "wrapped", "'", '"', "'w", '"w', "|", ">"])):
        case "plain":
            return words
        case "wrapped":
            return folded(words, width, pad)
        case "'" | "'w" as style:
            inner = words.replace("'", "''")
            return "'" + (folded(inner, width, pad) if style == "'w" else inner) + "'"
        case '"' | '"w' as style:
            inner = words.replace("\\", "\\\\").replace('"', '\\"')
            return '"' + (folded(inner, width, pad) if style == '"w' else inner) + '"'
        case sign:
            header = sign + draw(st.sampled_from(["", "-", "+"])) + draw(st.sampled_from(["", "  # why"]))
            more = f"\n{pad}\n{pad}{draw(TEXTS)}".replace(f"\n{pad}\n", "\n\n") if draw(st.booleans()) else ""
            return f"{header}\n{pad}{folded(words, width, pad)}{more}"


@st.composite
def files(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for n in range(draw(st.integers(1, 5))):
        lines += draw(st.sampled_from([[], [""], ["# a comment: with words"], ["", "# --- part", ""]]))
        match draw(st.sampled_from(["scalar", "list", "map", "flow", "items"])):
            case "scalar":
                lines.append(f"k{n}: {draw(scalars('  '))}")
            case "list":
                lines.append(f"k{n}:")
                for _ in range(draw(st.integers(1, 3))):
                    lines += draw(st.sampled_from([[], [""], ["  # about it"]]))
                    lines.append(f"  - {draw(scalars('    '))}")
            case "map":
                lines.append(f"k{n}:")
                lines += [f"    i{m}: {draw(scalars('      '))}" for m in range(draw(st.integers(1, 3)))]
            case "flow":
                inner = [draw(st.sampled_from(["a b", "'c, d'", '"e"', "1989"])) for _ in range(3)]
                lines.append(f"k{n}: [{', '.join(inner)}]  # flow")
            case _:
                lines.append(f"k{n}:")
                for _ in range(draw(st.integers(1, 2))):
                    lines.append(f"- x: {draw(scalars('    '))}")
                    lines.append(f"  y: {{a: {draw(st.sampled_from(['b', 'c d']))}, e: 'f'}}")
    return "\n".join(lines) + draw(st.sampled_from(["\n", "", "\n\n# end\n"]))


def places(node: tree.Node, way: Location = ()) -> list[Location]:
    match node:
        case tree.Mapping(entries):
            return [place for entry in entries for place in places(entry.value, (*way, entry.key.text))]
        case tree.Sequence(items):
            return [place for n, item in enumerate(items) for place in places(item, (*way, n))]
        case _:
            return [way]


@st.composite
def texts_in_files(draw: st.DrawFn) -> Chosen:
    """Return a file, its tree, the way to one of its texts, and that text."""
    text = draw(files())
    found = tree.compose(text, "f")
    assume(found.root is not None and not found.problems)
    assert found.root
    way = draw(st.sampled_from(places(found.root)))
    node = at(found.root, way)
    assert isinstance(node, tree.Scalar)
    return text, found.root, way, node


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(texts_in_files(), st.data())
def test_only_the_lines_of_the_text_differ(chosen: Chosen, data: st.DataObject) -> None:
    text, found, way, node = chosen
    block = "|" in text.split("\n")[node.span.line - 1] or ">" in text.split("\n")[node.span.line - 1]
    value = data.draw(PROSE if block else TEXTS)

    made = with_value(text, "f", way, value)

    assert made is not None
    root = tree.compose(made, "f").root
    assert root
    ending = node.text[len(node.text.rstrip("\n")) :]
    assert tree.plain_data(root) == changed(tree.plain_data(found), way, value.rstrip("\n") + ending)
    before, after = text.split("\n"), made.split("\n")
    head = node.span.line - 1
    assert after[:head] == before[:head]
    tail = before[node.span.end_line :] if node.span.end_column > 1 else before[node.span.end_line - 1 :]
    assert after[len(after) - len(tail) :] == tail


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(texts_in_files())
def test_a_text_changed_and_changed_back_is_the_file(chosen: Chosen) -> None:
    text, found, way, node = chosen
    same = with_value(text, "f", way, node.text.rstrip("\n"))

    assert same is not None
    root = tree.compose(same, "f").root
    assert root
    assert tree.plain_data(root) == tree.plain_data(found)


@pytest.mark.parametrize(
    ("text", "way", "value", "wanted"),
    [
        ("a: one # why\n", ("a",), "two", "a: two # why\n"),
        ("a: one\n", ("a",), "two: three", 'a: "two: three"\n'),
        ("a: 'it''s'\n", ("a",), "isn't", "a: 'isn''t'\n"),
        ('a: "x \\"y\\""\n', ("a",), 'z "y"', 'a: "z \\"y\\""\n'),
        ("a: [x, 'y']\n", ("a", 0), "z, z", "a: [\"z, z\", 'y']\n"),
        ("a: {b: c}\n", ("a", Key("b")), "d e", "a: {d e: c}\n"),
        ("a: |\n  one\n   two\n\nb: c\n", ("a",), "one\n   three", "a: |\n  one\n     three\n\nb: c\n"),
        ("a: >-\n  one two\n  three\nb: c\n", ("a",), "one two four", "a: >-\n  one two\n  four\nb: c\n"),
        ("- a: b\n  # c\n  d: e\n", (0, "d"), "f", "- a: b\n  # c\n  d: f\n"),
        ("a: b\n", ("a",), "c\n\nd", "a: |-\n  c\n\n  d\n"),
        ("a: >-\n  one two three four five six seven eight nine ten eleven\n  twelve thirteen fourteen\n", ("a",),
         "one two three four five six seven eight nine ten eleven twelve fifteen fourteen",
         "a: >-\n  one two three four five six seven eight nine ten eleven\n  twelve fifteen fourteen\n"),
    ],
)  # fmt: skip  # one case a line
def test_the_style_is_kept_where_it_can_be(text: str, way: Location, value: str, wanted: str) -> None:
    text, wanted = (f"k:\n{part}" if part.startswith("-") else part for part in (text, wanted))
    way = ("k", *way) if text.startswith("k:\n-") else way
    assert with_value(text, "f", way, value) == wanted


def test_what_is_no_text_is_not_changed() -> None:
    assert with_value("a: [b]\n", "f", ("a",), "c") is None
    assert with_value("a: b\n", "f", ("c",), "d") is None
    assert not holds("a: b\n", "f", {"a": "c"})
