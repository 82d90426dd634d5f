"""The label files: every language says what English says, in every form its numbers take."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from babel import Locale

from toolkit import compose, questions
from toolkit.compose.labels import labels_for
from toolkit.model.question import Depth
from toolkit.resources import templates

LANGUAGES = ("ar", "en", "es", "fr", "vi")


def data(language: str) -> dict[str, Any]:
    return tomllib.loads((templates() / "labels" / f"{language}.toml").read_text("utf-8"))


def tables(language: str) -> dict[str, dict[str, Any]]:
    return {name: table for name, table in data(language).items() if isinstance(table, dict)}


def places(words: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", words))


def all_places(label: str | dict[str, str]) -> set[str]:
    return places(label) if isinstance(label, str) else set().union(*(places(form) for form in label.values()))


def test_the_languages_are_those_that_are_promised() -> None:
    assert sorted(path.stem for path in (templates() / "labels").glob("*.toml")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_labels_of_english_and_no_others(language: str) -> None:
    assert data(language).keys() == data("en").keys()
    assert {name: set(table) for name, table in tables(language).items()} == {
        name: set(table) for name, table in tables("en").items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_has_the_places_of_the_english_one(language: str) -> None:
    for table, labels in tables("en").items():
        for name, label in labels.items():
            assert all_places(tables(language)[table][name]) == all_places(label), f"{table}.{name}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_every_plural_form_of_its_language(language: str) -> None:
    forms = set(Locale.parse(language).plural_form.tags) | {"other"}
    counted = {(t, n) for t, labels in tables("en").items() for n, label in labels.items() if isinstance(label, dict)}
    found = {
        (t, n): set(label)
        for t, labels in tables(language).items()
        for n, label in labels.items()
        if isinstance(label, dict)
    }
    assert found == dict.fromkeys(counted, forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty_or_left_in_english(language: str) -> None:
    said = {f"{t}.{n}": label for t, labels in tables(language).items() for n, label in labels.items()}
    assert all(all(label.values()) if isinstance(label, dict) else label for label in said.values())
    if language != "en":
        alike = {key for key, label in said.items() if label == tables("en")[key.split(".")[0]][key.split(".")[1]]}
        # Cognates, and marks that mean the same everywhere.
        shared = {"page.number", "page.omission", "cite.et_al", "credit.rights", "cite.volume"}
        cognates = {"heading.questions", "opener.questions", "page.note_heading", "column.minutes", "column.date"}
        cognates |= {
            "opener.date",
            "task.points",
            "cite.editor",
            "task.document",
            "column.total",
            "column.points",
            "column.question",
        }
        assert alike <= shared | cognates


def test_every_label_is_printed_somewhere() -> None:
    rooms = (Path(str(room.__file__)).parent for room in (compose, questions))  # a kind of question names its own
    source = "".join(path.read_text("utf-8") for room in rooms for path in room.glob("*.py"))
    named = {(t, n) for t, labels in tables("en").items() for n in labels}
    unused = {(t, n) for t, n in named if f'"{n}"' not in source and f'"{t}.{n}"' not in source}
    assert unused == {("depth", depth) for depth in get_args(Depth)}  # named by the field's own values


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_have_twelve_different_letters(language: str) -> None:
    assert len(labels_for(language).letters) == len(set(labels_for(language).letters)) == 12


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1, "1 pt"),
        ("en", 2.5, "2.5 pts"),
        ("en", 0.5, "0.5 pts"),
        ("fr", 1.5, "1,5 pt"),  # French counts up to two as one (CLDR)
        ("fr", 2, "2 pts"),
        ("es", 2.5, "2,5 ptos."),
        ("vi", 1, "1 điểm"),
        ("ar", 1, "درجة واحدة"),
        ("ar", 2, "درجتان"),
        ("ar", 5, "5 درجات"),
        ("ar", 11, "11 درجة"),
    ],
)
def test_points_are_counted_in_the_language(language: str, number: float, said: str) -> None:
    assert labels_for(language).count("task.points", number) == said


def test_a_tag_takes_the_labels_of_its_language_and_its_own_numbers() -> None:
    assert labels_for("es-MX")("opener.name") == "Nombre"
    assert labels_for("es-MX").count("task.points", 2.5) == "2.5 ptos."
    assert labels_for("es-ES").count("task.points", 2.5) == "2,5 ptos."


def test_a_language_without_labels_gets_english_ones() -> None:
    assert labels_for("km")("opener.name") == "Name"


@pytest.mark.parametrize(
    ("tag", "direction"), [("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("en", "ltr"), ("vi", "ltr")]
)
def test_text_runs_as_its_language_does_even_without_labels(tag: str, direction: str) -> None:
    assert labels_for(tag).direction == direction


def test_french_marks_do_not_begin_a_line() -> None:
    loose = [
        label for labels in tables("fr").values() for label in map(str, labels.values()) if re.search(" [:;?!]", label)
    ]
    assert loose == []
