"""Documents that questions are about: an excerpt or a picture, with where it comes from."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from toolkit.model.fields import Line, Plain, Prose, Record, wrong


class Document(Record):
    """A source set before the reader: words or a picture."""

    text: Prose | None = Field(None, description="The words of the source.", examples=["“We leave in September.”"])
    image: Plain | None = Field(None, description="A picture, in the lesson's folder.", examples=["images/poster.png"])
    alt: Plain | None = Field(None, description="What the picture shows.", examples=["A soldier waves from a truck."])
    note: Line | None = Field(
        None, description="What the reader must know first, printed above it.", examples=["A speech on the radio."]
    )
    credit: Line | None = Field(
        None, description="Where it comes from; may cite.", examples=["Radio Hanoi, April 5, 1989 [@duiker1989]."]
    )

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if self.text is None and self.image is None:
            raise wrong("L202", "a document has words or a picture", hint="add `text:` or `image:`")
        if self.image and not self.alt:
            raise wrong(
                "I402", f"the image {self.image!r} has no alternative text", needle=self.image, hint="add `alt:`"
            )
        return self
