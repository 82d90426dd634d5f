"""Every response in Word: what the student writes in, and where the teacher's key stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx_kinds import cloze, exhibits, grid, matching, options, ordering, organizers, sourced, truth
from docx_reading import NAMES, W, bookmarks, outline, part, reported, style, styled, text, value
from docx_samples import choice, only, picture, prose, words
from lxml.etree import _Element

from toolkit.model.printout import Exhibit, Printout, Task
from toolkit.model.response import Area, Choice, Entry, Organizer, Response, Writing, public
from toolkit.model.text import Blocks, CodeBlock, Gap, Paragraph, Quote, Table, Text

NBSP = "\u00a0"


def asked(response: Response | None, number: str = "1", **changes: object) -> Task:
    return replace(Task(number, (prose("Why?"),), "", response, f"questions/q{number}"), **changes)  # type: ignore[arg-type]


def answered(response: Response) -> _Element:
    return part(only(asked(response)))


def table(root: _Element) -> list[list[str]]:
    return [[text(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]


def widths(root: _Element) -> list[int]:
    return [int(one.get(f"{W}w") or 0) for one in root.iter(f"{W}gridCol")]


def kept_rows(root: _Element) -> list[bool]:
    rows = root.iter(f"{W}tr")
    return [all(one.find("w:pPr/w:keepNext", NAMES) is not None for one in row.iter(f"{W}p")) for row in rows]


def sides(cell: _Element) -> set[str]:
    return {one.tag.removeprefix(W) for one in cell.iterfind("w:tcPr/w:tcBorders/*", NAMES)}


# -- room to write -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "fill", "rows"), [(3, False, 3), (2, True, 8), (12, True, 12)])
def test_lines_to_the_foot_of_the_page_are_a_sensible_number(lines: int, fill: bool, rows: int) -> None:
    root = answered(Writing(lines, 8.7, "s", fill=fill))

    assert len(list(root.iter(f"{W}tr"))) == rows


def test_a_frame_is_one_cell_as_high_as_asked_for() -> None:
    root = answered(Area(40, 0, "A frame to draw in."))

    assert table(root) == [[""]]
    assert value(root, ".//w:trHeight") == str(round(40 * 1440 / 25.4))
    assert value(root, ".//w:tblCaption") == "A frame to draw in."
    assert root.find(".//w:tblBorders/w:left", NAMES) is not None


def test_squared_paper_is_squares_of_the_side_asked_for() -> None:
    root = answered(Area(30, 5, "Squared paper."))
    side = round(5 * 1440 / 25.4)

    assert len(list(root.iter(f"{W}tr"))) == 6
    assert set(widths(root)) == {side}
    assert sum(widths(root)) <= 9360 - 480
    assert {
        (value(row, "w:trPr/w:trHeight"), value(row, "w:trPr/w:trHeight", "hRule")) for row in root.iter(f"{W}tr")
    } == {(str(side), "exact")}
    assert kept_rows(root) == [True] * 5 + [False]


@pytest.mark.parametrize(("height", "square"), [(30, 2), (240, 4), (30, 400)])
def test_squares_that_word_cannot_carry_are_a_frame_and_reported(height: float, square: float) -> None:
    printout = only(asked(Area(height, square, "s")))
    found: list[object] = []

    assert table(part(printout, report=found.append)) == [[""]]
    assert len(reported(printout)) == len(found) == 1


def test_an_entry_has_its_unit_after_the_rule() -> None:
    student, teacher = (answered(Entry(30, 9, "Space.", key, words("km"))) for key in (None, words("193")))

    assert table(student) == [["", f"{NBSP}km"]]
    assert table(teacher) == [["193", f"{NBSP}km"]]
    assert [sides(cell) for cell in student.iter(f"{W}tc")] == [{"bottom"}, set()]
    assert widths(student)[0] == round(30 * 1440 / 25.4)


def test_an_entry_with_a_unit_is_no_wider_than_the_line() -> None:
    assert sum(widths(answered(Entry(400, 9, "Space.", None, words("kilometres"))))) == 9360 - 480


# -- options in a row --------------------------------------------------------------------------------


def test_options_in_a_row_are_one_paragraph_and_then_the_lines_to_correct_on() -> None:
    root = answered(truth())

    assert outline(root)[2:6] == [
        ("LTOptionRow", f"○{NBSP}True\t○{NBSP}False{NBSP}✓"),
        ("LTAnswerLine", ""),
        ("LTAnswerLine", ""),
        ("LTSpacer", ""),
    ]
    assert value(styled(root, "LTOptionRow")[0], "w:pPr/w:keepNext", "val") is None
    assert styled(root, "LTOptionRow")[0].find("w:pPr/w:keepNext", NAMES) is not None
    assert value(styled(root, "LTOptionRow")[0], ".//w:rStyle[@w:val='LTRight']") == "LTRight"


def test_the_student_sees_neither_sign_nor_weight() -> None:
    root = answered(public(truth()))

    assert text(styled(root, "LTOptionRow")[0]) == f"○{NBSP}True\t○{NBSP}False"
    assert {value(run, "w:rPr/w:rStyle") for run in root.iter(f"{W}r")} == {None, "LTDetail"}


def test_options_in_a_row_have_their_letters() -> None:
    row = Choice(options("q", ("yes", "no"), "AB"), False, inline=True)

    assert text(styled(answered(row), "LTOptionRow")[0]) == f"○{NBSP}A.{NBSP}yes\t○{NBSP}B.{NBSP}no"


def test_options_too_long_for_a_row_are_a_list() -> None:
    long = Choice(options("q", ("x" * 60, "no"), "AB"), False, inline=True)

    assert [style(one) for one in answered(long).iter(f"{W}p")][2:] == ["LTOption", "LTOption"]


def test_a_list_of_options_stays_with_the_lines_to_correct_on() -> None:
    listed = replace(choice("q", False, None, ("a", "b")), correction=Writing(1, 8.7, "s"))
    root = answered(listed)

    assert [one.find("w:pPr/w:keepNext", NAMES) is not None for one in styled(root, "LTOption")] == [True, True]


# -- matching and ordering ---------------------------------------------------------------------------


def test_a_matching_has_blanks_items_and_options_that_word_letters() -> None:
    student, teacher = answered(public(matching())), answered(matching())

    assert [row[0] for row in table(student)] == ["", "", "", ""]
    assert [row[0] for row in table(teacher)] == ["C", "A", "D", ""]
    assert [row[1:] for row in table(student)] == [row[1:] for row in table(teacher)]
    assert table(student)[3] == ["", "", "Four parties sign"]
    assert [style(one) for one in student.iter(f"{W}p") if style(one) == "LTMatchOption"] == ["LTMatchOption"] * 4
    assert student.find(".//w:tbl//w:numPr", NAMES) is None
    assert [sides(row.findall("w:tc", NAMES)[0]) for row in student.iter(f"{W}tr")] == [{"bottom"}] * 3 + [set()]
    assert kept_rows(student) == [True] * 3 + [False]


def test_a_matching_with_more_items_than_options_is_whole() -> None:
    few = replace(matching(), options=matching().options[:1])

    assert [row[2] for row in table(answered(few))] == ["Fighting spreads in the west", "", ""]


def test_letters_of_a_matching_that_word_cannot_count_are_typed() -> None:
    thai = replace(matching(), options=options("o", ("x", "y"), "กข"))

    assert [row[2] for row in table(answered(thai))][:2] == ["ก\tx", "ข\ty"]


def test_an_ordering_has_a_box_before_each_item_with_its_number_for_the_teacher() -> None:
    student, teacher = answered(public(ordering())), answered(ordering())

    assert [row[0] for row in table(student)] == ["", "", ""]
    assert [row[0] for row in table(teacher)] == ["3", "1", "2"]
    assert [sides(row.findall("w:tc", NAMES)[0]) for row in student.iter(f"{W}tr")] == [
        {"top", "left", "bottom", "right"}
    ] * 3
    assert {value(run, ".//w:rStyle") for run in styled(teacher, "LTBox")} == {"LTRight"}


def test_a_long_ordering_may_break_over_pages() -> None:
    many = replace(ordering(), items=options("o", ("x",) * 40), key=None)

    assert kept_rows(answered(many))[:3] == [True, False, False]


# -- gaps --------------------------------------------------------------------------------------------


def test_a_gap_is_a_field_that_says_what_it_is_and_a_line_as_wide_as_asked_for() -> None:
    root = answered(public(cloze()))
    fields = list(root.iter(f"{W}sdt"))
    lines = [(text(one), text(one.getnext())) for one in fields]  # type: ignore[arg-type]

    assert [value(one, "w:sdtPr/w:alias") for one in fields] == ["Gap 1", "Gap 2", "Gap 3"]
    assert len({value(one, "w:sdtPr/w:id") for one in fields}) == 3
    assert {len(field + line) for field, line in lines} == {29}  # 26 mm in spaces of 0.892 mm
    assert {field + line for field, line in lines} == {NBSP * 29}
    assert {value(one, "w:sdtContent/w:r/w:rPr/w:rStyle") for one in fields} == {"LTGap"}
    assert "_" not in text(root)


def test_gaps_are_filled_in_for_the_teacher_and_each_can_be_found_again() -> None:
    root = answered(cloze())
    filled = [text(run) for run in root.iter(f"{W}r") if value(run, "w:rPr/w:rStyle") == "LTGapRight"]

    assert root.find(".//w:sdt", NAMES) is None
    assert [one for one in filled if one != NBSP] == ["gap-key French", "gap-key war", "gap-key lake"]
    assert f"{NBSP}gap-key war{NBSP}" in bookmarks(root).values()


def test_a_gap_outside_a_text_to_fill_in_is_a_gap() -> None:
    root = part(only(Paragraph((Text("In "), Gap(1, 0.1, "")))))

    assert text(styled(root, "Normal")[0]) == f"In {NBSP * 2}"
    assert root.find(".//w:alias", NAMES) is None


def test_a_gap_that_the_key_does_not_know_is_left_open() -> None:
    short = replace(cloze(), key=(words("one"),))

    assert len(list(answered(short).iter(f"{W}sdt"))) == 2


def test_the_words_to_choose_from_stand_in_a_box_over_the_text_and_stay_with_it() -> None:
    root = answered(cloze())

    assert [style(one) for one in root.iter(f"{W}p")][1:] == ["LTQuestion", "LTBank", "LTCloze", "LTSpacer"]
    assert table(root)[0][0].startswith("Word bank\u2002war")
    assert [sides(cell) for cell in root.iter(f"{W}tc")] == [{"top", "left", "bottom", "right"}, set()]
    assert kept_rows(root)[0]
    assert value(root, ".//w:tblCaption") == "Word bank"


def test_a_text_with_gaps_and_no_words_to_choose_from_is_a_paragraph() -> None:
    root = answered(cloze(bank=False))

    assert [style(one) for one in root.iter(f"{W}p")][1:] == ["LTQuestion", "LTCloze"]
    assert value(styled(root, "LTCloze")[0], "w:pPr/w:keepNext") == "0"


def test_a_text_with_a_table_in_it_stands_outside_the_box() -> None:
    inner = Table((words("a"),), ((words("b"),),))
    root = answered(replace(cloze(), content=(inner, *cloze().content)))

    assert root.find(".//w:tc//w:tbl", NAMES) is None
    assert len(list(root.iter(f"{W}tbl"))) == 2


@pytest.mark.parametrize("content", [(), (CodeBlock("x"),)])
def test_a_box_ends_with_a_paragraph(content: Blocks) -> None:
    cells = list(answered(replace(cloze(), content=content)).iter(f"{W}tc"))

    assert all(cell[-1].tag == f"{W}p" for cell in cells)


# -- tables and organisers ---------------------------------------------------------------------------


def test_a_table_to_fill_in_has_its_header_and_room_where_a_student_writes() -> None:
    student, teacher = answered(public(grid())), answered(grid())

    assert table(student)[1:] == [["Through the canal", "", ""], ["Round Africa", "larger ships", ""]]
    assert table(teacher)[2] == ["Round Africa", "larger ships", "cell-key two weeks"]
    assert widths(student) == widths(teacher)
    assert len(list(student.iter(f"{W}tblHeader"))) == 1
    assert [value(row, "w:trPr/w:trHeight") for row in student.iter(f"{W}tr")] == [None, "907", "907"]
    assert [text(one) for one in styled(teacher, "LTTableAnswer")] == [
        "cell-key time",
        "cell-key tolls",
        "cell-key two weeks",
    ]
    assert value(student, ".//w:tblDescription") == "Two routes, what each gains and loses. Three cells to fill in."


ORGANIZED = {
    "cause": [["Cause 1", "→", "Effect"], ["Cause 2", "→", ""], ["Cause 3", "→", ""]],
    "compare": [["Criterion", "Suez", "Panama"], ["Length", "", ""], ["Locks", "", ""]],
    "venn": [["Only Suez", "Both", "Only Panama"], ["", "", ""]],
    "cornell": [["Cues", "Notes"], *[["", ""]] * 6, ["Summary"]],
}


@pytest.mark.parametrize("layout", ORGANIZED)
def test_an_organiser_is_tables_without_merged_cells(layout: str) -> None:
    root = answered(public(organizers()[layout]))

    assert table(root) == ORGANIZED[layout]
    assert not [one for tag in ("vMerge", "gridSpan") for one in root.iter(f"{W}{tag}")]


@pytest.mark.parametrize("layout", ORGANIZED)
def test_every_frame_of_an_organiser_is_filled_in_for_the_teacher(layout: str) -> None:
    shown = organizers()[layout]
    root = answered(shown)
    key = [text(one) for one in styled(root, "LTFrameAnswer")]

    expected = ["a", "d", "b", "c"] if layout == "cause" else [text_of(frame) for frame in shown.key or ()]
    assert key == [one if one.startswith("frame") else f"frame-key {one}" for one in expected]


def text_of(frame: object) -> str:
    assert isinstance(frame, tuple)
    return "".join(node.text for node in frame[0].content)


@pytest.mark.parametrize("layout", ORGANIZED)
def test_an_organiser_is_as_high_as_asked_for(layout: str) -> None:
    shown = organizers()[layout]
    heights = [int(value(row, "w:trPr/w:trHeight") or 0) for row in answered(shown).iter(f"{W}tr")]
    headed = 7 if layout != "cause" else 0

    assert sum(heights) / 1440 * 25.4 == pytest.approx(shown.height - headed, abs=0.5)


def test_the_effect_is_one_frame_to_the_eye() -> None:
    root = answered(public(organizers()["cause"]))

    assert [sides(row.findall("w:tc", NAMES)[2]) for row in root.iter(f"{W}tr")] == [
        {"top", "left", "right"},
        {"left", "right"},
        {"left", "bottom", "right"},
    ]


def test_notes_and_their_summary_have_rules_to_write_on() -> None:
    shown = public(organizers()["cornell"])
    assert isinstance(shown, Organizer)
    shown = replace(shown, height=120)
    notes, summary = answered(shown).iter(f"{W}tbl")
    ends = [sides(row.findall("w:tc", NAMES)[-1]) for row in notes.findall("w:tr", NAMES)]

    assert ends == [set(), *[{"bottom"}] * (len(ends) - 2), set()]
    assert summary.find("w:tblPr/w:tblBorders/w:insideH", NAMES) is not None
    for rows in (notes.findall("w:tr", NAMES)[1:], summary.findall("w:tr", NAMES)[1:]):
        assert {round(int(value(row, "w:trPr/w:trHeight") or 0) / 56.7) for row in rows} <= {9, 10, 11}


def test_notes_and_their_summary_stay_on_one_page() -> None:
    root = answered(public(organizers()["cornell"]))
    between = styled(root, "LTSpacer")[0]

    assert kept_rows(root) == [True] * 7 + [False]
    assert between.find("w:pPr/w:keepNext", NAMES) is not None


def test_a_comparison_without_criteria_has_one_row() -> None:
    bare: Organizer = replace(organizers()["compare"], rows=(), key=None)

    assert table(answered(bare)) == [["Criterion", "Suez", "Panama"], ["", "", ""]]


def test_more_answers_than_frames_are_reported() -> None:
    shown = organizers()["compare"]

    assert reported(only(asked(replace(shown, rows=shown.rows[:1]))))


def test_an_arrow_leads_the_way_the_sheet_runs() -> None:
    root = part(only(asked(public(organizers()["cause"])), language="ar"))

    assert {row[1] for row in table(root)} == {"←"}


# -- parts and documents -----------------------------------------------------------------------------


def document(*tasks: Task) -> Printout:
    return only(*tasks, pictures=(picture(),))


def test_parts_are_lettered_by_word_and_their_options_begin_anew() -> None:
    root = part(document(sourced("1", "student")))

    assert [text(one).split("\t")[0] for one in styled(root, "LTPart")] == [
        "What does the writer see?",
        "Why did they print stamps?",
        "Which is the picture's main colour?",
        "Complete.",
    ]
    assert [style(one) for one in root.iter(f"{W}p") if "Option" in style(one)] == ["LTPartOption"] * 2
    assert root.find(".//w:numPr", NAMES) is None


def test_the_sign_round_a_parts_letter_is_the_printouts() -> None:
    parts = tuple(asked(None, number=f"{letter}.") for letter in "ab")
    numbering = part(only(asked(None, parts=parts)), "word/numbering.xml")

    assert value(numbering, "w:abstractNum/w:lvl[@w:ilvl='3']/w:lvlText") == "%4."


def test_parts_of_a_question_with_a_typed_number_begin_anew() -> None:
    parts = tuple(asked(None, number=f"({letter})") for letter in "ab")
    root = part(only(asked(None, number="3a", parts=parts), asked(None, number="3b", parts=parts)))
    numbers = [value(one, "w:pPr/w:numPr/w:numId") for one in styled(root, "LTPart")]

    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_part_that_word_would_letter_otherwise_begins_a_count_of_its_own() -> None:
    parts = tuple(asked(None, number=f"({letter})") for letter in "ad")
    printout = only(asked(None, parts=parts))
    numbers = [value(one, "w:pPr/w:numPr/w:numId") for one in styled(part(printout), "LTPart")]
    path = f"w:num[@w:numId='{numbers[1]}']/w:lvlOverride/w:startOverride"

    assert numbers[0] is None
    assert value(part(printout, "word/numbering.xml"), path) == "4"


def test_a_part_whose_letter_word_cannot_count_is_typed() -> None:
    parts = (asked(choice("q", False, None, ("a", "b")), number="(ก)"), asked(None, number="§"))
    root = part(only(asked(None, parts=parts)))

    assert [text(one) for one in styled(root, "LTPart")] == ["(ก)\tWhy?", "§\tWhy?"]
    assert value(styled(root, "LTPartOption")[0], "w:pPr/w:numPr/w:ilvl") == "4"


def test_what_belongs_to_a_part_stands_where_it_stands() -> None:
    root = part(document(sourced("1", "teacher")))
    tables = [value(one, "w:tblPr/w:tblInd", "w") for one in root.iter(f"{W}tbl")]

    assert set(tables) == {"920"}
    assert value(styled(root, "LTAnswer")[0], "w:pPr/w:ind", "left") == "1120"
    assert value(styled(root, "LTCloze")[0], "w:pPr/w:ind", "left") == "0"  # in its frame


def test_a_question_with_parts_keeps_to_the_first_of_them() -> None:
    root = part(document(sourced("1", "student")))

    assert value(styled(root, "LTQuestion")[0], "w:pPr/w:keepNext") is None  # its style keeps it


def test_a_document_is_one_box_with_its_label_and_source() -> None:
    root = part(document(asked(None, exhibits=exhibits())))

    assert [style(one) for one in root.iter(f"{W}p")][1:] == [
        "LTExhibitLabel",
        "LTExhibit",
        "Quote",
        "LTExhibit",
        "LTExhibitSource",
        "LTSpacer",
        "LTExhibitLabel",
        "LTFigure",
        "LTExhibitSource",
        "LTQuestion",
    ]
    for name in ("Quote", "LTFigure"):
        one = styled(root, name)[0]
        assert value(one, "w:pPr/w:shd", "fill") == "F4F2EC"
        assert (value(one, "w:pPr/w:ind", "left"), value(one, "w:pPr/w:ind", "right")) == ("200", "200")


def test_the_last_document_stays_with_its_question() -> None:
    root = part(document(asked(None, exhibits=exhibits())))
    free = [value(one, "w:pPr/w:keepNext") == "0" for one in styled(root, "LTExhibitSource")]

    assert free == [True, False]


def test_a_long_document_may_break_over_pages() -> None:
    long = Exhibit("Document C", tuple(prose("word " * 120) for _ in range(4)), words("Source."), "e/1")
    root = part(only(asked(None, exhibits=(long,))))
    kept = [one.find("w:pPr/w:keepNext", NAMES) is not None for one in styled(root, "LTExhibit")]

    assert kept == [False, False, False, True]


def test_a_document_may_have_nothing_but_its_text() -> None:
    root = part(only(asked(None, exhibits=(Exhibit("", (Quote((prose("q"),)),), (), ""),))))

    assert [style(one) for one in root.iter(f"{W}p")][1:] == ["Quote", "LTQuestion"]


def test_every_place_that_can_be_edited_has_a_bookmark() -> None:
    every: tuple[Response, ...] = (matching(), ordering(), cloze(), grid(), truth(), *organizers().values())
    for shown in every:
        root = part(only(asked(shown)))
        marked = " ".join(bookmarks(root).values())
        for run in root.iter(f"{W}r"):
            given = text(run).strip(f"{NBSP} ○✓→·\u2002\t")
            if given and given != "Word bank" and value(run, "w:rPr/w:rStyle") != "LTPoints" and given != "T":
                assert given in marked, given
