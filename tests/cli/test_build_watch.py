"""`build --watch` in a process of its own: it builds what is saved, tells what is wrong, and ends with Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox import ARTICLE, LESSON, Sandbox, command, environment

from toolkit.build import vigil
from toolkit.source.observing import CONTENT, LISTING, PROBE

PATIENCE = 60.0  # s; a machine may be busy


class Watching:
    """A watch that runs, and what it says, line by line."""

    def __init__(self, sandbox: Sandbox, *args: str) -> None:
        self.process = subprocess.Popen(
            command("build", "--watch", *args), cwd=sandbox.root, env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0,
        )  # fmt: skip  # reads as a call
        self.lines: queue.Queue[str] = queue.Queue()
        self.heard: list[str] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as said:
            for line in said:
                self.lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """Return the lines up to one with `words`."""
        heard: list[str] = []
        end = time.monotonic() + PATIENCE
        while not heard or words not in heard[-1]:
            try:
                heard.append(self.lines.get(timeout=max(0.0, end - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"no {words!r} in {heard}, status {self.process.poll()}")
        self.heard += heard
        return heard

    def close(self) -> None:
        """Kill it, if it runs still."""
        self.process.kill()
        self.process.wait()
        self._listener.join(PATIENCE)

    def end(self) -> int:
        """Interrupt it, and return its status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def children(pid: int) -> list[int]:
    """Return the processes that `pid` started, and theirs."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += [int(stat.parent.name), *children(int(stat.parent.name))]
    return found


@pytest.fixture
def watching(sandbox: Sandbox) -> Iterator[Watching]:
    sandbox.put("hornbook.toml", 'targets = ["handout.html"]\neditions = ["student"]\n')
    sandbox.lesson()
    one = Watching(sandbox)
    yield one
    one.close()


def test_it_builds_what_is_saved_and_tells_what_is_wrong(sandbox: Sandbox, watching: Watching) -> None:
    handout = sandbox.root / "output/river/handout.html"
    watching.until("watching for changes")
    sandbox.put("lessons/river/article.md", ARTICLE.replace("older", "wider"))
    assert "changed    output/river/handout.html" in watching.until("up to date")
    assert "wider than the town" in handout.read_text("utf-8")
    # A fault is told once, also where something else is built meanwhile.
    sandbox.put("lessons/river/lesson.yaml", LESSON.replace("title:", "titel:"))
    assert "lessons/river/lesson.yaml:1" in "\n".join(watching.until("1 lesson at fault"))
    sandbox.lesson(slug="delta")
    said = watching.until("1 lesson at fault")
    assert "made       output/delta/handout.html" in said
    assert "lesson.yaml:1" not in "\n".join(said)
    sandbox.put("lessons/river/lesson.yaml", LESSON.replace("River Bends", "River Turns"))
    assert "changed    output/river/handout.html" in watching.until("2 files up to date")
    assert "River Turns" in handout.read_text("utf-8")
    # The project's file too.
    sandbox.put("hornbook.toml", "targets = [\n")
    watching.until("hornbook.toml:")
    sandbox.put("hornbook.toml", 'targets = ["worksheet.html"]\neditions = ["student"]\n')
    assert "made       output/river/worksheet.html" in watching.until("2 files up to date")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no /proc to find processes in")
def test_an_interrupt_ends_it_with_all_that_it_started(watching: Watching) -> None:
    watching.until("watching for changes")
    end = time.monotonic() + PATIENCE
    while len(found := children(watching.process.pid)) < 2 and time.monotonic() < end:
        time.sleep(0.05)
    assert len(found) >= 2  # the server, and workers: they are there before there is work
    assert watching.end() == 130
    assert watching.until("interrupted")
    time.sleep(0.2)
    assert [pid for pid in found if Path(f"/proc/{pid}").exists() and _alive(pid)] == []


def _alive(pid: int) -> bool:
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")


def test_a_watch_does_not_go_with_questions(sandbox: Sandbox) -> None:
    sandbox.lesson()
    for flag in ("-n", "-q"):
        result = sandbox.run("build", "--watch", flag)
        assert (result.code, "--watch builds" in result.err) == (2, True)


def test_a_save_in_several_writes_is_one_change(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("one", "utf-8")
    places = [(CONTENT, str(path)), (PROBE, str(tmp_path)), (LISTING, str(tmp_path))]
    before = vigil.look(places)

    def save() -> None:
        for number in range(8):
            path.write_text("two " * number, "utf-8")
            time.sleep(0.02)

    writer = threading.Thread(target=save)
    writer.start()
    vigil.wait(places, before, time.time_ns())
    assert not writer.is_alive()
    assert path.read_text("utf-8") == "two " * 7


def test_a_place_that_a_build_saw_first_has_changed_if_it_changed_while_it_ran(tmp_path: Path) -> None:
    path = tmp_path / "new.png"
    path.write_bytes(b"x")
    begun = time.time_ns() - 10**9
    vigil.wait([(CONTENT, str(path))], {}, begun)  # returns: the picture was put there since
    os.utime(path, (1, 1))
    waiter = threading.Thread(
        target=vigil.wait, args=([(CONTENT, str(path))], {}, time.time_ns() + 10**10), daemon=True
    )
    waiter.start()
    waiter.join(0.5)
    assert waiter.is_alive()
    path.unlink()
    waiter.join(PATIENCE)
    assert not waiter.is_alive()
