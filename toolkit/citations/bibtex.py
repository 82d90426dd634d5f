"""BibTeX and BibLaTeX files. Field names follow the BibLaTeX manual (3.20, section 2.2)."""

from __future__ import annotations

import logging
import re
from typing import Any

from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts
from bibtexparser.model import Block, Entry, Field, ParsingFailedBlock

from toolkit.citations.files import Fault, Place, RawBibliography, RawRecord
from toolkit.model.quoting import quoted

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
    "volumes": "number-of-volumes", "number": "issue", "issue": "issue", "pages": "page",
    "pagetotal": "number-of-pages", "edition": "edition", "series": "collection-title", "type": "genre",
    "howpublished": "medium", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "language": "language",
    "langid": "language", "note": "annotation", "annotation": "annotation", "annote": "annotation",
    "abstract": "abstract", "keywords": "keyword", "origpublisher": "original-publisher",
    "origtitle": "original-title", "eventtitle": "event-title", "venue": "event-place", "version": "version",
    "library": "archive",
}  # fmt: skip  # a table reads better in lines than one pair a line

# A report and a patent have a number of their own; a journal numbers its issues.
_NUMBERED = frozenset({"report", "patent", "standard", "legislation"})
_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author"}
_DATES = {"date": "issued", "origdate": "original-date", "urldate": "accessed", "eventdate": "event-date"}
# Fields that LaTeX does not read: in an address, ~ and % are letters; in a date, ~ means about.
_VERBATIM = frozenset({"url", "doi", "eprint", "file", "year", *_DATES})
_PARTS_OF_DATE = frozenset({"year", "month", "day"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read(text: str) -> RawBibliography:
    """Return the entries of a BibTeX text; an entry that cannot be read is a fault at its line."""
    # The parsers log what they cannot read; it is told as a fault instead, once.
    for name in ("bibtexparser", "pylatexenc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    library = parse_string(text, append_middleware=[middlewares.NormalizeFieldKeys()])
    verbatim = {(e.key, f.key): f.value for e in library.entries for f in e.fields if f.key in _VERBATIM}
    # Braces are kept until names are divided: they hold together what belongs together, {United Nations}.
    library = middlewares.LatexDecodingMiddleware(keep_braced_groups=True).transform(library)
    library = middlewares.SeparateCoAuthors(name_fields=tuple(_NAMES)).transform(library)
    for entry in library.entries:
        for field in entry.fields:
            if field.key in _VERBATIM:
                field.value = verbatim[entry.key, field.key]
    faults = [_fault(block) for block in library.failed_blocks]
    if not library.entries and not faults:
        faults.append(Fault("no entry is found: an entry begins @book{key,", Place(1)))
    macros = {key.lower(): str(macro.value) for key, macro in library.strings_dict.items()}
    lines = text.lower().split("\n")
    records = [_record(entry, lines, macros) for entry in library.entries if entry.key]
    faults += [Fault("this entry has no key", _start(entry)) for entry in library.entries if not entry.key]
    faults += [
        Fault("a comma is missing behind this field", _place(field, lines))
        for entry in library.entries
        for field in entry.fields
        if field.enclosing == "no-enclosing" and re.search(r"\s\w+\s*=", str(field.value))
    ]
    return RawBibliography(tuple(records), tuple(faults))


# What the parser says of a block that it gives up on, and what is said to the author.
_FAULTS = (
    ("Expected a `=`", "a field of this entry has no `=`: field = {value}"),
    ("Expected either a `,`", "a comma is missing between two fields of this entry"),
    ("end of file", "this entry has no end: a brace or a quotation mark is missing"),
    ("block start", "this entry has no end: a brace or a quotation mark is missing"),
    ("Duplicate entry key", "the key {quoted} stands twice"),
    ("Duplicate field keys", "the field {quoted} stands twice in this entry"),
)


def _fault(block: ParsingFailedBlock) -> Fault:
    error = str(getattr(block.error, "abort_reason", "") or block.error)
    word = next(iter(re.findall(r"'([^']*)'", error)), "")
    words = next((words for sign, words in _FAULTS if sign in error), "this entry is not understood")
    if "Duplicate entry key" in error and not word:
        words = "this entry has no key"
    return Fault(words.replace("{quoted}", quoted(word)), _start(block))


def _record(entry: Entry, lines: list[str], macros: dict[str, str]) -> RawRecord:
    kind = entry.entry_type.lower()
    data: dict[str, Any] = {"type": _TYPES.get(kind, "document")}
    places: dict[str, Place] = {}
    lost = [] if kind in _TYPES else [f"the kind @{kind}"]
    plain: dict[str, str] = {}
    for field in entry.fields:
        key, value = field.key, _value(field, macros)
        if not value:
            continue  # reference managers write out the fields that are empty
        plain[key] = _clean(value) if isinstance(value, str) else ""
        name = _name_of(key, data["type"])
        if name and name not in data:
            data[name] = [_name(one) for one in value] if isinstance(value, list) else _typeset(key, plain[key])
            places[name] = _place(field, lines)
        elif key in _PARTS_OF_DATE:
            places.setdefault("issued", _place(field, lines))
        elif key != "subtitle":
            lost.append(key)
    if "subtitle" in plain and "title" in data:
        data["title"] = f"{data['title']}: {plain['subtitle']}"
    if "issued" not in data and re.search(r"[0-9]", plain.get("year", "")):  # "n.d." is no date
        data["issued"] = _year_month_day(plain)
    return RawRecord(entry.key, data, _start(entry), tuple(lost), places)


def _name_of(key: str, kind: str) -> str | None:
    """Return the CSL name of a field of an entry of the CSL type `kind`."""
    if key == "number" and kind in _NUMBERED:
        return "number"
    return _FIELDS.get(key) or _NAMES.get(key) or _DATES.get(key)


def _value(field: Field, macros: dict[str, str]) -> str | list[str]:
    """Return the text of a field, or its names. Pieces joined by # are put together: dtv # { and Sons}."""
    if isinstance(field.value, list):
        return [name for name in (str(one).strip(" ,") for one in field.value) if name]
    value = str(field.value)
    if field.enclosing == "no-enclosing" and "#" in value:
        pieces = [piece.strip() for piece in re.split(r"#(?![^{]*\})", value)]
        return "".join(macros.get(piece.lower(), piece.strip('"')) for piece in pieces)
    return value


def _start(block: Block) -> Place:
    """Return the place of the sign that begins an entry; the parser counts lines from 0."""
    return Place((block.start_line or 0) + 1, 1, max(len((block.raw or "").split("\n")[0].split(",")[0]), 1))


def _place(field: Field, lines: list[str]) -> Place:
    """Return the place of a field's name; the parser tells the line of its `=`."""
    line = field.start_line or 0
    column = lines[line].find(field.key) if line < len(lines) else -1
    return Place(line + 1, column + 1, len(field.key)) if column >= 0 else Place(line + 1)


def _clean(value: str) -> str:
    """Return `value` without the braces that protect letters, white space folded."""
    return re.sub(r"\s+", " ", value.replace("{", "").replace("}", "")).strip()


def _typeset(key: str, value: str) -> str:
    return re.sub(r"-{2,3}", "–", value) if key in {"pages", "title"} else value


def _year_month_day(fields: dict[str, str]) -> str:
    """Return the date in the fields of BibTeX, as EDTF where month and day are understood."""
    month, day = fields.get("month", "")[:3].lower(), fields.get("day", "")
    number = (
        _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0
    )
    if not number:
        return fields["year"]
    known_day = f"-{int(day):02d}" if re.fullmatch(r"[0-9]{1,2}", day) else ""
    return f"{fields['year']}-{number:02d}{known_day}"


def _name(written: str) -> dict[str, str]:
    """Return a name as CSL has it. A name of one piece, {United Nations} or Plato, has no parts."""
    parts = parse_single_name_into_parts(written, strict=False)
    pieces = {
        "family": parts.last,
        "given": parts.first,
        "non-dropping-particle": parts.von,
        "suffix": parts.jr,
    }
    name = {key: _clean(" ".join(words)) for key, words in pieces.items() if words}
    return name if len(name) > 1 else {"literal": _clean(written)}
