"""Terms for an index, with the places of the article that they lead to."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from toolkit.model.fields import Plain, Record

Place = Annotated[str, Field(pattern=r"^[\w-]{1,60}(/[1-9][0-9]{0,3})?$")]
"""A place in the article as messages name it, without "article/": its section, and the paragraph counted from 1."""


class IndexTerm(Record):
    """A term of the index. A bare text is the term."""

    term: Plain = Field(description="The term, a semicolon before a subtopic.", examples=["Cambodia; occupation"])
    at: Annotated[
        tuple[Place, ...],
        BeforeValidator(
            lambda value: [value] if isinstance(value, str) else value, json_schema_input_type=str | list[str]
        ),
    ] = Field(
        (),
        description="Where the article tells of it: a section, in small letters with hyphens, and after a slash the "
        "paragraph in it; the whole article if absent.",
        examples=["summary-of-event/3", ["opening/1", "a-settlement/2"]],
    )
