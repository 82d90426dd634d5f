"""Output formats: one file or folder each, named here. Adding a format is a file and a line.

A writer is `write(printout, report) -> bytes`: it draws the printout and adds nothing; what it cannot show
it tells to `report`, and drops nothing silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from toolkit.model.diagnostics import Diagnostic

if TYPE_CHECKING:
    from toolkit.formats.docx.reading import Reading
    from toolkit.formats.docx.reading.tracked import View
    from toolkit.model.lines import Lines
    from toolkit.model.printout import Printout
    from toolkit.model.stamp import Stamp, State

Report: TypeAlias = Callable[[Diagnostic], None]
Writer: TypeAlias = "Callable[[Printout, Report], bytes]"
LineFinder: TypeAlias = "Callable[[Printout], Lines]"
Verifier: TypeAlias = "Callable[[bytes, Printout], tuple[Diagnostic, ...]]"
Sealer: TypeAlias = "Callable[[bytes, Stamp], bytes]"
Examiner: TypeAlias = "Callable[[bytes], State]"
Reader: TypeAlias = "Callable[[bytes, View], Reading]"

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
# The formats that are made to be edited: what writes a stamp into a file, and what tells by it whether it was edited.
SEALERS: Final = MappingProxyType({"docx": "toolkit.formats.docx.reading.carriers:seal"})
EXAMINERS: Final = MappingProxyType({"docx": "toolkit.formats.docx.stamp:state"})

# The formats whose files are read back after somebody edited them, and the function that does it.
READERS: Final = MappingProxyType({"docx": "toolkit.formats.docx.reading:read"})


def line_finder(name: str) -> LineFinder | None:
    """Return what tells the numbered lines of a reading in the format `name`; None where lines are not fixed."""
    found: LineFinder | None = _loaded(LINES, name)
    return found


def sealer(name: str) -> Sealer | None:
    """Return what seals a file of the format `name` with a Stamp; None where files of it have none."""
    found: Sealer | None = _loaded(SEALERS, name)
    return found


def examiner(name: str) -> Examiner | None:
    """Return what tells by its stamp whether a file of the format `name` was edited; None where it has none."""
    found: Examiner | None = _loaded(EXAMINERS, name)
    return found


def verifier(name: str) -> Verifier | None:
    """Return what checks files of the format `name`; None where nothing does."""
    found: Verifier | None = _loaded(VERIFIERS, name)
    return found


def reader(name: str) -> Reader | None:
    """Return what reads edited files of the format `name` back; None for a format that is not read."""
    found: Reader | None = _loaded(READERS, name)
    return found


def writer(name: str) -> Writer:
    """Return the writer of the format `name`. Raise KeyError for one that is not in FORMATS."""
    found: Writer | None = _loaded(FORMATS, name)
    if found is None:
        raise KeyError(name)
    return found


def _loaded(table: Mapping[str, str], name: str) -> Any:  # noqa: ANN401  # each table has functions of its own type
    """Return the function that `table` names for the format `name`; None where it names none."""
    if name not in table:
        return None
    module, _, attribute = table[name].partition(":")
    return getattr(import_module(module), attribute)
