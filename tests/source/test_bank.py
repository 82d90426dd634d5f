"""A question drawn from the bank is, in the lesson, as if it stood there."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from sandbox import LESSON, Sandbox, png

from toolkit.compose import compose
from toolkit.model.choices import SHEET_NAMES
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Edition
from toolkit.model.project import Project
from toolkit.source import bank
from toolkit.source import lesson as lesson_source
from toolkit.source.lesson import Loaded

HEAD = """\
title: The River Bends
article: {source: {author: "Reed, Ada", licence: CC0}}
standards: [{id: A.1, text: Read maps.}]
chronology: [{date: 1950, id: built, event: The dike is built.}, {date: 1953, id: breaks, event: It breaks.}]
bibliography:
  reed1950: {type: book, title: Rivers}
"""
# Every kind, with parts, documents, events, a citation and a standard.
QUESTIONS = {
    "why": "open: Why does it bend?\nanswer: The land is flat [@reed1950, 3].\nlines: 4\npoints: 4\nstandards: [A.1]",
    "who": "short: Who builds?\nanswer: the town\npoints: 1\nhint: Not the river.",
    "how-long": "number: How long?\nanswer: '12'\nunit: km",
    "when": "choose: When?\noptions: [in 1950, in 1953]\ncorrect: in 1953\nexplain: It broke then.",
    "true": "true_false: It runs up.\nanswer: false\ncorrected: It runs down.",
    "pairs": "match: Match.\npairs: {dike: wall, silt: earth}\nspare: [sky]",
    "order": "order: Number.\nevents: [built, breaks]",
    "gaps": "cloze: The {river} drops its {silt}.\nbank: true",
    "table": "table: Fill in.\ncolumns: [What, Where]\nrows: [[silt, '{upstream}']]",
    "causes": "organize: Show.\nlayout: cornell\nlabels: [Cues, Notes, Sum]\nanswers: [a, b, c]",
    "map": "source: Look.\ndocument: {image: map.png, alt: A map.}\nparts: [{short: What?, answer: a river}]",
    "argue": "documents: Argue.\nsources: [{text: One.}, {text: Two.}]\nanswer: Both.\nworked: First one.",
    "leave": "exit: What now?\nlines: 2",
}


def item(name: str) -> str:
    """Return a question as an item of a list."""
    return "".join(
        f"  {'  ' if n else '- '}{line}\n" for n, line in enumerate(f"{QUESTIONS[name]}\nid: {name}".split("\n"))
    )


def load(sandbox: Sandbox, spec: str, slug: str = "river") -> Loaded:
    return lesson_source.load(sandbox.lesson(spec, slug=slug), Project())


def refused(sandbox: Sandbox, spec: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(LessonError) as caught:
        load(sandbox, spec)
    return caught.value.diagnostics


def ids(lesson: Lesson) -> list[str | None]:
    return [question.id for question in lesson.spec.all_questions()]


@pytest.fixture
def stocked(sandbox: Sandbox) -> Sandbox:
    """Return a project whose bank has a question of every kind, in two files, and a picture in both places."""
    first, second = list(QUESTIONS)[:6], list(QUESTIONS)[6:]
    sandbox.put("lessons/_bank/a.yaml", "questions:\n" + "".join(map(item, first)))
    sandbox.put("lessons/_bank/b.yaml", "questions:\n" + "".join(map(item, second)))
    sandbox.put("lessons/_bank/map.png", png())
    return sandbox


def test_what_is_drawn_is_printed_as_what_is_written(stocked: Sandbox) -> None:
    stocked.put("lessons/river/map.png", png())
    section = "sections:\n  - heading: Upstream\n    id: up\n    questions:\n"
    names = list(QUESTIONS)
    indented = "".join(f"    {line}\n" for name in names[:4] for line in item(name).splitlines())
    written = load(stocked, HEAD + section + indented + "questions:\n" + "".join(map(item, names[4:]))).lesson
    draws = f"      - draw: {names[0]}\n      - draw: [{', '.join(names[1:4])}]\n"
    drawn = load(stocked, HEAD + section + draws + f"questions:\n  - draw: [{', '.join(names[4:])}]\n").lesson

    assert drawn == written
    assert pickle.loads(pickle.dumps(drawn)) == drawn
    for sheet in SHEET_NAMES:
        assert compose(drawn, sheet, Edition("student")) == compose(written, sheet, Edition("student"))
        assert compose(drawn, sheet, Edition("teacher")) == compose(written, sheet, Edition("teacher"))


def test_a_draw_says_points_and_standards_of_its_lesson(stocked: Sandbox) -> None:
    found = load(stocked, HEAD + "questions:\n  - {draw: [who, why], points: 2.5, standards: [A.1]}\n").lesson
    assert [(q.points, q.standards) for q in found.spec.questions] == [(2.5, ("A.1",))] * 2


def test_what_is_wrong_with_a_drawn_question_is_told_of_both_places(stocked: Sandbox) -> None:
    spec = "title: The River Bends\nquestions:\n  - open: Why?\n  - draw: why\n"
    told = {d.code: d for d in refused(stocked, spec)}
    bank_file = next(d.span.file for d in told.values() if d.span)
    assert Path(bank_file).name == "a.yaml"
    assert told.keys() == {"R301", "R306"}
    for diagnostic in told.values():
        assert diagnostic.message.endswith("lessons/river/lesson.yaml:4:11)")
        assert [span.line for span in diagnostic.related] == [4]
    words = Path(bank_file).read_text("utf-8").split("\n")
    span = told["R301"].span
    assert span
    assert words[span.line - 1][span.column - 1 : span.end_column - 1] == "@reed1950"


def test_advice_on_a_drawn_question_names_both_places(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions:\n  - {open: Why?, id: why}\n")
    sandbox.lesson(LESSON + "questions:\n  - draw: why\n")
    out = sandbox.run("check", "river").out
    assert "lessons/_bank/a.yaml:2:5: warning[C801]" in out
    assert "(drawn at lessons/river/lesson.yaml:" in out


# -- tags ---------------------------------------------------------------------------------------------


def tagged(count: int, tag: str = "silt") -> str:
    return "".join(f"  - {{short: 'What is {n}?', id: q{n}, tags: [{tag}], answer: x}}\n" for n in range(count))


def chosen(sandbox: Sandbox, wish: str) -> list[str | None]:
    return ids(load(sandbox, f"title: The River\nquestions:\n  - draw: {wish}\n").lesson)


def test_tags_of_a_file_and_of_a_question_count_together(sandbox: Sandbox) -> None:
    sandbox.put(
        "lessons/_bank/a.yaml", "tags: [rivers]\nquestions:\n" + tagged(3) + tagged(1, "dike").replace("q0", "d")
    )
    sandbox.put("lessons/_bank/b.yaml", "questions:\n  - {short: Who?, id: e, tags: [silt], answer: x}\n")
    assert chosen(sandbox, "{tags: [rivers, silt], count: 3}") == ["q0", "q1", "q2"]
    assert chosen(sandbox, "{tags: dike}") == ["d"]
    assert len(chosen(sandbox, "{tags: silt, count: 4}")) == 4
    found = load(sandbox, "title: The River\nquestions:\n  - draw: {tags: dike}\n").lesson
    assert found.spec.questions[0].tags == ("rivers", "dike")


def test_a_seed_chooses_the_same_for_ever(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions:\n" + tagged(12))
    # Written down when this was first built: these must never change.
    assert chosen(sandbox, "{tags: silt, count: 3, seed: autumn}") == ["q2", "q5", "q9"]
    assert chosen(sandbox, "{tags: silt, count: 3, seed: spring}") == ["q6", "q7", "q11"]
    assert chosen(sandbox, "{tags: silt, count: 3}") == chosen(sandbox, "{tags: silt, count: 3, seed: river}")


def test_a_question_more_takes_the_place_of_one_at_most(sandbox: Sandbox) -> None:
    wishes = [f"{{tags: silt, count: 4, seed: s{n}}}" for n in range(25)]
    sandbox.put("lessons/_bank/a.yaml", "questions:\n" + tagged(12))
    before = [set(chosen(sandbox, wish)) for wish in wishes]
    sandbox.put("lessons/_bank/a.yaml", "questions:\n" + tagged(13))
    after = [set(chosen(sandbox, wish)) for wish in wishes]
    lost = [len(old - new) for old, new in zip(before, after, strict=True)]
    assert set(lost) == {0, 1}
    assert all(new - old <= {"q12"} for old, new in zip(before, after, strict=True))
    assert len({frozenset(names) for names in before}) > 15, "seeds choose differently"


def test_no_question_is_chosen_twice(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions:\n" + tagged(5))
    spec = "title: The River\nquestions:\n" + "  - draw: {tags: silt, count: 2}\n" * 2 + "  - draw: q3\n"
    found = ids(load(sandbox, spec).lesson)
    assert sorted(map(str, found)) == ["q0", "q1", "q2", "q3", "q4"]
    assert found[-1] == "q3", "what is drawn by its id stays where it is drawn"


# -- what questions bring -----------------------------------------------------------------------------

CITING = """\
standards: [{id: B.1, text: Write well.}, {id: B.2, text: Nobody needs this.}]
bibliography:
  lee1952: {type: book, title: Dikes, annotation: "Answers [@poe1951]."}
  poe1951: {type: book, title: Floods}
  ray1949: {type: book, title: Rain}
