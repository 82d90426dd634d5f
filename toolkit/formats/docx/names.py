"""The names of the base document's styles, numberings and measures; a test holds them to the file."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

DXA_PER_POINT: Final = 20
DXA_PER_MM: Final = 1440 / 25.4
EMU_PER_DXA: Final = 635

# The text is 6.5 in wide on both papers, so that lines, tabs and tables fall alike (dxa).
TEXT_WIDTH: Final = 9360
# A question's number hangs in this; its text, options and answer lines stand at its edge (dxa).
HANG: Final = 480
# An option's mark and letter hang in this (dxa).
OPTION_HANG: Final = 720
# A part's letter hangs in this, behind the question's number (dxa).
PART_HANG: Final = 440
# A matching option's letter hangs in this, and how far its text stands from the edge of its cell (dxa).
MATCH_HANG: Final = 400
MATCH_INDENT: Final = 760
# How far the text of a document stands from the edge of the text round it (dxa).
EXHIBIT_INDENT: Final = 200
# One step of a list (dxa).
STEP: Final = 360

# How far a block of code stands from the edge of the text round it (dxa).
CODE_INDENT: Final = 160

QUESTIONS: Final = 1
BULLETS: Final = 2
NUMBERS: Final = 3


class Level(IntEnum):
    """The levels of the questions' numbering; each begins again where one above it counts."""

    QUESTION = 0
    OPTION = 1
    OPTION_MANY = 2
    PART = 3
    PART_OPTION = 4
    PART_OPTION_MANY = 5
    MATCH = 6


class Style(StrEnum):
    """Style identifiers in the base document."""

    NORMAL = "Normal"
    KICKER = "LTKicker"
    DEK = "Subtitle"
    NAME_LINE = "LTNameLine"
    BAND = "LTBand"
    BODY = "BodyText"
    VOCABULARY = "LTVocabulary"
    OMISSION = "LTOmission"
    QUOTE = "Quote"
    FACTS = "LTFacts"
    INSTRUCTIONS = "LTInstructions"
    TOTAL = "LTTotal"
    QUESTION = "LTQuestion"
    QUESTION_TEXT = "LTQuestionText"
    OPTION = "LTOption"
    OPTION_MANY = "LTOptionMany"
    OPTION_ROW = "LTOptionRow"
    PART = "LTPart"
    PART_TEXT = "LTPartText"
    PART_OPTION = "LTPartOption"
    PART_OPTION_MANY = "LTPartOptionMany"
    CLOZE = "LTCloze"
    BANK = "LTBank"
    ITEM = "LTItem"
    MATCH_OPTION = "LTMatchOption"
    BOX = "LTBox"
    ARROW = "LTArrow"
    FRAME_LABEL = "LTFrameLabel"
    FRAME_TEXT = "LTFrameText"
    FRAME_ANSWER = "LTFrameAnswer"
    SQUARE = "LTSquare"
    EXHIBIT = "LTExhibit"
    EXHIBIT_LABEL = "LTExhibitLabel"
    EXHIBIT_SOURCE = "LTExhibitSource"
    ANSWER_LINE = "LTAnswerLine"
    ANSWER = "LTAnswer"
    NOTE = "LTNote"
    SECTION_NOTE = "LTSectionNote"
    TABLE = "LTTable"
    TABLE_HEAD = "LTTableHead"
    TABLE_TEXT = "LTTableText"
    TABLE_ANSWER = "LTTableAnswer"
    DATE = "LTDate"
    EVENT = "LTEvent"
    LIST_CONTINUE = "ListContinue"
    FIGURE = "LTFigure"
    CAPTION = "Caption"
    CODE = "LTCode"
    BREAK = "LTBreak"
    ENTRY = "LTEntry"
    ENTRY_TEXT = "LTEntryText"
    BIBLIOGRAPHY = "Bibliography"
    ANNOTATION = "LTAnnotation"
    CREDIT = "LTCredit"
    FOOTNOTE = "FootnoteText"
    HEADER = "Header"
    FOOTER = "Footer"
    SPACER = "LTSpacer"


class Mark(StrEnum):
    """Character style identifiers in the base document; "" is no mark."""

    NONE = ""
    STRONG = "Strong"
    EMPHASIS = "Emphasis"
    TERM = "LTTerm"
    TERM_HEAD = "LTTermHead"
    NAME = "LTName"
    DETAIL = "LTDetail"
    TRANSLATION = "LTTranslation"
    NUMBER = "LTNumber"
    POINTS = "LTPoints"
    RIGHT = "LTRight"
    RIGHT_MARK = "LTMark"
    GAP = "LTGap"
    GAP_RIGHT = "LTGapRight"
    LABEL = "LTLabel"
    CODE = "LTCodeText"
    PAGE = "PageNumber"
    LINK = "Hyperlink"
    NOTE = "FootnoteReference"


def heading(level: int) -> str:
    """Return the identifier of the style for a heading of `level`; Word's gallery here ends at 6."""
    return f"Heading{min(max(level, 1), 6)}"


def listed(kind: str, depth: int) -> str:
    """Return the identifier of the list style `kind` ("ListBullet", "ListNumber") at `depth` from 0."""
    return kind if depth == 0 else f"{kind}{min(depth + 1, 3)}"
