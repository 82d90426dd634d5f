"""The guard: in its context nothing is opened but what a file is made with; outside of it, everything as before."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sandbox import REPOSITORY, Sandbox, environment

from toolkit.build.guard import StrayError, guarded, strayed
from toolkit.model.lesson import Lesson
from toolkit.model.typeface import Typeface
from toolkit.resources import templates
from toolkit.source.citeproc import pandoc


@pytest.fixture(autouse=True)
def _scratch(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("scratch")))


def loaded(sandbox: Sandbox) -> Lesson:
    sandbox.lesson()
    return sandbox.load()


def test_what_a_file_is_made_with_may_be_opened(sandbox: Sandbox) -> None:
    with guarded(loaded(sandbox)) as refused:
        (templates() / "handout" / "page.css").read_bytes()
        Path(tempfile.__file__).read_bytes()
        Path("/dev/null").write_bytes(b"")
        with tempfile.TemporaryFile() as file:
            file.write(b"scratch")
        if pandoc():
            subprocess.run([pandoc(), "--version"], check=True, capture_output=True)
    assert refused == []


def test_compiled_modules_may_be_elsewhere(sandbox: Sandbox) -> None:
    program = (
        "import sys; from pathlib import Path; from toolkit.build.guard import guarded\n"
        "from toolkit.source.lesson import load; from toolkit.model.project import Project\n"
        "with guarded(load(Path('lessons/river/lesson.yaml'), Project()).lesson) as refused:\n"
        "    import toolkit.formats.html\n"
        "sys.exit(str(refused) if refused else 0)"
    )
    sandbox.lesson()
    scratch, bytecode = (sandbox.put(f"{name}/.keep", "").parent for name in ("scratch", "bytecode"))
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode), "TMPDIR": str(scratch)}
    env["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=sandbox.root, env=env, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_else_may(sandbox: Sandbox) -> None:
    mine = sandbox.put("mine.txt", "mine")
    link = sandbox.root / "link"
    link.symlink_to(mine)
    lesson = loaded(sandbox)
    with guarded(lesson) as refused:
        for path in (mine, link, templates() / ".." / ".." / mine.relative_to("/")):
            with pytest.raises(StrayError):
                path.read_bytes()
        with pytest.raises(StrayError):
            (templates() / "new").write_bytes(b"")
        with pytest.raises(StrayError):
            subprocess.run(["true"], check=False)
        with socket.socket() as plug, pytest.raises(StrayError):
            plug.connect(("127.0.0.1", 9))
    assert len(refused) == 6
    assert mine.read_text() == "mine"
    assert [d.code for d in strayed("x/handout.pdf", [*refused, refused[0]])] == ["B708"] * 6, "each once"


def test_fonts_that_the_project_named_are_read_and_others_are_not(sandbox: Sandbox) -> None:
    fonts = templates() / "fonts"
    own = sandbox.put("fonts/own.ttf", next(fonts.rglob("*.ttf")).read_bytes())
    lesson = replace(loaded(sandbox), typefaces=(Typeface("Own", str(own), str(own), str(own), str(own), 0, ""),))
    with guarded(lesson) as refused:
        own.read_bytes()
        with pytest.raises(StrayError):
            (own.parent / "other.ttf").read_bytes()
    assert len(refused) == 1


def test_other_threads_are_free(sandbox: Sandbox) -> None:
    mine = sandbox.put("mine.txt", "mine")
    read: list[str] = []
    with guarded(loaded(sandbox)) as refused:
        thread = threading.Thread(target=lambda: read.append(mine.read_text()))
        thread.start()
        thread.join()
    assert (read, refused) == (["mine"], [])


def test_a_module_that_is_imported_now_is_only_read(sandbox: Sandbox) -> None:
    """A fresh process, in which nothing was asked yet: what is a library is found once."""
    package = sandbox.put("site-packages/imported_late.py", "ANSWER = 42\n").parent
    sandbox.lesson()
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]; sys.dont_write_bytecode = False\n"
        "from pathlib import Path; from sandbox import Sandbox; from toolkit.build.guard import guarded\n"
        "lesson = Sandbox(Path(sys.argv[3])).load()\n"
        "with guarded(lesson) as refused: import imported_late\n"
        "print(imported_late.ANSWER, refused, sys.dont_write_bytecode)"
    )
    words = [sys.executable, "-c", script, str(package), str(REPOSITORY / "tests"), str(sandbox.root)]
    run = subprocess.run(words, env=environment(), capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("42 [] False\n", "")
    assert not (package / "__pycache__").exists()
