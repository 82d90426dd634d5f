"""A number or an address of a source that cannot be right: a digit was mistyped, or a full stop copied with it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.citations import identifiers as known
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.quoting import quoted
from toolkit.model.records import SourceRecord


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each ISBN, ISSN, DOI or web address of a source that is not one."""
    for key, record in lesson.sources.items():
        for field, number, fault in _judged(record):
            if not fault:
                continue
            message = f"the {field} {quoted(number)} of `{key}` is not right: {fault}"
            hint = "look it up in a library catalogue, or leave it out"
            place = f"bibliography/{key}/{field}"
            yield Diagnostic("C842", message, address=place, hint=hint, severity=Severity.WARNING)


def _judged(record: SourceRecord) -> Iterator[tuple[str, str, str]]:
    """Yield the field, the number, and what is wrong with it ("" for nothing), for each identifier of `record`."""
    for number in known.isbns(record.isbn or ""):
        yield "ISBN", number, known.isbn_fault(number)
    for number in known.issns(record.issn or ""):
        yield "ISSN", number, known.issn_fault(number)
    if record.doi:
        yield "DOI", record.doi, known.doi_fault(record.doi)
    if record.url:
        yield "URL", record.url, known.url_fault(record.url)
