"""The Draft: what grows while one document is written. Everything else in this room is a function of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml.etree import _Element

from toolkit.formats import Report
from toolkit.formats.docx.bookmarks import bookmark_name
from toolkit.formats.docx.languages import script_fonts
from toolkit.formats.docx.numbering import Numbering
from toolkit.formats.docx.oxml import w
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.printout import Printout
from toolkit.model.text import Inlines, Note

_CANNOT_SHOW: Final = "B703"


class Draft:
    """One document while it is written: its identifiers, relationships, numbers, notes and complaints.

    `part` is the part whose text is being written now, which owns the links and pictures in it.
    """

    def __init__(self, document: Document, printout: Printout, report: Report) -> None:
        self.printout = printout
        self.numbering = Numbering(document.part.numbering_part.element)
        self.part: Part = document.part
        self.notes: deque[tuple[int, Note]] = deque()
        self.styles = document.styles.element
        self.pictures = {picture.file: picture for picture in printout.pictures}
        fonts = script_fonts(printout.language)
        self.east_asian = fonts is not None and fonts.slot == "eastAsia"
        self.gap_key: tuple[Inlines, ...] | None = None
        self.gap_address = ""
        self._document = document
        self.report = report
        self._identifiers = 0
        self._notes = 0
        self._numbers: dict[int, int] = {}  # a note's number in print -> the one it is written under
        self.repeated: dict[int, str] = {}  # notes with a second mark -> the bookmark of the first
        self._bookmarks: Counter[str] = Counter()
        self._in_note = False
        self._images: dict[bytes, Part] = {}

    @property
    def rtl(self) -> bool:
        """Whether paragraphs run from the right."""
        return self.printout.direction == "rtl"

    @property
    def in_note(self) -> bool:
        """Whether the text being written is a footnote's, in which no other can stand."""
        return self._in_note

    def cannot_show(self, message: str, address: str = "", needle: str = "", hint: str = "") -> None:
        """Report that something of the printout is not in the document as it should be."""
        self.report(
            Diagnostic(_CANNOT_SHOW, message, address=address, needle=needle, hint=hint, severity=Severity.WARNING)
        )

    def identifier(self) -> int:
        """Return the next number that names a bookmark or a drawing; none is given twice."""
        self._identifiers += 1
        return self._identifiers

    def bookmarked(self, address: str, content: Iterable[_Element]) -> list[_Element]:
        """Return `content` between the bookmarks of `address`, or alone where either of them is empty.

        A bookmark in an empty paragraph does not survive LibreOffice, so none is set there.
        """
        elements = list(content)
        if not (address and elements):
            return elements
        self._bookmarks[address] += 1
        name = bookmark_name(address, self._bookmarks[address])
        number = self.identifier()
        return [w("bookmarkStart", id=number, name=name), *elements, w("bookmarkEnd", id=number)]

    def bookmark_of(self, address: str) -> str | None:
        """Return the bookmark of the place at `address`, or of the first thing in it; None where neither is set."""
        inside = f"{address}/"
        found = (
            address if address in self._bookmarks else next((a for a in self._bookmarks if a.startswith(inside)), None)
        )
        return bookmark_name(found) if found else None

    def addresses(self) -> dict[str, str]:
        """Return the address of each bookmark that was set, by the bookmark's name."""
        return {
            bookmark_name(address, number): address
            for address, count in self._bookmarks.items()
            for number in range(1, count + 1)
        }

    def link(self, href: str) -> str:
        """Return the relationship that leads from the part being written to `href`."""
        return self.part.relate_to(href, RELATION.HYPERLINK, is_external=True)

    def image(self, data: bytes, media_type: str) -> str:
        """Return the relationship that leads from the part being written to the picture `data`.

        The part is made here: python-docx reads the picture itself first, and stops at a JPEG that begins
        neither with JFIF nor with Exif, which is what Adobe's programs write.
        """
        part = self._images.get(data)
        if part is None:
            name = f"/word/media/image{len(self._images) + 1}.{media_type.removeprefix('image/')}"
            part = Part(PackURI(name), media_type, data, self._document.part.package)
            self._images[data] = part
        return self.part.relate_to(part, RELATION.IMAGE)

    def note(self, note: Note) -> int:
        """Return the number under which `note` will be written when the body is done."""
        self._notes += 1
        self.notes.append((self._notes, note))
        self._numbers[note.number] = self._notes
        return self._notes

    def note_again(self, note: Note) -> str:
        """Return the bookmark of the mark at which the text of `note` stands."""
        name = f"_RefNote{note.number}"
        self.repeated[self._numbers.get(note.number, 0)] = name
        return name

    @contextmanager
    def inside_notes(self, part: Part) -> Iterator[None]:
        """Write into the footnotes' `part` for a while."""
        body, self.part, self._in_note = self.part, part, True
        yield
        self.part, self._in_note = body, False

    @contextmanager
    def filling(self, key: tuple[Inlines, ...] | None, address: str) -> Iterator[None]:
        """Write what belongs in the gaps into them for a while; each has a bookmark under `address`."""
        self.gap_key, self.gap_address = key, address
        yield
        self.gap_key, self.gap_address = None, ""
