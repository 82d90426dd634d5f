"""Names of people as an index prints them: "Sihanouk, Norodom", "Pol Pot (1925-1998), leader of the Khmer Rouge"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.articles.manuscript import Name

_DATES = re.compile(r"\s*\((?P<dates>[^()]*\d[^()]*)\)")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVX]+")
_PARTICLES = frozenset(
    {
        "al", "bin", "da", "de", "del", "der", "di", "du", "ibn", "la", "le", "of", "the", "van", "von", "y", "ben",
        "bint", "dos", "el"
    }
)  # fmt: skip

_OFFICES = frozenset(
    {
        "Archbishop", "Chairman", "Chancellor", "Emperor", "Empress", "Foreign", "General", "Governor", "King", "Leader",
        "Minister", "Pope", "Premier", "President", "Prime", "Prince", "Princess", "Queen", "Secretary", "Senator",
    }
)  # fmt: skip


def is_name(words: str) -> bool:
    """Return whether `words` may be somebody's name, with dates and a role behind it or not."""
    name = _DATES.sub("", words).strip()
    first = name.split(", ")[0]
    parts = first.split()
    capital = all(part[:1].isupper() or part in _PARTICLES for part in parts)
    return 0 < len(parts) <= 5 and capital and not re.search(r"[.!?;:]$", re.sub(r"\b(?:[A-Z]|Jr|Sr)\.$", "", words))


def name(words: str) -> Name:
    """Return the person that an index line names. What is behind the name in small letters is the note."""
    dates = _DATES.search(words)
    rest = _DATES.sub("", words).strip()
    parts = rest.split(", ")
    turned = len(parts) > 1 and parts[1][:1].isupper() and len(parts[1].split()) <= 3 and _is_given(parts[1])
    used = 2 if turned else 1
    suffix = parts[used] if len(parts) > used and _SUFFIX.fullmatch(parts[used]) else ""
    note = ", ".join(parts[used + bool(suffix) :])
    display = f"{parts[1]} {parts[0]}" if turned else parts[0]
    display += f", {suffix}" if suffix.startswith(("Jr", "Sr")) else f" {suffix}" if suffix else ""
    sort = ", ".join(parts[: used + bool(suffix)])
    return Name(display, sort, note, _life(dates["dates"]) if dates else "")


def _is_given(words: str) -> bool:
    """Return whether `words` are given names, and no office or nation."""
    parts = words.split()
    return parts[0] not in _OFFICES and all(part[:1].isupper() or part in _PARTICLES for part in parts)


def _life(words: str) -> str:
    """Return life dates as EDTF: "1925-1998", "b. 1952", "1925?-1998"; "" where they are not understood."""
    born = re.fullmatch(r"(?:b\.|born)\s*(?:c\.|ca\.)?\s*(\d{4})|(\d{4})\s*[-–]", words.strip())
    if born:
        return f"{born[1] or born[2]}/.."
    died = re.fullmatch(r"(?:d\.|died)\s*(\d{4})", words.strip())
    if died:
        return f"../{died[1]}"
    both = re.fullmatch(r"(c\. ?|ca\. ?)?(\d{4})(\?)?\s*[-–]\s*(c\. ?|ca\. ?)?(\d{4})(\?)?", words.strip())
    if not both:
        return ""
    return f"{both[2]}{both[3] or ''}{'~' if both[1] else ''}/{both[5]}{both[6] or ''}{'~' if both[4] else ''}"


def once(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return each person once, in order, with what any of the lists says of them."""
    found: dict[str, Name] = {}
    for one in names:
        known = found.get(one.display)
        merged = Name(one.display, one.sort, known.note or one.note, known.dates or one.dates) if known else one
        found[one.display] = merged
    return tuple(found.values())
