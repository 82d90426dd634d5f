"""References in the shapes of Chicago and MLA: names, title, source, the year at the end or behind the names."""

from __future__ import annotations

import re

from toolkit.citations import reference_names as people
from toolkit.citations import reference_parts as parts
from toolkit.citations.reference_reading import ABBREVIATED, MARKED, Reading, stops, title, trimmed, unmarked

_QUOTED = re.compile(
    r"(?:“(?P<curly>.{2,400}?)(?P<stop>[,.?!]?)”|\"(?P<straight>[^\"]{2,400}?)(?P<stop2>[,.?!]?)\"|"
    r"«\s?(?P<angled>.{2,400}?)(?P<stop3>[,.?!]?)\s?»)[.,]?"
)
_THESIS = re.compile(
    r"(?P<genre>(?:Ph\.?\s?D\.?|M\.?A\.?|Master[’']s|Doctoral)\s(?:diss\.|dissertation|thesis)),\s(?P<publisher>[^,]{3,80}),"
    r"\s(?P<year>\d{4})"
)
_SITE = re.compile(r"(?P<site>[^.,]{3,80})(?:, (?P<date>" + parts.DATE + r"))?\.?$")
_REPRINTED = re.compile(
    r"(?:^|(?<=[.;,]\s))(?P<year>\d{4})[.;,]\s(?:Reprint(?:ed)?[.,]?\s?)?|(?:^|(?<=[.;,]\s))Reprint(?:ed)?[.,]\s?"
)


def read(reading: Reading) -> None:
    """Read names, title and source into `reading`."""
    _authors(reading)
    _year_behind_names(reading)
    _titled(reading)


def _authors(reading: Reading) -> None:
    """Read the names that a reference of Chicago or MLA begins with, as far as there are any."""
    if _authors_of_note(reading):
        return
    text = reading.rest
    for stop in stops(text, 400):
        # The full stop of an initial is its own, and ends the names none the less.
        own = "." if re.search(r"\b(?:[A-Z]|[JS]r)$", text[:stop]) else ""
        words, role = people.role_of(text[:stop] + own)
        goes_on = re.match(r"\.\s?[A-Z]\.(?=\s[A-Z“\"*_]|,)|\.\s[a-z]", text[stop:])
        found = people.names(words) if "," in words or role != "author" else None
        if found and not goes_on:
            reading.data[role] = found
            reading.rest = text[stop + 1 :].lstrip()
            return
    _lone_author(reading)


def _authors_of_note(reading: Reading) -> bool:
    """Read the names of a note, "John Moore, Four Phases (Baltimore: ...", or those before a title in quotation marks.

    Return whether there were any.
    """
    quoted = re.search(r"(?<![\w(])[“\"«*]", reading.rest[:400])
    note = re.search(r"\([^()]*:[^()]*(?:\([^()]*\)[^()]*)?\d{4}\)?", reading.rest)
    end = quoted.start() if quoted else reading.rest.find(",") if note else -1
    if end <= 0:
        return False
    head = reading.rest[:end]
    year = re.search(r"\s(?:[\[(]\d{4}[\])]\s)?\d{4}[a-z]?\.\s$", head) if quoted else None
    end = year.start() + 1 if year else end
    words, role = people.role_of(trimmed(reading.rest[:end]))
    names = people.names(words, inverted=bool(quoted) and "," in words)
    if names is None and quoted and re.fullmatch(r"\w[\w’]+", words):
        names = [{"literal": words}]  # Aristotle
    if not names:
        return False
    reading.rest = reading.rest[end:].lstrip(" ,")
    edited = re.match(r"eds?\.,?\s", reading.rest)
    reading.data["editor" if edited else role] = names
    reading.rest = reading.rest[edited.end() :] if edited else reading.rest
    return True


def _lone_author(reading: Reading) -> None:
    """Read a first sentence that is a name without a comma, where a title stands behind it."""
    stop = next((at for at in stops(reading.rest, 120) if not ABBREVIATED.search(reading.rest[:at])), -1)
    found = people.one(reading.rest[:stop]) if stop > 0 else None
    behind = reading.rest[stop + 1 :].lstrip()
    imprint = parts.IMPRINT.search(behind)
    if found and behind and not (imprint and imprint.start() == 0):
        reading.data["author"] = found
        reading.rest = behind


def _year_behind_names(reading: Reading) -> None:
    """Read the year of Chicago's author-date system: "Becker, Elizabeth. (1986) 1998. When ..."."""
    found = re.match(r"(?:[\[(](?P<first>\d{4})[\])]\s)?(?P<year>\d{4})[a-z]?\.\s", reading.rest)
    if found and (reading.data.keys() & {"author", "editor"}) and not re.match(r"\d{4}\.\sReprint", reading.rest):
        reading.data["issued"] = found["year"]
        if found["first"]:
            reading.data["original-date"] = found["first"]
        reading.rest = reading.rest[found.end() :]


