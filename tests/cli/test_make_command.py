"""The rules that `hornbook make` prints, driven by the make that schools have."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, REPOSITORY, Sandbox, environment, png

from toolkit.build import makefile

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
PROJECT = 'targets = ["handout.html"]\neditions = ["student"]\n'
MAPPED = ARTICLE + "\n![A map of the river](<old map.png>)\n"


@pytest.fixture
def school(tmp_path: Path) -> Sandbox:
    """Return a project of two lessons, with spaces in the names of its folder and of a picture."""
    sandbox = Sandbox(tmp_path / "a school #1 $x")
    sandbox.put("hornbook.toml", PROJECT)
    sandbox.lesson(slug="river")
    sandbox.lesson(LESSON, MAPPED, slug="mapped")
    sandbox.put("lessons/mapped/old map.png", png())
    return sandbox


def fragment(sandbox: Sandbox, cwd: Path | None = None) -> str:
    result = sandbox.run("make", cwd=cwd)
    assert (result.code, result.err) == (0, "")
    return result.out


def make(sandbox: Sandbox, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run make on the rules that were written to lessons.mk."""
    words = ["make", "-f", "lessons.mk", f"HORNBOOK={sys.executable} -m toolkit", *args]
    return subprocess.run(
        words, cwd=cwd or sandbox.root, env=environment(), capture_output=True, text=True, check=False
    )


def touched(path: Path) -> None:
    """Give `path` a time that is later than that of everything that was made."""
    later = time.time() + 2
    os.utime(path, (later, later))


@needs_make
def test_make_builds_what_an_input_was_touched_of_and_then_nothing(school: Sandbox) -> None:
    (school.root / "lessons.mk").write_text(fragment(school), "utf-8")
    built = make(school, "lessons")
    assert built.returncode == 0, built.stderr
    assert school.files() == ["mapped/handout.html", "river/handout.html"]
    assert make(school, "-q", "lessons").returncode == 0
    before = {name: (school.root / "output" / name).read_bytes() for name in school.files()}
    picture = school.root / "lessons/mapped/old map.png"
    picture.write_bytes(png(40, 30))
    touched(picture)
    asked = make(school, "-n", "lessons").stdout
    assert "mapped/handout.html" in asked
    assert "river" not in asked
    assert make(school, "-q", "lessons").returncode == 1
    assert before == {name: (school.root / "output" / name).read_bytes() for name in before}  # make only asked
    rebuilt = make(school, "lessons")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert "river" not in rebuilt.stdout
    after = {name: (school.root / "output" / name).read_bytes() for name in school.files()}
    assert [name for name in after if after[name] != before[name]] == ["mapped/handout.html"]


@needs_make
def test_a_touch_that_changes_nothing_settles(school: Sandbox) -> None:
    (school.root / "lessons.mk").write_text(fragment(school), "utf-8")
    assert school.run("build").code == 0
    now = time.time()
    for path in (path for path in school.root.rglob("*") if path.is_file()):
        os.utime(path, (now - 20, now - (10 if path.parent.name == "river" and path.name == "article.md" else 20)))
    assert make(school, "-q", "output/mapped/handout.html").returncode == 0
    done = make(school, "output/river/handout.html")
    assert (done.returncode, done.stderr) == (0, "1 file up to date\n")
    assert make(school, "-q", "output/river/handout.html").returncode == 0


def test_paths_are_told_from_the_current_folder(school: Sandbox) -> None:
    lessons = school.root / "lessons"
    assert "\n../output/river/handout.html: ../hornbook.toml river/article.md" in fragment(school, lessons)


@needs_make
def test_make_goes_on_without_a_picture_that_is_not_needed_any_more(school: Sandbox) -> None:
    (school.root / "lessons.mk").write_text(fragment(school), "utf-8")
    (school.root / "lessons/mapped/old map.png").unlink()
    school.put("lessons/mapped/article.md", ARTICLE)
    done = make(school, "-j2", "lessons")
    assert done.returncode == 0, done.stderr
    assert len(school.files()) == 2


def test_a_lesson_at_fault_is_told_and_the_others_have_their_rules(school: Sandbox) -> None:
    school.put("lessons/river/lesson.yaml", "titel: x\n")
    result = school.run("make")
    assert result.code == 1
    assert "lessons/river/lesson.yaml:1" in result.err
    assert "output/mapped/handout.html:" in result.out
    assert "output/river" not in result.out


def test_rules_of_some_lessons_name_what_these_are_read_from(school: Sandbox) -> None:
    words = school.run("make", "mapped").out
    assert "output/river" not in words
    for name in ("article.md", "lesson.yaml", r"old\ map.png"):
        assert f"lessons/mapped/{name}:\n" in words
    assert "hornbook.toml" in words
    assert str(REPOSITORY) not in words  # what comes with the program is no prerequisite


@needs_make
def test_a_picture_whose_name_make_would_take_for_a_pattern(school: Sandbox) -> None:
    school.put("lessons/mapped/100%20%.png", png())
    school.put("lessons/mapped/article.md", MAPPED.replace("old map", "100%2520%25"))
    (school.root / "lessons.mk").write_text(fragment(school), "utf-8")
    asked = make(school, "-n", "lessons")
    assert (asked.returncode, "output/mapped/handout.html" in asked.stdout) == (0, True), asked.stderr


def test_what_make_cannot_be_told_is_refused(school: Sandbox) -> None:
    school.put("lessons/mapped/a;b.png", png())
    school.put("lessons/mapped/article.md", MAPPED.replace("old map", "a;b"))
    result = school.run("make")
    assert (result.code, result.out) == (1, "")
    assert result.err == "error: make has no way to write the name of a file: 'lessons/mapped/a;b.png'\n"


@needs_make
@pytest.mark.parametrize("mark", [*" #$%:*?[]~-\\&()'\"!,{}@+<>^`", "é", "~"])
def test_names_reach_make_as_they_are(tmp_path: Path, mark: str) -> None:
    made, of = f"{mark}mx", f"{mark}o{mark}y"
    (tmp_path / of).touch()
    text = makefile.rule(made, [of], (f"@cp {makefile.word(of)} {makefile.word(made)}; echo made",))
    (tmp_path / "Makefile").write_text(text + makefile.gone([of]), "utf-8")
    words = ["make", made] if mark == "%" else ["make"]  # a name with % is never what make makes unasked
    runs = [subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False) for _ in range(2)]
    assert (tmp_path / made).is_file(), runs[0].stderr
    assert [run.stdout.startswith("made") for run in runs] == [True, False], runs
