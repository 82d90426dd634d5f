"""What stands around the reading: the plan, people, sources, related lessons, credits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from toolkit.compose.desk import Desk
from toolkit.model import address
from toolkit.model import text as t
from toolkit.model.dates import Edge, HistoricalDate, Interval
from toolkit.model.printout import Block, Fact, FactList, Part, Plan, SourceEntry, SourceList, Step
from toolkit.model.records import SourceRecord
from toolkit.model.specification import Origin, Person, Related, Standard

_AUDIOVISUAL: Final = frozenset(
    {"broadcast", "figure", "graphic", "map", "motion_picture", "musical_score", "performance", "song"}
)

# Kinds of sources in the order of a library's guide, and the headings over them.
_KINDS: Final = MappingProxyType(
    {"primary": "sources_primary", "secondary": "sources_secondary", "audiovisual": "sources_audiovisual"}
)


def plan(desk: Desk, *, whole: bool) -> Iterator[Part]:
    """Yield the teacher's plan: objectives and standards where it is to be `whole`, and the pacing."""
    blocks = [*(_aims(desk) if whole else ()), *_pacing(desk)]
    if blocks:
        yield Part("plan", (desk.heading(2, "plan"), *blocks))


def _aims(desk: Desk) -> Iterator[Block]:
    spec = desk.spec
    outline = " · ".join(_facts(desk))
    if outline:
        yield t.Paragraph((t.Text(outline),), role="facts")
    if spec.essential_question:
        yield desk.heading(3, "essential_question")
        yield t.Paragraph(desk.prose.line(spec.essential_question), "essential_question", "essential_question")
    if spec.objectives:
        yield desk.heading(3, "objectives")
        items = [
            (t.Paragraph(desk.prose.line(objective), address.join("objectives", n + 1)),)
            for n, objective in enumerate(spec.objectives)
        ]
        yield t.BulletList(tuple(items))
    if spec.standards:
        yield desk.heading(3, "standards")
        yield FactList(tuple(_standard(desk, standard, n) for n, standard in enumerate(spec.standards)))


def _standard(desk: Desk, standard: Standard, position: int) -> Fact:
    place = address.join("standards", address.step(standard.id, position))
    words = t.Paragraph(desk.prose.line(standard.text), address.join(place, "text"))
    return Fact((t.Text(standard.id),), (), (words,), place)


def _facts(desk: Desk) -> Iterator[str]:
    spec = desk.spec
    if spec.subject:
        yield spec.subject
    if spec.grades:
        yield desk.labels("page.grades", grades=spec.grades.replace("-", "–"))
    if spec.duration:
        yield desk.labels.count("page.duration", spec.duration)
    yield from spec.places


def _pacing(desk: Desk) -> Iterator[Block]:
    steps, start = [], 0
    for n, step in enumerate(desk.spec.pacing):
        end = start + step.minutes
        time = f"{start}–{end}"
        steps.append(Step(time, desk.prose.line(step.step), desk.prose.line(step.ready), f"pacing/{n + 1}"))
        start = end
    if steps:
        header = (desk.labels("column.minutes"), desk.labels("column.step"), desk.labels("column.ready"))
        yield desk.heading(3, "pacing")
        yield Plan(header, tuple(steps), desk.labels("page.plan_description"))


def people(desk: Desk) -> Iterator[Part]:
    """Yield the people of the lesson, if it names any."""
    facts = tuple(_person(desk, person, f"people/{n + 1}") for n, person in enumerate(desk.spec.people))
    if facts:
        yield Part("people", (desk.heading(2, "people"), FactList(facts)))


def _person(desk: Desk, person: Person, place: str) -> Fact:
    detail: list[t.Inline] = []
    if person.dates:
        detail.append(t.Text(life(desk, person.dates)))
    if person.role:
        detail += [t.Text(", "), *desk.prose.line(person.role)] if detail else list(desk.prose.line(person.role))
    note = desk.prose.blocks(person.note, address.join(place, "note"))
    return Fact((t.Text(person.name),), tuple(detail), note, place)


def life(desk: Desk, dates: HistoricalDate) -> str:
    """Return life dates as reference books print them: 1928–1998, 1952– for the living, ? where a year is unknown."""
    span = dates.structure
    if not isinstance(span, Interval):
        return desk.date(dates)
    texts = dates.text.split("/")
    born = "?" if isinstance(span.start, Edge) else desk.date(HistoricalDate(texts[0], span.start, dates.level))
    if isinstance(span.end, Edge):
        return f"{born}–{'?' if span.end is Edge.UNKNOWN else ''}"
    return f"{born}–{desk.date(HistoricalDate(texts[1], span.end, dates.level))}"


def sources(desk: Desk) -> Iterator[Part]:
    """Yield the sources of the lesson and the lessons related to it, if there are any."""
    blocks = (*_sources(desk), *_related(desk))
    if blocks:
        yield Part("sources", blocks)


