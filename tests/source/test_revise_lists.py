"""Items of YAML lists put in, taken out and moved, each with its own lines and the comment over it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.source import tree, yaml_text
from toolkit.source.revise_lists import New, added, lifted, rearranged

LESSON = """\
# the lesson
questions:
  # about one
  - open: one
    lines: 3

  # about two
  - choose: two
    options: [a, b,
      c]
    correct: a
  - open: >-
      three
      and more

# next
vocabulary:
  patron: {means: a state, part: noun}
  proxy: another   # by whom
sections:
  - heading: One
    questions:
    - open: q

    - open: r
"""


def without(text: str, lines: str) -> str:
    assert lines in text
    return text.replace(lines, "", 1)


def test_an_item_goes_with_its_comment() -> None:
    made = rearranged(LESSON, "f", ("questions",), [0, 2])
    assert made == without(
        LESSON, "  # about two\n  - choose: two\n    options: [a, b,\n      c]\n    correct: a\n"
    ).replace("lines: 3\n\n  - open", "lines: 3\n  - open")  # fmt: skip  # the blank line was before the second


def test_a_moved_item_takes_its_lines() -> None:
    made = rearranged(LESSON, "f", ("questions",), [1, 2, 0])
    assert made
    assert made.index("# about two") < made.index("three") < made.index("# about one") < made.index("# next")
    assert "    options: [a, b,\n      c]\n" in made
    assert sorted(filter(None, made.split("\n"))) == sorted(filter(None, LESSON.split("\n")))


def test_a_new_item_stands_where_it_was_put() -> None:
    new = New({"choose": "New: which?", "options": ["x", "y, z"]})
    made = rearranged(LESSON, "f", ("questions",), [0, new, 1, 2])
    assert made
    assert '\n  - choose: "New: which?"\n    options: [x, "y, z"]\n' in made
    assert without(made, '  - choose: "New: which?"\n    options: [x, "y, z"]\n').replace("\n\n\n", "\n\n") == LESSON


def test_options_in_brackets_stay_in_brackets() -> None:
    made = rearranged(LESSON, "f", ("questions", 1, "options"), [0, 1, 2, New("d, e")])
    assert made == LESSON.replace("      c]", '      c, "d, e"]')
    assert rearranged(LESSON, "f", ("questions", 1, "options"), [0, 2]) == LESSON.replace("[a, b,\n      c]", "[a, c]")


def test_a_list_of_which_nothing_is_left_goes_with_its_key() -> None:
    made = rearranged(LESSON, "f", ("sections", 0, "questions"), [])
    assert made == LESSON.replace("    questions:\n    - open: q\n\n    - open: r\n", "")


def test_a_term_of_the_vocabulary_is_a_key() -> None:
    made = rearranged(LESSON, "f", ("vocabulary",), [0, New("a part", "cadre"), 1])
    assert made == LESSON.replace("  proxy", "  cadre: a part\n  proxy")
    assert rearranged(LESSON, "f", ("vocabulary",), [1]) == without(LESSON, "  patron: {means: a state, part: noun}\n")


def test_a_new_key_stands_behind_the_others() -> None:
    made = added(LESSON, "f", ("questions", 2), "lines", "4")
    assert made == LESSON.replace("      and more\n", "      and more\n    lines: 4\n")
    assert added(LESSON, "f", ("questions", 0), "lines", "4") is None  # it has some


def test_a_comment_that_stands_apart_stays_in_its_place() -> None:
    text = "q:\n  - a\n\n  # ---- group two\n\n  - b\n  # mine\n  - c\n"
    assert rearranged(text, "f", ("q",), [0, 2]) == "q:\n  - a\n\n  # ---- group two\n\n  # mine\n  - c\n"


def test_an_item_is_lifted_from_a_list_to_one_further_in() -> None:
    found = lifted(LESSON, "f", ("questions",), 1)
    assert found
    made = rearranged(LESSON, "f", ("sections", 0, "questions"), [0, found, 1])
    assert made
    assert "    # about two\n    - choose: two\n      options: [a, b,\n        c]\n      correct: a\n" in made


@st.composite
def lists(draw: st.DrawFn) -> tuple[str, int]:
    count = draw(st.integers(1, 6))
    pad = draw(st.sampled_from(["", "  ", "    "]))
    lines = ["top: x", "k:" + draw(st.sampled_from(["", "  # the list"]))]
    for n in range(count):
        lines += draw(st.sampled_from([[], [], [""], [f"{pad}# about {n}"], ["", f"{pad}# about {n}"]])) if n else []
        lines += draw(
            st.sampled_from(
                [
                    [f"{pad}- item {n}"],
                    [f"{pad}- a: {n}", f"{pad}  b: [x, y]  # c"],
                    [f"{pad}- >-", f"{pad}  f {n}"],
                    [f"{pad}- a: |", f"{pad}    l {n}", "", f"{pad}     m"],
                    [f'{pad}- "q {n}"'],
                ]
            )
        )
    return "\n".join([*lines, *draw(st.sampled_from([[], ["# end"], ["", "after: y"]]))]) + "\n", count


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lists(), st.data())
def test_any_order_is_written_and_every_line_stays(made: tuple[str, int], data: st.DataObject) -> None:
    text, count = made
    order = data.draw(st.permutations(range(count)))
    kept = order[: data.draw(st.integers(1, count))]
    root = tree.compose(text, "f").root
    assert root
    old = tree.plain_data(root)

    new = rearranged(text, "f", ("k",), kept)

    assert new is not None
    found = tree.compose(new, "f").root
    assert found
    assert tree.plain_data(found) == {**old, "k": [old["k"][n] for n in kept]}
    if len(kept) == count:
        assert sorted(line for line in new.split("\n") if line.strip()) == sorted(
            line for line in text.split("\n") if line.strip()
        )
        if list(kept) == sorted(kept):
            assert new == text


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1))
def test_any_text_is_written_as_yaml(words: str) -> None:
    for lines in (yaml_text.entry("k", words, 0), yaml_text.item({"k": words}, 0)):
        text = "\n".join(lines if lines[0].startswith("k") else ["l:", *lines])
        root = tree.compose(text, "f").root
        assert root, text
        data = tree.plain_data(root)
        assert (data["k"] if "k" in data else data["l"][0]["k"]) == words


@pytest.mark.parametrize("words", ["no", "~", "1989-09", "[@a, 12]", "- x", "a: b", "x #y", "“Yes”", "*a*", "'q'"])
def test_a_list_in_brackets_gives_back_its_words(words: str) -> None:
    root = tree.compose(f"k: {yaml_text.flow([words, 'x'])}", "f").root
    assert root
    assert tree.plain_data(root) == {"k": [words, "x"]}
