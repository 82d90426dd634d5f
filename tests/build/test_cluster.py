"""build --executor dask://HOST:PORT: a real dask cluster makes the same files, whatever of it is killed meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest
from sandbox import REPOSITORY, Sandbox, command, environment

from toolkit.build import errands
from toolkit.build.cluster import Cluster, Patience, chunks
from toolkit.build.crew import Crew
from toolkit.build.errands import Delivery, Order, Standby, fulfilled
from toolkit.build.limits import Limits
from toolkit.build.record import facts_id
from toolkit.build.run import Job, Outcome, run
from toolkit.build.store import Store
from toolkit.build.targets import Target, parse
from toolkit.build.worker import Bundle, Task
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

FILES = 'targets = ["handout.html", "worksheet.docx"]\neditions = ["student"]\n'
PLANT = f"{REPOSITORY / 'tests/faults/plant'}{os.pathsep}{REPOSITORY}"
needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="distributed is not installed: --executor dask:// is NOT tested with dask"
)


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def said(outcomes: list[Outcome]) -> list[str]:
    return [diagnostic.message for outcome in outcomes for diagnostic in outcome.diagnostics]


# -- a cluster of dask's own processes


@dataclass(frozen=True)
class Processes:
    """A scheduler and two workers. `address` is what `--executor` is given."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


START: Final = (sys.executable, "-m", "distributed.cli.dask_{}", "--no-dashboard")
WORKER: Final = ("--no-nanny", "--nthreads", "1", "--memory-limit", "0")


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Callable[..., Processes]]:
    """Return what starts a cluster whose workers have more of an environment, and ends it after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *words: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
        line = [word.format(name) for word in START]
        log = (tmp_path / f"{name}-{len(started)}.log").open("wb")
        with log:
            started.append(subprocess.Popen([*line, *words], cwd=tmp_path, env=env, stdout=log, stderr=log))
        return started[-1]

    def cluster(*more: dict[str, str]) -> Processes:
        file = tmp_path / "scheduler.json"
        words = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        scheduler = start("scheduler", *words, env=environment())
        until = time.monotonic() + 60
        while not file.exists() or not file.read_text().endswith("}"):
            assert scheduler.poll() is None, (tmp_path / "scheduler-0.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        address = str(json.loads(file.read_text())["address"])
        places = [("--local-directory", str(tmp_path / f"space-{number}")) for number, _ in enumerate(more)]
        workers = [
            start("worker", address, *WORKER, *place, env=environment(each))
            for each, place in zip(more, places, strict=True)
        ]
        while any(b"Registered to" not in log.read_bytes() for log in tmp_path.glob("worker-*.log")):
            assert time.monotonic() < until
            time.sleep(0.05)
        return Processes(address.replace("tcp://", "dask://"), scheduler, workers)

    yield cluster
    for process in started:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


@contextlib.contextmanager
def building(sandbox: Sandbox, address: str, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    words = command("build", "-o", "there", "--executor", address)
    pipe = subprocess.PIPE
    with subprocess.Popen(words, cwd=sandbox.root, env=environment(env), stdout=pipe, stderr=pipe, text=True) as build:
        try:
            yield build
        finally:
            build.kill()


def appears(mark: Path, build: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 60
    while not mark.exists():
        assert build.poll() is None, build.communicate()
        assert time.monotonic() < until, "no worker came to write a page"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of six lessons, built in the folder `here` without a cluster."""
    sandbox = Sandbox(tmp_path_factory.mktemp("built"))
    for number in range(6):
        sandbox.lesson(slug=f"lake-{number}")
    sandbox.put("hornbook.toml", FILES)
    assert sandbox.spawn("build", "-o", "here").code == 0
    assert len(contents(sandbox.root / "here")) == 12
    return sandbox.root


@pytest.fixture
def project(built: Path, sandbox: Sandbox) -> Sandbox:
    """Return a copy of `built` for one test."""
    shutil.copytree(built, sandbox.root, dirs_exist_ok=True)
    return sandbox


