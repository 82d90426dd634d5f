"""Every way to answer, drawn in HTML and PDF: for students, with room; for teachers, with the answer in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import get_args

import pikepdf
import pytest
from formats.test_html import outline
from formats.test_pdf import clean, elements, kids, marks, opened, pages_of

import toolkit.formats.html.shapes as shapes
from toolkit.formats import html
from toolkit.model.printout import Exhibit, Model, Paper, Part, Printout, Task
from toolkit.model.response import (
    Area,
    Cells,
    Choice,
    Entry,
    Gaps,
    Layout,
    Match,
    Option,
    Order,
    Organizer,
    Response,
    Writing,
    public,
)
from toolkit.model.text import Blocks, BulletList, Emphasis, Figure, Gap, Inlines, Paragraph, Text

PITCH = 8.7  # mm


def words(text: str) -> Inlines:
    return (Text(text),)


def blocks(*texts: str) -> Blocks:
    return tuple(Paragraph(words(text)) for text in texts)


def options(*texts: str, letters: str = "") -> tuple[Option, ...]:
    return tuple(Option(letters[n : n + 1], words(text), f"options/{text}") for n, text in enumerate(texts))


CLOZE = Paragraph(
    (
        Text("The war was paid for in "),
        Gap(1, 30, "first gap"),
        Text(", and ended "),
        Emphasis((Text("in "), Gap(2, 18, "second gap"))),
        Text("."),
    )
)

SAMPLES: dict[str, Response] = {
    "writing": Writing(3, PITCH, "space of three lines"),
    "fill": Writing(3, PITCH, "space to the foot", fill=True),
    "area": Area(40, 0, "space to draw in"),
    "squares": Area(41, 5, "space with squares"),
    "entry": Entry(40, PITCH, "space for a number", words("Zanzibar"), words("km")),
    "one": Choice(options("tide", "wind", letters="AB"), False, frozenset({1})),
    "many": Choice(options("tide", "wind", "rain"), True, frozenset({0, 2})),
    "truth": Choice(options("True", "False"), False, frozenset({1}), True, Writing(1, PITCH, "space of one line")),
    "match": Match(
        options("dike", "ditch", "mound"),
        options("keeps water out", "leads it away", "stands above it", "burns", letters="PQRS"),
        "space for a letter",
        ("Q", "S", "P"),
    ),
    "order": Order(options("dug", "flooded", "drained"), "space for a place", (3, 1, 2)),
    "bank": Gaps((CLOZE,), (words("gold"), words("May"), words("June")), "Words", (words("gold"), words("May"))),
    "gaps": Gaps((CLOZE,), (), "", (words("Zanzibar"), words("Yokohama"))),
    "cells": Cells(
        (words("Asked"), words("1979"), words("1991")),
        ((words("Who?"), None, None), (words("When?"), words("spring"), None)),
        17.4,
        "asked of both years",
        "space in the table",
        ((None, words("Zanzibar"), words("Yokohama")), (None, None, words("Xanadu"))),
    ),
    "cause-effect": Organizer(
        "cause-effect",
        (words("Cause"), words("Cause"), words("Effect")),
        (),
        60,
        "Two causes of one effect",
        "space in the frames",
        (blocks("Zanzibar"), (BulletList((blocks("Yokohama"),)),), blocks("Xanadu")),
    ),
    "compare": Organizer(
        "compare",
        (words("Criterion"), words("River"), words("Sea")),
        (words("Salt"), words("Depth")),
        60,
        "River and sea compared",
        "space to compare in",
        (blocks("Zanzibar"), blocks("Yokohama"), blocks("Xanadu"), blocks("Walvis Bay")),
    ),
    "venn": Organizer(
        "venn",
        (words("River"), words("Both"), words("Sea")),
        (),
        70,
        "Two overlapping circles",
        "space in the circles",
        (blocks("Zanzibar"), blocks("Yokohama"), blocks("Xanadu", "Walvis Bay")),
    ),
    "cornell": Organizer(
        "cornell",
        (words("Cues"), words("Notes"), words("Summary")),
        (),
        90,
        "Notes in three frames",
        "space for notes",
        (blocks("Zanzibar"), blocks("Yokohama"), blocks("Xanadu")),
    ),
}
KEYED = sorted(name for name, response in SAMPLES.items() if public(response) != response)
SECRETS = ("Zanzibar", "Yokohama", "Xanadu", "Walvis Bay", "✓", "answer", "right")


def task(response: Response | None, number: str = "1", ask: str = "Asked?") -> Task:
    return Task(number, blocks(ask), "2 pts", response, f"questions/{number}")


def sheet_of(printout: Printout, *tasks: Task) -> Printout:
    return replace(printout, parts=(Part("questions", tasks),))


@pytest.fixture
def all_kinds(student: Printout) -> Printout:
    """A student's sheet with every way to answer, and the documents and parts of a question."""
    tasks = tuple(task(public(response), str(n)) for n, response in enumerate(SAMPLES.values(), start=1))
    return sheet_of(student, *tasks, documents())


