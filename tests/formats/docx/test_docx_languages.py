"""What Word is told about languages: tags, fonts by script, and the direction of every run."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docx_reading import NAMES, W, part, style, styled, text, value
from docx_samples import arabic, only, prose, sheet
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.docx.languages import proofing, script_fonts, segments
from toolkit.model.printout import Direction


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("fr", "fr-FR"),
        ("vi", "vi-VN"),
        ("ar", "ar-EG"),
        ("km", "km-KH"),
        ("zh-Hant", "zh-TW"),
        ("es-419", "es-419"),
        ("xx", "xx"),
    ],
)
def test_word_is_given_a_tag_with_a_region(language: str, tag: str) -> None:
    assert proofing(language) == tag


@pytest.mark.parametrize(
    ("language", "slot"),
    [("ar", "cs"), ("he", "cs"), ("km", "cs"), ("th", "cs"), ("ja", "eastAsia"), ("zh-TW", "eastAsia"), ("vi", None)],
)
def test_a_script_has_the_slot_that_word_reads_for_it(language: str, slot: str | None) -> None:
    fonts = script_fonts(language)

    assert (fonts.slot if fonts else None) == slot


@pytest.mark.parametrize("language", ["fr", "ar", "ja"])
def test_a_document_says_its_language_three_times(language: str) -> None:
    printout = only(prose("a"), language=language)
    styles, settings = part(printout, "word/styles.xml"), part(printout, "word/settings.xml")
    core = part(printout, "docProps/core.xml")

    assert value(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == proofing(language)
    assert value(settings, "w:themeFontLang") == proofing(language)
    assert core.findtext("{http://purl.org/dc/elements/1.1/}language") == language


def test_arabic_has_its_language_fonts_and_size_where_word_looks_for_them() -> None:
    styles = part(arabic(), "word/styles.xml")
    default = "w:docDefaults/w:rPrDefault/w:rPr"

    assert value(styles, f"{default}/w:lang", "bidi") == "ar-EG"
    assert value(styles, f"{default}/w:rFonts", "cs") == "Times New Roman"
    assert value(styles, f"{default}/w:rFonts", "ascii") == "Cambria"
    assert value(styles, "w:style[@w:styleId='LTTableText']/w:rPr/w:rFonts", "cs") == "Arial"
    assert int(value(styles, f"{default}/w:szCs") or 0) > int(value(styles, f"{default}/w:sz") or 0)
    assert styles.find(".//w:rPr/w:spacing", NAMES) is None, "letter spacing tears joined letters apart"


def test_japanese_has_its_fonts_and_a_hint_on_its_runs() -> None:
    printout = only(prose("日本語"), language="ja")

    assert value(part(printout, "word/styles.xml"), "w:docDefaults//w:rFonts", "eastAsia") == "Yu Mincho"
    assert value(styled(part(printout), "Normal")[0], ".//w:rFonts", "hint") == "eastAsia"


def test_a_sheet_from_the_right_is_one_by_its_styles_section_and_tables() -> None:
    document, styles = part(arabic()), part(arabic(), "word/styles.xml")

    assert styles.find("w:style[@w:styleId='Normal']/w:pPr/w:bidi", NAMES) is not None
    assert document.find(".//w:sectPr/w:bidi", NAMES) is not None
    tables = list(document.iter(f"{W}tbl"))
    assert tables
    assert all(table.find("w:tblPr/w:bidiVisual", NAMES) is not None for table in tables)


def test_direction_does_not_turn_borders_so_they_change_sides() -> None:
    path = "w:style[@w:styleId='LTVocabulary']/w:pPr/w:pBdr"
    sides = {
        name: value(part(printout, "word/styles.xml"), f"{path}/w:{side}", "sz")
        for name, printout, side in (("ltr", sheet(), "left"), ("rtl", arabic(), "right"))
    }

    assert sides == {"ltr": "18", "rtl": "18"}


def test_columns_aligned_left_stay_left_on_a_sheet_from_the_right() -> None:
    cells = [one for one in part(arabic()).iter(f"{W}p") if style(one) == "LTTableHead"]

    # Word's `left` is the start of a line: on the right, here.
    assert [value(one, "w:pPr/w:jc") for one in cells[:2]] == ["right", "left"]


def test_runs_are_cut_where_the_direction_of_letters_changes() -> None:
    paragraph = styled(part(arabic()), "BodyText")[0]
    runs = [(text(run), run.find("w:rPr/w:rtl", NAMES) is not None) for run in paragraph.iter(f"{W}r")]

    assert runs == [
        ("في 5 يونيو 1967 أُغلقت القناة (", True),
        ("Suez Canal", False),
        (") وبقيت فيها السفن ثماني سنوات.", True),
    ]


def test_arabic_words_in_an_english_sheet_run_from_the_right() -> None:
    runs = styled(part(only(prose("He said سلام عليكم (twice)."))), "Normal")[0].findall("w:r", NAMES)

    assert [(text(run), run.find("w:rPr/w:rtl", NAMES) is not None) for run in runs] == [
        ("He said ", False),
        ("سلام عليكم", True),
        (" (twice).", False),
    ]


@given(st.text(alphabet="ab1 .,(سلא", max_size=40), st.sampled_from(["ltr", "rtl"]))
def test_segments_lose_nothing_and_alternate(characters: str, direction: Direction) -> None:
    cut = list(segments(characters, direction))

    assert "".join(piece for piece, _ in cut) == characters
    assert all(piece for piece, _ in cut)
    assert all(one[1] != other[1] for one, other in pairwise(cut))
    for piece, right in cut:
        assert not any(character in ("سلא" if not right else "ab") for character in piece)
