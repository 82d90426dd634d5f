"""Conformance: whether a PDF file is what a screen reader can read, by rules of our own over the finished file.

`TaggedFile` opens the file; each module that GROUPS names checks one group of the rules in `rules`. What they find is
told as diagnostics, with the place in the lesson where one can be traced. veraPDF knows all of ISO 14289-1, and is
asked too where it is installed (`build.verapdf`); these rules are those that the page engine is known to break.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from toolkit.formats.pdf.complaints import addresses
from toolkit.formats.pdf.conformance.rules import RULES, Failure
from toolkit.formats.pdf.conformance.tagged import TaggedFile
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.printout import Printout

GROUPS: Final = (
    "annotations",
    "artifacts",
    "document",
    "figures",
    "fonts",
    "headings",
    "lists",
    "notes",
    "structure",
    "tables",
)
_SHORTEST: Final = 4  # characters; fewer are found in too many places


def failures(data: bytes) -> tuple[Failure, ...]:
    """Return the rules that the PDF file `data` breaks, in the order of the groups; none of a file that conforms."""
    from pypdf.errors import DependencyError, PyPdfError

    try:
        file = TaggedFile(data)
        checks = (import_module(f"{__name__}.{group}").check for group in GROUPS)
        return tuple(failure for check in checks for failure in check(file))
    except (PyPdfError, DependencyError) as error:
        return (Failure("readable", f"the file cannot be read: {error}"),)


def verify(data: bytes, printout: Printout) -> tuple[Diagnostic, ...]:
    """Return a diagnostic of code B720 for each rule that the PDF of `printout` breaks."""
    found = failures(data)
    file = TaggedFile(data) if any(failure.element for failure in found) else None
    return tuple(_diagnostic(failure, printout, file) for failure in found)


def _diagnostic(failure: Failure, printout: Printout, file: TaggedFile | None) -> Diagnostic:
    clause = RULES[failure.rule]
    standard = f" of ISO 14289-1, {clause}" if clause[:1].isdigit() else f" of {clause}" if clause else ""
    where = f"page {failure.page}: " if failure.page else ""
    address, needle = _place(failure, printout, file)
    return Diagnostic(
        "B720",
        f"{where}{failure.message}",
        address=address,
        needle=needle,
        hint=f"the PDF breaks the rule {failure.rule}{standard}; if the lesson is in order, please report it",
    )


def _place(failure: Failure, printout: Printout, file: TaggedFile | None) -> tuple[str, str]:
    """Return the address of the place that `failure` is about, and words there: its own, or those before it."""
    if failure.element is None or file is None:
        return "", ""
    for words in _words_up_to(file, failure.element.number):
        address = next(addresses(printout, words, ""), "")
        if address:
            return address, words
    return "", ""


def _words_up_to(file: TaggedFile, number: int) -> Iterator[str]:
    """Yield the words of each piece under the element with that number, then of those before it, the nearest first."""
    before: list[str] = []
    for element in file.elements:
        if element.number == number:
            for content in file.contents(element):
                before.append(file.marked[content].words if content in file.marked else "")
            break
        pieces = [file.marked[kid].words for kid in element.kids if kid in file.marked]
        before += pieces
    yield from (stripped for words in reversed(before) if len(stripped := words.strip()) >= _SHORTEST)
