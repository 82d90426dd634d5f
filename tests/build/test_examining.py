"""A sealed file says by itself whether somebody worked on it; the record is asked where a file cannot say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sandbox import LESSON, Sandbox

from toolkit.build.examining import ours, sealed
from toolkit.build.store import RECORD
from toolkit.build.targets import Kind, Target
from toolkit.formats import EXAMINERS, FORMATS, SEALERS, examiner, sealer
from toolkit.formats.docx.stamp import read_stamp, state
from toolkit.model.stamp import Stamp, State

CHANGED = LESSON.replace("Why does the water slow?", "Why does the water stop?")


@pytest.fixture
def project(sandbox: Sandbox) -> Sandbox:
    """Return a project with a built worksheet for students."""
    sandbox.put("hornbook.toml", 'targets = ["worksheet.docx"]\neditions = ["student"]\n')
    sandbox.lesson()
    assert sandbox.run("build").code == 0
    return sandbox


def worksheet(project: Sandbox) -> Path:
    return project.root / "output/river/worksheet.docx"


def typed_into(path: Path) -> bytes:
    """Add a paragraph with python-docx, and return the file."""
    document = docx.Document(str(path))
    document.add_paragraph("A question of mine.")
    document.save(str(path))
    return path.read_bytes()


def named(data: bytes) -> Stamp | None:
    """Return the stamp of a file without what the file was built from."""
    stamp = read_stamp(data)
    return replace(stamp, properties=Stamp("", "", "").properties) if stamp else None


def test_what_is_built_is_sealed(project: Sandbox) -> None:
    data = worksheet(project).read_bytes()
    assert state(data) is State.PRISTINE
    assert named(data) == Stamp("river", "worksheet", "student")


def test_the_stamp_names_the_edition(project: Sandbox) -> None:
    project.lesson("versions: 2\n" + LESSON)
    target = "output/river/worksheet-b-large-print.docx"
    assert project.run("build", target).code == 0
    assert named((project.root / target).read_bytes()) == Stamp(
        "river", "worksheet", "student", "B", "core", "large-print"
    )


@pytest.mark.parametrize("record", ["there", "deleted", "damaged"])
def test_a_file_nobody_touched_is_replaced_whatever_the_record(project: Sandbox, record: str) -> None:
    lose(project, record)
    project.lesson(CHANGED)
    result = project.run("build")
    assert (result.code, result.out) == (0, "changed    output/river/worksheet.docx\n")
    assert project.files() == ["river/worksheet.docx"]


@pytest.mark.parametrize("record", ["there", "deleted", "damaged"])
@pytest.mark.parametrize("lesson", [LESSON, CHANGED], ids=["lesson as it was", "lesson changed"])
def test_an_edited_file_is_kept_whatever_the_record(project: Sandbox, record: str, lesson: str) -> None:
    mine = typed_into(worksheet(project))
    lose(project, record)
    project.lesson(lesson)
    result = project.run("build")
    assert (result.code, result.out) == (3, "kept       output/river/worksheet.new.docx\n")
    assert worksheet(project).read_bytes() == mine
    assert state((project.root / "output/river/worksheet.new.docx").read_bytes()) is State.PRISTINE


def lose(project: Sandbox, record: str) -> None:
    path = project.root / "output" / RECORD
    if record == "deleted":
        path.unlink()
    elif record == "damaged":
        path.write_bytes(b"{")


def test_a_pristine_file_of_another_build_in_its_place_is_no_work(project: Sandbox) -> None:
    elsewhere = project.root / "elsewhere"
    project.lesson(CHANGED)
    assert project.run("build", "-o", str(elsewhere)).code == 0
    (elsewhere / "river/worksheet.docx").replace(worksheet(project))
    project.lesson()
    assert project.run("build").code == 0
    assert project.files() == ["river/worksheet.docx"]


def test_a_file_without_a_stamp_is_ours_if_the_record_says_so(tmp_path: Path) -> None:
    path = tmp_path / "worksheet.docx"
    path.write_bytes(b"of an older program")
    assert ours(path, recorded=True)
    assert not ours(path, recorded=False)


def test_clean_removes_a_pristine_file_and_keeps_an_edited_one(project: Sandbox) -> None:
    project.lesson(slug="sea")
    assert project.run("build").code == 0
    typed_into(worksheet(project))
    assert project.run("clean").code == 0
    assert project.files() == ["river/worksheet.docx"]


def test_a_format_without_a_stamp_is_left_as_it_is() -> None:
    assert sealed(b"%PDF", Target("river", Kind("handout", "student", "pdf"))) == b"%PDF"
    assert sealed(b"", Target("river", Kind("handout", "student", "docx"))) == b"", "what could not be made stays so"


def test_every_format_that_is_sealed_is_examined() -> None:
    assert SEALERS.keys() == EXAMINERS.keys() <= FORMATS.keys()
    for name in FORMATS:
        assert callable(sealer(name)) == callable(examiner(name)) == (name in SEALERS)
