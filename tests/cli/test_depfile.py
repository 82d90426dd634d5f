"""A build inside somebody's make or ninja: `build --depfile` tells it of what each file was made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

import pytest
from sandbox import ARTICLE, LESSON, Sandbox, command, environment, png

PROJECT = 'targets = ["handout.html"]\neditions = ["student"]\n'
MAPPED = ARTICLE + "\n![A map of the river](<old map.png>)\n"


@pytest.fixture
def school(sandbox: Sandbox) -> Sandbox:
    """Return a project of two lessons; a picture of the first has a space in its name."""
    sandbox.put("hornbook.toml", PROJECT)
    sandbox.lesson(LESSON, MAPPED, slug="mapped")
    sandbox.put("lessons/mapped/old map.png", png())
    sandbox.lesson(slug="river")
    return sandbox


def driven(sandbox: Sandbox, *words: str) -> str:
    """Return what make or ninja says, which must not fail."""
    done = subprocess.run(
        words, cwd=sandbox.root, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def redrawn(sandbox: Sandbox) -> None:
    """Change the picture, later than anything was made."""
    path = sandbox.put("lessons/mapped/old map.png", png(50, 40))
    os.utime(path, (time.time() + 2, time.time() + 2))


def test_a_depfile_names_what_each_file_was_made_of(school: Sandbox) -> None:
    school.put("school.docx", b"")
    assert school.run("build", "--depfile", "out/deps.d").code == 0
    first = (school.root / "out/deps.d").read_text("utf-8")
    rules = dict(line.split(": ") for line in first.splitlines() if ": " in line)
    assert rules == {
        "output/mapped/handout.html": "hornbook.toml lessons/mapped/article.md lessons/mapped/lesson.yaml "
        r"lessons/mapped/old\ map.png",
        "output/river/handout.html": "hornbook.toml lessons/river/article.md lessons/river/lesson.yaml",
    }
    assert school.run("build", "mapped", "--depfile", "deps.d").err == "1 file up to date\n"  # nothing to do: as well
    assert "output/river" not in (school.root / "deps.d").read_text("utf-8")


def test_make_includes_it(school: Sandbox) -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    recipe = f"+{' '.join(command('build', 'mapped', '--depfile', 'deps.d'))}"
    school.put("Makefile", f"output/mapped/handout.html:\n\t{recipe}\n-include deps.d\n")
    assert "made" in driven(school, "make")
    assert "up to date" in driven(school, "make")
    redrawn(school)
    assert "changed" in driven(school, "make")


def test_ninja_reads_it(school: Sandbox) -> None:
    if not shutil.which("ninja"):
        pytest.skip("ninja is not installed")
    words = f"{sys.executable} -m toolkit build mapped --depfile deps.d"
    school.put(
        "build.ninja",
        f"rule lesson\n  command = {words}\n  depfile = deps.d\n  restat = 1\n"
        "build output/mapped/handout.html: lesson\n",
    )
    assert "[1/1]" in driven(school, "ninja")
    assert "no work to do" in driven(school, "ninja")
    redrawn(school)
    assert "[1/1]" in driven(school, "ninja")


def test_a_depfile_that_cannot_be_written_is_told(school: Sandbox) -> None:
    result = school.run("build", "river", "--depfile", "lessons")
    assert result.code == 2
    assert "'--depfile'" in result.err
