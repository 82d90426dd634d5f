"""numbering.xml of the base document: three lists, each level bound to its paragraph style.

Because the styles carry the numbers, a teacher who adds, moves or deletes a question in Word renumbers
the sheet, and every question's options begin at A again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element

from toolkit.formats.docx.base_styles import Row, points
from toolkit.formats.docx.names import BULLETS, NUMBERS, QUESTIONS, STEP, Level, Mark, Style, listed
from toolkit.formats.docx.oxml import w

LEVELS: Final = 9
_BULLET_SIGNS: Final = ("•", "–", "·")
_NUMBER_FORMATS: Final = ("decimal", "lowerLetter", "lowerRoman")

_QUESTION_LEVELS: Final = (
    (Level.QUESTION, "decimal", "%1", Style.QUESTION, Mark.NUMBER),
    (Level.OPTION, "upperLetter", "○ %2.", Style.OPTION, Mark.DETAIL),
    (Level.OPTION_MANY, "upperLetter", "☐ %3.", Style.OPTION_MANY, Mark.DETAIL),
    (Level.PART, "lowerLetter", "(%4)", Style.PART, Mark.NUMBER),
    (Level.PART_OPTION, "upperLetter", "○ %5.", Style.PART_OPTION, Mark.DETAIL),
    (Level.PART_OPTION_MANY, "upperLetter", "☐ %6.", Style.PART_OPTION_MANY, Mark.DETAIL),
    (Level.MATCH, "upperLetter", "%7", Style.MATCH_OPTION, Mark.DETAIL),
)


def numbering(table: Row) -> _Element:
    """Return `w:numbering`: questions with their parts and options, bullets, and numbered lists."""
    return w(
        "numbering",
        _abstract(QUESTIONS, _question_levels(table)),
        _abstract(BULLETS, _bullet_levels()),
        _abstract(NUMBERS, _number_levels()),
        *(w("num", w("abstractNumId", val=number), numId=number) for number in (QUESTIONS, BULLETS, NUMBERS)),
    )


def _abstract(identifier: int, levels: Iterator[_Element]) -> _Element:
    return w(
        "abstractNum",
        w("nsid", val=f"4C5400{identifier:02X}"),
        w("multiLevelType", val="multilevel"),
        w("tmpl", val=f"4C5401{identifier:02X}"),
        *levels,
        abstractNumId=identifier,
    )


def _level(level: int, form: str, sign: str, indent: tuple[int, int], style: str, mark: str = "") -> _Element:
    left, hanging = indent
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=form),
        w("lvlRestart", val=1) if style == Style.PART else None,
        w("pStyle", val=style) if style else None,
        w("suff", val="tab"),
        w("lvlText", val=sign),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=left, hanging=hanging)),
        _number_look(mark),
        ilvl=level,
    )


def _number_look(mark: str) -> _Element | None:
    """Return the look of a number: not every reader lets a level name a character style.

    The hint makes Word take ○ and ☐, which Calibri lacks or draws small, from MS Gothic, which comes with
    Office for Windows and Mac; letters stay in Calibri.
    """
    if not mark:
        return None
    color = "0B5563" if mark == Mark.NUMBER else "55524D"
    fonts = w("rFonts", hint="eastAsia", ascii="Calibri", hAnsi="Calibri", eastAsia="MS Gothic", cs="Arial")
    return w("rPr", fonts, w("b"), w("bCs"), w("i", val=0), w("color", val=color))


def _question_levels(table: Row) -> Iterator[_Element]:
    """Yield questions, their options, their parts, the options of those, and the options of a matching.

    What belongs to a part has levels under it: a level begins again where one above it counts, and only so
    do the options of part (b) begin at A.
    """
    styles = {row["id"]: row for row in table["style"]}
    for level, form, sign, style, mark in _QUESTION_LEVELS:
        row = {**styles.get(styles[style]["based"], {}), **styles[style]}
        yield _level(level, form, sign, (points(row["left"]), points(row["hanging"])), style, mark)


def _bullet_levels() -> Iterator[_Element]:
    for level in range(LEVELS):
        style = listed("ListBullet", level) if level < len(_BULLET_SIGNS) else ""
        sign = _BULLET_SIGNS[level % len(_BULLET_SIGNS)]
        yield _level(level, "bullet", sign, (STEP * (level + 1), STEP), style)


def _number_levels() -> Iterator[_Element]:
    for level in range(LEVELS):
        style = listed("ListNumber", level) if level < len(_NUMBER_FORMATS) else ""
        form = _NUMBER_FORMATS[level % len(_NUMBER_FORMATS)]
        yield _level(level, form, f"%{level + 1}.", (STEP * (level + 1), STEP), style)
