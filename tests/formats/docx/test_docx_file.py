"""The file as a whole: the same bytes for the same input, what it says of itself, and nothing a student may not see."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx_kinds import arabic_kinds, kinds
from docx_reading import W, part
from docx_samples import KEY_WORDS, arabic, metadata, only, sheet, unreported
from lxml import etree

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack

DC = "{http://purl.org/dc/elements/1.1/}"
CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
TERMS = "{http://purl.org/dc/terms/}"

PROGRAM = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import docx_samples as samples
from toolkit.formats.docx import write
print(hashlib.sha256(write(samples.sheet("teacher"), samples.unreported)).hexdigest())
"""


def test_the_same_printout_is_the_same_bytes() -> None:
    assert write(sheet(), unreported) == write(sheet(), unreported)


@pytest.mark.parametrize(
    "changed", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"}]
)
def test_another_process_makes_the_same_bytes(changed: dict[str, str]) -> None:
    here = hashlib.sha256(write(sheet("teacher"), unreported)).hexdigest()
    environment = {**os.environ, **changed}
    command = [sys.executable, "-c", PROGRAM, str(Path(__file__).parent)]

    there = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()

    assert there == here


def test_the_zip_says_nothing_of_when_and_where(tmp_path: Path) -> None:
    file = tmp_path / "sheet.docx"
    file.write_bytes(write(sheet(), unreported))
    with ZipFile(file) as archive:
        entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.external_attr) for entry in entries} == {(0, 0o600 << 16)}
    assert [entry.filename for entry in entries][:2] == ["[Content_Types].xml", "_rels/.rels"]


def test_the_date_is_the_one_that_the_build_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    core = part(sheet(), "docProps/core.xml")

    assert core.findtext(f"{TERMS}created") == core.findtext(f"{TERMS}modified") == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize("wrong", ["", "soon", "99999999999999999999"])
def test_a_date_that_is_none_is_the_fixed_one(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)

    assert part(sheet(), "docProps/core.xml").findtext(f"{TERMS}created") == "2000-01-01T00:00:00Z"


def test_the_file_says_what_it_is() -> None:
    core = part(sheet(), "docProps/core.xml")

    assert {str(child.tag).rpartition("}")[2]: child.text for child in core} == {
        "title": "Fourteen ships",
        "subject": "History",
        "creator": "A. Designer",
        "keywords": "canals, trade",
        "description": "CC0",
        "identifier": "fourteen-ships/worksheet",
        "language": "en",
        "lastModifiedBy": "A. Designer",
        "revision": "1",
        "created": "2000-01-01T00:00:00Z",
        "modified": "2000-01-01T00:00:00Z",
    }


def test_long_metadata_are_kept_whole() -> None:
    long = replace(metadata("t" * 400), keywords=("word",) * 100, rights="r" * 2000)
    core = part(replace(only(), metadata=long), "docProps/core.xml")

    assert core.findtext(f"{DC}title") == "t" * 400
    assert core.findtext(f"{DC}description") == "r" * 2000
    assert core.findtext(f"{CP}keywords") == ", ".join(("word",) * 100)


def test_no_part_of_a_students_file_holds_an_answer() -> None:
    student = unpack(write(sheet("student"), unreported))
    teacher = unpack(write(sheet("teacher"), unreported))

    for word in (*KEY_WORDS[1:], "✓"):
        assert any(word.encode() in content for content in teacher.values()), word
        assert not any(word.encode() in content for content in student.values()), word
    assert b"LTRight" not in student["word/document.xml"]
    assert b'LTAnswer"' not in student["word/document.xml"]


def test_no_key_of_any_response_is_in_a_students_file() -> None:
    student = unpack(write(kinds("student"), unreported))
    teacher = unpack(write(kinds("teacher"), unreported))
    marks = ("entry-key", "gap-key", "cell-key", "frame-key", "model-key", "aside-key", "✓")

    for word in marks:
        assert any(word.encode() in content for content in teacher.values()), word
        assert not any(word.encode() in content for content in student.values()), word
    for style in (b"LTRight", b"LTGapRight", b"LTFrameAnswer", b"LTTableAnswer", b'LTAnswer"'):
        assert style in teacher["word/document.xml"]
        assert style not in student["word/document.xml"]


@pytest.mark.parametrize(
    "printout", [sheet("student"), sheet("teacher"), arabic("teacher"), kinds("teacher"), arabic_kinds()]
)
def test_every_word_is_the_printouts(printout: object) -> None:
    given = set(re.findall(r"\w+", repr(printout)))
    parts = unpack(write(printout, unreported))  # type: ignore[arg-type]

    for name, content in parts.items():
        if re.match(r"word/(document|header|footer|footnotes)\d?\.xml", name):
            for piece in etree.fromstring(content).iter(f"{W}t"):
                assert set(re.findall(r"\w+", piece.text or "")) <= given | {"1"}, name


def test_a_sheet_with_nothing_is_still_a_document() -> None:
    assert part(only()).find(f"{W}body/{W}sectPr") is not None
