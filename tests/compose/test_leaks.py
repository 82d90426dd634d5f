"""Promise 6: never an answer in a student's file.

Every field that is the teacher's holds a word that stands nowhere else. None of these words may be anywhere
in what a student is given: the printout, the page, the PDF, the Word file. And the test must see them where
they are allowed to be, or it would prove nothing.
"""

from __future__ import annotations

import base64
import contextlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType

import pikepdf
import pypdf
import pytest
from sandbox import Sandbox

from toolkit.build.examining import sealed
from toolkit.build.targets import Kind, Target
from toolkit.compose import compose
from toolkit.formats import writer
from toolkit.formats.docx.stamp import chunked, seal
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.printout import Edition, Model, Printout, Task
from toolkit.model.question import Question
from toolkit.model.specification import LessonSpec, Section, Step
from toolkit.model.stamp import Stamp
from toolkit.model.text import Paragraph, Text
from toolkit.questions import KINDS, kind

# The teacher's fields, each with its word. Words that no font, style or format has of itself.
SECRETS: Mapping[str, str] = MappingProxyType(
    {
        "open.answer": "qanswerx",
        "short.answer": "qshortanswerx",
        "choose.explain": "qexplainx",
        "true_false.corrected": "qcorrectedx",
        "cloze.gap": "qgapx",
        "table.cell": "qcellx",
        "number.answer": "90817263",
        "number.within": "80706",
        "organize.answers": "qframex",
        "source.answer": "qsourcex",
        "documents.answer": "qargumentx",
        "exit.answer": "qexitx",
        "part's answer": "qpartx",
        "hint": "qhintx",
        "worked": "qworkedx",
        "rubric": "qrubricx",
        "look_for": "qlookforx",
        "misconception": "qmisconceptionx",
        "support": "qsupportx",
        "scoring": "qscoringx",
        "levels": "qlevelx",
        "level's hint": "qlevelhintx",
        "only": "qonlyx",
        "answer's note": "qnoteinanswerx",
        "section.note": "qsectionnotex",
        "pacing.step": "qpacingstepx",
        "pacing.ready": "qpacingreadyx",
        "objectives": "qobjectivex",
        "essential_question": "qessentialx",
        "standards.text": "qstandardx",
        "case": "0aabbccd-0000-0000-0000-00000000cafe",
    }
)
SPEC = """\
title: The River
objectives: [{objectives}]
essential_question: {essential_question}
standards: [{{id: A.1, text: {standards.text}, case: {case}}}]
pacing: [{{minutes: 5, step: {pacing.step}, ready: {pacing.ready}}}]
sections:
  - heading: Upstream
    note: {section.note}
    questions:
      - open: Why?
        answer: |
          {open.answer}[^1]

          [^1]: {answer's note}
        look_for: {look_for}
        misconception: {misconception}
        support: {support}
        scoring: {scoring}
        levels: {{extension: {{prompt: {levels}, hint: {level's hint}}}}}
      - open: {only}
        only: extension
        answer: {open.answer}
      - short: Who?
        answer: {short.answer}
        look_for: {look_for}
      - choose: Which?
        options: [one, two, three]
        correct: two
        explain: {choose.explain}
        scoring: {scoring}
questions:
  - choose: Which two?
    options: [four, five, six]
    correct: [four, six]
    explain: {choose.explain}
  - true_false: It flows.
    answer: false
    corrected: {true_false.corrected}
  - cloze: The {{{cloze.gap}}} came.
  - table: Fill in.
    columns: [Question, Answer]
    rows: [[Who?, "{{{table.cell}}}"]]
  - number: How many?
    answer: {number.answer}
    within: {number.within}
  - organize: Draw.
    layout: venn
    labels: [left, both, right]
    answers: [{organize.answers}, {organize.answers}, {organize.answers}]
  - source: Read.
    document: {{text: Words.}}
    answer: {source.answer}
    hint: {hint}
    worked: {worked}
    rubric: {{levels: [best], criteria: {{Evidence: [{rubric}]}}}}
    parts:
      - short: Which?
        answer: {part's answer}
        hint: {hint}
  - documents: Argue.
    sources: [{{text: One.}}, {{text: Two.}}]
    answer: {documents.answer}
  - exit: Ask.
    answer: {exit.answer}
"""
ARTICLE = "## Upstream\n\nThe water slows.\n"
FORMATS = ("html", "pdf", "docx")


