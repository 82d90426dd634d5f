"""The sheets: which parts each is made of, for students and for teachers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from toolkit.compose import events, matter, reading, tasks
from toolkit.compose.citing import AnsweredCiter, Listener
from toolkit.compose.desk import Desk, desk
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.printout import Block, Edition, Field, Furniture, Metadata, Opener, Part, Printout, Task
from toolkit.source import answers


def handout(sheet: Desk) -> Iterator[Part]:
    """Yield the parts of a handout: the reading with all that belongs to it, and questions to discuss."""
    if sheet.teacher:
        yield from matter.plan(sheet, whole=True)
    yield from reading.parts(sheet)
    yield from events.part(sheet, blank=False)
    yield from matter.people(sheet)
    yield from tasks.part(sheet, space=False)
    yield from matter.sources(sheet)
    yield from matter.credits_of(sheet)


def worksheet(sheet: Desk) -> Iterator[Part]:
    """Yield the parts of a worksheet: questions with room to answer, and the chronology to fill in."""
    if sheet.teacher:
        yield from matter.plan(sheet, whole=False)
    yield from tasks.part(sheet, space=True)
    yield from events.part(sheet, blank=not sheet.teacher)


SHEETS: Final = MappingProxyType({"handout": handout, "worksheet": worksheet})


def compose(lesson: Lesson, sheet: str, edition: Edition) -> Printout:
    """Return one sheet of `lesson` in `edition`.

    Raise KeyError for a sheet that is not in SHEETS, LessonError for a citation style that cannot be worked with.
    """
    style = lesson.style
    if style is None or not lesson.sources:
        return _composed(sheet, desk(lesson, edition))
    heard = Listener(style, lesson.sources)
    _composed(sheet, listening := desk(lesson, edition, heard))
    divided = lesson.spec.works_cited or lesson.spec.group_sources
    asked = heard.question(listening.language, listening.date, divided=divided)
    answer = answers.ask(asked)
    plain = listening.prose.formatter
    return _composed(sheet, desk(lesson, edition, AnsweredCiter(style, lesson.sources, answer, plain)))


def _composed(sheet: str, at: Desk) -> Printout:
    parts: Callable[[Desk], Iterator[Part]] = SHEETS[sheet]
    lesson, edition = at.lesson, at.edition
    title = at.prose.line(lesson.spec.title)
    opener = _opener(at, sheet, title)  # before the parts: notes are numbered in printed order
    made = tuple(parts(at))
    return Printout(
        sheet=sheet,
        audience=edition.audience,
        language=at.language,
        direction=at.labels.direction,
        paper=edition.paper,
        metadata=_metadata(at, sheet, t.plain(title)),
        opener=opener,
        furniture=_furniture(at, sheet, t.plain(title)),
        parts=made,
        pictures=tuple(picture for picture in lesson.pictures if picture.file in _shown(made)),
    )


def _shown(parts: tuple[Part, ...]) -> frozenset[str]:
    """Return the files of the pictures on the parts of a sheet."""
    return frozenset(figure.file for part in parts for block in part.blocks for figure in _figures(block))


def _figures(block: Block) -> Iterator[t.Figure]:
    match block:
        case t.Figure():
            yield block
        case t.BulletList(items) | t.OrderedList(items):
            yield from (figure for item in items for inner in item for figure in _figures(inner))
        case t.Quote(content):
            yield from (figure for inner in content for figure in _figures(inner))
        case Task(exhibits=exhibits, parts=parts):
            yield from (figure for exhibit in exhibits for inner in exhibit.content for figure in _figures(inner))
            yield from (figure for part in parts for figure in _figures(part))
        case _:
            return


def _kicker(at: Desk, sheet: str) -> str:
    name = at.labels("opener.reading" if sheet == "handout" else "opener.questions")
    return " ".join(filter(None, (name, at.spec.number)))


def _opener(at: Desk, sheet: str, title: t.Inlines) -> Opener:
    fields = () if at.teacher else (
        Field(at.labels("opener.name"), 2.6),
        Field(at.labels("opener.date"), 1.0),
        Field(at.labels("opener.class"), 1.0),
    )  # fmt: skip  # the shares of the line read as a column
    dek = at.prose.line(at.spec.summary) if sheet == "handout" else ()
    band = at.labels("opener.band") if at.teacher else ""
    return Opener(_kicker(at, sheet), title, dek, fields, band)


def _furniture(at: Desk, sheet: str, title: str) -> Furniture:
    right = " · ".join(filter(None, (_kicker(at, sheet), at.labels("opener.key") if at.teacher else "")))
    return Furniture(title, right, matter.foot(at), at.labels("page.number", page="{page}", pages="{pages}"))


def _metadata(at: Desk, sheet: str, title: str) -> Metadata:
    spec, rights = at.spec, at.spec.rights
    shown = " – ".join(filter(None, (title, _kicker(at, sheet), at.labels("opener.key") if at.teacher else "")))
    author = rights.holder if rights and rights.holder else ""
    keywords = tuple(dict.fromkeys((*spec.index, *spec.categories, *spec.places)))
    identifier = f"{at.lesson.slug}/{sheet}-{at.edition.audience}"
    return Metadata(shown, author, spec.subject or "", keywords, rights.licence if rights else "", identifier)
