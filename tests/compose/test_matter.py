"""What stands around the reading: the plan, people, sources, credits, the head and foot of the page."""

from __future__ import annotations

import pytest
from printout_dump import inline
from sandbox import Sandbox

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.printout import Edition, FactList, Part, Plan, Printout, SourceList


def part(printout: Printout, kind: str) -> Part:
    return next(part for part in printout.parts if part.kind == kind)


def kinds(printout: Printout) -> list[str]:
    return [part.kind for part in printout.parts]


FULL = """\
title: The *River*
number: 7.3
summary: A short one.
subject: Geography
grades: 6-8
duration: 45
places: [Delta]
categories: [Nature]
index: ["River; floods", Delta]
essential_question: Who owns water?
objectives: [Say why., Say how.]
standards: [{id: A.1, text: Do *this*.}]
pacing: [{minutes: 5, step: Read., ready: Pens}, {minutes: 40, step: Write.}]
people: [{name: Ada Reed, role: engineer, dates: 1928/1998, note: Built it.}, {name: Bo}]
article: {source: {author: "Reed, Ada", title: Water, publisher: Press Inc., date: 1950-03, licence: CC0,
  url: "https://example.org/water/", adapted: "*Shortened*."}}
rights: {licence: CC BY 4.0, holder: A School, year: 2026}
sections: [{heading: Upstream, questions: [open: Why?]}]
chronology: [{date: 1950, event: A.}]
related: [{title: The *Sea*, note: After it.}, {lesson: the-dike}, The Town]
bibliography: {reed: {type: book, author: "Reed, Ada", title: Water, issued: 1950, annotation: Clear.}}
"""


@pytest.fixture
def full(sandbox: Sandbox) -> Sandbox:
    sandbox.lesson(FULL)
    return sandbox


def test_the_sheets_are_made_of_these_parts(full: Sandbox) -> None:
    handout = ["reading", "chronology", "people", "questions", "sources", "credits"]
    assert kinds(full.printout("handout", "student")) == handout
    assert kinds(full.printout("handout", "teacher")) == ["plan", *handout]
    assert kinds(full.printout("worksheet", "student")) == ["questions", "chronology"]
    assert kinds(full.printout("worksheet", "teacher")) == ["plan", "questions", "chronology"]


def test_a_bare_lesson_makes_a_bare_sheet(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\n")
    printout = sandbox.printout("handout", "teacher")
    assert kinds(printout) == ["reading"]
    assert printout.furniture.foot == ""
    assert printout.opener.kicker == "Reading"


def test_the_plan_tells_the_teacher_what_the_lesson_is_for(full: Sandbox) -> None:
    blocks = part(full.printout("handout", "teacher"), "plan").blocks
    said = [inline(b.content) for b in blocks if isinstance(b, t.Heading | t.Paragraph)]
    assert said == [
        "Lesson plan",
        "Geography · Grades 6–8 · 45 minutes · Delta",
        "Essential question",
        "Who owns water?",
        "Objectives",
        "Standards",
        "Pacing",
    ]
    question = next(b for b in blocks if isinstance(b, t.Paragraph) and b.address)
    assert question.address == "essential_question"


def test_pacing_runs_from_zero(full: Sandbox) -> None:
    for sheet in ("handout", "worksheet"):
        plan = next(b for b in part(full.printout(sheet, "teacher"), "plan").blocks if isinstance(b, Plan))
        assert [(s.time, inline(s.step), inline(s.ready), s.address) for s in plan.steps] == [
            ("0–5", "Read.", "Pens", "pacing/1"),
            ("5–45", "Write.", "", "pacing/2"),
        ]


def test_heading_levels_never_jump(full: Sandbox) -> None:
    for sheet in ("handout", "worksheet"):
        for audience in ("student", "teacher"):
            level = 1
            for block in (b for p in full.printout(sheet, audience).parts for b in p.blocks):
                if isinstance(block, t.Heading):
                    assert 2 <= block.level <= level + 1
                    level = block.level


@pytest.mark.parametrize(
    ("dates", "printed"),
    [
        ("1928/1998", "1928–1998"),
        ("1928/..", "1928–"),
        ("1928/", "1928–?"),
        ("/1998", "?–1998"),
        ("1928~/1998", "c. 1928–1998"),
        ("1975", "1975"),
        ("-0069/-0029", "70 BCE–30 BCE"),
        ("1928-05-01/1998-04-15", "May 1, 1928–April 15, 1998"),
    ],
)
def test_life_dates(sandbox: Sandbox, dates: str, printed: str) -> None:
    sandbox.lesson(f"title: T\npeople: [{{name: Ada, dates: {dates}}}]\n")
    facts = part(sandbox.printout(), "people").blocks[1]
    assert isinstance(facts, FactList)
    assert inline(facts.facts[0].detail) == printed


def test_people_have_their_dates_and_role_beside_the_name(full: Sandbox) -> None:
    facts = part(full.printout(), "people").blocks[1]
    assert isinstance(facts, FactList)
    assert [(inline(f.name), inline(f.detail), [t.plain_block(b) for b in f.content]) for f in facts.facts] == [
        ("Ada Reed", "1928–1998, engineer", ["Built it."]),
        ("Bo", "", []),
    ]


def test_sources_have_their_annotation_and_related_lessons_follow(full: Sandbox) -> None:
    blocks = part(full.printout(), "sources").blocks
    assert isinstance(blocks[1], SourceList)
    (entry,) = blocks[1].entries
    assert inline(entry.content) == "Reed, Ada. *Water*. 1950."
    assert [t.plain_block(b) for b in entry.annotation] == ["Clear."]
    assert isinstance(blocks[3], t.BulletList)
    assert [inline(run) for run in t.inlines_of(blocks[3])] == [
        "**The *Sea*** — After it.",
        "**The dike**",
        "**The Town**",
    ]


def test_related_lessons_need_no_sources(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nrelated: [The Town]\n")
    headings = [b for b in part(sandbox.printout(), "sources").blocks if isinstance(b, t.Heading)]
    assert [inline(heading.content) for heading in headings] == ["Related lessons"]


def credits_of(sandbox: Sandbox, spec: str) -> list[str]:
    sandbox.lesson(f"title: T\n{spec}")
    blocks = [block for part in sandbox.printout().parts if part.kind == "credits" for block in part.blocks]
    return [inline(block.content) for block in blocks if isinstance(block, t.Paragraph)]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("article: {source: {author: Ada, licence: CC0}}", ["Text: Ada. Licence: CC0."]),
        ("article: {source: {licence: CC0}}", ["Licence: CC0."]),
        ("article: {source: {publisher: Press Inc.}}", ["Text: Press Inc."]),
        ("article: {source: {date: 1950}}", ["Text: 1950."]),
        ("article: {source: {url: 'https://example.org/a/'}}", ["[example.org/a](https://example.org/a/)"]),
        ("article: {source: {adapted: Cut.}}", ["Changes: Cut."]),
        ("rights: CC0", ["Licence: CC0."]),
        ("rights: {licence: All rights reserved., holder: A. Reed Jr.}", ["© A. Reed Jr. All rights reserved."]),
        ("rights: {licence: CC0, year: 2026}", ["© 2026. CC0."]),
        ("rights: {licence: CC0, holder: Ada, year: 2026}", ["© 2026 Ada. CC0."]),
        ("article: {source: {title: Who owns water?}}", ["Text: Who owns water?"]),
        ("subject: x", []),
    ],
)
def test_credits_say_what_is_known_and_no_more(sandbox: Sandbox, spec: str, said: list[str]) -> None:
    assert credits_of(sandbox, spec + "\n") == said


