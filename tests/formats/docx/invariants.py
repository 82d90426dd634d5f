"""What no schema says of a .docx, and Word, LibreOffice or a reader of our bookmarks relies on."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TERMS = "{http://purl.org/dc/terms/}"

W3CDTF = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BOOKMARK = re.compile(r"_LT_[A-Za-z0-9_]{1,36}")


def findings(data: bytes) -> list[str]:
    """Return what is wrong with the document `data`, in words; an empty list is a sound document."""
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        twice = [name for name, count in Counter(names).items() if count > 1]
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} is in the file twice" for name in twice]
    roots: dict[str, _Element] = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                found.append(f"{name} is not XML: {error}")
    found += _package(parts, roots)
    found += _marks(roots)
    found += _fields(roots)
    found += _references(roots)
    found += _tables(roots)
    return found


# -- the package -------------------------------------------------------------------------------------


def _package(parts: dict[str, bytes], roots: dict[str, _Element]) -> Iterator[str]:
    related = {"[Content_Types].xml"}
    for name, root in roots.items():
        if name.endswith(".rels"):
            related.add(name)
            yield from _relations(name, root, parts, roots, related)
    for name in parts.keys() - related:
        yield f"{name} is not related to anything"
    yield from _types(parts, roots)
    core = roots.get("docProps/core.xml")
    for tag in ("created", "modified"):
        date = core.findtext(f"{TERMS}{tag}") if core is not None else None
        if date is None or not W3CDTF.fullmatch(date):
            yield f"the core property {tag} is not a date: {date}"


def _relations(
    name: str, root: _Element, parts: dict[str, bytes], roots: dict[str, _Element], related: set[str]
) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    owner = roots.get(posixpath.join(folder, posixpath.basename(name).removesuffix(".rels")))
    identifiers = [relation.get("Id") or "" for relation in root]
    for twice in [one for one, count in Counter(identifiers).items() if count > 1]:
        yield f"{name} has {twice} twice"
    for relation in root:
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
            related.add(target)
            if target not in parts:
                yield f"{name} leads to {target}, which is not there"
    if owner is not None:
        used = {str(value) for one in owner.iter() for key, value in one.items() if str(key).startswith(R)}
        for missing in used - set(identifiers):
            yield f"{name} lacks {missing}"


def _types(parts: dict[str, bytes], roots: dict[str, _Element]) -> Iterator[str]:
    types = roots.get("[Content_Types].xml")
    if types is None:
        yield "there are no content types"
        return
    defaults = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
    overrides = {(one.get("PartName") or "").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    for name in parts:
        if name not in overrides and name.rpartition(".")[2] not in defaults and name != "[Content_Types].xml":
            yield f"{name} has no content type"
    for name in overrides - parts.keys():
        yield f"a content type is given for {name}, which is not there"


# -- bookmarks and identifiers -----------------------------------------------------------------------


def _marks(roots: dict[str, _Element]) -> Iterator[str]:
    starts: list[tuple[str, str]] = []
    for name, root in roots.items():
        here = [(one.get(f"{W}id") or "", one.get(f"{W}name") or "") for one in root.iter(f"{W}bookmarkStart")]
        ends = Counter(one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd"))
        for number, bookmark in here:
            if ends[number] != 1:
                yield f"{name}: the bookmark {bookmark} is not closed once"
        for closed in ends.keys() - {number for number, _ in here}:
            yield f"{name}: bookmark {closed} is closed and never opened"
        starts += here
        yield from _misplaced(name, root)
    yield from _repeated("bookmark id", [number for number, _ in starts])
    yield from _repeated("bookmark name", [bookmark for _, bookmark in starts])
    for _, bookmark in starts:
        if bookmark.startswith("_LT_") and not BOOKMARK.fullmatch(bookmark):
            yield f"the bookmark name {bookmark} is too long or has a character that Word does not take"
    everything = list(roots.values())
    yield from _repeated("drawing id", [one.get("id") or "" for root in everything for one in root.iter(f"{WP}docPr")])
    yield from _repeated("control id", _values(everything, f"{W}sdtPr/{W}id", f"{W}val"))
    yield from _repeated(
        "paragraph id", [given for root in everything for one in root.iter() if (given := one.get(f"{W14}paraId"))]
    )


def _misplaced(name: str, root: _Element) -> Iterator[str]:
    for start in root.iter(f"{W}bookmarkStart"):
        paragraph = start.getparent()
        later = list(start.itersiblings(f"{W}bookmarkEnd"))
        end = next((one for one in later if one.get(f"{W}id") == start.get(f"{W}id")), None)
        if paragraph is None or paragraph.tag != f"{W}p" or end is None:
            yield f"{name}: the bookmark {start.get(f'{W}name')} is not round the text of one paragraph"
        elif start.getnext() is end:
            yield f"{name}: the bookmark {start.get(f'{W}name')} holds nothing"


def _values(roots: list[_Element], path: str, attribute: str) -> list[str]:
    return [one.get(attribute) or "" for root in roots for one in root.iterfind(f".//{path}")]


def _repeated(what: str, values: list[str]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"the {what} {value} is given {count} times"


# -- fields, styles, numbers, notes ------------------------------------------------------------------


def _fields(roots: dict[str, _Element]) -> Iterator[str]:
    for name, root in roots.items():
        depth = 0
        for one in root.iter(f"{W}fldChar", f"{W}fldSimple"):
            if one.tag == f"{W}fldSimple":
                if not (one.get(f"{W}instr") or "").strip():
                    yield f"{name}: a field has no instruction"
                continue
            kind = one.get(f"{W}fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind or "", 0)
            if depth < 0:
                yield f"{name}: a field ends that never began"
        if depth > 0:
            yield f"{name}: a field is not closed"


def _references(roots: dict[str, _Element]) -> Iterator[str]:
    texts = [root for name, root in roots.items() if name.startswith("word/") and not name.endswith(".rels")]
    styles = set(_values(texts, f"{W}style", f"{W}styleId"))
    for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"):
        for style in set(_values(texts, f"{W}{tag}", f"{W}val")) - styles:
            yield f"there is no style {style}"
    numbers = {*_values(texts, f"{W}num", f"{W}numId"), "0"}
    for number in set(_values(texts, f"{W}numPr/{W}numId", f"{W}val")) - numbers:
        yield f"there is no numbering {number}"
    abstract = set(_values(texts, f"{W}abstractNum", f"{W}abstractNumId"))
    for number in set(_values(texts, f"{W}num/{W}abstractNumId", f"{W}val")) - abstract:
        yield f"there is no list definition {number}"
    notes = _values(texts, f"{W}footnotes/{W}footnote", f"{W}id") + [
        one.get(f"{W}id") or "" for root in texts if root.tag == f"{W}footnotes" for one in root
    ]
    marks = _values(texts, f"{W}footnoteReference", f"{W}id")
    yield from _repeated("footnote", marks)
    for mark in set(marks) ^ (set(notes) - {"-1", "0"}):
        yield f"footnote {mark} has no text or no mark"
    anchors = set(_values(texts, f"{W}hyperlink", f"{W}anchor")) - {""}
    for anchor in anchors - set(_values(texts, f"{W}bookmarkStart", f"{W}name")):
        yield f"a link leads to {anchor}, which is not there"


# -- tables ------------------------------------------------------------------------------------------


def _tables(roots: dict[str, _Element]) -> Iterator[str]:
    document = roots.get("word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        yield "there is no body"
        return
    if len(body) < 2 or body[-1].tag != f"{W}sectPr" or body[-2].tag != f"{W}p":
        yield "the text does not end with a paragraph and its section"
    for root in roots.values():
        for table in root.iter(f"{W}tbl"):
            after = table.getnext()
            if after is not None and after.tag == f"{W}tbl":
                yield "two tables touch, and Word makes one of them"
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            for row in table.iter(f"{W}tr"):
                if len(row.findall(f"{W}tc")) != columns:
                    yield f"a row has {len(row.findall(f'{W}tc'))} cells in a table of {columns} columns"
            for cell in table.iter(f"{W}tc"):
                if cell[-1].tag != f"{W}p":
                    yield "a cell does not end with a paragraph"
