"""Versions of a lesson's questions, A, B, C: as an author asks for them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from toolkit.model.choices import VERSION_NAMES
from toolkit.model.fields import Plain, Record


class Versions(Record):
    """How many versions there are, and what shuffles them. A bare number is the count."""

    count: Annotated[int, Field(ge=2, le=len(VERSION_NAMES))] = Field(
        description="How many versions are printed: A, B, C ...", examples=[3]
    )
    seed: Plain | None = Field(
        None,
        description="What the order of things is made from: the same seed gives the same versions for ever. "
        "The lesson's id if absent.",
        examples=["spring-2026"],
    )
    keep_order: bool = Field(
        False, description="Questions stay in their order; only what is inside them is shuffled.", examples=[True]
    )


def _counted(value: object) -> object:
    plain = isinstance(value, int | str) and not isinstance(value, bool)
    return {"count": value} if plain else value


AnyVersions = Annotated[Versions, BeforeValidator(_counted, json_schema_input_type=int | Versions)]
