"""veraPDF, the reference validator of PDF/UA and PDF/A, asked about a file where its command is on this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from toolkit.model.diagnostics import Diagnostic, Severity

COMMAND: Final = "verapdf"
PATIENCE: Final = 300.0  # s; a file of a lesson takes two
_LONGEST: Final = 200  # characters of a rule's description


def asked(data: bytes, flavours: tuple[str, ...] = ("ua1",)) -> Iterator[Diagnostic]:
    """Yield a diagnostic of code B721 for each rule that veraPDF finds broken in the PDF file `data`.

    `flavours` are its names of standards ("ua1", "2a"). Yields nothing where there is no such command. A command that
    gives no report is told as a warning: it says nothing of the file.
    """
    command = shutil.which(COMMAND)
    if command is None:
        return
    with tempfile.TemporaryDirectory(prefix="hornbook-") as folder:
        path = Path(folder) / "checked.pdf"
        path.write_bytes(data)
        for flavour in flavours:
            yield from read(_report([command, "--format", "xml", "--flavour", flavour, str(path)]))


def _report(words: list[str]) -> bytes:
    """Return what the command prints: it ends with 1 for a file at fault, and with more for a fault of its own."""
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout


def read(report: bytes) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each broken rule of a machine-readable report of veraPDF (XML)."""
    try:
        root = etree.fromstring(report, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        root = None
    results = list(root.iter("{*}validationReport")) if root is not None else []
    if not results:
        hint = "run `verapdf --version` to see whether it works"
        yield Diagnostic("B721", "veraPDF gave no report of this file", hint=hint, severity=Severity.WARNING)
    for result in results:
        broken = [rule for rule in result.iter("{*}rule") if rule.get("status", "failed").lower() == "failed"]
        for rule in broken:
            yield _diagnostic(rule)
        if not broken and result.get("isCompliant") != "true":
            yield Diagnostic("B721", f"veraPDF says: {result.get('statement', 'not compliant')}")


def _diagnostic(rule: etree._Element) -> Diagnostic:
    name = f"{rule.get('specification', '')} {rule.get('clause', '')}-{rule.get('testNumber', '')}".strip()
    times = rule.get("failedChecks", "1")
    description = " ".join(_text(rule, "description").split())
    context = re.sub(r"^root/", "", _text(rule, "check/{*}context"))
    count = "once" if times == "1" else f"{times} times"
    hint = f"the first at {context}" if context else ""
    return Diagnostic("B721", f"veraPDF finds {name} broken {count}: {description[:_LONGEST]}", hint=hint)


def _text(rule: etree._Element, path: str) -> str:
    return rule.findtext(f"{{*}}{path}") or ""
