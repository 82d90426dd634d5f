"""What every question has, whatever its kind. The kinds are in `questions`, one file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Self, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from toolkit.model import markup, sequence, shuffling
from toolkit.model.choices import Depth as Depth
from toolkit.model.document import Document
from toolkit.model.fields import FROZEN, FrozenMap, Identifier, Line, Plain, Prose, Record, wrong
from toolkit.model.level import AnyVariant, Level, OtherLevel
from toolkit.model.response import Response
from toolkit.model.text import Blocks, Inlines, plain

if TYPE_CHECKING:
    AnyQuestion: TypeAlias = "Question"

Points = Annotated[float, Field(gt=0, le=1000, multiple_of=0.5)]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question needs to know of the sheet it is printed on.

    `pitch` is the distance of answer rules in mm, `measure` the width of the answer space in mm, `letters`
    the names of options in the reader's alphabet, in order, `truth` the words for true and false. `events`
    are the lesson's own, in order of time, with their ids ("" for none). `seed` makes what is shuffled
    come out the same every time. `version` counts from 0, None for a sheet that is no version; `wording`
    tells options whose order a version keeps.
    """

    pitch: float
    measure: float
    letters: tuple[str, ...]
    truth: tuple[str, str] = ("True", "False")
    events: tuple[tuple[str, Line], ...] = ()
    seed: str = ""
    version: int | None = None
    wording: sequence.Wording = sequence.NO_WORDING

    def shuffled(self, count: int, column: str = "") -> tuple[int, ...]:
        """Return the positions 0 to `count` - 1 in an order that depends on seed and version alone.

        The order is never the written one, which is often the answer, where there is another. `column` tells
        apart what one question has to shuffle twice.
        """
        seed = f"{self.seed}/{column}" if column else self.seed
        if self.version is None:
            return shuffling.another(count, seed)
        return shuffling.of_version(count, seed, self.version, secret=True)

    def mixed(self, count: int, column: str = "") -> tuple[int, ...]:
        """Return the positions 0 to `count` - 1 as written, in a version in an order of its own."""
        if self.version is None:
            return tuple(range(count))
        return shuffling.of_version(count, f"{self.seed}/{column}", self.version, secret=False)

    def arranged(self, options: Sequence[Inlines]) -> tuple[int, ...]:
        """Return the positions of `options` in printed order; those whose order says something keep it."""
        order = list(range(len(options)))
        moving = sequence.movable(tuple(plain(option) for option in options), self.letters, self.wording)
        for place, position in zip(moving, self.mixed(len(moving), "options"), strict=True):
            order[place] = moving[position]
        return tuple(order)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Rubric(Record):
    """A scoring guide as a table: criteria down the side, levels along the top."""

    levels: tuple[Line, ...] = Field(
        description="The levels, the best first or last as you like.", examples=[["4", "3", "2", "1"]], min_length=1
    )
    criteria: Annotated[Mapping[Plain, tuple[Line, ...]], *FROZEN] = Field(
        description="What each level of each criterion looks like.",
        examples=[{"Evidence": ["Three exact details", "Two details", "One detail", "None"]}],
    )

    @model_validator(mode="after")
    def _rows_are_whole(self) -> Self:
        for name, cells in self.criteria.items():
            if len(cells) != len(self.levels):
                message = f"the criterion {name!r} has {len(cells)} descriptions for {len(self.levels)} levels"
                raise wrong("L204", message, needle=name)
        return self


