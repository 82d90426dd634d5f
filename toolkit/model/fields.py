"""The types of the fields that authors write, each with its own rule and its own words when broken.

A validator raises `PydanticCustomError` whose type is a code of `model.diagnostics`; `source` turns that
into a diagnostic at the right place. Text stays text: nothing is decoded by what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

from toolkit.model import characters, markup
from toolkit.model.dates import DateError, HistoricalDate, parse_edtf
from toolkit.model.quoting import quoted

LONGEST_LINE = 2_000
LONGEST_PROSE = 20_000  # markdown-it is quadratic on some hostile texts; 20,000 characters cost under a second

_RESERVED = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")  # device names that Windows keeps for itself
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_DATES = "dates are EDTF: 1989, 1989-09, 1989-09-26, 1978~, 1975/1979"
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


def wrong(
    code: str, message: str, *, needle: str = "", hint: str = "", at: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Return an error with a code of our own. Braces in words of the author's are kept as they are.

    `at` is the way from the value that is validated to the one that is wrong, where that is inside it.
    """
    return PydanticCustomError(
        "author", "{message}", {"code": code, "message": message, "needle": needle, "hint": hint, "at": at}
    )


def _not_empty(text: str) -> str:
    for found in characters.refused(text):
        raise wrong("Y104", characters.name(found[0]), hint="delete it")
    text = text.strip()
    if not text:
        raise wrong("L210", "nothing is written here", hint="write a text or remove the key")
    return text


def _shorter_than(limit: int, text: str) -> str:
    if len(text) > limit:
        raise wrong("L210", f"this text has {len(text):,} characters; at most {limit:,} are printed")
    return text


def _plain(text: str) -> str:
    return re.sub(r"[ \t]*[\t\n]\s*", " ", _shorter_than(LONGEST_LINE, _not_empty(text)))


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
    if text.isdigit():
        # The address `questions/7` is the seventh question.
        hint = f"put a letter before it: q{text[:8]}" if text.isascii() else "use a-z, 0-9 and -"
        raise wrong("L207", f"the id {quoted(text)} is only a number", hint=hint)
    if _RESERVED.fullmatch(text):
        raise wrong("L207", f"Windows keeps the name {quoted(text)} for itself", hint="choose another id")
    if not names_a_file(text):
        raise wrong(
            "L207",
            f"the id {quoted(text)} cannot name a file on every system",
            hint="use 1 to 64 of a-z, 0-9 and -, beginning and ending with a letter or digit",
        )
    return text


def names_a_file(text: str) -> bool:
    """Return whether `text` names a file or folder on every system, and no other name there is the same file."""
    return bool(_ID.fullmatch(text)) and not _RESERVED.fullmatch(text)


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        meant = text.replace("_", "-").partition(".")[0]
        known = _LANGUAGE.fullmatch(meant) and meant != text
        meant = meant if known else _language_named(text)
        hint = f"did you mean `{meant}`?" if meant else "write en, fr, es-MX, vi, ar: a tag of BCP 47"
        raise wrong("L209", f"{quoted(text)} is not a language tag", hint=hint)
    return text


def _language_named(name: str) -> str:
    """Return the tag of the language that English calls `name`, "" where there is none."""
    from babel import Locale  # its tables are large, and wanted only here

    languages = Locale("en").languages
    return next((str(tag) for tag in languages if str(languages[tag]).casefold() == name.casefold()), "")


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s]*", text):
        raise wrong("L211", f"{quoted(text)} is not a web address", hint="begin with https://")
    return text


def _date(value: object) -> HistoricalDate:
    if isinstance(value, HistoricalDate):
        return value
    if not isinstance(value, str):
        raise wrong("L205", "a date is written as text, such as 1989-09", hint=_DATES)
    try:
        return parse_edtf(value.strip())
    except DateError as error:
        hint = f"did you mean `{error.suggestion}`?" if error.suggestion else ""
        raise wrong("L205", f"{quoted(value.strip())}: {error.reason}", needle=error.text, hint=hint) from None


FROZEN = (AfterValidator(FrozenMap), WrapSerializer(lambda value, write: write(dict(value))))
"""What makes the type of a mapping keep its value as a FrozenMap, and write it as a mapping again."""


@dataclass(frozen=True, slots=True)
class Rich:
    """Marks the type of a field whose text is Markdown."""

    one_line: bool


Plain = Annotated[str, AfterValidator(_plain)]
"""One line without markup: a name, a place, a tag."""

Line = Annotated[str, AfterValidator(_line), Rich(one_line=True)]
"""One line of Markdown: a title, an event, a choice."""

Prose = Annotated[str, AfterValidator(_prose), Rich(one_line=False)]
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
