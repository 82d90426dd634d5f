"""The good examples and the lessons that ship are read, written as plain data, and read again as the same."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from sandbox import REPOSITORY

from toolkit.compose import compose
from toolkit.model.choices import SHEET_NAMES
from toolkit.model.fields import FrozenMap
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.model.specification import LessonSpec
from toolkit.source import lesson, specification, tree

GOOD = sorted(file.parent for file in (REPOSITORY / "tests" / "examples" / "good").glob("*/lesson.yaml"))
SHIPPED = sorted(file.parent for file in (REPOSITORY / "lessons").glob("*/lesson.yaml"))
FOLDERS = [pytest.param(folder, id=folder.name) for folder in (*GOOD, *SHIPPED)]


def read(text: str) -> LessonSpec:
    composed = tree.compose(text, "lesson.yaml")
    assert composed.root, composed.problems
    found = specification.read(composed.root, text)
    assert found.spec, found.problems
    assert not found.problems
    return found.spec


def spec_of(folder: Path) -> LessonSpec:
    """Return the specification of a lesson, with what it draws from the bank."""
    return lesson.load(folder / "lesson.yaml", Project()).lesson.spec


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_is_read_without_an_error(folder: Path) -> None:
    loaded = lesson.load(folder / "lesson.yaml", Project())
    assert loaded.lesson.slug
    assert loaded.lesson.article.sections or loaded.lesson.article.opening


@pytest.mark.parametrize("folder", FOLDERS)
def test_written_and_read_again_it_is_the_same(folder: Path) -> None:
    spec = spec_of(folder)
    assert read(json.dumps(spec.dump(), ensure_ascii=False)) == spec
    assert read(json.dumps(spec.dump(), ensure_ascii=False, indent=2)) == spec


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_is_a_value(folder: Path) -> None:
    first = lesson.load(folder / "lesson.yaml", Project()).lesson
    second = lesson.load(folder / "lesson.yaml", Project()).lesson
    assert first == second
    assert hash(first) == hash(second)
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sheet_can_be_made_of_it(folder: Path) -> None:
    loaded = lesson.load(folder / "lesson.yaml", Project())
    for sheet in SHEET_NAMES:
        assert compose(loaded.lesson, sheet, Edition("student"))
        assert compose(loaded.lesson, sheet, Edition("teacher"))


def test_the_examples_use_every_field_there_is() -> None:
    used = {found for folder in (*GOOD, REPOSITORY / "lessons" / "_showcase") for found in _used(spec_of(folder))}
    models = {model for model, _ in used}
    written = {(model, name) for model in models for name in model.model_fields if name in model.__annotations__}
    unused = {f"{model.__name__}.{name}" for model, name in written - used}
    assert unused == {"Question.prompt"}  # which each kind has under its own name
    assert {model.__name__ for model in models} >= {"Open", "Short", "Choose", "Event", "Origin", "SourceRecord"}


def _used(value: object) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield each field in `value` that an author wrote."""
    match value:
        case BaseModel():
            for name in value.model_fields_set:
                # What all questions have is used where one kind uses it.
                yield next(base for base in type(value).__mro__ if name in base.__annotations__), name
                yield from _used(getattr(value, name))
        case FrozenMap():
            for inner in value.values():
                yield from _used(inner)
        case tuple():
            for inner in value:
                yield from _used(inner)
        case _:
            return


def test_text_stays_text() -> None:
    spec = spec_of(REPOSITORY / "tests" / "examples" / "good" / "text-stays-text")
    assert (spec.title, spec.number, spec.subject, spec.grades) == ("no", "07.30", "0x1F", "1e3")
    assert spec.summary == "yes"
    assert spec.places == (
        "on", "null", "12:30:45", "1_000", ".5", "{not a mapping}", "~", "tab", "café 🌊",
    )  # fmt: skip  # a list of words
    assert spec.categories == ("It's", 'a "quote" and a \\', "one line of two")
    assert spec.duration == 50
    assert list(spec.vocabulary) == ["null", "1953", "a key of words"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(ends: str, mark: str, tmp_path: Path) -> None:
    source = REPOSITORY / "tests" / "examples" / "good" / "every-field"
    folder = tmp_path / source.name
    for file in (path for path in source.rglob("*") if path.is_file()):
        copy = folder / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        data = file.read_bytes()
        if file.suffix in {".yaml", ".md"}:
            data = mark.encode() + data.replace(b"\n", ends.encode())
        copy.write_bytes(data)
    assert (
        lesson.load(folder / "lesson.yaml", Project()).lesson == lesson.load(source / "lesson.yaml", Project()).lesson
    )


def test_what_the_bibliography_files_say() -> None:
    bibtex = lesson.load(GOOD[0].parent / "sources-in-bibtex" / "lesson.yaml", Project()).lesson.sources
    assert [name.literal or name.family for name in bibtex["reed1960"].author or ()] == [
        "Reed", "Water Board", "Berg", "Low",
    ]  # fmt: skip  # a list of names
    assert str(bibtex["müller1931"].issued) == "1931~"
    assert str(bibtex["flood:1953"].issued) == "1953-02-09"
    json_file = lesson.load(GOOD[0].parent / "sources-in-csl-json" / "lesson.yaml", Project()).lesson.sources
    assert {key: str(record.issued) for key, record in json_file.items()} == {
        "reed1960": "1960-04-02",
        "17": "1953-02~",
        "http://zotero.org/items/A1": "1950/1955",
        "spring": "1953-21",
        "rome": "-0030",
        "raw": "1990-05",
    }
    assert json_file["reed1960"].volume == "2"
