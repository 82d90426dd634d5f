"""Names in printed references: "Evans, Grant, and Kevin Rowley", "Evans, G., & Rowley, K.", "John Bassett Moore"."""

from __future__ import annotations

import re
from typing import TypeAlias

Name: TypeAlias = dict[str, str]

_PARTICLES = "van|von|de|der|den|del|della|di|da|du|la|le|ten|ter|bin|ibn|al|el|dos|das|do|y|zu|af|av"
_UPPER = r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐÉĚĞĮŁŃŇŌŐŘŚŠŞŤŪŮŰŹŻŽƠƯẠ-Ỹ]"
_LETTERS = r"[\w’'\-]"
_CAPITAL = rf"(?:(?:d’|d'|O’|O'|Mc|Mac|De|Le|La|Van)?{_UPPER}{_LETTERS}*)"
_INITIALS = rf"(?:{_UPPER}\.(?:[\s-]?{_UPPER}\.)*)"
_GIVEN = rf"(?:{_INITIALS}|{_CAPITAL}|{_UPPER}\b)(?:\s(?:{_INITIALS}|{_CAPITAL}|(?:{_PARTICLES})(?=\s|$)))*"
_FAMILY = rf"(?:(?:{_PARTICLES})\s)*{_CAPITAL}(?:\s(?:{_PARTICLES}|{_CAPITAL})){{0,3}}"
_SUFFIX = r"(?:Jr\.?|Sr\.?|II|III|IV)"
_INVERTED = re.compile(rf"(?P<family>{_FAMILY}),\s(?P<given>{_GIVEN})(?:,?\s(?P<suffix>{_SUFFIX})(?!\w))?")
_STRAIGHT = re.compile(
    rf"(?P<given>(?:{_INITIALS}|{_CAPITAL})(?:\s(?:{_INITIALS}|{_CAPITAL}))*)\s"
    rf"(?P<family>(?:(?:{_PARTICLES})\s)*(?!{_UPPER}(?:\.|\s|$)){_CAPITAL})(?:,?\s(?P<suffix>{_SUFFIX})(?!\w))?"
)
# "Rowley, K. M.", as the APA writes every name
_BY_INITIALS = re.compile(
    rf"(?P<family>{_FAMILY}),\s(?P<given>{_INITIALS})(?:,?\s(?P<suffix>{_SUFFIX})(?!\w))?(?=,|\s&|\s?$)"
)
_ROLE = re.compile(
    r",?\s\(?(?P<role>eds?|editors?|trans|translators?|comps?|compilers?|directors?|dirs?)\.?\)?\.?\s*$", re.I
)
_ROLES = {"e": "editor", "t": "translator", "c": "compiler", "d": "director"}
_ORGANISATION = re.compile(
    r"\b(?:Department|Office|United|Nations|Ministry|Bureau|Committee|Council|University|Institute|Association|Society|"
    r"Library|Government|Press|Company|Center|Centre|Bank|Commission|Agency|States|Republic|Organi[sz]ation|Fund|Museum|"
    r"House|Congress|Court|Party|Union|League|International|National|World|Watch|Board|Group|Foundation|Service|Academy|"
    r"Federation|Administration|Archives?|College|School|Church|Senate|Parliament|Authority)\b"
)
# Behind the first name, names are in their own order, unless all are inverted.
_FIRST, _LATER = (_INVERTED, _STRAIGHT), (_BY_INITIALS, _STRAIGHT, _INVERTED)
_OTHERS = re.compile(r",?\s+(?:et\sal\.?|and\sothers)\s*$")


def role_of(text: str) -> tuple[str, str]:
    """Return the names in `text` without what says their role, and the role: "author" where nothing does."""
    found = _ROLE.search(text)
    return (text[: found.start()], _ROLES[found["role"][0].lower()]) if found else (text, "author")


def names(text: str, *, inverted: bool = True) -> list[Name] | None:
    """Return the names that `text` consists of, None where it is no list of names.

    The first name is "Family, Given" where `inverted`, and so may be the others.
    """
    text = text.strip().rstrip(",").strip()
    others = _OTHERS.search(text)
    text = text[: others.start()] if others else text
    found: list[Name] = []
    at = 0
    while at < len(text):
        orders = _FIRST if not found else _LATER
        match = next(
            (hit for order in orders if (hit := order.match(text, at)) and (inverted or order is _STRAIGHT)), None
        )
        if match is None:
            return None
        found.append(_made(match))
        at = match.end()
        joint = re.compile(r"\.?(?:,?\s(?:and|&|y|et|und)\s|[,;]\s|\s?$|\.$)").match(text, at)
        if joint is None:
            return None
        at = max(joint.end(), at)
    return [*found, {"literal": "others"}] if others and found else found or None


def _made(match: re.Match[str]) -> Name:
    words = match["family"].split()
    small = [n for n, word in enumerate(words[:-1]) if word.islower()]
    split = small[-1] + 1 if small and small[0] == 0 else 0
    name = {"family": " ".join(words[split:]), "given": match["given"].strip()}
    if split:
        name["non-dropping-particle"] = " ".join(words[:split])
    # "Charles van der Berg": the particle stands behind the given names
    given = name["given"].split()
    while len(given) > 1 and given[-1].islower():
        name["non-dropping-particle"] = " ".join(filter(None, (given.pop(), name.get("non-dropping-particle"))))
    name["given"] = " ".join(given)
    return {**name, "suffix": match["suffix"]} if match["suffix"] else name


def one(text: str) -> list[Name] | None:
    """Return the author that a whole sentence is: a person with the family name last, or an institution."""
    text = text.strip()
    if _ORGANISATION.search(text) and 1 < len(text.split()) < 12:
        return [{"literal": text}]
    if 1 < len(text.split()) < 6 and _STRAIGHT.fullmatch(text):
        return names(text, inverted=False)
    return None
