"""What a screen reader makes of a PDF: its structure tree read in order, as the lesson is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from formats.test_pdf import PROSE, clean, with_blocks
from formats.test_responses import SAMPLES, sheet_of, task
from sandbox import REPOSITORY

from toolkit.compose import compose
from toolkit.formats.pdf.conformance.tagged import Element, Held, TaggedFile
from toolkit.formats.pdf.engine import engine
from toolkit.model.printout import (
    CardSheet,
    Chronology,
    Edition,
    FactList,
    Gloss,
    Plan,
    Printout,
    SourceList,
    Task,
    Timeline,
)
from toolkit.model.project import Project
from toolkit.model.response import Gaps, public
from toolkit.model.text import (
    BulletList,
    Emphasis,
    Gap,
    Inlines,
    Link,
    Paragraph,
    Quote,
    Text,
    inlines_of,
    plain,
    walk,
)
from toolkit.source import lesson as lesson_source


def letters(text: str) -> str:
    """Return `text` without spaces and hyphens, which come and go with the lines."""
    return re.sub(r"[\s\u00ad\u2010\u2011\u2060-]", "", text)


def spoken(file: TaggedFile) -> str:
    return letters(" ".join(file.words(top) for top in file.tops))


# -- the order of the lesson


def begun(block: object) -> Iterator[str]:
    """Yield what is said of a block of a printout, in the order in which it is to be heard."""
    match block:
        case Gloss():
            yield plain(block.term) + (f"({block.part})" if block.part else "") + plain(block.definition)
        case Task():
            yield from (text for exhibit in block.exhibits for each in exhibit.content for text in begun(each))
            yield block.number + block.points
            yield from (text for each in block.stem for text in begun(each))
            yield from (text for part in block.parts for text in begun(part))
        case Chronology():
            for moment in block.moments:
                yield ("" if block.asked == "date" else moment.date) + ("" if block.blank else plain(moment.event))
        case FactList():
            yield from (plain(fact.name) + plain(fact.detail) for fact in block.facts)
        case SourceList():
            yield from (plain(entry.content) for entry in block.entries)
        case Plan():
            yield from (step.time + plain(step.step) for step in block.steps)
        case Timeline() | CardSheet():
            return
        case _:
            yield from (text(run) for run in inlines_of(block))  # type: ignore[arg-type]  # every other is of the text


def text(run: Inlines) -> str:
    """Return a run up to the mark of a note or a gap, where something else is heard in between."""
    first = next((at for at, node in enumerate(run) if not isinstance(node, Text | Emphasis)), len(run))
    return plain(run[:first])


def assert_in_order(printout: Printout, file: TaggedFile) -> None:
    heard, at = spoken(file), 0
    wanted = [plain(printout.opener.title)]
    wanted += [said for part in printout.parts for block in part.blocks for said in begun(block)]
    assert len(wanted) > 5
    for said in filter(None, map(letters, wanted)):
        found = heard.find(said, at)
        assert found >= 0, f"{said!r} is not heard after {heard[max(0, at - 40) : at]!r}"
        at = found + len(said)


@pytest.mark.parametrize("audience", ["student", "teacher"])
def test_it_is_heard_in_the_order_of_the_printout(audience: str, request: pytest.FixtureRequest) -> None:
    printout: Printout = request.getfixturevalue(audience)
    assert_in_order(printout, TaggedFile(clean(printout)))


@pytest.mark.parametrize("sheet", ["handout", "worksheet"])
def test_lessons_are_heard_in_order(sheet: str) -> None:
    path = REPOSITORY / "lessons" / "why-the-sea-is-salty" / "lesson.yaml"
    printout = compose(lesson_source.load(path, Project()).lesson, sheet, Edition())
    assert_in_order(printout, TaggedFile(clean(printout)))


def test_the_order_can_be_wrong(student: Printout) -> None:
    turned = replace(student, parts=student.parts[::-1])
    with pytest.raises(AssertionError, match="is not heard after"):
        assert_in_order(turned, TaggedFile(clean(student)))


# -- room to answer


def rooms(name: str) -> list[str]:
    """Return what is to be heard of the room of a sample."""
    response = SAMPLES[name]
    if isinstance(response, Gaps):
        runs = (run for block in response.content for run in inlines_of(block))
        return [node.spoken for run in runs for node in walk(run) if isinstance(node, Gap)]
    said = [getattr(response, "spoken", ""), getattr(getattr(response, "correction", None), "spoken", "")]
    return [*filter(None, said)]


@pytest.fixture
def answered(student: Printout) -> TaggedFile:
    tasks = [task(public(response), str(number)) for number, response in enumerate(SAMPLES.values(), 1)]
    return TaggedFile(clean(sheet_of(student, *tasks)))


def test_room_to_answer_is_heard_once_for_each_question(answered: TaggedFile) -> None:
    heard = spoken(answered)
    said = [room for name in SAMPLES for room in rooms(name)]
    times = {room: heard.count(letters(room)) for room in said}
    assert times == {room: said.count(room) for room in said}


# -- over lines and pages


def kinds(element: Element) -> list[str]:
    return [kid.kind for kid in element.elements]


def long(name: str, times: int) -> Paragraph:
    return Paragraph((Text(f"{name} " + PROSE * times),))


def test_a_paragraph_over_two_pages_is_one(student: Printout) -> None:
    file = TaggedFile(clean(with_blocks(student, *(long(f"PARAGRAPH-{n}", 5) for n in range(9)))))
    assert len(file.pages) > 1
    found = [element for element in file.of("P") if "PARAGRAPH" in file.words(element)]
    assert [letters(file.words(element)) for element in found] == [
        letters(f"PARAGRAPH-{n} {PROSE * 5}") for n in range(9)
    ]
    assert any(len({content.page for content in file.contents(element)}) > 1 for element in found)
    assert [element for element in file.of("P") if letters(file.words(element)) in letters(PROSE)] == []


def test_a_list_over_two_pages_is_one(student: Printout) -> None:
    items = tuple((long(f"ITEM-{n}", 2), long(f"more of {n}", 1)) for n in range(9))
    file = TaggedFile(clean(with_blocks(student, BulletList(items))))
    assert len(file.pages) > 1
    (found,) = file.of("L")
    assert kinds(found) == ["LI"] * 9
    assert {tuple(kinds(item)) for item in found.elements} == {("Lbl", "LBody")}
    assert [kinds(item.elements[1]) for item in found.elements] == [["P", "P"]] * 9
    assert len({content.page for content in file.contents(found)}) > 1


def test_two_paragraphs_that_part_at_a_page_stay_two(student: Printout) -> None:
    for lines in range(30, 36):
        short = [Paragraph((Text(f"Short-{n}."),)) for n in range(lines)]
        file = TaggedFile(clean(with_blocks(student, *short, Quote((Paragraph((Text("Quoted."),)),)))))
        found = [letters(file.words(e)) for e in file.of("P") if "Short" in file.words(e)]
        assert found == [letters(f"Short-{n}.") for n in range(lines)]


def test_a_link_over_two_lines_is_one_and_told_by_its_words(student: Printout) -> None:
    words = "the survey of the river and of all that it carries to the sea in a year of high water and of low"
    link = Link((Text(words),), "https://example.org/survey")
    file = TaggedFile(clean(with_blocks(student, Paragraph((Text("It is told in "), link, Text("."))))))
    (found,) = file.of("Link")
    assert len([kid for kid in found.kids if isinstance(kid, Held)]) == 2
    assert letters(file.words(found)) == letters(words)
    assert [str(annotation["/Contents"]) for _, _, annotation in file.annotations] == [words] * 2


def test_lines_are_held_by_their_paragraph(student: Printout) -> None:
    stressed = Paragraph((Text(PROSE), Emphasis((Text("and more"),)), Text(PROSE)))
    file = TaggedFile(clean(with_blocks(student, stressed)))
    (found,) = [element for element in file.of("P") if "and more" in file.words(element)]
    assert found.elements == []
    assert len(found.kids) > 5


def test_words_in_another_language_say_so() -> None:
    page = '<html lang="en"><title>x</title><main><p>She said <i lang="fr">au revoir</i> and left.</p></main>'
    file = TaggedFile(engine().print(page, {}))
    assert {file.words(e).strip(): e.said("Lang") for e in file.elements if "/Lang" in e.raw} == {"au revoir": "fr"}
    assert str(file.catalog["/Lang"]) == "en"
