"""hornbook build: which files are made, what is said of them, how it ends."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pypdf
import pytest
from sandbox import LESSON, Result, Sandbox

USUAL = ["handout-teacher.pdf", "handout.pdf", "worksheet-teacher.docx", "worksheet.docx"]
BROKEN = "titel: The Sea\n"


def fast(sandbox: Sandbox, *lines: str) -> None:
    """Give the project a target that is made in no time."""
    sandbox.put("hornbook.toml", "\n".join(['targets = ["handout.html"]', 'editions = ["student"]', *lines]) + "\n")


def test_a_lesson_makes_its_four_files(sandbox: Sandbox) -> None:
    sandbox.lesson()
    result = sandbox.run("build")
    assert result.code == 0
    assert re.fullmatch(r"4 made in \d+\.\d s; 4 files up to date\n", result.err)
    assert result.out.splitlines() == [
        "made       output/river/handout.pdf",
        "made       output/river/handout-teacher.pdf",
        "made       output/river/worksheet.docx",
        "made       output/river/worksheet-teacher.docx",
    ]
    assert sandbox.files() == [f"river/{name}" for name in USUAL]
    again = sandbox.run("build")
    assert (again.code, again.out, again.err) == (0, "", "4 files up to date\n")


@pytest.mark.parametrize(
    ("args", "files"),
    [
        (("--format", "html"), ["handout-teacher.html", "handout.html", "worksheet-teacher.html", "worksheet.html"]),
        (("--edition", "student", "--format", "html"), ["handout.html", "worksheet.html"]),
        (("--sheet", "worksheet"), ["worksheet-teacher.docx", "worksheet.docx"]),
        (("--sheet", "worksheet", "--edition", "teacher", "--format", "html"), ["worksheet-teacher.html"]),
    ],
)
def test_only_what_is_asked_for_is_made(sandbox: Sandbox, args: tuple[str, ...], files: list[str]) -> None:
    sandbox.lesson()
    assert sandbox.run("build", *args).code == 0
    assert sandbox.files() == [f"river/{name}" for name in files]


def test_the_project_says_what_is_usual(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox, 'output = "printed"', 'title = "Geography 6"')
    assert sandbox.run("build").code == 0
    assert sandbox.files("printed") == ["river/handout.html"]
    assert "Geography 6" in (sandbox.root / "printed/river/handout.html").read_text("utf-8")


@pytest.mark.parametrize(
    "target", ["river", "lessons/river", "lessons/river/lesson.yaml", "lessons/river/article.md", "./lessons/river/"]
)
def test_a_lesson_has_many_names(sandbox: Sandbox, target: str) -> None:
    sandbox.lesson()
    sandbox.lesson(slug="sea")
    fast(sandbox)
    assert sandbox.run("build", target).code == 0
    assert sandbox.files() == ["river/handout.html"]


@pytest.mark.parametrize("target", ["lessons", "."])
def test_a_folder_of_lessons_and_a_project_are_their_lessons(sandbox: Sandbox, target: str) -> None:
    sandbox.lesson()
    sandbox.lesson(slug="sea")
    fast(sandbox)
    assert sandbox.run("build", target).code == 0
    assert sandbox.files() == ["river/handout.html", "sea/handout.html"]


def test_a_lesson_is_called_by_its_id(sandbox: Sandbox) -> None:
    sandbox.lesson(LESSON + "id: the-bend\n")
    fast(sandbox)
    assert sandbox.run("build", "the-bend").code == 0
    assert sandbox.run("build", "output/the-bend/worksheet.html").code == 0
    assert sandbox.files() == ["the-bend/handout.html", "the-bend/worksheet.html"]


def test_one_output_file_is_made(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert sandbox.run("build", "output/river/worksheet-teacher.html").code == 0
    assert sandbox.files() == ["river/worksheet-teacher.html"]


def test_a_target_that_is_named_twice_is_made_once(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox)
    result = sandbox.run("build", "river", "lessons/river", "output/river/handout.html", "output/river/worksheet.html")
    assert result.out.splitlines() == ["made       output/river/handout.html", "made       output/river/worksheet.html"]


def test_what_list_shows_is_what_build_takes(sandbox: Sandbox) -> None:
    sandbox.lesson(LESSON + "id: the-bend\n")
    fast(sandbox)
    targets = sandbox.run("list", "--targets").out.split()
    assert sandbox.run("build", *targets).code == 0
    assert [f"output/{name}" for name in sandbox.files()] == targets


# -- from where


@pytest.mark.parametrize("folder", ["lessons", "lessons/river", "lessons/river/images"])
@pytest.mark.parametrize("target", [(), ("river",), ("lessons/river",), ("output/river/handout.html",)])
def test_from_a_folder_inside_the_project(sandbox: Sandbox, folder: str, target: tuple[str, ...]) -> None:
    sandbox.lesson()
    fast(sandbox)
    (sandbox.root / "lessons/river/images").mkdir()
    assert sandbox.run("build", *target, cwd=sandbox.root / folder).code == 0
    assert sandbox.files() == ["river/handout.html"]


@pytest.mark.parametrize("target", ["lessons/river", "output/river/handout.html", ""])
def test_from_elsewhere_the_files_go_to_the_lessons_own_project(
    sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory, target: str
) -> None:
    sandbox.lesson()
    fast(sandbox)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert sandbox.run("build", str(sandbox.root / target), cwd=elsewhere).code == 0
    assert sandbox.files() == ["river/handout.html"]
    assert list(elsewhere.iterdir()) == []


def test_without_a_project_file_the_folder_of_lessons_is_found(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert (
        sandbox.run("build", "--format", "html", "--edition", "student", cwd=sandbox.root / "lessons/river").code == 0
    )
    assert sandbox.files() == ["river/handout.html", "river/worksheet.html"]


def test_output_goes_where_it_is_told(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox)
    result = sandbox.run("build", "-o", "a/b")
    assert result.out == "made       a/b/river/handout.html\n"
    assert sandbox.files("a/b") == ["river/handout.html"]
    assert not (sandbox.root / "output").exists()


@pytest.mark.parametrize(("args", "size"), [((), (612, 792)), (("--paper", "a4"), (595, 842))])
def test_paper(sandbox: Sandbox, args: tuple[str, ...], size: tuple[int, int]) -> None:
    sandbox.lesson()
    assert sandbox.run("build", "output/river/handout.pdf", *args).code == 0
    page = pypdf.PdfReader(io.BytesIO((sandbox.root / "output/river/handout.pdf").read_bytes())).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


# -- what goes wrong


def test_a_lesson_at_fault_does_not_stop_the_others(sandbox: Sandbox) -> None:
    sandbox.lesson(slug="river")
    sandbox.lesson(BROKEN, slug="marsh")
    sandbox.lesson(slug="sea")
    fast(sandbox)
    result = sandbox.run("build")
    assert result.code == 1
    assert sandbox.files() == ["river/handout.html", "sea/handout.html"]
    assert "lessons/marsh/lesson.yaml:1:1: error[L201]" in result.err
    assert result.err.endswith("2 files up to date, 1 lesson at fault\n")
    assert "error" not in result.out


def test_all_lessons_at_fault_are_told(sandbox: Sandbox) -> None:
    sandbox.lesson(BROKEN, slug="marsh")
    sandbox.lesson(BROKEN, slug="sea")
    result = sandbox.run("build")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("error[L201]") == 2


def test_a_target_that_fails_does_not_stop_the_others(sandbox: Sandbox) -> None:
    sandbox.lesson()
    (sandbox.root / "output/river/handout.html").mkdir(parents=True)
    result = sandbox.run("build", "--format", "html", "--edition", "student")
    assert (result.code, result.out) == (1, "made       output/river/worksheet.html\n")
    assert "error[B701]: river/handout.html could not be written: a folder is in its place" in result.err
    assert result.err.endswith("1 file up to date, 1 failed\n")


def test_an_edited_file_is_kept_and_the_build_says_so(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox)
    sandbox.run("build")
    sandbox.put("output/river/handout.html", "mine")
    result = sandbox.run("build")
    assert (result.code, result.out) == (3, "kept       output/river/handout.new.html\n")
    assert "output/river/handout.html was edited since it was built and is kept" in result.err
    assert (sandbox.root / "output/river/handout.html").read_text() == "mine"


def test_an_error_counts_more_than_a_kept_file(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.lesson(BROKEN, slug="marsh")
    fast(sandbox)
    sandbox.run("build")
    sandbox.put("output/river/handout.html", "mine")
    assert sandbox.run("build").code == 1


def test_two_lessons_of_one_id_do_not_overwrite_each_other(sandbox: Sandbox) -> None:
    sandbox.lesson(LESSON + "id: same\n", slug="one")
    sandbox.lesson(LESSON + "id: same\n", slug="two")
    sandbox.lesson(slug="sea")
    fast(sandbox)
    for command in ("build", "check", "list"):
        result = sandbox.run(command)
        said = result.out + result.err
        assert result.code == 1
        assert (
            "lessons/two/lesson.yaml:15:5: error[L208]: the lesson lessons/one/lesson.yaml has the id 'same' too"
            in said
        )
    assert sandbox.files() == ["same/handout.html", "sea/handout.html"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("rivr", "'rivr' is not a lesson. Did you mean 'river'?"),
        ("xyz", "'xyz' is not a lesson."),
        ("output/rivr/handout.pdf", "'rivr' is not a lesson. Did you mean 'river'?"),
        ("notes.txt", "'notes.txt' is not a lesson, and there is no lesson.yaml beside it."),
        ("handout.pdf", "'handout.pdf' is not a lesson."),
    ],
)
def test_a_target_that_is_none_is_wrong_usage(sandbox: Sandbox, target: str, said: str) -> None:
    sandbox.lesson()
    sandbox.put("notes.txt", "mine")
    result = sandbox.run("build", target)
    assert (result.code, result.out) == (2, "")
    assert said in " ".join(result.err.split())


def test_without_lessons_there_is_nothing_to_build(sandbox: Sandbox) -> None:
    result = sandbox.run("build")
    assert (result.code, result.out) == (2, "")
    assert "there are no lessons in lessons/. Begin one: hornbook new NAME" in " ".join(result.err.split())


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("targets = [", "error[P601]"),
        ('taregts = ["handout.pdf"]', "hornbook.toml:1:1: error[L201]"),
        ('targets = ["handut.pdf"]', "hornbook.toml:1:13: error[L204]: 'handut.pdf' is not a target"),
        ('paper = "a4"\ntargets = ["handout-teacher.pdf"]', "hornbook.toml:2:13: error[L204]: 'handout-teacher.pdf'"),
        ('paper = "a5"', "hornbook.toml:1:9: error[L204]"),
    ],
)
def test_a_project_file_at_fault_is_told_with_its_place(sandbox: Sandbox, toml: str, said: str) -> None:
    sandbox.lesson()
    sandbox.put("hornbook.toml", toml)
    for command in ("build", "check", "list", "clean"):
        result = sandbox.run(command)
        assert (result.code, result.out) == (1, "")
        assert said in result.err


def test_quiet_says_only_what_went_wrong(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox)
    assert sandbox.run("build", "-s") == sandbox.run("build", "--quiet") == sandbox.run("build", "--silent")
    assert (sandbox.run("build", "-s").out, sandbox.run("build", "-s").err) == ("", "")
    sandbox.put("output/river/handout.html", "mine")
    assert "is kept" in sandbox.run("build", "-s").err


def test_names_with_spaces_and_letters_of_any_script(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path / "Bài học của tôi")
    sandbox.lesson(LESSON.replace("The River Bends", "Sông Mê Kông"))
    fast(sandbox)
    assert sandbox.run("build").code == 0
    assert sandbox.files() == ["river/handout.html"]


def test_a_project_can_be_moved(sandbox: Sandbox) -> None:
    sandbox.lesson()
    fast(sandbox)
    sandbox.run("build")
    (sandbox.root / "moved").mkdir()
    for name in ("lessons", "output", "hornbook.toml"):
        shutil.move(sandbox.root / name, sandbox.root / "moved" / name)
    assert sandbox.run("build", cwd=sandbox.root / "moved") == Result(0, "", "1 file up to date\n")