@pytest.fixture
def key(teacher: Printout) -> Printout:
    return sheet_of(teacher, *(task(response, str(n)) for n, response in enumerate(SAMPLES.values(), start=1)))


def documents(*parts: Task) -> Task:
    picture = Figure("images/river delta.png", "Channels from the air.")
    exhibits = (
        Exhibit("Document A", blocks("We moved the house twice."), words("A letter, 1953."), "exhibits/A"),
        Exhibit("Document B", (picture,), words("Own work."), "exhibits/B"),
    )
    written = Writing(2, PITCH, "space of two lines")
    inner = parts or (task(written, "(a)", "Who wrote it?"), task(written, "(b)", "What for?"))
    return replace(task(None, "20", "Read both."), exhibits=exhibits, parts=inner)


# -- who sees what ----------------------------------------------------------------------------------------


def test_samples_are_of_every_kind() -> None:
    assert {type(response) for response in SAMPLES.values()} == set(get_args(Response))
    layouts = {response.layout for response in SAMPLES.values() if isinstance(response, Organizer)}
    assert layouts == set(get_args(Layout))


def drawn(printout: Printout, response: Response) -> str:
    page = html.render(sheet_of(printout, task(response)), paged=True)
    return unescape(page.partition("<main>")[2].partition("</main>")[0])


@pytest.mark.parametrize("name", KEYED)
def test_key_is_in_the_teachers_page_and_nowhere_in_the_students(
    name: str, student: Printout, teacher: Printout
) -> None:
    response = SAMPLES[name]
    answered, asked = drawn(teacher, response), drawn(student, public(response))
    assert [secret for secret in SECRETS if secret in asked] == []
    assert re.search('class="(answer|right)"', answered)
    given = {secret for secret in SECRETS[:4] if secret in repr(response)}
    assert {secret for secret in given if answered.count(secret) != 1} == set()


def test_keys_stand_in_their_places(teacher: Printout) -> None:
    def answers(name: str, pattern: str) -> list[object]:
        return list(re.findall(pattern, drawn(teacher, SAMPLES[name])))

    item = r'<b class="answer">(\w)</b></span>(\w+)</li>'
    assert answers("match", item) == [("Q", "dike"), ("S", "ditch"), ("P", "mound")]
    assert answers("order", item) == [("3", "dug"), ("1", "flooded"), ("2", "drained")]
    assert answers("many", r'class="right">(\w+)') == ["tide", "rain"]
    assert answers("truth", r'class="right">(\w+)\s<span class="tick">(✓)') == [("False", "✓")]
    assert answers("gaps", r'min-width:(\w+)"><b class="answer">(\w+)') == [("30mm", "Zanzibar"), ("18mm", "Yokohama")]
    assert answers("compare", r">\s*(\w+)</th>|<p>(.*?)</p>")[-6:] == [
        ("Salt", ""),
        ("", "Zanzibar"),
        ("", "Yokohama"),
        ("Depth", ""),
        ("", "Xanadu"),
        ("", "Walvis Bay"),
    ]


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("audience", ["student", "teacher"])
def test_tags_nest(name: str, audience: str, request: pytest.FixtureRequest) -> None:
    printout: Printout = request.getfixturevalue(audience)
    response = SAMPLES[name] if audience == "teacher" else public(SAMPLES[name])
    found = outline(html.render(sheet_of(printout, task(response), documents()), paged=False))
    assert found.broken == []
    assert found.open == []


