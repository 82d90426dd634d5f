"""The lesson's sources: written in the lesson, or in a file beside it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from toolkit.citations import files as citation_files
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.fields import FrozenMap
from toolkit.model.records import SourceRecord
from toolkit.source import files

_KNOWN = frozenset(field.alias or name for name, field in SourceRecord.model_fields.items())


@dataclass(frozen=True)
class Sources:
    """Records by citation key, with the place of each, and what is wrong with the file they are in."""

    records: FrozenMap[str, SourceRecord]
    spans: dict[str, Span]
    problems: tuple[Diagnostic, ...]


def read(folder: Path, name: str) -> Sources:
    """Return the records of the bibliography file `name` of the lesson in `folder`."""
    place = "bibliography"
    path = files.within(folder, name)
    suffix = PurePosixPath(name).suffix.lower()
    if path is None:
        return _nothing(Diagnostic("R305", f"the file {name!r} is not in the lesson's folder", address=place))
    if suffix not in citation_files.READERS:
        known = " and ".join(citation_files.READERS)
        return _nothing(Diagnostic("S501", f"{name!r} is not a bibliography file: {known} files are", address=place))
    if not path.is_file():
        near = difflib.get_close_matches(name, [p.name for p in folder.iterdir()], n=1)
        hint = f"did you mean `{near[0]}`?" if near else ""
        return _nothing(Diagnostic("R304", f"there is no file {name!r}", address=place, needle=name, hint=hint))
    shown = files.shown_path(path)
    try:
        text = files.read_text(path, shown)
    except LessonError as error:
        return Sources(FrozenMap(), {}, error.diagnostics)
    return _checked(citation_files.reader(suffix)(text), shown)


def _nothing(problem: Diagnostic) -> Sources:
    return Sources(FrozenMap(), {}, (problem,))


def _checked(raw: citation_files.RawBibliography, shown: str) -> Sources:
    problems = [Diagnostic("S501", fault.message, Span(shown, fault.line, 1)) for fault in raw.faults]
    records: dict[str, SourceRecord] = {}
    spans: dict[str, Span] = {}
    for entry in raw.records:
        span = Span(shown, entry.line, 1)
        problems += _lost(entry, span)
        if entry.key in records:
            problems.append(Diagnostic("L208", f"the key {entry.key!r} stands twice", span, related=(spans[entry.key],)))
            continue
        spans[entry.key] = span
        try:
            known = {key: value for key, value in entry.data.items() if key in _KNOWN}
            records[entry.key] = SourceRecord.model_validate(known)
        except ValidationError as error:
            problems += _invalid(entry.key, error, span)
    return Sources(FrozenMap(records), {f"bibliography/{key}": span for key, span in spans.items()}, tuple(problems))


def _lost(entry: citation_files.RawRecord, span: Span) -> Iterator[Diagnostic]:
    lost = sorted({*entry.lost, *(key for key in entry.data if key not in _KNOWN)})
    if lost:
        message = f"{entry.key}: not kept, because no citation style prints it: {', '.join(lost)}"
        yield Diagnostic("S502", message, span, severity=Severity.NOTE)


def _invalid(key: str, error: ValidationError, span: Span) -> Iterator[Diagnostic]:
    for detail in error.errors(include_url=False):
        where = ".".join(str(step) for step in detail["loc"] if not isinstance(step, int))
        context = detail.get("ctx", {})
        message = context.get("message") or detail["msg"]
        yield Diagnostic("S502", f"{key}: {where}: {message}", span, hint=context.get("hint", ""))
