"""A lesson with versions whose right answers are known by their words, and the key as a marker reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from toolkit.compose import compose
from toolkit.model import text as t
from toolkit.model.lesson import Lesson
from toolkit.model.level import Level
from toolkit.model.printout import Edition, Printout, Task
from toolkit.model.response import Choice, Match, Order
from toolkit.model.versions import Versions

ARTICLE = "## Upstream\n\nWater.\n\n## Downstream\n\nTown.\n"
SPEC = """\
title: The River
versions: 3
sections:
  - heading: Upstream
    questions:
      - choose: What broke the dike?
        options: [the tide, the wind, the town, the ice]
        correct: the tide
      - choose: Which two does the town need?
        options: [a bell, a dike, a map, a tower, a flag]
        correct: [a dike, a bell]
      - match: Match part and use.
        pairs: {the sluice: to let water out, the dike: to hold it back, the mill: to lift it}
        spare: [to drink it]
      - order: Number the steps.
        items: [Dig clay., Pile it up., Sow grass., Wait for winter.]
      - true_false: The river runs uphill.
        answer: false
  - heading: Downstream
    questions:
      - choose: When did it break?
        options: [January 1953, February 1953, March 1953]
        correct: February 1953
      - choose: What came of it?
        options: [a law, a song, a tax, none of the above]
        correct: a song
      - source: Read.
        document: {text: "The water came at night."}
        parts:
          - choose: Who speaks?
            options: [a farmer, a sailor, a priest]
            correct: a priest
          - short: When did it come?
            answer: at night
      - order: Which came first?
        events: [law, dike, bell]
      - cloze: They piled {clay} and sowed {grass}.
        spare: [sand]
questions:
  - open: What would you have built?
    answer: A dike.
    lines: 3
  - open: Why there?
    follows: true
    answer: It is low.
  - short: Who pays?
    answer: the town
  - exit: What do you ask?
chronology:
  - {id: dike, date: 1200, event: The first dike.}
  - {id: bell, date: 1400, event: The bell is cast.}
  - {id: law, date: 1954, event: The law is passed.}
"""

# What is right, by the prompt: the words of options, the use of each part, the steps in their order.
RIGHT: Mapping[str, tuple[str, ...] | Mapping[str, str]] = MappingProxyType(
    {
        "What broke the dike?": ("the tide",),
        "Which two does the town need?": ("a bell", "a dike"),
        "Match part and use.": {
            "the sluice": "to let water out",
            "the dike": "to hold it back",
            "the mill": "to lift it",
        },
        "Number the steps.": ("Dig clay.", "Pile it up.", "Sow grass.", "Wait for winter."),
        "The river runs uphill.": ("False",),
        "When did it break?": ("February 1953",),
        "What came of it?": ("a song",),
        "Who speaks?": ("a priest",),
        "Which came first?": ("The first dike.", "The bell is cast.", "The law is passed."),
    }
)


@dataclass(frozen=True)
class Key:
    """A column of the teacher's table: the code over it, and what it says beside each number of the base sheet."""

    name: str
    code: str
    cells: Mapping[str, str]


def seeded(lesson: Lesson, seed: str, count: int = 3) -> Lesson:
    """Return `lesson` with other versions."""
    return replace(lesson, spec=lesson.spec.model_copy(update={"versions": Versions(count=count, seed=seed)}))


def student(lesson: Lesson, version: str, sheet: str = "worksheet", level: Level = "core") -> Printout:
    return compose(lesson, sheet, Edition(version=version, level=level))


def teacher(lesson: Lesson, sheet: str = "worksheet") -> Printout:
    return compose(lesson, sheet, Edition("teacher"))


def tables(printout: Printout) -> list[t.Table]:
    return [
        block for part in printout.parts if part.kind == "key" for block in part.blocks if isinstance(block, t.Table)
    ]


def keys(printout: Printout) -> list[Key]:
    """Return the columns of the key in the teacher's printout."""
    found = []
    for table in tables(printout):
        for column, head in enumerate(table.header[1:], start=1):
            name, _, code = t.plain(head).partition(" · ")
            found.append(Key(name, code, {t.plain(row[0]): t.plain(row[column]) for row in table.rows}))
    return found


def tasks(printout: Printout) -> dict[str, Task]:
    """Return the questions and parts of a sheet by number ("4", "4a")."""
    return dict(_numbered(printout))


def _numbered(printout: Printout) -> Iterator[tuple[str, Task]]:
    for part in printout.parts:
        for block in part.blocks:
            if isinstance(block, Task):
                yield block.number, block
                yield from ((block.number + inner.number, inner) for inner in block.parts)


def prompt(task: Task) -> str:
    return t.plain_block(task.stem[0])


def marked(task: Task, answer: str) -> object:
    """Return what a marker who reads `answer` in the key finds right on the student's sheet, in words."""
    said = re.split(", ", answer)
    match task.response:
        case Choice(options):
            labels = [option.label or t.plain(option.content) for option in options]
            return tuple(sorted(t.plain(options[labels.index(one)].content) for one in said))
        case Match(items, options):
            by_letter = {option.label: t.plain(option.content) for option in options}
            assert len(said) == len(items)
            return {t.plain(item.content): by_letter[letter] for item, letter in zip(items, said, strict=True)}
        case Order(items):
            numbered = sorted(zip(map(int, said), (t.plain(item.content) for item in items), strict=True))
            assert [number for number, _ in numbered] == list(range(1, len(items) + 1))
            return tuple(words for _, words in numbered)
    raise AssertionError(f"{task.response} has no letters")
