"""The stamp of a Word file: what it was made of, and whether anybody touched it since.

It is a list of custom properties, docProps/custom.xml (ISO/IEC 29500-1, 22.3), which Word and LibreOffice keep however
often a file is saved; LibreOffice drops nearly all other hidden places. One of them is a hash of everything else in
the file, so a file says by itself that it is pristine: a lost record or changed lessons take nothing from that. What
was hashed are the parts and not the zip round them, as two builds of zlib deflate one text to different bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Final

from lxml import etree
from lxml.etree import _Element

from toolkit.formats.docx.archive import pack
from toolkit.formats.docx.oxml import R, legal
from toolkit.model.stamp import Stamp, State
from toolkit.source.packages import UnfitPackageError, unpacked

__all__ = ["Stamp", "State", "chunked", "custom_items", "joined", "read_stamp", "seal", "state"]

PART: Final = "docProps/custom.xml"
# Word may cut a property that is longer than 255 characters ([MS-OI29500], 2.1.1717).
LONGEST: Final = 255
CHUNK: Final = 240

_PREFIX: Final = "Hornbook"
_DIGEST: Final = f"{_PREFIX}Digest"
_FORMAT: Final = f"{_PREFIX}Format"
_OWN: Final = MappingProxyType(
    {
        f"{_PREFIX}Lesson": "lesson",
        f"{_PREFIX}Sheet": "sheet",
        f"{_PREFIX}Audience": "audience",
        f"{_PREFIX}Version": "version",
        f"{_PREFIX}Level": "level",
        f"{_PREFIX}Presentation": "presentation",
        f"{_PREFIX}Key": "key",
    }
)

_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
# The one set of properties that Office reads, and the first number it gives (ISO/IEC 29500-1, 22.3.2.2).
_SET: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST: Final = 2


def seal(
    data: bytes, stamp: Stamp, extra: Mapping[str, str] = MappingProxyType({}), items: Sequence[bytes] = ()
) -> bytes:
    """Return the .docx `data` with `stamp`, the properties `extra`, and the XML documents `items` in it.

    The items are the parts customXml/item1.xml, item2.xml ..., each with properties of its own: LibreOffice loses those
    that are not numbered from 1 without a gap. `data` is a file that the writer made, not sealed before. Raise
    ValueError for a property that Word would cut (`chunked` gives long ones), or that is the stamp's own.
    """
    parts = dict(unpacked(data))
    add_items(parts, items)
    _relate(parts, "_rels/.rels", f"{R}/custom-properties", PART)
    _declare(parts, PART, f"{_OFFICE}custom-properties+xml")
    further = {**stamp.properties, **extra}
    own = {name: str(getattr(stamp, field)) for name, field in _OWN.items()}
    for name, value in {**further, **own}.items():
        if len(value) > LONGEST or (name in further and name in {*_OWN, _DIGEST, _FORMAT}):
            raise ValueError(f"the property {name} is too long, or is one of the stamp's own")
    told = {name: legal(value) for name, value in {_FORMAT: str(stamp.format), **own, **further}.items() if value}
    return pack({**parts, PART: _serialized({**told, _DIGEST: _digest(parts, told)})})


def read_stamp(data: bytes) -> Stamp | None:
    """Return what the file `data` says it was made of, edited or not; None for a file that has no stamp of ours."""
    try:
        told = _told(unpacked(data))
    except UnfitPackageError:
        return None
    return _stamp(told)


def state(data: bytes) -> State:
    """Return whether the file `data` is as `seal` left it, was changed since, or was never sealed.

    A file that was opened and saved again counts as changed, as nobody can say what was done to it.
    """
    try:
        parts = unpacked(data)
    except UnfitPackageError:
        return State.FOREIGN
    told = _told(parts)
    if _stamp(told) is None:
        return State.FOREIGN
    digest = told.pop(_DIGEST, "")
    parts.pop(PART)
    return State.PRISTINE if digest == _digest(parts, told) else State.EDITED


def custom_items(data: bytes) -> tuple[bytes, ...]:
    """Return the custom XML documents in the file `data`, in order of their numbers; none where it cannot be read."""
    try:
        parts = unpacked(data)
    except UnfitPackageError:
        return ()
    found = []
    for number in count(1):
        part = parts.get(f"customXml/item{number}.xml")
        if part is None:
            break
        found.append(part)
    return tuple(found)


def chunked(name: str, text: str) -> dict[str, str]:
    """Return `text` as properties that Word does not cut: name000, name001 ... of 240 characters each."""
    pieces = (text[at : at + CHUNK] for at in range(0, len(text), CHUNK))
    return {f"{name}{number:03}": piece for number, piece in enumerate(pieces)}


def joined(properties: Mapping[str, str], name: str) -> str:
    """Return the text that `chunked` made the properties `name`000, ... of, "" where there are none."""
    pieces = []
    for number in count():
        piece = properties.get(f"{name}{number:03}")
        if piece is None:
            break
        pieces.append(piece)
    return "".join(pieces)


def _stamp(told: Mapping[str, str]) -> Stamp | None:
    if _DIGEST not in told or not told.get(_FORMAT, "").isdecimal():
        return None
    own = {field: told.get(name, "") for name, field in _OWN.items()}
    further = {name: value for name, value in told.items() if name not in {*_OWN, _DIGEST, _FORMAT}}
    stamp = Stamp(own["lesson"], own["sheet"], own["audience"], own["version"], own["level"], own["presentation"])
    return replace(stamp, key=own["key"], format=int(told[_FORMAT][:9]), properties=MappingProxyType(further))


def _digest(parts: Mapping[str, bytes], told: Mapping[str, str]) -> str:
    """Return the SHA-256 of `parts` and the properties `told`, each with its kind, name and length before it."""
    found = hashlib.sha256()
    pieces = [("part", name, content) for name, content in sorted(parts.items())]
    pieces += [("property", name, value.encode()) for name, value in sorted(told.items())]
    for kind, name, content in pieces:
        found.update(f"{kind}\0{name}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()


def _told(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the custom properties that are texts."""
    root = _parsed(parts.get(PART, b""))
    if root is None or root.tag != f"{{{_CUSTOM}}}Properties":
        return {}
    return {one.get("name") or "": one.findtext(f"{{{_VALUES}}}lpwstr") or "" for one in root if len(one)}


