"""hornbook check, list and schema: what is data goes to stdout, in a form that people or programs read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
from sandbox import ARTICLE, LESSON, Sandbox

from toolkit.cli import report
from toolkit.model.diagnostics import Diagnostic, Severity, Span

WITHOUT_ANSWER = LESSON.replace("        answer: The land is flat there.\n", "")
WITH_NOTE = LESSON + "bibliography: {lee1952: {type: map, title: Fire}}\n"


# -- check


def test_a_good_lesson_is_all_well(sandbox: Sandbox) -> None:
    sandbox.lesson()
    for args in ((), ("river",), ("lessons/river",), ("--strict",), ("lessons/river/lesson.yaml", "river")):
        assert sandbox.run("check", *args) == sandbox.run("check")
    assert (sandbox.run("check").code, sandbox.run("check").out) == (0, "")
    assert sandbox.run("check").err == "nothing wrong in 1 lesson\n"


def test_advice_is_printed_and_is_an_error_when_strict(sandbox: Sandbox) -> None:
    sandbox.lesson(WITHOUT_ANSWER)
    result = sandbox.run("check")
    assert (result.code, result.err) == (0, "1 warning in 1 lesson\n")
    assert result.out == (
        "lessons/river/lesson.yaml:10:9: warning[C801]: this question has no answer for the teacher\n"
        "   10 |       - open: Why does the water slow?\n"
        "      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "  hint: add `answer:`\n"
    )
    assert sandbox.run("check", "--strict").code == 1


def test_a_note_is_never_an_error_and_can_be_left_out(sandbox: Sandbox) -> None:
    sandbox.lesson(WITH_NOTE)
    assert "note[C803]" in sandbox.run("check", "--strict").out
    assert sandbox.run("check", "--strict").code == 0
    assert sandbox.run("check", "--no-notes").out == ""


def test_every_lesson_is_read_whatever_is_wrong_with_one(sandbox: Sandbox) -> None:
    sandbox.lesson("titel: x\n", slug="a")
    sandbox.lesson(WITHOUT_ANSWER, slug="b")
    sandbox.lesson("title: x\nquestions: [open: Why?, pen: Who?]\n", ARTICLE, slug="c")
    result = sandbox.run("check")
    assert result.code == 1
    places = re.findall(r"^(lessons/\S+?):\d+:\d+: \w+\[(\w+)\]", result.out, re.M)
    assert {file for file, _ in places} == {f"lessons/{slug}/lesson.yaml" for slug in "abc"}
    assert re.fullmatch(r"\d errors and \d warnings? in 3 lessons\n", result.err)


def test_json_is_a_list_of_objects(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert json.loads(sandbox.run("check", "--format", "json").out) == []
    sandbox.lesson(WITHOUT_ANSWER)
    assert json.loads(sandbox.run("check", "--format", "json").out) == [
        {
            "code": "C801",
            "severity": "warning",
            "message": "this question has no answer for the teacher",
            "hint": "add `answer:`",
            "file": "lessons/river/lesson.yaml",
            "line": 10,
            "column": 9,
            "address": "sections/1/questions/1",
        }
    ]


def test_github_reads_one_line_each(sandbox: Sandbox) -> None:
    sandbox.lesson(WITHOUT_ANSWER)
    assert sandbox.run("check", "--format", "github").out == (
        "::warning file=lessons/river/lesson.yaml,line=10,col=9,title=C801::"
        "this question has no answer for the teacher (add `answer:`)\n"
    )


def test_every_format_has_the_same_places(sandbox: Sandbox) -> None:
    sandbox.lesson("titel: x\nquestions: [pen: Who?]\n")
    plain = json.loads(sandbox.run("check", "--format", "json").out)
    expected = [(d["file"], d["line"], d["column"]) for d in plain]
    sarif = json.loads(sandbox.run("check", "--format", "sarif").out)["runs"][0]["results"]
    locations = [result["locations"][0]["physicalLocation"] for result in sarif]
    text = re.findall(r"^(\S+?):(\d+):(\d+): ", sandbox.run("check").out, re.M)
    assert len(expected) > 1
    assert [(f, int(line), int(column)) for f, line, column in text] == expected
    assert [
        (place["artifactLocation"]["uri"], place["region"]["startLine"], place["region"]["startColumn"])
        for place in locations
    ] == expected


def diagnostic(file: str = "a.yaml", message: str = "odd", hint: str = "") -> Diagnostic:
    return Diagnostic("L201", message, Span(file, 1, 1, 1, 4), hint=hint)


def test_sarif_is_what_its_readers_expect() -> None:
    log = json.loads(report.sarif([diagnostic("lessons/Bài 1/a.yaml", hint="so"), Diagnostic("P601", "none")]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["L201", "P601"]
    first, second = run["results"]
    assert first["ruleId"] == "L201"
    assert first["level"] in {"error", "warning", "note"}
    assert first["message"]["text"] == "odd (so)"
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "lessons/B%C3%A0i%201/a.yaml", "a URI reference (RFC 3986)"
    assert "locations" not in second


def test_sarif_names_a_file_outside_by_a_whole_uri() -> None:
    log = json.loads(report.sarif([diagnostic("/a b/c.yaml")]))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "file:///a%20b/c.yaml"


def test_github_lines_cannot_be_broken_out_of() -> None:
    line = report.github([diagnostic("a,b:c%.yaml", "one\n::error::two%")])
    assert line == "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,title=L201::one%0A::error::two%25"


# -- excerpts


def excerpt(tmp_path: Path, line: str, start: int, end: int) -> list[str]:
    file = tmp_path / "a.yaml"
    file.write_text(line + "\n", "utf-8")
    found = Diagnostic("L201", "odd", Span(str(file), 1, start, 1, end))
    return report.text([found]).splitlines()[1:]


@pytest.mark.parametrize(
    ("line", "start", "end", "shown"),
    [
        ("title: x", 8, 9, ["    1 | title: x", "      |        ^"]),
        ("\ttitle: x", 2, 7, ["    1 |  title: x", "      |  ^^^^^"]),
        ("title", 6, 6, ["    1 | title", "      |      ^"]),
        ("x" * 200, 1, 201, ["    1 | " + "x" * 76, "      | " + "^" * 76]),
        ("a\x1b[31mb", 8, 9, ["    1 | a\ufffd[31mb", "      |        ^"]),
    ],
)
def test_an_excerpt_shows_the_place(tmp_path: Path, line: str, start: int, end: int, shown: list[str]) -> None:
    assert excerpt(tmp_path, line, start, end) == shown


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    shown, marks = excerpt(tmp_path, "a" * 300 + "HERE" + "b" * 300, 301, 305)
    assert shown[8] == "…"
    assert len(shown) <= 8 + 76
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "HERE"


def test_a_file_that_is_gone_has_no_excerpt(tmp_path: Path) -> None:
    found = Diagnostic("L201", "odd", Span(str(tmp_path / "gone.yaml"), 3, 1), hint="so")
    assert report.text([found]).splitlines()[1:] == ["  hint: so"]


@pytest.mark.parametrize("data", [b"\x00\x01", b"\xff\xfe\x00", b"a\rb\r\nc"])
def test_odd_files_have_an_excerpt_or_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    assert report.text([Diagnostic("L201", "odd", Span(str(tmp_path / "a.yaml"), 3, 1, 3, 2))])


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ([], "nothing wrong in 1 lesson"),
        ([Severity.ERROR], "1 error in 1 lesson"),
        ([Severity.ERROR, Severity.NOTE, Severity.NOTE], "1 error and 2 notes in 1 lesson"),
        ([Severity.ERROR, Severity.NOTE, Severity.WARNING], "1 error, 1 warning and 1 note in 1 lesson"),
    ],
)
def test_the_summary_counts(severities: list[Severity], said: str) -> None:
    assert report.summary([Diagnostic("L201", "odd", severity=severity) for severity in severities], 1) == said


# -- list


def test_list_is_a_table(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.lesson("title: " + "Long " * 30 + "\n", slug="a-much-longer-name")
    result = sandbox.run("list")
    assert (result.code, result.err) == (0, "")
    first, second = result.out.splitlines()
    assert first.startswith("a-much-longer-name  Long Long")
    assert first.endswith("0 questions")
    assert second.startswith("river               The River Bends")
    assert second.endswith("1 question")
    assert max(len(first), len(second)) <= 80


def test_list_as_json_has_the_same_keys_for_every_lesson(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.lesson("titel: x\n", slug="marsh")
    result = sandbox.run("list", "--json")
    marsh, river = json.loads(result.out)
    assert result.code == 1
    assert "error[L201]" in result.err
    assert river == {
        "id": "river",
        "file": "lessons/river/lesson.yaml",
        "ok": True,
        "title": "The River Bends",
        "language": "en",
        "grades": "6-8",
        "questions": 1,
        "targets": [
            "output/river/handout.pdf",
            "output/river/handout-teacher.pdf",
            "output/river/worksheet.docx",
            "output/river/worksheet-teacher.docx",
        ],
    }
    assert marsh.keys() == river.keys()
    assert (marsh["ok"], marsh["targets"]) == (False, [])


def test_list_targets_are_paths_from_here(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert sandbox.run("list", "--targets").out.splitlines()[0] == "output/river/handout.pdf"
    inside = sandbox.run("list", "--targets", cwd=sandbox.root / "lessons").out.splitlines()[0]
    assert (sandbox.root / "lessons" / inside) == sandbox.root / "output/river/handout.pdf"


# -- schema


def test_the_schema_is_data(sandbox: Sandbox) -> None:
    result = sandbox.run("schema")
    assert (result.code, result.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(result.out))


def test_the_schema_goes_to_a_file(sandbox: Sandbox) -> None:
    result = sandbox.run("schema", "-o", "lesson.schema.json")
    assert (result.code, result.out, result.err) == (0, "", "wrote lesson.schema.json\n")
    assert (sandbox.root / "lesson.schema.json").read_text("utf-8") == sandbox.run("schema").out
