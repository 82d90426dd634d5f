"""How the program behaves towards a terminal, a pipe, a signal and a disk that refuses."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import LESSON, Sandbox, command, environment

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAST = 'targets = ["handout.html"]\neditions = ["student"]\n'


def on_a_terminal(sandbox: Sandbox, *args: str, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run a command whose standard error is a terminal. Return its exit code, standard output and what was shown."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        command(*args), cwd=sandbox.root, env=environment({"TERM": "xterm", **(env or {})}), stderr=slave,
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
    )  # fmt: skip  # reads as a call
    os.close(slave)
    shown = b""
    while True:
        try:
            data = os.read(master, 65536)
        except OSError:  # Linux says EIO where the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(master)
    out, _ = process.communicate(timeout=60)
    return process.returncode, out, shown.decode()


@pytest.fixture
def quick(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson()
    sandbox.put("hornbook.toml", FAST)
    return sandbox


# -- terminals


def test_off_a_terminal_there_are_no_escapes_and_no_bar(quick: Sandbox) -> None:
    quick.lesson("titel: x\n", slug="marsh")
    for args in (("build",), ("check",)):
        result = quick.spawn(*args)
        assert not ESCAPE.search(result.out + result.err)
        assert "\r" not in result.out + result.err
        assert "Building" not in result.err


def test_on_a_terminal_there_is_a_bar_and_data_stays_data(quick: Sandbox) -> None:
    code, out, shown = on_a_terminal(quick, "build")
    assert code == 0
    assert out == "made       output/river/handout.html\n"
    assert "Building" in shown
    assert "100%" in shown
    assert shown.rstrip().endswith("1 file up to date")


def test_quiet_has_no_bar_on_a_terminal(quick: Sandbox) -> None:
    assert on_a_terminal(quick, "build", "--quiet") == (0, "", "")


def test_errors_are_coloured_on_a_terminal_unless_it_is_not_wanted(quick: Sandbox) -> None:
    quick.lesson("titel: x\n", slug="marsh")
    assert COLOUR.search(on_a_terminal(quick, "build", "-s", env={"NO_COLOR": ""})[2]), "empty is as good as unset"
    assert not COLOUR.search(on_a_terminal(quick, "build", "-s", env={"NO_COLOR": "1"})[2])


# -- pipes and disks


def test_a_reader_that_has_had_enough_is_no_trouble(quick: Sandbox) -> None:
    """`hornbook schema | head -1`: the pipe breaks under the writer."""
    line = " ".join(f"'{word}'" for word in command("schema"))
    run = subprocess.run(
        f"{line} | head -1", shell=True, cwd=quick.root, env=environment(), capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "{\n", "")


@pytest.mark.parametrize("args", [("build",), ("--help",)], ids=" ".join)
def test_a_closed_pipe_ends_quietly(quick: Sandbox, args: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        command(*args), cwd=quick.root, env=environment(), stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert run.returncode == 1
    assert run.stderr == ""


def test_a_closed_standard_output_is_no_trouble(quick: Sandbox) -> None:
    args = ("build",)
    line = " ".join(f"'{word}'" for word in command(*args))
    run = subprocess.run(
        f"{line} >&-", shell=True, cwd=quick.root, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("args", [("build",), ("--help",)], ids=" ".join)
def test_a_full_disk_is_one_line(quick: Sandbox, args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            command(*args),
            cwd=quick.root,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("error: ")
    assert "No space left on device" in run.stderr
    assert "Traceback" not in run.stderr
    assert "Exception ignored" not in run.stderr


@pytest.mark.parametrize(
    "args",
    [("schema", "-o", "no/such/folder/x.json"), ("build", "-o", "file/inside"), ("clean", "-o", "file/inside")],
    ids=" ".join,
)
def test_a_path_that_cannot_be_is_one_line(quick: Sandbox, args: tuple[str, ...]) -> None:
    quick.put("file", "mine")
    result = quick.run(*args)
    assert result.code == (0 if args[0] == "clean" else 1)
    assert result.code == 0 or "error" in result.err


# -- rights


@pytest.fixture
def as_nobody() -> Iterator[tuple[Sandbox, list[str]]]:
    """Return a project that somebody without rights can reach, and the words that run a command as them."""
    if os.getuid() != 0:
        words: list[str] = []
    elif shutil.which("setpriv"):
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    else:
        pytest.skip("UNTESTED: root may write everywhere, and there is no setpriv to be somebody else")
    folder = Path(tempfile.mkdtemp(prefix="hornbook-test-"))
    folder.chmod(0o755)
    yield Sandbox(folder), words
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


def run_as(sandbox: Sandbox, words: list[str], *args: str) -> subprocess.CompletedProcess[str]:
    env = environment({"PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"})
    return subprocess.run(
        [*words, *command(*args)], cwd=sandbox.root, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("args", [("build",), ("new", "sea"), ("clean",)], ids=" ".join)
def test_a_folder_that_may_not_be_written_is_a_line_and_nothing_changes(
    as_nobody: tuple[Sandbox, list[str]], args: tuple[str, ...]
) -> None:
    sandbox, words = as_nobody
    sandbox.lesson()
    sandbox.put("hornbook.toml", FAST)
    sandbox.run("build")
    sandbox.lesson(LESSON.replace("Bends", "Turns"))
    before = {path: path.read_bytes() for path in sandbox.root.rglob("*") if path.is_file()}
    for path in (sandbox.root, *sandbox.root.rglob("*")):
        if path.is_dir():
            path.chmod(0o555)
    run = run_as(sandbox, words, *args)
    assert run.returncode == 1
    assert "Permission denied" in run.stderr
    assert "Traceback" not in run.stderr
    assert {path: path.read_bytes() for path in sandbox.root.rglob("*") if path.is_file()} == before


def test_one_folder_that_may_not_be_written_does_not_stop_the_others(as_nobody: tuple[Sandbox, list[str]]) -> None:
    sandbox, words = as_nobody
    for slug in ("marsh", "river", "sea"):
        sandbox.lesson(slug=slug)
    sandbox.put("hornbook.toml", FAST)
    (sandbox.root / "output/river").mkdir(parents=True)
    (sandbox.root / "output/river").chmod(0o555)
    (sandbox.root / "output").chmod(0o777)
    run = run_as(sandbox, words, "build")
    assert run.returncode == 1
    assert "error[B701]: river/handout.html could not be written: Permission denied" in run.stderr
    assert sandbox.files() == ["marsh/handout.html", "sea/handout.html"]


def test_a_lesson_that_may_not_be_read_does_not_stop_the_others(as_nobody: tuple[Sandbox, list[str]]) -> None:
    sandbox, words = as_nobody
    sandbox.lesson(slug="river")
    sandbox.lesson(slug="sea").chmod(0o000)
    sandbox.put("hornbook.toml", FAST)
    (sandbox.root / "output").mkdir(mode=0o777)
    (sandbox.root / "output").chmod(0o777)
    run = run_as(sandbox, words, "build")
    assert run.returncode == 1
    assert "lessons/sea/lesson.yaml:1:1: error[Y101]" in run.stderr
    assert sandbox.files() == ["river/handout.html"]


# -- signals


def start(sandbox: Sandbox, *args: str) -> subprocess.Popen[str]:
    """Start a command that can be interrupted; a shell's background jobs ignore SIGINT, and so would it."""
    return subprocess.Popen(
        command(*args), cwd=sandbox.root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip  # reads as a call


def test_ctrl_c_ends_with_130_and_leaves_whole_files(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", 'targets = ["handout.html", "worksheet.html"]\n')
    for number in range(120):
        sandbox.lesson(slug=f"lesson-{number:03}")
    process = start(sandbox, "build")
    assert process.stdout
    for _ in range(20):  # in the middle of it
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in out + err
    made = sandbox.files()
    assert 20 <= len(made) < 480
    assert list(sandbox.root.rglob(".hornbook-part-*")) == []
    assert all((sandbox.root / "output" / name).read_bytes().rstrip().endswith(b"</html>") for name in made)
    again = sandbox.run("build", "lesson-000")
    assert (again.code, again.out, again.err) == (0, "", "4 files up to date\n")


def test_ctrl_c_while_lessons_are_read(sandbox: Sandbox) -> None:
    for number in range(300):
        sandbox.lesson(slug=f"lesson-{number:03}")
    process = start(sandbox, "check")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "interrupted\n")
