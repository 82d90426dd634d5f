"""What a sheet was built from, carried in the file itself, twice: any one of the two is enough to read it back.

It is a custom XML part, which Word and LibreOffice keep, and again custom properties of 240 characters each, which
go through OpenDocument as well. Both hold canonical JSON, deflated, in base64, with the SHA-256 of the JSON.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml import etree

from toolkit.formats.docx import stamp as stamps
from toolkit.formats.docx.reading.origin import VERSION, Origin, dumped, loaded
from toolkit.formats.docx.reading.package import Package, parsed, refuse
from toolkit.model.diagnostics import LessonError
from toolkit.model.stamp import FORMAT, Stamp

_SPACE: Final = "urn:hornbook:sheet:"
_NAME: Final = f"{{{_SPACE}{VERSION}}}sheet"
_PROPERTY: Final = "SheetBase"
_LARGEST: Final = 20_000_000  # bytes of JSON; a teacher's handout has 80 000
_BROKEN: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, zlib.error)


def item_of(origin: Origin) -> bytes:
    """Return `origin` as the custom XML document that a file carries."""
    digest, text = _packed(origin)
    root = etree.fromstring(f'<sheet xmlns="{_SPACE}{VERSION}"/>')
    root.set("sha256", digest)
    root.text = text
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def seal(data: bytes, stamp: Stamp) -> bytes:
    """Return the .docx `data`, which our writer made, sealed with `stamp`, and with its second carrier."""
    found = [one for one in map(_item, stamps.custom_items(data)) if one]
    return stamps.seal(data, stamp, stamps.chunked(_PROPERTY, ":".join(found[0])) if found else {})


def carried(data: bytes, package: Package) -> tuple[Origin, Stamp | None]:
    """Return what the file `data`, unpacked as `package`, was built from, and its stamp where that is left.

    Raise LessonError with one diagnostic for a file that no build of this version made.
    """
    stamp = stamps.read_stamp(data)
    later = stamp is not None and stamp.format > FORMAT
    damaged = False
    for digest, text in _carriers(package, stamp):
        try:
            told = _unpacked(digest, text)
            later = later or int(told["version"]) > VERSION
            if not later:
                return loaded(told), stamp
        except _BROKEN:
            damaged = True
    if later or _of_another_version(package):
        refuse("W906", "the sheet was made by a later version of Hornbook", "update Hornbook, then pull again")
    if damaged or stamp is not None:
        hint = "pull from an earlier copy of it, or build it again and make the edits there"
        refuse("W903", "what the sheet was built from is no longer whole in the file", hint)
    refuse("W905", "this Word document is no sheet that Hornbook made", "pull reads what hornbook build wrote")


def _carriers(package: Package, stamp: Stamp | None) -> Iterator[tuple[str, str]]:
    for name in sorted(package.xml):
        if name.startswith("customXml/") and _SPACE.encode() in package.xml[name]:
            found = _item(package.xml[name])
            if found:
                yield found
    whole = stamps.joined(stamp.properties, _PROPERTY) if stamp else ""
    digest, sign, text = whole.partition(":")
    if sign:
        yield digest, text


def _item(data: bytes) -> tuple[str, str] | None:
    """Return digest and text of a custom XML document of ours, None for another."""
    try:
        root = parsed(data, "customXml")
    except LessonError:
        return None
    return (root.get("sha256") or "", root.text or "") if root.tag == _NAME else None


def _of_another_version(package: Package) -> bool:
    found = (data for name, data in package.xml.items() if name.startswith("customXml/item"))
    return any(f'="{_SPACE}'.encode() in data and f'="{_SPACE}{VERSION}"'.encode() not in data for data in found)


def _packed(origin: Origin) -> tuple[str, str]:
    told = json.dumps(dumped(origin), ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest(), base64.b64encode(zlib.compress(told, 9)).decode()


def _unpacked(digest: str, text: str) -> Mapping[str, Any]:
    """Return the plain data that `text` holds. Raise one of _BROKEN where it is not as it was written."""
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
    told = zlib.decompressobj().decompress(packed, _LARGEST)
    if hashlib.sha256(told).hexdigest() != digest:
        raise ValueError("not what was written")
    found: Mapping[str, Any] = json.loads(told)
    return found
