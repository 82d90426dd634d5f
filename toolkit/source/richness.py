"""Which fields of a lesson hold Markdown, told from their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from toolkit.model import address, markup
from toolkit.model import text as t
from toolkit.model.fields import Record, Rich

# Fields of one line that name a heading or a source, and are no words to print.
_NAMES = frozenset({"heading", "under", "section", "omit", "cite"})


@dataclass(frozen=True, slots=True)
class RichText:
    """A text in Markdown, of one line or of paragraphs."""

    words: str
    one_line: bool

    def runs(self) -> Iterator[t.Inlines]:
        """Yield every run of inline content in the text."""
        if self.one_line:
            yield markup.inlines(self.words)
        else:
            for block in markup.blocks(self.words):
                yield from t.inlines_of(block)


def rich_texts(value: object, place: str = "", rich: Rich | None = None) -> Iterator[tuple[str, RichText]]:
    """Yield every text in `value` that is Markdown, with its address; `rich` says so of a text itself."""
    match value:
        case str() if rich:
            yield place, RichText(value, rich.one_line)
        case Record():
            for name, (key, inner) in _fields(type(value)).items():
                yield from rich_texts(getattr(value, name), address.join(place, key), inner)
        case Mapping():
            for key, item in value.items():
                yield from rich_texts(item, address.join(place, str(key)), rich)
        case tuple():
            for n, item in enumerate(value):
                step = address.step(getattr(item, "id", None), n)
                yield from rich_texts(item, address.join(place, step), rich)
        case _:
            return


@cache
def _fields(model: type[Record]) -> dict[str, tuple[str, Rich | None]]:
    """Return the fields of `model` by name: the key that an author writes, and how rich its text is."""
    return {
        name: (field.alias or name, None if name in _NAMES else _richness(field.metadata, field.annotation))
        for name, field in model.model_fields.items()
    }


def _richness(metadata: list[object], annotation: object) -> Rich | None:
    """Return the mark of a rich text in the type of a field, as deep as it stands there."""
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Rich):
            return mark
    return next((found for inner in get_args(annotation) if (found := _richness([], inner))), None)
