"""A school's letterhead on a sheet: its fonts, its header and footer, its page.

The page is the school's, margins included, as a letterhead may have something printed in them; so the width of the
text is theirs, and what was set for the usual width is fitted to it at the end.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.figures import mark_decorative
from toolkit.formats.docx.names import EMU_PER_DXA, TEXT_WIDTH, Style
from toolkit.formats.docx.oxml import in_order, qn, w
from toolkit.model.letterhead import Letterhead, Look, Running, Sides

_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FACE: Final = ("rFonts", "b", "bCs", "i", "iCs", "caps", "color", "spacing", "sz", "szCs", "u", "vertAlign")
# The fonts of templates/worksheet/styles.toml that the school's own takes the place of; that of code stays.
_OURS: Final = ("Cambria", "Calibri", "Source Serif 4", "Source Sans 3")
_LATIN: Final = ("ascii", "hAnsi")
_KINDS: Final = MappingProxyType(
    {
        "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
        "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
    }
)


def set_looks(document: Document, letterhead: Letterhead) -> None:
    """Set the styles of `document` as the letterhead sets those of the same name; ours keep what is theirs alone.

    Its Normal gives every style its font, as two families of text on a page would be two schools.
    """
    looks = {look.name: look for look in letterhead.looks}
    normal = looks.pop("normal", Look("normal"))
    styles, numbering = document.styles.element, document.part.numbering_part.element
    if normal.font:
        for fonts in [*styles.iter(qn("w:rFonts")), *numbering.iter(qn("w:rFonts"))]:
            for slot in _LATIN:
                if fonts.get(qn(f"w:{slot}")) in _OURS:
                    fonts.set(qn(f"w:{slot}"), normal.font)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        _set_look(defaults, Look("normal", normal.font, normal.size, normal.color))
    for style in styles.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        look = looks.get((name.get(qn("w:val")) or "").lower()) if name is not None else None
        properties = style.find(qn("w:rPr"))
        if look and properties is not None and not style.get(qn("w:customStyle")):
            for tag in ("w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:spacing"):
                for old in properties.findall(qn(tag)):
                    properties.remove(old)
            _set_look(properties, look)


def _set_look(properties: _Element, look: Look) -> None:
    """Put into `w:rPr` what `look` says, in place of what is said there of the same."""
    if look.font:
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            fonts = w("rFonts", eastAsia=look.font, cs="Arial")
            properties.append(fonts)
        for slot in _LATIN:
            fonts.set(qn(f"w:{slot}"), look.font)
    given = [w("color", val=look.color)] if look.color else []
    if look.size:
        given += [w(tag, val=round(look.size * 2)) for tag in ("sz", "szCs")]
    for tags, on in ((("b", "bCs"), look.bold), (("i", "iCs"), look.italic), (("caps",), look.caps)):
        given += [w(tag) for tag in tags if on]
    for new in given:
        for old in properties.findall(new.tag):
            properties.remove(old)
        properties.append(new)
    rest = [one for one in properties if one.tag.rpartition("}")[2] not in _FACE]
    known = in_order([one for one in properties if one not in rest], _FACE)
    properties[:] = [*known, *rest]


def set_sides(document: Document, sides: Sides) -> None:
    """Give `document` the paper and the margins of the letterhead."""
    section = document.element.body.sectPr
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    for name in ("top", "right", "bottom", "left", "header", "footer"):
        margins.set(qn(f"w:{name}"), str(getattr(sides, name)))
    size.set(qn("w:w"), str(sides.width))
    size.set(qn("w:h"), str(sides.height))


def set_running(draft: Draft, document: Document, letterhead: Letterhead) -> None:
    """Put the headers and footers of the letterhead where ours are, and what ours say into them.

    The running head stands under the school's header, the foot above the school's footer; where that numbers the
    pages, ours does not.
    """
    section = document.element.body.sectPr
    pictures: dict[bytes, Part] = {}
    for number, running in enumerate(letterhead.running, start=1):
        for reference in section.findall(qn(f"w:{running.kind}Reference")):
            if reference.get(qn("w:type")) == running.page:
                part = _part(document, running, number, pictures)
                identifier = reference.get(qn("r:id")) or ""
                _join(part.element, document.part.related_parts[identifier], running)
                document.part.rels.pop(identifier)
                reference.set(qn("r:id"), document.part.relate_to(part, _KINDS[running.kind][1]))
                _identify(draft, part.element)


def _part(document: Document, running: Running, number: int, pictures: dict[bytes, Part]) -> XmlPart:
    content, _ = _KINDS[running.kind]
    package = document.part.package
    part = XmlPart(PackURI(f"/word/school{number}.xml"), content, parse_xml(running.xml), package)
    renamed = {}
    for identifier, media, data in running.pictures:
        if data not in pictures:
            ending = media.rpartition("/")[2].removeprefix("x-")
            pictures[data] = Part(PackURI(f"/word/media/school{len(pictures) + 1}.{ending}"), media, data, package)
        renamed[identifier] = part.relate_to(pictures[data], RELATIONSHIP_TYPE.IMAGE)
    for identifier, href in running.links:
        renamed[identifier] = part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    for element in part.element.iter():
        for key, value in element.items():
            if str(key).startswith(qn("r:")):
                element.set(key, renamed[str(value)])
    return part


def _join(root: _Element, ours: Part, running: Running) -> None:
    """Put what is in our header or footer into the school's."""
    assert isinstance(ours, XmlPart)
    said = list(ours.element)
    if running.kind == "footer" and running.paged:
        for one in said:
            _drop_number(one)
    said = [one for one in said if "".join(one.itertext()).strip()]
    root[:] = [*root, *said] if running.kind == "header" else [*said, *root]


