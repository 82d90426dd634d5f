"""What a file's styles mean: the role of a paragraph and the look of a run, by the names of the styles.

Identifiers are translated by some word processors and names are not (ISO/IEC 29500-1, 17.7.4.9: the primary
name); a style that nobody knows has the role of the one that it is based on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.names import Mark
from toolkit.formats.docx.oxml import qn

# What a paragraph is, by the name of its style in lower case.
ROLES: Final = MappingProxyType(
    {
        "heading 1": "title", "subtitle": "summary", "kicker": "label", "name line": "label", "teacher band": "label",
        **{f"heading {level}": "heading" for level in range(2, 10)},
        "body text": "paragraph", "vocabulary box": "gloss", "omission": "label", "quote": "quote",
        "instructions": "label", "lesson facts": "label", "question": "question", "question text": "text",
        "option": "option", "option (several)": "option", "options in a row": "label", "question part": "part",
        "question part text": "text", "option of a part": "option", "option of a part (several)": "option",
        "text with gaps": "cloze", "word bank": "bank", "item": "item", "matching option": "item",
        "answer box": "blank", "arrow": "label", "frame label": "frame", "frame text": "blank",
        "frame filled in": "frame", "square": "blank", "total points": "label", "answer line": "line",
        "document": "document", "document label": "document label", "document source": "credit",
        "model answer": "answer", "teacher note": "note", "teacher note on a section": "note",
        "table heading": "head", "table text": "cell", "table text filled in": "cell", "event date": "date",
        "event": "event", "list bullet": "bullet", "list bullet 2": "bullet", "list bullet 3": "bullet",
        "list number": "number", "list number 2": "number", "list number 3": "number", "list continue": "paragraph",
        "picture": "picture", "caption": "caption", "code block": "code", "section break": "label",
        "name and explanation": "entry", "explanation": "entry text", "bibliography": "bibliography",
        "annotation": "annotation", "credits": "label", "space after a table": "plain", "normal": "plain",
    }
)  # fmt: skip  # a table reads better in pairs

# The names of our character styles, and the identifiers that `names.Mark` knows them by.
MARKS: Final = MappingProxyType(
    {
        "term": Mark.TERM, "term explained": Mark.TERM_HEAD, "name": Mark.NAME, "detail": Mark.DETAIL,
        "translation": Mark.TRANSLATION, "question number": Mark.NUMBER, "points": Mark.POINTS,
        "right answer": Mark.RIGHT, "right answer mark": Mark.RIGHT_MARK, "gap": Mark.GAP,
        "gap filled in": Mark.GAP_RIGHT, "teacher label": Mark.LABEL, "code": Mark.CODE, "page number": Mark.PAGE,
        "hyperlink": Mark.LINK, "footnote reference": Mark.NOTE, "strong": Mark.STRONG, "emphasis": Mark.EMPHASIS,
    }
)  # fmt: skip  # as above

_ON: Final = frozenset({"", "1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style of the file: its name in lower case, what it is based on, and whether it makes bold or italic."""

    name: str
    parent: str
    bold: bool | None
    italic: bool | None


class Styles:
    """The styles of one file."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: Mapping[str, Style] = {
            element.get(qn("w:styleId")) or "": _style(element)
            for element in (root.iter(qn("w:style")) if root is not None else ())
        }

    def role(self, identifier: str) -> str:
        """Return the role of paragraphs in the style `identifier`: "foreign" for a style that is nothing of ours."""
        if not identifier:
            return "plain"
        names = [style.name for style in self._line(identifier)]
        known = next((ROLES[name] for name in names if name in ROLES), "foreign")
        own = names[0] if names else identifier.casefold()
        return "foreign" if known == "plain" and own not in _PLAIN else known

    def heavy(self, identifier: str) -> bool:
        """Return whether paragraphs in the style are bold as a whole."""
        return next((style.bold for style in self._line(identifier) if style.bold is not None), False)

    def slanted(self, identifier: str) -> bool:
        """Return whether paragraphs in the style are italic as a whole."""
        return next((style.italic for style in self._line(identifier) if style.italic is not None), False)

    def mark(self, identifier: str) -> str:
        """Return which of our character styles the style is or is based on, "" for none."""
        return next((str(MARKS[style.name]) for style in self._line(identifier) if style.name in MARKS), "")

    def _line(self, identifier: str) -> list[Style]:
        """Return the style and those that it is based on."""
        line: list[Style] = []
        while identifier in self._styles and len(line) < len(self._styles):
            line.append(self._styles[identifier])
            identifier = line[-1].parent
        return line


_PLAIN: Final = frozenset(name for name, role in ROLES.items() if role == "plain") | {"default paragraph style"}


def _style(element: _Element) -> Style:
    properties = element.find(qn("w:rPr"))
    name = _value(element, "name").casefold()
    return Style(name, _value(element, "basedOn"), switch(properties, "b"), switch(properties, "i"))


def _value(element: _Element, tag: str) -> str:
    found = element.find(qn(f"w:{tag}"))
    return (found.get(qn("w:val")) or "") if found is not None else ""


def switch(properties: _Element | None, tag: str) -> bool | None:
    """Return whether the switch `tag` is on or off among `properties`; None where nothing is said of it."""
    found = properties.find(qn(f"w:{tag}")) if properties is not None else None
    return None if found is None else (found.get(qn("w:val")) or "").casefold() in _ON
