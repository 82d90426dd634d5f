"""Targets: what files a build makes."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from sandbox import Sandbox

from toolkit.build.targets import Kind, Target, choose, lacking, of_lesson, parse, traits_of
from toolkit.formats import FORMATS
from toolkit.model.choices import SHEET_NAMES, VERSION_NAMES
from toolkit.model.level import LEVELS, Level
from toolkit.model.presentation import PRESENTATIONS, manner_of
from toolkit.model.printout import Audience

DEFAULTS = ("handout.pdf", "worksheet.docx")


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("handout.pdf", Kind("handout", "student", "pdf")),
        ("worksheet.docx", Kind("worksheet", "student", "docx")),
        ("worksheet-teacher.docx", Kind("worksheet", "teacher", "docx")),
        ("handout-teacher.html", Kind("handout", "teacher", "html")),
        ("worksheet-a.pdf", Kind("worksheet", "student", "pdf", "A")),
        ("worksheet-support.docx", Kind("worksheet", "student", "docx", level="support")),
        ("handout-extension-l.html", Kind("handout", "student", "html", "L", "extension")),
        ("handout-large-print.pdf", Kind("handout", "student", "pdf", presentation="large-print")),
        ("worksheet-teacher-dyslexia.docx", Kind("worksheet", "teacher", "docx", presentation="dyslexia")),
        ("worksheet-support-b-photocopy.pdf", Kind("worksheet", "student", "pdf", "B", "support", "photocopy")),
    ],
)
def test_a_file_says_what_it_is(file: str, kind: Kind) -> None:
    assert parse(file) == kind
    assert kind.file == file


@pytest.mark.parametrize(
    "file",
    [
        "", "handout", "handout.", ".pdf", "handout.odt", "poster.pdf", "handout-student.pdf", "Handout.pdf",
        "handout-teacher-teacher.pdf", "handout.PDF", "handout.pdf.bak", "x/handout.pdf", "handout.new.docx",
        "handoutXpdf", "handout.pdf\n", "worksheet-m.pdf", "worksheet-A.pdf", "worksheet-ab.pdf", "worksheet-core.pdf",
        "worksheet-a-support.pdf", "worksheet-teacher-a.pdf", "worksheet-a-teacher.pdf",
        "worksheet-support-teacher.pdf", "worksheet-.pdf", "handout-standard.pdf", "handout-large-print-teacher.pdf",
    ],
)  # fmt: skip  # short names read better in lines
def test_other_files_are_no_targets(file: str) -> None:
    assert parse(file) is None


def test_every_kind_has_one_name_and_every_name_one_kind() -> None:
    kinds = [Kind(*parts) for parts in itertools.product(SHEET_NAMES, get_args(Audience), FORMATS)]
    students = itertools.product(SHEET_NAMES, ["student"], FORMATS, ["", *VERSION_NAMES], LEVELS, PRESENTATIONS)
    kinds = list(dict.fromkeys([*kinds, *(Kind(*parts) for parts in students)]))  # type: ignore[arg-type]  # literals
    fitting = [kind for kind in kinds if manner_of(kind.presentation).suits(kind.format)]
    assert [parse(kind.file) for kind in fitting] == fitting
    assert {kind.presentation for kind in kinds if kind not in fitting} == {"booklet"}
    assert {parse(kind.file) for kind in kinds if kind not in fitting} == {None}
    assert len({kind.file for kind in kinds}) == len(kinds)


def test_a_target_has_its_place_in_the_output() -> None:
    assert Target("river", Kind("handout", "teacher", "pdf")).name == "river/handout-teacher.pdf"


@pytest.mark.parametrize(
    ("editions", "sheets", "formats", "files"),
    [
        (("student", "teacher"), ("handout",), (), ["handout.pdf", "handout-teacher.pdf"]),
        (("teacher",), (), (), ["handout-teacher.pdf", "worksheet-teacher.docx"]),
        (("student",), ("worksheet",), (), ["worksheet.docx"]),
        (("student",), (), ("html",), ["handout.html", "worksheet.html"]),
        (("student",), (), ("pdf", "docx"), ["handout.pdf", "handout.docx", "worksheet.pdf", "worksheet.docx"]),
        (("student",), ("handout",), ("docx",), ["handout.docx"]),
        (("student",), ("handout", "handout"), ("docx", "docx"), ["handout.docx"]),
        ((), (), (), []),
    ],
)  # fmt: skip  # a table
def test_what_is_asked_for_is_made(
    editions: tuple[str, ...], sheets: tuple[str, ...], formats: tuple[str, ...], files: list[str]
) -> None:
    kinds = choose(DEFAULTS, editions, sheets=sheets, formats=formats)  # type: ignore[arg-type]  # a table of texts
    assert [kind.file for kind in kinds] == files


def test_a_sheet_that_has_no_default_is_a_pdf() -> None:
    assert [kind.file for kind in choose(["handout.pdf"], ["student"], sheets=("worksheet",))] == ["worksheet.pdf"]


def test_a_sheet_is_made_in_all_its_default_formats() -> None:
    defaults = ["handout.pdf", "handout.html", "worksheet.docx"]
    assert [kind.file for kind in choose(defaults, ["student"], sheets=("handout",))] == ["handout.pdf", "handout.html"]


@pytest.mark.parametrize("defaults", [["handout-teacher.pdf"], ["handout-teacher.pdf", "handout.pdf"]])
def test_a_default_is_made_for_the_editions_that_are_asked_for(defaults: list[str]) -> None:
    assert [kind.file for kind in choose(defaults, ["student"])] == ["handout.pdf"]


SPEC = "title: T\nversions: 2\nquestions:\n  - {open: Why?, levels: {support: How?}}\n"


@pytest.mark.parametrize(
    ("levels", "versions", "files"),
    [
        (["core"], (), ["handout-a.pdf", "handout-b.pdf", "handout-teacher.pdf"]),
        (["core"], ("B",), ["handout-b.pdf", "handout-teacher.pdf"]),
        (["support"], ("A",), ["handout-support-a.pdf", "handout-teacher.pdf"]),
        (["core", "support", "extension"], ("A",), ["handout-a.pdf", "handout-support-a.pdf", "handout-teacher.pdf"]),
        (["extension"], ("A",), ["handout-a.pdf", "handout-teacher.pdf"]),
    ],
)  # fmt: skip  # a table
def test_a_lesson_is_made_in_its_versions_and_levels(
    sandbox: Sandbox, levels: list[Level], versions: tuple[str, ...], files: list[str]
) -> None:
    sandbox.lesson(SPEC)
    kinds = choose(["handout.pdf"], ["student", "teacher"])
    assert [kind.file for kind in of_lesson(sandbox.load().spec, kinds, levels, versions)] == files


def test_what_a_lesson_lacks_is_told_with_what_to_write(sandbox: Sandbox) -> None:
    sandbox.lesson(SPEC)
    spec = sandbox.load().spec
    for kind, said in (
        (Kind("handout", "student", "pdf", "B"), ""),
        (Kind("handout", "student", "pdf", level="support"), ""),
        (Kind("handout", "student", "pdf", "C"), "has the versions A to B. Write `versions: 3` in f."),
        (
            Kind("handout", "student", "pdf", level="extension"),
            "has no extension level. Write `levels: {extension: ...}` under a question in f.",
        ),
    ):
        assert lacking(traits_of(spec), kind, "f") == said
    sandbox.lesson()
    assert lacking(traits_of(sandbox.load().spec), Kind("handout", "student", "pdf", "A"), "f") == (
        "has no versions. Write `versions: 2` in f."
    )