def spoken_words(printout: Printout) -> list[str]:
    responses = [task.response for task in printout.parts[0].blocks if isinstance(task, Task) and task.response]
    found = [r.spoken for r in responses if not isinstance(r, Choice | Gaps)]
    return [*found, "space of one line"]


def test_room_is_spoken_of_once(all_kinds: Printout) -> None:
    page = html.render(all_kinds, paged=True)
    assert [words for words in spoken_words(all_kinds) if page.count(words) != 1] == []
    assert (page.count("first gap"), page.count("second gap")) == (2, 2)  # of two texts with gaps


def test_standalone_page_has_the_fewest_rules(student: Printout) -> None:
    page = html.render(sheet_of(student, task(SAMPLES["fill"])), paged=False)
    assert page.count('<i style="height:8.7mm"></i>') == 3


def test_documents_stand_before_their_question_and_parts_after(student: Printout) -> None:
    page = html.render(sheet_of(student, documents()), paged=True).partition("<main>")[2]
    places = [page.index(words) for words in ("Document A", "A letter, 1953", "Document B", "Read both", "(a)", "(b)")]
    assert places == sorted(places)
    assert page.count("2 pts") == 3


# -- PDF/UA-1 ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {}


@pytest.fixture(params=["all_kinds", "key"])
def data(request: pytest.FixtureRequest, made: dict[str, bytes]) -> bytes:
    """Every way to answer as a PDF for students and for teachers, each printed once."""
    name: str = request.param
    if name not in made:
        made[name] = clean(request.getfixturevalue(name))
    return made[name]


def test_pdf_says_room_and_keys_once(data: bytes, all_kinds: Printout, key: Printout) -> None:
    text = " ".join("\n".join(pages_of(data)).split())
    if "TEACHER EDITION" in text:
        assert text.count("Zanzibar") == len([r for r in SAMPLES.values() if "Zanzibar" in repr(r)])
        assert "first gap" not in text
    else:
        assert [words for words in spoken_words(all_kinds) if text.count(words) != 1] == []
        assert [secret for secret in SECRETS if secret in text] == []


def test_structure_is_whole(data: bytes) -> None:
    with opened(data) as document:
        for element in elements(document):
            assert kids(element) or element.S in ("/TD", "/TH"), element.S
        for each in elements(document, "L"):
            assert {str(kid.S) for kid in kids(each)} == {"/LI"}
        for item in elements(document, "LI"):
            assert [str(kid.S) for kid in kids(item)] in (["/Lbl", "/LBody"], ["/LBody"])
        for header in elements(document, "TH"):
            assert str(header.A.Scope) == ("/Column" if header.P.P.S == "/THead" else "/Row")
        tagged = {tag for page in document.pages for tag, said in marks(page) if "/MCID" not in said}
        assert tagged == {"/Artifact"}


def test_figures_have_their_words(all_kinds: Printout) -> None:
    with opened(clean(all_kinds)) as document:
        figures = elements(document, "Figure")
        assert [str(figure.Alt) for figure in figures] == [
            "Two causes of one effect",
            "Two overlapping circles",
            "Channels from the air.",
        ]
        for figure in figures:
            x1, y1, x2, y2 = (float(n) for n in figure.A.BBox)
            assert 78 <= x1 < x2 <= 558
            assert 58 <= y1 < y2 <= 732


