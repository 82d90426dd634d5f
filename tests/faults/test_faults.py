"""What a build promises, whatever happens to it; and that a naive build promises none of it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import docx
import pytest
from rig import CODE, HORNBOOK, LEFT, LOST, NAIVE, SILENT, STALE, STOPPED, TORN, TRACEBACK, UNLIKE, Rig
from sandbox import LESSON, Sandbox

Recipe: TypeAlias = Callable[[Rig], Generator[str]]


def told(run: subprocess.CompletedProcess[str], words: str) -> Iterator[str]:
    """Yield what is wrong with how a failure was told: in a line with `words`, and a status that is not 0."""
    if "Traceback" in run.stderr or "Exception ignored" in run.stderr:
        yield TRACEBACK
    if words not in run.stderr:
        yield SILENT
    if run.returncode == 0:
        yield CODE


def unless_whole(rig: Rig, words: str) -> Iterator[str]:
    """Yield what is wrong with the files after a build that should have made all of them say `words`."""
    if rig.torn():
        yield TORN
    if rig.without(words):
        yield STALE
    if rig.left():
        yield LEFT


def killed(rig: Rig) -> Generator[str]:
    """f01: kill -9 at random moments, while the lessons change."""
    moment = random.Random(1)
    rig.build()
    for number in range(1, 7):
        rig.write(f"round {number}")
        process = rig.start("-j", "2")
        try:
            process.wait(moment.uniform(0.5, 4.0))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        if rig.torn():
            yield TORN
    rig.write("the end")
    run = rig.build()
    if "kept" in run.stdout + run.stderr:
        yield LOST
    yield from unless_whole(rig, "the end")


def interrupted_while_writing(rig: Rig) -> Generator[str]:
    """f01, at the worst moment: kill -9 while a page is being made."""
    rig.build()
    rig.write("round 1")
    mark = rig.root / "mark"
    process = rig.start(env=rig.planted(HORNBOOK_PAUSE=str(mark)))
    rig.wait_for(mark, process)
    process.kill()
    process.communicate()
    if rig.torn():
        yield TORN
    rig.build()
    yield from unless_whole(rig, "round 1")


def full_disk(rig: Rig) -> Generator[str]:
    """f02: a disk that is full, and has room again."""
    rig.output.mkdir()
    if os.getuid() or not shutil.which("mount"):
        pytest.skip("UNTESTED: only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", rig.output], check=False)
    if mounted.returncode:
        pytest.skip("UNTESTED: this machine mounts no tmpfs")
    try:
        yield from told(rig.build(), "No space left on device")
        if rig.torn():
            yield TORN
        subprocess.run(["mount", "-o", "remount,size=8m", rig.output], check=True)
        rig.build()
        yield from unless_whole(rig, "round 0")
    finally:
        subprocess.run(["umount", rig.output], check=True)


def small_files(rig: Rig) -> Generator[str]:
    """f14: no file may be larger than 16 KB, as on some shared machines."""
    rig.build()
    before = rig.files()
    rig.write("round 1")
    yield from told(rig.shell("ulimit -f 16; {}"), "could not be written: File too large")
    if rig.files() != before:
        yield LOST
    rig.build()
    yield from unless_whole(rig, "round 1")


def read_only(rig: Rig) -> Generator[str]:
    """f03: an output folder that may not be written to."""
    words: list[str] = []
    if os.getuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("UNTESTED: root may write everywhere, and there is no setpriv to be somebody else")
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    rig.build()
    before = rig.files()
    rig.write("round 1")
    folders = [rig.root, *(path for path in rig.root.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield from told(rig.build(before=words), "Permission denied")
    finally:
        for folder in folders:
            folder.chmod(0o755)
    if rig.files() != before:
        yield LOST


def clock(rig: Rig) -> Generator[str]:
    """f05: times that lie: outputs of the future, and an edit that keeps size and time."""
    rig.build()
    for name in rig.sandbox.files():
        os.utime(rig.output / name, (2e9, 2e9))
    for slug in rig.slugs:
        path = rig.root / f"lessons/{slug}/article.md"
        before = path.stat()
        path.write_text(path.read_text().replace("round 0", "round 1"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    run = rig.build()
    if run.returncode:
        yield CODE
    yield from unless_whole(rig, "round 1")


def changing_input(rig: Rig) -> Generator[str]:
    """f06: a lesson that is saved while its files are made."""
    mark = rig.root / "mark"
    process = rig.start(env=rig.planted(HORNBOOK_PAUSE=str(mark)))
    rig.wait_for(mark, process)
    rig.write("round 1")
    (mark / "go").mkdir()
    process.communicate()
    rig.build()
    yield from unless_whole(rig, "round 1")


def hand_edit(rig: Rig) -> Generator[str]:
    """f07: a worksheet that a teacher has edited in Word, of a lesson that changes."""
    rig.forms = ["docx"]
    rig.build()
    path = rig.output / "a01/worksheet.docx"
    document = docx.Document(str(path))
    document.add_paragraph("A question of my own.")
    document.save(str(path))
    edited = path.read_bytes()
    rig.sandbox.lesson(LESSON.replace("Why does", "How does"), slug="a01")
    run = rig.build()
    if path.read_bytes() != edited:
        yield LOST
    if run.returncode != 3 or not path.with_name("worksheet.new.docx").exists():
        yield CODE


def bad_lesson(rig: Rig) -> Generator[str]:
    """f09: a lesson that is at fault, and one that ends the process that makes it."""
    rig.sandbox.lesson("title: [\n", slug="a00")
    faults = rig.planted(HORNBOOK_FAULT="a01 handout kill")
    run = rig.build("-j", "2", env=faults)
    yield from told(run, "a00/lesson.yaml:")
    if "a02/handout.html" not in rig.sandbox.files():
        yield STOPPED


def refusing_disk(rig: Rig) -> Generator[str]:
    """f10: a disk that fails to keep what was written, and a file that another program has open."""
    strace = [shutil.which("strace") or "", "-o", os.devnull, "-e", "signal=none"]
    if not strace[0] or subprocess.run([*strace, "true"], check=False, capture_output=True).returncode:
        pytest.skip("UNTESTED: there is no strace here that may trace, to inject faults with")
    rig.build()
    before = rig.files()
    for calls, error, words in (("fsync", "EIO", "Input/output error"), ("rename", "EACCES", "Permission denied")):
        rig.write("round 1")
        run = rig.build(before=[*strace, "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}"])
        yield from told(run, words)
        if rig.files() != before:
            yield LOST
        if rig.left():
            yield LEFT
    rig.build()
    yield from unless_whole(rig, "round 1")


def interrupted(rig: Rig) -> Generator[str]:
    """f11: Ctrl-C, and the polite end that systems ask for."""
    mark = rig.root / "mark"
    for number in (signal.SIGINT, signal.SIGTERM):
        rig.write(number.name)
        process = rig.start("-j", "2", env=rig.planted(HORNBOOK_PAUSE=str(mark)))
        rig.wait_for(mark, process)
        process.send_signal(number)
        _, err = process.communicate()
        mark.rmdir()
        if "Traceback" in err:
            yield TRACEBACK
        if process.returncode != 130:
            yield CODE
        if rig.left():
            yield LEFT
        if rig.torn():
            yield TORN


def closed_output(rig: Rig) -> Generator[str]:
    """f11: standard output that is full, closed, or not read to its end."""
    for line in ("{} >/dev/full", "{} >&-", "{} | head -c 1 >/dev/null"):
        rig.write(line)
        run = rig.shell(line)
        if "Traceback" in run.stderr or "Exception ignored" in run.stderr:
            yield TRACEBACK


def same_bytes(rig: Rig) -> Generator[str]:
    """f12: another time zone, locale, hash seed, home and number of jobs."""
    first: dict[str, bytes] = {}
    for jobs, *words in (
        ("1", "TZ=UTC", "PYTHONHASHSEED=1"),
        ("3", "TZ=Pacific/Kiritimati", "PYTHONHASHSEED=2", "LC_ALL=C", "HOME=/nonexistent"),
    ):
        shutil.rmtree(rig.output, ignore_errors=True)
        run = rig.build("-j", jobs, env=dict(word.split("=") for word in words))
        if run.returncode:
            yield CODE
        if (first := first or rig.files()) != rig.files():
            yield UNLIKE


def in_the_way(rig: Rig) -> Generator[str]:
    """f14: a folder and a link where files should go."""
    mine = rig.sandbox.put("mine.txt", "my own text")
    os.utime(mine, (1e9, 1e9))
    (rig.output / "a00/handout.html").mkdir(parents=True)
    (rig.output / "a01").mkdir()
    (rig.output / "a01/handout.html").symlink_to(mine)
    run = rig.build()
    yield from told(run, "a00/handout.html could not be written: a folder is in its place")
    if mine.read_text() != "my own text":
        yield LOST
    if "a02/handout.html" not in rig.sandbox.files():
        yield STOPPED


# What a naive build does under each.
RECIPES: Mapping[str, tuple[Recipe, str]] = MappingProxyType(
    {
        "killed": (killed, TORN),
        "killed while writing": (interrupted_while_writing, TORN),
        "full disk": (full_disk, TORN),
        "small files": (small_files, LOST),
        "read only": (read_only, TRACEBACK),
        "clock": (clock, STALE),
        "changing input": (changing_input, STALE),
        "hand edit": (hand_edit, LOST),
        "bad lesson": (bad_lesson, STOPPED),
        "refusing disk": (refusing_disk, SILENT),
        "interrupted": (interrupted, TRACEBACK),
        "closed output": (closed_output, TRACEBACK),
        "same bytes": (same_bytes, UNLIKE),
        "in the way": (in_the_way, LOST),
    }
)
LONG = {"killed"}
MANY = {"killed": 5, "full disk": 8}  # lessons
NAMES = [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in RECIPES]


@pytest.fixture
def open_to_all() -> Iterator[Sandbox]:
    """Return a project that somebody without rights can reach too."""
    with tempfile.TemporaryDirectory(prefix="hornbook-test-") as folder:
        Path(folder).chmod(0o755)
        yield Sandbox(Path(folder))


@pytest.mark.parametrize("name", NAMES)
def test_a_build_keeps_its_promises(name: str, open_to_all: Sandbox) -> None:
    assert [*RECIPES[name][0](Rig(open_to_all, HORNBOOK, MANY.get(name, 3)))] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_naive_build_does_not(name: str, open_to_all: Sandbox) -> None:
    recipe, breaks = RECIPES[name]
    with contextlib.closing(recipe(Rig(open_to_all, NAIVE, MANY.get(name, 3)))) as broken:
        assert any(promise == breaks for promise in broken), "the recipe proves nothing"


def test_the_naive_build_builds(sandbox: Sandbox) -> None:
    rig = Rig(sandbox, NAIVE)
    run = rig.build()
    assert (run.returncode, run.stderr) == (0, "")
    assert len(rig.files()) == 6
    assert rig.torn() == rig.without("round 0") == []
