"""The bank: questions kept for any lesson to draw, and how a lesson draws them.

A file of the bank is a short lesson without an article. A draw stands where a question may stand; `source`
puts the drawn questions in its place, so that a LessonSpec holds questions only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag

from toolkit.model.fields import Identifier, Line, Plain, Record
from toolkit.model.question import Points
from toolkit.model.specification import Bibliography, Standard

if TYPE_CHECKING:
    from toolkit.model.question import Question

    AnyQuestion: TypeAlias = Question

FOLDER: Final = "_bank"
"""The folder beside the lessons' folders that holds the files of the bank."""


class Bank(Record):
    """A file of the bank: questions that several lessons may draw."""

    model_config = ConfigDict(defer_build=True, title="Hornbook bank of questions, version 1")

    title: Line | None = Field(None, description="What these questions have in common.", examples=["Reading sources"])
    tags: tuple[Plain, ...] = Field(
        (), description="Tags of every question of this file, besides its own.", examples=[["source-skills"]]
    )
    standards: tuple[Standard, ...] = Field(
        (),
        description="Standards that the questions serve; a lesson that draws one lists them too.",
        examples=[[{"id": "D2.His.11.9-12", "text": "Critique the usefulness of historical sources."}]],
    )
    bibliography: Bibliography | None = Field(
        None,
        description="Sources that the questions cite; they join the lesson's. Records by citation key, "
        "or a .bib or .json file in this folder.",
        examples=["sources.bib", {"duiker1989": {"type": "book", "title": "Vietnam Since the Fall of Saigon"}}],
    )
    questions: tuple[AnyQuestion, ...] = Field(
        (),
        description="The questions. Each has an `id`, by which lessons draw it.",
        examples=[[{"open": "Who made this source, and what for?", "id": "maker-and-purpose"}]],
    )


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Choosing(Record):
    """Questions of the bank by their tags."""

    tags: Annotated[
        tuple[Plain, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str]), Field(min_length=1)
    ] = Field(
        description="Tags that a question must have, all of them.", examples=[["primary-source", "cold-war"], "sources"]
    )
    count: Annotated[int, Field(ge=1, le=50)] = Field(1, description="How many are drawn.", examples=[2])
    seed: Plain | None = Field(
        None, description="Other words choose other questions; the lesson's id if absent.", examples=["autumn"]
    )


Ids: TypeAlias = Annotated[
    tuple[Identifier, ...], BeforeValidator(_listed, json_schema_input_type=str | list[str]), Field(min_length=1)
]


class Draw(Record):
    """Questions of the bank that are asked here."""

    draw: Annotated[
        Annotated[Ids, Tag("kind:ids")] | Annotated[Choosing, Tag("kind:choosing")],
        Discriminator(lambda value: "kind:choosing" if isinstance(value, dict) else "kind:ids"),
    ] = Field(
        description="The id of a question of the bank, a list of them, or tags to choose by.",
        examples=["maker-and-purpose", {"tags": ["primary-source", "cold-war"], "count": 2}],
    )
    points: Points | None = Field(None, description="What a full answer earns here.", examples=[4])
    standards: tuple[Plain, ...] = Field(
        (), description="Ids of the lesson's standards that it serves here.", examples=[["D2.His.1.9-12"]]
    )
