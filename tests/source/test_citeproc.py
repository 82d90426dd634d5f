"""The citation engine as a process: it stays, comes back once, gives up in time, and leaves nothing behind."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sandbox import REPOSITORY, environment

from toolkit.citations.asking import EngineError, Place, Question
from toolkit.model.style import CitationStyle
from toolkit.model.text import Citation, Cite, Emphasis, Text, plain
from toolkit.source import citeproc, styles
from toolkit.source.citeproc import Worker

ITEMS = ({"id": "reed", "type": "book", "title": "Water", "author": [{"family": "Reed", "given": "Ada"}],
          "publisher": "Press", "issued": {"date-parts": [[1950]]}},)  # fmt: skip  # an item reads as a line


def style(name: str = "apa") -> CitationStyle:
    found = styles.find(name, Path("/"), None)
    assert found
    return found


def question(csl: CitationStyle | None = None) -> Question:
    return Question(csl or style(), "en", ITEMS, (Place((Citation((Cite("reed", "see", "3-4"),)),)),))


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(citeproc.worker()._command)
    yield made
    made.close()


def stand_in(folder: Path, script: str) -> Worker:
    """Return a worker whose process is a script of ours in place of pandoc."""
    path = folder / "pandoc"
    path.write_text(f"#!{sys.executable}\n{script}", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Worker((str(path),), patience=3.0)


def test_an_answer_is_text_nodes(worker: Worker) -> None:
    answer = worker.ask(question())
    assert answer.citations == ((Text("(see Reed, 1950, pp. 3–4)"),),)
    entry = (Text("Reed, A. (1950). "), Emphasis((Text("Water"),)), Text(". Press."))
    assert answer.entries == (("reed", entry),)


def test_one_process_serves_every_question(worker: Worker) -> None:
    worker.ask(question())
    first = worker._process
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(worker.ask, [question(), question(style("mla"))] * 4))
    assert worker._process is first
    assert [plain(answer.citations[0]) for answer in answers[:2]] == ["(see Reed, 1950, pp. 3–4)", "(see Reed 3–4)"]


def test_a_process_that_was_killed_is_started_once_more(worker: Worker) -> None:
    worker.ask(question())
    assert worker._process
    worker._process.kill()
    worker._process.wait()
    assert worker.ask(question()).entries


def test_a_style_that_the_engine_refuses_is_an_error_and_the_process_stays(worker: Worker) -> None:
    broken = CitationStyle("house", "house", "<style/>", notes=False, lists=True, sentence_case=False)
    with pytest.raises(EngineError):
        worker.ask(question(broken))
    assert worker._process
    assert worker._process.poll() is None
    assert worker.ask(question()).entries


def test_a_process_that_ends_is_tried_twice(tmp_path: Path) -> None:
    worker = stand_in(tmp_path, f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); input()")
    with pytest.raises(EngineError, match="ended without an answer"):
        worker.ask(question())
    assert (tmp_path / "starts").read_text() == "xx"


def test_a_process_that_does_not_answer_is_ended(tmp_path: Path) -> None:
    worker = stand_in(tmp_path, "import time; time.sleep(60)")
    worker._patience = 0.4
    with pytest.raises(EngineError, match=r"no answer in 0\.4 seconds"):
        worker.ask(question())
    assert worker._process is None


@pytest.mark.parametrize("line", ["not JSON", "[]", "{}", '{"blocks": [{"t": "Para", "c": [{"t": "Cite"}]}]}'])
def test_an_answer_that_is_none_is_an_error(tmp_path: Path, line: str) -> None:
    worker = stand_in(tmp_path, f"while input(): print({line!r}, flush=True)")
    with pytest.raises(EngineError, match="cannot be read"):
        worker.ask(question())
    worker.close()


def test_a_program_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be started"):
        Worker((str(tmp_path / "nowhere"),)).ask(question())


def test_a_question_larger_than_a_pipe_is_asked(worker: Worker) -> None:
    items = tuple({**ITEMS[0], "id": f"reed{n}", "abstract": "x" * 1000} for n in range(300))
    answer = worker.ask(Question(style("mla"), "en", items, ()))
    assert len(answer.entries) == 300


def test_nothing_is_asked_of_the_network(worker: Worker) -> None:
    """A sheet that names its parent makes the engine fetch it; the styles of ours are resolved, and this one fails."""
    dependent = (REPOSITORY / "templates/styles/turabian-author-date.csl").read_text("utf-8")
    dependent = dependent.replace("zotero.org/styles/chicago", "zotero.org/styles/nowhere")
    with pytest.raises(EngineError):
        worker.ask(question(CitationStyle("t", "t", dependent, notes=False, lists=True, sentence_case=False)))


FORKED = """
import multiprocessing, os
from tests_question import question
from toolkit.source import citeproc

def ask(_):
    citeproc.worker().ask(question())
    return os.getpid(), citeproc.worker()._process.pid

if __name__ == "__main__":
    citeproc.worker().ask(question())
    mine = citeproc.worker()._process.pid
    with multiprocessing.get_context("fork").Pool(2) as pool:
        found = dict(pool.map(ask, range(8), chunksize=1))
    citeproc.worker().ask(question())
    assert citeproc.worker()._process.pid == mine, "the parent's process is left alone"
    assert mine not in found.values(), "each child has a process of its own"
    print(mine, *found.values())
"""


def test_a_fork_has_an_engine_of_its_own_and_none_outlives_its_owner(tmp_path: Path) -> None:
    helper = Path(__file__).read_text("utf-8")
    (tmp_path / "tests_question.py").write_text(helper, "utf-8")
    (tmp_path / "forked.py").write_text(FORKED, "utf-8")
    env = environment({"PYTHONPATH": os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "tests"), str(tmp_path)))})
    done = subprocess.run(
        [sys.executable, "-W", "error", "forked.py"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip  # reads as a call
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    for process in done.stdout.split():
        assert not Path(f"/proc/{process}").exists() or not _is_pandoc(int(process))


def _is_pandoc(process: int) -> bool:
    """Return whether a process runs the engine; one that ends this moment does not."""
    try:
        return b"citeproc.lua" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
