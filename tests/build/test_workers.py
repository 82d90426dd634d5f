"""Workers: one that dies, hangs, eats memory or strays costs one file, which is named, and no other."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import pytest
from sandbox import REPOSITORY, Sandbox, command, environment

from toolkit.build.crew import Crew
from toolkit.build.limits import Limits
from toolkit.build.making import Made
from toolkit.build.pool import Pool
from toolkit.build.run import Job, Outcome, run
from toolkit.build.store import Store
from toolkit.build.targets import Target, parse
from toolkit.build.worker import Bundle, Task
from toolkit.model.diagnostics import Severity
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

PLANT = REPOSITORY / "tests/faults/plant"
BOTH = 'targets = ["handout.html", "worksheet.html"]\neditions = ["student"]\n'


def planted(*faults: str) -> dict[str, str]:
    """Return an environment in which `faults` ("LESSON SHEET FAULT") happen."""
    return {"PYTHONPATH": f"{PLANT}{os.pathsep}{REPOSITORY}", "HORNBOOK_FAULT": ",".join(faults)}


def jobs(sandbox: Sandbox, *slugs: str, files: tuple[str, ...] = ("handout.html", "worksheet.html")) -> list[Job]:
    loaded = [lesson_source.load(sandbox.lesson(slug=slug), Project()) for slug in slugs]
    kinds = [kind for file in files if (kind := parse(file))]
    return [Job(Target(one.lesson.slug, kind), one, Edition(kind.audience)) for one in loaded for kind in kinds]


def crew(size: int = 2, bounds: Limits | None = None) -> Crew:
    return Crew(size, bounds or Limits(), little=0.0)


# -- what a lesson does to its worker

SAID = {
    "exit": "error[B709]: exit/handout.html could not be made: the process that made it ended with status 3, twice",
    "kill": "error[B709]: kill/handout.html could not be made: the process that made it was ended by SIGKILL, twice",
    "segfault": "error[B709]: segfault/handout.html could not be made: the process that made it was ended by SIGSEGV",
    "sleep": "error[B707]: sleep/handout.html was given up: it took more than 8 seconds",
    "spin": "error[B707]: spin/handout.html was given up: it took more than 8 seconds",
    "memory": "error[B707]: memory/handout.html was given up: it needed more than 200 MB of memory",
    "passwd": "error[B708]: passwd/handout.html asked for the file /etc/passwd, which was refused",
    "swallow": "error[B708]: swallow/handout.html asked for the file /etc/passwd, which was refused",
    "write": "error[B708]: write/handout.html asked for the file stray, which was refused",
    "connect": "error[B708]: connect/handout.html asked for a connection (socket.connect), which was refused",
    "lookup": "error[B708]: lookup/handout.html asked for a connection (socket.getaddrinfo), which was refused",
    "program": "error[B708]: program/handout.html asked for the program true, which was refused",
}
LAST = {"sleep", "spin", "memory"}  # after which no other file of that lesson in that format is tried


@pytest.mark.slow
def test_what_a_lesson_does_costs_its_file_and_no_other(sandbox: Sandbox) -> None:
    sandbox.put("hornbook.toml", BOTH)
    healthy = [f"good-{number:02}" for number in range(12)]
    for slug in (*SAID, *healthy, "once"):
        sandbox.lesson(slug=slug)
    env = planted(*(f"{name} handout {name}" for name in (*SAID, "once")))
    env["HORNBOOK_FAULT_MARK"] = str(sandbox.root / "died")
    result = sandbox.spawn("build", "-j", "2", "--time-limit", "8", "--memory-limit", "200", env=env)
    assert result.code == 1
    assert "Traceback" not in result.err
    for said in SAID.values():
        assert result.err.count(said) == 1, result.err
    assert result.err.count("error[") == len(SAID) + len(LAST)
    expected = {f"{slug}/{sheet}.html" for slug in (*healthy, "once", *SAID) for sheet in ("handout", "worksheet")}
    failed = {f"{slug}/handout.html" for slug in SAID} | {f"{slug}/worksheet.html" for slug in LAST}
    assert set(sandbox.files()) == expected - failed
    assert (sandbox.root / "died").is_dir(), "a worker was killed over a healthy lesson, which was made all the same"
    assert not (sandbox.root / "stray").exists()
    assert list(sandbox.root.rglob(".hornbook-*-*")) == []


@pytest.mark.parametrize(("handout", "worksheet"), [("sleep", "passwd"), ("memory", "swallow")])
def test_one_small_lesson_is_made_without_workers_and_limited_all_the_same(
    sandbox: Sandbox, handout: str, worksheet: str
) -> None:
    sandbox.put("hornbook.toml", BOTH)
    sandbox.lesson()
    env = planted(f"river handout {handout}", f"river worksheet {worksheet}")
    result = sandbox.spawn("build", "--time-limit", "8", "--memory-limit", "200", env=env)
    assert result.code == 1
    assert SAID[handout].replace(f"{handout}/", "river/") in result.err
    assert SAID[worksheet].replace(f"{worksheet}/handout", "river/worksheet") in result.err
    assert sandbox.files() == []


def test_a_build_ends_where_the_last_file_is_not_worth_trying(sandbox: Sandbox) -> None:
    """Its worker is gone by then, and nobody is left who would say something."""
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\n')
    for slug in ("alder", "beech"):
        sandbox.lesson(slug=slug)
    result = sandbox.spawn("build", "-j", "1", "--time-limit", "4", env=planted("beech handout sleep"))
    assert result.code == 1
    assert "beech/handout-teacher.html was not tried" in result.err
    assert sandbox.files() == ["alder/handout-teacher.html", "alder/handout.html"]


def test_no_work_is_no_wait() -> None:
    with Pool(1, Limits(), frozenset()) as pool:
        assert list(pool.make([])) == []


# -- order and bytes


def test_workers_make_the_same_and_tell_it_in_order(sandbox: Sandbox) -> None:
    wanted = jobs(sandbox, "marsh", "river", "sea")
    told: list[Outcome] = []
    here = run(wanted, Store(sandbox.root / "here"), lambda _: None)
    finished: list[Outcome] = []
    there = run(wanted, Store(sandbox.root / "there"), told.append, crew(), finished=finished.append)
    assert told == there
    assert sorted(outcome.target for outcome in finished) == sorted(outcome.target for outcome in told)
    assert [outcome.target for outcome in there] == [job.target for job in wanted] == [o.target for o in here]
    assert all(outcome.seconds > 0 for outcome in there)
    for job in wanted:
        assert (sandbox.root / "here" / job.target.name).read_bytes() == (
            sandbox.root / "there" / job.target.name
        ).read_bytes()


def bundled(wanted: list[Job], folder: Path, size: int) -> list[list[int]]:
    """Return the numbers of the jobs in each bundle for so many workers."""
    bundles: list[Bundle] = []

    class Watching(Crew):
        def make(self, found: Iterable[Bundle]) -> Generator[tuple[Task, Made]]:
            bundles.extend(found)
            yield from ()

    run(wanted, Store(folder), lambda _: None, Watching(size))
    return [[task.number for task in one.tasks] for one in bundles]


def test_a_lesson_in_one_edition_is_one_bundle_unless_workers_would_be_idle(sandbox: Sandbox) -> None:
    wanted = jobs(sandbox, "marsh", files=("handout.pdf", "handout-teacher.pdf", "worksheet.pdf", "worksheet.docx"))
    assert [bundled(wanted, sandbox.root / "output", size) for size in (1, 2, 3)] == [
        [[0, 2, 3], [1]],
        [[0, 2, 3], [1]],
        [[0], [2], [3], [1]],
    ]


# -- ends


def workers_of(pid: int) -> set[int]:
    """Return the processes under `pid`, in any depth."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those of `pids` that run; one that has ended and that nobody asked for does not."""
    found = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            found.add(pid)
    return found


