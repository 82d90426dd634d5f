"""What makes it a lesson: questions with their answer space, glosses, chronologies, sources, plans, names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docx_reading import NAMES, W, outline, part, style, styled, text, value
from docx_samples import choice, chronology, facts, gloss, only, opener, plan, prose, sheet, sources, words
from lxml.etree import _Element

from toolkit.model.printout import Aside, Chronology, Field, Model, Moment, Part, Printout, Task
from toolkit.model.response import Choice, Entry, Option, Response, Writing
from toolkit.model.text import BulletList, Heading, Quote


def task(number: str = "1", response: Response | None = None, **changes: object) -> Task:
    return replace(Task(number, (prose("Why?"),), "2 pts", response, f"questions/q{number}"), **changes)  # type: ignore[arg-type]


def with_part(shown: Part) -> Printout:
    return replace(only(), parts=(shown,))


def kept(element: _Element) -> bool:
    return element.find("w:pPr/w:keepNext", NAMES) is not None


# -- numbers -----------------------------------------------------------------------------------------


def test_numbers_are_counted_by_the_style_and_not_typed() -> None:
    root = part(only(task("1"), task("2"), task("3")))

    assert [text(one) for one in styled(root, "LTQuestion")] == ["Why?\t2\u00a0pts"] * 3
    assert root.find(".//w:numPr", NAMES) is None


def test_a_number_that_word_would_not_count_starts_a_count_of_its_own() -> None:
    printout = only(task("1"), task("2"), task("1"), task("2"), task("7"))
    numbers = [value(one, "w:pPr/w:numPr/w:numId") for one in styled(part(printout), "LTQuestion")]
    numbering = part(printout, "word/numbering.xml")

    assert numbers[:2] == [None, None]
    assert numbers[2] == numbers[3] != numbers[4]
    starts = [
        value(numbering, f"w:num[@w:numId='{one}']/w:lvlOverride/w:startOverride") for one in (numbers[2], numbers[4])
    ]
    assert starts == ["1", "7"]


def test_options_follow_their_question_into_another_count() -> None:
    root = part(only(task("4", choice("q", False, None, ("a", "b")))))
    question, options = styled(root, "LTQuestion")[0], styled(root, "LTOption")

    assert {value(one, "w:pPr/w:numPr/w:numId") for one in (question, *options)} == {"4"}
    assert [value(one, "w:pPr/w:numPr/w:ilvl") for one in (question, *options)] == ["0", "1", "1"]


def test_a_number_that_word_cannot_count_is_typed() -> None:
    root = part(only(task("3a")))

    assert text(styled(root, "LTQuestion")[0]) == "3a\tWhy?\t2\u00a0pts"
    assert value(styled(root, "LTQuestion")[0], "w:pPr/w:numPr/w:numId") == "0"


@pytest.mark.parametrize(
    ("labels", "form"),
    [
        ("ABC", "upperLetter"),
        ("abc", "lowerLetter"),
        ("أبجد", "arabicAbjad"),
        ("أبت", "arabicAlpha"),
        ("123", "decimal"),
    ],
)
def test_options_are_lettered_in_the_readers_alphabet(labels: str, form: str) -> None:
    options = tuple(Option(label, words("x"), f"o/{label}") for label in labels)
    printout = only(task("1", Choice(options, False)))
    path = "w:abstractNum[@w:abstractNumId='1']/w:lvl[@w:ilvl='1']/w:numFmt"

    assert value(part(printout, "word/numbering.xml"), path) == form
    assert [text(one) for one in styled(part(printout), "LTOption")] == ["x"] * len(labels)


def test_letters_begin_anew_under_a_typed_number() -> None:
    given = choice("q", False, None, ("a", "b"))
    printout = only(task("3a", given), task("3b", given))
    numbers = [value(one, "w:pPr/w:numPr/w:numId") for one in styled(part(printout), "LTOption")]

    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    path = f"w:num[@w:numId='{numbers[2]}']/w:lvlOverride"
    assert value(part(printout, "word/numbering.xml"), path, "ilvl") == "1"


def test_letters_that_word_cannot_count_are_typed() -> None:
    options = tuple(Option(label, words("x"), f"o/{label}") for label in ("ก", "ข"))
    root = part(only(task("1", Choice(options, False))))

    assert [text(one) for one in styled(root, "LTOption")] == ["ก\tx", "ข\tx"]


# -- answers -----------------------------------------------------------------------------------------


def test_answer_lines_are_rows_at_their_pitch_in_a_table_without_a_style() -> None:
    root = part(only(task("1", Writing(4, 8.7, "Space for the answer, 4 lines."))))
    table = root.find(".//w:tbl", NAMES)
    assert table is not None
    rows = table.findall("w:tr", NAMES)

    assert [value(row, "w:trPr/w:trHeight") for row in rows] == ["493"] * 4  # 8.7 mm in twentieths of a point
    assert {value(row, "w:trPr/w:trHeight", "hRule") for row in rows} == {"atLeast"}
    assert table.find("w:tblPr/w:tblStyle", NAMES) is None
    assert value(table, "w:tblPr/w:tblCaption") == "Space for the answer, 4 lines."
    assert value(table, "w:tblPr/w:tblBorders/w:insideH") == "single"
    assert text(table) == ""


def test_a_question_stays_with_its_lines_and_the_lines_with_each_other() -> None:
    root = part(only(task("1", Writing(3, 8.7, "s"), stem=(prose("Why?"), Quote((prose("q"),))))))
    paragraphs = list(root.iter(f"{W}p"))[1:]

    assert [(style(one), kept(one)) for one in paragraphs] == [
        ("LTQuestion", False),  # its style keeps it
        ("Quote", True),
        ("LTAnswerLine", True),
        ("LTAnswerLine", True),
        ("LTAnswerLine", False),
        ("LTSpacer", False),
    ]
    assert all(row.find("w:trPr/w:cantSplit", NAMES) is not None for row in root.iter(f"{W}tr"))


def test_a_page_full_of_lines_may_break() -> None:
    root = part(only(task("1", Writing(30, 8.7, "s"))))

    assert sum(kept(one) for one in styled(root, "LTAnswerLine")) == 4


def test_questions_without_room_to_answer_do_not_hang_on_each_other() -> None:
    quoted = task("2", stem=(prose("Why?"), Quote((prose("q"),))))
    root = part(only(task("1"), quoted, task("3", choice("q", False, None, ("a", "b")))))

    assert [value(one, "w:pPr/w:keepNext") for one in styled(root, "LTQuestion")] == ["0", None, None]
    assert value(styled(root, "Quote")[0], "w:pPr/w:keepNext") == "0"


@pytest.mark.parametrize("response", [None, Writing(0, 8.7, "")])
def test_no_room_is_no_table(response: Response | None) -> None:
    assert part(only(task("1", response))).find(".//w:tbl", NAMES) is None


def test_an_entry_is_one_short_rule_with_the_answer_on_it_for_the_teacher() -> None:
    student = part(only(task("1", Entry(60, 9, "Space."))))
    teacher = part(only(task("1", Entry(60, 9, "Space.", words("Phnom Penh")))))

    assert value(student, ".//w:tblW", "w") == "3402"  # 60 mm
    assert text(styled(student, "LTAnswerLine")[0]) == ""
    assert text(styled(teacher, "LTAnswerLine")[0]) == "Phnom Penh"
    assert value(styled(teacher, "LTAnswerLine")[0], ".//w:rStyle") == "LTRight"


@pytest.mark.parametrize(("many", "name"), [(False, "LTOption"), (True, "LTOptionMany")])
def test_options_stay_together_and_say_how_many_to_mark(many: bool, name: str) -> None:
    root = part(only(task("1", choice("q", many, None, ("a", "b", "c")))))

    assert [kept(one) for one in styled(root, name)] == [True, True, False]


def test_right_options_differ_by_weight_and_sign_and_not_by_colour_alone() -> None:
    root = part(only(task("1", choice("q", True, frozenset({0, 2}), ("a", "b", "c")))))
    options = styled(root, "LTOptionMany")

    assert [text(one).split() for one in options] == [["a", "✓"], ["b"], ["c", "✓"]]
    assert [value(one, ".//w:rStyle") for one in options] == ["LTRight", None, "LTRight"]


def test_the_teachers_notes_follow_the_answer_space_and_stay_with_it() -> None:
    model = Model("Model answer", (prose("Because."), BulletList(((prose("one"),),)), prose("End.")), "m")
    aside = Aside("Look for", (prose("Dates."),))
    root = part(only(task("1", Writing(1, 8.7, "s"), models=(model,), asides=(aside,))))

    assert [(style(one), text(one)) for one in root.iter(f"{W}p")][1:] == [
        ("LTQuestion", "Why?\t2\u00a0pts"),
        ("LTAnswerLine", ""),
        ("LTAnswer", "Model answer\u2002Because."),
        ("LTAnswer", "one"),
        ("LTAnswer", "End."),
        ("LTNote", "Look for\u2002Dates."),
    ]
    assert [kept(one) for one in root.iter(f"{W}p")][2:] == [True, True, True, True, False]
    assert value(styled(root, "LTAnswer")[1], "w:pPr/w:numPr/w:numId") == "2"


def test_a_note_that_begins_with_a_list_has_its_label_on_a_line_of_its_own() -> None:
    root = part(only(Aside("Support", (BulletList(((prose("one"),),)),))))

    assert outline(root)[1:] == [("LTSectionNote", "Support\u2002"), ("LTSectionNote", "one")]


def test_a_note_on_a_section_stands_at_the_edge_of_the_text() -> None:
    assert outline(part(only(Aside("Notes", (prose("Say so first."),)))))[1:] == [
        ("LTSectionNote", "Notes\u2002Say so first.")
    ]


def test_a_stem_that_begins_with_a_quotation_keeps_its_number() -> None:
    root = part(only(task("1", stem=(Quote((prose("q"),)), prose("Why?")))))

    assert outline(root)[1:] == [("LTQuestion", "\t2\u00a0pts"), ("Quote", "q"), ("LTQuestionText", "Why?")]


# -- the other blocks --------------------------------------------------------------------------------


def test_glosses_stand_before_their_paragraph_and_stay_with_it() -> None:
    root = part(only(gloss("patron", "noun", "A stronger state.", "mécène"), prose("p")))

    assert outline(root)[1:] == [("LTVocabulary", "patron (noun) A stronger state. mécène"), ("Normal", "p")]


def test_a_gloss_without_part_or_translation_has_no_empty_brackets() -> None:
    assert outline(part(only(gloss("patron", "", "A state."))))[1] == ("LTVocabulary", "patron A state.")


def test_a_chronology_is_a_table_of_dates_and_events() -> None:
    root = part(with_part(chronology()))
    rows = [[text(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]

    assert rows[0] == ["Date", "Event"]
    assert rows[1] == ["June 5, 1967", "War begins; the canal is closed with ships in it."]
    assert len(rows) == 5
    assert value(root, ".//w:tblDescription") == "Four events from 1967 to 1975."
    assert len(list(root.iter(f"{W}tblHeader"))) == 1


@pytest.mark.parametrize(("date", "width"), [("1967", 1400), ("18 de noviembre de 1903", 2882), ("x" * 60, 2900)])
@pytest.mark.parametrize("blank", [False, True])
def test_the_column_of_dates_is_as_wide_as_they_are(date: str, width: int, blank: bool) -> None:
    table = Chronology(("Date", "Event"), (Moment(date, (), "c/1"),), "One.", blank)
    widths = [int(one.get(f"{W}w") or 0) for one in part(only(table)).iter(f"{W}gridCol")]

    assert widths == [width, 9360 - width]


def test_a_blank_chronology_has_rules_beside_each_date() -> None:
    root = part(with_part(chronology(blank=True)))
    rows = [[text(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]

    assert rows[1:4] == [["June 5, 1967", ""], ["", ""], ["Oct. 1969", ""]]
    assert len(rows) == 1 + 4 * 2
    assert len(list(root.iter(f"{W}tblHeader"))) == 1
    assert "Write." in (value(root, ".//w:tblDescription") or "")
    assert [kept(one) for one in styled(root, "LTAnswerLine")] == [True] * 7 + [False]


def test_no_date_of_a_long_blank_chronology_stands_alone() -> None:
    moments = tuple(Moment(str(1960 + n), (), f"c/{n}") for n in range(9))
    root = part(only(Chronology(("Date", "Event"), moments, "Nine.", blank=True)))
    lines = [kept(one) for one in styled(root, "LTAnswerLine")]

    assert lines == [True, *[False] * 6, True, False]


def test_a_blank_chronology_without_lines_still_has_one() -> None:
    blank = next(block for block in chronology(blank=True).blocks if isinstance(block, Chronology))
    root = part(only(replace(blank, lines=0)))

    assert len(list(root.iter(f"{W}tr"))) == 5


def test_sources_hang_and_stay_with_their_annotations() -> None:
    root = part(with_part(sources()))

    assert [style(one) for one in root.iter(f"{W}p")][2:] == ["Bibliography", "LTAnnotation", "Bibliography"]
    assert [kept(one) for one in styled(root, "Bibliography")] == [True, False]


def test_a_plan_is_a_table_with_a_dash_where_nothing_is_to_be_ready() -> None:
    root = part(with_part(plan()))
    rows = [[text(cell) for cell in row.iter(f"{W}tc")] for row in root.iter(f"{W}tr")]

    assert rows == [
        ["Min.", "Step", "Have ready"],
        ["0–6", "Silent reading; mark one line to question.", "Reading 3.2"],
        ["6–20", "Chronology in pairs.", "—"],
    ]


def test_names_run_into_what_is_said_of_them() -> None:
    root = part(with_part(facts()))

    assert outline(root)[2:] == [
        ("LTEntry", "Gamal Abdel Nasser 1918–1970, president of Egypt\u2002Closed the canal."),
        ("LTEntry", "Anwar Sadat\u2002Opened it again."),
        ("LTEntryText", "He sailed the first convoy."),
    ]


# -- the sheet ---------------------------------------------------------------------------------------


def test_the_head_of_the_sheet() -> None:
    student, teacher = part(sheet()), part(sheet("teacher"))

    assert [style(one) for one in student.iter(f"{W}p")][:4] == ["LTKicker", "Heading1", "Subtitle", "LTNameLine"]
    assert [style(one) for one in teacher.iter(f"{W}p")][:2] == ["LTBand", "LTKicker"]


def test_a_rule_parts_the_plan_from_a_reading_without_a_heading() -> None:
    bare = Part("reading", (prose("It began."),))
    headed = Part("reading", (Heading(2, words("It began")), prose("So.")))

    def ruled(*parts: Part) -> list[str]:
        root = part(replace(only(), parts=parts))
        return [text(one) for one in root.iter(f"{W}p") if one.find("w:pPr/w:pBdr", NAMES) is not None]

    assert ruled(plan(), bare) == ["It began."]
    assert ruled(plan(), headed) == []
    assert ruled(bare) == []


def test_the_name_line_is_drawn_by_tabs_that_share_the_width() -> None:
    head = replace(opener(), fields=(Field("Name", 3), Field("Date", 1)))
    line = styled(part(replace(only(), opener=head)), "LTNameLine")[0]
    stops = [
        (stop.get(f"{W}val"), stop.get(f"{W}leader"), int(stop.get(f"{W}pos") or 0))
        for stop in line.iterfind("w:pPr/w:tabs/w:tab", NAMES)
    ]

    assert text(line) == "Name \t\tDate \t"
    assert stops == [("right", "underscore", 6840), ("left", None, 7080), ("right", "underscore", 9360)]


def test_an_opener_may_be_only_a_title() -> None:
    assert outline(part(only()))[:1] == [("Heading1", "T")]


def test_running_lines_number_the_pages_and_page_one_has_no_header() -> None:
    header, first = part(sheet(), "word/header1.xml"), part(sheet(), "word/header2.xml")

    assert text(header) == "Fourteen ships\tQuestions"
    assert text(first) == ""
    for name in ("word/footer1.xml", "word/footer2.xml"):
        footer = part(sheet(), name)
        assert [one.get(f"{W}instr") for one in footer.iter(f"{W}fldSimple")] == [" PAGE ", " NUMPAGES "]
        assert text(footer) == "Unit 3 · Trade routes · CC0\t1 / 1"


def test_the_teachers_band_is_on_every_page() -> None:
    assert outline(part(sheet("teacher"), "word/header1.xml"))[0] == (
        "LTBand",
        "Teacher edition — do not copy for students",
    )


@pytest.mark.parametrize(("paper", "size"), [("letter", ("12240", "15840")), ("a4", ("11906", "16838"))])
def test_both_papers_leave_the_same_width(paper: str, size: tuple[str, str]) -> None:
    section = part(replace(only(), paper=paper), "word/document.xml").find(".//w:sectPr", NAMES)  # type: ignore[arg-type]
    assert section is not None
    left, right = (int(value(section, "w:pgMar", side) or 0) for side in ("left", "right"))

    assert (value(section, "w:pgSz", "w"), value(section, "w:pgSz", "h")) == size
    assert int(size[0]) - left - right == 9360
