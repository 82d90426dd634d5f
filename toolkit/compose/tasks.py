"""Questions: numbered once, with room to answer for students and with answers for teachers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.compose.desk import Desk
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.printout import Aside, Block, Model, Part, Task
from toolkit.model.question import Question, Setting
from toolkit.model.response import Choice, Entry, Response, Writing, public
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
    setting = Setting(desk.edition.pitch, _MEASURE_MM, desk.labels.letters)
    paired = {place: index for (_, place), index in zip(sections(desk.spec), desk.lesson.paired, strict=True)}
    current: str | None = None
    for number, (question, place) in enumerate(questions(desk.spec), start=1):
        owner = place.rpartition("/questions/")[0]  # the section's address, "" for the whole lesson
        if space and paired and owner != current:
            current = owner
            yield _head(desk, owner, paired.get(owner))
        yield _task(desk, question, place, number, setting, space=space)


def _head(desk: Desk, place: str, index: int | None) -> t.Heading:
    if index is None:
        return desk.heading(2, "whole")
    return t.Heading(2, desk.prose.run(desk.lesson.article.sections[index].heading), address.join(place, "heading"))


def _task(desk: Desk, question: Question, place: str, number: int, setting: Setting, *, space: bool) -> Task:
    stem = desk.prose.ready(question.stem(), address.join(place, question.kind))
    points = desk.labels.count("task.points", question.points) if question.points else ""
    response = question.response(setting)
    # The key goes before anything is prepared: not even its notes may count on a student's sheet.
    response = _response(desk, response if desk.teacher else public(response), place)
    models = tuple(_models(desk, question, place)) if desk.teacher else ()
    asides = tuple(_asides(desk, question, place)) if desk.teacher else ()
    return Task(desk.labels.number(number), stem, points, _shown(response, models, space=space), place, asides, models)


def _shown(response: Response, models: tuple[Model, ...], *, space: bool) -> Response | None:
    """Return the response as this sheet has it.

    A sheet without room to answer keeps what is part of the question (options to choose from) and what
    tells a teacher the answer. A model answer takes the place of the rules it would be written on.
    """
    match response:
        case Writing():
            return response if space and not models and response.lines else None
        case Entry():
            return response if space or response.key else None
        case Choice():
            return response


def _response(desk: Desk, response: Response, place: str) -> Response:
    match response:
        case Writing(lines):
            return replace(response, spoken=desk.labels.count("task.lines", lines))
        case Entry(key=key):
            return replace(response, spoken=desk.labels("task.entry"), key=desk.prose.run(key) if key else None)
        case Choice(options):
            ready = [
                replace(o, content=desk.prose.run(o.content), address=address.join(place, o.address)) for o in options
            ]
            return replace(response, options=tuple(ready))


def _models(desk: Desk, question: Question, place: str) -> Iterator[Model]:
    blocks = question.model_answer()
    if blocks:
        key, name = ("explain", "explanation") if question.kind == "choose" else ("answer", "answer")
        where = address.join(place, key)
        yield Model(desk.labels(f"task.{name}"), desk.prose.ready(blocks, where), where)


def _asides(desk: Desk, question: Question, place: str) -> Iterator[Aside]:
    for key in ("look_for", "misconception", "support", "scoring"):
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
    if space and any(isinstance(task.response, Choice) for task in tasks):
        said.append(desk.labels("task.instructions_choice"))
    return (t.Paragraph((t.Text(" ".join(said)),), role="instructions"),) if said else ()


def _total(desk: Desk) -> Blocks:
    points = [question.points for question in desk.spec.all_questions()]
    if not points or not all(points):
        return ()
    total = sum(point for point in points if point)
    return (t.Paragraph((t.Text(desk.labels.count("task.total", total)),), role="total"),)
