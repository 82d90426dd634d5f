"""Standards x lessons x questions: which question of which lesson serves which standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.model import address, markup
from toolkit.model.lesson import Lesson
from toolkit.model.question import Question
from toolkit.model.text import plain
from toolkit.source import references


@dataclass(frozen=True)
class Asked:
    """A question or a part as it is numbered on the sheets: "4", "4b". `points` are its own, or those of its parts."""

    number: str
    address: str
    kind: str
    points: float
    depth: str


@dataclass(frozen=True)
class Served:
    """What a lesson that lists a standard, or asks for it, does for it."""

    lesson: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Aligned:
    """A standard with the lessons that list it. `texts` are its wordings: more than one where lessons differ."""

    id: str
    texts: tuple[str, ...]
    lessons: tuple[Served, ...]

    def questions(self) -> tuple[Asked, ...]:
        """Return every question that serves it, lesson by lesson."""
        return tuple(question for served in self.lessons for question in served.questions)


@dataclass(frozen=True)
class Alignment:
    """The standards of some lessons in order of their ids, and by lesson the questions that serve none."""

    lessons: tuple[str, ...]
    standards: tuple[Aligned, ...]
    loose: tuple[Served, ...]

    def unserved(self) -> tuple[Aligned, ...]:
        """Return the standards that no question of any lesson serves."""
        return tuple(standard for standard in self.standards if not standard.questions())


def align(lessons: Iterable[Lesson]) -> Alignment:
    """Return the alignment of `lessons`, which stay in their order."""
    lessons = tuple(lessons)
    texts: dict[str, list[str]] = {}
    for standard in (standard for lesson in lessons for standard in lesson.spec.standards):
        words = plain(markup.inlines(standard.text))
        if words not in texts.setdefault(standard.id, []):
            texts[standard.id].append(words)
    standards = (
        Aligned(name, tuple(texts[name]), tuple(_serving(name, lessons))) for name in sorted(texts, key=_order)
    )
    loose = (Served(lesson.slug, tuple(_loose(lesson))) for lesson in lessons)
    return Alignment(
        tuple(lesson.slug for lesson in lessons),
        tuple(standards),
        tuple(served for served in loose if served.questions),
    )


def _order(name: str) -> list[tuple[int, str]]:
    """Return what sorts D2.His.2 before D2.His.14."""
    pieces = "".join(char if char.isdigit() else f" {char} " for char in name).split()
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]


def _serving(name: str, lessons: Iterable[Lesson]) -> Iterator[Served]:
    for lesson in lessons:
        if any(standard.id == name for standard in lesson.spec.standards):
            found = (asked for top in _numbered(lesson) for asked in _for(name, *top))
            yield Served(lesson.slug, tuple(found))


def _numbered(lesson: Lesson) -> Iterator[tuple[Question, str, str]]:
    """Yield each question of a lesson with its number and its address."""
    for number, (question, place) in enumerate(references.questions(lesson.spec), start=1):
        yield question, str(number), place


def _for(name: str, question: Question, number: str, place: str) -> Iterator[Asked]:
    """Yield a question that serves the standard `name`, or the parts of it that do."""
    if name in question.standards:
        yield _asked(question, number, place)
        return
    for n, part in enumerate(question.parts):
        inner = address.join(place, "parts", address.step(part.id, n))
        yield from _for(name, part, f"{number}{chr(ord('a') + n)}", inner)


def _loose(lesson: Lesson) -> Iterator[Asked]:
    for question, number, place in _numbered(lesson):
        if not any(inner.standards for inner, _ in references.listed((question,), "")):
            yield _asked(question, number, place)


def _asked(question: Question, number: str, place: str) -> Asked:
    depths = [inner.depth for inner, _ in references.listed((question,), "") if inner.depth]
    return Asked(number, place, question.kind, question.total() or 0.0, ", ".join(dict.fromkeys(depths)))
