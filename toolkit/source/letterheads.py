"""Reading a school's letterhead: a Word file or template that gives its styles, header, footer and page.

The file comes from anywhere. It is unpacked within limits, its macros are refused, nothing outside of it is
fetched, and of its parts only those are kept that a sheet takes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from lxml import etree
from lxml.etree import _Element

from toolkit.model.diagnostics import Diagnostic, LessonError, Severity
from toolkit.model.letterhead import Letterhead, Look, Running, Sides
from toolkit.model.quoting import quoted
from toolkit.model.theme import contrast
from toolkit.source import files
from toolkit.source.packages import UnfitPackageError, unpacked
from toolkit.source.school_styles import Styles, W

LARGEST: Final = 20_000_000  # bytes
LARGEST_PART: Final = 4_000_000  # bytes of one part that is parsed
_NARROWEST: Final = 6800  # dxa, 12 cm: below it answer lines and tables of four columns are of no use
_LOWEST: Final = 7200  # dxa, 5 in, of text on a page
_DIGITS: Final = 6  # of a length in dxa that a page can have
_READABLE: Final = 4.5  # WCAG 2.2, 1.4.3
_SMALLEST: Final = 10.0  # pt of the text, as on every other sheet
_SOFT: Final = "55524D"

# The styles of Word that a sheet has too.
TAKEN: Final = frozenset(
    (
        "normal", "subtitle", "body text", "quote", "caption", "list bullet", "list number", "footnote text", "strong",
        "emphasis", "hyperlink", *(f"heading {level}" for level in range(1, 7)),
    )
)  # fmt: skip  # names read better in lines

_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN: Final = frozenset((f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"))
_MEDIA: Final[Mapping[str, str]] = MappingProxyType({
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "emf": "image/x-emf", "wmf": "image/x-wmf",
})  # fmt: skip  # pairs
# What is of no use on somebody else's page, or names things outside of it.
_DROPPED: Final = (
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "del", "moveFrom",
    "proofErr", "permStart", "permEnd", "object", "control", "altChunk", "subDoc", "footnoteReference",
    "endnoteReference", "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblStyle",
)  # fmt: skip  # names read better in lines


def read(folder: Path, name: str) -> tuple[Letterhead, tuple[Diagnostic, ...]]:
    """Return the letterhead in the file `name` of `folder`, and what of it is not taken, as warnings.

    Raise LessonError at the address "reference" for a file that is none.
    """
    path = files.locate(folder, name, "letterhead", "reference")
    data = files.read_bytes(path, files.shown_path(path), largest=LARGEST, code="P605")
    try:
        found = _letterhead(unpacked(data))
    except UnfitPackageError as error:
        hint = "give a .docx or .dotx that Word saved"
        message = f"the letterhead {quoted(name)} {error}"
        raise LessonError([Diagnostic("P605", message, address="reference", needle=name, hint=hint)]) from None
    taken = [_taken(look) for look in found.looks if look.name in TAKEN]
    refused = ", ".join(said for _, said in taken if said)
    message = f"{quoted(name)} has what is too small or too faint to read, and is not taken: {refused}"
    notice = Diagnostic("P606", message, address="reference", severity=Severity.WARNING)
    return replace(found, looks=tuple(look for look, _ in taken)), (notice,) if refused else ()


def _taken(look: Look) -> tuple[Look, str]:
    """Return what a sheet takes of a look, and what is wrong with the rest, "" for nothing."""
    if look.color and contrast(f"#{look.color}", "#ffffff") < _READABLE:
        return replace(look, color=None), f"the colour #{look.color.lower()} of {look.name}"
    if look.name == "normal" and look.size and look.size < _SMALLEST:
        return replace(look, size=None), f"the size {look.size:g} pt of {look.name}"
    return look, ""


def _letterhead(parts: Mapping[str, bytes]) -> Letterhead:
    main = next((target for kind, target, _ in _relations(parts, "").values() if kind.endswith("/officeDocument")), "")
    root = _parsed(parts, main)
    types = _parsed(parts, "[Content_Types].xml")
    if root is None or types is None:
        raise UnfitPackageError("is not a Word file")
    kinds = {one.get("PartName"): one.get("ContentType") or "" for one in types.iter(_OVERRIDE)}
    if "macroEnabled" in kinds.get(f"/{main}", "") or any(one.lower().endswith("vbaproject.bin") for one in parts):
        raise UnfitPackageError("holds macros, which no worksheet needs")
    if kinds.get(f"/{main}") not in _MAIN or root.tag != f"{W}document":
        raise UnfitPackageError("is not a Word file, or one in the form Strict Open XML")
    related = _relations(parts, main)
    by_kind = {kind.rpartition("/")[2]: target for kind, target, _ in related.values()}
    styles = Styles(_parsed(parts, by_kind.get("styles", "")), _parsed(parts, by_kind.get("theme", "")))
    sections = list(root.iter(f"{W}sectPr"))
    if not sections:
        raise UnfitPackageError("says nothing of its page")
    running = tuple(_all_running(parts, sections, related, styles))
    return Letterhead(_sides(sections[-1]), tuple(styles.looks()), running)


def _sides(section: _Element) -> Sides:
    def told(tag: str, name: str, usual: int) -> int:
        found = section.find(f"{W}{tag}")
        value = (found.get(f"{W}{name}") if found is not None else None) or str(usual)
        return abs(int(value)) if value.lstrip("-").isdecimal() and len(value) <= _DIGITS else usual

    sides = Sides(
        told("pgSz", "w", 12240), told("pgSz", "h", 15840), told("pgMar", "top", 1440),
        told("pgMar", "right", 1440), told("pgMar", "bottom", 1440),
        told("pgMar", "left", 1440) + told("pgMar", "gutter", 0), told("pgMar", "header", 720),
        told("pgMar", "footer", 720),
    )  # fmt: skip  # pairs
    if sides.measure < _NARROWEST:
        raise UnfitPackageError(f"leaves {max(sides.measure, 0) / 56.7:.0f} mm between its margins; a sheet wants 120")
    if sides.height - sides.top - sides.bottom < _LOWEST or sides.width > sides.height:
        raise UnfitPackageError("has a page that is too low, or lies on its side")
    return sides


def _all_running(
    parts: Mapping[str, bytes], sections: list[_Element], related: Mapping[str, tuple[str, str, bool]], styles: Styles
) -> Iterator[Running]:
    """Yield headers and footers; those of all pages stand on the first one too, where that has none of its own."""
    own = sections[-1].find(f"{W}titlePg") is not None
    for kind in ("header", "footer"):
        found: dict[str, str] = {}
        for reference in (one for section in sections for one in section.iter(f"{W}{kind}Reference")):
            target = related.get(reference.get(f"{{{_R}}}id") or "")
            found[reference.get(f"{W}type") or ""] = target[1] if target else ""
        for page in ("first", "default"):
            name = found.get(page if page == "default" or own else "default")
            if name:
                yield _running(parts, name, "header" if kind == "header" else "footer", page, styles)


def _running(
    parts: Mapping[str, bytes], name: str, kind: Literal["header", "footer"], page: Literal["first", "default"],
    styles: Styles,
) -> Running:  # fmt: skip  # reads as a list
    root = _parsed(parts, name)
    if root is None:
        raise UnfitPackageError(f"lacks its {kind}")
    _clean(root)
    styles.flatten(root)
    _darken(root)
    used = {str(value) for one in root.iter() for key, value in one.items() if str(key).startswith(f"{{{_R}}}")}
    pictures, links = [], []
    for identifier, (sort, target, outside) in _relations(parts, name).items():
        if identifier not in used:
            continue
        used.discard(identifier)
        if sort.endswith("/hyperlink") and outside and target.startswith(("http://", "https://", "mailto:")):
            links.append((identifier, target))
        elif not outside and sort.endswith("/image") and target in parts and _media(target):
            pictures.append((identifier, _media(target), parts[target]))
        else:
            where = "leads out of it" if outside else "is none that a sheet can take"
            raise UnfitPackageError(f"has something in its {kind} that {where}: {quoted(target)}")
    if used:
        raise UnfitPackageError(f"lacks something that its {kind} shows")
    codes = [one.get(f"{W}instr") or one.text or "" for one in root.iter(f"{W}fldSimple", f"{W}instrText")]
    paged = any("PAGE" in code.split() for code in codes)
    return Running(kind, page, etree.tostring(root, encoding="UTF-8"), tuple(pictures), tuple(links), paged)


def _media(name: str) -> str:
    return _MEDIA.get(name.rpartition(".")[2].lower(), "")


def _clean(root: _Element) -> None:
    """Take out of a header what belongs to the file that it comes from: marks, changes, programs, identities."""
    for one in list(root.iter(*(f"{W}{tag}" for tag in _DROPPED))):
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    for one in list(root.iter(f"{W}ins", f"{W}moveTo", f"{W}smartTag", f"{W}customXml")):
        parent = one.getparent()
        if parent is not None:
            for child in list(one):
                one.addprevious(child)
            parent.remove(one)
    for one in root.iter():
        for key in list(one.attrib):
            if "rsid" in str(key) or str(key).endswith(("}paraId", "}textId", "}anchorId", "}editId")):
                del one.attrib[key]


def _darken(root: _Element) -> None:
    """Make text that is too faint to read as dark as captions are."""
    for color in root.iter(f"{W}color"):
        value = color.get(f"{W}val") or ""
        if len(value) == 6 and not set(value.upper()) - set("0123456789ABCDEF"):
            if contrast(f"#{value}", "#ffffff") < _READABLE:
                color.set(f"{W}val", _SOFT)
        elif value != "auto":
            color.set(f"{W}val", "auto")


def _relations(parts: Mapping[str, bytes], name: str) -> dict[str, tuple[str, str, bool]]:
    """Return the relationships of a part by their identifiers: kind, target, and whether that is outside the file."""
    folder, _, file = name.rpartition("/")
    root = _parsed(parts, posixpath.join(folder, "_rels", f"{file}.rels"))
    found = {}
    for one in root.iter(_RELATION) if root is not None else ():
        outside, target = one.get("TargetMode") == "External", one.get("Target") or ""
        whole = target if outside else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[one.get("Id") or ""] = (one.get("Type") or "", whole, outside)
    return found


def _parsed(parts: Mapping[str, bytes], name: str) -> _Element | None:
    """Return the root of a part, None where there is no such part. Raise UnfitPackageError for one that is broken."""
    if name not in parts:
        return None
    if len(parts[name]) > LARGEST_PART:
        raise UnfitPackageError(f"has a part that is too large: {name[:80]}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(parts[name], parser)
    except etree.XMLSyntaxError:
        raise UnfitPackageError(f"has a part that is broken: {name[:80]}") from None
