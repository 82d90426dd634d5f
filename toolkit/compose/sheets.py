"""The sheets: which parts each is made of, for students and for teachers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from toolkit.compose import events, forms, matter, reading, tasks
from toolkit.compose.citing import AnsweredCiter, Listener
from toolkit.compose.desk import Desk, desk
from toolkit.drawing.monochrome import grey
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.lines import Lines
from toolkit.model.presentation import manner_of
from toolkit.model.printout import Block, Edition, Field, Furniture, Metadata, Opener, Part, Picture, Printout, Task
from toolkit.model.theme import Theme
from toolkit.source import answers


def handout(sheet: Desk) -> Iterator[Part]:
    """Yield the parts of a handout: the reading with all that belongs to it, and questions to discuss."""
    if sheet.teacher:
        yield from matter.plan(sheet, whole=True)
    yield from reading.parts(sheet)
    yield from events.read(sheet)
    yield from matter.people(sheet)
    yield from tasks.part(sheet, space=False)
    yield from forms.key(sheet)
    yield from matter.sources(sheet)
    yield from matter.credits_of(sheet)


def worksheet(sheet: Desk) -> Iterator[Part]:
    """Yield the parts of a worksheet: questions with room to answer, and the chronology to fill in."""
    if sheet.teacher:
        yield from matter.plan(sheet, whole=False)
    yield from tasks.part(sheet, space=True)
    yield from forms.key(sheet)
    yield from events.work(sheet)


SHEETS: Final = MappingProxyType({"handout": handout, "worksheet": worksheet})

# The same from both sides, because Arabic mirrors them; none looks like more or less than another.
_DOTS: Final = MappingProxyType({"core": "···", "support": "·:·", "extension": ":·:"})


def compose(lesson: Lesson, sheet: str, edition: Edition, lines: Lines | None = None) -> Printout:
    """Return one sheet of `lesson` in `edition`.

    `lines` are the lines of the handout in this edition, as the format of the sheet sets them; None where
    it has no lines that stay. References to a place in the reading are line numbers there, else paragraph
    numbers. Raise KeyError for a sheet that is not in SHEETS, LessonError for a citation style that cannot be
    worked with.
    """
    style = lesson.style
    if style is None or not lesson.sources:
        return _composed(sheet, desk(lesson, edition, lines))
    heard = Listener(style, lesson.sources)
    _composed(sheet, listening := desk(lesson, edition, lines, heard))
    divided = lesson.spec.works_cited or lesson.spec.group_sources
    asked = heard.question(listening.language, listening.date, divided=divided)
    answer = answers.ask(asked)
    plain = listening.prose.formatter
    return _composed(sheet, desk(lesson, edition, lines, AnsweredCiter(style, lesson.sources, answer, plain)))


def _composed(sheet: str, at: Desk) -> Printout:
    parts: Callable[[Desk], Iterator[Part]] = SHEETS[sheet]
    lesson, edition = at.lesson, at.edition
    title = at.prose.line(lesson.spec.title)
    form = forms.printed(at)
    kicker = _kicker(at, sheet, form)
    opener = _opener(at, sheet, title, kicker)  # before the parts: notes are numbered in printed order
    made = tuple(parts(at))
    return Printout(
        sheet=sheet,
        audience=edition.audience,
        language=at.language,
        direction=at.labels.direction,
        paper=edition.paper,
        metadata=_metadata(at, sheet, t.plain(title), kicker),
        opener=opener,
        furniture=_furniture(at, t.plain(title), kicker, form),
        parts=made,
        pictures=tuple(_printed(picture, edition) for picture in lesson.pictures if picture.file in _shown(made)),
        typefaces=lesson.typefaces,
        presentation=edition.presentation,
        theme=_themed(edition),
        pdf_variant=edition.pdf_variant,
        letterhead=edition.letterhead,
        embed_fonts=edition.embed_fonts,
    )


def _printed(picture: Picture, edition: Edition) -> Picture:
    return grey(picture) if manner_of(edition.presentation).monochrome else picture


def _themed(edition: Edition) -> Theme:
    manner = manner_of(edition.presentation)
    theme = edition.theme.within(manner)
    if theme.logo is None or not manner.monochrome:
        return theme
    logo = theme.logo
    copied = grey(Picture("", logo.data, logo.media_type, logo.width, logo.height))
    return replace(theme, logo=replace(logo, data=copied.data, media_type=copied.media_type))


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


def _kicker(at: Desk, sheet: str, form: forms.Form | None) -> str:
    name = at.labels("opener.reading" if sheet == "handout" else "opener.questions")
    name = " ".join(filter(None, (name, at.spec.number)))
    return " · ".join(filter(None, (name, at.labels("opener.form", letter=form.name) if form else "")))


def _opener(at: Desk, sheet: str, title: t.Inlines, kicker: str) -> Opener:
    fields = () if at.teacher else (
        Field(at.labels("opener.name"), 2.6),
        Field(at.labels("opener.date"), 1.0),
        Field(at.labels("opener.class"), 1.0),
    )  # fmt: skip  # the shares of the line read as a column
    dek = at.prose.line(at.spec.summary) if sheet == "handout" else ()
    band = at.labels("opener.band") if at.teacher else ""
    return Opener(kicker, title, dek, fields, band)


def _furniture(at: Desk, title: str, kicker: str, form: forms.Form | None) -> Furniture:
    right = " · ".join(filter(None, (kicker, at.labels("opener.key") if at.teacher else "")))
    named = f"{at.labels('opener.form', letter=form.name)} · {form.code}" if form else ""
    foot = " · ".join(filter(None, (named, matter.foot(at))))
    return Furniture(title, right, foot + _mark(at), at.labels("page.number", page="{page}", pages="{pages}"))


def _mark(at: Desk) -> str:
    """Return what tells a teacher the level of a student's sheet: dots that say nothing to who does not know."""
    return "" if at.teacher or len(at.spec.levels()) == 1 else f"\u2003{_DOTS[at.edition.level]}"


def _metadata(at: Desk, sheet: str, title: str, kicker: str) -> Metadata:
    spec, rights, edition = at.spec, at.spec.rights, at.edition
    shown = " – ".join(filter(None, (title, kicker, at.labels("opener.key") if at.teacher else "")))
    author = rights.holder if rights and rights.holder else ""
    keywords = tuple(dict.fromkeys((*(entry.term for entry in spec.index), *spec.categories, *spec.places)))
    level = "" if edition.level == "core" else edition.level
    presentation = "" if edition.presentation == "standard" else edition.presentation
    name = "-".join(filter(None, (sheet, edition.audience, level, edition.version.lower(), presentation)))
    return Metadata(
        shown, author, spec.subject or "", keywords, rights.licence if rights else "", f"{at.lesson.slug}/{name}"
    )