def _parsed(data: bytes) -> _Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _serialized(told: Mapping[str, str]) -> bytes:
    root = etree.fromstring(f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>')
    for number, (name, value) in enumerate(told.items(), start=_FIRST):
        one = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_SET, pid=str(number), name=name)
        etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = value
    return _written(root)


def add_items(parts: dict[str, bytes], items: Iterable[bytes]) -> None:
    """Add to `parts` custom XML documents, with the identity of each and what relates it (ISO/IEC 29500-1, 22.5).

    They are numbered on from those that are there.
    """
    free = next(number for number in count(1) if f"customXml/item{number}.xml" not in parts)
    for number, item in enumerate(items, start=free):
        name, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
        parts[name] = item
        parts[properties] = _identity(item)
        _relate(parts, "word/_rels/document.xml.rels", f"{R}/customXml", f"../{name}")
        _relate(parts, f"customXml/_rels/item{number}.xml.rels", f"{R}/customXmlProps", f"itemProps{number}.xml")
        _declare(parts, properties, f"{_OFFICE}customXmlProperties+xml")


def _identity(item: bytes) -> bytes:
    """Return the properties of a custom XML document: a GUID that is made of its bytes, and its namespace."""
    number = hashlib.sha256(item).hexdigest().upper()
    steps = (number[:8], number[8:12], number[12:16], number[16:20], number[20:32])
    root = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    root.set(f"{{{_STORE}}}itemID", "{" + "-".join(steps) + "}")
    schemas = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    namespace = etree.QName(etree.fromstring(item)).namespace
    if namespace:
        etree.SubElement(schemas, f"{{{_STORE}}}schemaRef").set(f"{{{_STORE}}}uri", namespace)
    return _written(root)


def _relate(parts: dict[str, bytes], name: str, kind: str, target: str) -> None:
    """Add a relationship of `kind` to the part `name`, which is made where there is none."""
    there = _parsed(parts.get(name, b""))
    root = there if there is not None else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
    taken = {one.get("Id") for one in root}
    identifier = next(one for number in count(1) if (one := f"rId{number}") not in taken)
    etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=identifier, Type=kind, Target=target)
    parts[name] = _written(root)


def _declare(parts: dict[str, bytes], name: str, kind: str) -> None:
    """Add the content type `kind` of the part `name`."""
    root = etree.fromstring(parts["[Content_Types].xml"])
    etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
    parts["[Content_Types].xml"] = _written(root)


def _written(root: _Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
