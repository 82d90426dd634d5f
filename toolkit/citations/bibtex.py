"""BibTeX and BibLaTeX files. Field names follow the BibLaTeX manual (3.20, section 2.2)."""

from __future__ import annotations

import logging
import re
from typing import Any

from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, ParsingFailedBlock

from toolkit.citations.files import Fault, RawBibliography, RawRecord

_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "conference": "paper-conference",
    "proceedings": "book", "collection": "book", "manual": "report", "thesis": "thesis", "phdthesis": "thesis",
    "mastersthesis": "thesis", "report": "report", "techreport": "report", "online": "webpage", "electronic": "webpage",
    "www": "webpage", "misc": "document", "unpublished": "manuscript", "letter": "personal_communication",
    "video": "motion_picture", "movie": "motion_picture", "audio": "song", "image": "graphic", "artwork": "graphic",
    "dataset": "dataset", "software": "software", "periodical": "periodical", "reference": "book",
    "inreference": "entry-encyclopedia", "legislation": "legislation", "jurisdiction": "legal_case", "patent": "patent",
}  # fmt: skip  # a table reads better in lines than one pair a line

_FIELDS = {
    "title": "title", "shorttitle": "title-short", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "address": "publisher-place", "location": "publisher-place", "volume": "volume",
    "volumes": "number-of-volumes", "number": "issue", "issue": "issue", "pages": "page", "pagetotal": "number-of-pages",
    "edition": "edition", "series": "collection-title", "type": "genre", "howpublished": "medium", "url": "URL",
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "language": "language", "langid": "language", "note": "annotation",
    "annotation": "annotation", "annote": "annotation", "abstract": "abstract", "keywords": "keyword",
    "origpublisher": "original-publisher", "origtitle": "original-title", "eventtitle": "event-title",
    "venue": "event-place", "version": "version", "library": "archive",
}  # fmt: skip  # a table reads better in lines than one pair a line

_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
_DATES = {"date": "issued", "origdate": "original-date", "urldate": "accessed", "eventdate": "event-date"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(text: str) -> RawBibliography:
    """Return the entries of a BibTeX text; an entry that cannot be read is a fault at its line."""
    # The parser logs what it cannot read; it is told as a fault instead, once.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text, append_middleware=[middlewares.LatexDecodingMiddleware()])
    faults = [_fault(block) for block in library.failed_blocks]
    return RawBibliography(tuple(_record(entry) for entry in library.entries), tuple(faults))


def _fault(block: ParsingFailedBlock) -> Fault:
    return Fault(f"an entry cannot be read: {block.error}", (block.start_line or 0) + 1)


def _record(entry: Entry) -> RawRecord:
    data: dict[str, Any] = {"type": _TYPES.get(entry.entry_type.lower(), "document")}
    fields = {field.key.lower(): _clean(str(field.value)) for field in entry.fields}
    lost = []
    for key, value in fields.items():
        if key in _FIELDS:
            data.setdefault(_FIELDS[key], _typeset(key, value))
        elif key in _NAMES:
            data[_NAMES[key]] = [_name(name) for name in _people(str(entry.fields_dict[_written(entry, key)].value))]
        elif key in _DATES:
            data[_DATES[key]] = value
        elif key not in {"year", "month", "day", "subtitle"}:
            lost.append(key)
    if "subtitle" in fields and "title" in data:
        data["title"] = f"{data['title']}: {fields['subtitle']}"
    if "issued" not in data and "year" in fields:
        data["issued"] = _year_month(fields)
    return RawRecord(entry.key, data, (entry.start_line or 0) + 1, tuple(lost))


def _written(entry: Entry, key: str) -> str:
    return next(field.key for field in entry.fields if field.key.lower() == key)


def _clean(value: str) -> str:
    """Return `value` without the braces that protect letters, white space folded."""
    return re.sub(r"\s+", " ", value.replace("{", "").replace("}", "")).strip()


def _typeset(key: str, value: str) -> str:
    return re.sub(r"-{2,3}", "–", value) if key in {"pages", "title"} else value


def _year_month(fields: dict[str, str]) -> str:
    month = fields.get("month", "")[:3].lower()
    if month in _MONTHS:
        return f"{fields['year']}-{_MONTHS.index(month) + 1:02d}"
    return fields["year"]


def _people(value: str) -> list[str]:
    """Return the names in `value`: separated by the word "and" outside braces."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\s+and\s+", value):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth == 0:
            names.append(value[start : found.start()])
            start = found.end()
    return [name for name in (*names, value[start:]) if name.strip()]


def _name(written: str) -> dict[str, str]:
    written = written.strip()
    if written.startswith("{") and written.endswith("}"):
        return {"literal": _clean(written)}
    parts = [_clean(part) for part in written.split(",")]
    if len(parts) == 2:
        return {"family": parts[0], "given": parts[1]}
    if len(parts) > 2:
        return {"family": parts[0], "suffix": parts[1], "given": ", ".join(parts[2:])}
    words = parts[0].split()
    if len(words) == 1:
        return {"literal": words[0]}
    # BibTeX: the family name begins with the first lower-case word (a particle), else it is the last word.
    first = next((n for n, word in enumerate(words[:-1]) if n and word[0].islower()), len(words) - 1)
    return {"given": " ".join(words[:first]), "family": " ".join(words[first:])}
