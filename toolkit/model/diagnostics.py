"""Diagnostics: what is wrong, where, and what to do about it, as values.

Rooms make them and pass them up; only `cli` prints them. A code is stable for ever: people suppress and
look up by it. CODES is the one table of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

CODES: Final = MappingProxyType(
    {
        # Y: the YAML text itself
        "Y101": "the file cannot be read",
        "Y102": "the file is not UTF-8 text",
        "Y103": "the file is too large",
        "Y104": "a character that has no place in a text file",
        "Y105": "the YAML is broken",
        "Y106": "an anchor, alias or merge key",
        "Y107": "a tag",
        "Y108": "a key that stands twice",
        "Y109": "more levels or values than a lesson has",
        "Y110": "the file is empty or not a mapping",
        "Y111": "more than one document, or a directive",
        "Y112": "a key that is not a plain word",
        "Y113": "a key with nothing after it",
        # L: the lesson's fields
        "L201": "an unknown key",
        "L202": "a missing key",
        "L203": "a value of the wrong kind",
        "L204": "a value that is not allowed",
        "L205": "a date that is not EDTF",
        "L206": "a question without a kind, or with two",
        "L207": "an id that cannot name a file or a place",
        "L208": "an id that stands twice",
        "L209": "a language that is not a BCP 47 tag",
        "L210": "a text that is too long or empty",
        "L211": "a link that is not allowed",
        "L212": "a text that is not plain Markdown",
        # R: references from one place to another
        "R301": "a citation of an unknown source",
        "R302": "a heading that the article does not have",
        "R303": "a heading that the article has twice",
        "R304": "a file that is missing",
        "R305": "a file outside the lesson's folder",
        "R306": "a standard that the lesson does not list",
        "R307": "a paragraph that the section does not have",
        "R308": "a lesson that does not exist",
        "R309": "an event that the chronology does not have",
        "R320": "a place in the article that is not there, or not printed",
        "R321": "words to point at that the article has more than once",
        # I: images
        "I401": "an image that cannot be printed",
        "I402": "an image without alternative text",
        "I403": "an image that is too large",
        # S: bibliography and chronology files
        "S501": "a bibliography file that cannot be read",
        "S502": "a bibliography entry that is not understood",
        "S510": "a citation style that cannot be used",
        "S511": "the citation engine gave no answer",
        "S521": "a chronology file that cannot be read",
        "S522": "something in a chronology file that is not kept",
        # P: the project file
        "P601": "a project file that cannot be read",
        "P602": "a theme that sets more than tokens, or a token to what it cannot be",
        "P603": "a colour of a theme that is too faint to read",
        "P604": "a font that cannot be used",
        "P605": "a letterhead that cannot be used",
        "P606": "something of a letterhead that is not taken",
        # A: importing articles
        "A101": "a source that cannot be imported",
        # B: building
        "B701": "a target that could not be made",
        "B702": "a character that no font has",
        "B703": "something that this format cannot show",
        "B704": "a file that was edited by hand and is kept",
        "B705": "the page engine reported a problem",
        "B706": "a timeline that has no room",
        "B707": "a file that took more time or memory than it may",
        "B708": "something that a build may not open",
        "B709": "a process that died of what it made",
        "B710": "a file that is open in a word processor",
        "B711": "a record that is damaged",
        "B712": "a cache that cannot be used, or an entry of it that is damaged",
        "B713": "a cluster that cannot be used, or gave something that was refused",
        "B714": "processes that cannot be started",
        "B715": "a sheet that is set closer, to save a page",
        "B720": "a PDF that is not accessible",
        "B721": "a PDF that veraPDF finds at fault",
        # Q: the bank of questions
        "Q901": "a question that the bank does not have",
        "Q902": "fewer questions in the bank than are asked for",
        "Q903": "a question that is drawn twice",
        "Q904": "a name that means one thing in the lesson and another in the bank",
        # W: sheets that were edited in Word
        "W901": "a file that is not a Word document",
        "W902": "a file that is larger than any lesson",
        "W903": "a Word document that is damaged",
        "W904": "a file that is protected by a password",
        "W905": "a Word document that is not a sheet of this program",
        "W906": "a sheet of a later version of this program",
        "W911": "words where students answer",
        "W912": "a label that was changed",
        "W913": "a table that the lesson does not have",
        "W914": "a picture that was changed",
        "W915": "new text in a place without a field",
        "W916": "a prompt that was rewritten",
        "W917": "a footnote that was changed",
        "W918": "something moved whose place the program decides",
        "W920": "an edited file of a lesson that this project does not have",
        "W921": "a comment that found no place in the lesson",
        "W922": "edits of two files in the same lines of a file that lessons share",
        # C: advice
        "C801": "an open question without a model answer",
        "C802": "a vocabulary term that the article does not use",
        "C803": "a source that nothing cites",
        "C804": "a standard that no question serves",
        "C805": "an article without source or licence",
        "C806": "only questions that ask to recall",
        "C807": "an image that the article does not show",
        "C808": "pacing that does not add up to the lesson's length",
        "C809": "a date that may not mean what it seems to",
        "C820": "an event far from the time of the lesson",
        "C821": "a life that nobody can have led",
        "C822": "two events in the same words",
        "C823": "an event that the article does not tell of",
        "C840": "a source of which something is missing",
        "C841": "a source with a date that cannot be",
        "C842": "a number or address of a source that cannot be right",
        "C843": "two records of one source",
        "C844": "an annotation of more than a paragraph",
        "C824": "dates of the article that the chronology lacks",
        "C825": "an event whose words say another date",
        "C826": "an event whose section has no date in its year",
        "C830": "a text that was changed although its licence forbids it",
        "C831": "a title that the citation style wants with the capitals of a sentence",
        "C850": "a picture with two colours that a photocopy makes one",
    }
)


class Severity(StrEnum):
    """How bad it is: an error stops the build, a warning does with --strict, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: lines and columns count from 1, columns in characters; `end` is exclusive."""

    file: str
    line: int
    column: int
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem, in the author's words.

    A room that knows the file gives a `span`. A room that knows only the lesson gives an `address`, and
    `source.positions` finds the span when the problem is printed; `needle` is the piece of the text at
    that address that is meant.
    """

    code: str
    message: str
    span: Span | None = None
    address: str = ""
    needle: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Span, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code} is not in the table of codes")


class LessonError(Exception):
    """A lesson that cannot become a value. Carries every problem that was found, sorted by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=_place))
        super().__init__("; ".join(d.message for d in self.diagnostics))


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.file, span.line, span.column) if span else ("", 0, 0)


def worst(diagnostics: Iterable[Diagnostic]) -> Severity | None:
    """Return the highest severity among `diagnostics`, or None where there are none."""
    order = list(Severity)
    return min((d.severity for d in diagnostics), key=order.index, default=None)