questions:
  - {open: "Why [@lee1952]?", id: why, answer: "So [@reed1950].", standards: [B.1, A.1]}
  - {short: Who?, id: who, answer: they}
"""


def test_a_question_brings_the_sources_and_standards_that_it_names(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", CITING)
    found = load(sandbox, HEAD + "questions:\n  - draw: why\n").lesson
    assert set(found.sources) == {"reed1950", "lee1952", "poe1951"}
    assert [standard.id for standard in found.spec.standards] == ["A.1", "B.1"]
    assert set(load(sandbox, HEAD + "questions:\n  - draw: who\n").lesson.sources) == {"reed1950"}


def test_sources_come_from_a_file_to_a_lesson_whose_own_are_in_a_file(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/s.bib", "@book{lee1952, title = {Dikes}, author = {Lee, Bo}, year = 1952}\n")
    questions = CITING[CITING.index("questions:") :].replace(", standards: [B.1, A.1]", "")
    sandbox.put("lessons/_bank/a.yaml", "bibliography: s.bib\n" + questions)
    sandbox.put("lessons/river/own.bib", "@book{reed1950, title = {Rivers}, year = 1950}\n")
    found = load(sandbox, "title: The River\nbibliography: own.bib\nquestions:\n  - draw: why\n").lesson
    assert {key: record.title for key, record in found.sources.items()} == {"lee1952": "Dikes", "reed1950": "Rivers"}


def test_the_lessons_own_record_of_one_work_is_kept(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", CITING.replace("ray1949", "reed1950").replace("title: Rain", "title: rivers"))
    found = load(sandbox, HEAD + "questions:\n  - draw: why\n").lesson
    assert found.sources["reed1950"].title == "Rivers"


def test_two_files_that_mean_two_works_by_one_key_are_told(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", CITING)
    sandbox.put(
        "lessons/_bank/b.yaml",
        "bibliography: {lee1952: {type: book, title: Walls}}\n"
        "questions: [{open: '@lee1952?', id: wall, answer: Yes.}]\n",
    )
    [told] = refused(sandbox, HEAD + "questions:\n  - draw: [why, wall]\n")
    assert told.code == "Q904"
    assert told.span
    assert Path(told.span.file).name == "b.yaml"
    assert [Path(span.file).name for span in told.related] == ["a.yaml"]


def test_two_pictures_of_one_name_are_told(stocked: Sandbox) -> None:
    stocked.put("lessons/river/map.png", png(10, 10))
    own = "  - {source: Look., document: {image: map.png, alt: Ours.}, answer: A river.}\n"
    [told] = refused(stocked, HEAD + "questions:\n" + own + "  - draw: map\n")
    assert told.code == "Q904"
    assert "rename" in told.hint


def test_a_picture_outside_the_bank_is_refused(sandbox: Sandbox) -> None:
    sandbox.put("lessons/secret.png", png())
    sandbox.put(
        "lessons/_bank/a.yaml",
        "questions: [{source: Look., id: look, document: {image: ../secret.png, alt: x}, answer: y}]\n",
    )
    [told] = refused(sandbox, "title: The River\nquestions:\n  - draw: look\n")
    assert (told.code, "the bank's folder" in told.message) == ("R305", True)


# -- the files of the bank ----------------------------------------------------------------------------


def test_a_lesson_that_draws_nothing_reads_no_bank(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions: [")
    assert load(sandbox, LESSON).lesson.slug == "river"


def test_a_lesson_is_not_stopped_by_what_it_does_not_draw(sandbox: Sandbox) -> None:
    sandbox.put(
        "lessons/_bank/a.yaml", "questions:\n  - {short: Who?, id: who, answer: x}\n  - {opne: Why?, id: why}\n"
    )
    sandbox.put("lessons/_bank/b.yaml", "questions: [")
    assert ids(load(sandbox, "title: The River\nquestions:\n  - draw: who\n").lesson) == ["who"]
    assert {d.code for d in refused(sandbox, "title: The River\nquestions:\n  - draw: why\n")} == {"L206"}
    assert {d.code for d in refused(sandbox, "title: The River\nquestions:\n  - draw: lost\n")} == {"Y105"}
    assert {d.code for d in refused(sandbox, "title: The River\nquestions:\n  - draw: {tags: x}\n")} == {"L206", "Y105"}


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("", ["Y110"]),
        ("- open: Why?\n", ["Y110"]),
        ("questions: {open: Why?}\n", ["L203"]),
        ("question: []\n", ["L201"]),
        ("questions:\n  - open: Why?\n", ["L202"]),
        ("questions:\n  - {open: Why?, id: Why Not}\n", ["L207"]),
        ("questions:\n  - {draw: other, id: one}\n", ["L206"]),
        ("questions:\n  - {choose: Why?, id: one, options: [a], correct: a}\n", ["L204"]),
        ("tags: rivers\nquestions:\n  - {short: Who?, id: one}\n", ["L203"]),
        ("bibliography: lost.bib\n", ["R304"]),
        ("questions:\n  - {short: Who?, id: one}\n  - {short: Who?, id: one}\n", ["L208"]),
    ],
)
def test_what_is_wrong_with_a_file_is_told_at_its_place(content: str, codes: list[str], sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", content)
    [file] = bank.read(sandbox.root / "lessons/_bank")
    assert [problem.code for problem in file.problems] == codes
    assert all(problem.span for problem in file.problems)
    assert "begins `title" not in "".join(problem.hint for problem in file.problems)


def test_a_link_out_of_the_bank_is_refused(sandbox: Sandbox) -> None:
    outside = sandbox.put("secret.yaml", "questions: []\n")
    (sandbox.root / "lessons/_bank").mkdir(parents=True)
    (sandbox.root / "lessons/_bank/a.yaml").symlink_to(outside)
    [file] = bank.read(sandbox.root / "lessons/_bank")
    assert [problem.code for problem in file.problems] == ["R305"]
    assert file.text == ""


# -- check --------------------------------------------------------------------------------------------


def test_check_looks_over_the_bank_and_tells_each_problem_once(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions:\n  - {short: Who?, id: who}\n  - {open: Why?, id: why, depht: x}\n")
    sandbox.lesson(LESSON + "questions:\n  - draw: why\n")
    sandbox.lesson(LESSON + "questions:\n  - draw: why\n", slug="sea")
    result = sandbox.run("check")
    assert result.code == 1
    assert result.out.count("error[L201]") == 1
    assert result.err.endswith("in 2 lessons and 1 file of the bank\n")
    alone = sandbox.run("check", "lessons/_bank")
    assert alone == sandbox.run("check", "lessons/_bank/a.yaml") == sandbox.run("check", "_bank")
    assert sandbox.run("check", "lessons") == sandbox.run("check", ".") == result
    assert alone.err == "1 error and 2 warnings in 1 file of the bank\n"


def test_an_unused_question_of_the_bank_is_no_problem(sandbox: Sandbox) -> None:
    sandbox.put("lessons/_bank/a.yaml", "questions:\n  - {short: Who?, id: who, answer: x}\n")
    sandbox.lesson()
    result = sandbox.run("check", "--strict")
    assert (result.code, result.out) == (0, "")


def test_check_notes_a_source_that_the_file_does_not_bring_and_finds_a_lost_picture(sandbox: Sandbox) -> None:
    content = "questions:\n  - {source: 'Look [@lee].', id: who, document: {image: lost.png, alt: x}, answer: y}\n"
    sandbox.put("lessons/_bank/a.yaml", content)
    result = sandbox.run("check", "_bank")
    assert "lessons/_bank/a.yaml:2:21: note[R301]: no source of this file has the key `lee`" in result.out
    assert "error[R304]: there is no image 'lost.png' in the bank's folder" in result.out
