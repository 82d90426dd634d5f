"""References from one place of a lesson to another: each one resolved, or a diagnostic."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.citing import split_citations, written
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.lesson import Article, folded
from toolkit.model.question import Question
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.model.specification import LessonSpec, Section
from toolkit.source import indexing, pointers
from toolkit.source.limits import told
from toolkit.source.richness import RichText, rich_texts

Sources: TypeAlias = Mapping[str, SourceRecord | None]
"""Sources by citation key; None for one whose record is wrong, which can be cited none the less."""


@dataclass(frozen=True)
class Resolved:
    """Where the headings of a specification lead: positions in the article's sections."""

    paired: tuple[int, ...]
    omitted: frozenset[int]
    problems: tuple[Diagnostic, ...]


def resolve(spec: LessonSpec, article: Article, sources: Sources) -> Resolved:
    """Return the specification's references resolved against `article` and the `sources` by citation key."""
    headings = _Headings(article)
    paired = [
        headings.find(section.heading, section.under, address.join(place, "heading"))
        for section, place in sections(spec)
    ]
    omitted = [headings.find(omit, None, f"article/omit/{n + 1}") for n, omit in enumerate(spec.article.omit)]
    for n, event in enumerate(spec.chronology):
        if event.section:
            headings.find(event.section, None, f"chronology/{address.step(event.id, n)}/section", any_of_many=True)
    whole = frozenset(index for start in omitted if start is not None for index in article.within(start))
    problems = [
        *told(iter(headings.problems)),
        *told(indexing.problems(spec, article)),
        *_twice(spec, paired),
        *_excerpts(spec, article, paired),
        *told(_citations(spec, article, sources)),
        *told(_events(spec)),
        *told(_standards(spec)),
        *told(_pointers(spec, article, sources, (paired, whole))),
        *_ids(spec),
    ]
    return Resolved(tuple(p for p in paired if p is not None), whole, tuple(problems))


def sections(spec: LessonSpec) -> Iterator[tuple[Section, str]]:
    """Yield each section of `spec` with its address."""
    for n, section in enumerate(spec.sections):
        yield section, address.join("sections", address.step(section.id, n))


def questions(spec: LessonSpec) -> Iterator[tuple[Question, str]]:
    """Yield each question of `spec` with its address, in printed order."""
    for section, place in sections(spec):
        for n, question in enumerate(section.questions):
            yield question, address.join(place, "questions", address.step(question.id, n))
    for n, question in enumerate(spec.questions):
        yield question, address.join("questions", address.step(question.id, n))


def nested(spec: LessonSpec) -> Iterator[tuple[Question, str]]:
    """Yield each question of `spec` and each part of it with its address, in printed order."""
    for section, place in sections(spec):
        yield from listed(section.questions, address.join(place, "questions"))
    yield from listed(spec.questions, "questions")


def listed(found: Iterable[Question], place: str) -> Iterator[tuple[Question, str]]:
    """Yield each question of the list at the address `place`, and each part of it, with its address."""
    for n, question in enumerate(found):
        yield from _with_parts(question, address.join(place, address.step(question.id, n)))


def _with_parts(question: Question, place: str) -> Iterator[tuple[Question, str]]:
    yield question, place
    for n, part in enumerate(question.parts):
        yield from _with_parts(part, address.join(place, "parts", address.step(part.id, n)))


def _events(spec: LessonSpec) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each event that a question puts in order and the chronology does not have."""
    known = [event.id for event in spec.chronology if event.id]
    for question, place in nested(spec):
        for n, event in enumerate(question.events_named()):
            if event not in known:
                near = difflib.get_close_matches(event, known, n=1)
                hint = f"did you mean `{near[0]}`?" if near else "give the event an `id:`"
                message = f"the chronology has no event with the id {quoted(event)}"
                yield Diagnostic("R309", message, address=f"{place}/events/{n + 1}", needle=event, hint=hint)


class _Headings:
    """Finds sections of the article by their heading."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.problems: list[Diagnostic] = []
        self._parents = _parents(article)

    def find(self, heading: str, under: str | None, place: str, *, any_of_many: bool = False) -> int | None:
        wanted = folded(_words(heading))
        found = [n for n, s in enumerate(self.article.sections) if folded(s.title) == wanted]
        if under:
            found = [n for n in found if folded(_words(under)) in map(folded, self._parents[n])]
        found = [n for n in found if self.article.sections[n].title == _words(heading)] or found
        if len(found) == 1 or (found and any_of_many):
            return found[0]
        self.problems.append(self._ambiguous(heading, found, place) if found else self._unknown(heading, under, place))
        return None

    def _unknown(self, heading: str, under: str | None, place: str) -> Diagnostic:
        titles = [section.title for section in self.article.sections]
        near = difflib.get_close_matches(_words(heading), titles, n=1, cutoff=0.5)
        hint = f"did you mean {quoted(near[0])}?" if near else _listed(titles)
        where = f" under {quoted(under)}" if under else ""
        return Diagnostic("R302", f"the article has no heading {quoted(heading)}{where}", address=place, hint=hint)

    def _ambiguous(self, heading: str, found: list[int], place: str) -> Diagnostic:
        above = [short(self._parents[n][-1]) for n in found if self._parents[n]]
        hint = f"say which: {' or '.join(f'`under: {title}`' for title in above)}" if above else "rename one of them"
        return Diagnostic(
            "R303", f"the article has the heading {quoted(heading)} {len(found)} times", address=place, hint=hint
        )


