"""hornbook doctor: tell whether this machine has all that the program needs."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Final

import click

from toolkit import __version__
from toolkit.cli import probes
from toolkit.cli.probes import Finding
from toolkit.resources import templates

WIDTH: Final = 80
_WORDS: Final = (("ok", "ok"), ("missing", "MISSING"), ("optional", "-"))  # what a status is called on paper


def examine() -> tuple[Finding, ...]:
    """Return what was found, in the order in which the program needs it. A page is tried if nothing is missing."""
    table, manager = probes.needs(), probes.package_manager()
    found = (
        probes.python(table, manager),
        *probes.libraries(table, manager),
        *probes.distributions(probes.requirements()),
        probes.fonts(templates()),
    )
    page = (probes.trial(), probes.pandoc()) if healthy(found) else ()
    return (*found, *page, *probes.tools(table, manager))


def healthy(findings: Sequence[Finding]) -> bool:
    """Return whether nothing that is required is missing."""
    return all(finding.status != "missing" for finding in findings)


def as_text(findings: Sequence[Finding], manager: str) -> str:
    """Return `findings` as aligned lines of at most 80 columns, grouped, remedies below what they mend.

    Only a single word longer than that, a path for example, sticks out. `manager` is the package manager to name.
    """
    names = max(len(finding.name) for finding in findings)
    lines = [f"Hornbook {__version__}"]
    for group, members in groupby(findings, key=lambda finding: finding.group):
        lines += ["", group]
        for finding in members:
            lines += _lines(finding, names)
    return "\n".join([*lines, "", _summary(findings, manager)])


def _lines(finding: Finding, names: int) -> list[str]:
    lead = f"  {dict(_WORDS)[finding.status]:<8}{finding.name:<{names}}  "
    told = _wrapped(finding.detail, lead, len(lead))
    if finding.remedy:
        told += _wrapped(finding.remedy, f"{'':<10}get: ", 15)  # below the name: the commands are long
    return told


def _wrapped(words: str, lead: str, indent: int) -> list[str]:
    """Return `words` after `lead`, wrapped between words only: a command or path is to be copied whole."""
    return textwrap.wrap(
        words,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(findings: Sequence[Finding], manager: str) -> str:
    missing = [finding for finding in findings if finding.status == "missing"]
    if not missing:
        return "Nothing that is needed is missing."
    lines = _wrapped(f"Missing: {', '.join(finding.name for finding in missing)}.", "", 9)
    absent = {finding.name for finding in missing if finding.group == "System libraries"}
    together = probes.install_command(manager, [need for need in probes.needs() if need.name in absent])
    if len(absent) > 1 and together:
        lines += ["All missing libraries at once:", *_wrapped(together, "  ", 4)]
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """Return `findings` as a JSON object: `hornbook` (the version), `ok`, and `findings`, one object a Finding."""
    report = {"hornbook": __version__, "ok": healthy(findings), "findings": [asdict(finding) for finding in findings]}
    return json.dumps(report, indent=2, ensure_ascii=False)


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  hornbook doctor
  hornbook doctor --json

\b
Exit status: 0 nothing that is needed is missing, 1 something is.
""",
)
@click.option("--json", "for_programs", is_flag=True, help="Print the findings as JSON, for a program.")
def command(*, for_programs: bool) -> None:
    """Tell whether this machine has all that is needed, and how to get what it lacks.

    Looks at Python, the system libraries, the Python packages and the fonts, prints a trial page, and looks for
    optional tools. Changes nothing.
    """
    findings = examine()
    click.echo(as_json(findings) if for_programs else as_text(findings, probes.package_manager()))
    sys.exit(0 if healthy(findings) else 1)
