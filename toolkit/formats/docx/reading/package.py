"""The parts of an edited Word file, read within limits: whoever sent it, a file is refused in one clear line.

Nothing is written to disk and nothing outside the file is asked for. The limits are far above any lesson: the
sample lesson's worksheet has 20 KB, 4 000 elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NoReturn

from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx.oxml import R, W
from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.source.packages import UnfitPackageError, unpacked

LARGEST_FILE: Final = 25_000_000  # bytes
XML: Final = (".xml", ".rels")
MOST_ELEMENTS: Final = 300_000

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS: Final = "application/vnd.ms-word.document.macroEnabled.main+xml"
_ENCODING: Final = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_AGAIN: Final = "open it in Word and save it as a Word document (.docx)"


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file: its XML parts by name, the digests of its other parts, and the name of the main part."""

    xml: Mapping[str, bytes]
    digests: Mapping[str, str]
    main: str

    def root(self, name: str) -> _Element | None:
        """Return the root element of the part `name`; None where the file has no such part."""
        return parsed(self.xml[name], name) if name in self.xml else None

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return the relationships of `part` by id: kind (the last step of its type), target, whether outside."""
        folder, _, name = part.rpartition("/")
        root = self.root(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found: dict[str, tuple[str, str, bool]] = {}
        for one in root.iter(_RELATIONS) if root is not None else ():
            outside = one.get("TargetMode") == "External"
            target = one.get("Target") or ""
            kind = (one.get("Type") or "").rpartition("/")[2]
            found[one.get("Id") or ""] = (kind, target if outside else _resolved(folder, target), outside)
        return found

    def related(self, kind: str) -> _Element | None:
        """Return the root of the part that the main part is related to by `kind` ("styles", "comments")."""
        for found, target, outside in self.relations(self.main).values():
            if found == kind and not outside:
                return self.root(target)
        return None


def opened(data: bytes) -> Package:
    """Return the parts of the Word file `data`. Raise LessonError, with one diagnostic, for what is none."""
    _recognized(data)
    try:
        parts = unpacked(data)
    except UnfitPackageError as error:
        why = str(error)
        if "password" in why:
            refuse("W904", f"the file {why}", "take the password off and save it again")
        refuse("W902" if "more than" in why or "at most" in why else "W903", f"the file {why}", _AGAIN)
    if "mimetype" in parts and "[Content_Types].xml" not in parts:
        refuse("W901", "this is an OpenDocument file or an e-book", _AGAIN)
    xml = {name: part for name, part in parts.items() if name.endswith(XML)}
    _modest(xml)
    digests = {name: sha256(part).hexdigest() for name, part in parts.items() if name not in xml}
    return Package(xml, digests, _main(xml))


def refuse(code: str, message: str, hint: str = "") -> NoReturn:
    """Raise LessonError with one diagnostic."""
    raise LessonError([Diagnostic(code, message, hint=hint)])


def parsed(data: bytes, name: str) -> _Element:
    """Return the root of the XML `data`, the part `name`. No entity is resolved and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        refuse("W903", f"the file is damaged: its part {name} cannot be read", _AGAIN)


def _recognized(data: bytes) -> None:
    """Refuse what its first bytes show to be no Word file of today."""
    if len(data) > LARGEST_FILE:
        refuse("W902", f"the file is larger than {LARGEST_FILE // 1_000_000} MB", "take out what is not of the sheet")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            refuse("W904", "the file is protected by a password", "take the password off and save it again")
        refuse("W901", "this is a file of an old Word (.doc)", _AGAIN)
    if data.startswith(b"%PDF"):
        refuse("W901", "this is a PDF, which cannot be read back", "edit the .docx of the sheet")
    if data.startswith(b"{\\rtf"):
        refuse("W901", "this is an RTF file", _AGAIN)
    if not data.startswith(b"PK"):
        refuse("W901", "this is not a Word document" if data else "the file is empty", "name the edited .docx")


def _modest(xml: Mapping[str, bytes]) -> None:
    """Refuse what is written as no word processor writes, or has more elements than any lesson."""
    if len({name.casefold() for name in xml}) < len(xml):
        refuse("W903", "the file is damaged: it holds a part twice", _AGAIN)
    elements = 0
    for name, data in xml.items():
        _plain(data, name)
        elements += data.count(b"<") - data.count(b"</")
        if elements > MOST_ELEMENTS:
            refuse("W902", f"the file has more than {MOST_ELEMENTS:,} elements", "no lesson is so long")


def _plain(data: bytes, name: str) -> None:
    """Refuse XML that is not UTF-8 text."""
    said = _ENCODING.match(data[:400].removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in data or (said and said[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}):
        refuse("W903", f"the part {name} of the file is not UTF-8 text", _AGAIN)


def _main(xml: Mapping[str, bytes]) -> str:
    """Return the name of the main part; refuse what is another kind of file."""
    if "[Content_Types].xml" not in xml or "_rels/.rels" not in xml:
        refuse("W901", "this is not a Word document: it is a zip archive of something else", "name the edited .docx")
    rels = parsed(xml["_rels/.rels"], "_rels/.rels")
    targets = [one for one in rels.iter(_RELATIONS) if (one.get("Type") or "").endswith("/officeDocument")]
    main = _resolved("", targets[0].get("Target") or "") if targets else ""
    kind = _kind(parsed(xml["[Content_Types].xml"], "[Content_Types].xml"), main)
    if "template" in kind.casefold():
        refuse("W901", "this is a Word template (.dotx or .dotm)", _AGAIN)
    if "spreadsheet" in kind or "presentation" in kind:
        refuse("W901", "this is a spreadsheet or a presentation", "name the edited .docx")
    if main not in xml:
        refuse("W903", "the file is damaged: its text is missing", "ask for it again, or take an earlier copy")
    root = parsed(xml[main], main)
    if root.tag.startswith("{http://purl.oclc.org/ooxml/"):
        refuse("W901", "this is a Strict Open XML document", "in Word choose “Word Document (*.docx)” when saving")
    if root.tag != f"{{{W}}}document" or root.find(f"{{{W}}}body") is None or kind not in (_MAIN, _MACROS):
        refuse("W901", "this is not a Word document", "name the edited .docx")
    return main


def _kind(types: _Element, main: str) -> str:
    for one in types.iter(f"{_TYPES}Override"):
        if (one.get("PartName") or "").lstrip("/") == main:
            return one.get("ContentType") or ""
    ending = main.rpartition(".")[2]
    found = (one.get("ContentType") for one in types.iter(f"{_TYPES}Default") if one.get("Extension") == ending)
    return next(found, None) or ""


def _resolved(folder: str, target: str) -> str:
    """Return the part that `target` names in a relationship of a part in `folder`."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def relation_of(element: _Element, name: str = "id") -> str:
    """Return the relationship that the attribute r:`name` of `element` names, "" where there is none."""
    return element.get(f"{{{R}}}{name}") or ""
