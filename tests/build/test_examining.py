"""A sealed file says by itself whether somebody worked on it; the record is asked where a file cannot say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from sandbox import LESSON, Sandbox

from toolkit.build.examining import lock, ours, sealed
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
    """Return the stamp of a file without what the file was built from, and what that is known by."""
    stamp = read_stamp(data)
    return replace(stamp, properties=Stamp("", "", "").properties, key="") if stamp else None


def test_what_is_built_is_sealed(project: Sandbox) -> None:
    data = worksheet(project).read_bytes()
    assert state(data) is State.PRISTINE
    stamp = read_stamp(data)
    assert stamp
    assert stamp.key, "what was printed is known by a digest"
    assert named(data) == Stamp("river", "worksheet", "student")


def test_a_students_file_does_not_depend_on_the_answers(project: Sandbox) -> None:
    before = worksheet(project).read_bytes()
    assert "answer: " in LESSON
    project.lesson(re.sub(r"answer: .*", "answer: Another answer altogether.", LESSON))
    assert project.run("build", "-B").code == 0
    assert worksheet(project).read_bytes() == before


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


# -- open in a word processor

OWNERS = {"Word": "~$rksheet.docx", "in front": "~$worksheet.docx", "LibreOffice": ".~lock.worksheet.docx#"}


@pytest.mark.parametrize("program", OWNERS)
def test_a_file_that_is_open_is_skipped_until_it_is_closed(project: Sandbox, program: str) -> None:
    owner = project.put(f"output/river/{OWNERS[program]}", b"\x05Teacher")
    assert project.run("build").code == 0, "there is nothing new to write"
    before = worksheet(project).read_bytes()
    project.lesson(CHANGED)
    result = project.run("build")
    assert (result.code, result.out) == (3, "skipped    output/river/worksheet.docx\n")
    said = " ".join(result.err.split())
    assert "warning[B710]: output/river/worksheet.docx is open in a word processor and was left as it is" in said
    assert f"if nobody has it open, delete output/river/{OWNERS[program]}" in said
    assert said.endswith("0 files up to date, 1 skipped because open")
    assert worksheet(project).read_bytes() == before
    owner.unlink()
    assert project.run("build").code == 0
    assert worksheet(project).read_bytes() != before


def test_an_edited_file_that_is_open_is_skipped(project: Sandbox) -> None:
    mine = typed_into(worksheet(project))
    project.put("output/river/~$rksheet.docx", b"\x05Teacher")
    for args in (("build",), ("build", "--overwrite", "output/river/worksheet.docx")):
        assert project.run(*args).code == 3
        assert worksheet(project).read_bytes() == mine
        assert not (project.root / "output/river/worksheet.new.docx").exists()


def test_the_new_file_beside_may_be_the_open_one(project: Sandbox) -> None:
    typed_into(worksheet(project))
    project.run("build")
    project.put("output/river/~$rksheet.new.docx", b"\x05Teacher")
    project.lesson(CHANGED)
    result = project.run("build")
    assert (result.code, result.out) == (3, "skipped    output/river/worksheet.new.docx\n")


def test_an_owner_file_that_was_left_behind_stops_no_file_from_being_made(project: Sandbox) -> None:
    worksheet(project).unlink()
    project.put("output/river/~$rksheet.docx", b"\x05Teacher")
    assert project.run("build").code == 0


@pytest.mark.parametrize(
    ("name", "owner"),
    [("plan.docx", "~$plan.docx"), ("handout.docx", "~$ndout.docx"), ("sheet-1.docx", "~$eet-1.docx")],
)
def test_word_shortens_long_names(tmp_path: Path, name: str, owner: str) -> None:
    (tmp_path / name).touch()
    assert lock(tmp_path / name) is None
    (tmp_path / owner).touch()
    assert lock(tmp_path / name) == tmp_path / owner


# -- written over when it is asked for


def test_an_edited_file_that_is_named_is_written_over(project: Sandbox) -> None:
    mine = typed_into(worksheet(project))
    result = project.run("build", "--overwrite", "output/river/worksheet.docx")
    assert (result.code, result.out) == (0, "changed    output/river/worksheet.docx\n")
    assert worksheet(project).read_bytes() != mine
    assert project.files() == ["river/worksheet.docx"]


def test_no_other_file_is_written_over(project: Sandbox) -> None:
    project.lesson(slug="sea")
    project.run("build")
    mine = typed_into(project.root / "output/sea/worksheet.docx")
    assert project.run("build", "--overwrite", "output/river/worksheet.docx").code == 0
    assert (project.root / "output/sea/worksheet.docx").read_bytes() == mine


@pytest.mark.parametrize("targets", [(), ("river",), ("output/river/worksheet.docx", "river")])
def test_files_to_write_over_are_named_one_by_one(project: Sandbox, targets: tuple[str, ...]) -> None:
    mine = typed_into(worksheet(project))
    result = project.run("build", "--overwrite", *targets)
    assert (result.code, result.out) == (2, "")
    assert "--overwrite wants the names of the files to replace" in result.err
    assert worksheet(project).read_bytes() == mine
