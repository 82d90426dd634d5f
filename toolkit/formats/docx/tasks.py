"""A question as Word has it: a numbered paragraph, the way to answer, and what teachers see with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.blocks import blocks, part_of
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.inline import PLAIN, Look, inlines, runs
from toolkit.formats.docx.names import DXA_PER_MM, HANG, OPTION_HANG, Mark, Style
from toolkit.formats.docx.numbering import Number
from toolkit.formats.docx.oxml import w
from toolkit.formats.docx.paragraphs import Place, indented, keep_with_next, let_go, numbered, paragraph, tab_stops
from toolkit.formats.docx.ruling import blank_line, ruled
from toolkit.model.printout import Aside, Model, Task
from toolkit.model.response import Choice, Entry, Option, Response, Writing
from toolkit.model.text import Blocks, Paragraph

_STEM: Final = Place(style=Style.QUESTION_TEXT, indent=HANG, keep=True)
_RULES: Final = Place(indent=HANG)
_MODEL: Final = Place(style=Style.ANSWER, indent=HANG + 200, boxed=True)
_ASIDE: Final = Place(style=Style.NOTE, indent=HANG + 200, boxed=True)

_SINGLE, _SEVERAL = 1, 2  # the levels of the questions' numbering that options are on
# Where a typed number and the text after it stand: a paragraph out of its list loses its list's indents (dxa).
_HANGS: Final = ((HANG, HANG), (HANG + OPTION_HANG, OPTION_HANG), (HANG + OPTION_HANG, OPTION_HANG))
_CHECK: Final = "✓"
# Between a label and what it labels: wide enough to be seen, and one space to a screen reader.
_EN_SPACE: Final = "\u2002"
_NO_BREAK_SPACE: Final = "\u00a0"


def task(draft: Draft, question: Task) -> Iterator[_Element]:
    """Yield the question; nothing of it is left alone on another page than its beginning."""
    stem = list(_stem(draft, question))
    answer = list(_response(draft, question)) if question.response else []
    beside = [
        *(part for model in question.models for part in labelled(draft, model, _MODEL)),
        *(part for aside in question.asides for part in labelled(draft, aside, _ASIDE)),
    ]
    if beside:
        for element in (*answer[-1:], *beside[:-1]):
            keep_with_next(element)
    elif not answer:
        let_go(stem[-1])
    yield from (*stem, *answer, *beside)


def _stem(draft: Draft, question: Task) -> Iterator[_Element]:
    address = f"{question.address}/prompt" if question.address else ""
    number = draft.numbering.question(question.number)
    first = question.stem[0] if question.stem and isinstance(question.stem[0], Paragraph) else Paragraph(())
    content = draft.bookmarked(first.address or address, inlines(draft, first.content))
    points = _points(draft, question.points) if question.points else []
    yield _numbered(draft, Style.QUESTION, number, 0, [*content, *points], Mark.NUMBER)
    rest = question.stem[1:] if question.stem and question.stem[0] is first else question.stem
    for position, block in enumerate(rest, start=2):
        yield from blocks(draft, (block,), _STEM, part_of(address, position))


def _points(draft: Draft, points: str) -> list[_Element]:
    """Return `points` at the right by a tab; held together, so that they do not break over two lines."""
    return [w("r", w("tab")), *runs(draft, points.replace(" ", _NO_BREAK_SPACE), Look(Mark.POINTS))]


def _numbered(
    draft: Draft, style: Style, number: Number, level: int, content: list[_Element], mark: Mark, *, keep: bool = False
) -> _Element:
    """Return a paragraph that its style numbers, or one with a typed number where Word cannot count so."""
    if number.typed:
        typed = [*runs(draft, number.typed, Look(mark)), w("r", w("tab"))]
        left, hanging = _HANGS[level]
        return paragraph(
            style,
            [*typed, *content],
            numbered(0, 0),
            tab_stops([("left", left, "")]),
            indented(left, hanging),
            keep=keep,
        )
    override = numbered(number.numbering, level) if number.numbering else None
    return paragraph(style, content, override, keep=keep)


def _response(draft: Draft, question: Task) -> Iterator[_Element]:
    response: Response | None = question.response
    match response:
        case Writing():
            yield from _writing(draft, response)
        case Entry():
            yield _entry(draft, response, f"{question.address}/answer")
        case Choice():
            yield from _choice(draft, response)
        case None:
            return
        case _:
            assert_never(response)


def _writing(draft: Draft, response: Writing) -> Iterator[_Element]:
    if response.lines > 0:
        lines = [blank_line() for _ in range(response.lines)]
        yield ruled(draft, lines, response.pitch, _RULES, response.spoken)


def _entry(draft: Draft, response: Entry, address: str) -> _Element:
    """Return one short rule, for the teacher with the answer on it."""
    key = draft.bookmarked(address, inlines(draft, response.key, Look(Mark.RIGHT))) if response.key else []
    line = [paragraph(Style.ANSWER_LINE, key)]
    width = round(response.width * DXA_PER_MM)
    return ruled(draft, [line], response.pitch, _RULES, response.spoken, width=width)


def _choice(draft: Draft, response: Choice) -> Iterator[_Element]:
    level = _SEVERAL if response.many else _SINGLE
    number = draft.numbering.options(tuple(option.label for option in response.options), level)
    for position, option in enumerate(response.options):
        right = response.key is not None and position in response.key
        last = position == len(response.options) - 1
        yield _option(draft, option, number, level, right=right, keep=not last)


def _option(draft: Draft, option: Option, number: Number, level: int, *, right: bool, keep: bool) -> _Element:
    """Return an option; a right one is bold and coloured and has a check sign, so that no colour is needed."""
    content = draft.bookmarked(option.address, inlines(draft, option.content, Look(Mark.RIGHT) if right else PLAIN))
    if right:
        content += runs(draft, f"{_NO_BREAK_SPACE}{_CHECK}", Look(Mark.RIGHT_MARK))
    style = Style.OPTION_MANY if level == _SEVERAL else Style.OPTION
    own = Number(typed=option.label) if number.typed else number
    return _numbered(draft, style, own, level, content, Mark.DETAIL, keep=keep)


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
