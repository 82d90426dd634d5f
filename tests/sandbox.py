"""A project in a folder of its own, to build lessons in: what the tests of several rooms start from."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from toolkit.cli import main
from toolkit.compose import compose
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition, Printout
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

REPOSITORY = Path(__file__).resolve().parent.parent

# A lesson that is right in every respect: `hornbook check --strict` has nothing to say of it.
LESSON = """\
title: The River Bends
grades: 6-8
article:
  source: {author: "Reed, Ada", licence: CC0}
sections:
  - heading: Upstream
    vocabulary:
      silt: Fine earth that water carries.
    questions:
      - open: Why does the water slow?
        answer: The land is flat there.
        depth: understand
chronology:
  - {date: 1953-02-01, event: The dike breaks.}
"""
ARTICLE = """\
# The River Bends

The river is older than the town.

## Upstream

The water slows and drops its silt.

## Downstream

The town builds a dike.
"""


@dataclass(frozen=True)
class Result:
    """What a command did."""

    code: int
    out: str
    err: str


class Sandbox:
    """A project folder with lessons, and the command line run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def lesson(self, spec: str = LESSON, article: str = ARTICLE, slug: str = "river") -> Path:
        self.put(f"lessons/{slug}/article.md", article)
        return self.put(f"lessons/{slug}/lesson.yaml", spec)

    def load(self, slug: str = "river") -> Lesson:
        return lesson_source.load(self.root / "lessons" / slug / "lesson.yaml", Project()).lesson

    def printout(self, sheet: str = "handout", audience: str = "student", slug: str = "river") -> Printout:
        return compose(self.load(slug), sheet, Edition("teacher" if audience == "teacher" else "student"))

    def run(self, *args: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> Result:
        """Run a command in this process. An exception that the program does not handle fails the test."""
        with contextlib.chdir(cwd or self.root):
            result = CliRunner().invoke(main, args, env={"COLUMNS": "80", **(env or {})}, catch_exceptions=False)
        return Result(result.exit_code, result.stdout, result.stderr)

    def spawn(self, *args: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> Result:
        """Run a command in a process of its own."""
        done = subprocess.run(
            command(*args), cwd=cwd or self.root, env=environment(env), capture_output=True, text=True, timeout=120,
            check=False,
        )  # fmt: skip  # reads as a call
        return Result(done.returncode, done.stdout, done.stderr)

    def files(self, folder: str = "output") -> list[str]:
        """Return the files under `folder`, hidden ones left out, in order."""
        found = [path for path in (self.root / folder).rglob("*") if path.is_file() or path.is_symlink()]
        names = [path.relative_to(self.root / folder).as_posix() for path in found]
        return sorted(name for name in names if not name.rpartition("/")[2].startswith("."))


def command(*args: str) -> list[str]:
    """Return the words that run the program in a process of its own, whatever is installed."""
    return [sys.executable, "-m", "toolkit", *args]


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which the program of this repository is found from every folder."""
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "80", **(more or {})}


def png(width: int = 30, height: int = 20) -> bytes:
    """Return a small picture."""
    data = io.BytesIO()
    Image.new("RGB", (width, height), (90, 130, 120)).save(data, "PNG")
    return data.getvalue()
