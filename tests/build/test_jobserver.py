"""The jobserver of make: never more at once than it lets us, and every token given back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sandbox import Sandbox, command, environment

from toolkit.build.crew import Crew, cores, crew
from toolkit.build.jobserver import Jobserver
from toolkit.build.limits import Limits

TOKENS = 2
COUNT = """
import os, sys
from toolkit.build.jobserver import Jobserver
found = Jobserver.of(os.environ)
while found.take(): print("token", flush=True)
found.close()
"""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Return a pipe with TOKENS tokens in it."""
    reader, writer = os.pipe()
    os.write(writer, b"+" * TOKENS)
    yield reader, writer
    os.close(reader)
    os.close(writer)


def test_tokens_are_taken_while_there_are_any_and_given_back(pipe: tuple[int, int]) -> None:
    reader, writer = pipe
    found = Jobserver.of({"MAKEFLAGS": f" -j3 --jobserver-auth={reader},{writer} -- X=1"})
    assert found
    assert [found.take() for _ in range(3)] == [True, True, False]
    found.give()
    assert found.take()
    found.close()
    assert os.read(reader, 10) == b"+" * TOKENS


def test_a_named_pipe_serves_too(sandbox: Sandbox) -> None:
    path = sandbox.root / "fifo"
    os.mkfifo(path)
    tokens = os.open(path, os.O_RDWR)
    os.write(tokens, b"a")
    found = Jobserver.of({"MAKEFLAGS": f"-j2 --jobserver-auth=fifo:{path}"})
    assert found
    assert [found.take(), found.take()] == [True, False]
    found.close()
    assert os.read(tokens, 10) == b"a", "the very token that was taken"
    os.close(tokens)


def test_who_asks_for_jobs_gets_them_and_else_make_or_the_cores_decide(pipe: tuple[int, int]) -> None:
    flags = {"MAKEFLAGS": f"--jobserver-auth={pipe[0]},{pipe[1]}"}
    assert crew(3, Limits(), flags) == Crew(3, Limits())
    assert crew(None, Limits(), {"MAKEFLAGS": "-k"}) == Crew(cores(), Limits())
    assert crew(None, Limits(), flags).jobserver


@pytest.mark.parametrize("auth", ["91,92", "-2,-2", "fifo:/nonexistent", "odd"])
def test_a_jobserver_out_of_reach_is_told(sandbox: Sandbox, auth: str) -> None:
    with pytest.raises(OSError, match=r"pipe|directory|descriptor"):
        Jobserver.of({"MAKEFLAGS": f"-j --jobserver-auth={auth}"})
    sandbox.lesson()
    run = sandbox.run("build", "--format", "html", "--sheet", "handout", env={"MAKEFLAGS": f"--jobserver-auth={auth}"})
    assert run.code == 0
    assert run.err.startswith("make gives this build no jobs: it makes one file at a time. Begin the recipe with '+'.")


@pytest.mark.skipif(not shutil.which("make"), reason="UNTESTED: there is no make here")
def test_real_make_shares_its_jobs(sandbox: Sandbox) -> None:
    sandbox.put("count.py", COUNT)
    sandbox.put("Makefile", f"all:\n\t+@'{sys.executable}' count.py\n")
    env = {key: value for key, value in environment().items() if key not in {"MAKEFLAGS", "MAKELEVEL"}}
    words = ["make", "-s", "-j4"]
    run = subprocess.run(words, cwd=sandbox.root, env=env, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, ["token"] * 3, "")


@pytest.mark.skipif(not shutil.which("make"), reason="UNTESTED: there is no make here")
def test_a_build_under_make_makes_everything(sandbox: Sandbox) -> None:
    for number in range(4):
        sandbox.lesson(slug=f"oak-{number:02}")
    words = " ".join(f"'{word}'" for word in command("build", "--format", "html", "--edition", "student"))
    sandbox.put("Makefile", f"all:\n\t+@{words}\n")
    run = subprocess.run(
        ["make", "-s", "-j3"], cwd=sandbox.root, env=environment(), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert len(sandbox.files()) == 8
    assert "make:" not in run.stderr, "no token is missing"
