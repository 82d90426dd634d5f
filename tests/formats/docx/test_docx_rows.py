"""What stays together in the Word file: rows of tables, and documents with their question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx_reading import NAMES, W, part, style, styled, text, value
from docx_samples import only, picture, words
from lxml.etree import _Element

from toolkit.model.chronologies import Asked, Chronology, Moment
from toolkit.model.printout import Exhibit, Printout, Task
from toolkit.model.response import Area, Organizer
from toolkit.model.text import Figure, Heading, Paragraph, Table

EMU_PER_MM = 36000


def kept(root: _Element) -> list[bool]:
    """Return for each row of the tables of `root` whether all that is in it stays with the next one."""
    return [
        all(one.find("w:pPr/w:keepNext", NAMES) is not None for one in row.iter(f"{W}p")) for row in root.iter(f"{W}tr")
    ]


@pytest.mark.parametrize(
    ("rows", "characters", "expected"),
    [
        (3, 10, [True, True, True, False]),
        (10, 10, [True, True, *[False] * 7, True, False]),
        (4, 900, [True, True, False, True, False]),
    ],
)
def test_no_row_of_a_table_stands_alone(rows: int, characters: int, expected: list[bool]) -> None:
    root = part(only(Table((words("A"),), ((words("x" * characters),),) * rows)))
    assert kept(root)[1:] == expected[1:]
    assert style(next(root.iter(f"{W}tr"))[-1][-1]) == "LTTableHead"  # a style that stays with the next


def test_the_caption_of_a_table_of_ours_is_its_heading() -> None:
    rows = ((words("1"),),)
    root = part(only(Table((words("A"),), rows, caption=words("Marks"), role="marks"), Paragraph(words("and"))))
    ours = next(one for one in root.iter(f"{W}r") if text(one) == "Marks")
    theirs = part(only(Table((words("A"),), rows, caption=words("Marks"))))

    assert value(ours, "w:rPr/w:rStyle") == "Strong"
    assert value(next(one for one in theirs.iter(f"{W}r") if text(one) == "Marks"), "w:rPr/w:rStyle") is None


def asked(high: float) -> Task:
    answer = Area(high, 0, "")
    shown = Exhibit("Document", (Figure("tall.png", "A tall picture."),), words("A credit."), "")
    return Task("1", (Paragraph(words("Why?")),), "", answer, "questions/why", exhibits=(shown,))


def height(task: Task) -> float:
    """Return how high the picture of the document before `task` is printed, in mm."""
    root = part(only(task, pictures=(picture("tall.png", "PNG", (900, 1800)),)))
    extent = root.find(".//wp:extent", NAMES)
    assert extent is not None
    return int(extent.get("cy") or 0) / EMU_PER_MM


def test_a_tall_picture_of_a_document_leaves_room_for_its_question() -> None:
    assert height(asked(30)) == pytest.approx(103, abs=0.1)
    assert 60 <= height(asked(90)) < 100
    assert height(asked(190)) == pytest.approx(103, abs=0.1)  # no page holds both


def test_an_organiser_on_the_first_page_leaves_room_for_what_stands_above_it() -> None:
    notes = Organizer("venn", (words("A"), words("B"), words("C")), (), 190, "", "")
    question = Task("1", (Paragraph(words("Compare.")),), "", notes, "questions/both")

    def high(*before: Heading | Paragraph) -> int:
        return max(int(value(row, "w:trPr/w:trHeight") or 0) for row in part(only(*before, question)).iter(f"{W}tr"))

    assert high(Heading(2, words("First")), Paragraph(words("Write."))) < high(Heading(2, words("First")))
    assert high(*[Paragraph(words("word " * 200))] * 9) > high()  # a page of text: the question is not on page 1


def test_large_print_has_room_for_two_digits_before_a_question() -> None:
    standard = only(Task("1", (Paragraph(words("Why?")),), "", None, "questions/why"))

    def hanging(shown: Printout, file: str, path: str) -> set[str | None]:
        owners = [one for one in part(shown, file).iter(f"{W}style", f"{W}lvl") if one.find(path, NAMES) is not None]
        named = [one for one in owners if "LTQuestion" in (one.get(f"{W}styleId"), value(one, "w:pStyle"))]
        return {value(one, path, "hanging") for one in named}

    large = replace(standard, presentation="large-print")
    for file in ("word/styles.xml", "word/numbering.xml"):
        assert hanging(standard, file, "w:pPr/w:ind") == {"480"}
        assert hanging(large, file, "w:pPr/w:ind") == {"620"}


def test_what_is_to_be_done_stays_with_its_table() -> None:
    said = Paragraph(words("Beside each date, write what happened."), role="instructions")
    table = Table((words("A"),), ((words("1"),),))
    before, alone = part(only(said, table)), part(only(said, Paragraph(words("Text."))))

    assert [one.find("w:pPr/w:keepNext", NAMES) is not None for one in styled(before, "LTInstructions")] == [True]
    assert [one.find("w:pPr/w:keepNext", NAMES) is not None for one in styled(alone, "LTInstructions")] == [False]


def test_large_print_breaks_no_word_of_a_narrow_column() -> None:
    header = tuple(words(one) for one in ("Question", "15", "16", "17", "18", "19", "20", "Total"))
    table = Table(header, ((words("Points"), *[words("2")] * 7),), role="marks")
    root = part(replace(only(table), presentation="large-print"))
    widths = [int(one.get(f"{W}w") or 0) for one in root.iter(f"{W}gridCol")]

    assert widths[-1] > 5 * 18 * 0.5 * 20 + 180  # five letters of 18 pt, half as wide each, and the cell's margins


LINE = 280  # dxa; a date, 10.5 pt on 1.05 lines
MARGIN = 50  # dxa; below the text of every cell


@pytest.mark.parametrize(("asked_for", "column"), [("event", 0), ("date", 1)])
@pytest.mark.parametrize(("pitch", "least"), [(8.7, 160), (7.1, 110), (15.0, 160)])
def test_a_text_of_two_lines_beside_a_rule_stands_apart_from_the_one_above(
    asked_for: Asked, column: int, pitch: float, least: int
) -> None:
    moments = (Moment("18 de noviembre de 1903", words("Bunau-Varilla firma."), ""),) * 2
    table = Chronology(("Fecha", "Hecho"), moments, "", True, 1, pitch, "", asked_for)

    rows = list(part(only(table)).iter(f"{W}tr"))[1:]

    above = [int(value(list(row.iter(f"{W}tc"))[column], "w:tcPr/w:tcMar/w:top", "w") or 0) for row in rows]
    assert above == [least] * 2
    if pitch > 8:  # a row with one line is as high as the rule is far
        assert above[0] + LINE + MARGIN <= int(value(rows[0], "w:trPr/w:trHeight") or 0)
