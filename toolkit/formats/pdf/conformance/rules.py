"""The rules that every PDF is held to: their names, where they come from, and what breaking one is as a value."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from toolkit.formats.pdf.conformance.tagged import Element

# A rule's name -> the clause it is of: of ISO 14289-1 (PDF/UA-1), or of "ISO 32000-1" where that is named; "" is a
# promise of this program's own. A name is stable: it is printed, and looked up.
RULES: Final = MappingProxyType(
    {
        # document
        "readable": "ISO 32000-1, 7.5",
        "identifier": "5",
        "marked": "7.1",
        "suspects": "7.1",
        "title": "7.1",
        "title-shown": "7.1",
        "language": "7.2",
        "language-tags": "7.2",
        "layers": "7.10",
        "encryption": "7.16",
        "scripts": "",
        "attachments": "",
        "bookmarks": "7.17",
        # structure
        "document": "7.1",
        "types": "7.1",
        "parents": "7.1",
        "once": "7.1",
        "names": "ISO 32000-1, 14.7.2",
        "empty": "7.1",
        "mark-owner": "7.1",
        "mark-number": "7.1",
        "parent-tree": "7.1",
        # content
        "content-tagged": "7.1",
        "artifact-apart": "7.1",
        "artifact-type": "7.8",
        "form-marks": "7.20",
        # headings
        "heading-order": "7.4.2",
        "heading-kinds": "7.4.4",
        "heading-words": "7.4",
        # lists
        "list-parts": "7.6",
        "list-item": "7.6",
        "list-body": "7.6",
        # tables
        "table-parts": "7.5",
        "table-rows": "7.5",
        "table-regular": "7.5",
        "header-scope": "7.5",
        "cell-headers": "7.5",
        # figures
        "figure-words": "7.3",
        "figure-place": "7.3",
        "caption-place": "7.3",
        # notes
        "note-name": "7.9",
        "note-reference": "7.9",
        # annotations
        "annotation-words": "7.18.1",
        "annotation-tagged": "7.18.1",
        "annotation-type": "7.18.1",
        "field-words": "7.18.1",
        "tab-order": "7.18.3",
        "link-words": "7.18.5",
        # fonts
        "font-embedded": "7.21.4",
        "font-characters": "7.21.7",
        "font-glyph": "7.21.8",
    }
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that is broken, in the author's words. `page` counts from 1; 0 is the file as a whole.

    `element` is the place in the structure that is at fault, where there is one.
    """

    rule: str
    message: str
    page: int = 0
    element: Element | None = None

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"{self.rule} is not in the table of rules")
