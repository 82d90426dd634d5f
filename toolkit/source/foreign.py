"""Bibliography files of other programs, read once to become a lesson's own records.

A file beside a lesson is read strictly, because the lesson is built of it. Here the file is left behind, so that
what is wrong in it is told and the rest is taken: nothing is lost without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.citations import files as citation_files
from toolkit.citations import keys, writing
from toolkit.model import characters
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import bibliography, files, yaml_text

LARGEST = 50_000_000  # bytes; the largest bibliographies of reference managers are a fifth of it


@dataclass(frozen=True)
class Loss:
    """A field that was not kept, by its name in the file, with where it stands first and in how many records."""

    file: str
    name: str
    count: int
    line: int


@dataclass
class Taken:
    """What files gave: records by key, records without a title, what is wrong, and what was not kept."""

    records: dict[str, SourceRecord] = field(default_factory=dict)
    untitled: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def take(paths: Sequence[Path]) -> Taken:
    """Return the records of bibliography files, each with a key that a lesson can cite, and all that is to be told."""
    taken = Taken()
    for path in paths:
        shown = files.shown_path(path)
        try:
            text = _text(path, shown, taken.problems)
            raw = _raw(path, shown, text)
        except LessonError as error:
            taken.problems += error.diagnostics
            continue
        _File(shown, taken).take(raw)
    return taken


def _text(path: Path, shown: str, problems: list[Diagnostic]) -> str:
    """Return the text of a file. One that is not UTF-8 is read as Windows-1252, and characters of no text left out."""
    data = files.read_bytes(path, shown, largest=LARGEST)
    try:
        return files.decode(data, shown)
    except LessonError as error:
        if any(diagnostic.code not in {"Y102", "Y104"} for diagnostic in error.diagnostics):
            raise
        found = [replace(diagnostic, severity=Severity.WARNING) for diagnostic in error.diagnostics]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if data[:400].count(0) * 3 > len(data[:400]):
            text = data.decode("utf-16", "replace")
        else:
            hint = "look at the accents: the file was read as Windows-1252"
            found = [replace(diagnostic, hint=hint) for diagnostic in found]
            text = data.decode("cp1252", "replace")
    problems += found
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return characters.without(text)


def _raw(path: Path, shown: str, text: str) -> citation_files.RawBibliography:
    suffix = path.suffix.lower()
    guessed = _guess(text) if suffix not in citation_files.READERS else suffix
    if not guessed:
        known = " or ".join(citation_files.READERS)
        message = f"{quoted(path.name)} is no bibliography file"
        raise LessonError([Diagnostic("S501", message, Span(shown, 1, 1), hint=f"name a file that ends in {known}")])
    return citation_files.reader(guessed)(text)


def _guess(text: str) -> str:
    """Return the ending of the kind of file that `text` seems to be, "" where it seems none."""
    head = text[:20_000].lstrip("\ufeff \t\n")
    if re.search(r"^[ \t]*TY  ?- ", head, re.M):
        return ".ris"
    if re.search(r"^[ \t]*@[ \t]*\w+\s*[{(]", head, re.M):
        return ".bib"
    return ".json" if head.startswith(("[", "{")) else ""


class _File:
    """One file on its way into what is taken."""

    def __init__(self, shown: str, taken: Taken) -> None:
        self.shown = shown
        self.taken = taken
        self.lost: dict[str, Loss] = {}

    def take(self, raw: citation_files.RawBibliography) -> None:
        """Take the records of a file."""
        tell = self.taken.problems
        tell += [Diagnostic("S501", fault.message, self._span(fault.place)) for fault in raw.faults]
        notes = [
            Diagnostic("S502", note.message, self._span(note.place), severity=Severity.NOTE) for note in raw.left_out
        ]
        tell += notes
        reserved = {record.key for record in raw.records if keys.valid(record.key)}
        for record in raw.records:
            for name in record.lost:
                self._lose(name, record)
            self._take(record, reserved)
        self.taken.losses += self.lost.values()

    def _lose(self, name: str, record: citation_files.RawRecord) -> None:
        before = self.lost.get(name)
        place = record.places.get(name, record.place)
        self.lost[name] = replace(before, count=before.count + 1) if before else Loss(self.shown, name, 1, place.line)

    def _take(self, record: citation_files.RawRecord, reserved: set[str]) -> None:
        data = {name: value for name, value in record.data.items() if value not in (None, "", [])}
        for name in [name for name in data if name not in bibliography.KNOWN]:
            self._lose(name, record)
            del data[name]
        found, data = self._validated(record, data)
        here = {**self.taken.records, **self.taken.untitled}
        key = self._key(record, data, {*here, *reserved} if record.key not in reserved else here, found)
        if not key:
            return
        if found:
            self.taken.records[key] = found
        else:
            self.taken.untitled[key] = data
            message = f"{quoted(key)} has no title, without which no style can print it"
            self._tell("L202", message, record.place, "write one in")

    def _key(
        self, record: citation_files.RawRecord, data: dict[str, Any], taken: Mapping[str, object] | set[str],
        found: SourceRecord | None,
    ) -> str:  # fmt: skip  # reads as a call
        """Return a free key for a record, "" where it is there already."""
        wanted = record.key if keys.valid(record.key) else ""
        if wanted and wanted not in taken:
            return wanted
        key = keys.made(data, set(taken) | set(self.taken.records))
        if wanted and found is not None and self.taken.records.get(wanted) == found:
            self._tell(
                "L208", f"the record {quoted(wanted)} stands twice", record.place, "one of them is kept", note=True
            )
            return ""
        if wanted:
            message = f"the key {quoted(wanted)} stands twice; this record has the key {key} now"
            self._tell("L208", message, record.place, "are they the same source?")
        elif record.key:
            message = f"the key {quoted(record.key)} cannot be cited; this record has the key {key} now"
            self._tell("L204", message, record.place, "cite it by that", note=True)
        return key

    def _validated(
        self, record: citation_files.RawRecord, data: dict[str, Any]
    ) -> tuple[SourceRecord | None, dict[str, Any]]:
        """Return the record without what is wrong in it, each such field told; None for one without a title."""
        for _ in range(4):  # what is taken away may uncover no more than what is next to it
            try:
                return SourceRecord.model_validate(data), data
            except ValidationError as error:
                details = error.errors(include_url=False)
            wrong = {str(detail["loc"][0]): detail for detail in details}
            if wrong.keys() == {"title"} and "title" not in data:
                return None, data
            data = dict(data)
            for name, detail in wrong.items():
                self._mend(record, data, name, str(detail.get("ctx", {}).get("message", detail["msg"])))
        return None, data

    def _mend(self, record: citation_files.RawRecord, data: dict[str, Any], name: str, message: str) -> None:
        """Take the field `name` out of `data`, or write it as Markdown has it."""
        value = data.pop(name, None)
        place = record.places.get(name, record.place)
        if name == "type":
            data["type"], message = "document", "CSL knows no such kind"
        elif name in {"abstract", "annotation"} and isinstance(value, str) and "\\<" not in value:
            data[name] = _escaped(value)
            return
        elif name == "title" and value is None:
            return
        words = value if isinstance(value, str) else "its value"
        said = "" if short(words) in message else f": {message}"
        self._tell("S502", f"`{name}` is not kept, {quoted(str(words))}{said}", place, "", note=False)

    def _tell(self, code: str, message: str, place: citation_files.Place, hint: str, *, note: bool = False) -> None:
        severity = Severity.NOTE if note else Severity.WARNING
        self.taken.problems.append(Diagnostic(code, message, self._span(place), hint=hint, severity=severity))

    def _span(self, place: citation_files.Place) -> Span:
        return Span(self.shown, place.line, place.column, place.line, place.column + place.length)


def _escaped(text: str) -> str:
    """Return a text of no markup as Markdown that says the same."""
    return re.sub(r"(?m)([\\<>*_`\[\]@])|^(\s*)([#+-]|\d+[.)])(?=\s)", lambda m: _escape(m), text)


def _escape(found: re.Match[str]) -> str:
    if found[1]:
        return "\\" + found[1]
    sign = found[3]
    return f"{found[2]}{sign[:-1]}\\{sign[-1]}" if len(sign) > 1 else f"{found[2]}\\{sign}"


def as_yaml(taken: Taken) -> str:
    """Return what was taken as YAML; records without a title stand behind the others as comments."""
    records = {key: writing.plain(record) for key, record in taken.records.items()}
    words = yaml_text.dump(records) if records else ""
    if taken.untitled:
        rest = yaml_text.dump(taken.untitled)
        words += "# These have no title, without which no style can print them:\n"
        words += "".join(f"# {line}\n" for line in rest.splitlines())
    return words


def told(taken: Taken) -> Iterator[str]:
    """Yield a line for each field that was not kept, of each file."""
    for loss in sorted(taken.losses, key=lambda loss: (loss.file, -loss.count, loss.name)):
        records = f"{loss.count} records, first on line" if loss.count > 1 else "1 record, on line"
        yield f"{loss.file}: not kept: {short(loss.name)} ({records} {loss.line})"
