"""A paragraph of WordprocessingML as glyphs, with the bookmarks and comments that begin and end in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.oxml import qn
from toolkit.formats.docx.reading.glyphs import PLAIN, THING, Glyph, Look, spelled
from toolkit.formats.docx.reading.looks import Styles, switch
from toolkit.formats.docx.reading.package import relation_of

_CHARACTERS: Final = MappingProxyType(
    {
        qn("w:tab"): "\t",
        qn("w:ptab"): "\t",
        qn("w:cr"): "\n",
        qn("w:noBreakHyphen"): "\u2011",
        qn("w:softHyphen"): "\u00ad",
    }
)
_PICTURES: Final = frozenset(qn(f"w:{tag}") for tag in ("drawing", "pict", "object"))
_NOTES: Final = frozenset({qn("w:footnoteReference"), qn("w:endnoteReference")})
_INSIDE: Final = frozenset(
    qn(f"w:{tag}") for tag in ("smartTag", "sdtContent", "customXml", "ins", "moveTo", "dir", "bdo")
)
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OUTLINE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_LINK: Final = re.compile(r'^\s*HYPERLINK\s+(?:"([^"]*)")?(?:.*?\\l\s+"([^"]*)")?', re.IGNORECASE | re.DOTALL)
_AGAIN: Final = re.compile(r"^\s*NOTEREF\b", re.IGNORECASE)
# What LibreOffice makes of a gap in OpenDocument.
_FILLED: Final = re.compile(r"^\s*FILLIN\b", re.IGNORECASE)
_PLAIN_TEXT: Final = f"{qn('w:sdtPr')}/{qn('w:text')}"
# What stands at both ends of a filled gap.
_NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a paragraph's runs point at: styles, links by relationship, the words of notes, the digests of pictures.

    `anchors` are the addresses of bookmarks that links inside lead to.
    """

    styles: Styles
    links: Mapping[str, str]
    notes: Mapping[str, str]
    pictures: Mapping[str, str]
    anchors: Mapping[str, str]


@dataclass(slots=True)
class Content:
    """What stands in one paragraph. `starts` and `ends` hold identifiers and names of bookmarks by place."""

    glyphs: list[Glyph] = field(default_factory=list)
    starts: list[tuple[str, str, int]] = field(default_factory=list)  # identifier, name, place
    ends: list[tuple[str, int]] = field(default_factory=list)  # identifier, place
    comments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """A field that is being read: its code, and whether its result has begun."""

    code: str = ""
    shown: bool = False
    told: bool = False