def spec(secrets: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_.' ]+)\}", lambda found: secrets[found[1]], SPEC).replace("{{", "{").replace("}}", "}")


@pytest.fixture
def secret(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(spec(SECRETS), ARTICLE)
    return sandbox


def found_in(words: str) -> set[str]:
    """Return the fields whose words stand in `words`."""
    return {field for field, secret in SECRETS.items() if secret in words}


def write(printout: Printout, form: str) -> bytes:
    said: list[Diagnostic] = []
    data = writer(form)(printout, said.append)
    assert [d for d in said if d.severity is Severity.ERROR] == []
    kind = Kind(printout.sheet, printout.audience, form, presentation=printout.presentation)
    return sealed(data, Target("river", kind))


# -- everything that can be read out of a file


def html(data: bytes) -> str:
    return data.decode()


def pdf(data: bytes) -> str:
    """Return the text of the pages, the metadata, and every stream and string of the file unpacked."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    words = [page.extract_text() for page in reader.pages] + [repr(reader.metadata), repr(reader.outline)]
    with pikepdf.open(io.BytesIO(data)) as document:
        words.append(str(document.docinfo))
        for thing in document.objects:
            words.append(repr(thing))
            if isinstance(thing, pikepdf.Stream):
                words.append(thing.read_bytes().decode("latin-1"))
    return "\n".join(words)


def docx(data: bytes) -> str:
    """Return every part of the file, and its words with the marks between them taken out, what is packed unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        names = [*archive.namelist(), archive.comment.decode("latin-1")]
    words = [re.sub(r"<[^>]+>", "", part) for part in parts]
    return "\n".join([*names, *parts, *words, *map(packed, parts)])


def packed(part: str) -> str:
    """Return what stands in `part` in base64, deflated or plain: a place to hide in, which stamps may use."""
    lines = re.sub(r"(?<=[^\n]{240})\n+", "", re.sub(r"<[^>]+>", "\n", part))  # properties of 240 characters go on
    found = []
    for piece in re.findall(r"[A-Za-z0-9+/]{16,}={0,2}", lines):
        with contextlib.suppress(ValueError):
            data = base64.b64decode(piece + "=" * (-len(piece) % 4))
            found.append(data.decode("utf-8", "replace"))
            with contextlib.suppress(zlib.error):
                found.append(zlib.decompressobj().decompress(data).decode("utf-8", "replace"))
    return "\n".join(found)


READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType({"html": html, "pdf": pdf, "docx": docx})


# -- what is planted covers what there is


def test_every_field_of_a_question_is_either_printed_for_all_or_planted() -> None:
    everybody = {"prompt", "id", "points", "depth", "standards", "options", "correct", "lines", "box", "grid"}
    everybody |= {"document", "sources", "parts", "bank", "spare", "columns", "labels", "layout", "height", "unit"}
    # Shuffled for everybody: that their order says nothing is proved by the tests of the kinds.
    everybody |= {"pairs", "items", "events"}
    everybody |= {"rows"}  # of a table, whose answers are planted in its cells; of an organiser, its criteria
    everybody |= {"keep_order", "follows", "only"}  # say where and when, and no words
    everybody |= {"tags"}  # printed for nobody
    guides = {"look_for", "misconception", "support", "scoring", "hint", "worked", "rubric", "levels"}
    planted = {field for field in SECRETS if "." in field} | {"true_false.answer"}  # a word that is true or false
    for name in KINDS:
        teachers = set(kind(name).model_fields) - everybody
        inside = {"gap", "cell"}  # not fields of their own
        assert teachers == guides | {f.split(".")[1] for f in planted if f.startswith(f"{name}.")} - inside
    assert set(Question.model_fields) - everybody == guides


def test_every_field_of_the_lesson_is_either_printed_for_all_or_planted() -> None:
    everybody = {
        "title", "id", "number", "summary", "language", "date", "places", "categories", "index", "keywords", "people",
        "subject",
        "grades", "duration", "article", "sections", "questions", "vocabulary", "images", "chronology",
        "bibliography", "related", "rights", "versions", "marks", "era", "timeline", "timeline_activity",
        "style", "works_cited", "group_sources",
    }  # fmt: skip  # a set reads better in lines
    teachers = {field.split(".")[0] for field in SECRETS}
    assert set(LessonSpec.model_fields) - everybody <= teachers
    assert set(Section.model_fields) - {"heading", "under", "id", "excerpt", "vocabulary", "questions"} == {"note"}
    assert set(Step.model_fields) - {"minutes"} == {"step", "ready"}


# -- students


@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_a_students_printout_holds_nothing_of_the_teachers(secret: Sandbox, sheet: str) -> None:
    printout = secret.printout(sheet, "student")
    assert found_in(repr(printout)) == set()
    assert not re.search(r"key=(?!None)", repr(printout)), "which option is right"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_a_students_file_holds_nothing_of_the_teachers(secret: Sandbox, sheet: str, form: str) -> None:
    assert found_in(READERS[form](write(secret.printout(sheet, "student"), form))) == set()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_a_students_file_does_not_depend_on_which_option_is_right(sandbox: Sandbox, sheet: str, form: str) -> None:
    """Nothing tells it: the bytes are the same whichever is right. (How many are right is for all to see.)"""
    words = spec(SECRETS)
    sandbox.lesson(words, ARTICLE)
    first = write(sandbox.printout(sheet, "student"), form)
    sandbox.lesson(words.replace("correct: two", "correct: three").replace("[four, six]", "[five, six]"), ARTICLE)
    assert write(sandbox.printout(sheet, "student"), form) == first


@pytest.mark.parametrize("form", FORMATS)
def test_a_students_file_does_not_depend_on_what_the_teacher_is_told(sandbox: Sandbox, form: str) -> None:
    sandbox.lesson(spec(SECRETS), ARTICLE)
    first = write(sandbox.printout("worksheet", "student"), form)
    others = {name: "0" + secret[1:] if name == "case" else secret.upper() for name, secret in SECRETS.items()}
    sandbox.lesson(spec(others), ARTICLE)
    assert write(sandbox.printout("worksheet", "student"), form) == first


# -- versions and levels


def version(sandbox: Sandbox, words: str, sheet: str, **edition: str) -> Printout:
    sandbox.lesson(words.replace("title: The River\n", "title: The River\nversions: 3\nmarks: true\n"), ARTICLE)
    return compose(sandbox.load(), sheet, Edition(**edition))  # type: ignore[arg-type]  # the literals of the test


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_a_version_holds_nothing_of_the_teachers(sandbox: Sandbox, sheet: str, form: str) -> None:
    words = spec(SECRETS).replace("  - exit: Ask.\n", "  - exit: Ask.\n    points: 2\n")
    for name in "AC":
        printout = version(sandbox, words, sheet, version=name)
        assert not re.search(r"key=(?!None)", repr(printout)), "which option is right"
        assert [part.kind for part in printout.parts if part.kind == "key"] == []
        assert found_in(READERS[form](write(printout, form))) == set()


@pytest.mark.parametrize("form", FORMATS)
def test_a_version_does_not_depend_on_which_option_is_right(sandbox: Sandbox, form: str) -> None:
    words = spec(SECRETS).replace("  - exit: Ask.\n", "  - exit: Ask.\n    points: 2\n")
    first = write(version(sandbox, words, "worksheet", version="B"), form)
    other = words.replace("correct: two", "correct: three").replace("[four, six]", "[five, six]")
    assert other != words
    assert write(version(sandbox, other, "worksheet", version="B"), form) == first


@pytest.mark.parametrize("form", FORMATS)
def test_a_level_is_told_of_itself_alone(sandbox: Sandbox, form: str) -> None:
    words = spec(SECRETS).replace("  - exit: Ask.\n", "  - exit: Ask.\n    points: 2\n")
    printout = version(sandbox, words, "worksheet", level="extension")
    assert found_in(READERS[form](write(printout, form))) == {"levels", "level's hint", "only"}
    assert found_in(READERS[form](write(version(sandbox, words, "worksheet"), form))) == set()


# -- the test can fail


def test_the_teacher_is_told_everything(secret: Sandbox) -> None:
    told = found_in(repr(secret.printout("handout", "teacher")))
    assert told == set(SECRETS) - {"case"}, "the identifier is for programs; no sheet prints it"


@pytest.mark.parametrize("form", FORMATS)
def test_every_word_is_found_in_a_teachers_file(secret: Sandbox, form: str) -> None:
    assert found_in(READERS[form](write(secret.printout("handout", "teacher"), form))) == set(SECRETS) - {"case"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("place", ["model", "title", "author", "subject", "keywords", "rights", "identifier"])
def test_a_leak_that_is_planted_is_found(secret: Sandbox, form: str, place: str) -> None:
    leaking = planted(secret.printout("worksheet", "student"), place)
    shown = found_in(READERS[form](write(leaking, form)))
    # The identifier is for the build; a format need not write it. What it writes is found.
    assert shown == {"open.answer"} or (place == "identifier" and shown == set())


@pytest.mark.parametrize("place", ["property", "deflated properties", "part", "deflated part", "key", "lesson"])
def test_a_leak_in_the_stamp_is_found(secret: Sandbox, place: str) -> None:
    word = SECRETS["open.answer"]
    hidden = base64.b64encode(zlib.compress((word + "".join(map(chr, range(40, 400)))).encode())).decode()
    assert len(hidden) > 255, "more than one property is needed"
    properties = {"property": {"Base": word}, "deflated properties": chunked("Base", hidden)}
    items = {"part": [f"<base>{word}</base>".encode()], "deflated part": [f"<base>{hidden}</base>".encode()]}
    stamp = Stamp(word if place == "lesson" else "river", "worksheet", "student", key=word if place == "key" else "")
    data = writer("docx")(secret.printout("worksheet", "student"), lambda _: None)
    leaking = seal(data, stamp, properties.get(place, {}), items.get(place, []))
    assert found_in(docx(leaking)) == {"open.answer"}


def planted(printout: Printout, place: str) -> Printout:
    word = SECRETS["open.answer"]
    if place == "model":
        part = printout.parts[0]
        blocks = tuple(
            replace(block, models=(Model("Answer", (Paragraph((Text(word),)),)),)) if isinstance(block, Task) else block
            for block in part.blocks
        )
        return replace(printout, parts=(replace(part, blocks=blocks), *printout.parts[1:]))
    metadata = printout.metadata
    leaking = {
        "title": replace(metadata, title=f"{metadata.title} {word}"),
        "identifier": replace(metadata, identifier=word),
        "keywords": replace(metadata, keywords=(word,)),
        "subject": replace(metadata, subject=word),
        "author": replace(metadata, author=word),
        "rights": replace(metadata, rights=word),
    }
    assert leaking.keys() == {field.name for field in fields(metadata)}
    return replace(printout, metadata=leaking[place])
