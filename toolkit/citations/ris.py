"""RIS files: a record is lines of a tag and a value, from TY to ER.

Tags and kinds are those of "RIS Format Specifications" (Research Information Systems, 2001 and 2011), read as Zotero
and EndNote write them: JF, JO, T2 and BT all name the journal or book; A2 are editors, A3 those of a series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from toolkit.citations import bibtex_names
from toolkit.citations.bibtex_syntax import MONTHS
from toolkit.citations.files import Fault, Place, RawBibliography, RawRecord
from toolkit.model.quoting import quoted

_KINDS: Final = MappingProxyType(
    {
        "ABST": "article", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
        "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
        "CHART": "graphic", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference",
        "CPAPER": "paper-conference", "CTLG": "book", "DATA": "dataset", "DBASE": "dataset",
        "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal",
        "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
        "HEAR": "hearing", "ICOMM": "post", "INPR": "article-journal", "JFULL": "periodical",
        "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript", "MAP": "map",
        "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
        "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
        "RPRT": "report", "SER": "periodical", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
        "STAT": "legislation", "THES": "thesis", "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture",
    }
)  # fmt: skip  # a table reads better in lines than one pair a line

_NAMES: Final = MappingProxyType(
    {"A1": "author", "AU": "author", "A2": "editor", "ED": "editor", "A3": "collection-editor", "A4": "translator"}
)
_FIELDS: Final = MappingProxyType(
    {
        "TI": "title", "T1": "title", "CT": "title", "BT": "container-title", "T2": "container-title",
        "JF": "container-title", "JO": "container-title", "JA": "container-title-short",
        "J1": "container-title-short", "J2": "container-title-short", "T3": "collection-title", "ST": "title-short",
        "TT": "original-title", "VL": "volume", "VO": "volume", "IS": "issue", "CP": "issue", "ET": "edition",
        "CY": "publisher-place", "PP": "publisher-place", "PB": "publisher", "DO": "DOI", "UR": "URL", "LK": "URL",
        "SN": "ISSN", "LA": "language", "KW": "keyword", "AB": "abstract", "N2": "annotation", "N1": "annotation",
        "RN": "annotation", "CN": "call-number", "AN": "archive_location", "AV": "archive_location", "DB": "source",
        "DP": "source", "NV": "number-of-volumes", "SE": "section", "M3": "genre", "M1": "number", "OP": "original",
        "ID": "",
    }
)  # fmt: skip  # a table reads better in lines than one pair a line
_JOINED: Final = MappingProxyType({"keyword": "; ", "annotation": "\n\n"})
_DATES: Final = ("DA", "Y1", "PY")  # DA is the whole date where the others may be its year
# Kinds that are in nothing: their second title is that of a series, and their BT is their own.
_WHOLE: Final = frozenset({"book", "thesis", "report", "manuscript", "pamphlet", "classic", "map", "document"})

_LINE = re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9])(?:  ?- ?|  ?-$)(.*)")
_DATE = re.compile(r"\s*(\d{4})(?:[/-]\s*(\w*)(?:[/-]\s*(\d{0,2}))?)?[/-]?(.*)")
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")
_DOI = re.compile(r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)")


@dataclass(slots=True)
class _Written:
    """A record as it is written: tags, values, and the place of each tag."""

    kind: str
    place: Place
    lines: list[tuple[str, str, Place]] = field(default_factory=list)


def read(text: str) -> RawBibliography:
    """Return the records of a RIS text; what stands outside of records with a tag is a fault at its line."""
    scanner = _Scanner()
    scanner.read(text)
    records = tuple(_Record(written).record() for written in scanner.records)
    if not records and not scanner.faults:
        other = re.match(r"\s*(?:FN|VR|PT) ", text)
        kind = ": this is the tagged format of Web of Science; export as RIS" if other else _BEGINS
        scanner.faults.append(Fault(f"no record is found{kind}", Place(1)))
    return RawBibliography(records, tuple(scanner.faults), tuple(scanner.left_out))


_BEGINS: Final = ": a record begins `TY  - BOOK` and ends `ER  - `"
_LONGEST_VALUE: Final = 200_000  # characters; a record's longest text is a tenth of it


class _Scanner:
    """Reads a text line by line; what it meets outside of records and at their ends is told."""

    def __init__(self) -> None:
        self.records: list[_Written] = []
        self.current: _Written | None = None
        self.stray = False
        self.faults: list[Fault] = []
        self.left_out: list[Fault] = []

    def read(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), start=1):
            found = _LINE.match(line)
            if found:
                self._tagged(found[1], found[2].strip(), Place(number, found.start(1) + 1, 2))
            elif self.current and line.strip():
                self._continue(self.current, line.strip(), number)
        if self.current:
            self.left_out.append(Fault("the last record has no end: ER  - ", self.current.place))
            self.records.append(self.current)

    def _tagged(self, tag: str, value: str, place: Place) -> None:
        if tag == "TY":
            if self.current and self.current.lines:
                self.left_out.append(Fault("the record before this one has no end: ER  - ", place))
                self.records.append(self.current)
            self.current, self.stray = _Written(value.upper(), place), False
        elif tag == "ER":
            self.records += [self.current] if self.current else []
            self.current, self.stray = None, False
        elif self.current:
            self.current.lines.append((tag, value, place))
        elif not self.stray:  # one fault for a record without its first line, not one for each of its lines
            self.stray = True
            self.faults.append(Fault("a record begins with its kind: TY  - BOOK", place))

    def _continue(self, record: _Written, words: str, number: int) -> None:
        """Put a line without a tag behind the value that it goes on."""
        if not record.lines:
            message = "this line has no tag, and nothing before it that it goes on"
            self.left_out.append(Fault(message, Place(number)))
            return
        tag, value, place = record.lines[-1]
        if len(value) < _LONGEST_VALUE:
            record.lines[-1] = (tag, f"{value} {words}".strip(), place)
        else:
            message = f"the value of {tag} is too long; this line of it is left out"
            self.left_out.append(Fault(message, Place(number)))


class _Record:
    """One record on its way to CSL."""

    def __init__(self, written: _Written) -> None:
        self.written = written
        self.type = _KINDS.get(written.kind, "document")
        self.data: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.lost: list[str] = [] if written.kind in _KINDS else [f"the kind {written.kind or 'TY without a value'}"]
        self.abstracts = {value for tag, value, _ in written.lines if tag == "AB"}

    def record(self) -> RawRecord:
        """Return the record, with the tags that have no place in it."""
        key = ""
        for tag, value, place in self.written.lines:
            if not value:
                continue
            if tag == "ID" and not key:
                key = value
            elif tag in _NAMES:
                self._name(_NAMES[tag], value, place)
            elif tag == "Y2":
                self._date("accessed", tag, value, place)
            elif tag not in _DATES:
                self._text(tag, value, place)
        self._issued()
        self._pages()
        if "title" not in self.data and "container-title" in self.data and self.type in _WHOLE:
            self.data["title"] = self.data.pop("container-title")
        data = {"type": self.type, **self.data}
        return RawRecord(key, data, self.written.place, tuple(self.lost), self.places)

    def _name(self, variable: str, value: str, place: Place) -> None:
        if variable == "author" and self.written.kind == "EDBOOK":
            variable = "editor"
        self.data.setdefault(variable, []).append(bibtex_names.inverted(value))
        self.places.setdefault(variable, place)

    def _text(self, tag: str, value: str, place: Place) -> None:
        if tag in {"SP", "EP"}:
            return
        variable = self._variable(tag, value)
        value = self._cleaned(variable, value, place)
        if variable == "original-date":
            self._date(variable, tag, value, place)
        elif not variable:
            self._lose(tag, place)
        elif variable not in self.data:
            self.data[variable] = value
            self.places[variable] = place
        elif variable in _JOINED and value not in self.data[variable]:
            self.data[variable] += _JOINED[variable] + value
        elif value != self.data[variable]:
            self._second(tag, variable, value, place)

    def _lose(self, name: str, place: Place) -> None:
        self.lost.append(name)
        self.places.setdefault(name, place)

    def _cleaned(self, variable: str, value: str, place: Place) -> str:
        """Return a value as a record has it."""
        match variable:
            case "URL":
                return value.split(";")[0].strip()
            case "DOI":
                return _doi(value)
            case "ISSN":
                return ", ".join(dict.fromkeys(_ISSN.findall(value))) or value
            case "volume" if found := re.fullmatch(r"(\w+)\s*\((\w+)\)", value):
                self.data.setdefault("issue", found[2])
                self.places.setdefault("issue", place)
                return found[1]
            case "annotation" | "abstract":
                return value
            case _:
                return " ".join(value.split())

    def _variable(self, tag: str, value: str) -> str:
        """Return the CSL name of a tag in a record of this kind, "" where it has none."""
        variable = _FIELDS.get(tag, "")
        match tag:
            case "T2" | "BT" if self.type in _WHOLE:
                variable = "collection-title" if tag == "T2" else "title"
            case "SN" if len(re.sub(r"[^0-9Xx]", "", value)) >= 10 and not _ISSN.match(value):
                variable = "ISBN"
            case "M3" | "N1" | "M1" if _DOI.fullmatch(value):
                variable = "DOI"
            case "N2" if value in self.abstracts:
                variable = "abstract"
            case "ET" if re.fullmatch(r"\d{4}/.*", value):
                variable = ""  # PubMed writes the day of its first release here
            case "OP":
                variable = "original-date" if re.fullmatch(r"\d{4}(/.*)?", value) else "original-publisher"
        return variable

    def _second(self, tag: str, variable: str, value: str, place: Place) -> None:
        """Keep a second value where there is room for it: the shorter name of a journal is its abbreviation."""
        if variable == "container-title" and "container-title-short" not in self.data:
            longer, shorter = sorted((self.data[variable], value), key=len, reverse=True)
            self.data[variable], self.data["container-title-short"] = longer, shorter
            self.places["container-title-short"] = place
        elif variable == "ISSN" and _ISSN.match(value):
            self.data["ISSN"] += f", {value}"
        else:
            self._lose(f"{tag} {quoted(value)}", place)

    def _issued(self) -> None:
        """Take the date that says most: DA has the day where PY has the year."""
        written = [
            (tag, value, place) for date in _DATES for tag, value, place in self.written.lines if tag == date and value
        ]
        read = [(_edtf(value), tag, value, place) for tag, value, place in written]
        best = max(read, key=lambda one: len(one[0]), default=None)
        if best is None:
            return
        if not best[0]:
            best = (best[2], *best[1:])  # as it is written, for the record to refuse
        self.data["issued"], self.places["issued"] = best[0], best[3]
        for edtf, tag, value, place in read:
            found = _DATE.fullmatch(value)
            if not edtf or not best[0].startswith(edtf) or (found and found[4]):
                self._lose(f"{tag} {quoted(value)}", place)

    def _date(self, variable: str, tag: str, value: str, place: Place) -> None:
        edtf = _edtf(value)
        if edtf:
            self.data[variable], self.places[variable] = edtf, place
        elif re.search(r"\w", value):
            self._lose(f"{tag} {quoted(value)}", place)

    def _pages(self) -> None:
        written = [line for line in reversed(self.written.lines) if line[0] in {"SP", "EP"} and line[1]]
        ends = {tag: (value, place) for tag, value, place in written}
        if not ends:
            return
        first, place = ends.get("SP") or ends["EP"]
        last = ends["EP"][0] if "EP" in ends else ""
        variable = "number-of-pages" if self.type in _WHOLE and not last and first.isdigit() else "page"
        self.data[variable] = f"{first}-{last}" if last and last != first and "-" not in first else first
        self.places[variable] = place


def _edtf(value: str) -> str:
    """Return a date of RIS, YYYY/MM/DD/other, as EDTF; "" where it has no year."""
    found = _DATE.fullmatch(value)
    if not found:
        return ""
    year, month, day = found[1], found[2] or "", found[3] or ""
    number = MONTHS.get(month[:3].lower(), 0) or (int(month) if month.isascii() and month.isdigit() else 0)
    if not 1 <= number <= 12:
        return year
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day and 1 <= int(day) <= 31 else "")


def _doi(value: str) -> str:
    found = _DOI.fullmatch(value)
    return found[1] if found else value
