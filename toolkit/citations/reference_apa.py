"""References in the shape of the APA: names, (year), title in sentence case, source."""

from __future__ import annotations

import re

from toolkit.citations import reference_names as people
from toolkit.citations import reference_parts as parts
from toolkit.citations.reference_reading import ABBREVIATED, MARKED, Reading, closed, stops, title, unmarked

_DETAILS = re.compile(r"\s?\((?P<details>[^()]*(?:ed\.|Vol\.|pp?\.|Trans\.|Ed\.)[^()]*)\)")


def read(reading: Reading) -> None:
    """Read what stands behind names and year into `reading`, which has both."""
    marked = MARKED.match(reading.rest)
    head = _head(reading)
    details = _DETAILS.search(head)
    if details:
        head = head[: details.start()] + head[details.end() :]
        _details(reading, details["details"])
    head = unmarked(head)
    reading.data["title"] = title(head.removesuffix(".") if head.endswith(("?.", "!.")) else head)
    plain = unmarked(reading.rest)
    if plain.startswith("In "):
        reading.rest = plain
        _chapter(reading)
    elif plain and not (marked or details or not _is_journal(reading, plain)):
        reading.behind(plain[parts.journal(plain, reading.data, apa=True) :])
    elif plain:
        _publisher(reading, plain)


def _head(reading: Reading) -> str:
    """Return the sentence that is the title, with what stands in brackets behind it."""
    text = reading.rest
    sought = (at for at in stops(text, 500) if closed(text[:at]) and not ABBREVIATED.search(text[:at]))
    stop = next(sought, len(text))
    reading.rest = text[stop + 1 :].strip()
    return text[: stop + 1]


def _is_journal(reading: Reading, plain: str) -> bool:
    """Return whether `plain` begins with a journal: it has a number, or the date a month, or it is in italics."""
    found = {"issued": reading.data["issued"]}
    end = parts.journal(plain, found, apa=True)
    return end > 0 and ("volume" in found or len(found["issued"]) > 4 or reading.rest[:1] in {"*", "_"})


def _details(reading: Reading, details: str) -> None:
    parts.edition(details, reading.data)
    parts.volume(details, reading.data)
    if pages := re.search(rf"pp?\.\s(?P<page>{parts.PAGES})", details):
        reading.data["page"] = pages["page"]
    if translated := re.search(r"([^;]+?),\sTrans\.", details):
        reading.data["translator"] = people.names(translated[1], inverted=False) or []


def _publisher(reading: Reading, plain: str) -> None:
    reading.data["type"] = "book"
    stop = next((at for at in stops(plain, 200) if not ABBREVIATED.search(plain[:at])), len(plain))
    publisher = plain[:stop].rstrip(".")
    place = re.match(r"(?P<place>[^:]{2,60}): (?P<publisher>.+)", publisher)
    if place:
        reading.data["publisher-place"], publisher = place["place"], place["publisher"]
    reading.data["publisher"] = publisher
    reading.behind(plain[stop + 1 :])


def _chapter(reading: Reading) -> None:
    reading.data["type"] = "chapter"
    found = re.match(
        r"In (?:(?P<names>[^()]{3,200}?)\s\(Eds?\.\),\s)?(?P<book>[^()]+?)"
        r"(?:\s\((?P<details>[^()]*)\))?\.\s(?P<rest>.*)$",
        reading.rest,
    )
    if found is None:
        reading.unparsed.append(reading.rest)
        return
    if found["names"]:
        reading.data["editor"] = people.names(found["names"], inverted=False) or people.names(found["names"]) or []
    reading.data["container-title"] = found["book"].strip()
    _details(reading, found["details"] or "")
    _publisher(reading, found["rest"])
    reading.data["type"] = "chapter"
