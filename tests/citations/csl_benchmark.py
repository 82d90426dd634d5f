"""What styles cost: `python tests/citations/csl_benchmark.py [LESSONS]` prints seconds of processor a lesson.

Each lesson is the sample lesson with ten sources of its own, every one of which is cited once. Cold: the engine
runs, nothing is kept. Cached: another process asked before, and the answer is read from the disk. Both are what
composing takes longer than in the plain style.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.compose import compose
from toolkit.formats import writer
from toolkit.model import text as t
from toolkit.model.fields import FrozenMap
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.model.records import SourceRecord
from toolkit.source import answers, citeproc, styles
from toolkit.source import lesson as lesson_source
from toolkit.source.answers import Answers

SAMPLE = Path(__file__).parents[2] / "lessons" / "vietnam-leaves-cambodia" / "lesson.yaml"
REFERENCES = 10


def lessons(count: int, style: str) -> list[Lesson]:
    """Return `count` lessons in `style`, each with sources that no other has."""
    first = lesson_source.load(SAMPLE, Project()).lesson
    found = styles.find(style, SAMPLE.parent, None)
    return [replace(_with_sources(first, n), style=found) for n in range(count)]


def _with_sources(lesson: Lesson, number: int) -> Lesson:
    pool = list(lesson.sources.values())
    records: dict[str, SourceRecord] = dict(lesson.sources)
    for n in range(REFERENCES - len(pool)):
        like = pool[n % len(pool)]
        records[f"more{n}"] = like.model_copy(update={"title": f"{like.title}, Part {n}"})
    records = {key: r.model_copy(update={"publisher": f"Press {number}"}) for key, r in records.items()}
    cites = tuple(t.Paragraph((t.Text("It is said "), t.Citation((t.Cite(key),)), t.Text("."))) for key in records)
    article = replace(lesson.article, opening=(*lesson.article.opening, *cites))
    return replace(lesson, article=article, sources=FrozenMap(records))


def seconds(work: Callable[[Lesson], object], on: list[Lesson]) -> float:
    """Return the processor time of `work` on each lesson, in seconds: ours and the engine's."""
    started = spent()
    for lesson in on:
        work(lesson)
    return (spent() - started) / len(on)


def spent() -> float:
    """Return the processor time of this process and of its engine, in seconds (proc(5), /proc/pid/stat)."""
    engine = citeproc.worker()._process
    if engine is None:
        return time.process_time()
    fields = Path(f"/proc/{engine.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def handout(lesson: Lesson) -> object:
    """Return the student's handout of `lesson`."""
    return compose(lesson, "handout", Edition())


def measured(style: str, count: int) -> tuple[float, float, float]:
    """Return seconds a lesson: cold and cached, over the plain style, and the PDF's."""
    some = lessons(count, style)
    plain = [replace(lesson, style=None) for lesson in some]
    handout(plain[0])
    base = seconds(handout, plain)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:

        def fresh() -> None:
            # The one engine of this process with nothing in memory, as another process finds it.
            kept = Answers(citeproc.worker(), citeproc.version(), Path(folder))
            patch.setattr(answers, "_answers", lambda home: kept)

        fresh()
        handout(replace(some[0], spec=some[0].spec.model_copy(update={"language": "en-GB"})))  # the engine is up
        cold = seconds(handout, some) - base
        fresh()
        cached = seconds(handout, some) - base
        pdf = writer("pdf")
        pages = [compose(lesson, "handout", Edition()) for lesson in some[: max(3, count // 10)]]
        pdf(pages[0], lambda _: None)
        started = spent()
        for page in pages:
            pdf(page, lambda _: None)
        return cold, cached, (spent() - started) / len(pages)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'style':<20} {'cold':>9} {'cached':>9} {'PDF':>8}   of the PDF")  # noqa: T201  # a command
    for name in ("mla", "apa", "chicago-author-date", "chicago", "turabian"):
        cold, cached, page = measured(name, size)
        shares = f"{100 * cold / page:5.1f} % {100 * cached / page:5.2f} %"
        print(f"{name:<20} {1e3 * cold:6.0f} ms {1e3 * cached:6.1f} ms {page:6.2f} s   {shares}")  # noqa: T201
