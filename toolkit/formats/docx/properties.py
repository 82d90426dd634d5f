"""What a file says of itself: core properties, language, paper."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.shared import Length, Twips
from lxml import etree

from toolkit.formats.docx.languages import set_language
from toolkit.formats.docx.names import TEXT_WIDTH
from toolkit.formats.docx.oxml import legal, qn, w
from toolkit.model.printout import Paper, Printout

_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

# Width and height in dxa: US Letter, and ISO 216 A4.
_PAPERS: Final = MappingProxyType({"letter": (12240, 15840), "a4": (11906, 16838)})
# The date of a file for whom nobody says one. The same bytes for the same input want a fixed one.
_NO_DATE: Final = datetime(2000, 1, 1, tzinfo=UTC)


def set_properties(document: Document, printout: Printout) -> None:
    """Write what `printout` says of itself into `document`: core properties, language, direction, paper."""
    _set_core(document, printout)
    _set_paper(document, printout.paper)
    set_language(document.styles.element, document.settings.element, printout.language, printout.direction)
    if printout.direction == "rtl":
        section = document.element.body.sectPr
        title = section.find(qn("w:titlePg"))
        if title is not None:
            title.addnext(w("bidi"))


def moment() -> datetime:
    """Return the time that files are dated with: SOURCE_DATE_EPOCH (reproducible-builds.org) or a fixed one."""
    try:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return _NO_DATE


def _set_core(document: Document, printout: Printout) -> None:
    """Set the core properties (ISO/IEC 29500-2, 11); they have no field for rights, so these are its description.

    Written as XML, as python-docx refuses a value of more than 255 characters and the standard does not.
    """
    data, now = printout.metadata, moment().strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (
        (_DC, "title", data.title),
        (_DC, "subject", data.subject),
        (_DC, "creator", data.author),
        (_CP, "keywords", ", ".join(data.keywords)),
        (_DC, "description", data.rights),
        (_DC, "identifier", data.identifier),
        (_DC, "language", printout.language),
        (_CP, "lastModifiedBy", data.author),
        (_CP, "revision", "1"),
        (_TERMS, "created", now),
        (_TERMS, "modified", now),
    )
    part = document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    if not isinstance(part, XmlPart):
        raise TypeError("the base document has no core properties")
    for namespace, tag, value in values:
        if value:
            child = etree.SubElement(part.element, f"{{{namespace}}}{tag}")
            child.text = legal(value)
            if namespace == _TERMS:
                child.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")


def _set_paper(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    width, height = _PAPERS[paper]
    margin = (width - TEXT_WIDTH) // 2
    section.page_width, section.page_height = _dxa(width), _dxa(height)
    section.left_margin, section.right_margin = _dxa(margin), _dxa(width - TEXT_WIDTH - margin)


def _dxa(length: int) -> Length:
    return Twips(length)
