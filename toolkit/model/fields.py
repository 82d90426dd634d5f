"""The types of the fields that authors write, each with its own rule and its own words when broken.

A validator raises `PydanticCustomError` whose type is a code of `model.diagnostics`; `source` turns that
into a diagnostic at the right place. Text stays text: nothing is decoded by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator, WithJsonSchema, WrapSerializer
from pydantic_core import PydanticCustomError

from toolkit.model import markup
from toolkit.model.dates import DateError, HistoricalDate, parse_edtf

LONGEST_LINE = 2_000
LONGEST_PROSE = 20_000  # markdown-it is quadratic on some hostile texts; 20,000 characters cost under a second

_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")  # device names that Windows keeps for itself
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_LANGUAGE = re.compile(r"(?i)[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")


class Record(BaseModel):
    """Base of everything read from YAML: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(Mapping[K, V], Generic[K, V]):
    """A mapping that keeps its order, cannot change, and can be hashed and pickled."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        self._items: dict[K, V] = dict(items or {})

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FrozenMap) and list(self._items.items()) == list(other._items.items())

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"


def wrong(code: str, message: str, *, needle: str = "", hint: str = "") -> PydanticCustomError:
    """Return an error with a code of our own. Braces in words of the author's are kept as they are."""
    return PydanticCustomError("author", "{message}", {"code": code, "message": message, "needle": needle, "hint": hint})


def _not_empty(text: str) -> str:
    text = text.strip()
    if not text:
        raise wrong("L210", "nothing is written here", hint="write a text or remove the key")
    return text


def _shorter_than(limit: int, text: str) -> str:
    if len(text) > limit:
        raise wrong("L210", f"this text has {len(text):,} characters; at most {limit:,} are printed")
    return text


def _plain(text: str) -> str:
    return _shorter_than(LONGEST_LINE, _not_empty(text))


def _marked_up(text: str, limit: int, *, one_line: bool) -> str:
    text = _shorter_than(limit, _not_empty(text))
    found = markup.problems(text, one_line=one_line)
    if found:
        problems = [{"code": p.code, "message": p.message, "needle": p.needle, "hint": p.hint} for p in found]
        raise PydanticCustomError("author", "{count} problems", {"count": len(problems), "problems": problems})
    return text


def _line(text: str) -> str:
    return _marked_up(text, LONGEST_LINE, one_line=True)


def _prose(text: str) -> str:
    return _marked_up(text, LONGEST_PROSE, one_line=False)


def _identifier(text: str) -> str:
    if not _ID.fullmatch(text) or _RESERVED.fullmatch(text):
        raise wrong(
            "L207",
            f"the id {text!r} cannot name a file on every system",
            hint="use 1 to 64 of a-z, 0-9 and -, beginning and ending with a letter or digit",
        )
    return text


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise wrong("L209", f"{text!r} is not a language tag", hint="write en, fr, es-MX, vi, ar: a tag of BCP 47")
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s]*", text):
        raise wrong("L211", f"{text!r} is not a web address", hint="begin with https://")
    return text


def _date(value: object) -> HistoricalDate:
    if isinstance(value, HistoricalDate):
        return value
    if not isinstance(value, str):
        raise wrong("L205", "a date is written as text, such as 1989-09")
    try:
        return parse_edtf(value.strip())
    except DateError as error:
        hint = "" if error.suggestion else "dates are EDTF: 1989, 1989-09, 1989-09-26, 1978~, 1975/1979"
        raise wrong("L205", str(error), hint=hint) from None


FROZEN = (AfterValidator(FrozenMap), WrapSerializer(lambda value, write: write(dict(value))))
"""What makes the type of a mapping keep its value as a FrozenMap, and write it as a mapping again."""


Plain = Annotated[str, AfterValidator(_plain)]
"""One line without markup: a name, a place, a tag."""

Line = Annotated[str, AfterValidator(_line)]
"""One line of Markdown: a title, an event, a choice."""

Prose = Annotated[str, AfterValidator(_prose)]
"""Paragraphs of Markdown: a prompt, an answer, a note."""

Identifier = Annotated[str, AfterValidator(_identifier)]
Language = Annotated[str, AfterValidator(_language)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Minutes = Annotated[int, Field(ge=1, le=10_000)]

Edtf = Annotated[
    HistoricalDate,
    PlainValidator(_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "format": "edtf"}),
]
"""A date in EDTF (ISO 8601-2:2019), kept as a parsed value."""
