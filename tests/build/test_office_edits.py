"""A worksheet that somebody typed into with a real word processor is nobody's to overwrite."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Office
from sandbox import LESSON, Sandbox

from toolkit.build.store import RECORD
from toolkit.formats.docx.archive import unpack
from toolkit.formats.docx.stamp import read_stamp, state
from toolkit.model.stamp import State

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture
def edited(sandbox: Sandbox, office: Office) -> Path:
    """Return a built worksheet with words typed into a question with LibreOffice."""
    sandbox.put("hornbook.toml", 'targets = ["worksheet.docx"]\neditions = ["student"]\n')
    sandbox.lesson()
    assert sandbox.run("build").code == 0
    file = sandbox.root / "output/river/worksheet.docx"
    office.edit(file, "Why does the water slow", " down", ".uno:InsertPara", "One more question?")
    return file


@pytest.mark.parametrize("record", ["there", "deleted"])
def test_it_is_kept_and_the_new_one_is_put_beside_it(sandbox: Sandbox, edited: Path, record: str) -> None:
    mine = edited.read_bytes()
    words = unpack(mine)["word/document.xml"].decode()
    assert "One more question" in words
    assert " down" in words
    assert state(mine) is State.EDITED
    found = read_stamp(mine)
    assert found is not None
    assert (found.lesson, found.sheet, found.audience) == ("river", "worksheet", "student")
    if record == "deleted":
        (sandbox.root / "output" / RECORD).unlink()
    sandbox.lesson(LESSON.replace("The dike breaks.", "The dike gives way."))
    result = sandbox.run("build")
    assert (result.code, result.out) == (3, "kept       output/river/worksheet.new.docx\n")
    assert edited.read_bytes() == mine
    beside = (edited.parent / "worksheet.new.docx").read_bytes()
    assert state(beside) is State.PRISTINE
    assert b"One more question" not in unpack(beside)["word/document.xml"]


def test_it_is_open_while_a_person_has_it_open(sandbox: Sandbox, office: Office) -> None:
    sandbox.lesson()
    assert sandbox.run("build", "--format", "docx", "--edition", "student").code == 0
    file = sandbox.root / "output/river/worksheet.docx"
    with office.opened(file):
        sandbox.lesson(LESSON.replace("slow?", "stop?"))
        result = sandbox.run("build", "--format", "docx", "--edition", "student")
        assert result.code == 3
        assert "output/river/worksheet.docx is open" in result.err
    assert sandbox.run("build", "--format", "docx", "--edition", "student").code == 0
