"""Diagnostics in a record: what was said of a lesson or a target is said again while it stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from toolkit.model.diagnostics import Diagnostic, Severity, Span
from toolkit.source.files import shown_path


def written(diagnostics: Iterable[Diagnostic], folder: Path) -> list[Any]:
    """Return `diagnostics` as a record in `folder` has them: the paths of files told from there."""
    return [
        [d.code, d.message, _place(d.span, folder), d.address, d.needle, d.hint, str(d.severity),
         [_place(span, folder) for span in d.related]]
        for d in diagnostics
    ]  # fmt: skip  # one diagnostic a line


def read(entries: Sequence[Any], folder: Path) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a record in `folder`, with paths as an author knows them here.

    Raise ValueError for what is none: another version of the program may have written it.
    """
    try:
        return tuple(
            Diagnostic(code, message, _span(place, folder), address, needle, hint, Severity(severity),
                       tuple(span for each in related if (span := _span(each, folder))))
            for code, message, place, address, needle, hint, severity, related in entries
        )  # fmt: skip  # one diagnostic a line
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from None


def _place(span: Span | None, folder: Path) -> list[Any] | None:
    if span is None:
        return None
    file = os.path.relpath(span.file, folder)
    return [file, span.line, span.column, span.end_line, span.end_column]


def _span(place: Sequence[Any] | None, folder: Path) -> Span | None:
    return Span(shown_path(folder / place[0]), *place[1:]) if place else None