def paused(project: Sandbox) -> dict[str, str]:
    """Return an environment in which the first page waits for a folder `go` in the folder `mark`."""
    return {"PYTHONPATH": PLANT, "HORNBOOK_PAUSE": str(project.root / "mark")}


@pytest.fixture
def older(tmp_path: Path) -> dict[str, str]:
    """Return an environment with a hornbook that knows nothing of clusters, wherever this one is installed."""
    package = tmp_path / "older" / "toolkit"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    return {"PYTHONPATH": str(package.parent)}


def waiting(seconds: str) -> dict[str, str]:
    """Return an environment in which a build does not wait for dask as long as it usually does."""
    return {"PYTHONPATH": PLANT, "HORNBOOK_WAITING": seconds}


@needs_dask
@pytest.mark.slow
def test_a_cluster_makes_the_same_files(project: Sandbox, dask: Callable[..., Processes]) -> None:
    cluster = dask({}, {})
    made = project.spawn("build", "-o", "there", "--executor", cluster.address)
    assert made.code == 0
    assert made.err.startswith("12 made in ")
    assert contents(project.root / "there") == contents(project.root / "here")
    again = project.spawn("build", "-o", "there", "--executor", "dask://127.0.0.1:1")
    assert (again.code, again.err) == (0, "12 files up to date\n"), "nothing is asked of a cluster"


@needs_dask
@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(project: Sandbox, dask: Callable[..., Processes]) -> None:
    cluster = dask(paused(project), {})
    with building(project, cluster.address) as build:
        appears(project.root / "mark", build)
        cluster.workers[0].kill()
        (project.root / "mark/go").mkdir()
        _, err = build.communicate(timeout=60)
    assert (build.returncode, "warning" in err) == (0, False), err
    assert contents(project.root / "there") == contents(project.root / "here")


