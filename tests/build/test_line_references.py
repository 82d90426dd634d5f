"""A reference prints the number that stands beside its line on the handout of the same edition and format."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pdf_places import Place, places, row
from sandbox import REPOSITORY, Sandbox

from toolkit.build.composing import composed
from toolkit.formats import LINES, pdf
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.lines import Line
from toolkit.model.pointing import ink
from toolkit.model.printout import Audience, Edition, Paper, Printout, Task

SAMPLE = REPOSITORY / "lessons" / "vietnam-leaves-cambodia"
# The edge of the text, and where the measure ends (pt); the numbers of lines hang to the left of it.
NEAR, FAR = {"letter": 78.0, "a4": 72.0}, 420.0


def printed(printout: Printout) -> bytes:
    said: list[object] = []
    made = pdf.write(printout, said.append)
    assert said == []
    return made


def asking(sandbox: Sandbox, questions: list[str], slug: str = "asking") -> Lesson:
    """Return the sample lesson with `questions` put to its reading."""
    folder = sandbox.root / "lessons" / slug
    shutil.copytree(SAMPLE, folder)
    asked = "".join(f"  - open: {json.dumps(question, ensure_ascii=False)}\n" for question in questions)
    spec = (folder / "lesson.yaml").read_text("utf-8").replace("\nquestions:\n", f"\nquestions:\n{asked}", 1)
    (folder / "lesson.yaml").write_text(spec, "utf-8")
    return sandbox.load(slug)


def numbered(drawn: list[Place], paper: Paper = "letter") -> dict[int, str]:
    """Return what the handout prints: the words of each line that has a number beside it, read from the PDF."""
    near = NEAR[paper]
    marks = [place for place in drawn if near - 30 < place.x < near - 6 and place.words.strip().isdecimal()]
    return {int(mark.words): row(drawn, mark, near - 2, near + 342) for mark in marks}


def line_below(drawn: list[Place], words: str) -> str:
    """Return the words of the line under the one that has `words`, 15 pt lower."""
    above = next(p for p in drawn if words.startswith(p.words.strip()) and NEAR["letter"] - 1 < p.x < FAR)
    return row(drawn, replace(above, y=above.y + 15), NEAR["letter"] - 2, FAR)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """The sample's handout for students as it is printed."""
    lesson = asking(Sandbox(tmp_path_factory.mktemp("reading")), [])
    return places(printed(composed(lesson, "handout", Edition(), "pdf")))


@pytest.mark.slow
@pytest.mark.parametrize(("audience", "paper"), [("student", "a4"), ("teacher", "letter")])
def test_the_numbers_are_those_beside_the_lines(
    audience: Audience, paper: Paper, reading: list[Place], sandbox: Sandbox
) -> None:
    # Words of citations are not words of the article.
    probes = [words for words in numbered(reading).values() if not set("()") & set(words) and "Evans" not in words]
    assert len(probes) > 20
    lesson = asking(sandbox, [f"Probe{number}: {{line: “{words}”}}." for number, words in enumerate(probes)])
    edition = Edition(audience, paper)

    drawn = places(printed(composed(lesson, "handout", edition, "pdf")))

    beside = numbered(drawn, paper)
    assert list(beside) == list(range(5, 5 * len(beside) + 1, 5))
    assert len(beside) > 30
    wanted = {str(probes.index(words)): str(number) for number, words in beside.items() if words in probes}
    assert len(wanted) == len(probes)
    asked = re.compile(r"Probe(\d+):\s+lines?\s+(\d+(?:–\d+)?)\.")
    assert dict(asked.findall(" ".join(place.words.strip() for place in drawn))) == wanted
    # The worksheet lies beside that handout.
    assert dict(asked.findall(" ".join(stems(composed(lesson, "worksheet", edition, "pdf"))))) == wanted


def test_words_on_two_lines_and_paragraphs_print_the_first_and_the_last(reading: list[Place], sandbox: Sandbox) -> None:
    first = numbered(reading)[5]
    ends = f"{first} {line_below(reading, first).split()[0]}"
    questions = [f"Here {{line: '{ends}'}}.", "There {line: opening/1}.", "{Line: opening/1-2} both."]

    sheet = composed(asking(sandbox, questions), "worksheet", Edition(), "pdf")

    # The first paragraph ends on the line before the one that begins the second; both, before the first heading.
    column = [p for p in reading if p.page == 1 and p.x in (78.0, 92.0)]
    second = next(n for n, place in enumerate(column) if place.words.startswith("Why did one"))
    start = next(n for n, place in enumerate(column) if place.words.startswith("On September 26"))
    both = next(n for n, place in enumerate(column) if place.words.startswith("Comrades into")) - start
    last = second - start
    assert stems(sheet)[-5:-2] == [
        "Here lines\u00a05–6.",
        f"There lines\u00a01–{last}.",
        f"Lines\u00a01–{both} both.",
    ]


