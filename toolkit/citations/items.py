"""Records as CSL-JSON items, each put as a style wants it.

What is changed on the way are forms of print, not facts: the capitals of a title, the short title of a note, the
name of a state, the dash of a range. Engines leave these to whoever keeps the records.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from toolkit.model.dates import DateSet, Edge, HistoricalDate, Interval, Moment
from toolkit.model.records import Name, SourceRecord
from toolkit.model.style import CitationStyle

Item: TypeAlias = dict[str, Any]  # one item of CSL-JSON
PrintDate: TypeAlias = Callable[[HistoricalDate], str]

NATIVE: Final = "\ue000"
"""Stands behind a name that has a form in its own script, so that its place is found in what the engine prints."""

# Not handed over: the annotation is printed by the sheet, under the entry; the rest is the program's own.
_UNPRINTED: Final = frozenset(
    {"annotation", "abstract", "keyword", "title-sentence", "container-title-sentence", "kind"}
)
_DATES: Final = frozenset({"issued", "original-date", "accessed", "event-date"})
_IN_BOOKS: Final = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
_MLA: Final = "modern-language-association"
# Words that say what sort of edition it is. A name, as in "Norton critical ed.", keeps its capital.
_EDITIONS: Final = re.compile(
    r"(?i)(rev|revised|enl|enlarged|exp|expanded|updated|abr|abridged|ill|illustrated|new|student|international)\b"
)
_RANGE: Final = re.compile(r"(?<=\d)\s?(?:--?|\u2010|\u2011)\s?(?=\d)")
_AFTER_COLON: Final = re.compile(r"(: [\"'“‘]?)([a-z])")

# What a style's manual leaves out of a reprint: the year of the original is enough.
_LEFT_OUT: Final = MappingProxyType(
    {
        "apa": frozenset({"original-publisher"}),  # "(Original work published 1922)": APA 7, section 9.41
        _MLA: frozenset({"original-publisher"}),  # an optional element: MLA 9, 5.109
    }
)

# Abbreviations of the states as catalogues had them, and the letters of the postal service that manuals ask for
# (Chicago Manual of Style, 17th ed., 10.27 and 14.130).
_STATES: Final = MappingProxyType({
    "Ala.": "AL", "Ariz.": "AZ", "Ark.": "AR", "Calif.": "CA", "Cal.": "CA", "Colo.": "CO", "Conn.": "CT",
    "D.C.": "DC", "Del.": "DE", "Fla.": "FL", "Ga.": "GA", "Ill.": "IL", "Ind.": "IN", "Kans.": "KS", "Kan.": "KS",
    "Ky.": "KY", "La.": "LA", "Mass.": "MA", "Md.": "MD", "Mich.": "MI", "Minn.": "MN", "Miss.": "MS", "Mo.": "MO",
    "Mont.": "MT", "N.C.": "NC", "N.D.": "ND", "N.Dak.": "ND", "N. Dak.": "ND", "N.H.": "NH", "N.J.": "NJ",
    "N.M.": "NM", "N.Mex.": "NM", "N. Mex.": "NM", "N.Y.": "NY", "Neb.": "NE", "Nebr.": "NE", "Nev.": "NV",
    "Okla.": "OK", "Ore.": "OR", "Oreg.": "OR", "Pa.": "PA", "Penn.": "PA", "R.I.": "RI", "S.C.": "SC", "S.D.": "SD",
    "S.Dak.": "SD", "S. Dak.": "SD", "Tenn.": "TN", "Tex.": "TX", "Va.": "VA", "Vt.": "VT", "W.Va.": "WV",
    "W. Va.": "WV", "Wash.": "WA", "Wis.": "WI", "Wisc.": "WI", "Wyo.": "WY",
})  # fmt: skip  # a table reads better in lines than one pair a line


def item(key: str, record: SourceRecord, style: CitationStyle, print_date: PrintDate) -> Item:
    """Return `record` as the CSL-JSON item `key`, in the form that `style` expects.

    `print_date` prints a date that CSL-JSON has no numbers for.
    """
    skipped = _UNPRINTED | _LEFT_OUT.get(style.identifier, frozenset())
    made: Item = {"id": key}
    for field, info in SourceRecord.model_fields.items():
        name, value = info.alias or field, getattr(record, field)
        if value is None or name in skipped:
            continue
        if name in _DATES:
            made[name] = _date(value, print_date)
        elif isinstance(value, tuple):
            made[name] = [_name(person) for person in value]
        else:
            made[name] = _dashed(str(value)) if name.endswith("title") or name == "issue" else str(value)
    _retitle(made, record, style)
    if style.identifier == _MLA and "publisher" in made:
        made["publisher"] = _short_press(made["publisher"])
    if "edition" in made:
        made["edition"] = _edition(made["edition"], style)
    for place in ("publisher-place", "archive-place", "event-place"):
        if place in made:
            made[place] = postal(made[place])
    return made


def postal(place: str) -> str:
    """Return "Jefferson, N.C." as "Jefferson, NC"; any other place as it is."""
    city, comma, state = place.rpartition(", ")
    return f"{city}{comma}{_STATES[state]}" if state in _STATES else place


def _short_press(publisher: str) -> str:
    """Return "Yale University Press" as MLA prints it, "Yale UP" (MLA 9, sections 5.59 to 5.63)."""
    if not re.search(r"\bUniversity\b", publisher) or not publisher.endswith("Press"):
        return publisher
    return (
        publisher.removeprefix("The ")
        .replace("University Press", "UP")
        .replace("University", "U")
        .replace("Press", "P")
    )


def _edition(edition: str, style: CitationStyle) -> str:
    """Return "rev. ed.", which a style gives a capital where it begins a sentence; APA has one always (7, 9.19)."""
    if not _EDITIONS.match(edition):
        return edition
    first = edition[0].upper() if style.identifier == "apa" else edition[0].lower()
    return first + edition[1:]


def _retitle(made: Item, record: SourceRecord, style: CitationStyle) -> None:
    """Give an item the title its style wants, and the part of it before the colon, which short notes print."""
    english = (record.language or "en").lower().startswith("en")
    if style.sentence_case:
        if record.title_sentence:
            made["title"] = _dashed(record.title_sentence)
        if record.container_title_sentence and record.type in _IN_BOOKS:
            made["container-title"] = _dashed(record.container_title_sentence)
    if english:
        made["title"] = _AFTER_COLON.sub(lambda found: found[1] + found[2].upper(), made["title"])
    head, colon, _ = made["title"].partition(": ")
    if colon and (not record.title_short or style.sentence_case):
        made["title-short"] = head


def _dashed(text: str) -> str:
    return _RANGE.sub("–", text)


def _name(name: Name) -> Item:
    parts = {
        "family": name.family, "given": name.given, "suffix": name.suffix, "literal": name.literal,
        "non-dropping-particle": name.particle, "dropping-particle": name.dropping,
    }  # fmt: skip  # a table reads better in lines than one pair a line
    found = {key: value for key, value in parts.items() if value}
    if name.script:
        last = "literal" if name.literal else "suffix"
        found[last] = found.get(last, "") + NATIVE
    return found


def _date(date: HistoricalDate, print_date: PrintDate) -> Item:
    """Return a date as CSL-JSON has it; as text where it is more than a day, a month, a season or a span of these."""
    match date.structure:
        case Moment() as moment:
            ends: list[Moment | Edge] = [moment]
        case Interval(start, end):
            ends = [start, end]
        case DateSet():
            return {"literal": print_date(date)}
    parts = [_parts(end) for end in ends]
    seasons = [end.season.value for end in ends if isinstance(end, Moment) and end.season]
    if not all(parts) or (seasons and (len(ends) > 1 or not 21 <= (seasons[0] or 0) <= 24)):
        return {"literal": print_date(date)}
    made: Item = {"date-parts": parts}
    if seasons:
        made["season"] = (seasons[0] or 21) - 20
    if date.approximate or date.uncertain:
        made["circa"] = True
    return made


def _parts(end: Moment | Edge) -> list[int]:
    """Return year, month and day, as far as they are known; nothing where a digit is open."""
    if isinstance(end, Edge) or end.partly_unknown:
        return []
    return [part.value for part in (end.year, end.month, end.day) if part and part.value is not None]