@pytest.fixture
def stuck(sandbox: Sandbox) -> Iterator[tuple[subprocess.Popen[str], set[int]]]:
    """Return a build whose two workers are busy for ever, one of them deep in C, and all its processes."""
    sandbox.put("hornbook.toml", BOTH)
    slugs = ("alder", "beech", *(f"oak-{number:02}" for number in range(12)))
    for slug in slugs:
        sandbox.lesson(slug=slug)
    env = environment(planted("alder worksheet sleep", "beech worksheet spin"))
    process = subprocess.Popen(
        command("build", "-j", "2"), cwd=sandbox.root, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip  # reads as a call
    handouts = [sandbox.root / f"output/{slug}/handout.html" for slug in slugs[:2]]
    until = time.monotonic() + 60
    while not all(path.exists() for path in handouts):
        assert time.monotonic() < until
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    time.sleep(0.3)
    below = workers_of(process.pid)
    assert len(below) >= 3, "a server and two workers"
    yield process, below
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_everything_at_once(
    stuck: tuple[subprocess.Popen[str], set[int]], sandbox: Sandbox, number: signal.Signals
) -> None:
    process, below = stuck
    began = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert time.monotonic() - began < 3
    assert (process.returncode, err) == (130, "interrupted\n")
    assert alive(below) == set()
    assert list(sandbox.root.rglob(".hornbook-*-*")) == []
    assert sandbox.files() == ["alder/handout.html", "beech/handout.html"], "what was finished stays"
    assert out.splitlines() == [f"made       output/{name}" for name in sandbox.files()], "and is told"


def test_a_killed_build_takes_its_workers_with_it_and_the_next_sweeps_up(
    stuck: tuple[subprocess.Popen[str], set[int]], sandbox: Sandbox
) -> None:
    process, below = stuck
    assert list((sandbox.root / "output").glob(".hornbook-scratch-*"))
    process.kill()
    process.communicate()
    until = time.monotonic() + 2
    while alive(below):
        assert time.monotonic() < until, "orphans"
        time.sleep(0.02)
    assert sandbox.run("build", "alder").code == 0
    assert list(sandbox.root.rglob(".hornbook-scratch-*")) == []


def test_a_killed_server_is_replaced(sandbox: Sandbox) -> None:
    wanted = jobs(sandbox, *(f"oak-{number}" for number in range(4)))
    killed: list[int] = []

    def kill_the_server(_: Outcome) -> None:
        if not killed:
            killed.extend(pid for pid in workers_of(os.getpid()) if is_server(pid))
            os.kill(killed[0], signal.SIGKILL)

    outcomes = run(wanted, Store(sandbox.root / "output"), kill_the_server, crew())
    assert killed
    assert [outcome.failed for outcome in outcomes] == [False] * len(wanted)


def is_server(pid: int) -> bool:
    """Return whether `pid` is the process that workers are forked from: the one of ours that has such children."""
    return bool(re.search(rb"forkserver\.main", Path(f"/proc/{pid}/cmdline").read_bytes())) and bool(workers_of(pid))


def test_without_processes_the_files_are_made_all_the_same(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    wanted = jobs(sandbox, "marsh", "river", "sea")
    outcomes = run(wanted, Store(sandbox.root / "output"), lambda _: None, crew())
    assert [outcome.failed for outcome in outcomes] == [False] * len(wanted)
    (note,) = (said for outcome in outcomes for said in outcome.diagnostics)
    assert (note.code, note.severity) == ("B714", Severity.NOTE)
    assert "cannot be started: each ended; made one by one" in note.message
    assert list(sandbox.root.rglob(".hornbook-*-*")) == []
