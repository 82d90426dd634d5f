"""Building only what changed since a revision of git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, Sandbox, png

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
WHO = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
BANK = "questions:\n  - open: Who speaks here?\n    id: voice\n    answer: The clerk.\n    tags: [sourcing]\n"


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *WHO, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def school(sandbox: Sandbox) -> Sandbox:
    """Return a project in a subfolder of a repository, all committed: nothing of it was built."""
    school = Sandbox(sandbox.root / "the school")
    school.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    school.put("../.gitignore", "output\n")
    school.lesson(LESSON, ARTICLE + "\n![A map of the river](map.png)\n", slug="mapped")
    school.put("lessons/mapped/map.png", png())
    school.lesson(LESSON + "questions:\n  - draw: voice\n", slug="drawing")
    school.put("lessons/_bank/voices.yaml", BANK)
    school.lesson()
    git(sandbox.root, "init", "-q")
    git(sandbox.root, "add", ".")
    git(sandbox.root, "commit", "-qm", "all")
    return school


def since(school: Sandbox, revision: str = "HEAD", *args: str) -> set[str]:
    """Return the lessons that a build since `revision` would make files of."""
    result = school.run("build", "-n", "--since", revision, *args)
    assert result.code == 0, result.err
    return {line.split("/")[1] for line in result.out.splitlines()}


ALL = {"drawing", "mapped", "river"}


def test_only_lessons_whose_files_changed(school: Sandbox) -> None:
    assert since(school) == set()
    school.put("lessons/river/article.md", ARTICLE.replace("older", "wider"))
    assert since(school) == {"river"}
    school.lesson(slug="new-lesson")  # git does not know it yet
    assert since(school) == {"river", "new-lesson"}
    school.put("lessons/mapped/map.png", png(40, 40))
    git(school.root, "add", ".")
    git(school.root, "commit", "-qm", "more")
    assert since(school, "HEAD~1") == {"river", "new-lesson", "mapped"}
    assert since(school, "HEAD~1", "river", "drawing") == {"river"}
    assert since(school) == set()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("hornbook.toml", ALL), ("lessons/_bank/voices.yaml", {"drawing"}), ("unread.txt", set())],
)
def test_shared_files_are_of_all_lessons_that_read_them(school: Sandbox, name: str, expected: set[str]) -> None:
    path = school.root / name
    school.put(name, (path.read_text("utf-8") if path.exists() else "") + "\n# more\n")
    assert since(school) == expected


def test_a_picture_that_is_gone_is_a_change(school: Sandbox) -> None:
    (school.root / "lessons/mapped/map.png").unlink()
    result = school.run("build", "--since", "HEAD")
    assert result.code == 1
    assert "lessons/mapped/article.md" in result.err
    assert school.files() == []


def test_what_is_up_to_date_is_not_made_again(school: Sandbox) -> None:
    school.put("lessons/river/article.md", ARTICLE.replace("older", "wider"))
    assert school.run("build", "--since", "HEAD").out == "made       output/river/handout.html\n"
    again = school.run("build", "--since", "HEAD")
    assert (again.out, again.err) == ("", "1 file up to date\n")


def test_wrong_usage_is_told(school: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for revision in ("v9.9", "--output=x"):
        result = school.run("build", f"--since={revision}")
        assert (result.code, f"git knows no revision '{revision}'." in result.err) == (2, True)
    assert not (school.root / "x").exists()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(school.root.parent.parent))
    shutil.rmtree(school.root.parent / ".git")
    result = school.run("build", "--since", "HEAD")
    assert result.code == 2
    assert "is in no repository of git" in result.err.replace("\n", " ")
    monkeypatch.setenv("PATH", "")
    result = school.run("build", "--since", "HEAD")
    assert result.code == 2
    assert "there is no git on this machine" in result.err
