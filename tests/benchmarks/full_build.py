"""What a build costs, against the pipelines that a user would write today. Prints a table with ratios.

From the project's folder, with the inputs beside it::

    python tests/benchmarks/full_build.py                  # 100 lessons, three rounds: an hour or two
    python tests/benchmarks/full_build.py --lessons 10 --rounds 1
    python tests/benchmarks/full_build.py --part changed --lessons 1000

Lessons are made by `hornbook import` from printed articles, spread evenly over the sets. Part `full` builds the
handout of each for students and teachers, as PDF and as DOCX: by `hornbook build` on all cores; by pandoc from the
same content as Markdown (`printout_markdown.py`), to Typst and from there to a tagged PDF, and to DOCX, under
`make -j`; and, the PDFs of some lessons, by one WeasyPrint process a file from the HTML that we write. Part `changed`
edits one paragraph of one article of as many lessons, and takes the time to the new PDF in a new process: of the
whole project, and of that file by its name; of that file by a `build --watch` that runs already; and the same with
make. It is made ready with one build of the students' handouts.

Rounds are interleaved, so that a busy machine is equally unjust to all, and medians printed. CPU is user and system
time of every process that a command began; it is what to compare on a machine with other work. Typst comes from the
path, from an interpreter that has the wheel (`--typst-python`), or not at all, which is said.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.metadata
import importlib.util
import json
import math
import os
import platform
import re
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, get_args

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

import pypandoc  # type: ignore[import-untyped]  # noqa: E402  # after the path is set; it comes without types
from printout_markdown import markdown  # noqa: E402  # as above

from toolkit.compose import compose  # noqa: E402  # as above
from toolkit.formats import writer  # noqa: E402  # as above
from toolkit.model.choices import Audience  # noqa: E402  # as above
from toolkit.model.pitch import pitch_for  # noqa: E402  # as above
from toolkit.model.printout import Edition  # noqa: E402  # as above
from toolkit.resources import templates  # noqa: E402  # as above
from toolkit.source.lesson import load  # noqa: E402  # as above
from toolkit.source.project import find  # noqa: E402  # as above

ARTICLES: Final = ROOT.parent / "shared" / "inputs" / "articles"
AUDIENCES: Final[tuple[Audience, ...]] = get_args(Audience)
CORES: Final = len(os.sched_getaffinity(0))
HORNBOOK: Final = [sys.executable, "-m", "toolkit"]
SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER (linux/prctl.h): orphans of a command come to us, with their times


@dataclass(frozen=True)
class Cost:
    """What a command took, in s: CPU of all its processes, and on the clock."""

    cpu: float
    wall: float


Arm: TypeAlias = Callable[[], Cost]


def timed(words: Sequence[str], folder: Path) -> Cost:
    """Return what a command cost, with all that it started. Raise SystemExit where it fails."""
    env = dict(os.environ, PYTHONPATH=str(ROOT), FONTCONFIG_FILE=str(templates() / "fonts" / "fonts.conf"))
    env["PYTHONDONTWRITEBYTECODE"] = ""  # nobody's usual state; compiling our modules is no part of a build
    env["PYTHONPYCACHEPREFIX"] = str(folder.parent / "bytecode")
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            break
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{shlex.join(words)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def chosen(inputs: Path, count: int) -> list[Path]:
    """Return `count` articles, as evenly from each set as it has them."""
    sets = [sorted((folder / "md").glob("*.md")) for folder in sorted(inputs.iterdir())]
    every = [path for files in sets for path in files]
    count = min(count, len(every))
    return [every[at * len(every) // count] for at in range(count)]


def make_project(root: Path, inputs: Path, count: int) -> list[Path]:
    """Make a project of `count` lessons and return their folders: articles are used again where there are too few."""
    lessons = root / "lessons"
    lessons.mkdir(parents=True)
    (root / "hornbook.toml").write_text('title = "Benchmark"\ntargets = ["handout.pdf", "handout.docx"]\n')
    timed([*HORNBOOK, "import", *map(str, chosen(inputs, count)), "-o", "lessons"], root)
    folders = sorted(path.parent for path in lessons.glob("*/lesson.yaml"))
    for number in range(count - len(folders)):
        model = folders[number]
        folders.append(lessons / f"{model.name}-{number}")
        shutil.copytree(model, folders[-1])
    return folders


def write_sources(folders: Sequence[Path], root: Path) -> None:
    """Write the Markdown and HTML of each handout into `root`, with its pictures."""
    root.mkdir()
    for folder in folders:
        lesson = load(folder / "lesson.yaml", find(folder).project).lesson
        for audience in AUDIENCES:
            edition = Edition(audience, "letter", pitch_for(lesson.spec.grades, "standard"))
            sheet = compose(lesson, "handout", edition)
            name = f"{folder.name}-{audience}"
            (root / f"{name}.md").write_text(markdown(sheet), "utf-8")
            (root / f"{name}.html").write_bytes(writer("html")(sheet, lambda problem: sys.exit(str(problem))))
            for picture in sheet.pictures:
                path = root / picture.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture.data)


def write_makefile(root: Path, typst: Sequence[str]) -> None:
    """Write the rules of the peers: what a user would write."""
    names = sorted(path.stem for path in root.glob("*.md"))
    pandoc = shlex.quote(pypandoc.get_pandoc_path())
    goals = {"pdf": [f"{name}.pdf" for name in names], "docx": [f"{name}.docx" for name in names]}
    (root / "Makefile").write_text(
        "".join(f"all-{form}: {' '.join(files)}\n" for form, files in goals.items())
        + f"%.pdf: %.md\n\t{pandoc} -s -f markdown -t typst -o $*.typ $< && {shlex.join(typst)} compile $*.typ $@\n"
        + f"%.docx: %.md\n\t{pandoc} -f markdown -o $@ $<\n"
    )


def typst_command(python: str, folder: Path) -> list[str]:
    """Return the command that runs Typst: its own, or a script on top of the wheel; empty where there is neither."""
    if found := shutil.which("typst"):
        return [found]
    here = python or (sys.executable if importlib.util.find_spec("typst") else "")
    if not here:
        return []
    script = folder / "compile_typst.py"
    script.write_text("import sys, typst\ntypst.compile(sys.argv[2], output=sys.argv[3])\n")
    return [here, str(script)]


def version_of(command: Sequence[str]) -> str:
    """Return the version of Typst."""
    if not command:
        return "no Typst: its pipeline is LEFT OUT (give --typst-python an interpreter with the wheel `typst`)"
    asked = [*command, "--version"]
    if len(command) > 1:
        asked = [command[0], "-c", "from importlib.metadata import version; print('Typst', version('typst'))"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def ours(root: Path, *options: str, fresh: bool = True) -> Arm:
    """Return the build of our own, from nothing where `fresh`, with as many workers as there are cores."""

    def arm() -> Cost:
        if fresh:
            for path in (root / "output", root / ".hornbook"):
                shutil.rmtree(path, ignore_errors=True)
        return timed([*HORNBOOK, "build", *options, *_jobs()], root)

    return arm


def _jobs() -> list[str]:
    told = subprocess.run([*HORNBOOK, "build", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return ["-j", str(CORES)] if "--jobs" in told else []


def made(root: Path, goal: str) -> Arm:
    """Return the build of peers by make, from nothing."""

    def arm() -> Cost:
        for path in root.glob(f"*.{goal}"):
            path.unlink()
        return timed(["make", "-s", f"-j{CORES}", f"all-{goal}"], root)

    return arm


def one_process_a_file(root: Path, names: Sequence[str]) -> Arm:
    """Return WeasyPrint run once for each file."""

    def arm() -> Cost:
        options = ["--pdf-variant", "pdf/ua-1"]
        costs = [
            timed([sys.executable, "-m", "weasyprint", *options, f"{name}.html", f"{name}.w.pdf"], root)
            for name in names
        ]
        return Cost(sum(cost.cpu for cost in costs), sum(cost.wall for cost in costs) / CORES)

    return arm


@contextmanager
def watched(root: Path, target: str) -> Iterator[Arm]:
    """Give what waits until a build that watches has made `target` anew; on the clock, as its CPU is not told yet."""
    words = [*HORNBOOK, "build", "--watch", "--json", target]
    env = dict(os.environ, PYTHONPATH=str(ROOT))
    with subprocess.Popen(words, cwd=root, env=env, stdout=subprocess.PIPE, text=True) as process:

        def until(event: Callable[[dict[str, str]], bool]) -> None:
            for line in process.stdout or ():
                if event(json.loads(line)):
                    return
            raise SystemExit(f"{shlex.join(words)} ended")

        def arm() -> Cost:
            start = time.perf_counter()
            until(lambda told: told.get("state") in ("made", "changed"))
            return Cost(math.nan, time.perf_counter() - start)

        until(lambda told: told["event"] == "watching")
        yield arm
        process.terminate()


def rounds(arms: dict[str, Arm], count: int) -> dict[str, list[Cost]]:
    """Return what each arm cost in each round; the arms are run in turn."""
    found: dict[str, list[Cost]] = {name: [] for name in arms}
    for number in range(count):
        for name, arm in arms.items():
            cost = arm()
            sys.stderr.write(f"round {number + 1}  {name:<56}{cost.cpu:9.1f} s CPU {cost.wall:9.1f} s\n")
            found[name].append(cost)
    return found


def median(costs: Sequence[Cost]) -> Cost:
    """Return the medians of CPU and wall time."""
    return Cost(statistics.median(cost.cpu for cost in costs), statistics.median(cost.wall for cost in costs))


def summed(*columns: Sequence[Cost]) -> list[Cost]:
    """Return the costs of several arms together, round by round."""
    return [Cost(sum(c.cpu for c in row), sum(c.wall for c in row)) for row in zip(*columns, strict=True)]


def table(title: str, rows: dict[str, tuple[list[Cost], int]]) -> Iterator[str]:
    """Yield the lines of a table; each row has its costs and number of files, the first is what others are against."""
    yield ""
    yield f"{title:<58}{'CPU s':>8}{'wall s':>8}{'files':>6}{'CPU ms each':>12}{'CPU':>7}{'wall':>7}"
    first = None
    for name, (costs, files) in rows.items():
        cost = median(costs)
        first = first or cost
        ratios = f"{first.cpu / cost.cpu:6.2f}x{first.wall / cost.wall:6.2f}x"
        row = f"{name:<58}{cost.cpu:8.2f}{cost.wall:8.2f}{files:6}{1000 * cost.cpu / files:12.0f}{ratios}"
        yield row.replace("nanx", "   -").replace("nan", "  -")  # not told, of a build that goes on
    yield "the last columns are ours over theirs: below 1, we take less"


def full(root: Path, folders: Sequence[Path], typst: Sequence[str], asked: argparse.Namespace) -> Iterator[str]:
    """Yield the tables of a full build."""
    site, peers = root / "project", root / "peers"
    write_sources(folders, peers)
    write_makefile(peers, typst)
    few = folders[:: max(1, len(folders) // asked.alone)][: asked.alone]
    names = [f"{folder.name}-{audience}" for folder in few for audience in AUDIENCES]
    pdf, docx, theirs = "hornbook build, PDF and DOCX", "pandoc to DOCX", "pandoc and Typst to PDF"
    arms: dict[str, Arm] = {pdf: ours(site, "-s"), docx: made(peers, "docx")}
    arms |= {theirs: made(peers, "pdf")} if typst else {}
    some, alone = "hornbook build, PDF, some lessons", "one WeasyPrint process a PDF, as many"
    arms[some] = ours(site, "-s", "--format", "pdf", *(folder.name for folder in few))
    arms[alone] = one_process_a_file(peers, names)
    for warm in (ours(site, "-s", folders[0].name), one_process_a_file(peers, names[:1])):
        warm()  # compiles the modules, which a later build finds compiled
    found = rounds(arms, asked.rounds)
    files = 2 * len(folders)
    rows = {pdf: (found[pdf], 2 * files)}
    if typst:
        rows["pandoc and Typst to PDF, pandoc to DOCX, make -j"] = (summed(found[theirs], found[docx]), 2 * files)
        rows["  of it " + theirs] = (found[theirs], files)
    rows["  of it " + docx] = (found[docx], files)
    yield from table(f"{len(folders)} lessons, students and teachers", rows)
    yield from table(f"{len(few)} of them", {name: (found[name], len(names)) for name in (some, alone)})


def changed(root: Path, folders: Sequence[Path], typst: Sequence[str], asked: argparse.Namespace) -> Iterator[str]:
    """Yield the table of one paragraph changed."""
    site, peers = root / "project", root / "peers"
    (site / "hornbook.toml").write_text('title = "Benchmark"\ntargets = ["handout.pdf"]\neditions = ["student"]\n')
    middle = folders[len(folders) // 2]
    article = middle / "article.md"
    write_sources([middle], peers)
    write_makefile(peers, typst)
    name = f"{middle.name}-student"
    sys.stderr.write("one build to begin with\n")
    ours(site, "-s")()
    counter = iter(range(10**6))

    def edited(path: Path, arm: Arm) -> Arm:
        """Return `arm` after a paragraph of the file at `path` was given another word."""

        def after() -> Cost:
            words, said = path.read_text("utf-8"), next(counter)
            last = re.findall(r"(?m)^[A-Z][a-z].{80,}$", words)[-1]
            path.write_text(words.replace(last, f"{last} Again{said}."), "utf-8")
            return arm()

        return after

    arms = {
        "hornbook build": edited(article, ours(site, "-s", fresh=False)),
        "hornbook build FILE": edited(article, ours(site, "-s", f"output/{middle.name}/handout.pdf", fresh=False)),
    }
    if typst:
        arms["make FILE, by pandoc and Typst"] = edited(
            peers / f"{name}.md", lambda: timed(["make", "-s", f"{name}.pdf"], peers)
        )
    found = rounds(arms, asked.rounds)
    with watched(site, f"output/{middle.name}/handout.pdf") as arm:  # alone, or it would build what the others edit
        found |= rounds({"hornbook build --watch FILE": edited(article, arm)}, asked.rounds)
    yield from table(f"one paragraph of {len(folders)} lessons changed", {k: (v, 1) for k, v in found.items()})


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lessons", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=("full", "changed"), action="append", help="which; both if not said")
    parser.add_argument("--alone", type=int, default=10, help="lessons for one process a file")
    parser.add_argument("--inputs", type=Path, default=ARTICLES)
    parser.add_argument("--typst-python", default="", help="an interpreter that has the wheel `typst`")
    asked = parser.parse_args()
    if not asked.inputs.is_dir():
        sys.exit(f"no inputs: {asked.inputs}")
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder:
        root = Path(folder)
        typst = typst_command(asked.typst_python, root)
        versions = [f"{name} {importlib.metadata.version(name)}" for name in ("weasyprint", "python-docx")]
        told = [
            f"{platform.machine()}, {CORES} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}",
            ", ".join([*versions, f"pandoc {pypandoc.get_pandoc_version()}", version_of(typst)]),
            f"{asked.lessons} lessons, medians of {asked.rounds} rounds",
        ]
        folders = make_project(root / "project", asked.inputs, asked.lessons)
        parts = {"full": full, "changed": changed}
        for name in asked.part or parts:
            shutil.rmtree(root / "peers", ignore_errors=True)
            told += parts[name](root, folders, typst, asked)
        sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
