"""What WeasyPrint logs, as diagnostics: it reports a missing glyph or a broken picture nowhere else."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from typing import Final

from toolkit.formats import Report
from toolkit.formats.pdf import fontsource
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.printout import Picture, Printout

LOGGER: Final = "weasyprint"
MISSING_GLYPH: Final = ".notdef glyph rendered"


@contextmanager
def reported(printout: Printout, report: Report) -> Iterator[None]:
    """Return a context that sends `report` a diagnostic for each warning or error logged inside it.

    Nothing reaches standard error. Each problem is told once; a character without a glyph is B702 and
    names the place in `printout` where it stands, everything else is B705.
    """
    log = logging.getLogger(LOGGER)
    handler = _Recorder()
    propagate, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = propagate
        for diagnostic in _together(dict.fromkeys(_diagnostic(record, printout) for record in handler.records)):
            report(diagnostic)


def _together(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield `found`, of the characters that one font file has only the first: a text in Chinese lacks hundreds."""
    groups: dict[object, list[Diagnostic]] = {}
    for diagnostic in found:
        alike = diagnostic.code == "B702" and fontsource.FILED in diagnostic.hint
        groups.setdefault(diagnostic.hint if alike else diagnostic, []).append(diagnostic)
    for first, *others in groups.values():
        more = f", nor {len(others)} others that the same file has" if others else ""
        yield replace(first, message=first.message + more)


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _diagnostic(record: logging.LogRecord, printout: Printout) -> Diagnostic:
    if str(record.msg).startswith(MISSING_GLYPH) and isinstance(record.args, tuple):
        return _missing(str(record.args[0]), printout)
    severity = Severity.ERROR if record.levelno >= logging.ERROR else Severity.WARNING
    return Diagnostic("B705", f"the page engine says: {record.getMessage()}", severity=severity)


def _missing(character: str, printout: Printout) -> Diagnostic:
    name = unicodedata.name(character, "no name")
    return Diagnostic(
        "B702",
        f"no font has the character “{character}” (U+{ord(character):04X} {name})",
        address=next(addresses(printout, character, ""), ""),
        needle=character,
        hint=fontsource.hint(character),
    )


def addresses(value: object, words: str, address: str) -> Iterator[str]:
    """Yield the innermost address around each text of `value`, a part of a printout, that holds `words`."""
    if isinstance(value, str):
        if words in value:
            yield address
    elif isinstance(value, tuple):
        for item in value:
            yield from addresses(item, words, address)
    elif is_dataclass(value) and not isinstance(value, Picture):
        inner = getattr(value, "address", "") or address
        for field in fields(value):
            yield from addresses(getattr(value, field.name), words, inner)
