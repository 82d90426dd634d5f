"""Questions: numbered once, with room to answer for students and with answers for teachers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.compose import answering, forms, marks
from toolkit.compose.arrangement import Asked, asked, level_of, parts, setting
from toolkit.compose.desk import Desk
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.printout import Aside, Block, Exhibit, Model, Part, Task
from toolkit.model.question import Question, Rubric, Setting
from toolkit.model.response import Choice, Writing, public
from toolkit.model.text import Blocks
from toolkit.source.references import sections


def part(desk: Desk, *, space: bool) -> Iterator[Part]:
    """Yield the questions of the lesson, if it has any. `space` is whether there is room to answer on the sheet."""
    questions = asked(desk)
    blocks = tuple(_blocks(desk, questions, space=space))
    tasks = [block for block in blocks if isinstance(block, Task)]
    if tasks:
        heading = () if space else (desk.heading(2, "questions"),)
        table = tuple(marks.table(desk, questions)) if space and not desk.teacher else ()
        total = () if table else _total(desk, questions)
        yield Part("questions", (*heading, *table, *_instructions(desk, tasks, space=space), *blocks, *total))


def _blocks(desk: Desk, questions: Sequence[Asked], *, space: bool) -> Iterator[Block]:
    """Yield the tasks; where there is `space` to answer, under the headings of their sections.

    Everything is prepared in printed order, so that notes are numbered in it.
    """
    at = setting(desk, desk.version)
    paired = {place: index for (_, place), index in zip(sections(desk.spec), desk.lesson.paired, strict=True)}
    current: str | None = None
    headed = ""
    for one in questions:
        if space and paired and one.owner != current:
            current = one.owner
            yield _head(desk, one.owner, paired.get(one.owner))
        heading = one.question.heading_label
        if heading and space and headed != heading:
            headed = heading
            yield desk.heading(2, heading)
        yield _task(desk, one.question, one.place, desk.labels.number(one.number), at, space=space)


def _head(desk: Desk, place: str, index: int | None) -> t.Heading:
    if index is None:
        return desk.heading(2, "whole")
    return t.Heading(2, desk.prose.run(desk.lesson.article.sections[index].heading), address.join(place, "heading"))


def _task(desk: Desk, question: Question, place: str, number: str, at: Setting, *, space: bool) -> Task:
    stem = _stem(desk, question, place)
    points = desk.labels.count("task.points", question.points) if question.points else ""
    response = question.response(replace(at, seed=address.join(at.seed, place)))
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
        parts=tuple(_parts(desk, question, place, at, space=space)),
    )


def _stem(desk: Desk, question: Question, place: str) -> Blocks:
    """Return what is asked, as the sheet's level asks it."""
    level = level_of(desk)
    variant = question.levels.get(level) if level and level != "core" else None
    there = address.join(place, "levels", level or "")
    said = address.join(there, "prompt") if variant and variant.prompt else address.join(place, question.kind)
    stem = desk.prose.ready(question.stem(), said)
    if not stem and question.stem_label:
        stem = (t.Paragraph((t.Text(desk.labels(f"task.{question.stem_label}")),)),)
    return (*stem, *_hint(desk, variant.hint, address.join(there, "hint"))) if variant and variant.hint else stem


def _hint(desk: Desk, words: str, place: str) -> Blocks:
    """Return a hint with its label at the head of it."""
    label = (t.Strong((t.Text(desk.labels("task.hint")),)), t.Text(" "))
    first, *rest = desk.prose.blocks(words, place)
    if isinstance(first, t.Paragraph):
        return (replace(first, content=(*label, *first.content), role="hint"), *rest)
    return (t.Paragraph(label[:1], role="hint"), first, *rest)


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


def _parts(desk: Desk, question: Question, place: str, at: Setting, *, space: bool) -> Iterator[Task]:
    level = level_of(desk)
    for letter, (part, inner) in zip(desk.labels.small_letters, parts(question, place, level), strict=False):
        yield _task(desk, part.at_level(level or "core"), inner, letter, at, space=space)


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
    yield from _levels(desk, question, place)
    small = [desk.labels(f"depth.{question.depth}")] if question.depth else []
    small += question.standards
    if small:
        label = desk.labels("task.depth" if question.depth else "task.standards")
        yield Aside(label, (t.Paragraph((t.Text(" · ".join(small)),)),))


def _levels(desk: Desk, question: Question, place: str) -> Iterator[Aside]:
    """Yield the question as other levels ask it, and which levels have it if not all do."""
    if question.only:
        names = " · ".join(forms.level_name(desk, level) for level in question.only)
        yield Aside(desk.labels("level.only"), (t.Paragraph((t.Text(names),)),), address.join(place, "only"))
    for level, variant in question.levels.items():
        where = address.join(place, "levels", level)
        blocks: Blocks = ()
        if variant.prompt:
            blocks = desk.prose.blocks(variant.prompt, address.join(where, "prompt"))
        if variant.hint:
            blocks += _hint(desk, variant.hint, address.join(where, "hint"))
        if blocks:
            yield Aside(forms.level_name(desk, level), blocks, where)


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


def _total(desk: Desk, questions: Sequence[Asked]) -> Blocks:
    points = [one.question.total() for one in questions if one.question.printed_at(desk.edition.level)]
    if not points or not all(points):
        return ()
    total = sum(point for point in points if point)
    return (t.Paragraph((t.Text(desk.labels.count("task.total", total)),), role="total"),)
