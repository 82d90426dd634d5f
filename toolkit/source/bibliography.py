"""The lesson's sources in a file beside it, read by `citations` and checked as records of a lesson are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from toolkit.citations import files as citation_files
from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.fields import FrozenMap
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import files, observing, tree, wording
from toolkit.source.limits import told

# The keys of a record.
KNOWN = frozenset(field.alias or name for name, field in SourceRecord.model_fields.items())


# A bibliography that all lessons of a folder may cite, by what it is looked for; records in YAML come first.
SHARED = tuple(f"bibliography{suffix}" for suffix in (".yaml", *citation_files.READERS))
YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Sources:
    """Records by citation key, with the place of each, and what is wrong with the file they are in.

    `faults` are those of the file; `told` is what is to be said of a record, by its key, one that is wrong included.
    Where `whole` is False there may be more records.
    """

    records: FrozenMap[str, SourceRecord]
    spans: dict[str, Span]
    faults: tuple[Diagnostic, ...]
    told: dict[str, tuple[Diagnostic, ...]]
    whole: bool
    file: str = ""
    text: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of all records, those that are wrong included."""
        return frozenset(self.told)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Return what is to be said of the file and all of its records, not more than a hundred of a kind."""
        return (*self.faults, *told(problem for problems in self.told.values() for problem in problems))


def read(folder: Path, name: str) -> Sources:
    """Return the records of the bibliography file `name` of the lesson in `folder`."""
    try:
        path = files.locate(folder, name, "bibliography", "bibliography")
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in {*citation_files.READERS, *YAML}:
            known = " or ".join((*citation_files.READERS, YAML[0]))
            message = f"{quoted(name)} is no bibliography file"
            hint = f"name a file that ends in {known}, or write the records here"
            raise LessonError([Diagnostic("S501", message, address="bibliography", hint=hint)])
        shown = files.shown_path(path)
        text = files.read_text(path, shown)
    except LessonError as error:
        return Sources(FrozenMap(), {}, error.diagnostics, {}, whole=False)
    return checked(suffix, shown, text)


def read_shared(folder: Path) -> Sources | None:
    """Return the records of the bibliography file that all lessons in `folder` share, None where there is none."""
    found = [name for name in SHARED if observing.is_file(folder / name)]
    if not found:
        return None
    sources = read(folder, found[0])
    if len(found) > 1:
        message = f"there are {len(found)} shared bibliographies; only {found[0]} is read"
        more = Diagnostic("S501", message, Span(files.shown_path(folder / found[1]), 1, 1), severity=Severity.WARNING)
        return replace(sources, faults=(*sources.faults, more))
    return sources


def taken(
    shared: Sources, listed: Iterable[str], cited: Callable[[Mapping[str, SourceRecord]], Set[str]], own: Set[str]
) -> list[str]:
    """Return the keys of `shared` that a lesson takes: those it lists, then those that are cited.

    A record's annotation may cite another, so `cited` is asked again until nothing is added. A key that the lesson
    has of its `own` is its own.
    """
    keys = [key for key in dict.fromkeys(listed) if key in shared.keys and key not in own]
    while True:
        records = {key: shared.records[key] for key in keys if key in shared.records}
        wanted = cited(records) - own
        more = [key for key in shared.told if key in wanted and key not in keys]
        if not more:
            return keys
        keys += more


@lru_cache(maxsize=8)  # every lesson of a project reads the file that they share
def checked(suffix: str, shown: str, text: str) -> Sources:
    """Return the records that `text`, of a file that ends in `suffix`, holds. `shown` is what the file is called."""
    if suffix in YAML:
        return _of_yaml(shown, text)
    raw = citation_files.reader(suffix)(text)
    checker = _Checker(shown, text)
    checker.read(raw)
    faults = (*told(checker.faults(raw)),)
    return checker.sources(faults, whole=not raw.faults)


def _of_yaml(shown: str, text: str) -> Sources:
    """Return the records of a YAML file, which is what `bibliography:` of a lesson holds."""
    composed = tree.compose(text, shown)
    checker = _Checker(shown, text)
    for entry in composed.root.entries if composed.root else ():
        checker.read_entry(entry)
    # What is said of a file that is none is said of a lesson.
    faults = [replace(p, hint="begin it `key: {type: book, title: ...}`") if p.code == "Y110" else p
              for p in composed.problems]  # fmt: skip  # reads better in two lines
    return checker.sources(tuple(faults), whole=composed.root is not None)


class _Checker:
    """Checks raw records one by one."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.records: dict[str, SourceRecord] = {}
        self.spans: dict[str, Span] = {}
        self.told: dict[str, list[Diagnostic]] = {}

    def sources(self, faults: tuple[Diagnostic, ...], *, whole: bool) -> Sources:
        """Return what was read."""
        spans = {address.join("bibliography", key): span for key, span in self.spans.items()}
        said = {key: tuple(problems) for key, problems in self.told.items()}
        return Sources(FrozenMap(self.records), spans, faults, said, whole, self.file, self.text)

    def faults(self, raw: citation_files.RawBibliography) -> Iterator[Diagnostic]:
        """Yield what is wrong with the file, and what is left out of it."""
        for fault in raw.faults:
            yield Diagnostic("S501", fault.message, self._span(fault.place))
        for entry in raw.records:
            if not entry.key:
                hint = "give it one; `hornbook cite import` makes keys of author and year"
                yield Diagnostic("S501", "this entry has no key", self._span(entry.place), hint=hint)
        for note in raw.left_out:
            yield Diagnostic("S502", note.message, self._span(note.place), severity=Severity.NOTE)

    def read(self, raw: citation_files.RawBibliography) -> None:
        """Check the records of a file."""
        for entry in raw.records:
            if entry.key:
                said = self.told.setdefault(entry.key, [])
                said += self._entry(entry)

    def read_entry(self, entry: tree.Entry) -> None:
        """Check a record of a YAML file."""
        key = entry.key.text
        self.spans[key] = entry.value.span
        said = self.told.setdefault(key, [])
        try:
            self.records[key] = SourceRecord.model_validate(tree.plain_data(entry.value))
        except ValidationError as error:
            keyed = tree.Mapping((entry,), entry.key.span)
            nested = isinstance(entry.value, tree.Mapping)
            root = entry.value if isinstance(entry.value, tree.Mapping) else keyed
            said += wording.diagnostics(error, SourceRecord, root, self.text) if nested else [_no_record(entry)]

    def _entry(self, entry: citation_files.RawRecord) -> Iterator[Diagnostic]:
        span = self._span(entry.place)
        yield from _lost(entry, span)
        if entry.key in self.spans:
            first = self.spans[entry.key]
            message = f"the key {quoted(entry.key)} stands twice; first on line {first.line}"
            yield Diagnostic("L208", message, span, hint="keep one of them", related=(first,))
            return
        self.spans[entry.key] = span
        yield from self._record(entry)

    def _record(self, entry: citation_files.RawRecord) -> Iterator[Diagnostic]:
        known = {key: value for key, value in entry.data.items() if key in KNOWN and value is not None}
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


def _no_record(entry: tree.Entry) -> Diagnostic:
    hint = "write `type: book`, `title: ...` and what else is known of it"
    return Diagnostic("L203", "a record is expected here: keys with values", entry.key.span, hint=hint)


def _lost(entry: citation_files.RawRecord, span: Span) -> Iterator[Diagnostic]:
    lost = sorted({*entry.lost, *(key for key in entry.data if key not in KNOWN)})
    if lost:
        words = ", ".join(short(key) for key in lost)
        message = f"{quoted(entry.key)}: not kept, because no citation style prints it: {words}"
        yield Diagnostic("S502", message, span, severity=Severity.NOTE)
