"""Which options a version may shuffle, in every language of the labels."""

from __future__ import annotations

import pytest

from toolkit.compose.labels import labels_for
from toolkit.model.sequence import NO_WORDING, movable

LANGUAGES = ("ar", "en", "es", "fr", "vi")


def moving(language: str, *options: str) -> tuple[int, ...]:
    labels = labels_for(language)
    return movable(options, labels.letters, labels.wording)


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("en", "All of the above"), ("en", "None of the above."), ("en", "none of these"),
        ("en", "All of the above are true"),
        ("en", "I don’t know"), ("en", "Neither"), ("en", "Both"), ("es", "Todas las anteriores"),
        ("es", "Ninguna de las anteriores"),
        ("es", "Todas son correctas"), ("fr", "Toutes les réponses ci-dessus"), ("fr", "Aucune de ces réponses"),
        ("fr", "Aucune n’est juste"), ("vi", "Tất cả các đáp án trên"), ("vi", "Cả hai đều đúng"),
        ("vi", "Không có đáp án nào đúng"),
        ("ar", "كل ما سبق"), ("ar", "لا شيء مما سبق"), ("ar", "جميع ما سبق صحيح"),
        ("es", "None of the above"),
    ],
)  # fmt: skip  # a table
def test_an_option_that_speaks_of_the_others_stays_last(language: str, last: str) -> None:
    assert moving(language, "wind", "tide", "rain", last) == (0, 1, 2)
    assert moving(language, "wind", "tide", "rain", last, last) == (0, 1, 2), "two of them stay"


def test_an_option_that_speaks_of_the_others_and_stands_between_them_holds_all() -> None:
    assert moving("en", "wind", "tide", "both of the above", "rain") == ()


@pytest.mark.parametrize(
    ("language", "naming"),
    [
        ("en", "A and C"), ("en", "Both A and B"), ("en", "both a and b"), ("en", "A, B and C"), ("en", "B only"),
        ("en", "Only B"),
        ("en", "Neither A nor B"), ("en", "Options A & C are correct"), ("en", "(a) or (b)"), ("en", "I and II"),
        ("en", "A + B"),
        ("es", "A y C"), ("es", "Tanto A como B"), ("es", "Solo B"), ("es", "Ni A ni B"),
        ("es", "Las respuestas A y B son correctas"),
        ("fr", "A et C"), ("fr", "À la fois A et B"), ("fr", "B seulement"), ("fr", "Ni A ni B"),
        ("vi", "A và C"), ("vi", "Cả A và B"), ("vi", "Cả A lẫn B đều đúng"), ("vi", "Chỉ B"),
        ("ar", "أ و ج"), ("ar", "أ وج"), ("ar", "كل من أ و ب"), ("ar", "الإجابتان أ وب صحيحتان"), ("ar", "ب فقط"),
    ],
)  # fmt: skip  # a table
def test_an_option_that_names_letters_holds_all(language: str, naming: str) -> None:
    assert moving(language, "wind", "tide", "rain", naming) == ()
    assert moving(language, naming, "wind", "tide", "rain") == ()


@pytest.mark.parametrize(
    ("language", "options"),
    [
        ("en", ("10", "20", "30")), ("en", ("1,200", "12,000", "120,000")), ("en", ("30 %", "20 %", "10 %")),
        ("en", ("-5", "0", "5")),
        ("en", ("about 50 years", "about 350 years")), ("en", ("10–20 km", "20–30 km")), ("en", ("1/4", "1/2")),
        ("en", ("$5", "$10")),
        ("en", ("350", "120", "500")), ("en", ("1978", "1979", "1989")),
        ("en", ("April 1989", "August 1989", "September 1989")),
        ("en", ("26 September 1989", "1 October 1989")), ("en", ("in 1979", "in the 1980s", "after 1991")),
        ("en", ("Monday", "Tuesday")),
        ("en", ("the treaty of 1979", "the treaty of 1991")), ("en", ("fewer than 5", "5 to 10", "more than 10")),
        ("en", ("Sept. 1989", "Oct. 1989")),
        ("es", ("abril de 1989", "agosto de 1989")), ("es", ("1.200", "12.000")), ("fr", ("avril 1989", "août 1989")),
        ("fr", ("1 200", "12 000")), ("vi", ("tháng 4 năm 1989", "tháng 8 năm 1989")),
        ("ar", ("أبريل 1989", "أغسطس 1989")),
        ("ar", ("١٩٧٩", "١٩٨٩")), ("en", ("two", "three", "four")),
    ],
)  # fmt: skip  # a table
def test_numbers_and_dates_keep_their_order(language: str, options: tuple[str, ...]) -> None:
    assert moving(language, *options) == ()


@pytest.mark.parametrize(
    ("language", "options"),
    [
        ("en", ("Yes", "No")), ("en", ("True", "False")),
        ("en", ("Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree")),
        ("en", ("never", "sometimes", "always")), ("en", ("It increases", "It stays the same", "It decreases")),
        ("en", ("Strongly agree", "Agree", "Disagree", "I don’t know")), ("en", ("A", "B", "C", "D")),
        ("es", ("Sí", "No")), ("es", ("Verdadero", "Falso")),
        ("es", ("Muy de acuerdo", "De acuerdo", "En desacuerdo")),
        ("fr", ("Oui", "Non")), ("fr", ("Vrai", "Faux")), ("fr", ("D’accord", "Pas d’accord")),
        ("fr", ("souvent", "parfois", "jamais")),
        ("vi", ("Có", "Không")), ("vi", ("Đúng", "Sai")), ("vi", ("Đồng ý", "Không đồng ý")),
        ("ar", ("نعم", "لا")), ("ar", ("صواب", "خطأ")), ("ar", ("أوافق بشدة", "أوافق", "لا أوافق")),
    ],
)  # fmt: skip  # a table
def test_steps_of_a_scale_keep_their_order(language: str, options: tuple[str, ...]) -> None:
    assert moving(language, *options) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "options",
    [
        ("the alphabet", "a map", "the vowels"), ("To make it heavier", "To keep it clean"),
        ("3 horses", "a cow", "7 sheep"),
        ("In 1979 the army left", "The army of 1975 won"), ("a", "an apple", "the"), ("cat", "bad", "ace"),
        ("Both armies left", "Neither side won", "The war went on"), ("yes, because it rained", "no, the sun shone"),
    ],
)  # fmt: skip  # a table
def test_other_options_may_be_shuffled(language: str, options: tuple[str, ...]) -> None:
    assert moving(language, *options) == tuple(range(len(options)))


def test_without_words_of_a_language_numbers_are_told_all_the_same() -> None:
    assert movable(("10", "20"), ("A", "B"), NO_WORDING) == ()
    assert movable(("wind", "tide"), ("A", "B"), NO_WORDING) == (0, 1)


def test_one_option_that_could_move_has_nowhere_to_go() -> None:
    assert moving("en", "wind", "none of the above") == ()