def _sources(desk: Desk) -> Iterator[Block]:
    """Yield the lists of sources: what the sheet cites, if that is to stand apart, and further reading."""
    keys = list(desk.lesson.sources)
    lists = [("sources", keys)]
    if desk.spec.works_cited:
        cited = frozenset(desk.prose.cited)
        lists = [("works_cited", [key for key in keys if key in cited])]
        lists.append(("sources", [key for key in keys if key not in cited]))
    for name, listed in lists:
        if listed:
            yield desk.heading(2, name)
            yield from _grouped(desk, listed) if desk.spec.group_sources else (_source_list(desk, listed),)


def _grouped(desk: Desk, keys: list[str]) -> Iterator[Block]:
    """Yield the sources `keys` under a heading for each kind that there is,."""
    for kind, heading in _KINDS.items():
        found = [key for key in keys if _kind(desk.lesson.sources[key]) == kind]
        if found:
            yield desk.heading(3, heading)
            yield _source_list(desk, found)


def _kind(record: SourceRecord) -> str:
    return record.kind or ("audiovisual" if record.type in _AUDIOVISUAL else "secondary")


def _source_list(desk: Desk, keys: list[str]) -> SourceList:
    entries = []
    for key in desk.prose.citer.order(keys):
        place = address.join("bibliography", key)
        annotation = desk.prose.blocks(desk.lesson.sources[key].annotation, address.join(place, "annotation"))
        entries.append(SourceEntry(desk.prose.citer.entry(key), annotation, place))
    return SourceList(tuple(entries))


def _related(desk: Desk) -> Iterator[Block]:
    if desk.spec.related:
        yield desk.heading(2, "related")
        items = [(_lesson(desk, related, f"related/{n + 1}"),) for n, related in enumerate(desk.spec.related)]
        yield t.BulletList(tuple(items))


def _lesson(desk: Desk, related: Related, place: str) -> t.Paragraph:
    title = desk.prose.line(related.title) or (t.Text((related.lesson or "").replace("-", " ").capitalize()),)
    note = (t.Text(" — "), *desk.prose.line(related.note)) if related.note else ()
    return t.Paragraph((t.Strong(title), *note), place)


def credits_of(desk: Desk) -> Iterator[Part]:
    """Yield where the text comes from and on what terms it may be copied."""
    lines = list(_credit_lines(desk))
    if lines:
        paragraphs = [t.Paragraph(line, role="credit") for line in lines]
        yield Part("credits", (desk.heading(2, "credits"), *paragraphs))


def _credit_lines(desk: Desk) -> Iterator[t.Inlines]:
    source, rights = desk.spec.article.source, desk.spec.rights
    if source and (line := _credit(desk, source)):
        yield line
    if rights:
        owner = {"year": rights.year or "", "holder": rights.holder or ""}
        name = "credit.rights" if any(owner.values()) else "credit.licence"
        yield (t.Text(_tidy(desk.labels(name, licence=rights.licence, **owner))),)


def _credit(desk: Desk, source: Origin) -> t.Inlines:
    """Return what is said of the article's source: the work, its licence, its address, what was changed."""
    named = ", ".join(filter(None, (_authors(source), source.title, source.publisher)))
    dated = ", ".join(filter(None, (named, desk.date(source.date) if source.date else "")))
    said = [desk.labels("credit.article", source=dated)] if dated else []
    said += [desk.labels("credit.licence", licence=source.licence)] if source.licence else []
    pieces: list[t.Inlines] = [(t.Text(_tidy(" ".join(said))),)] if said else []
    if source.url:
        pieces.append((t.Link((t.Text(source.url.split("://")[-1].rstrip("/")),), source.url),))
    if source.adapted:
        before, _, after = desk.labels("credit.adapted", changes="\0").partition("\0")
        pieces.append((t.Text(before), *desk.prose.line(source.adapted), t.Text(after)))
    gap = (t.Text(" "),)
    return tuple(node for n, piece in enumerate(pieces) for node in (*gap[: n > 0], *piece))


def _tidy(sentence: str) -> str:
    """Return `sentence` without the gaps and the second stop that an empty or abbreviated piece leaves."""
    sentence = re.sub(" +", " ", sentence.strip()).replace(" .", ".")
    return re.sub(r"(?<!\.)([.?!…])\.(?!\.)", r"\1", sentence)


def _authors(source: Origin) -> str:
    names = [n.literal or " ".join(filter(None, (n.given, n.particle, n.family))) for n in source.author or ()]
    return ", ".join(names)


def foot(desk: Desk) -> str:
    """Return the line in the foot of every page: the course, and whose text it is on what terms."""
    source, rights = desk.spec.article.source, desk.spec.rights
    pieces = [desk.edition.course]
    if source:
        pieces.append(", ".join(filter(None, (_authors(source) or source.publisher, source.licence))))
    elif rights:
        pieces.append(" ".join(filter(None, (rights.holder, rights.licence))))
    return " · ".join(filter(None, pieces))
