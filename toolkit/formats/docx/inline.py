"""Inline nodes to runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final, assert_never

from lxml.etree import _Element

from toolkit.formats.docx.draft import Draft
from toolkit.formats.docx.languages import complex_pieces, foreign, segments
from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.oxml import legal, qn, text, toggle, w
from toolkit.model.text import (
    Citation,
    Code,
    Emphasis,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    LineReference,
    Link,
    Note,
    Strong,
    Term,
    Text,
    plain,
    plain_block,
)

_SPACES: Final = re.compile(r"[ \t\r\n]+")
# Two characters that Word has elements for: a soft hyphen as text would be drawn as a hyphen.
_HYPHENS: Final = re.compile("([\u00ad\u2011])")
_BOLD: Final = frozenset({Mark.STRONG, Mark.TERM, Mark.TERM_HEAD, Mark.NAME, Mark.RIGHT, Mark.GAP_RIGHT, Mark.LABEL})
_NO_BREAK_SPACE: Final = "\u00a0"
# How wide a space is in mm: 450 of 2048 units of Cambria at 11.5 pt; in a paragraph that runs from the
# right 512 units of Times New Roman at the size that such scripts are set in, 13.8 pt.
_SPACE: Final = 0.892
_SPACE_RTL: Final = 1.217


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks: a character style, and what is added to it where marks are nested.

    `heavy` is a run in a paragraph that is bold: there a bold character style would switch bold off
    (ISO/IEC 29500-1, 17.7.3, toggle properties), so none is used.
    """

    mark: Mark = Mark.NONE
    bold: bool = False
    italic: bool = False
    heavy: bool = False

    def strong(self) -> Look:
        """Return this look with strong emphasis."""
        if self.heavy:
            return self
        return replace(self, mark=Mark.STRONG) if not self.mark else replace(self, bold=True)

    def emphatic(self) -> Look:
        """Return this look with emphasis."""
        return replace(self, mark=Mark.EMPHASIS) if not self.mark else replace(self, italic=True)

    def marked(self, mark: Mark) -> Look:
        """Return this look with `mark`; a style that was there goes on as bold or italic."""
        if self.heavy and mark in _BOLD:
            return self
        return replace(
            self,
            mark=mark,
            bold=self.bold or self.mark in _BOLD,
            italic=self.italic or self.mark == Mark.EMPHASIS,
        )


PLAIN: Final = Look()
HEAVY: Final = Look(heavy=True)


def inlines(draft: Draft, content: Inlines, look: Look = PLAIN) -> list[_Element]:
    """Return the runs (and hyperlinks) of `content`."""
    return [element for node in content for element in _inline(draft, node, look)]


def _inline(draft: Draft, node: Inline, look: Look) -> list[_Element]:  # noqa: C901, PLR0911 -- one return for each kind of node
    match node:
        case Text(characters):
            return runs(draft, _SPACES.sub(" ", characters), look)
        case Emphasis(content):
            return inlines(draft, content, look.emphatic())
        case Strong(content):
            return inlines(draft, content, look.strong())
        case Term(content, _):
            return inlines(draft, content, look.marked(Mark.TERM))
        case Code(characters):
            return runs(draft, characters, look.marked(Mark.CODE))
        case Link(content, href):
            return _link(draft, content, href, look)
        case LineBreak():
            return [w("r", w("br"))]
        case Note():
            return _note(draft, node)
        case Gap():
            return _gap(draft, node)
        case Citation() | LineReference():
            draft.cannot_show("a citation or reference reached the Word writer unresolved", needle=plain((node,)))
            return runs(draft, plain((node,)), look)
        case _:
            assert_never(node)


def runs(draft: Draft, characters: str, look: Look = PLAIN) -> list[_Element]:
    """Return the runs of `characters`: one for each stretch of one direction, and of a complex script or none."""
    kept = legal(characters)
    if kept != characters:
        draft.cannot_show("a control character is left out, as XML has no place for it", needle=kept)
    return [
        w("r", _properties(draft, piece, look, rtl=rtl, script=script), *_pieces(piece))
        for way, rtl in segments(kept, draft.printout.direction)
        for piece, script in complex_pieces(way)
    ]


