"""A question as Word has it: a numbered paragraph, the way to answer, and what teachers see with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.answers import response
from toolkit.formats.docx.blocks import blocks, part_of
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.exhibits import exhibits
from toolkit.formats.docx.heights import PAGE, above, of_task
from toolkit.formats.docx.inline import Look, inlines, runs
from toolkit.formats.docx.items import Seat, counted
from toolkit.formats.docx.names import HANG, PART_HANG, Mark, Style
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, keep_with_next, let_go, moved, paragraph, style_of
from toolkit.model.printout import Aside, Model, Task
from toolkit.model.response import Organizer, Response
from toolkit.model.text import Blocks, Paragraph

_MODEL: Final = Place(style=Style.ANSWER, indent=HANG + 200, boxed=True)
_ASIDE: Final = Place(style=Style.NOTE, indent=HANG + 200, boxed=True)

_LOWEST: Final = 60.0  # mm; a graphic organiser below this has no room to write
# Between a label and what it labels: wide enough to be seen, and one space to a screen reader.
_EN_SPACE: Final = "\u2002"
_NO_BREAK_SPACE: Final = "\u00a0"


def task(draft: Draft, question: Task) -> Iterator[_Element]:
    """Yield the question, its documents before it and its parts after it.

    Nothing of a question or a part is left alone on another page than its beginning.
    """
    yield from exhibits(draft, question.exhibits, question)
    yield from _asked(draft, question, Seat(question.address))


def _asked(draft: Draft, question: Task, seat: Seat) -> Iterator[_Element]:
    """Yield the question or the part of one that is asked at `seat`."""
    stem = list(_stem(draft, question, seat))
    room = _fitting(draft, question)
    answer = list(response(draft, room, seat)) if room else []
    parts = [element for part in question.parts for element in _part(draft, part)]
    beside = [
        *(part for model in question.models for part in _moved(seat, labelled(draft, model, _placed(_MODEL, seat)))),
        *(part for aside in question.asides for part in _moved(seat, labelled(draft, aside, _placed(_ASIDE, seat)))),
    ]
    if beside:
        fits = of_task(draft, question) <= PAGE
        labels = [one for one, after in pairwise(beside) if style_of(after) is None]  # each before its table
        for element in (*(parts or answer)[-1:], *(beside[:-1] if fits else labels)):
            keep_with_next(element)
    elif not (answer or parts):
        let_go(stem[-1])
    yield from (*stem, *answer, *parts, *beside)


def _fitting(draft: Draft, question: Task) -> Response | None:
    """Return the response of `question`; a graphic organiser so high that a page holds it with the question."""
    shown = question.response
    if not isinstance(shown, Organizer) or shown.key is not None:
        return shown
    excess = above(draft, question) + of_task(draft, question) - PAGE
    return replace(shown, height=max(shown.height - excess, _LOWEST)) if excess > 0 else shown


def _part(draft: Draft, part: Task) -> Iterator[_Element]:
    """Yield a part with its documents; a part of a part stands where parts stand, with its own letter."""
    yield from exhibits(draft, part.exhibits, part)
    yield from _asked(draft, part, Seat(part.address, part=True))


def _placed(place: Place, seat: Seat) -> Place:
    """Return `place` as far in as a part is."""
    return replace(place, indent=place.indent + PART_HANG) if seat.part else place


def _moved(seat: Seat, elements: Iterable[_Element]) -> Iterator[_Element]:
    """Yield `elements`, those of a part where a part stands."""
    for element in elements:
        if seat.part:
            moved(element, _placed(_MODEL, seat).indent)
        yield element


def _stem(draft: Draft, question: Task, seat: Seat) -> Iterator[_Element]:
    address = seat.at("prompt")
    number = draft.numbering.part(question.number) if seat.part else draft.numbering.question(question.number)
    first = question.stem[0] if question.stem and isinstance(question.stem[0], Paragraph) else Paragraph(())
    content = draft.bookmarked(first.address or address, inlines(draft, first.content))
    points = _points(draft, question.points) if question.points else []
    yield counted(draft, number, seat.level, [*content, *points], Mark.NUMBER)
    rest = question.stem[1:] if question.stem and question.stem[0] is first else question.stem
    for position, block in enumerate(rest, start=2):
        yield from blocks(draft, (block,), seat.text, part_of(address, position))


def _points(draft: Draft, points: str) -> list[_Element]:
    """Return `points` at the right by a tab; held together, so that they do not break over two lines."""
    return [w("r", w("tab")), *runs(draft, points.replace(" ", _NO_BREAK_SPACE), Look(Mark.POINTS))]


def labelled(draft: Draft, note: Aside | Model, place: Place) -> Iterator[_Element]:
    """Yield a labelled note to the teacher: the label runs into the first paragraph."""
    label = runs(draft, f"{note.label}{_EN_SPACE}", Look(Mark.LABEL)) if note.label else []
    yield from run_in(draft, label, note.content, place, note.address)


def run_in(
    draft: Draft, label: list[_Element], content: Blocks, place: Place, address: str, *, style: str = ""
) -> Iterator[_Element]:
    """Yield `content` with `label` at the head of its first paragraph.

    Where `style` is given, the first paragraph has it and the label is the author's: then `address` is the
    place of both, and what follows the label has a bookmark of its own inside where it has an address.
    """
    first = content[0] if content and isinstance(content[0], Paragraph) else None
    head = inlines(draft, first.content) if first else []
    own = first.address if first else ""
    if style:
        inside = draft.bookmarked(address, [*label, *draft.bookmarked(own, head)])
    else:
        inside = [*label, *draft.bookmarked(own or address, head)]
    if inside:
        yield paragraph(style or place.style, inside, keep=place.keep)
    for position, block in enumerate(content[1:] if first else content, start=2):
        yield from blocks(draft, (block,), place, part_of(address, position))
