"""Output formats: one file or folder each, named here. Adding a format is a file and a line.

A writer is `write(printout, report) -> bytes`: it draws the printout and adds nothing; what it cannot show
it tells to `report`, and drops nothing silently.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from toolkit.model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from toolkit.model.lines import Lines
    from toolkit.model.printout import Printout

Report: TypeAlias = Callable[[Diagnostic], None]
Writer: TypeAlias = "Callable[[Printout, Report], bytes]"
LineFinder: TypeAlias = "Callable[[Printout], Lines]"
Verifier: TypeAlias = "Callable[[bytes, Printout], tuple[Diagnostic, ...]]"

# The ending of a format's files, and the function that writes it. Names, so that none is loaded unasked.
FORMATS: Final = MappingProxyType(
    {
        "pdf": "toolkit.formats.pdf:write",
        "docx": "toolkit.formats.docx:write",
        "html": "toolkit.formats.html:write",
    }
)

# The formats whose lines stay where they were set, and the function that tells the lines of a reading.
LINES: Final = MappingProxyType({"pdf": "toolkit.formats.pdf:lines"})

# The formats whose files are checked after they are made, and the function that tells what is wrong with one.
VERIFIERS: Final = MappingProxyType({"pdf": "toolkit.formats.pdf.conformance:verify"})


def line_finder(name: str) -> LineFinder | None:
    """Return what tells the numbered lines of a reading in the format `name`; None where lines are not fixed."""
    if name not in LINES:
        return None
    module, _, attribute = LINES[name].partition(":")
    found: LineFinder = getattr(import_module(module), attribute)
    return found


def verifier(name: str) -> Verifier | None:
    """Return what checks files of the format `name`; None where nothing does."""
    if name not in VERIFIERS:
        return None
    module, _, attribute = VERIFIERS[name].partition(":")
    found: Verifier = getattr(import_module(module), attribute)
    return found


def writer(name: str) -> Writer:
    """Return the writer of the format `name`. Raise KeyError for one that is not in FORMATS."""
    module, _, attribute = FORMATS[name].partition(":")
    found: Writer = getattr(import_module(module), attribute)
    return found
