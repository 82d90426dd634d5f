"""Every bad example is answered with the words in its text file, at the right place, in every format."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import bad_lessons
import pytest
from sandbox import Sandbox

from toolkit.model.diagnostics import Severity

NAMES = bad_lessons.names()
SLOWEST = 2.0  # seconds of this process, whatever else the machine does
PLACE = re.compile(r"^(?P<file>[^\n:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+)\[(?P<code>\w+)\]: \S", re.M)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told(name: str, tmp_path: Path, accept: bool) -> None:
    file = bad_lessons.lay_out(name, tmp_path)
    started = time.process_time()
    diagnostics = bad_lessons.found(file, tmp_path)
    seconds = time.process_time() - started

    told = bad_lessons.shown(diagnostics, tmp_path)
    expected = bad_lessons.expected(name)
    if accept:
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")
    assert any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    assert seconds < SLOWEST


def _in_text(words: str) -> set[tuple[str, int, int, str]]:
    return {(m["file"], int(m["line"]), int(m["column"]), m["code"]) for m in PLACE.finditer(words)}


def _in_json(words: str) -> set[tuple[str, int, int, str]]:
    return {(found["file"], found["line"], found["column"], found["code"]) for found in json.loads(words)}


def _in_github(words: str) -> set[tuple[str, int, int, str]]:
    command = re.compile(r"^::(?:error|warning|notice) file=([^,]+),line=(\d+),col=(\d+),title=(\w+)::\S", re.M)
    return {(file, int(line), int(column), code) for file, line, column, code in command.findall(words)}


def _in_sarif(words: str) -> set[tuple[str, int, int, str]]:
    found = set()
    for result in json.loads(words)["runs"][0]["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        file = place["artifactLocation"]["uri"]
        found.add((file, region["startLine"], region["startColumn"], result["ruleId"]))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_tells_the_same_places_in_every_format(name: str, sandbox: Sandbox) -> None:
    file = bad_lessons.lay_out(name, sandbox.root)
    diagnostics = bad_lessons.found(file, sandbox.root)
    places = {(d.span.file, d.span.line, d.span.column, d.code) for d in diagnostics if d.span}

    text = sandbox.run("check", bad_lessons.LESSON)
    assert text.code == 1
    assert "Traceback" not in text.out + text.err
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text.out + text.err), "it must not steer a terminal"
    if any(diagnostic.span and diagnostic.span.file == "hornbook.toml" for diagnostic in diagnostics):
        assert _in_text(text.err) == places  # no lesson is read without its project
        return
    assert _in_text(text.out) == places
    for form, read in (("json", _in_json), ("github", _in_github), ("sarif", _in_sarif)):
        result = sandbox.run("check", bad_lessons.LESSON, "--format", form)
        assert result.code == 1
        assert read(result.out) == places


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_built(name: str, sandbox: Sandbox) -> None:
    bad_lessons.lay_out(name, sandbox.root)
    result = sandbox.run("build", bad_lessons.LESSON)
    assert result.code == 1
    assert PLACE.search(result.err)
    assert "Traceback" not in result.out + result.err
    assert sandbox.files() == []


@pytest.mark.parametrize(
    "name", ["bank-broken", "image-pipe", "encoding-docx", "project-broken", "deep-brackets", "wrong-everywhere"]
)
def test_a_process_of_its_own(name: str, sandbox: Sandbox) -> None:
    bad_lessons.lay_out(name, sandbox.root)
    result = sandbox.spawn("check", bad_lessons.LESSON)
    assert result.code == 1
    assert PLACE.search(result.out + result.err)
    assert "Traceback" not in result.out + result.err


def test_all_problems_of_all_files_are_told_in_one_run(sandbox: Sandbox) -> None:
    bad_lessons.lay_out("three-in-one-two-in-article", sandbox.root)
    result = sandbox.run("check")
    found = {(file.rpartition("/")[2], line, code) for file, line, _, code in _in_text(result.out)}
    assert found == {
        ("lesson.yaml", 2, "L201"),
        ("lesson.yaml", 3, "L203"),
        ("lesson.yaml", 5, "L205"),
        ("article.md", 3, "L212"),
        ("article.md", 3, "R301"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_messages_are_of_one_line_and_say_what_they_mean(name: str, tmp_path: Path) -> None:
    file = bad_lessons.lay_out(name, tmp_path)
    for diagnostic in bad_lessons.found(file, tmp_path):
        words = f"{diagnostic.message} {diagnostic.hint}"
        assert words.isprintable()
        assert str(tmp_path) not in words
        assert not re.search(r"pydantic|Error\b|\bvalid (string|integer)|Input should|<class|NoneType", words)
        assert not diagnostic.message[0].isupper() or diagnostic.message.startswith(("HTML", "Windows"))
        assert not diagnostic.message.endswith(".")


def test_every_expected_text_has_its_example() -> None:
    assert {path.stem for path in bad_lessons.BAD.glob("*.txt")} == set(NAMES)
    assert {path.name for path in bad_lessons.BAD.iterdir() if path.is_dir()} <= set(NAMES)
