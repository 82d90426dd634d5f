"""Printout to .docx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from types import MappingProxyType
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from lxml import etree
from lxml.etree import _Element

from toolkit import resources
from toolkit.formats import Report
from toolkit.formats.docx import archive, stamp
from toolkit.formats.docx import school as school_page
from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.embedding import embed
from toolkit.formats.docx.furniture import opener, set_furniture
from toolkit.formats.docx.lessons import lesson_blocks
from toolkit.formats.docx.names import Mark, Style, heading
from toolkit.formats.docx.oxml import qn, replace_child, text, w
from toolkit.formats.docx.paragraphs import Place, keep_with_next, paragraph, rule_above, spaced, style_of
from toolkit.formats.docx.presenting import present
from toolkit.formats.docx.properties import set_properties
from toolkit.formats.docx.reading import origin_of
from toolkit.formats.docx.reading.carriers import item_of
from toolkit.formats.docx.tasks import run_in
from toolkit.model.printout import Printout
from toolkit.model.text import Note

# The style of plain paragraphs by kind of part; Normal elsewhere.
_PLAIN: Final = MappingProxyType({"reading": Style.BODY, "credits": Style.CREDIT})

# The room after a table (dxa), and the styles that have as much before them.
_AFTER_TABLE: Final = 160
# The height of the paragraph that Word wants after the last table (dxa): a page full of lines has room for it.
_LAST: Final = 20
_ROOMY: Final = frozenset({Style.QUESTION, Style.PART, Style.SPACER, *(heading(level) for level in range(1, 7))})


def write(printout: Printout, report: Report) -> bytes:
    """Return `printout` as a Word document: the same bytes for the same printout and base document.

    What cannot be shown in Word is handed to `report` as a Diagnostic; nothing is left out silently.
    """
    document = docx.Document(BytesIO((resources.templates() / "worksheet" / "base.docx").read_bytes()))
    school = printout.letterhead
    if printout.embed_fonts:
        embed(document)
    school_page.set_looks(document, school)
    set_properties(document, printout)
    draft = Draft(document, printout, report)
    set_furniture(draft, document, printout.furniture, printout.opener.band)
    body = document.element.body
    for element in _separated(_body(draft, printout)):
        body.sectPr.addprevious(element)
    _mark_repeated(draft, body)
    notes = _write_notes(draft, document)
    _settle_anchors(draft, body, *notes)
    if school.sides:
        school_page.set_sides(document, school.sides)
        school_page.fit([body, document.styles.element, *notes], school.sides.measure)
        school_page.set_running(draft, document, school)
    present(_roots(document), printout.manner, printout.theme)
    return _packed(document, draft, printout)


def _roots(document: Document) -> Iterator[_Element]:
    """Yield the root of every part of `document` that has text or looks."""
    for part in document.part.package.iter_parts():
        if isinstance(part, XmlPart):
            yield part.element


def _body(draft: Draft, printout: Printout) -> Iterator[_Element]:
    yield from opener(draft, printout.opener)
    for number, part in enumerate(printout.parts):
        place = Place(style=_PLAIN.get(part.kind, Style.NORMAL))
        elements = list(lesson_blocks(draft, part.blocks, place))
        if number and part.kind == "reading" and elements and style_of(elements[0]) == Style.BODY:
            rule_above(elements[0])  # no heading parts it from the teacher's plan
        yield from elements


def _separated(elements: Iterable[_Element]) -> Iterator[_Element]:
    """Yield `elements` with room after tables, which have no spacing of their own.

    Word makes one table of two that touch, and wants a paragraph at the end of the text: there a low
    empty paragraph stands between.
    """
    after_table, before = False, None
    for element in elements:
        table = element.tag == qn("w:tbl")
        if table and before is not None and style_of(before) == Style.INSTRUCTIONS:
            keep_with_next(before)
        if after_table and table:
            yield paragraph(Style.SPACER, ())
        elif after_table and style_of(element) not in _ROOMY:
            spaced(element, before=_AFTER_TABLE)
        yield element
        after_table, before = table, element
    if after_table:
        end = paragraph(Style.SPACER, ())
        spaced(end, before=0, after=0, line=_LAST, lineRule="exact")
        yield end


def _mark_repeated(draft: Draft, body: _Element) -> None:
    """Set a bookmark round the mark of each note that another mark refers to."""
    for mark in list(body.iter(qn("w:footnoteReference"))):
        name, run = draft.repeated.get(int(mark.get(qn("w:id"), 0))), mark.getparent()
        if name and run is not None:
            number = draft.identifier()
            run.addprevious(w("bookmarkStart", id=number, name=name))
            run.addnext(w("bookmarkEnd", id=number))


def _write_notes(draft: Draft, document: Document) -> list[_Element]:
    """Write the footnotes that the text has asked for into a part of their own; return its root, if any."""
    if not draft.notes:
        return []
    root = parse_xml(etree.tostring(w("footnotes", *_separators())))
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    with draft.inside_notes(part):
        while draft.notes:
            number, note = draft.notes.popleft()
            root.append(w("footnote", *_separated(_note(draft, note)), id=number))
    properties = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    replace_child(document.settings.element, properties, before=("compat",))
    return [root]


def _separators() -> Iterator[_Element]:
    """Yield the two notes that every footnotes part begins with: the lines between text and notes."""
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        yield w("footnote", w("p", w("r", w(kind))), type=kind, id=number)


def _note(draft: Draft, note: Note) -> Iterator[_Element]:
    mark = w("r", w("rPr", w("rStyle", val=Mark.NOTE)), w("footnoteRef"))
    place = Place(style=Style.FOOTNOTE)
    return run_in(draft, [mark, w("r", text(" "))], note.content, place, "")


def _settle_anchors(draft: Draft, *roots: _Element) -> None:
    """Lead links inside to the bookmarks of their places; those of places that are not shown become words."""
    for link in [link for root in roots for link in root.iter(qn("w:hyperlink"))]:
        address, parent = link.get(qn("w:anchor")), link.getparent()
        if address is None or parent is None:
            continue
        bookmark = draft.bookmark_of(address)
        if bookmark:
            link.set(qn("w:anchor"), bookmark)
            continue
        words = "".join(piece.text or "" for piece in link.iter(qn("w:t")))
        draft.cannot_show("a link leads to a place that this sheet does not show", needle=words)
        for run in list(link):
            _unstyle(run)
            link.addprevious(run)
        parent.remove(link)


def _unstyle(run: _Element) -> None:
    for mark in list(run.iter(qn("w:rStyle"))):
        properties = mark.getparent()
        if properties is not None and mark.get(qn("w:val")) == Mark.LINK:
            properties.remove(mark)


def _packed(document: Document, draft: Draft, printout: Printout) -> bytes:
    """Return the document's bytes with what it was built from in it, and nothing that could differ between runs."""
    buffer = BytesIO()
    document.save(buffer)
    parts = archive.unpack(buffer.getvalue())
    named = (printout.metadata.identifier.partition("/")[0], printout.sheet, printout.audience)
    stamp.add_items(parts, [item_of(origin_of(parts, draft.addresses(), named))])
    return archive.pack(parts)
