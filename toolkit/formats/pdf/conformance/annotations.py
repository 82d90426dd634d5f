"""Rules of links and fields: in the structure, in its order, and told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Element, Held, Object, TaggedFile, resolved

_TYPES: Final = {"/Link": "Link", "/Widget": "Form"}  # what holds an annotation; any other is held by Annot
_HIDDEN: Final = 1 << 1  # of an annotation's flags (ISO 32000-1, table 165)


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the links and fields."""
    owners = {kid.number: element for element in file.elements for kid in element.kids if isinstance(kid, Held)}
    for number, page in enumerate(file.pages, 1):
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield Failure("tab-order", "links are not stepped through in the order of the structure", number)
    for page, number, annotation in file.annotations:
        if not int(annotation.get("/F", 0)) & _HIDDEN and annotation.get("/Subtype") != "/Popup":
            yield from _each(file, page, annotation, owners.get(number))


def _each(file: TaggedFile, page: int, annotation: Object, owner: Element | None) -> Iterator[Failure]:
    kind = str(annotation.get("/Subtype"))
    words = str(annotation.get("/Contents") or "").strip()
    if owner is None or "/StructParent" not in annotation:
        yield Failure("annotation-tagged", "a link or field is not in the structure", page, owner)
    elif owner.kind != _TYPES.get(kind, "Annot"):
        yield Failure("annotation-type", f"a link or field is held by an element {owner.name}", page, owner)
    if kind == "/Widget":
        if not str(annotation.get("/TU") or (resolved(annotation.get("/Parent")) or {}).get("/TU") or "").strip():
            yield Failure("field-words", "a field does not say what it is for", page, owner)
    elif not words:
        yield Failure("annotation-words", "a link does not say where it leads", page, owner)
    elif kind == "/Link" and owner is not None and _is_address(annotation, words, file.words(owner)):
        yield Failure("link-words", f"a link is told by its address, {words[:60]}, and not by its words", page, owner)


def _is_address(annotation: Object, words: str, shown: str) -> bool:
    """Return whether a link's words are its address, though the words that are printed are no part of that."""
    leads = str((resolved(annotation.get("/A")) or {}).get("/URI") or annotation.get("/Dest") or "")
    return words == leads and re.sub(r"\s", "", shown) not in re.sub(r"\s", "", leads)
