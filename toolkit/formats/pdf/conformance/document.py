"""Rules of the file as a whole: what it says of itself, and what it must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.formats.pdf.conformance.rules import Failure
from toolkit.formats.pdf.conformance.tagged import Object, TaggedFile, resolved

# BCP 47 (RFC 5646), 2.1: language, script, region, variants, extensions; or private use alone.
TAG: Final = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*"
    r"(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?|[xX](?:-[A-Za-z0-9]{1,8})+"
)
_PRINTABLE: Final = 1 << 9  # of the permissions: reading by assistive technology (ISO 32000-1, table 22)
_ACTIONS: Final = frozenset(("/URI", "/GoTo"))


def check(file: TaggedFile) -> Iterator[Failure]:
    """Yield what is wrong with the file as a whole."""
    yield from _said(file)
    yield from _languages(file)
    yield from _held(file)
    if any(re.fullmatch("H[1-6]?", element.kind) for element in file.elements) and not _outlines(file):
        yield Failure("bookmarks", "the file has headings and no bookmarks")


def _said(file: TaggedFile) -> Iterator[Failure]:
    catalog = file.catalog
    packet = _packet(catalog)
    if not re.search(r"pdfuaid:part(?:\s*=\s*[\"']|>\s*)1\b", packet) or packet.count("<rdf:RDF") > 1:
        yield Failure("identifier", "the file does not say that it is PDF/UA-1")
    information = resolved(catalog.get("/MarkInfo")) or {}
    if not _true(information.get("/Marked")):
        yield Failure("marked", "the file does not say that it is tagged")
    if _true(information.get("/Suspects")):
        yield Failure("suspects", "the file says that its tags may be wrong")
    if not re.search(r"<dc:title>.*?<rdf:li[^>]*>\s*[^<\s]", packet, re.S):
        yield Failure("title", "the file has no title")
    if not _true((resolved(catalog.get("/ViewerPreferences")) or {}).get("/DisplayDocTitle")):
        yield Failure("title-shown", "the file does not ask viewers to show its title")


def _languages(file: TaggedFile) -> Iterator[Failure]:
    language = str(file.catalog.get("/Lang") or "")
    if not TAG.fullmatch(language):
        yield Failure("language", f"the file's language is {language}" if language else "the file names no language")
    for element in file.elements:
        own = element.said("Lang")
        if "/Lang" in element.raw and not TAG.fullmatch(own):
            yield Failure("language-tags", f"words are said to be in the language “{own}”", element=element)
    for page in file.marks:
        for mark in page:
            own = str(mark.properties.get("Lang", "en"))
            if not TAG.fullmatch(own):
                yield Failure("language-tags", f"words are said to be in the language “{own}”", mark.page)


def _held(file: TaggedFile) -> Iterator[Failure]:
    catalog = file.catalog
    names = resolved(catalog.get("/Names")) or {}
    if "/JavaScript" in names or "/AA" in catalog or any(_runs(action) for action in _actions(file)):
        yield Failure("scripts", "the file runs something when it is read")
    files = [each for _, _, each in file.annotations if each.get("/Subtype") == "/FileAttachment"]
    if "/EmbeddedFiles" in names or "/AF" in catalog or files:
        yield Failure("attachments", "the file has other files attached to it")
    layers = resolved(catalog.get("/OCProperties")) or {}
    for each in [layers.get("/D"), *(resolved(layers.get("/Configs")) or [])] if layers else []:
        setting = resolved(each) or {}
        if not setting.get("/Name") or "/AS" in setting:
            yield Failure("layers", "the file has layers without a name, or that show themselves and hide")
    encryption = resolved(file.reader.trailer.get("/Encrypt"))
    if encryption is not None and not int(encryption.get("/P", 0)) & _PRINTABLE:
        yield Failure("encryption", "the file forbids that a screen reader reads it")


def _actions(file: TaggedFile) -> Iterator[Object]:
    yield resolved(file.catalog.get("/OpenAction"))
    for holder in (*file.pages, *(each for _, _, each in file.annotations)):
        yield resolved(holder.get("/A"))
        yield from (resolved(action) for action in (resolved(holder.get("/AA")) or {}).values())


def _runs(action: Object) -> bool:
    """Return whether `action` does more than lead to a place."""
    return isinstance(action, dict) and action.get("/S") not in _ACTIONS


def _outlines(file: TaggedFile) -> bool:
    return "/First" in (resolved(file.catalog.get("/Outlines")) or {})


def _packet(catalog: Object) -> str:
    metadata = resolved(catalog.get("/Metadata"))
    return metadata.get_data().decode("utf-8", "replace") if metadata is not None else ""


def _true(value: Object) -> bool:
    return value is not None and str(value) == "True"