def test_right_to_left(all_kinds: Printout) -> None:
    arabic = replace(all_kinds, language="ar", direction="rtl")
    with opened(clean(arabic)) as document:
        assert len(elements(document, "Figure")) == 3
        for page in document.pages:
            for x1, x2 in horizontal_rules(page):
                assert 54 - 0.5 <= x1 < x2 <= 612 - 78 + 0.5


# -- pages ------------------------------------------------------------------------------------------------

HIGH = PITCH * 96 / 25.4  # px; a box with a rule at its foot


def boxes(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Return x, y, width, height of every box drawn on `page`, in px from the upper left corner."""
    found = []
    for instruction in pikepdf.parse_content_stream(page):
        if str(instruction.operator) == "re":
            x, y, width, height = (float(n) for n in instruction.operands)
            found.append((x, y, width, height))
    return found


def rules(page: pikepdf.Page) -> list[float]:
    """Return where the rules to write on stand on `page`, in px from its head."""
    return sorted({round(y + height, 1) for _, y, _, height in boxes(page) if abs(height - HIGH) < 0.05})


def horizontal_rules(page: pikepdf.Page) -> list[tuple[float, float]]:
    return [(x * 0.75, (x + width) * 0.75) for x, _, width, height in boxes(page) if abs(height - HIGH) < 0.05]


@pytest.mark.parametrize(("paper", "foot"), [("letter", 792 - 58), ("a4", 841.89 - 66)])
@pytest.mark.parametrize("before", [0, 3])
def test_rules_reach_the_foot_of_the_page(student: Printout, paper: Paper, foot: float, before: int) -> None:
    asked = [task(SAMPLES["writing"], str(n)) for n in range(before)]
    inner = task(SAMPLES["fill"], "(b)")
    whole = replace(task(None, "8"), parts=(task(SAMPLES["writing"], "(a)"), inner))
    tasks = (*asked, task(SAMPLES["fill"], "7"), whole, task(SAMPLES["fill"], "9"))
    with opened(clean(replace(sheet_of(student, *tasks), paper=paper))) as document:
        assert len(document.pages) == 3
        for page in document.pages:
            drawn = rules(page)
            assert foot / 0.75 - HIGH <= max(drawn) <= foot / 0.75
            assert drawn[-1] - drawn[-2] == pytest.approx(HIGH, abs=0.2)


def test_total_and_credits_stay_below_rules_that_fill_a_page(student: Printout) -> None:
    total, credit = Paragraph(words("Total: 9"), role="total"), Paragraph(words("By the class."), role="credit")
    parts = (Part("questions", (task(SAMPLES["fill"]), total)), Part("credits", (credit,)))
    pages = pages_of(printed := clean(replace(student, parts=parts)))
    assert len(pages) == 1
    assert "Total: 9" in pages[0]
    assert "By the class." in pages[0]
    with opened(printed) as document:
        assert len(rules(document.pages[0])) > 12


def test_what_follows_rules_that_fill_a_page_is_on_the_next(student: Printout) -> None:
    last = Part("chronology", (Paragraph(words("LATER")),))
    sheet = sheet_of(student, task(SAMPLES["fill"], ask="ASKED"))
    pages = pages_of(clean(replace(sheet, parts=(*sheet.parts, last))))
    assert [("ASKED" in page, "LATER" in page) for page in pages] == [(True, False), (False, True)]


def test_a_models_box_stands_under_rules_that_fill_a_page(teacher: Printout) -> None:
    answered = replace(task(SAMPLES["fill"]), models=(Model("Model answer", blocks("LAST")),))
    pages = pages_of(clean(sheet_of(teacher, answered, task(None, "2", "NEXT"))))
    assert [("LAST" in page, "NEXT" in page) for page in pages] == [(True, False), (False, True)]


@pytest.mark.parametrize("before", range(0, 12, 3))
def test_no_question_is_split(teacher: Printout, before: int) -> None:
    model = (Model("Answer", blocks("END")),)
    kinds = [response for name, response in SAMPLES.items() if name not in ("fill", "area")]
    tasks = [
        replace(task(response, str(n), f"START{n:02}"), models=(Model("Answer", blocks(f"END{n:02}")),))
        for n, response in enumerate(kinds[before:] + kinds[:before])
    ][:12]
    inner = tuple(replace(task(SAMPLES["writing"], f"({c})", f"START{c * 2}"), models=model) for c in "ab")
    filler = Task("0", blocks(*["Short."] * before), "", None, "questions/0")
    pages = pages_of(clean(sheet_of(teacher, filler, *tasks, documents(*inner))))
    for n in range(12):
        (start,) = [at for at, page in enumerate(pages) if f"START{n:02}" in page]
        (end,) = [at for at, page in enumerate(pages) if f"END{n:02}" in page]
        assert start == end
    (stem,) = [at for at, page in enumerate(pages) if "Read both." in page]
    assert "STARTaa" in pages[stem]
    assert "Document B" in pages[stem]


def test_rules_stand_on_the_page_of_their_question(student: Printout) -> None:
    room = Writing(5, PITCH, "")
    tasks = [task(room, str(n), "ASKED " + "and asked again " * (n % 5 * 4)) for n in range(12)]
    made = clean(sheet_of(student, *tasks))
    asked = [page.count("ASKED") for page in pages_of(made)]
    assert sum(asked) == 12
    with opened(made) as document:
        assert [len(rules(page)) for page in document.pages] == [5 * questions for questions in asked]


def test_punctuation_stays_with_its_gap(student: Printout) -> None:
    tasks = []
    for length in range(4, 60, 4):
        text = Text("x" * (length // 2) + " and they came to the land " + "y" * (length // 2) + " of ")
        gaps = Gaps((Paragraph((text, Gap(1, 40, "gap"), Text(". Then"))),), (), "")
        tasks.append(task(gaps, str(length)))
    lines = [line.strip() for page in pages_of(clean(sheet_of(student, *tasks))) for line in page.splitlines()]
    assert [line for line in lines if line.startswith(".")] == []


def test_a_table_higher_than_a_page_loses_nothing(student: Printout) -> None:
    rows = tuple((words(f"row {n};"), None) for n in range(40))
    cells = Cells((words("Name"), words("What")), rows, 17.4, "forty rows", "space in the table")
    text = "".join(pages_of(clean(sheet_of(student, task(cells)))))
    assert [n for n in range(40) if f"row {n};" not in text] == []


# -- shapes -----------------------------------------------------------------------------------------------


def test_squares_are_whole_and_enough() -> None:
    assert shapes.squares(Area(41, 5, ""), "student") == shapes.Squares(30, 9)
    assert shapes.squares(Area(40, 5, ""), "teacher") == shapes.Squares(21, 8)
    assert shapes.squares(Area(0.3, 0.1, ""), "student").rows == 3


@pytest.mark.parametrize("audience", ["student", "teacher"])
@pytest.mark.parametrize("height", [40, 80, 150])
@pytest.mark.parametrize("words_of_key", [0, 12, 120])
def test_circles_overlap_and_hold_their_words(audience: str, height: float, words_of_key: int) -> None:
    key = (blocks("word " * words_of_key),) * 3 if words_of_key else None
    venn = Organizer("venn", (words("One"), words("Both"), words("The other")), (), height, "", "", key)
    shape = shapes.circles(venn, "teacher" if audience == "teacher" else "student")
    assert shape.near - shape.rx >= 0
    assert shape.far + shape.rx <= shape.width
    assert shape.near < shape.far < shape.near + 1.5 * shape.rx
    assert shape.middle + shape.ry <= shape.height
    assert shape.height >= height * shapes.PT - 0.01
    left, both, right = shape.regions
    assert left.start + left.width <= both.start + 0.1 * shape.rx
    assert both.start + both.width <= right.start + 0.1 * shape.rx
    assert left.height >= words_of_key * 5 * shapes.CHARACTER / left.width * shapes.LINE - shapes.LINE
