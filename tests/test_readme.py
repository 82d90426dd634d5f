"""Every command of the program that the README names is run as it stands there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import Sandbox
from school_files import letterhead

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"

# What a clone of the repository holds that commands work on.
_PROJECT = ("lessons", "docs", "hornbook.toml", "lesson.schema.json")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)


def commands() -> Iterator[str]:
    for block in blocks("sh"):
        for line in block.splitlines():
            command = line.partition(" #")[0].strip()
            if command:
                yield command


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    for name in _PROJECT:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "library.bib").write_text(
        "@book{reed1960, title = {Rivers}, publisher = {Delta}, year = 1960}\n", "utf-8"
    )
    (folder / "school.docx").write_bytes(letterhead())
    (folder / "texts").mkdir()
    for place in (folder, folder / "texts"):
        shutil.copy(ROOT / "tests/articles/examples/telegraph.txt", place)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    command = command.replace(".venv/bin/hornbook", "hornbook").replace(".venv/bin/python", sys.executable)
    command = re.sub(r"\bhornbook\b(?=\s)", f"{sys.executable} -m toolkit", command, count=1)
    return subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def needs_shell(command: str) -> bool:
    """Return whether `command` is another program's, or has unquoted signs that mean something to a shell."""
    unquoted = re.sub(r"'[^']*'|\"[^\"]*\"", "", command)
    return not re.match(r"(\.venv/bin/)?hornbook ", command) or bool(re.search(r"[^\w\s./:=-]", unquoted))


@pytest.mark.slow
def test_every_hornbook_command_of_the_readme_works(project: Path) -> None:
    ran = []
    for command in commands():
        if command.startswith("sh setup.sh"):
            continue  # tests/setup runs these on a copy of the whole tree
        if needs_shell(command):
            done = run(command, project)
            code, said = done.returncode, f"{done.stdout}\n{done.stderr}"
        else:  # here: a new process would load the whole program for each, which other tests show
            result = Sandbox(project).run(*shlex.split(command)[1:])
            code, said = result.code, f"{result.out}\n{result.err}"
        assert code == 0, f"{command}\n{said}"
        assert "Traceback" not in said, command
        ran.append(command)
    assert len(ran) >= 10
    assert any(map(needs_shell, ran))
    assert not all(map(needs_shell, ran))


def test_the_lesson_of_the_readme_is_a_lesson(tmp_path: Path) -> None:
    lesson = next(block for block in blocks("yaml") if block.startswith("# yaml-language-server"))
    folder = tmp_path / "lessons" / "sample"
    folder.mkdir(parents=True)
    (folder / "lesson.yaml").write_text(lesson, encoding="utf-8")
    (folder / "article.md").write_text("## The price of staying\n\nEvery patron counts the cost.\n", encoding="utf-8")
    done = run("hornbook check sample --no-notes", tmp_path)
    assert "error" not in done.stdout, done.stdout
    assert done.returncode == 0


def test_the_error_of_the_readme_is_what_is_said(tmp_path: Path) -> None:
    shown = next(block for block in blocks("text") if "error[" in block)
    assert run("hornbook new causes-of-the-war", tmp_path).returncode == 0
    file = tmp_path / "lessons" / "causes-of-the-war" / "lesson.yaml"
    words = file.read_text(encoding="utf-8")
    file.write_text(words.replace("- open: Why did it happen", "- opne: Why did it happen"), encoding="utf-8")

    done = run("hornbook check causes-of-the-war", tmp_path)

    assert shown == done.stdout
    assert done.returncode == 1


def test_the_published_schema_is_the_one_of_the_program(project: Path) -> None:
    assert run("hornbook schema", project).stdout == (ROOT / "lesson.schema.json").read_text(encoding="utf-8")


def test_every_key_of_a_lesson_is_in_the_readme() -> None:
    from toolkit.source.specification import complete

    words = README.read_text(encoding="utf-8")
    missing = [name for name in complete().model_fields if f"`{name}`" not in words and name != "id"]
    assert missing == []
