"""Rules of what the pages paint: it is either in the structure or an artifact, and never both."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import TaggedFile


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the content of the pages."""
    for number, page in enumerate(file.marks, 1):
        if any(mark.paints and not mark.artifact and not mark.tagged for mark in page):
            words = " ".join("".join(m.words for m in page if not m.artifact and not m.tagged).split())
            said = f"the words “{words[:40]}” are" if words else "something is painted that is"
            yield Failure("content-tagged", f"{said} neither in the structure nor set apart from it", number)
        if any(m.artifact and m.tagged for m in page):
            yield Failure("artifact-apart", "something is in the structure and set apart from it", number)
        for mark in page:
            if mark.tag == "Artifact" and mark.words.strip() and "Type" not in mark.properties:
                message = f"the words “{mark.words.strip()[:40]}” are set apart without a reason"
                yield Failure("artifact-type", message, number)
            if mark.in_form and mark.number is not None:
                yield Failure("form-marks", "a picture has pieces of the structure in it", number)