def _parents(article: Article) -> list[tuple[str, ...]]:
    """Return the headings above each section of `article`, the nearest last."""
    parents: list[tuple[str, ...]] = []
    above: list[tuple[int, str]] = []
    for section in article.sections:
        above = [(level, title) for level, title in above if level < section.level]
        parents.append(tuple(title for _, title in above))
        above.append((section.level, section.title))
    return parents


def _words(line: str) -> str:
    return t.plain(markup.inlines(line))


def _listed(titles: list[str]) -> str:
    shown = ", ".join(quoted(title) for title in titles[:6])
    return f"its headings are {shown}{', ...' if len(titles) > 6 else ''}" if titles else "the article has no headings"


def _twice(spec: LessonSpec, paired: list[int | None]) -> Iterator[Diagnostic]:
    for n, ((section, place), found) in enumerate(zip(sections(spec), paired, strict=True)):
        if found is not None and found in paired[:n]:
            message = f"the section {quoted(section.heading)} stands twice"
            yield Diagnostic("R303", message, address=f"{place}/heading", hint="put its questions into one section")


def _excerpts(spec: LessonSpec, article: Article, paired: list[int | None]) -> Iterator[Diagnostic]:
    for (section, place), found in zip(sections(spec), paired, strict=True):
        if section.excerpt and found is not None:
            last = int(section.excerpt.split("-")[-1])
            first = int(section.excerpt.split("-")[0])
            there = len(article.sections[found].blocks)
            if last > there or first > last:
                message = f"the excerpt {section.excerpt} does not fit: the section has {there} paragraphs"
                yield Diagnostic("R307", message, address=f"{place}/excerpt")


def _citations(spec: LessonSpec, article: Article, sources: Sources) -> Iterator[Diagnostic]:
    for place, cite in _cites(spec, article, sources):
        if cite.key not in sources:
            yield _dangling(cite.key, sources, place, written(cite.key))
    for n, event in enumerate(spec.chronology):
        place = f"chronology/{address.step(event.id, n)}/cite"
        if event.cite and not event_citation(event.cite).cites:
            hint = "write keys of the bibliography: duiker1989, 131; becker1986"
            yield Diagnostic("R301", f"the citation {quoted(event.cite)} is not understood", address=place, hint=hint)
        for key in event_keys(event.cite or ""):
            if key not in sources:
                yield _dangling(key, sources, place, key)


def unknown_keys(listed: Iterable[str], shared: Sources) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each key that a lesson lists and the `shared` bibliography does not have."""
    for n, key in enumerate(listed):
        if key not in shared:
            near = difflib.get_close_matches(key, sorted(shared), n=1)
            hint = (
                f"did you mean `{near[0]}`?" if near else "write it into the bibliography beside the lessons' folders"
            )
            message = f"the shared bibliography has no source `{short(key)}`"
            yield Diagnostic("R301", message, address=f"bibliography/{n + 1}", hint=hint)


def cited_keys(spec: LessonSpec, article: Article, taken: Mapping[str, SourceRecord] | None = None) -> frozenset[str]:
    """Return the keys of every source that some text of the lesson cites, or an annotation of one that is `taken`."""
    records: Sources = spec.bibliography if isinstance(spec.bibliography, Mapping) else taken or {}
    in_texts = {cite.key for _, cite in _cites(spec, article, records)}
    return frozenset(in_texts.union(*(event_keys(event.cite or "") for event in spec.chronology)))


def keys_in(value: object) -> Iterator[tuple[str, str]]:
    """Yield the address, from `value`, of every text that cites a source, with the source's key."""
    for place, text in rich_texts(value):
        for run in text.runs() if "@" in text.words else ():
            for node in t.walk(run):
                if isinstance(node, t.Citation):
                    yield from ((place, cite.key) for cite in node.cites)


