"""Printouts for the tests of the writers, small but with every kind of node that a printout can hold."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from toolkit.model.printout import (
    Aside,
    Chronology,
    Fact,
    FactList,
    Field,
    Furniture,
    Gloss,
    Metadata,
    Model,
    Moment,
    Opener,
    Part,
    Picture,
    Plan,
    Printout,
    SourceEntry,
    SourceList,
    Step,
    Task,
)
from toolkit.model.response import Choice, Entry, Option, Writing
from toolkit.model.text import (
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    Heading,
    Inlines,
    LineBreak,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Term,
    Text,
)


def words(text: str) -> Inlines:
    return (Text(text),)


def para(text: str, address: str = "", role: str = "") -> Paragraph:
    return Paragraph(words(text), address, role)


def picture(name: str = "images/river delta.png", size: tuple[int, int] = (600, 400)) -> Picture:
    data = io.BytesIO()
    Image.new("RGB", size, (90, 130, 120)).save(data, "PNG")
    return Picture(name, data.getvalue(), "image/png", *size)


READING = Part(
    "reading",
    (
        Heading(2, words("Where the river slows"), "article/where"),
        Gloss(words("silt"), "noun", words("Fine earth that water carries."), words("phù sa"), "vocabulary/silt"),
        Paragraph(
            (
                Text("A river that meets the sea drops its "),
                Term(words("silt"), "vocabulary/silt"),
                Text(", and <land> & marsh grow where "),
                Emphasis(words("water")),
                Text(" stood"),
                Note((para("Some of it; the rest goes on."), BulletList(((para("and on"),),))), 1),
                Text("."),
            ),
            "article/1",
        ),
        Gloss(words("delta"), "", words("Land made by a river at its mouth."), (), "vocabulary/delta"),
        Paragraph(
            (
                Strong(words("A delta")),
                Text(" is young:"),
                LineBreak(),
                Code("age < 10_000"),
                Text(" years. See "),
                Link(words("the first paragraph"), "#article/1"),
                Text(" and "),
                Link(words("a survey"), "https://example.org/survey?a=1&b=2"),
                Text("."),
            ),
            "article/2",
        ),
        para("[…]", role="omission"),
        BulletList(((para("sand"),), (para("clay"), OrderedList(((para("blue"),), (para("grey"),)), start=3)))),
        Quote((para("We moved the house twice.", "article/3"), para("Then we moved away."))),
        CodeBlock("depth = 3\nif depth > 2:\n    dig()"),
        Rule(),
        Table(
            (words("Year"), words("Land, km²")),
            ((words("1950"), words("120")), (words("2000"), words("95"))),
            ("left", "right"),
            words("Land above the sea"),
            "article/table",
        ),
        Figure("images/river delta.png", "Channels spread like a hand.", words("The delta"), words("Own work.")),
        Figure("images/river delta.png", "", decorative=True),
    ),
)

CHRONOLOGY = Part(
    "chronology",
    (
        Heading(2, words("In order")),
        Chronology(
            ("Date", "Event"),
            (
                Moment("c. 1400", words("The first dike."), "chronology/1"),
                Moment("June 1953", words("The great flood."), "chronology/2"),
            ),
            "Two events, c. 1400 to June 1953",
        ),
    ),
)


def questions(*, key: bool) -> Part:
    option = Option("A", words("the tide"), "questions/1/A"), Option("B", words("the wind"), "questions/1/B")
    asides = (
        (Aside("Look for", (para("A cause, not a date."), para("Or two.")), "questions/1/look_for"),) if key else ()
    )
    models = (Model("Model answer", (para("Because the dikes were old."),), "questions/2/answer"),) if key else ()
    return Part(
        "questions",
        (
            Heading(2, words("Questions")),
            para("Mark one.", role="instructions"),
            Task(
                "1",
                (para("What broke the dikes?"),),
                "1 pt",
                Choice(option, False, frozenset({0}) if key else None),
                "questions/1",
                asides,
            ),
            Task(
                "2",
                (para("Why so fast?"), Quote((para("In one night."),))),
                "",
                Writing(4, 8.7, "Space for the answer, 4 lines"),
                "questions/2",
                (),
                models,
            ),
            Task(
                "3",
                (para("Name the town."),),
                "1 pt",
                Entry(60, 8.7, "Space for a word", words("Oudedorp") if key else None),
                "questions/3",
            ),
            Task(
                "4", (para("Mark two."),), "", Choice(option, True, frozenset({0, 1}) if key else None), "questions/4"
            ),
            Task("5", (para("Tell your neighbour."),), "", None, "questions/5"),
        ),
    )


PEOPLE = Part(
    "people",
    (
        Heading(2, words("People")),
        FactList((Fact(words("Aleida"), words("1890–1970"), (para("Kept the sluice."),), "people/1"),)),
    ),
)
SOURCES = Part(
    "sources",
    (
        Heading(2, words("Further reading")),
        SourceList((SourceEntry(words("Vries, A. Water. 1960."), (para("Short and clear."),), "bibliography/vries"),)),
    ),
)
CREDITS = Part("credits", (para("Text by the class, CC0.", role="credit"),))
PLAN = Part(
    "plan",
    (
        Heading(2, words("Plan")),
        Plan(("Min.", "Step", "Have ready"), (Step("0–6", words("Read."), (), "pacing/1"),), "Pacing, 6 minutes"),
    ),
)


def sheet(*parts: Part, audience: str = "student", language: str = "en") -> Printout:
    """Return a handout of `parts` under a plain opener."""
    teacher = audience == "teacher"
    return Printout(
        sheet="handout",
        audience="teacher" if teacher else "student",
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        paper="letter",
        metadata=Metadata(
            "The river – Reading 1", "A. Teacher", "Geography", ("river", "delta"), "CC0", "river/handout"
        ),
        opener=Opener(
            "Reading 1",
            words("The river"),
            words("How land begins."),
            () if teacher else (Field("Name", 2.6), Field("Date", 1.0)),
            "Teacher edition" if teacher else "",
        ),
        furniture=Furniture("The river", "Reading 1", 'Unit "1" · CC0', "{page} / {pages}"),
        parts=parts,
        pictures=(picture(),),
    )


@pytest.fixture
def student() -> Printout:
    return sheet(READING, CHRONOLOGY, questions(key=False), PEOPLE, SOURCES, CREDITS)


@pytest.fixture
def teacher() -> Printout:
    return sheet(PLAN, READING, CHRONOLOGY, questions(key=True), PEOPLE, SOURCES, CREDITS, audience="teacher")


@pytest.fixture
def worksheet() -> Printout:
    blank = Chronology(
        ("Date", "Event"), (Moment("1953", (), "chronology/1"),), "", True, 2, 8.7, "Space beside each date"
    )
    return replace(sheet(questions(key=False), Part("chronology", (blank,))), sheet="worksheet", paper="a4")
