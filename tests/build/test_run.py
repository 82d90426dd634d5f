"""Making targets: each on its own, so that one that fails costs no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from sandbox import Sandbox

from toolkit import formats
from toolkit.build import making
from toolkit.build.run import Job, Outcome, run
from toolkit.build.store import RECORD, Store, Written
from toolkit.build.targets import Target, parse
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.printout import Edition, Printout
from toolkit.model.project import Project
from toolkit.source import lesson as lesson_source

FILES = ("handout.html", "worksheet.html", "handout-teacher.html")


def jobs(sandbox: Sandbox, *files: str) -> list[Job]:
    loaded = lesson_source.load(sandbox.lesson(), Project())
    kinds = [kind for file in files if (kind := parse(file))]
    return [Job(Target("river", kind), loaded, Edition(kind.audience)) for kind in kinds]


@pytest.fixture
def folder(sandbox: Sandbox) -> Path:
    return sandbox.root / "output"


def built(sandbox: Sandbox, *files: str) -> list[Outcome]:
    return run(jobs(sandbox, *(files or FILES)), Store(sandbox.root / "output"), lambda _: None)


def test_every_job_is_made_and_told(sandbox: Sandbox, folder: Path) -> None:
    told: list[Outcome] = []
    outcomes = run(jobs(sandbox, *FILES), Store(folder), told.append)
    assert told == outcomes
    assert [(o.target.kind.file, o.failed, o.kept, o.stored and o.stored.written) for o in outcomes] == [
        (file, False, False, Written.NEW) for file in FILES
    ]
    assert sorted(p.name for p in (folder / "river").iterdir()) == sorted(FILES)


def test_the_same_lesson_gives_the_same_bytes(sandbox: Sandbox) -> None:
    built(sandbox)
    assert [outcome.stored and outcome.stored.written for outcome in built(sandbox)] == [Written.SAME] * 3


def fail(monkeypatch: pytest.MonkeyPatch, fault: BaseException, file: str = "worksheet.html") -> None:
    """Make the writer of one target fail."""

    def writer(name: str) -> object:
        def write(printout: Printout, report: object) -> bytes:
            kind = parse(file)
            if kind and (printout.sheet, printout.audience) == (kind.sheet, kind.audience):
                raise fault
            return formats.writer(name)(printout, report)  # type: ignore[arg-type]  # passed through

        return write

    monkeypatch.setattr(making, "writer", writer)


@pytest.mark.parametrize(
    "fault",
    [ValueError("odd"), RecursionError(), MemoryError(), KeyError("x"), LessonError([Diagnostic("B703", "odd")])],
)
def test_a_target_that_fails_costs_no_other(
    sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    fail(monkeypatch, fault)
    outcomes = built(sandbox)
    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    (said,) = outcomes[1].diagnostics
    assert said.severity is Severity.ERROR
    assert said.code == {LessonError: "B703", MemoryError: "B707"}.get(type(fault), "B701")
    assert not (folder / "river/worksheet.html").exists()


def test_a_fault_of_the_program_says_so(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, ValueError("odd"))
    (said,) = built(sandbox)[1].diagnostics
    assert said.message == "river/worksheet.html could not be made: ValueError: odd"
    assert "not of the lesson" in said.hint


def test_an_old_file_stays_where_the_new_one_fails(
    sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(sandbox)
    before = (folder / "river/worksheet.html").read_bytes()
    fail(monkeypatch, ValueError("odd"))
    built(sandbox)
    assert (folder / "river/worksheet.html").read_bytes() == before


def test_an_interrupted_build_keeps_its_record(sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        built(sandbox)
    assert Store(folder).names() == ["river/handout.html"]
    assert sorted(p.name for p in folder.rglob(".*")) == [RECORD]


def test_a_writer_that_reports_an_error_makes_no_file(
    sandbox: Sandbox, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_: Printout, report: object) -> bytes:
        assert callable(report)
        report(Diagnostic("B702", "no font has it", address="sections/1/heading"))
        return b"all the same"

    monkeypatch.setattr(making, "writer", lambda _: write)
    (outcome,) = built(sandbox, "handout.html")
    assert outcome.failed
    assert not folder.exists()
    assert outcome.diagnostics[0].span
    assert outcome.diagnostics[0].span.line == 6, "the place in the author's file"


def test_a_warning_is_told_and_the_file_is_made(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_: Printout, report: object) -> bytes:
        assert callable(report)
        report(Diagnostic("B705", "narrow", severity=Severity.WARNING))
        return b"page"

    monkeypatch.setattr(making, "writer", lambda _: write)
    (outcome,) = built(sandbox, "handout.html")
    assert not outcome.failed
    assert [d.code for d in outcome.diagnostics] == ["B705"]


def test_nothing_written_is_a_failure(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "writer", lambda _: lambda *_: b"")
    (outcome,) = built(sandbox, "handout.html")
    assert [d.message for d in outcome.diagnostics] == ["river/handout.html could not be made: nothing was written"]


def test_what_is_in_the_way_is_one_failure(sandbox: Sandbox, folder: Path) -> None:
    (folder / "river/worksheet.html").mkdir(parents=True)
    outcomes = built(sandbox)
    assert [outcome.failed for outcome in outcomes] == [False, True, False]
    (said,) = outcomes[1].diagnostics
    assert said.message == "river/worksheet.html could not be written: a folder is in its place"


def test_an_edited_file_is_kept_and_said(sandbox: Sandbox, folder: Path) -> None:
    built(sandbox)
    (folder / "river/worksheet.html").write_text("mine")
    outcomes = built(sandbox)
    assert [outcome.kept for outcome in outcomes] == [False, True, False]
    (said,) = outcomes[1].diagnostics
    assert (said.code, said.severity) == ("B704", Severity.WARNING)
    assert said.message.endswith("output/river/worksheet.html was edited since it was built and is kept")
    assert "output/river/worksheet.new.html; --overwrite" in said.hint