def event_keys(cite: str) -> list[str]:
    """Return the citation keys in an event's `cite`: "duiker1989, 131; @becker1986"."""
    return [one.key for one in event_citation(cite).cites]


def event_citation(cite: str) -> t.Citation:
    """Return an event's `cite` as a citation: the brackets and the @ may be left out there.

    A text that is not understood is a citation of nothing; loading refuses it.
    """
    pieces = cite.strip().removeprefix("[").removesuffix("]").split(";")
    marked = "; ".join(piece if "@" in piece else f"@{piece.strip()}" for piece in pieces)
    found = split_citations(f"[{marked}]")
    return found[0] if len(found) == 1 and isinstance(found[0], t.Citation) else t.Citation(())


def _dangling(key: str, sources: Sources, place: str, needle: str) -> Diagnostic:
    near = difflib.get_close_matches(key, sorted(sources), n=1)
    literal = f"; or write \\{short(needle)}, if no source is meant" if needle.startswith("@") else ""
    hint = f"did you mean `{near[0]}`?" if near else f"add it to `bibliography`{literal}"
    message = f"no source has the key `{short(key)}`"
    return Diagnostic("R301", message, address=place, needle=needle, hint=hint)


def _cites(spec: LessonSpec, article: Article, sources: Sources) -> Iterator[tuple[str, t.Cite]]:
    """Yield every reference to a source in the lesson's texts, with the address of the text."""
    for place, content in _texts(spec, article, sources):
        for node in t.walk(content):
            if isinstance(node, t.Citation):
                for cite in node.cites:
                    yield place, cite


def _texts(spec: LessonSpec, article: Article, sources: Sources) -> Iterator[tuple[str, t.Inlines]]:
    """Yield every run of rich text of the lesson with its address."""
    for field, text in (*rich_texts(spec), *_annotations(spec, sources)):
        if "@" in text.words:
            for run in text.runs():
                yield field, run
    for n, block in enumerate(article.opening):
        for run in t.inlines_of(block):
            yield f"article/opening/{n + 1}", run
    for section in article.sections:
        yield f"article/{section.anchor}", section.heading
        for n, block in enumerate(section.blocks):
            for run in t.inlines_of(block):
                yield f"article/{section.anchor}/{n + 1}", run


def _annotations(spec: LessonSpec, sources: Sources) -> Iterator[tuple[str, RichText]]:
    """Yield the rich texts of sources that other files hold; those in the specification are a part of it."""
    written = spec.bibliography if isinstance(spec.bibliography, Mapping) else {}
    for key, record in sources.items():
        if record and key not in written:
            yield from rich_texts(record, address.join("bibliography", key))


def _pointers(
    spec: LessonSpec, article: Article, sources: Sources, found: tuple[list[int | None], frozenset[int]]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each reference to a line; `found` are the paired and the omitted sections."""
    unsure = (section.id for section, n in zip(spec.sections, found[0], strict=True) if n is None)
    on = pointers.ground(spec, article, *found)
    yield from pointers.problems(spec, sources, on, frozenset(filter(None, unsure)))


def _standards(spec: LessonSpec) -> Iterator[Diagnostic]:
    known = [standard.id for standard in spec.standards]
    for question, place in nested(spec):
        for n, standard in enumerate(question.standards):
            if standard not in known:
                near = difflib.get_close_matches(standard, known, n=1)
                hint = f"did you mean `{near[0]}`?" if near else "add it to the lesson's `standards`"
                where = f"{place}/standards/{n + 1}"
                yield Diagnostic("R306", f"the lesson lists no standard {quoted(standard)}", address=where, hint=hint)


def _ids(spec: LessonSpec) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each id that names two places of the lesson."""
    groups: list[tuple[str, Iterable[object]]] = [("sections", spec.sections), ("chronology", spec.chronology)]
    groups += [(f"{place}/questions", section.questions) for section, place in sections(spec)]
    groups.append(("questions", spec.questions))
    seen: set[str] = set()
    for place, items in groups:
        for item in items:
            item_id = getattr(item, "id", None)
            if item_id and item_id in seen:
                where = address.join(place, item_id, "id")
                hint = "ids are unique in a lesson"
                yield Diagnostic("L208", f"the id `{item_id}` stands twice", address=where, hint=hint)
            seen.add(item_id or "")