def _properties(draft: Draft, piece: str, look: Look, *, rtl: bool, script: str) -> _Element | None:
    """Return `w:rPr`, None where it would be empty; `script` is what `complex_pieces` gives."""
    fonts, language = foreign(script, draft.printout.language)
    if draft.east_asian and not script and not piece.isascii():
        fonts = w("rFonts", hint="eastAsia")
    properties = w(
        "rPr",
        w("rStyle", val=look.mark) if look.mark else None,
        fonts,
        toggle("b", look.bold),
        toggle("bCs", look.bold),
        toggle("i", look.italic),
        toggle("iCs", look.italic),
        toggle("rtl", rtl),
        toggle("cs", bool(script)),
        language,
    )
    return properties if len(properties) else None


def _pieces(piece: str) -> Iterator[_Element]:
    for part in _HYPHENS.split(piece):
        if part == "\u00ad":
            yield w("softHyphen")
        elif part == "\u2011":
            yield w("noBreakHyphen")
        elif part:
            yield from _lines(part)


def _lines(part: str) -> Iterator[_Element]:
    """Yield the text of literal lines with line breaks between them; tabs are tabs."""
    for index, line in enumerate(part.split("\n")):
        if index:
            yield w("br")
        for column, piece in enumerate(line.split("\t")):
            if column:
                yield w("tab")
            if piece:
                yield text(piece)


def _link(draft: Draft, content: Inlines, href: str, look: Look) -> list[_Element]:
    hyperlink = w("hyperlink", *inlines(draft, content, look.marked(Mark.LINK)), history=1)
    if href.startswith("#"):
        hyperlink.set(qn("w:anchor"), href[1:])  # an address; the writer puts the bookmark in its place
    else:
        hyperlink.set(qn("r:id"), draft.link(href))
    return [hyperlink]


def _note(draft: Draft, note: Note) -> list[_Element]:
    """Return the mark of a footnote; a footnote in a footnote is put in brackets, as Word has none."""
    if draft.in_note:
        words = " ".join(plain_block(block) for block in note.content)
        draft.cannot_show("a footnote inside a footnote is put in brackets", needle=words)
        return runs(draft, f" [{words}]")
    properties = w("rPr", w("rStyle", val=Mark.NOTE))
    if note.again:
        mark = w("r", properties, text(str(note.number)))
        return [w("fldSimple", mark, instr=f" NOTEREF {draft.note_again(note)} \\f \\h ")]
    return [w("r", properties, w("footnoteReference", id=draft.note(note)))]


def _gap(draft: Draft, gap: Gap) -> list[_Element]:
    """Return a gap: a fill-in field and a line as wide as asked for, or the teacher's answer, underlined.

    The field is an inline content control, which a screen reader names by its title and in which one types;
    the line after it is underlined no-break spaces, which do not part at the end of a line and which every
    word processor draws. The field is one space wide, as LibreOffice puts an undrawn form field in its place.
    """
    key = draft.gap_key
    if key is not None and 0 < gap.number <= len(key):
        ends = runs(draft, _NO_BREAK_SPACE, Look(Mark.GAP_RIGHT))
        inside = [*ends, *inlines(draft, key[gap.number - 1], Look(Mark.GAP_RIGHT)), *deepcopy(ends)]
        return draft.bookmarked(f"{draft.gap_address}/{gap.number}" if draft.gap_address else "", inside)
    spaces = max(round(gap.width / (_SPACE_RTL if draft.rtl else _SPACE)), 2)
    room, line = (_gap_room(draft, count) for count in (1, spaces - 1))
    return [
        w(
            "sdt",
            w(
                "sdtPr",
                w("rPr", w("rStyle", val=Mark.GAP)),
                w("alias", val=legal(gap.spoken)) if gap.spoken else None,
                w("tag", val=f"gap-{gap.number}"),
                w("id", val=draft.identifier()),
                w("showingPlcHdr"),
                w("text"),
            ),
            w("sdtContent", room),
        ),
        line,
    ]


def _gap_room(draft: Draft, spaces: int) -> _Element:
    properties = w("rPr", w("rStyle", val=Mark.GAP), toggle("rtl", draft.rtl))
    return w("r", properties, text(_NO_BREAK_SPACE * spaces))
