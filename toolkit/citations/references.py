"""References in free text, as printed in a list of further reading, become records.

Known shapes: the bibliographies of The Chicago Manual of Style (17th ed., chapter 14: notes style with and without
parentheses; chapter 15: author-date), of the MLA Handbook (9th ed., chapter 5) and of the APA's Publication Manual
(7th ed., chapter 9). What is not understood is not guessed: it is handed back as an unparsed piece.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from toolkit.citations import reference_apa, reference_chicago
from toolkit.citations import reference_names as people
from toolkit.citations import reference_parts as parts
from toolkit.citations.reference_reading import Reading
from toolkit.citations.sentence_case import sentence_case

LONGEST = 20_000  # characters; a reference with its annotation has some hundred

_BULLET = re.compile(r"^\s*(?:[•·▪‣*+–—-]|\[?\d{1,3}[.\])])\s+(?=\S)")
_ORIGINAL = re.compile(
    r"(?:[;.,]\s*|\s)\(?(?:first published|[Oo]riginal(?:ly)? (?:work )?published(?: in)?)\s(?P<year>\d{4})\)?\.?"
)


@dataclass(frozen=True)
class Reference:
    """A reference as a record in CSL's keys, with the annotation behind it.

    `confidence` is from 0 to 1: what a record of its kind needs and this one lacks, and what was not understood,
    take from it. `unparsed` are the pieces that stand in the reference and in no field.
    """

    record: dict[str, Any]
    annotation: str
    confidence: float
    unparsed: tuple[str, ...]


def parse_reference(text: str, names: Collection[str] = frozenset()) -> Reference:
    """Return what a printed reference says. `names` are words and phrases that keep their capitals in a title.

    Italics may be marked as Markdown has them, *Title*. The record has the title as printed, and in sentence case
    as `title-sentence` where that is another.
    """
    plain = re.sub(r"\s+", " ", _BULLET.sub("", text[:LONGEST].replace("\u00a0", " "))).strip()
    reading = Reading(re.sub(r"(?<=[.,])\(\s?", " (", plain).replace("( ", "("))
    in_sentence_case = _read(reading)
    data = {key: value for key, value in reading.data.items() if value}
    title = str(data.get("title", ""))
    cased = sentence_case(title, names)
    ordered = {"type": data.pop("type", "document"), **data}
    if cased != title and not in_sentence_case:
        ordered["title-sentence"] = cased
    unparsed = tuple(piece for piece in (piece.strip(" .,;:()*_") for piece in reading.unparsed) if piece)
    return Reference(ordered, reading.annotation, _confidence(ordered, unparsed), unparsed)


def _confidence(data: dict[str, Any], unparsed: tuple[str, ...]) -> float:
    needed = {"title", "issued"} | ({"publisher"} if data["type"] == "book" else set())
    needed |= {"container-title"} if data["type"].startswith("article") or data["type"] == "chapter" else set()
    missing = len(needed - data.keys()) + (not data.keys() & {"author", "editor", "compiler", "translator"})
    return max(0.0, round(1 - 0.2 * missing - 0.2 * len(unparsed) - (0.2 if data["type"] == "document" else 0), 2))


def _read(reading: Reading) -> bool:
    """Read the whole of a reference, and return whether its title is in sentence case already, as APA's are."""
    original = _ORIGINAL.search(reading.rest)
    if original:
        reading.data["original-date"] = original["year"]
        reading.rest = reading.rest[: original.start()] + "." + reading.rest[original.end() :]
    reading.rest = parts.addresses(reading.rest, reading.data)
    apa = parts.year_first(reading.rest)
    if apa and _author(reading, reading.rest[: apa.start()]):
        reading.data["issued"] = "" if apa["date"].startswith("n") else parts.date(apa["date"])
        reading.rest = reading.rest[apa.end() :]
        reference_apa.read(reading)
    else:
        reference_chicago.read(reading)
    if reading.data.get("type") is None and "URL" in reading.data and "title" in reading.data:
        reading.data["type"] = "webpage"
    return bool(apa)


def _author(reading: Reading, words: str) -> bool:
    """Take `words` as the names of authors or editors, and return whether they are."""
    words, role = people.role_of(words.strip())
    found = people.names(words) or people.one(words.rstrip("."))
    if not found and words.strip() and len(words) < 120 and role == "author" and "," not in words:
        found = [{"literal": words.strip(" .")}]
    if found:
        reading.data[role] = found
    return bool(found)
