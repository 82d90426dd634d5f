"""The lesson's sources in a file beside it, read by `citations` and checked as records of a lesson are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from toolkit.citations import files as citation_files
from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.fields import FrozenMap
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import files, tree, wording
from toolkit.source.limits import told

_KNOWN = frozenset(field.alias or name for name, field in SourceRecord.model_fields.items())


@dataclass(frozen=True)
class Sources:
    """Records by citation key, with the place of each, and what is wrong with the file they are in.

    `keys` are those of records that are wrong, too. Where `whole` is False there may be more.
    """

    records: FrozenMap[str, SourceRecord]
    keys: frozenset[str]
    spans: dict[str, Span]
    problems: tuple[Diagnostic, ...]
    whole: bool
    file: str = ""
    text: str = ""


def read(folder: Path, name: str) -> Sources:
    """Return the records of the bibliography file `name` of the lesson in `folder`."""
    try:
        path = files.locate(folder, name, "bibliography", "bibliography")
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in citation_files.READERS:
            known = " or ".join(citation_files.READERS)
            message = f"{quoted(name)} is no bibliography file"
            hint = f"name a file that ends in {known}, or write the records here"
            raise LessonError([Diagnostic("S501", message, address="bibliography", hint=hint)])
        shown = files.shown_path(path)
        text = files.read_text(path, shown)
    except LessonError as error:
        return Sources(FrozenMap(), frozenset(), {}, error.diagnostics, whole=False)
    return _checked(citation_files.reader(suffix)(text), shown, text)


def _checked(raw: citation_files.RawBibliography, shown: str, text: str) -> Sources:
    checker = _Checker(shown, text)
    problems = list(told(checker.problems(raw)))
    keys = frozenset(entry.key for entry in raw.records)
    spans = {address.join("bibliography", key): span for key, span in checker.spans.items()}
    return Sources(FrozenMap(checker.records), keys, spans, tuple(problems), not raw.faults, shown, text)


class _Checker:
    """Checks raw records one by one."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.records: dict[str, SourceRecord] = {}
        self.spans: dict[str, Span] = {}

    def problems(self, raw: citation_files.RawBibliography) -> Iterator[Diagnostic]:
        for fault in raw.faults:
            yield Diagnostic("S501", fault.message, self._span(fault.place))
        for entry in raw.records:
            span = self._span(entry.place)
            yield from _lost(entry, span)
            if entry.key in self.spans:
                first = self.spans[entry.key]
                message = f"the key {quoted(entry.key)} stands twice; first on line {first.line}"
                yield Diagnostic("L208", message, span, hint="keep one of them", related=(first,))
                continue
            self.spans[entry.key] = span
            yield from self._record(entry)

    def _record(self, entry: citation_files.RawRecord) -> Iterator[Diagnostic]:
        known = {key: value for key, value in entry.data.items() if key in _KNOWN and value is not None}
        try:
            self.records[entry.key] = SourceRecord.model_validate(known)
        except ValidationError as error:
            for problem in wording.diagnostics(error, SourceRecord, self._as_tree(entry), self.text):
                # What is missing is missing from the entry, and not written as YAML has it.
                yield replace(problem, span=self._span(entry.place), hint="") if problem.code == "L202" else problem

    def _span(self, place: citation_files.Place) -> Span:
        return Span(self.file, place.line, place.column, place.line, place.column + place.length)

    def _as_tree(self, entry: citation_files.RawRecord) -> tree.Mapping:
        """Return a record as a tree, each value at the place of its key."""
        at = self._span(entry.place)
        entries = []
        for key in entry.data:
            span = self._span(entry.places.get(key, entry.place))
            entries.append(tree.Entry(tree.Scalar(key, span, plain=False), tree.Scalar("", span, plain=False)))
        return tree.Mapping(tuple(entries), at)


def _lost(entry: citation_files.RawRecord, span: Span) -> Iterator[Diagnostic]:
    lost = sorted({*entry.lost, *(key for key in entry.data if key not in _KNOWN)})
    if lost:
        words = ", ".join(short(key) for key in lost)
        message = f"{quoted(entry.key)}: not kept, because no citation style prints it: {words}"
        yield Diagnostic("S502", message, span, severity=Severity.NOTE)
