"""How long a build with nothing to do takes, against make and ninja on as many files.

    python tests/benchmarks/null_build.py [--lessons 1000] [--rounds 9]

A project of so many lessons with six files each is fabricated: its lessons are read as in any build, and what is
recorded as their files are a few kilobytes each, because what is in them does not matter to a build with nothing to
do. Make and ninja have a rule for each file with the lesson's two inputs and twenty that all have in common.
The tools are run in turn, round by round, so that a busy machine is equally unjust to all; medians are printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sandbox import ARTICLE, LESSON, environment  # noqa: E402  # after the path is set

from toolkit.build.run import Outcome  # noqa: E402
from toolkit.build.store import Store  # noqa: E402
from toolkit.build.targets import Target  # noqa: E402
from toolkit.cli.building import Preparation  # noqa: E402
from toolkit.cli.wishes import Wishes  # noqa: E402

SETTINGS = 'targets = ["handout.pdf", "worksheet.docx", "handout.html"]\n'
PARAGRAPH = "\nThe river is older than the town, and each spring it carries away some of the lower fields. " * 40


def fabricate(root: Path, lessons: int) -> None:
    """Make a project that is up to date."""
    root.mkdir(parents=True)
    (root / "hornbook.toml").write_text(SETTINGS)
    for number in range(lessons):
        folder = root / "lessons" / f"lesson-{number:05}"
        folder.mkdir(parents=True)
        (folder / "lesson.yaml").write_text(LESSON.replace("Bends", f"Bends {number}"))
        (folder / "article.md").write_text(ARTICLE + PARAGRAPH)
    os.chdir(root)
    (work,) = Preparation(Wishes()).prepare(()).works
    store = Store(work.ledger.folder, work.ledger.record)
    work.session.settle()
    for entry in work.stale():
        stored = store.put(entry.wanted.name, entry.wanted.name.encode() * 100)
        outcome = Outcome(Target(entry.lesson.slug, entry.kind), stored, (), "0" * 32)
        work.session.finish(outcome, entry.wanted)
    store.save()


def rules(root: Path) -> None:
    """Write a Makefile and a build.ninja with the same targets."""
    shared = sorted(path for path in (ROOT / "toolkit").rglob("*.py"))[:20]
    common = " ".join(map(str, shared))
    outputs = sorted(
        p.relative_to(root).as_posix() for p in (root / "output").rglob("*.*") if p.parent.name != "output"
    )
    pairs = [(name, f"lessons/{name.split('/')[1]}") for name in outputs]
    make = [f"{name}: {lesson}/lesson.yaml {lesson}/article.md {common}\n\ttouch $@\n" for name, lesson in pairs]
    (root / "Makefile").write_text(f"all: {' '.join(outputs)}\n" + "".join(make))
    ninja = [f"build {name}: r {lesson}/lesson.yaml {lesson}/article.md {common}\n" for name, lesson in pairs]
    (root / "build.ninja").write_text("rule r\n  command = touch $out\n" + "".join(ninja))


def timed(words: Sequence[str], root: Path) -> tuple[float, float]:
    """Return wall and CPU time of a command in s. Raise where it does not say that all is up to date."""
    before, start = os.times(), time.perf_counter()
    env = environment({"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(root.parent / "bytecode")})
    done = subprocess.run(words, cwd=root, env=env, capture_output=True, check=False)
    wall, after = time.perf_counter() - start, os.times()
    if done.returncode:
        raise SystemExit(f"{words[0]} found something to do: {done.stdout[-500:]!r} {done.stderr[-500:]!r}")
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    parser.add_argument("--lessons", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    python = [sys.executable, "-m", "toolkit"]
    tools = {
        "hornbook build": [*python, "build"],
        "hornbook build -q": [*python, "build", "-q"],
        "hornbook build --paranoid": [*python, "build", "--paranoid"],
        "make -q": ["make", "-q"],
        "ninja": ["ninja"],
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    tools = {name: words for name, words in tools.items() if shutil.which(words[0])}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        fabricate(root, asked.lessons)
        rules(root)
        if "ninja" in tools:
            subprocess.run(["ninja"], cwd=root, capture_output=True, check=True)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in tools}
        for number in range(asked.rounds + 1):
            for name, words in tools.items():
                took = timed(words, root)
                if number:  # the first round warms caches
                    found[name].append(took)
        os.chdir("/")
    told = [
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {asked.lessons} lessons, "
        f"{asked.lessons * 6} files, {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}",
        f"{'':<28}{'wall ms':>9}{'least':>8}{'CPU ms':>8}{'ratio':>8}",
    ]
    usual = statistics.median(wall for wall, _ in found["hornbook build"])
    for name, times in found.items():
        wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        least = min(wall for wall, _ in times)
        told.append(f"{name:<28}{wall * 1000:9.0f}{least * 1000:8.0f}{cpu * 1000:8.0f}{wall / usual:8.2f}")
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
