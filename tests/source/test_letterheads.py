"""Reading a school's Word file: what is taken, and one clear line for each that is unfit."""

from __future__ import annotations

from pathlib import Path

import pytest
import school_files
from sandbox import Sandbox

from toolkit.model.diagnostics import LessonError
from toolkit.source.letterheads import read
from toolkit.source.packages import UnfitPackageError, unpacked

TOML = 'title = "Riverside"\nreference = "school.docx"\ntargets = ["worksheet.docx"]\neditions = ["student"]\n'


def test_a_letterhead_gives_page_looks_and_running_lines(tmp_path: Path) -> None:
    (tmp_path / "school.docx").write_bytes(school_files.letterhead())
    found, notices = read(tmp_path, "school.docx")
    assert found.sides is not None
    assert (found.sides.width, found.sides.height, found.sides.measure) == (11906, 16838, 9072)
    looks = {look.name: look for look in found.looks}
    assert (looks["normal"].font, looks["normal"].size) == ("Arial", 11)
    assert (looks["heading 1"].size, looks["heading 1"].color, looks["heading 1"].bold) == (24, "145A3C", True)
    assert [(one.kind, one.page, one.paged, len(one.pictures)) for one in found.running] == [
        ("header", "first", False, 1),
        ("header", "default", False, 1),
        ("footer", "first", True, 0),
        ("footer", "default", True, 0),
    ]
    assert [notice.code for notice in notices] == ["P606"]
    assert "the colour #4f81bd of subtitle" in notices[0].message
    assert looks["subtitle"].color is None


def test_fonts_of_a_theme_are_told_by_their_names(tmp_path: Path) -> None:
    data = school_files.replaced("word/styles.xml", 'w:ascii="Arial" w:hAnsi="Arial"', 'w:asciiTheme="minorHAnsi"')
    (tmp_path / "school.docx").write_bytes(data)
    looks = {look.name: look for look in read(tmp_path, "school.docx")[0].looks}
    assert looks["normal"].font == "Cambria", "the theme of python-docx's own template"


@pytest.mark.parametrize("name", school_files.UNFIT)
def test_an_unfit_file_is_told_once_and_with_its_place(sandbox: Sandbox, name: str) -> None:
    make, said = school_files.UNFIT[name]
    sandbox.lesson()
    sandbox.put("hornbook.toml", TOML)
    sandbox.put("school.docx", make())
    result = sandbox.run("build")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("error[") == 1
    assert "hornbook.toml:2:1: error[P605]: the letterhead 'school.docx'" in result.err
    assert said in " ".join(result.err.split())


@pytest.mark.parametrize(
    ("name", "code"), [("lost.docx", "R304"), ("../school.docx", "R305"), ("lessons", "R304"), ("", "L210")]
)
def test_a_name_that_leads_to_no_file_is_told(sandbox: Sandbox, name: str, code: str) -> None:
    sandbox.lesson()
    sandbox.put("hornbook.toml", f'reference = "{name}"\n')
    result = sandbox.run("build")
    assert result.code == 1
    assert f"hornbook.toml:1:1: error[{code}]" in result.err or f"hornbook.toml:1:13: error[{code}]" in result.err


def test_the_project_and_the_command_line_take_one(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.put("school.docx", school_files.letterhead())
    sandbox.put("other/town.dotx", school_files.template())
    sandbox.put("hornbook.toml", TOML)
    result = sandbox.run("build")
    assert result.code == 0
    assert "warning[P606]" in result.err
    worksheet = sandbox.root / "output/river/worksheet.docx"
    first = worksheet.read_bytes()
    assert b"Riverside School" in b"".join(unpacked(first).values())
    sandbox.put("school.docx", school_files.replaced("word/header1.xml", "12 Mill Lane", "14 Mill Lane"))
    assert sandbox.run("build").code == 0
    assert worksheet.read_bytes() != first, "another letterhead makes another file"
    sandbox.put("hornbook.toml", TOML.replace("reference", "#"))
    assert sandbox.run("build", "--reference", "other/town.dotx").code == 0
    assert worksheet.read_bytes() == first


def test_a_file_that_is_named_and_unfit_is_wrong_usage(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.put("school.docx", b"Riverside School")
    for name, said in (("school.docx", "is not an Office file"), ("lost.docx", "there is no letterhead")):
        result = sandbox.run("build", "--reference", name)
        assert (result.code, result.out) == (2, "")
        assert "Invalid value for '--reference'" in result.err
        assert said in " ".join(result.err.split())


def test_a_package_is_unpacked_within_limits() -> None:
    data = school_files.letterhead()
    assert unpacked(data)["word/header1.xml"].startswith(b"<?xml")
    with pytest.raises(UnfitPackageError, match="unpacks to more"):
        unpacked(data, most=10_000)


def test_the_error_is_one_of_the_lesson(tmp_path: Path) -> None:
    (tmp_path / "school.docx").write_bytes(b"")
    with pytest.raises(LessonError, match="is empty"):
        read(tmp_path, "school.docx")
