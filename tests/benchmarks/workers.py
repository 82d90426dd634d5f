"""What workers cost and save: memory over many lessons, and time against one job and one process a file.

Run from the repository: python tests/benchmarks/workers.py [--lessons 200]
Prints the machine, the versions and medians. CPU is that of the build and of all its processes.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox import ARTICLE, LESSON, Sandbox, command, environment

from toolkit.build import hiring
from toolkit.build.crew import Crew
from toolkit.build.run import Job, run
from toolkit.build.store import Store
from toolkit.build.targets import Target, parse
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

FILES = ("handout.pdf", "worksheet.docx")
WARM = 80  # lessons before a worker's memory is looked at: its caches are full then (4,000 lines, in economy.py)


def lesson(sandbox: Sandbox, number: int) -> Path:
    """Return a lesson of two pages; no two are alike."""
    words = " ".join(f"In year {1500 + number + n} the river took field {n * 7 + number}." for n in range(60))
    return sandbox.lesson(LESSON, ARTICLE.replace("The town builds a dike.", words), f"lesson-{number:03}")


def jobs(sandbox: Sandbox, count: int) -> Iterator[Job]:
    """Yield the files of `count` lessons, each read when it is asked for."""
    for number in range(count):
        loaded = lesson_source.load(lesson(sandbox, number), Project())
        for file in FILES:
            kind = parse(file)
            assert kind
            yield Job(Target(loaded.lesson.slug, kind), loaded, Edition(kind.audience))


def memory(count: int) -> None:
    """Print how much a worker holds after each 20 lessons, and how much it grows in 100."""
    held: list[tuple[int, float]] = []
    seen: list[hiring.Worker] = []
    agencies: list[hiring.Agency] = []
    hire = hiring.Agency.hire

    def watched(agency: hiring.Agency, deadline: float) -> hiring.Worker:
        agencies.append(agency)
        seen.append(hire(agency, deadline))
        return seen[-1]

    hiring.Agency.hire = watched  # type: ignore[method-assign, assignment]  # to know the number of the process
    made = 0

    def done(_: object) -> None:
        nonlocal made
        made += 1
        if made % (20 * len(FILES)) == 0:
            agencies[0]._read(0.0)  # the number of the process, which nobody else asks for before its end
            held.append((made // len(FILES), rss(seen[0].pid)))
            print(f"{held[-1][0]:7}  {held[-1][1]:6.1f}", flush=True)  # noqa: T201  # the table is what it is run for

    print("lessons  MB held by the one worker", flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(Path(folder))
        run(jobs(sandbox, count), Store(Path(folder, "output")), done, Crew(1, little=0.0))
    assert len(seen) == 1, "the worker was replaced"
    late = [(lessons, size) for lessons, size in held if lessons >= WARM]
    slope = statistics.linear_regression(*zip(*late, strict=True)).slope * 100 if len(late) > 1 else float("nan")
    print(f"growth after {WARM} lessons: {slope:+.2f} MB a 100 lessons (goal: below 1)")  # noqa: T201


def rss(pid: int) -> float:
    """Return the memory that a process holds, in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / (1 << 20)


def measured(task: Callable[[], object]) -> tuple[float, float]:
    """Return the wall and processor seconds of `task`, its child processes counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    task()
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def speed(count: int, rounds: int) -> None:
    """Print the time for `count` lessons with one job, with two, and with one process a file, interleaved."""
    with tempfile.TemporaryDirectory() as folder:
        sandbox = Sandbox(Path(folder))
        slugs = [lesson(sandbox, number).parent.name for number in range(count)]
        sandbox.put("hornbook.toml", f"targets = {list(FILES)!r}\neditions = ['student']\n")

        def build(*words: str) -> None:
            subprocess.run(command("build", *words), cwd=folder, env=environment(), check=True, capture_output=True)

        def one_by_one() -> None:
            for slug in slugs:
                for file in FILES:
                    build("-j", "1", f"output/{slug}/{file}")

        ways: dict[str, Callable[[], None]] = {
            "-j 1": lambda: build("-j", "1"),
            "-j 2": lambda: build("-j", "2"),
            "one process a file": one_by_one,
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                subprocess.run(["rm", "-rf", str(Path(folder, "output"))], check=True)
                times[name].append(measured(way))
    print(f"{count * len(FILES)} files, medians of {rounds}:     wall s    CPU s   wall of -j 1")  # noqa: T201
    base = statistics.median(wall for wall, _ in times["-j 1"])
    for name, found in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*found, strict=True))
        print(f"{name:<24} {wall:8.2f} {cpu:8.2f}   {wall / base:5.2f} x")  # noqa: T201


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--lessons", type=int, default=200, help="for the memory")
    parser.add_argument("--files", type=int, default=10, help="lessons for the speed")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")  # noqa: T201
    print(f"Python {platform.python_version()}, WeasyPrint {version('weasyprint')}")  # noqa: T201
    if asked.rounds:
        speed(asked.files, asked.rounds)
    memory(asked.lessons)


if __name__ == "__main__":
    main()
