"""Printing diagnostics: for people, for programs, for code review."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

import click

from toolkit import __version__
from toolkit.model import characters
from toolkit.model.diagnostics import CODES, Diagnostic, Severity, Span

_COLOURS: Final = MappingProxyType({Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"})
_WIDEST_EXCERPT = 76


def text(diagnostics: Sequence[Diagnostic]) -> str:
    """Return `diagnostics` as lines of text with the place, an excerpt of the file, and a hint each."""
    files = {diagnostic.span.file for diagnostic in diagnostics if diagnostic.span}
    lines = {file: _lines(file) for file in files}
    return "\n".join(_one(diagnostic, lines) for diagnostic in diagnostics)


def _one(diagnostic: Diagnostic, texts: Mapping[str, tuple[str, ...]]) -> str:
    place = _place(diagnostic.span, diagnostic.address)
    kind = click.style(f"{diagnostic.severity}[{diagnostic.code}]", fg=_COLOURS[diagnostic.severity], bold=True)
    lines = [f"{place}: {kind}: {diagnostic.message}"]
    if diagnostic.span:
        lines += _excerpt(diagnostic.span, texts[diagnostic.span.file])
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


def _place(span: Span | None, address: str) -> str:
    return f"{span.file}:{span.line}:{span.column}" if span else address or "hornbook"


def _excerpt(span: Span, lines: tuple[str, ...]) -> list[str]:
    """Return the line of the file that `span` begins on, with marks under the words that are meant."""
    if not 0 < span.line <= len(lines):
        return []
    line = lines[span.line - 1].replace("\t", " ")
    start = span.column - 1
    length = span.end_column - span.column if span.end_line == span.line else len(line.rstrip()) - start
    cut = max(0, start - _WIDEST_EXCERPT // 2) if len(line) > _WIDEST_EXCERPT else 0
    shown = ("…" if cut else "") + line[cut + bool(cut) : cut + _WIDEST_EXCERPT].rstrip()
    marks = max(1, min(length, len(shown) - (start - cut)))
    gutter = f"{span.line:>5} | "
    return [f"{gutter}{shown}", " " * (len(gutter) - 2) + "| " + " " * (start - cut) + "^" * marks]


def _lines(file: str) -> tuple[str, ...]:
    try:
        data = Path(file).read_bytes()[:2_000_000]
    except OSError:
        return ()
    if b"\x00" in data:
        return ()
    words = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    # Whatever else the file holds, it must not steer the terminal.
    return tuple(characters.plain(line) for line in words.split("\n"))


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """Return `diagnostics` as a JSON list."""
    return json.dumps([as_data(diagnostic) for diagnostic in diagnostics], ensure_ascii=False, indent=2)


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return `diagnostic` as values that JSON has."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "file": span.file if span else "",
        "line": span.line if span else 0,
        "column": span.column if span else 0,
        "address": diagnostic.address,
    }


def github(diagnostics: Sequence[Diagnostic]) -> str:
    """Return `diagnostics` as workflow commands of GitHub Actions, which shows them beside the lines."""
    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        place = f"file={_property(span.file)},line={span.line},col={span.column}," if span else ""
        words = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
        escaped = words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        lines.append(f"::{kinds[diagnostic.severity]} {place}title={diagnostic.code}::{escaped}")
    return "\n".join(lines)


def _property(value: str) -> str:
    for char, escape in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")):
        value = value.replace(char, escape)
    return value


def sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """Return `diagnostics` as a SARIF 2.1.0 log (OASIS)."""
    used = sorted({diagnostic.code for diagnostic in diagnostics})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in used]
    tool = {"driver": {"name": "hornbook", "version": __version__, "rules": rules}}
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": [_result(d) for d in diagnostics]}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(diagnostic: Diagnostic) -> dict[str, Any]:
    words = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": str(diagnostic.severity),
        "message": {"text": words},
    }
    if diagnostic.span:
        region = {"startLine": diagnostic.span.line, "startColumn": diagnostic.span.column}
        location = {"artifactLocation": {"uri": _uri(diagnostic.span.file)}, "region": region}
        result["locations"] = [{"physicalLocation": location}]
    return result


def _uri(file: str) -> str:
    """Return a file's name as a URI reference (RFC 3986), as SARIF 2.1.0 asks in 3.4.3."""
    return Path(file).as_uri() if Path(file).is_absolute() else quote(file)


FORMATS: Final[MappingProxyType[str, Callable[[Sequence[Diagnostic]], str]]] = MappingProxyType(
    {"text": text, "json": as_json, "github": github, "sarif": sarif}
)


def summary(diagnostics: Sequence[Diagnostic], files: int, banks: int = 0) -> str:
    """Return one line that counts: "2 errors and 1 warning in 3 lessons and 1 file of the bank"."""
    counts = [(sum(d.severity is severity for d in diagnostics), severity) for severity in Severity]
    found = [f"{count} {severity}{'s' if count > 1 else ''}" for count, severity in counts if count]
    listed = " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:]))) or "nothing wrong"
    read = [f"{files} lesson{'s' if files != 1 else ''}"] if files or not banks else []
    read += [f"{banks} file{'s' if banks > 1 else ''} of the bank"] if banks else []
    return f"{listed} in {' and '.join(read)}"
