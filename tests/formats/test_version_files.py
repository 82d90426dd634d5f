"""Versions as files: the key that is read out of a teacher's PDF or Word file marks a student's file right."""

from __future__ import annotations

import io
import re

import docx
import pypdf
import pytest
from sandbox import Sandbox
from version_samples import ARTICLE, RIGHT, SPEC, seeded, student, teacher

from toolkit.formats import writer
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Printout

# The prompts whose right options are lettered, and the letters a line of text may begin with.
LETTERED = ("What broke the dike?", "Which two does the town need?", "When did it break?", "What came of it?")


@pytest.fixture
def river(sandbox: Sandbox) -> Lesson:
    sandbox.lesson(SPEC, ARTICLE)
    return sandbox.load()


def write(printout: Printout, form: str) -> bytes:
    said: list[Diagnostic] = []
    data = writer(form)(printout, said.append)
    assert said == []
    return data


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdf_key(data: bytes) -> dict[str, list[str]]:
    """Return the rows of the key by the name of the form: the cells of each column."""
    rows = re.findall(r"^\d+a? (\d+a?(?:: [\w, ]+?)?) (\d+a?(?:: [\w, ]+?)?) (\d+a?(?:: [\w, ]+)?)$", words(data), re.M)
    assert len(rows) == 15
    return {name: list(column) for name, column in zip("ABC", zip(*rows, strict=True), strict=True)}


def docx_key(data: bytes) -> dict[str, list[str]]:
    table = next(one for one in docx.Document(io.BytesIO(data)).tables if " · " in one.rows[0].cells[-1].text)
    columns = [[cell.text for cell in column.cells] for column in table.columns][1:]
    return {head.partition(" · ")[0]: cells for head, *cells in columns}


def words(data: bytes) -> str:
    return "\n".join(pages(data))


def pdf_options(data: bytes) -> dict[str, dict[str, str]]:
    """Return the options by letter of each question, by its prompt."""
    found: dict[str, dict[str, str]] = {}
    prompt = ""
    for line in words(data).splitlines():
        asked = re.fullmatch(r"(?:\d+|[a-z]) (.+\?)", line)
        option = re.fullmatch(r"([A-E])\s+(.+)", line)
        if asked:
            prompt = asked[1]
        elif option:
            found.setdefault(prompt, {})[option[1]] = option[2]
    return found


def docx_options(data: bytes) -> dict[str, dict[str, str]]:
    """Return the same of a Word file, whose letters Word counts."""
    found: dict[str, dict[str, str]] = {}
    prompt = ""
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        style = paragraph.style.name if paragraph.style else ""
        if style in {"Question", "Question part"}:
            prompt = paragraph.text
        elif style and style.startswith("Option") and "row" not in style:
            options = found.setdefault(prompt, {})
            options["ABCDE"[len(options)]] = paragraph.text
    return found


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("seed", ["spring-2026", "seed-7"])
def test_the_key_in_a_file_marks_the_students_file_right(river: Lesson, seed: str, form: str) -> None:
    lesson = seeded(river, seed)
    key = (pdf_key if form == "pdf" else docx_key)(write(teacher(lesson), form))
    for name in "AC":
        options = (pdf_options if form == "pdf" else docx_options)(write(student(lesson, name), form))
        answers = [cell.partition(": ")[2] for cell in key[name]]
        for row, prompt in ((0, LETTERED[0]), (1, LETTERED[1]), (5, LETTERED[2]), (6, LETTERED[3]), (8, "Who speaks?")):
            marked = sorted(options[prompt][letter] for letter in answers[row].split(", "))
            assert marked == sorted(RIGHT[prompt])


def test_every_page_has_the_form_in_its_foot(river: Lesson) -> None:
    code = next(iter(re.findall(r"B · (\w{3})", words(write(teacher(river), "pdf")))))
    assert [f"Form B · {code}" in page for page in pages(write(student(river, "B"), "pdf"))] == [True] * 3
    document = docx.Document(io.BytesIO(write(student(river, "B"), "docx")))
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text.startswith(f"Form B · {code}")
    assert document.core_properties.title == "The River – Questions · Form B"
    assert document.core_properties.identifier == "river/worksheet-student-b"


@pytest.mark.parametrize("form", ["html", "docx"])
def test_no_place_in_a_students_file_tells_where_an_option_stood(river: Lesson, form: str) -> None:
    """Who writes the right option first, as many do, would tell it to whoever looks into the file."""
    printout = repr(student(river, "A"))
    assert re.search(r"options/[0-9a-f]{8}'", printout)
    assert not re.search(r"(options|items|pairs)/\d{1,2}'", printout)
    if form == "html":
        assert not re.search(r'data-address="[^"]*options/\d{1,2}"', write(student(river, "A"), form).decode())


def test_tables_of_the_key_and_of_marks_are_native_with_heads(river: Lesson, sandbox: Sandbox) -> None:
    page = write(teacher(river), "html").decode()
    (table,) = re.findall(r'<table class="data key.*?</table>', page, re.S)
    assert table.count('<th scope="col">') == 4
    assert table.count('<th scope="row">') == 15
    sandbox.lesson(SPEC.replace("versions: 3\n", "marks: true\n").replace("lines: 3\n", "points: 4\n"), ARTICLE)
    page = write(sandbox.printout("worksheet"), "html").decode()
    (table,) = re.findall(r'<table class="data marks.*?</table>', page, re.S)
    assert (table.count('scope="col"'), table.count('scope="row"'), table.count("<td")) == (3, 2, 4)
    document = docx.Document(io.BytesIO(write(sandbox.printout("worksheet"), "docx")))
    marks = next(one for one in document.tables if one.rows[-1].cells[0].text == "Earned")
    assert [[cell.text for cell in row.cells] for row in marks.rows] == [
        ["Question", "11", "Total"], ["Points", "4", "4"], ["Earned", "", ""],
    ]  # fmt: skip  # a table
    assert marks.rows[0]._tr.xpath("./w:trPr/w:tblHeader")


@pytest.mark.slow
def test_two_builds_are_equal_byte_for_byte(sandbox: Sandbox) -> None:
    """In processes of their own, whatever the seed of Python's own hashes."""
    sandbox.lesson(SPEC.replace("versions: 3", "versions: 2"), ARTICLE)
    made = []
    for seed in ("1", "2"):
        args = ("build", "--sheet", "worksheet", "--format", "pdf", "--format", "docx", "-o", seed)
        assert sandbox.spawn(*args, env={"PYTHONHASHSEED": seed}).code == 0
        made.append({name: (sandbox.root / seed / name).read_bytes() for name in sandbox.files(seed)})
    assert len(made[0]) == 6
    assert made[0] == made[1]