def _titled(reading: Reading) -> None:
    quoted = _QUOTED.match(reading.rest)
    if quoted:
        words = quoted["curly"] or quoted["straight"] or quoted["angled"]
        stop = quoted["stop"] or quoted["stop2"] or quoted["stop3"] or ""
        reading.data["title"] = title(words) + (stop if stop in {"?", "!"} else "")
        reading.rest = reading.rest[quoted.end() :].lstrip(" ,")
        _part(reading)
        return
    marked = MARKED.match(reading.rest)
    if marked:
        reading.data["title"] = title(marked["title"])
        reading.rest = reading.rest[marked.end() :].lstrip(" .,")
    _book(reading)


def _part(reading: Reading) -> None:
    """Read what an article or a chapter is in."""
    if reading.rest.startswith(("In ", "in ")):
        _chapter(reading)
        return
    plain = unmarked(reading.rest)
    if re.match(r"[^.]{3,200}?, (?:edited|translated) by ", plain):
        reading.rest = f"In {plain}"
        _chapter(reading)
        return
    if parts.IMPRINT.match(plain):
        _book(reading)
        return
    if thesis := _THESIS.match(plain):
        reading.data |= {
            "type": "thesis",
            **{key: thesis[key] for key in ("genre", "publisher")},
            "issued": thesis["year"],
        }
        reading.behind(plain[thesis.end() :])
        return
    year = reading.data.get("issued")
    end = parts.journal(plain, reading.data)
    if end:
        if year and not reading.data.get("issued"):
            reading.data["issued"] = year
        reading.behind(plain[end:])
        return
    if site := _SITE.match(plain):
        reading.data |= {"type": "webpage", "container-title": site["site"].strip()}
        if site["date"]:
            reading.data["issued"] = parts.date(site["date"])
    else:
        _book(reading)


def _chapter(reading: Reading) -> None:
    """Read "In Book, edited by A. B., 17-40. Place: Publisher, 1989." and MLA's and APA's order of the same."""
    reading.data["type"] = "chapter"
    plain = unmarked(reading.rest)[3:]
    apa = re.match(r"(?P<names>[^()]{3,200}?)\s\(Eds?\.\),\s", plain)
    if apa:
        reading.data["editor"] = people.names(apa["names"]) or people.names(apa["names"], inverted=False) or []
        plain = plain[apa.end() :]
    imprint = _imprint(reading, plain, 1)
    before = plain[: imprint.start()] if imprint else plain
    reading.take_imprint(imprint)
    before = reading.contributors(before)
    pages = re.search(rf"[,(]\s?(?:pp?\.\s)?(?P<page>{parts.PAGES})\)?\.?\s?(?=$|[.,])", before)
    behind = plain[imprint.end() :] if imprint else ""
    if pages:
        reading.data["page"] = pages["page"]
        before = before[: pages.start()] + before[pages.end() :]
    elif late := re.match(rf",\spp?\.\s(?P<page>{parts.PAGES})", behind):
        reading.data["page"] = late["page"]
        behind = behind[late.end() :]
    before = reading.pieces(before)
    reading.data["container-title"] = before.strip(" .,()")
    reading.behind(behind)


def _book(reading: Reading) -> None:
    """Read a title, if there is none yet, and edition, volume, original year and imprint."""
    plain = unmarked(reading.rest)
    start = 0 if "title" in reading.data else 1
    imprint = _imprint(reading, plain, start)
    reading.take_imprint(imprint)
    before = plain[: imprint.start()] if imprint else plain
    behind = plain[imprint.end() :] if imprint else ""
    if imprint is None:
        stop = next((at for at in stops(plain, 400) if not ABBREVIATED.search(plain[:at])), len(plain))
        before, behind = (plain[: stop + 1], plain[stop + 1 :]) if "title" not in reading.data else ("", plain)
    before = reading.contributors(before)
    reprint = _REPRINTED.search(before)
    if reprint:
        if reprint["year"]:
            reading.data["original-date"] = reprint["year"]
        before = before[: reprint.start()] + before[reprint.end() :]
    before = reading.pieces(before).strip(" .,(*_")
    if "title" not in reading.data:
        reading.data["title"] = title(before)
    elif before:
        reading.unparsed.append(before)
    if imprint or "issued" in reading.data:
        reading.data.setdefault("type", "book")
        reading.behind(behind)
    elif re.search(r"\d", behind):  # without an imprint nobody can tell where the reference ends
        reading.unparsed.append(behind)
    else:
        reading.behind(behind)


def _imprint(reading: Reading, text: str, start: int) -> re.Match[str] | None:
    """Return the imprint in `text`, behind a title where there is one to come."""
    patterns = [parts.IMPRINT, parts.IMPRINT_WITHOUT_PLACE]
    if "issued" in reading.data:
        patterns = [parts.IMPRINT_WITHOUT_YEAR, *patterns, parts.PUBLISHER_ALONE]
    # A place begins behind a mark: without that, the last words of a title would be taken for it.
    bounds = [0, *(found.end() for found in re.finditer(r"[.?!;,)*_”]\s+(?=\S)|(?=\()", text[:1200]))]
    for pattern in patterns:
        for at in bounds:
            found = pattern.match(text, at) if at >= start else None
            if found and text[found.end() : found.end() + 1] not in {"-", "–"}:
                return found
    return None
