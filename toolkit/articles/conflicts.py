"""Dates of one text that do not agree: "invaded in late December, 1978" and "its 1979 invasion"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.chronology.find import Finding
from toolkit.model.dates import DISTANT_FUTURE, DISTANT_PAST, parse_edtf

_NEAR = 366  # days. Events of one name that are further apart are two: elections, wars, conferences
_REACH = 120  # characters between the word for an event and its date

# What happens once, and is called by its year.
_EVENT = re.compile(
    r"\s(?:[A-Z][\w’-]*\s){0,2}(?P<noun>accord|agreement|annexation|assassination|attack|battle|blockade|bombing|coup"
    r"|conference|congress|constitution|convention|crisis|declaration|earthquake|election|eruption|famine|fire|flood"
    r"|independence|invasion|landing|massacre|march|mutiny|occupation|overthrow|purchase|raid|rebellion|referendum"
    r"|revolt|revolution|riot|siege|strike|summit|surrender|treaty|truce|uprising|war|withdrawal)s?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the text of its block, in which its offsets count, the line of the source, and the heading above."""

    finding: Finding
    text: str
    line: int
    section: str

    @property
    def is_heading(self) -> bool:
        """Return whether the date stands in the heading itself."""
        return self.text == self.section


def found(dated: Sequence[Dated]) -> dict[int, str]:
    """Return, by the position of a date, in what words another date of the same event is near and not the same."""
    named = {n: noun for n, one in enumerate(dated) if (noun := _named_by_year(one))}
    told: dict[int, str] = {}
    for n, noun in named.items():
        for other in _statements(dated, noun):
            if other not in named and _is_near(dated[n].finding, dated[other].finding):
                told.setdefault(n, _sentence(noun, dated[other]))
                told.setdefault(other, _sentence(noun, dated[n]))
    return told


def _named_by_year(one: Dated) -> str:
    """Return the event that a bare year names: "invasion" of "its 1979 invasion"; "" for none."""
    noun = _EVENT.match(one.text, one.finding.end) if re.fullmatch(r"\d{4}", one.finding.edtf) else None
    return noun["noun"].lower() if noun else ""


def _statements(dated: Sequence[Dated], noun: str) -> Iterator[int]:
    """Yield the positions of dates in whose sentence `noun` stands shortly before them."""
    word = re.compile(rf"\b{noun}\b[^.;]*$", re.I)
    for n, one in enumerate(dated):
        if word.search(one.text, max(0, one.finding.offset - _REACH), one.finding.offset):
            yield n


def _is_near(one: Finding, other: Finding) -> bool:
    first, second = parse_edtf(one.edtf), parse_edtf(other.edtf)
    ends = (first.earliest, first.latest, second.earliest, second.latest)
    if DISTANT_PAST in ends or DISTANT_FUTURE in ends:
        return False
    gap = max(second.earliest - first.latest, first.earliest - second.latest)
    return 0 < gap <= _NEAR


def _sentence(noun: str, other: Dated) -> str:
    begin = max(other.text.rfind(" ", 0, max(0, other.finding.offset - 25)) + 1, 0)
    after = _EVENT.match(other.text, other.finding.end)
    words = other.text[begin : after.end() if after else other.finding.end]
    return f"line {other.line} dates the {noun} otherwise, “{words}”: which is right?"