def _drop_number(paragraph: _Element) -> None:
    """Take the page number at the right out of a foot: everything behind its tab."""
    tabs = [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:tab")) is not None]
    if tabs:
        for one in [*tabs[-1].itersiblings(), tabs[-1]]:
            paragraph.remove(one)


def _identify(draft: Draft, root: _Element) -> None:
    """Give the drawings of a header identifiers of this document; those without words are decoration."""
    for drawing in root.iter(f"{_WP}docPr"):
        drawing.set("id", str(draft.identifier()))
        if not (drawing.get("descr") or drawing.get("title")):
            mark_decorative(drawing)


def fit(roots: Iterable[_Element], measure: int) -> None:
    """Fit what was set for the usual width of text to `measure` (dxa), in place: tables, pictures, tab stops."""
    if measure == TEXT_WIDTH:
        return
    ratio = measure / TEXT_WIDTH
    for root in roots:
        for stop in root.iter(qn("w:tab")):
            if stop.get(qn("w:pos")):
                _scale(stop, qn("w:pos"), ratio)
        for table in root.iter(qn("w:tbl")):
            _fit_table(table, measure)
        for extent in root.iter(f"{_WP}extent", f"{_A}ext"):
            if ratio < 1 and int(extent.get("cx") or 0) > TEXT_WIDTH * EMU_PER_DXA / 3:
                _scale(extent, "cx", ratio)
                _scale(extent, "cy", ratio)


def _fit_table(table: _Element, measure: int) -> None:
    """Fit the columns of a table to a width of text; its left edge stays where it is."""
    indent = table.find(f"{qn('w:tblPr')}/{qn('w:tblInd')}")
    edge = int(indent.get(qn("w:w")) or 0) if indent is not None else 0
    if any(style.get(qn("w:val")) == Style.SQUARE for style in table.iter(qn("w:pStyle"))):
        _fit_squares(table, measure - edge)
        return
    for one in table.iter(qn("w:gridCol"), qn("w:tcW"), qn("w:tblW")):
        if one.get(qn("w:type")) in {None, "dxa"}:
            _scale(one, qn("w:w"), (measure - edge) / (TEXT_WIDTH - edge))


def _fit_squares(table: _Element, width: int) -> None:
    """Take columns away from squared paper until it is no wider than `width` (dxa): its squares stay square."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    left = 0
    for number, column in enumerate(columns):
        left += int(column.get(qn("w:w")) or 0)
        if left > width and number:
            for one in [column, *(row.findall(qn("w:tc"))[-1] for row in table.iter(qn("w:tr")))]:
                parent = one.getparent()
                assert parent is not None
                parent.remove(one)
    for total in table.iter(qn("w:tblW")):
        total.set(qn("w:w"), str(min(width, int(total.get(qn("w:w")) or 0))))


def _scale(element: _Element, attribute: str, ratio: float) -> None:
    element.set(attribute, str(round(int(element.get(attribute) or 0) * ratio)))