class Question(Record):
    """A question to the reader. The key that names the kind holds the prompt."""

    model_config = ConfigDict(defer_build=True)

    kind: ClassVar[str]
    answer_key: ClassVar[str] = "answer"
    """The key under which the author writes what the teacher is told."""
    answer_label: ClassVar[str] = "answer"
    """The label of that, under `task` in the label files."""
    stem_label: ClassVar[str] = ""
    """The label, under `task`, of what is asked by a kind whose prompt is the response itself."""
    heading_label: ClassVar[str] = ""
    """The label, under `heading`, of the heading that questions of the kind stand under on a worksheet."""

    prompt: Prose = Field(description="What is asked.", examples=["Why did Hanoi decide to leave?"])
    id: Identifier | None = Field(
        None, description="A short name that stays when questions move.", examples=["cost-of-war"]
    )
    points: Points | None = Field(None, description="What a full answer earns.", examples=[4])
    depth: Depth | None = Field(
        None,
        description="How deep the thinking goes: a level of Bloom's revised taxonomy, "
        "or dok1 to dok4 for Webb's depth of knowledge.",
        examples=["analyze", "dok3"],
    )
    standards: tuple[Plain, ...] = Field(
        (), description="Ids of the lesson's standards that it serves.", examples=[["D2.His.1.9-12"]]
    )
    tags: tuple[Plain, ...] = Field(
        (), description="Words to find it by, and to draw it by from the bank.", examples=[["primary-source"]]
    )
    look_for: Prose | None = Field(
        None, description="Teacher: what a good answer shows.", examples=["Names a cost and says whom it hit."]
    )
    misconception: Prose | None = Field(
        None, description="Teacher: a likely mistake.", examples=["April is the announcement, not the departure."]
    )
    support: Prose | None = Field(
        None, description="Teacher: help for a student who is stuck.", examples=["Reread the second paragraph."]
    )
    hint: Prose | None = Field(None, description="Teacher: a hint to give.", examples=["Look at who paid for the war."])
    worked: Prose | None = Field(
        None, description="Teacher: the answer worked out step by step.", examples=["First find the year, then ..."]
    )
    rubric: Rubric | None = Field(
        None,
        description="Teacher: a scoring guide of criteria and levels.",
        examples=[{"levels": ["2", "1"], "criteria": {"Evidence": ["exact", "vague"]}}],
    )
    parts: tuple[AnyQuestion, ...] = Field(
        (), description="Parts (a), (b), (c), each a question.", examples=[[{"short": "Who wrote it?"}]], max_length=12
    )
    scoring: Prose | None = Field(
        None, description="Teacher: how points are given.", examples=["2 points a cost, 2 for the evidence."]
    )

    levels: Annotated[Mapping[OtherLevel, AnyVariant], *FROZEN] = Field(
        default_factory=FrozenMap,
        description="The question as other levels ask it; the core level has it as it is written.",
        examples=[{"support": "Name one cost of the war.", "extension": {"hint": "Compare it with 1979."}}],
    )
    only: Annotated[tuple[Level, ...], BeforeValidator(_listed, json_schema_input_type=Level | tuple[Level, ...])] = (
        Field((), description="The levels that have the question; every level if absent.", examples=["extension"])
    )
    follows: bool = Field(
        False, description="It stays behind the question before it, in every version.", examples=[True]
    )

    @model_validator(mode="after")
    def _levels_are_printed(self) -> Self:
        for level, variant in self.levels.items():
            if self.only and level not in self.only:
                hint = f"add {level} to `only`, or delete it here"
                raise wrong("L204", f"no {level} sheet has this question", at=("levels", level), hint=hint)
            if variant.lines and "lines" not in type(self).model_fields:
                message = f"a question of the kind `{self.kind}` has no lines"
                raise wrong("L204", message, at=("levels", level, "lines"), hint="delete it")
        return self

    def at_level(self, level: Level) -> Self:
        """Return the question as a sheet of `level` asks it; its own hint is for the teacher, and stays."""
        variant = self.levels.get(level) if level != "core" else None
        if variant is None:
            return self
        said: dict[str, object] = {"prompt": variant.prompt} if variant.prompt else {}
        if variant.lines:
            said |= dict.fromkeys({"box", "grid"} & type(self).model_fields.keys()) | {"lines": variant.lines}
        return self.model_copy(update=said)

    def levels_named(self) -> frozenset[Level]:
        """Return the levels that the question or a part of it treats in another way than `core`."""
        inner = (level for part in self.parts for level in part.levels_named())
        return frozenset((*self.levels, *self.only, *inner))

    def printed_at(self, level: Level) -> bool:
        """Return whether a sheet of `level` has the question."""
        return not self.only or level in self.only

    def documents(self) -> tuple[Document, ...]:
        """Return the documents that are printed before the question."""
        return ()

    def document_place(self, position: int) -> str:
        """Return the way to the document at `position`, counted from 0, from the question's address."""
        return f"sources/{position + 1}"

    def events_named(self) -> tuple[str, ...]:
        """Return the ids of events of the chronology that the question is about."""
        return ()

    def response(self, setting: Setting) -> Response:
        """Return the way to answer, with its key, and without what is spoken in its place.

        `compose` takes the key away for students and adds the spoken words in the reader's language.
        """
        raise NotImplementedError

    def model_answer(self) -> Blocks:
        """Return what a good answer says, for the teacher; empty where the response's key says it all."""
        return ()

    def has_answer(self) -> bool:
        """Return whether a teacher finds an answer with the question."""
        return bool(self.model_answer())

    def stem(self) -> Blocks:
        """Return the prompt as blocks."""
        return markup.blocks(self.prompt)

    def total(self) -> float | None:
        """Return the points of the question, or of its parts where it has none of its own; None for no points."""
        if self.points is not None:
            return self.points
        inner = [part.total() for part in self.parts]
        return sum(points or 0 for points in inner) if any(inner) else None