def stems(printout: Printout) -> list[str]:
    tasks = [block for part in printout.parts for block in part.blocks if isinstance(block, Task)]
    return [t.plain_block(task.stem[0]) for task in tasks]


def test_both_editions_of_a_handout_have_the_same_lines(sandbox: Sandbox) -> None:
    lesson = asking(sandbox, [])
    editions = (Edition(), Edition("teacher"), Edition(paper="a4"))
    first, *others = (pdf.lines(composed(lesson, "handout", edition, "pdf")) for edition in editions)
    assert others == [first] * 2


@pytest.mark.parametrize("language", ["ar", "km", "vi"])
def test_lines_hold_the_words_of_their_paragraphs_in_every_script(language: str, sandbox: Sandbox) -> None:
    article = Path(REPOSITORY, "../shared/inputs/languages/udhr").resolve()
    file = next(iter(sorted(article.glob(f"*{language}*"))), None) if article.is_dir() else None
    if file is None:
        pytest.skip(f"no text in {language} under shared/inputs: the order of its words was not looked at")
    words = [" ".join(line.split()) for line in file.read_text("utf-8").splitlines() if len(line) > 120][:6]
    sandbox.lesson(f"title: X\nlanguage: {language}\n", "\n\n".join(words))
    lines = pdf.lines(composed(sandbox.load(), "handout", Edition(), "pdf"))
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    for number, paragraph in enumerate(words, start=1):
        there = "".join(ink(line.words) for line in lines if line.address == f"article/opening/{number}")
        assert there == ink(t.plain_block(sandbox.load().article.opening[number - 1])), paragraph


def test_a_format_whose_lines_run_on_prints_paragraphs(sandbox: Sandbox) -> None:
    lesson = asking(sandbox, ["There {line: opening/2}, {line: 'Communist armies won twice'}."])
    for form in ("docx", "html"):
        assert form not in LINES
        assert stems(composed(lesson, "worksheet", Edition(), form))[-3] == "There paragraph\u00a02, paragraph\u00a03."


def test_a_lesson_without_references_is_set_once(sandbox: Sandbox) -> None:
    sandbox.lesson()
    asked = pdf.lines.cache_info()
    composed(sandbox.load(), "worksheet", Edition(), "pdf")
    assert pdf.lines.cache_info() == asked


def test_the_sheets_of_an_edition_share_one_layout(sandbox: Sandbox) -> None:
    lesson = asking(sandbox, ["There {line: opening/2}."])
    before = pdf.lines.cache_info()
    for sheet in ("handout", "worksheet"):
        composed(lesson, sheet, Edition(course=sheet[:0]), "pdf")
    after = pdf.lines.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)


def test_the_line_of_a_list_and_a_quotation(sandbox: Sandbox) -> None:
    article = "One line.\n\n- first item\n- second item\n\n> Words of another.\n\n![](map.png)\n\nLast line.\n"
    sandbox.put("lessons/river/map.png", (REPOSITORY / "lessons/_showcase/images/hornbook.png").read_bytes())
    asked = "({line: 'second item'}, {line: 'words of another'}, {line: 'last line'}, {line: opening/2})"
    spec = f'title: X\nimages: {{map.png: {{decorative: true}}}}\nquestions: [{{open: "Where {asked}?"}}]\n'
    sandbox.lesson(spec, article)

    lesson = sandbox.load()

    lines = pdf.lines(composed(lesson, "handout", Edition(), "pdf"))
    assert lines[2] == Line(3, "article/opening/2", "second item")
    assert stems(composed(lesson, "handout", Edition(), "pdf")) == [
        "Where (line\u00a03, line\u00a04, line\u00a05, line\u00a05)?"
    ]
    # A list or a quotation belongs to the paragraph before it.
    assert stems(composed(lesson, "handout", Edition(), "docx")) == [
        "Where (paragraph\u00a01, paragraph\u00a01, paragraph\u00a02, paragraph\u00a02)?"
    ]
