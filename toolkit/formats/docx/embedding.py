"""Fonts inside a Word file: the program's own in place of Office's, for machines that have neither.

A font is written as ISO/IEC 29500-4, 9.1 (obfuscated font) says: the first 32 bytes of the file XOR the bytes of a
GUID in reverse order. All that are embedded may be (OS/2 fsType 0, SIL Open Font License). Word makes the heavier
letters of the serif itself, whose own heavy face has another family name.
"""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree
from lxml.etree import _Element

from toolkit import resources
from toolkit.formats.docx.oxml import qn, w

_OBFUSCATED: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_TABLE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_LENGTH: Final = 32  # bytes that are changed

# The font of styles.toml -> the one in its place, and the file of each face.
_FAMILIES: Final = MappingProxyType(
    {
        "Cambria": (
            "Source Serif 4",
            (
                ("embedRegular", "source-serif-4/SourceSerif4-Regular"),
                ("embedItalic", "source-serif-4/SourceSerif4-It"),
            ),
        ),
        "Calibri": (
            "Source Sans 3",
            (
                ("embedRegular", "source-sans-3/SourceSans3-Regular"),
                ("embedBold", "source-sans-3/SourceSans3-Bold"),
                ("embedItalic", "source-sans-3/SourceSans3-It"),
            ),
        ),
    }
)


def embed(document: Document) -> None:
    """Put the program's own fonts into `document`, a base document, and set its styles in them."""
    for root in (document.styles.element, document.part.numbering_part.element):
        for fonts in root.iter(qn("w:rFonts")):
            for slot, name in fonts.attrib.items():
                if name in _FAMILIES:
                    fonts.set(slot, _FAMILIES[str(name)][0])
    identifier, old = next(
        (key, one.target_part) for key, one in document.part.rels.items() if one.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    )
    table = etree.fromstring(old.blob)
    part = Part(PackURI("/word/fontTable.xml"), _TABLE, b"", document.part.package)
    for font in list(table):
        _fill(font, part)
    whole = Part(part.partname, _TABLE, etree.tostring(table, encoding="UTF-8", xml_declaration=True), part.package)
    for relation in part.rels.values():
        whole.rels.get_or_add(relation.reltype, relation.target_part)
    document.part.rels.pop(identifier)
    document.part.relate_to(whole, RELATIONSHIP_TYPE.FONT_TABLE)
    zoom = document.settings.element.find(qn("w:zoom"))
    if zoom is not None:
        zoom.addnext(w("embedTrueTypeFonts"))


def _fill(font: _Element, part: Part) -> None:
    """Give an entry of the table of fonts the font in its place, and the faces of that."""
    family = _FAMILIES.get(font.get(qn("w:name")) or "")
    if family is None:
        return
    font.set(qn("w:name"), family[0])
    for tag, file in family[1]:
        data = (resources.templates() / "fonts" / f"{file}.ttf").read_bytes()
        key = hashlib.sha256(data).digest()[:16]
        name = PackURI(f"/word/fonts/{file.rpartition('/')[2]}.odttf")
        relation = part.relate_to(Part(name, _OBFUSCATED, obfuscated(data, key), part.package), RELATIONSHIP_TYPE.FONT)
        digits = key.hex().upper()
        steps = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
        face = w(tag, fontKey="{" + "-".join(steps) + "}")
        face.set(qn("r:id"), relation)
        font.append(face)


def obfuscated(data: bytes, key: bytes) -> bytes:
    """Return a font with its first 32 bytes XOR `key` (the 16 bytes of a GUID as it is written) from behind, twice."""
    mask = key[::-1] * 2
    return bytes(one ^ other for one, other in zip(data[:_LENGTH], mask, strict=True)) + data[_LENGTH:]
