"""A project and a build that is put to the test in it: hornbook's, or a naive one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox import ARTICLE, REPOSITORY, Sandbox, command, environment

FOLDER = Path(__file__).resolve().parent
PLANT = FOLDER / "plant"
PATIENCE = 120.0  # s

# What a build promises: each recipe yields those that it saw broken.
TORN = "a file is torn"
STALE = "a file is stale"
LOST = "work is lost"
SILENT = "a failure is not told"
TRACEBACK = "a traceback is shown"
STOPPED = "one fault stops the others"
UNLIKE = "the same input gives other bytes"
LEFT = "something is left behind"
CODE = "the exit status says something else"


@dataclass(frozen=True)
class Tool:
    """A build: its name, and the words that run it for some formats."""

    name: str
    words: Callable[[Sequence[str]], list[str]]


def _hornbook(forms: Sequence[str]) -> list[str]:
    return command("build", "--edition", "student", *(word for form in forms for word in ("--format", form)))


HORNBOOK = Tool("hornbook", _hornbook)
NAIVE = Tool("naive", lambda forms: [sys.executable, str(FOLDER / "naive.py"), *forms])


class Rig:
    """A tool in a project of `lessons` lessons, which are named a00, a01 ..."""

    def __init__(self, sandbox: Sandbox, tool: Tool, lessons: int = 3) -> None:
        self.sandbox = sandbox
        self.root = sandbox.root
        self.output = self.root / "output"
        self.tool = tool
        self.forms: Sequence[str] = ["html"]
        self.slugs = [f"a{number:02}" for number in range(lessons)]
        sandbox.put("hornbook.toml", 'title = "Course"\n')
        self.write("round 0")

    def write(self, words: str, slugs: Sequence[str] = ()) -> None:
        """Let the lessons say `words`."""
        for slug in slugs or self.slugs:
            self.sandbox.lesson(article=ARTICLE.replace("The town builds a dike.", f"It is {words}."), slug=slug)

    def start(self, *more: str, env: dict[str, str] | None = None, before: Sequence[str] = ()) -> subprocess.Popen[str]:
        """Start a build that can be interrupted."""
        return subprocess.Popen(
            [*before, *self.tool.words(self.forms), *(more if self.tool is HORNBOOK else ())], cwd=self.root,
            env=environment({"PYTHONDONTWRITEBYTECODE": "1", **(env or {})}),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )  # fmt: skip  # reads as a call

    def build(
        self, *more: str, env: dict[str, str] | None = None, before: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a build to its end."""
        process = self.start(*more, env=env, before=before)
        out, err = process.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        """Run `line` in a shell, with the words of the build in place of {}."""
        words = " ".join(f"'{word}'" for word in self.tool.words(self.forms))
        return subprocess.run(
            ["bash", "-c", line.replace("{}", words)],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def planted(self, **variables: str) -> dict[str, str]:
        """Return an environment in which the faults of `plant` happen."""
        return {"PYTHONPATH": f"{PLANT}{os.pathsep}{REPOSITORY}", **variables}

    def wait_for(self, path: Path, process: subprocess.Popen[str]) -> None:
        """Wait until there is something at `path`, while `process` runs."""
        until = time.monotonic() + PATIENCE
        while not path.exists():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)

    def files(self) -> dict[str, bytes]:
        """Return what the build made, by name."""
        return {name: (self.output / name).read_bytes() for name in self.sandbox.files()}

    def torn(self) -> list[str]:
        """Return the pages that are not whole."""
        return [name for name, data in self.files().items() if name.endswith(".html") and b"</html>" not in data]

    def without(self, words: str) -> list[str]:
        """Return the handouts that do not say `words`, those that are missing included."""
        files = self.files()
        names = [f"{slug}/handout.html" for slug in self.slugs]
        return [name for name in names if words.encode() not in files.get(name, b"")]

    def left(self) -> list[str]:
        """Return the temporary files and folders that are in the output folder."""
        return [path.name for path in self.output.rglob(".hornbook-*") if re.search(r"part|scratch", path.name)]
