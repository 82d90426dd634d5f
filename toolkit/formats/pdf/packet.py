"""What a PDF says of itself in its XMP packet beyond what WeasyPrint writes: terms of use, keywords, and PDF/UA.

Everything stands inside the one rdf:RDF of the packet: a second one is not read (Kozea/WeasyPrint#2467).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from toolkit.formats.pdf.tree import Tree
from toolkit.model.choices import PdfVariant

_SPACES: Final = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
    ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
)
_LICENCE: Final = re.compile(r"\bCC[ -](BY(?:-(?:NC|SA|ND))*)[ -]([1-4]\.[05])\b", re.I)
_FREE: Final = re.compile(r"\bCC[ -]?0\b|\bpublic domain\b", re.I)
_ZERO: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
# The one property of PDF/UA, described as PDF/A wants what it does not know itself (ISO 19005-2, 6.6.2.3.3).
_SCHEMA: Final = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself: on what terms it may be used, its keywords, and the standard that it is of."""

    rights: str = ""
    keywords: tuple[str, ...] = ()
    variant: PdfVariant = "ua-1"

    @property
    def archival(self) -> bool:
        """Return whether the file is PDF/A."""
        return self.variant != "ua-1"


def add(tree: Tree, metadata: Said) -> None:
    """Write `metadata` into the packet of `tree`; PDF/A is said to be PDF/UA too."""
    stream = tree.at(tree.pdf.catalog["Metadata"]).stream
    said = "".join(_said(metadata.rights, metadata.keywords))
    entry = f'<rdf:Description {_SPACES} rdf:about="">{said}</rdf:Description>\n' if said else ""
    end = entry + (_SCHEMA if metadata.archival else "") + "</rdf:RDF>"
    stream[0] = stream[0].replace(b"</rdf:RDF>", end.encode(), 1)


def _said(rights: str, keywords: Sequence[str]) -> Iterator[str]:
    """Yield the properties, each as XMP has it (XMP Specification Part 1, 8.3 and 8.5)."""
    if keywords:
        yield f"<dc:subject><rdf:Bag>{''.join(f'<rdf:li>{escape(word)}</rdf:li>' for word in keywords)}</rdf:Bag>"
        yield "</dc:subject>"
    if not rights:
        return
    words = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(rights)}</rdf:li></rdf:Alt>'
    yield f"<dc:rights>{words}</dc:rights><xmpRights:UsageTerms>{words}</xmpRights:UsageTerms>"
    yield f"<xmpRights:Marked>{not _FREE.search(rights)}</xmpRights:Marked>"
    if address := web_statement(rights):
        yield f"<xmpRights:WebStatement>{escape(address)}</xmpRights:WebStatement>"


def web_statement(rights: str) -> str:
    """Return the address of the licence that `rights` names, "" where it is none of Creative Commons."""
    if found := _LICENCE.search(rights):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return _ZERO if re.search(r"\bCC[ -]?0\b", rights, re.I) else ""