@needs_dask
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # dask's own, of ports and loops
def test_workers_that_are_killed_and_started_again(project: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(paused(project)).items():
        monkeypatch.setenv(name, value)
    local = import_module("distributed").LocalCluster
    with (
        local(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        building(project, str(cluster.scheduler_address).replace("tcp://", "dask://")) as build,
    ):
        appears(project.root / "mark", build)
        for nanny in cluster.workers.values():
            os.kill(nanny.pid, signal.SIGKILL)
        (project.root / "mark/go").mkdir()
        _, err = build.communicate(timeout=90)
    assert (build.returncode, "warning" in err) == (0, False), err
    assert contents(project.root / "there") == contents(project.root / "here")


@needs_dask
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_build_on_a_cluster_is_interrupted_at_once(
    project: Sandbox, dask: Callable[..., Processes], number: signal.Signals
) -> None:
    cluster = dask(paused(project))
    with building(project, cluster.address) as build:
        appears(project.root / "mark", build)
        began = time.monotonic()
        build.send_signal(number)
        _, err = build.communicate(timeout=60)
    assert time.monotonic() - began < 5
    assert (build.returncode, err) == (130, "interrupted\n")


@needs_dask
@pytest.mark.slow
@pytest.mark.parametrize(
    ("lost", "message", "seconds"),
    [
        ("scheduler", "was lost", 20),
        ("frozen scheduler", "does not answer", 30),
        ("workers", "has no workers any more", 30),
    ],
)
def test_what_a_lost_cluster_has_not_made_is_made_here(
    project: Sandbox, dask: Callable[..., Processes], lost: str, message: str, seconds: float
) -> None:
    cluster = dask(paused(project), paused(project))
    with building(project, cluster.address, waiting("_ALONE=4,_ASKING=5")) as build:
        appears(project.root / "mark", build)
        began = time.monotonic()
        if lost == "workers":
            for worker in cluster.workers:
                worker.kill()
        else:
            cluster.scheduler.send_signal(signal.SIGSTOP if lost.startswith("frozen") else signal.SIGKILL)
        _, err = build.communicate(timeout=120)
    assert time.monotonic() - began < seconds
    assert build.returncode == 0, err
    assert err.count("warning[B713]") == 1
    assert message in err
    assert "Traceback" not in err
    assert contents(project.root / "there") == contents(project.root / "here")


@needs_dask
@pytest.mark.slow
def test_a_lesson_that_kills_what_makes_it_kills_no_process_of_dask(
    sandbox: Sandbox, dask: Callable[..., Processes]
) -> None:
    for slug in ("river", "sea"):
        sandbox.lesson(slug=slug)
    sandbox.put("hornbook.toml", 'targets = ["handout.html", "worksheet.html"]\neditions = ["student"]\n')
    fault = {"PYTHONPATH": PLANT, "HORNBOOK_FAULT": "sea worksheet kill"}
    cluster = dask(fault, fault)
    result = sandbox.spawn("build", "--executor", cluster.address)
    assert result.code == 1
    words = " ".join(result.err.split())
    assert "error[B709]: sea/worksheet.html could not be made: the process that made it was ended by SIGKILL" in words
    assert sandbox.files() == ["river/handout.html", "river/worksheet.html", "sea/handout.html"]
    assert [worker.poll() for worker in cluster.workers] == [None, None]


@needs_dask
@pytest.mark.slow
def test_workers_with_another_hornbook_are_given_nothing(
    project: Sandbox, dask: Callable[..., Processes], older: dict[str, str]
) -> None:
    cluster = dask(older, {"SOURCE_DATE_EPOCH": "0"})
    result = project.spawn("build", "-o", "there", "--executor", cluster.address)
    assert result.code == 0
    assert "1 of 2 workers at 127.0.0.1:" in result.err
    assert "have no hornbook, or an older one" in result.err
    assert "have another SOURCE_DATE_EPOCH: 0 there, none here" in " ".join(result.err.split())
    assert "no worker at 127.0.0.1:" in result.err
    assert contents(project.root / "there") == contents(project.root / "here")
    assert [worker.poll() for worker in cluster.workers] == [None, None], "asking them costs them nothing"


@needs_dask
@pytest.mark.slow
def test_workers_with_the_same_hornbook_make_all(
    project: Sandbox, dask: Callable[..., Processes], older: dict[str, str]
) -> None:
    cluster = dask(older, {})
    result = project.spawn("build", "-o", "there", "--executor", cluster.address)
    assert (result.code, result.err.count("warning[")) == (0, 1), result.err
    assert contents(project.root / "there") == contents(project.root / "here")


@needs_dask
@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_told(sandbox: Sandbox) -> None:
    sandbox.lesson()
    result = sandbox.spawn("build", "--executor", "dask://127.0.0.1:1", env=waiting("_CONNECTING=2"))
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Error: no dask scheduler answers at 127.0.0.1:1")
    assert "Traceback" not in result.err
    assert sandbox.files() == []


# -- what a cluster may do to an order


@pytest.fixture(autouse=True)
def no_worker_stays() -> Iterator[None]:
    yield
    errands.standby().sweep(every=True)


def jobs(sandbox: Sandbox, count: int = 3) -> list[Job]:
    kinds = [kind for file in ("handout.html", "worksheet.html") if (kind := parse(file))]
    slugs = [f"pond-{number}" for number in range(count)]
    loaded = [lesson_source.load(sandbox.lesson(slug=slug), Project()) for slug in slugs]
    return [Job(Target(one.lesson.slug, kind), one, Edition(kind.audience)) for one in loaded for kind in kinds]


class Link:
    """Fulfils orders in this process, and does to what comes of it what `plan` says, one order after the other."""

    def __init__(self, *plan: str) -> None:
        self.plan = list(plan)
        self.orders = 0
        self.broken = ""
        self.lost = False

    def submit(self, packed: bytes, wanted: str) -> Future[Delivery]:
        self.orders += 1
        fault = self.plan.pop(0) if self.plan else ""
        future: Future[Delivery] = Future()
        if fault == "unsent":
            raise RuntimeError("no more clients")
        if fault == "died":
            future.set_exception(RuntimeError("KilledWorker. Look at its log. Or not"))
        elif fault == "cut":
            self.broken = "the connection was lost"
            future.cancel()
        elif fault in {"silent", "lost"}:
            self.lost = fault == "lost"
        else:
            future.set_result(spoilt(fulfilled(packed, "0" if fault == "refused" else wanted), fault))
        return future

    def fault(self) -> str:
        return self.broken

    def look(self) -> tuple[str, bool]:
        lost, self.lost = self.lost, False
        return self.broken, lost


def spoilt(delivery: Delivery, fault: str) -> Delivery:
    if fault == "foreign":
        return replace(delivery, program="0")
    if fault == "nothing":
        return replace(delivery, made=())
    if fault == "part":
        return replace(delivery, made=delivery.made[:2])
    if fault == "changed":
        (number, known, made), *rest = delivery.made
        return replace(delivery, made=((number, known, replace(made, data=made.data + b" ")), *rest))
    return delivery


SOON: Final = Patience(look=0.02, silence=0.1, rescue=0.1)
BOUNDS: Final = Limits(seconds=20.0)


def through(sandbox: Sandbox, link: Link, bounds: Limits = BOUNDS) -> tuple[list[Outcome], list[str]]:
    """Return what became of six files, and what was told of the cluster."""
    cluster = Cluster(link, 1, bounds, lambda: Crew(bounds=BOUNDS), SOON)
    outcomes = run(jobs(sandbox), Store(sandbox.root / "there"), lambda _: None, cluster)
    return outcomes, [notice.message for notice in cluster.taken()]


@pytest.mark.parametrize(
    ("plan", "message", "orders"),
    [
        ("", "", 1),
        ("part", "", 2),
        ("died", "the cluster did not make pond-0/handout.html and 5 more: RuntimeError: KilledWorker", 1),
        ("refused", "the cluster did not make pond-0/handout.html and 5 more: its hornbook, or", 1),
        ("foreign", "the cluster did not make pond-0/handout.html and 5 more: they were made by another hornbook", 1),
        ("nothing", "the cluster sent nothing for pond-0/handout.html and 5 more", 1),
        ("changed", "the cluster sent pond-0/handout.html with other bytes than it made; they are refused", 1),
        ("unsent", "the cluster takes no work: RuntimeError: no more clients", 1),
        ("cut", "the connection was lost", 1),
        ("lost", "", 2),
        ("lost lost", "the cluster lost pond-0/handout.html and 5 more with a process, twice", 2),
    ],
)
def test_what_does_not_come_back_whole_is_made_here(sandbox: Sandbox, plan: str, message: str, orders: int) -> None:
    link = Link(*plan.split())
    run(jobs(sandbox), Store(sandbox.root / "here"), lambda _: None)
    outcomes, told = through(sandbox, link)
    assert [outcome.failed for outcome in outcomes] == [False] * 6, said(outcomes)
    assert [line[: len(message)] for line in told] == [message][: bool(message)]
    assert link.orders == orders
    assert contents(sandbox.root / "there") == contents(sandbox.root / "here")


def test_a_cluster_that_says_nothing_is_given_up(sandbox: Sandbox) -> None:
    began = time.monotonic()
    outcomes, told = through(sandbox, Link("silent"), Limits(seconds=0.3))
    assert time.monotonic() - began > 0.4, "what one file may take, and some more"
    assert [outcome.failed for outcome in outcomes] == [False] * 6, said(outcomes)
    assert told == ["the cluster has made nothing for 0 seconds"]


def test_a_cluster_that_always_fails_is_given_up_for_good(sandbox: Sandbox) -> None:
    link = Link(*["died"] * 50)
    cluster = Cluster(link, 1, BOUNDS, lambda: Crew(bounds=BOUNDS), SOON)
    wanted = jobs(sandbox, 40)
    bundles = [Bundle(job.loaded.lesson, (Task(n, job.target, job.edition),)) for n, job in enumerate(wanted)]
    assert {task.number for task, made in cluster.make(bundles) if made.data} == set(range(80))
    assert link.orders == 6, "five that failed, and one that was under way"
    assert cluster.taken()[-1].message == "the cluster failed 5 times in a row"
    assert [task.number for task, _ in cluster.make(bundles[:1])] == [0]
    assert link.orders == 6


def test_a_font_of_the_project_must_be_the_same_there(tmp_path: Path) -> None:
    font = tmp_path / "School.ttf"
    font.write_bytes(b"one")
    wanted = facts_id(errands.program())

    def answer(known: str) -> str:
        return fulfilled(pickle.dumps(Order((), BOUNDS, {str(font): known})), wanted).refused

    assert answer(errands.font_digest(str(font))) == ""
    assert answer("0") == "the project's font School.ttf is not there, or another"
    font.unlink()
    assert answer("0") == "the project's font School.ttf is not there, or another"


def test_a_worker_stays_for_the_next_errand_and_no_longer(sandbox: Sandbox) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children")
    before = children.read_text()
    standby = Standby(patience=0.3)
    crew = standby.taken(BOUNDS)
    job, *_ = jobs(sandbox)
    bundle = Bundle(job.loaded.lesson, (Task(0, job.target, job.edition),))
    assert [made.data != b"" for _, made in crew.make([bundle])] == [True]
    assert children.read_text() != before
    standby.keep(crew)
    assert standby.taken(BOUNDS) is crew
    assert standby.taken(BOUNDS) is not crew, "one errand has it"
    standby.keep(crew)
    assert standby.taken(Limits(seconds=1)) is not crew, "its limits are others"
    until = time.monotonic() + 20
    while children.read_text() != before:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_chunks_are_small_until_all_have_work() -> None:
    kind = parse("handout.html")
    assert kind
    bundles = [Bundle(None, (Task(n, Target(f"l{n}", kind), Edition("student")),)) for n in range(500)]  # type: ignore[arg-type]  # nobody looks at the lesson
    found = [sum(len(bundle.tasks) for bundle in chunk) for chunk in chunks(iter(bundles), 2)]
    assert sum(found) == 500
    assert found[:6] == [6, 6, 7, 7, 8, 8]
    assert max(found) == 20


# -- wrong usage


@pytest.mark.parametrize(
    "text",
    ["", "dask://", "dask://host", "ray://host:1", "host:8786", "dask://host:x", "dask://h:0", "dask://h:99999"],
)
def test_what_is_no_executor_is_wrong_usage(sandbox: Sandbox, text: str) -> None:
    sandbox.lesson()
    result = sandbox.run("build", "--executor", text)
    assert (result.code, result.out) == (2, "")
    assert "Invalid value for '--executor'" in result.err


def test_watching_is_not_for_clusters(sandbox: Sandbox) -> None:
    sandbox.lesson()
    result = sandbox.run("build", "--watch", "--executor", "dask://host:1")
    assert result.code == 2
    assert "--watch builds on this machine: it does not go with --executor." in result.err


def test_without_dask_it_is_said_what_to_install(sandbox: Sandbox) -> None:
    sandbox.lesson()
    script = (
        "import sys; sys.modules['distributed'] = None\n"
        "from toolkit.cli import main\nmain(['build', '--executor', 'dask://127.0.0.1:1'])"
    )
    words = [sys.executable, "-c", script]
    done = subprocess.run(words, cwd=sandbox.root, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: dask is not installed: pip install 'hornbook[cluster]'\n"
    assert sandbox.files() == []
