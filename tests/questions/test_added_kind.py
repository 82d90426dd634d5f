"""A kind of question is one file and one line: the schema, the bank, the commands and every format follow."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships no types
from pypdf import PdfReader
from sandbox import REPOSITORY, Result, Sandbox, environment

# The one file.
KIND = '''\
"""Odd one out: cross out what does not belong, and say why."""

from typing import ClassVar

from pydantic import Field

from toolkit.model import markup
from toolkit.model.fields import Line, Prose
from toolkit.model.question import Question, Setting
from toolkit.model.response import Choice, Option, Response
from toolkit.model.text import Blocks


class OddOut(Question):
    """Find what does not belong to the others."""

    kind: ClassVar[str] = "odd_out"
    answer_key: ClassVar[str] = "because"

    prompt: Prose = Field(alias="odd_out", description="What is asked.", examples=["Which does not belong?"])
    among: tuple[Line, ...] = Field(description="The things.", examples=[["horn", "vellum", "glass"]], min_length=3)
    odd: Line = Field(description="The one that does not belong.", examples=["glass"])
    because: Prose | None = Field(None, description="Why not.", examples=["No hornbook had it."])

    def response(self, setting: Setting) -> Response:
        """Return the things, to mark one."""
        options = tuple(
            Option(setting.letters[n], markup.inlines(thing), f"among/{n + 1}") for n, thing in enumerate(self.among)
        )
        return Choice(options, many=False, key=frozenset([self.among.index(self.odd)]))

    def model_answer(self) -> Blocks:
        """Return why it does not belong."""
        return markup.blocks(self.because) if self.because else ()
'''
# The one line.
LINE = ("odd_out", "odd_out_added:OddOut")

LESSON = """\
title: The River Bends
article: {source: {author: "Reed, Ada", licence: CC0}}
standards: [{id: A.1, text: Tell things apart.}]
sections:
  - heading: Upstream
    questions:
      - odd_out: Which of these does not belong to a river?
        among: [silt, a meander, a zqglacier]
        odd: a zqglacier
        because: A zqmoraine is of ice [@reed1950].
        points: 2
        depth: analyze
        standards: [A.1]
      - draw: things
  - heading: Downstream
    questions:
      - open: Look again.
        parts:
          - {odd_out: "And here?", among: [dike, dam, kite], odd: kite, hint: It zqflies.}
bibliography: {reed1950: {type: book, title: Rivers}}
"""
BANK = """\
questions:
  - {odd_out: And in town?, id: things, among: [inn, mill, cloud], odd: cloud, because: It zqrains.}
"""
SECRETS = ("zqmoraine", "zqflies", "zqrains")
SHOWN = ("Which of these does not belong to a river?", "a meander", "a zqglacier", "And in town?", "And here?", "kite")


# Runs commands in a process of its own, with the line in the table before anything reads it.
PROGRAM = """
import json, sys
from types import MappingProxyType
from toolkit import questions
name, place, commands = json.loads(sys.argv[1])
questions.KINDS = MappingProxyType({**questions.KINDS, name: place})
from click.testing import CliRunner
from toolkit.cli import main
results = [CliRunner().invoke(main, args, catch_exceptions=False) for args in commands]
print(json.dumps([(result.exit_code, result.stdout, result.stderr) for result in results]))
"""


class Added:
    """A project, and a program that has one kind more."""

    def __init__(self, root: Path) -> None:
        self.sandbox = Sandbox(root)
        self.sandbox.put("modules/odd_out_added.py", KIND)
        self.sandbox.put("lessons/_bank/a.yaml", BANK)
        self.sandbox.lesson(LESSON)

    def run(self, *commands: str) -> list[Result]:
        path = os.pathsep.join((str(REPOSITORY), str(self.sandbox.root / "modules")))
        words = [sys.executable, "-c", PROGRAM, json.dumps([*LINE, [command.split() for command in commands]])]
        variables = {**environment(), "PYTHONPATH": path}
        done = subprocess.run(
            words, cwd=self.sandbox.root, env=variables, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return [Result(*result) for result in json.loads(done.stdout)]

    def file(self, name: str) -> Path:
        return self.sandbox.root / "output" / "river" / name


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Added:
    """Return a project that is built in every format."""
    project = Added(tmp_path_factory.mktemp("added"))
    [built] = project.run("build --format pdf --format docx --format html")
    assert built.code == 0, built.err
    return project


def text_of(path: Path) -> str:
    """Return the words of a PDF or HTML file, or every part of a Word file, with single spaces."""
    match path.suffix:
        case ".pdf":
            reader = PdfReader(path)
            words = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
        case ".docx":
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
                words = " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
        case _:
            words = path.read_text("utf-8")
    return " ".join(words.split())


@pytest.mark.parametrize("form", ["pdf", "docx", "html"])
def test_it_is_on_every_sheet_and_its_answer_on_the_teachers(form: str, added: Added) -> None:
    for sheet in ("handout", "worksheet"):
        student = text_of(added.file(f"{sheet}.{form}"))
        teacher = text_of(added.file(f"{sheet}-teacher.{form}"))
        for words in SHOWN:
            assert words in student, f"{words} in the student's {sheet}"
            assert words in teacher, f"{words} in the teacher's {sheet}"
        assert [secret for secret in SECRETS if secret in student] == []
        assert [secret for secret in SECRETS if secret not in teacher] == []


def test_the_schemas_the_checks_and_the_commands_know_it(added: Added) -> None:
    schema, schema_of_bank, check, questions, bank, coverage = added.run(
        "schema", "schema --bank", "check river", "list river --questions", "list --bank --json", "coverage river"
    )
    asked = {"odd_out": "Which?", "among": ["a", "b", "c"], "odd": "a"}
    valid = Draft202012Validator(json.loads(schema.out)).is_valid
    assert valid({"title": "x", "questions": [asked]})
    assert not valid({"title": "x", "questions": [{**asked, "among": "a"}]})
    assert '"OddOut"' in schema_of_bank.out
    assert check.out.count("C801") == 1, "the part has no answer"
    assert "hint: add `because:`" in check.out
    assert questions.out.count("odd_out") == 2
    assert [row["id"] for row in json.loads(bank.out)] == ["things"]
    assert "river: question 1 (2 points; analyze)" in coverage.out


def test_what_is_wrong_with_it_is_told_like_anything_else(added: Added) -> None:
    spec = "title: x\nquestions:\n  - {odd_out: Which?, amongst: [a, b, c], odd: a}\n  - {odd_ot: Which?}\n"
    added.sandbox.lesson(spec, slug="wrong")
    [check] = added.run("check wrong")
    assert "unknown key `amongst`" in check.out
    assert "hint: did you mean `among`?" in check.out
    assert "hint: did you mean `odd_out`?" in check.out


def test_without_the_line_there_is_no_such_kind(sandbox: Sandbox) -> None:
    sandbox.lesson("title: x\nquestions: [{odd_out: Which?, among: [a, b, c], odd: a}]\n")
    assert "L206" in sandbox.run("check").out
