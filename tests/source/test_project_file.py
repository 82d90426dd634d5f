"""The project file: found upwards, with a default for everything, and told of as lessons are."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.project import Project
from toolkit.source import project


def told(text: str | bytes, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "hornbook.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LessonError) as caught:
        project.find(folder)
    return caught.value.diagnostics


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    home = project.find(tmp_path)
    assert home == project.Workspace(tmp_path, Project(), None)
    assert (home.lessons, home.output) == (tmp_path / "lessons", tmp_path / "output")


def test_the_nearest_file_upwards(tmp_path: Path) -> None:
    (tmp_path / "hornbook.toml").write_text('title = "Outer"\n')
    (tmp_path / "inner/lessons/river").mkdir(parents=True)
    assert project.find(tmp_path / "inner/lessons/river").project.title == "Outer"
    (tmp_path / "inner/hornbook.toml").write_text('title = "Inner"\nlessons = "units"\n')
    home = project.find(tmp_path / "inner/lessons/river/lesson.yaml")
    assert (home.project.title, home.lessons) == ("Inner", tmp_path / "inner/units")


def test_without_a_file_the_nearest_folder_with_lessons(tmp_path: Path) -> None:
    (tmp_path / "lessons/river").mkdir(parents=True)
    assert project.find(tmp_path / "lessons/river").root == tmp_path


def test_a_folder_of_that_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "hornbook.toml").mkdir()
    assert project.find(tmp_path).file is None


def test_every_setting(tmp_path: Path) -> None:
    (tmp_path / "hornbook.toml").write_text(
        'title = "History 10"\nlanguage = "vi"\npaper = "a4"\nlessons = "units"\noutput = "out/sheets"\n'
        'editions = ["teacher"]\ntargets = ["handout.html"]\npitch = 7\n'
    )
    found = project.find(tmp_path).project
    assert (found.title, found.language, found.paper, found.pitch) == ("History 10", "vi", "a4", 7.0)
    assert (found.editions, found.targets) == (("teacher",), ("handout.html",))


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ('title = "x"\npapre = "a4"\n', 2, 1, "L201"),
        ('title = "x"\n\n  paper =   "A4"\n', 3, 13, "L204"),
        ("title = 7\n", 1, 9, "L203"),
        ("title = true\n", 1, 9, "L203"),
        ("title = 1989-09-26\n", 1, 9, "L203"),
        ('title = ["x"]\n', 1, 9, "L203"),
        ('language = "english"\n', 1, 12, "L209"),
        ("editions = []\n", 1, 12, "L204"),
        ('editions = ["x"]\n', 1, 12, "L204"),
        ("pitch = 99\n", 1, 9, "L204"),
        ("pitch = nan\n", 1, 9, "L204"),
        ('lessons = "../x"\n', 1, 11, "R305"),
        ('output = "/srv"\n', 1, 10, "R305"),
        ('output = "C:/x"\n', 1, 10, "R305"),
        ('title = "\\u0007"\n', 1, 9, "Y104"),
        ("title = x\n", 1, 9, "P601"),
        ('title = "x\n', 1, 1, "P601"),
        ("title\n", 1, 1, "P601"),
        ('title = "x"\ntitle = "y"\n', 2, 1, "P601"),
        ('editions = ["student"\n', 1, 1, "P601"),
        ("pitch = " + "9" * 5000 + "\n", 1, 1, "P601"),
        ("x = " + "[" * 3000 + "]" * 3000 + "\n", 1, 1, "P601"),
        ("[project]\n", 1, 2, "L201"),
        ("[[lessons]]\n", 1, 3, "L203"),
        ("title = \ufeff\n", 1, 9, "Y104"),
        (b"title = '\xff'\n", 1, 10, "Y102"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    text: str | bytes, line: int, column: int, code: str, tmp_path: Path
) -> None:
    (found,) = told(text, tmp_path)
    assert found.span
    assert (found.span.line, found.span.column, found.code) == (line, column, code)
    assert found.message.isprintable()


def test_all_settings_that_are_wrong_are_told_together(tmp_path: Path) -> None:
    found = told('title = 7\nlanguage = "x"\ncolour = "blue"\n', tmp_path)
    assert [diagnostic.code for diagnostic in found] == ["L203", "L209", "L201"]
