"""hornbook build: versions, levels and the pitch of answer rules."""

from __future__ import annotations

import re

import pytest
from sandbox import LESSON, Sandbox

VERSIONS = LESSON.replace("grades: 6-8\n", "grades: 6-8\nversions: 2\n")
LEVELS = LESSON.replace(
    "        depth: understand\n", "        depth: understand\n        levels: {support: Is it flat?}\n"
)
PROJECT = 'targets = ["worksheet.html"]\n'


def project(sandbox: Sandbox, more: str = "", **lessons: str) -> None:
    sandbox.put("hornbook.toml", PROJECT + more)
    for slug, spec in lessons.items():
        sandbox.lesson(spec, slug=slug)


def files(sandbox: Sandbox) -> list[str]:
    return sorted(name.removesuffix(".html") for name in sandbox.files())


def test_every_version_is_made_and_one_key_to_all(sandbox: Sandbox) -> None:
    project(sandbox, river=VERSIONS)
    assert sandbox.run("build").code == 0
    assert files(sandbox) == ["river/worksheet-a", "river/worksheet-b", "river/worksheet-teacher"]
    assert sandbox.run("list", "--targets").out.split() == [f"output/{name}.html" for name in files(sandbox)]


@pytest.mark.parametrize("letter", ["B", "b"])
def test_one_version_is_asked_for(sandbox: Sandbox, letter: str) -> None:
    project(sandbox, river=VERSIONS)
    assert sandbox.run("build", "--version", letter, "--edition", "student").code == 0
    assert files(sandbox) == ["river/worksheet-b"]
    assert sandbox.run("build", "output/river/worksheet-a.html").code == 0
    assert files(sandbox) == ["river/worksheet-a", "river/worksheet-b"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--version", "A"), "The lesson 'river' has no versions. Write `versions: 2` in lessons/river/lesson.yaml."),
        (("output/river/worksheet-a.html",), "has no versions. Write `versions: 2` in lessons/river/lesson.yaml."),
        (("sea", "--version", "C"), "has the versions A to B. Write `versions: 3` in lessons/sea/lesson.yaml."),
        (("river", "sea", "--version", "A"), "The lesson 'river' has no versions."),
        (("river", "--level", "support"), "has no support level. Write `levels: {support: ...}` under a question in"),
        (("--level", "extension"), "has no extension level."),
        (("output/river/worksheet-support.html",), "has no support level."),
        (("--version", "M"), "Invalid value for '--version'"),
        (("--pitch", "3"), "3.0 is not in the range 5.0<=x<=20.0"),
    ],
)  # fmt: skip  # a table
def test_what_a_lesson_does_not_have_is_wrong_usage(sandbox: Sandbox, args: tuple[str, ...], said: str) -> None:
    project(sandbox, river=LESSON, **({} if args == ("--version", "A") else {"sea": VERSIONS}))
    result = sandbox.run("build", *args)
    assert result.code == 2
    assert " ".join(said.split()) in " ".join(result.err.split())
    assert sandbox.files() == []


def test_of_a_whole_project_the_lessons_that_have_it_are_built(sandbox: Sandbox) -> None:
    project(sandbox, river=LESSON, sea=VERSIONS, town=LEVELS)
    assert sandbox.run("build", "--version", "A", "--edition", "student").code == 0
    assert files(sandbox) == ["sea/worksheet-a"]
    assert sandbox.run("build", "--level", "support", "--edition", "student").code == 0
    assert files(sandbox) == ["sea/worksheet-a", "town/worksheet-support"]


def test_the_project_says_which_levels_are_made(sandbox: Sandbox) -> None:
    project(sandbox, 'editions = ["student"]\nlevels = ["core", "support", "extension"]\n', river=LESSON, town=LEVELS)
    assert sandbox.run("build").code == 0
    assert files(sandbox) == ["river/worksheet", "town/worksheet", "town/worksheet-support"]
    page = (sandbox.root / "output/town/worksheet-support.html").read_text("utf-8")
    assert "Is it flat?" in page
    assert "Why does the water slow?" not in page


def test_without_a_word_a_lesson_with_levels_is_made_as_it_is_written(sandbox: Sandbox) -> None:
    project(sandbox, town=LEVELS)
    assert sandbox.run("build").code == 0
    assert files(sandbox) == ["town/worksheet", "town/worksheet-teacher"]


def test_a_target_of_the_project_names_no_version(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["worksheet-a.pdf"]\n')
    sandbox.lesson(VERSIONS)
    result = sandbox.run("build")
    assert result.code == 1
    assert "'worksheet-a.pdf' is not a target" in result.err


@pytest.mark.parametrize(
    ("more", "args", "grades", "pitch"),
    [
        ("", (), "6-8", "8.7mm"),
        ("", (), "K-2", "15mm"),
        ("", (), "11-12", "7.1mm"),
        ("pitch = 9\n", (), "K-2", "9mm"),
        ("pitch = 9\n", ("--pitch", "12.5"), "K-2", "12.5mm"),
    ],
)
def test_the_pitch_is_asked_for_or_the_projects_or_that_of_the_grades(
    sandbox: Sandbox, more: str, args: tuple[str, ...], grades: str, pitch: str
) -> None:
    project(sandbox, more, river=LESSON.replace("6-8", grades))
    assert sandbox.run("build", "--edition", "student", *args).code == 0
    page = (sandbox.root / "output/river/worksheet.html").read_text("utf-8")
    assert set(re.findall(r'<i style="height:([^"]*)"', page)) == {pitch}
