"""Questions: numbered once, with room to answer for students and with answers for teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.compose import answering
from toolkit.compose.desk import Desk
from toolkit.compose.events import ordered
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.printout import Aside, Block, Exhibit, Model, Part, Task
from toolkit.model.question import Question, Rubric, Setting
from toolkit.model.response import Choice, Writing, public
from toolkit.model.text import Blocks
from toolkit.source.references import questions, sections

_MEASURE_MM = 158.0  # the width of an answer rule on letter paper: 480 pt less the hanging number


def part(desk: Desk, *, space: bool) -> Iterator[Part]:
    """Yield the questions of the lesson, if it has any. `space` is whether there is room to answer on the sheet."""
    blocks = tuple(_blocks(desk, space=space))
    tasks = [block for block in blocks if isinstance(block, Task)]
    if tasks:
        heading = () if space else (desk.heading(2, "questions"),)
        yield Part("questions", (*heading, *_instructions(desk, tasks, space=space), *blocks, *_total(desk)))


def _blocks(desk: Desk, *, space: bool) -> Iterator[Block]:
    """Yield the tasks; where there is `space` to answer, under the headings of their sections.

    Everything is prepared in printed order, so that notes are numbered in it.
    """
    setting = _setting(desk)
    paired = {place: index for (_, place), index in zip(sections(desk.spec), desk.lesson.paired, strict=True)}
    current: str | None = None
    for number, (question, place) in enumerate(questions(desk.spec), start=1):
        owner = place.rpartition("/questions/")[0]  # the section's address, "" for the whole lesson
        if space and paired and owner != current:
            current = owner
            yield _head(desk, owner, paired.get(owner))
        if question.heading_label and space and current != question.heading_label:
            current = question.heading_label
            yield desk.heading(2, current)
        yield _task(desk, question, place, desk.labels.number(number), setting, space=space)


def _setting(desk: Desk) -> Setting:
    truth = (desk.labels("task.true"), desk.labels("task.false"))
    events = tuple((event.id or "", event.event) for event, _ in ordered(desk.spec.chronology))
    return Setting(desk.edition.pitch, _MEASURE_MM, desk.labels.letters, truth, events)


def _head(desk: Desk, place: str, index: int | None) -> t.Heading:
    if index is None:
        return desk.heading(2, "whole")
    return t.Heading(2, desk.prose.run(desk.lesson.article.sections[index].heading), address.join(place, "heading"))


def _task(desk: Desk, question: Question, place: str, number: str, setting: Setting, *, space: bool) -> Task:
    stem = desk.prose.ready(question.stem(), address.join(place, question.kind))
    if not stem and question.stem_label:
        stem = (t.Paragraph((t.Text(desk.labels(f"task.{question.stem_label}")),)),)
    points = desk.labels.count("task.points", question.points) if question.points else ""
    response = question.response(replace(setting, seed=address.join(desk.lesson.slug, place)))
    # The key goes before anything is prepared: not even its notes may count on a student's sheet.
    response = answering.ready(desk, response if desk.teacher else public(response), place)
    models = tuple(_models(desk, question, place)) if desk.teacher else ()
    return Task(
        number=number,
        stem=stem,
        points=points,
        response=answering.shown(response, answered=bool(models), space=space),
        address=place,
        asides=tuple(_asides(desk, question, place)) if desk.teacher else (),
        models=models,
        exhibits=tuple(_exhibits(desk, question, place)),
        parts=tuple(_parts(desk, question, place, setting, space=space)),
    )


def _exhibits(desk: Desk, question: Question, place: str) -> Iterator[Exhibit]:
    documents = question.documents()
    for n, document in enumerate(documents):
        where = address.join(place, question.document_place(n))
        letter = desk.labels.letters[n] if len(documents) > 1 else ""
        label = desk.labels("task.document", letter=letter).strip()
        content: list[t.Block] = list(desk.prose.blocks(document.note, address.join(where, "note")))
        if document.image:
            content.append(t.Figure(document.image, document.alt or "", address=address.join(where, "image")))
        content += desk.prose.blocks(document.text, address.join(where, "text"))
        yield Exhibit(label, tuple(content), desk.prose.line(document.credit), where)


def _parts(desk: Desk, question: Question, place: str, setting: Setting, *, space: bool) -> Iterator[Task]:
    for n, part_question in enumerate(question.parts):
        inner = address.join(place, "parts", address.step(part_question.id, n))
        yield _task(desk, part_question, inner, desk.labels.small_letters[n], setting, space=space)


def _models(desk: Desk, question: Question, place: str) -> Iterator[Model]:
    blocks = question.model_answer()
    if blocks:
        where = address.join(place, question.answer_key)
        yield Model(desk.labels(f"task.{question.answer_label}"), desk.prose.ready(blocks, where), where)
    if question.worked:
        where = address.join(place, "worked")
        yield Model(desk.labels("task.worked"), desk.prose.blocks(question.worked, where), where)
    if question.rubric:
        yield Model(desk.labels("task.rubric"), (_rubric(desk, question.rubric, address.join(place, "rubric")),))


def _rubric(desk: Desk, rubric: Rubric, place: str) -> t.Table:
    header = ((t.Text(desk.labels("task.criterion")),), *(desk.prose.line(level) for level in rubric.levels))
    rows = tuple(
        ((t.Text(name),), *(desk.prose.line(cell) for cell in cells)) for name, cells in rubric.criteria.items()
    )
    return t.Table(header, rows, address=place)


def _asides(desk: Desk, question: Question, place: str) -> Iterator[Aside]:
    for key in ("hint", "look_for", "misconception", "support", "scoring"):
        words = getattr(question, key)
        if words:
            where = address.join(place, key)
            yield Aside(desk.labels(f"task.{key}"), desk.prose.blocks(words, where), where)
    small = [desk.labels(f"depth.{question.depth}")] if question.depth else []
    small += question.standards
    if small:
        label = desk.labels("task.depth" if question.depth else "task.standards")
        yield Aside(label, (t.Paragraph((t.Text(" · ".join(small)),)),))


def _instructions(desk: Desk, tasks: list[Task], *, space: bool) -> Blocks:
    if desk.teacher:
        return ()
    said = []
    if space and any(isinstance(task.response, Writing) for task in tasks):
        said.append(desk.labels("task.instructions"))
    choices = [task.response for task in tasks if isinstance(task.response, Choice)]
    if space and any(not choice.many for choice in choices):
        said.append(desk.labels("task.instructions_one"))
    if space and any(choice.many for choice in choices):
        said.append(desk.labels("task.instructions_many"))
    return (t.Paragraph((t.Text(" ".join(said)),), role="instructions"),) if said else ()


def _total(desk: Desk) -> Blocks:
    points = [question.total() for question in desk.spec.all_questions()]
    if not points or not all(points):
        return ()
    total = sum(point for point in points if point)
    return (t.Paragraph((t.Text(desk.labels.count("task.total", total)),), role="total"),)
