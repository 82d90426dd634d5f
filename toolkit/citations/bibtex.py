"""BibTeX and BibLaTeX files: entries as records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from toolkit.citations import bibtex_fields as known
from toolkit.citations import bibtex_names, latex
from toolkit.citations.bibtex_syntax import MONTHS, WrittenEntry, WrittenField, scan
from toolkit.citations.files import Fault, Place, RawBibliography, RawRecord
from toolkit.model.quoting import quoted

_PARTS_OF_DATE = frozenset({"year", "month", "day"})
_DEEPEST = 8  # cross-references that are followed one after the other
_EDITION = re.compile(r"(\d{1,3})(?:st|nd|rd|th|d)?\.?(?:\s+(?:ed\.?|edn\.?|edition))?", re.I)
_POINTERS = frozenset({"crossref", "xdata"})
_ABOUT_OTHERS = frozenset({"set", "xdata", "bibnote", "control"})  # entries that are about entries, or the program


def read(text: str) -> RawBibliography:
    """Return the entries of a BibTeX text; an entry that cannot be read is a fault at its place."""
    written = scan(text)
    faults = list(written.faults)
    if not written.entries and not faults:
        faults.append(Fault("no entry is found: an entry begins @book{key,", Place(1)))
    folded: dict[str, WrittenEntry] = {}
    for entry in written.entries:
        folded.setdefault(entry.key.casefold(), entry)
    left_out = [_left_out(entry) for entry in written.entries if entry.kind in _ABOUT_OTHERS and entry.kind != "xdata"]
    entries = [entry for entry in written.entries if entry.kind not in _ABOUT_OTHERS]
    records = [_Entry(_inherited(entry, folded, left_out)).record() for entry in entries]
    return RawBibliography(tuple(records), tuple(faults), tuple(left_out))


def _left_out(entry: WrittenEntry) -> Fault:
    return Fault(f"{quoted(entry.key)} is left out: an @{entry.kind} is no source of its own", entry.place)


def _inherited(entry: WrittenEntry, by_key: Mapping[str, WrittenEntry], left_out: list[Fault]) -> WrittenEntry:
    """Return `entry` with the fields that it takes over from those it refers to. Keys are sought in small letters."""
    fields = {field.name: field for field in entry.fields}
    seen, current = {entry.key.casefold()}, entry
    for _ in range(_DEEPEST):
        pointer = next((field for field in current.fields if field.name in _POINTERS), None)
        key = latex.unbraced(pointer.text).casefold() if pointer else ""
        if pointer is None or key in seen:
            break
        if key not in by_key:
            message = f"there is no entry {quoted(pointer.text)}, from which {quoted(entry.key)} takes over fields"
            left_out.append(Fault(message, pointer.place))
            break
        seen.add(key)
        parent = by_key[key]
        pair = (parent.kind, current.kind) if pointer.name == "crossref" else ("", "")
        renamed: Mapping[str, str] = known.INHERITED.get(pair, {})
        own = frozenset(fields)
        for field in parent.fields:
            name = renamed.get(field.name, field.name)
            if name and field.name not in known.KEPT and not own & _SYNONYMS.get(name, frozenset({name})):
                fields[name] = replace(field, name=name, place=pointer.place)
        current = parent
    return replace(entry, fields=tuple(field for field in fields.values() if field.name not in _POINTERS))


# Fields that say the same in other words: what an entry has of itself, it does not take over.
_SYNONYMS = {
    name: frozenset(group)
    for group in (
        ("date", "year", "month", "day"), ("journal", "journaltitle"), ("address", "location", "place"),
        ("publisher", "institution", "school"),
    )
    for name in group
}  # fmt: skip  # the groups read better in lines


class _Entry:
    """One entry on its way to a record."""

    def __init__(self, entry: WrittenEntry) -> None:
        self.entry = entry
        self.type = known.KINDS.get(entry.kind, "document")
        self.data: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.lost: list[str] = [] if entry.kind in known.KINDS else [f"the kind @{entry.kind}"]
        self.text: dict[str, str] = {}

    def record(self) -> RawRecord:
        """Return the record, with the names of the fields that have no place in it."""
        self._read_texts()
        self._read_kind()
        for field in self.entry.fields:
            self._field(field)
        self._date()
        self._volume()
        self._eprint()
        if "genre" not in self.data and self.entry.kind in known.GENRES:
            self.data["genre"] = known.GENRES[self.entry.kind]
        data = {"type": self.type, **self.data}
        return RawRecord(self.entry.key, data, self.entry.place, tuple(self.lost), self.places)

    def _read_texts(self) -> None:
        """Read the LaTeX of every field, and put the second halves of titles behind the first."""
        for field in self.entry.fields:
            if field.name in known.VERBATIM:
                self.text[field.name] = re.sub(r"\\([_%&#~])", r"\1", field.text)
                continue
            self.text[field.name], unknown = latex.decode(field.text)
            self.lost += [f"\\{name} in {field.name}" for name in unknown if field.name in known.FIELDS]
        for second, (first, between) in known.SUBTITLES.items():
            first = "journal" if first == "journaltitle" and first not in self.text else first
            if first in self.text and latex.unbraced(self.text.get(second, "")):
                joined = between if self.text[first].rstrip("} ")[-1:] not in "?!:." else " "
                self.text[first] += joined + self.text.pop(second)

    def _read_kind(self) -> None:
        """Make an article what `entrysubtype` says it is (BibLaTeX manual, 2.3.9)."""
        subtype = f"article-{self.text.get('entrysubtype', '').strip()}"
        if self.type == "article-journal" and subtype in {"article-magazine", "article-newspaper"}:
            self.type = subtype

    def _field(self, field: WrittenField) -> None:
        name, text = field.name, self.text.get(field.name, "")
        plain = latex.unbraced(text)
        if not plain or name in {"entrysubtype", "editortype"}:
            return  # reference managers write out the fields that are empty
        if name in _PARTS_OF_DATE:
            self.places.setdefault("issued", field.place)
        elif name in known.NAMES:
            self._names(name, text, field.place)
        elif name in known.DATES:
            self._keep(known.DATES[name], plain, field)
        elif name in known.FIELDS:
            self._keep(self._variable(name), _paragraphs(text) if name in _PROSE else plain, field)
        else:
            self._lose(name, field.place)

    def _lose(self, name: str, place: Place) -> None:
        self.lost.append(name)
        self.places.setdefault(name, place)

    def _names(self, name: str, text: str, place: Place) -> None:
        variable = known.NAMES[name]
        if name == "editor":
            kind = latex.unbraced(self.text.get("editortype", "editor"))
            variable = known.EDITORS.get(kind, "editor")
            if kind not in known.EDITORS:
                self.lost.append("editortype")
        found = bibtex_names.names(text)
        if variable == "authority":
            self.data[variable] = "; ".join(" ".join(one.values()) for one in found)
        elif found:
            self.data[variable] = [*self.data.get(variable, []), *found]
        self.places[variable] = place

    def _variable(self, name: str) -> str:
        """Return the CSL name of a field in an entry of this kind."""
        if name == "number" and self.type in known.NUMBERED:
            return "number"
        if name == "number" and self.type in known.BOOKS:
            return "collection-number" if "series" in self.text else "number"
        if name == "pages" and self.type == "book" and re.fullmatch(r"\s*\d+\s*(pp?\.?)?\s*", self.text["pages"]):
            return "number-of-pages"
        if name == "journal" and self.type == "webpage":
            return "container-title"
        return known.FIELDS[name]

    def _keep(self, variable: str, value: str, field: WrittenField) -> None:
        value = _cleaned(variable, value)
        if variable not in self.data:
            self.data[variable] = value
            self.places[variable] = field.place
        elif variable in known.JOINED and value not in self.data[variable]:
            self.data[variable] += known.JOINED[variable] + value
        elif self.data[variable] != value:
            self._lose(field.name, field.place)

    def _date(self) -> None:
        """Fill in the date from the fields of BibTeX."""
        year = latex.unbraced(self.text.get("year", ""))
        if "issued" in self.data:
            self.lost += [name for name in ("year",) if year and year[:4] not in self.data["issued"]]
        elif re.search(r"[0-9]", year):  # "n.d." is no date
            self.data["issued"] = self._year_month_day(year)
        elif re.search(r"[^\W\d_]{4}", year):  # "forthcoming", "in press"
            self._keep("status", year, WrittenField("year", year, self.places["issued"]))

    def _year_month_day(self, year: str) -> str:
        """Return the date as EDTF where month and day are understood; what is not, is lost and named."""
        written = latex.unbraced(self.text.get("month", ""))
        month, day = written[:3].lower(), latex.unbraced(self.text.get("day", ""))
        number = MONTHS.get(month) or (int(written) if re.fullmatch(r"0?[1-9]|1[0-2]", written) else 0)
        about = re.fullmatch(r"(?:ca?\.|circa|about)\s*(\d{4})|\[(\d{4})\??\]", year)
        if about:
            year = f"{about[1]}~" if about[1] else f"{about[2]}?"
        elif years := re.fullmatch(r"(\d{4})\s*[-–/]{1,3}\s*(\d{4})", year):
            year = f"{years[1]}/{years[2]}"
        elif years := re.fullmatch(r"between\s+(\d{4})\s+and\s+(\d{4})", year):
            year = f"[{years[1]}..{years[2]}]"
        if not number or not re.fullmatch(r"-?\d{4}", year):
            self.lost += [name for name in ("month", "day") if latex.unbraced(self.text.get(name, ""))]
            return year
        if not day and (behind := re.fullmatch(r"[A-Za-z]+\.?[\s~]*(\d{1,2})(?:st|nd|rd|th)?", written)):
            day = behind[1]  # month = "10~" # jan, and month = {June 29}, are common
        elif not day and (before := re.fullmatch(r"(\d{1,2})\.?\s*[A-Za-z]+\.?", written)):
            day = before[1]
        known_day = f"-{int(day):02d}" if re.fullmatch(r"0?[1-9]|[12][0-9]|3[01]", day) else ""
        if day and not known_day:
            self.lost.append("day")
        return f"{year}-{number:02d}{known_day}"

    def _volume(self) -> None:
        """Put the title of a work in volumes where CSL has it: `title` is the whole, `volume-title` the volume."""
        whole = self.data.get("volume-title")
        part = "container-title" if "container-title" in self.data else "title"
        if whole and part in self.data:
            self.data[part], self.data["volume-title"] = whole, self.data[part]
        elif whole:
            self.data[part] = self.data.pop("volume-title")

    def _eprint(self) -> None:
        """Give what is kept in a public archive its address there, where the entry has none."""
        number, kind = self.data.get("archive_location"), str(self.data.get("archive", "")).lower()
        addresses = {"arxiv": "https://arxiv.org/abs/{}", "jstor": "https://www.jstor.org/stable/{}",
                     "hdl": "https://hdl.handle.net/{}", "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}",
                     "googlebooks": "https://books.google.com/books?id={}"}  # fmt: skip  # pairs read better in lines
        if number and kind in addresses and "URL" not in self.data:
            self.data["URL"] = addresses[kind].format(number)


_PROSE = frozenset({"note", "annotation", "annote", "addendum", "abstract"})


def _paragraphs(text: str) -> str:
    """Return a text of paragraphs, each in one line, an empty line between them."""
    return "\n\n".join(filter(None, (latex.unbraced(part) for part in re.split(r"\n[ \t]*\n", text))))


def _cleaned(variable: str, value: str) -> str:
    """Return `value` as a record has it."""
    match variable:
        case "DOI":
            return re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", value)
        case "URL":
            return re.sub(r"^\\url|\s", "", value)
        case "language":
            return known.LANGUAGES.get(value.lower(), value)
        case "genre":
            return known.GENRE_KEYS.get(value.lower(), value)
        case "edition":
            found = _EDITION.fullmatch(value)
            word = re.sub(r"\s+(ed\.?|edition)$", "", value.lower())
            return found[1] if found else known.ORDINALS.get(word, value)
        case _:
            return value
