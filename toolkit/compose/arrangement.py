"""Which questions a sheet asks, and in what order: its level leaves some out, its version shuffles them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from toolkit.compose.desk import Desk
from toolkit.compose.events import ordered
from toolkit.model import address, shuffling
from toolkit.model.level import Level
from toolkit.model.question import Question, Setting
from toolkit.source.references import questions

_MEASURE_MM = 158.0  # the width of an answer rule on letter paper: 480 pt less the hanging number


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a sheet with its address and its number there."""

    question: Question
    place: str
    number: int

    @property
    def owner(self) -> str:
        """Return the address of its section, "" for a question on the whole lesson."""
        return self.place.rpartition("/questions/")[0]


def asked(desk: Desk) -> list[Asked]:
    """Return the questions of the sheet in printed order, as its level asks them; all of them for a teacher."""
    level = level_of(desk)
    found = arranged(desk, level, desk.version)
    return [replace(one, question=one.question.at_level(level)) for one in found] if level else found


def level_of(desk: Desk) -> Level | None:
    """Return the level that the sheet is for, None for a teacher's, which has all of them."""
    return None if desk.teacher else desk.edition.level


def arranged(desk: Desk, level: Level | None, version: int | None) -> list[Asked]:
    """Return the questions that a sheet of `level` and `version` has, as they are written, in its order.

    None is every level, and the written order.
    """
    order = list(questions(desk.spec)) if version is None else _shuffled(desk, version)
    shown = [(question, place) for question, place in order if level is None or question.printed_at(level)]
    return [Asked(question, place, number) for number, (question, place) in enumerate(shown, start=1)]


def parts(question: Question, place: str, level: Level | None) -> list[tuple[Question, str]]:
    """Return the parts of `question` that a sheet of `level` (None is every level) has, each with its address."""
    placed = [(part, address.join(place, "parts", address.step(part.id, n))) for n, part in enumerate(question.parts)]
    return [(part, inner) for part, inner in placed if level is None or part.printed_at(level)]


def setting(desk: Desk, version: int | None) -> Setting:
    """Return what the questions need to know of a sheet of `version`."""
    truth = (desk.labels("task.true"), desk.labels("task.false"))
    events = tuple((event.id or "", event.event) for event, _ in ordered(desk.spec.chronology))
    return Setting(
        desk.edition.pitch,
        _MEASURE_MM,
        desk.labels.letters,
        truth,
        events,
        seed=desk.seed if version is not None else desk.lesson.slug,
        version=version,
        wording=desk.labels.wording,
    )


def _shuffled(desk: Desk, version: int) -> list[tuple[Question, str]]:
    """Return the questions with those of each section in the order of `version`; sections keep theirs."""
    written = list(questions(desk.spec))
    assert desk.spec.versions
    if desk.spec.versions.keep_order:
        return written
    mixed: list[tuple[Question, str]] = []
    for owner, run in groupby(written, key=lambda pair: pair[1].rpartition("/questions/")[0]):
        blocks = _together(list(run))
        moving = [n for n, block in enumerate(blocks) if not any(_stays(question) for question, _ in block)]
        seed = address.join(desk.seed, owner, "questions")
        order = list(blocks)
        for n, position in zip(moving, shuffling.of_version(len(moving), seed, version, secret=False), strict=True):
            order[n] = blocks[moving[position]]
        mixed += [pair for block in order for pair in block]
    return mixed


def _together(pairs: Sequence[tuple[Question, str]]) -> list[list[tuple[Question, str]]]:
    """Return `pairs` in runs that stay together: each question with those that follow it."""
    blocks: list[list[tuple[Question, str]]] = []
    for pair in pairs:
        if blocks and pair[0].follows:
            blocks[-1].append(pair)
        else:
            blocks.append([pair])
    return blocks


def _stays(question: Question) -> bool:
    """Return whether a version leaves `question` in its place: an exit ticket, and what fills its page."""
    return question.kind == "exit" or getattr(question, "lines", None) == "fill"