class RunReader:
    """Reads one paragraph after the other. Mutable on purpose: a field may go on from run to run."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._fields: list[_Field] = []
        self._content = Content()
        self._gap = False
        self._heavy = False
        self._slanted = False

    def read(self, paragraph: _Element, style: str) -> Content:
        """Return what stands in `paragraph`, which has the style `style`."""
        self._content, self._fields = Content(), []
        self._heavy, self._slanted = self._sources.styles.heavy(style), self._sources.styles.slanted(style)
        self._inside(paragraph, "")
        self._content.glyphs, places = _gaps_joined(self._content.glyphs)
        self._content.starts = [(number, name, places[at]) for number, name, at in self._content.starts]
        self._content.ends = [(number, places[at]) for number, at in self._content.ends]
        return self._content

    def _inside(self, parent: _Element, href: str) -> None:
        for element in parent:
            tag = element.tag
            if tag == qn("w:r"):
                self._run(element, href)
            elif tag == qn("w:hyperlink"):
                self._inside(element, self._href(element) or href)
            elif tag == qn("w:fldSimple"):
                self._simple(element, href)
            elif tag == qn("w:sdt"):
                self._control(element, href)
            elif tag in _INSIDE:
                self._inside(element, href)
            else:
                self._mark(element)

    def _control(self, control: _Element, href: str) -> None:
        """Read a content control; one for plain text is a gap, whose style LibreOffice takes from it."""
        outside, self._gap = self._gap, self._gap or control.find(_PLAIN_TEXT) is not None
        for inner in control.iterchildren(qn("w:sdtContent")):
            self._inside(inner, href)
        self._gap = outside

    def _mark(self, element: _Element) -> None:
        """Note where bookmarks and comments begin and end."""
        content, number = self._content, element.get(qn("w:id")) or ""
        if element.tag == qn("w:bookmarkStart"):
            content.starts.append((number, element.get(qn("w:name")) or "", len(content.glyphs)))
        elif element.tag == qn("w:bookmarkEnd"):
            content.ends.append((number, len(content.glyphs)))
        elif element.tag == qn("w:commentRangeStart"):
            content.comments.append(number)

    def _href(self, link: _Element) -> str:
        outside = self._sources.links.get(relation_of(link), "")
        anchor = link.get(qn("w:anchor"))
        return outside + (f"#{self._sources.anchors.get(anchor, anchor)}" if anchor else "")

    def _simple(self, element: _Element, href: str) -> None:
        code = element.get(qn("w:instr")) or ""
        if _AGAIN.match(code):
            self._content.glyphs.append(Glyph(THING, Look(thing="note", value=_again(element))))
        else:
            self._inside(element, _linked(code) or href)

    def _run(self, run: _Element, href: str) -> None:
        look = self._look(run, href)
        if look and (self._gap or any(_FILLED.match(one.code) for one in self._fields)):
            look = replace(look, mark=str(Mark.GAP))
        for element in run:
            if element.tag == qn("w:fldChar"):
                self._turn(element.get(qn("w:fldCharType")) or "")
            elif element.tag == qn("w:instrText"):
                if self._fields:
                    self._fields[-1].code += element.text or ""
            elif look is not None and all(one.shown for one in self._fields):
                self._piece(element, look)
            if element.tag == qn("w:commentReference"):
                self._content.comments.append(element.get(qn("w:id")) or "")

    def _turn(self, kind: str) -> None:
        """Follow the beginning, the separation and the end of a field."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _piece(self, element: _Element, look: Look) -> None:
        href = next((found for one in reversed(self._fields) if (found := _linked(one.code))), "")
        look = replace(look, href=href) if href else look
        again = next((one for one in self._fields if _AGAIN.match(one.code)), None)
        if again:
            if not again.told and element.tag == qn("w:t"):
                again.told = True
                words = (element.text or "").strip()
                self._content.glyphs.append(Glyph(THING, Look(thing="note", value=f"again {words}")))
            return
        self._content.glyphs += self._spelled(element, look)

    def _spelled(self, element: _Element, look: Look) -> list[Glyph]:
        """Return the glyphs of a piece of a run."""
        tag = element.tag
        if tag in _NOTES:
            words = self._sources.notes.get(element.get(qn("w:id")) or "", "")
            return [Glyph(THING, Look(thing="note", value=words))]
        if tag in _PICTURES:
            return [Glyph(THING, Look(thing="picture", value=self._pictured(element)))]
        return spelled(_characters(element), look)

    def _pictured(self, element: _Element) -> str:
        ids = [relation_of(blip, "embed") for blip in element.iter(_BLIP)]
        digests = [self._sources.pictures.get(one, "") for one in ids]
        return " ".join(filter(None, digests)) or "drawn"

    def _look(self, run: _Element, href: str) -> Look | None:
        """Return how the run looks; None for hidden text."""
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return Look(href=href) if href else PLAIN
        if switch(properties, "vanish"):
            return None
        style = properties.find(qn("w:rStyle"))
        identifier = (style.get(qn("w:val")) or "") if style is not None else ""
        mark = self._sources.styles.mark(identifier)
        bold, italic = switch(properties, "b"), switch(properties, "i")
        if not mark and identifier:
            bold = self._sources.styles.heavy(identifier) if bold is None else bold
            italic = self._sources.styles.slanted(identifier) if italic is None else italic
        return Look(
            strong=(mark == Mark.STRONG if bold is None else bold) and not self._heavy,
            emphasis=(mark == Mark.EMPHASIS if italic is None else italic) and not self._slanted,
            code=mark == Mark.CODE,
            href=href,
            mark="" if mark in (Mark.STRONG, Mark.EMPHASIS, Mark.LINK, Mark.TERM) else mark,
        )


def _characters(element: _Element) -> str:
    """Return the characters of a piece of a run, "" for one that has none."""
    if element.tag == qn("w:t"):
        return _SPACES.sub(" ", element.text or "")
    if element.tag == qn("w:br"):
        return "\n" if element.get(qn("w:type")) in (None, "textWrapping") else ""
    if element.tag == qn("w:sym"):
        return _symbol(element.get(qn("w:char")) or "")
    return _CHARACTERS.get(element.tag, "")


def _linked(code: str) -> str:
    """Return where the field `code` leads to, "" for another field."""
    found = _LINK.match(code)
    if not found:
        return ""
    return (found[1] or "") + (f"#{found[2]}" if found[2] else "")


def _again(element: _Element) -> str:
    return "again " + "".join(piece.text or "" for piece in element.iter(qn("w:t"))).strip()


def _symbol(code: str) -> str:
    """Return the character of a symbol font; its private place is that of the font's own code page."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return (
        chr(point - 0xF000 if 0xF020 <= point <= 0xF0FF else point) if 0x20 <= point < 0xD800 or point > 0xDFFF else ""
    )


def _gaps_joined(glyphs: list[Glyph]) -> tuple[list[Glyph], list[int]]:
    """Return `glyphs` with each gap as one thing, and for every place before where it is now."""
    joined: list[Glyph] = []
    places: list[int] = []
    for glyph in glyphs:
        gap = glyph.look.mark in (Mark.GAP, Mark.GAP_RIGHT)
        last = joined[-1].look if joined else PLAIN
        if gap and last.thing == "gap" and last.mark == glyph.look.mark:
            places.append(len(joined) - 1)
            joined[-1] = Glyph(THING, replace(last, value=last.value + glyph.character))
        elif gap:
            places.append(len(joined))
            joined.append(Glyph(THING, Look(mark=glyph.look.mark, thing="gap", value=glyph.character)))
        else:
            places.append(len(joined))
            joined.append(glyph)
    places.append(len(joined))
    trimmed = [
        Glyph(THING, replace(one.look, value=one.look.value.strip(f" {_NO_BREAK}"))) if one.look.thing == "gap" else one
        for one in joined
    ]
    return trimmed, places