def test_credits_in_full(full: Sandbox) -> None:
    blocks = part(full.printout(), "credits").blocks
    assert [inline(b.content) for b in blocks if isinstance(b, t.Paragraph)] == [
        "Text: Ada Reed, Water, Press Inc., March 1950. Licence: CC0. [example.org/water](https://example.org/water/) "
        "Changes: *Shortened*.",
        "© 2026 A School. CC BY 4.0.",
    ]


# -- the page around it


def test_the_head_of_the_first_page(full: Sandbox) -> None:
    student, teacher = full.printout("handout", "student").opener, full.printout("handout", "teacher").opener
    assert (student.kicker, inline(student.title), inline(student.dek)) == (
        "Reading 7.3",
        "The *River*",
        "A short one.",
    )
    assert [field.label for field in student.fields] == ["Name", "Date", "Class"]
    assert (student.band, teacher.fields) == ("", ())
    assert teacher.band.startswith("Teacher edition")
    assert full.printout("worksheet", "student").opener.dek == ()
    assert full.printout("worksheet", "student").opener.kicker == "Questions 7.3"


def test_every_page_says_what_it_is(full: Sandbox) -> None:
    furniture = compose(full.load(), "worksheet", Edition("teacher", course="Geography 6")).furniture
    assert furniture.head_left == "The River"
    assert furniture.head_right == "Questions 7.3 · Teacher edition"
    assert furniture.foot == "Geography 6 · Ada Reed, CC0"
    assert furniture.page == "{page} / {pages}"


def test_a_file_says_what_it_is(full: Sandbox) -> None:
    metadata = full.printout("handout", "teacher").metadata
    assert metadata.title == "The River – Reading 7.3 – Teacher edition"
    assert metadata.author == "A School"
    assert metadata.subject == "Geography"
    assert metadata.keywords == ("River; floods", "Delta", "Nature")
    assert metadata.rights == "CC BY 4.0"
    assert metadata.identifier == "river/handout-teacher"


def test_a_printout_has_the_language_paper_and_direction_of_its_lesson(sandbox: Sandbox) -> None:
    sandbox.lesson("title: T\nlanguage: ar\n")
    printout = compose(sandbox.load(), "handout", Edition(paper="a4"))
    assert (printout.language, printout.direction, printout.paper) == ("ar", "rtl", "a4")


def test_an_unknown_sheet_is_refused(full: Sandbox) -> None:
    with pytest.raises(KeyError):
        compose(full.load(), "poster", Edition())


def test_a_printout_is_a_value(full: Sandbox) -> None:
    first, second = full.printout("handout", "teacher"), full.printout("handout", "teacher")
    assert first == second
    assert hash(first) == hash(second)
