"""The kinds of question: what each makes of what the author wrote."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from toolkit import questions
from toolkit.model import text as t
from toolkit.model.question import Question, Setting
from toolkit.model.response import Area, Cells, Choice, Entry, Gaps, Match, Order, Organizer, Writing, public
from toolkit.source.specification import complete

LETTERS = tuple("ABCDEFGHIJKL")


def setting(seed: str = "seed", **places: Any) -> Setting:  # noqa: ANN401  # passed on as they are
    return Setting(pitch=8.7, measure=158.0, letters=LETTERS, seed=seed, **places)


def read(**written: Any) -> Question:  # noqa: ANN401  # what an author wrote
    complete()
    name = next(key for key in written if key in questions.KINDS)
    return TypeAdapter(questions.kind(name)).validate_python(written)


def words(content: t.Inlines) -> str:
    return t.plain(content)


def refusal(**written: Any) -> str:  # noqa: ANN401  # what an author wrote
    with pytest.raises(ValidationError) as caught:
        read(**written)
    return "; ".join(str(error.get("ctx", {}).get("message", error["msg"])) for error in caught.value.errors())


def test_every_kind_is_named_by_its_key() -> None:
    for name in questions.KINDS:
        kind = questions.kind(name)

        assert kind.kind == name
        assert kind.model_fields["prompt"].alias == name


def test_open_has_the_space_that_the_author_says() -> None:
    assert read(open="Why?", lines="4").response(setting()) == Writing(4, 8.7, "")
    assert read(open="Why?", lines="none").response(setting()) == Writing(0, 8.7, "")
    assert read(open="Why?", box="40 mm").response(setting()) == Area(40.0, 0.0, "")
    assert read(open="Why?", box="4 cm", grid="5 mm").response(setting()) == Area(40.0, 5.0, "")
    filled = read(open="Why?", lines="fill").response(setting())
    assert isinstance(filled, Writing)
    assert filled.fill


def test_open_has_as_many_lines_as_its_model_answer_needs() -> None:
    short = read(open="Why?", answer="Because.").response(setting())
    long = read(open="Why?", answer="Because it was so. " * 20).response(setting())

    assert isinstance(short, Writing)
    assert isinstance(long, Writing)
    assert 3 == short.lines < long.lines <= 12


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"lines": "many"}, "not a number of lines"),
        ({"lines": "61"}, "not a number of lines"),
        ({"box": "a hand"}, "not a length"),
        ({"box": "900 mm"}, "does not fit"),
        ({"grid": "1 mm"}, "cannot be used"),
        ({"lines": "3", "box": "40 mm"}, "not both"),
    ],
)
def test_open_refuses_space_that_no_page_has(written: dict[str, str], said: str) -> None:
    assert said in refusal(open="Why?", **written)


def test_true_false_marks_the_word_and_gives_a_line_for_the_correction() -> None:
    response = read(true_false="It left.", answer="false", corrected="It came.").response(
        setting(truth=("Verdadero", "Falso"))
    )

    assert isinstance(response, Choice)
    assert [words(option.content) for option in response.options] == ["Verdadero", "Falso"]
    assert (response.key, response.inline) == (frozenset([1]), True)
    assert response.correction == Writing(1, 8.7, "")


def test_true_false_corrects_only_what_is_false() -> None:
    assert "needs no correction" in refusal(true_false="It left.", answer="true", corrected="It came.")


PAIRS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=6), st.text("klmnop", min_size=1, max_size=6), min_size=2, max_size=8
)


@given(PAIRS, st.text(max_size=8))
def test_the_key_of_a_match_leads_to_what_was_written(pairs: dict[str, str], seed: str) -> None:
    response = read(match="Match.", pairs=pairs).response(setting(seed))

    assert isinstance(response, Match)
    assert response.key is not None
    by_letter = {option.label: words(option.content) for option in response.options}
    assert [by_letter[letter] for letter in response.key] == list(pairs.values())
    assert [words(item.content) for item in response.items] == list(pairs)
    assert [option.label for option in response.options] == list(LETTERS[: len(response.options)])


def test_a_match_refuses_a_spare_that_is_an_answer_and_more_options_than_letters() -> None:
    assert "stands twice" in refusal(match="M", pairs={"a": "b", "c": "d"}, spare=["b"])
    assert "too many" in refusal(match="M", pairs={str(n): f"x{n}" for n in range(13)})


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=2, max_size=12, unique=True), st.text(max_size=8))
def test_the_key_of_an_order_leads_to_the_written_order(items: list[str], seed: str) -> None:
    response = read(order="Number.", items=items).response(setting(seed))

    assert isinstance(response, Order)
    assert response.key is not None
    numbered = sorted(zip(response.key, response.items, strict=True), key=lambda pair: pair[0])
    assert [words(item.content) for _, item in numbered] == items
    assert [words(item.content) for item in response.items] != items


def test_an_order_takes_the_lessons_own_events_in_their_time() -> None:
    events = (("first", "One."), ("", "Unnamed."), ("then", "Two."), ("last", "Three."))

    response = read(order="Number.", events=["last", "first"]).response(setting(events=events))

    assert isinstance(response, Order)
    assert {words(item.content): n for item, n in zip(response.items, response.key or (), strict=True)} == {
        "One.": 1,
        "Three.": 2,
    }


def test_an_order_has_items_or_events() -> None:
    assert "two or more" in refusal(order="Number.", items=["one"])
    assert "two or more" in refusal(order="Number.", items=["one", "two"], events=["a", "b"])


def gaps_of(blocks: t.Blocks) -> list[t.Gap]:
    return [node for block in blocks for run in t.inlines_of(block) for node in t.walk(run) if isinstance(node, t.Gap)]


def test_a_cloze_cuts_its_gaps_in_order_and_keeps_every_other_word() -> None:
    response = read(cloze="Vietnam paid with {Soviet} help; *a {UN} mission* came.").response(setting())

    assert isinstance(response, Gaps)
    assert [words(answer) for answer in response.key or ()] == ["Soviet", "UN"]
    assert [gap.number for gap in gaps_of(response.content)] == [1, 2]
    assert t.plain_block(response.content[0]) == "Vietnam paid with … help; a … mission came."
    assert response.bank == ()


def test_with_a_bank_all_gaps_are_as_wide_as_the_longest_answer() -> None:
    text = "{constitutional monarchy} and {king}"
    alone = read(cloze=text).response(setting())
    banked = read(cloze=text, spare=["republic"]).response(setting())

    assert isinstance(alone, Gaps)
    assert isinstance(banked, Gaps)
    assert len({gap.width for gap in gaps_of(alone.content)}) == 2
    assert {gap.width for gap in gaps_of(banked.content)} == {len("constitutional monarchy") * 2.5}
    assert {words(word) for word in banked.bank} == {"constitutional monarchy", "king", "republic"}


def test_a_cloze_has_a_gap() -> None:
    assert "no gap" in refusal(cloze="Nothing to fill in.")


@pytest.mark.parametrize(
    "text",
    [
        "The {boat} and [{lake}](https://x.org).",
        "The {boat} and `{lake}`.",
        "{boat} and {*the* lake}",
        "{boat} {}",
        "{boat",
    ],
)
def test_a_cloze_leaves_no_answer_on_the_page(text: str) -> None:
    assert "no gap" in refusal(cloze=text) or "left over" in refusal(cloze=text)


def test_a_gap_may_run_over_a_line() -> None:
    response = read(cloze="It was the {Soviet\nUnion} *and {its}* friends.").response(setting())

    assert isinstance(response, Gaps)
    assert [words(answer) for answer in response.key or ()] == ["Soviet Union", "its"]
    assert [gap.width for gap in gaps_of(response.content)] == [12 * 2.5, 18.0]


def test_a_cell_is_printed_or_filled_in() -> None:
    assert "only partly in braces" in refusal(table="F", columns=["Q", "A"], rows=[["x", "{horn} or brass"]])


def test_a_table_empties_the_cells_in_braces() -> None:
    response = read(table="Fill in.", columns=["Q", "A"], rows=[["who", "{me}"], ["{what}", "this"]]).response(
        setting()
    )

    assert isinstance(response, Cells)
    assert [[cell if cell is None else words(cell) for cell in row] for row in response.rows] == [
        ["who", None],
        [None, "this"],
    ]
    assert [[cell if cell is None else words(cell) for cell in row] for row in response.key or ()] == [
        [None, "me"],
        ["what", None],
    ]


def test_a_table_is_whole_and_has_something_to_fill_in() -> None:
    assert "has 1 cells for 2" in refusal(table="F", columns=["Q", "A"], rows=[["{x}"]])
    assert "no cell is empty" in refusal(table="F", columns=["Q", "A"], rows=[["x", "y"]])


def test_a_number_is_printed_as_written_with_its_unit() -> None:
    response = read(number="How many?", answer="22,000", within="500", unit="people").response(setting())

    assert isinstance(response, Entry)
    assert (words(response.key or ()), words(response.unit)) == ("22,000 ± 500", "people")
    assert "not a number" in refusal(number="How many?", answer="many")


def test_an_organiser_fits_its_shape() -> None:
    response = read(organize="O", layout="venn", labels=["a", "b", "c"], answers=["x", "y", "z"]).response(setting())

    assert isinstance(response, Organizer)
    assert response.height == 90.0
    assert len(response.key or ()) == 3
    assert "has 3 labels, not 2" in refusal(organize="O", layout="venn", labels=["a", "b"])
    assert "criteria of the layout compare" in refusal(organize="O", layout="compare", labels=["a", "b", "c"])
    assert "answers for" in refusal(organize="O", layout="cornell", labels=["a", "b", "c"], answers=["x"])


def test_a_document_has_words_or_a_picture_with_its_text() -> None:
    assert "words or a picture" in refusal(source="Read.", document={"credit": "x"})
    assert "no alternative text" in refusal(source="Read.", document={"image": "images/x.png"})


def test_parts_are_questions_with_points_that_add_up() -> None:
    question = read(
        source="Read.",
        document={"text": "Words."},
        parts=[{"short": "Who?", "points": "1"}, {"open": "Why?", "points": "2.5"}],
    )

    assert [part.kind for part in question.parts] == ["short", "open"]
    assert question.total() == 3.5
    assert question.response(setting()) == Writing(0, 8.7, "")


def test_a_rubric_has_a_description_for_every_level() -> None:
    rubric = {"levels": ["2", "1"], "criteria": {"Evidence": ["exact"]}}
    assert "1 descriptions for 2 levels" in refusal(open="Why?", rubric=rubric)


KEYED: list[dict[str, Any]] = [
    {"short": "Who?", "answer": "zqanswer"},
    {"choose": "When?", "options": ["a", "b"], "correct": "b"},
    {"true_false": "It left.", "answer": "false", "corrected": "zqanswer"},
    {"match": "M", "pairs": {"a": "b", "c": "d"}},
    {"order": "O", "items": ["a", "b", "c"]},
    {"cloze": "The {zqanswer} came."},
    {"table": "T", "columns": ["a", "b"], "rows": [["x", "{zqanswer}"]]},
    {"number": "N", "answer": "123456789"},
    {"organize": "O", "layout": "venn", "labels": ["a", "b", "c"], "answers": ["zqanswer", "y", "z"]},
]


@pytest.mark.parametrize("written", KEYED, ids=lambda written: next(iter(written)))
def test_what_a_student_sees_has_no_key(written: dict[str, Any]) -> None:
    response = read(**written).response(setting())

    seen = public(response)

    assert response.key is not None  # type: ignore[union-attr]  # every response of KEYED has one
    assert seen.key is None  # type: ignore[union-attr]  # every response of KEYED has one
    assert "zqanswer" not in repr(seen)
    assert "123456789" not in repr(seen)


def test_addresses_of_shuffled_things_do_not_tell_their_order() -> None:
    order = read(order="O", items=["a", "b", "c"]).response(setting())
    match = read(match="M", pairs={"a": "b", "c": "d"}).response(setting())

    assert isinstance(order, Order)
    assert isinstance(match, Match)
    for options in (order.items, (*match.items, *match.options)):
        places = [option.address for option in options]
        assert all(len(place.rpartition("/")[2]) == 8 for place in places)
        assert len(set(places)) == len(places)


def test_the_same_seed_shuffles_the_same_way() -> None:
    assert setting("x").shuffled(9) == setting("x").shuffled(9)
    assert setting("x").shuffled(9) != setting("y").shuffled(9)
    assert setting("x").shuffled(1) == (0,)
