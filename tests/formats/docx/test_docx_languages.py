"""What Word is told about languages: tags, fonts by script, and the direction of every run."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docx_reading import NAMES, W, part, style, styled, text, value
from docx_samples import arabic, only, prose, sheet
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import _Element

from toolkit.formats.docx.languages import complex_pieces, proofing, script_fonts, segments
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


# -- complex scripts that run from the left ----------------------------------------------------------


def told(run: _Element) -> tuple[str, str | None, bool, str | None]:
    """Return the words of a run, its complex font, whether it is complex script, its complex language."""
    properties = run.find("w:rPr", NAMES)
    if properties is None:
        return text(run), None, False, None
    return text(run), value(properties, "w:rFonts", "cs"), has(properties, "cs"), value(properties, "w:lang", "bidi")


def has(properties: _Element, name: str) -> bool:
    return properties.find(f"w:{name}", NAMES) is not None


def test_khmer_names_in_an_english_sheet_are_complex_script_in_a_font_that_has_them() -> None:
    root = part(only(prose("Norodom Sihanouk (នរោត្តម សីហនុ) was king; กรุงเทพ is Thai, “quoted” too.")))

    assert [told(run) for run in styled(root, "Normal")[0].findall("w:r", NAMES)] == [
        ("Norodom Sihanouk (", None, False, None),
        ("នរោត្តម សីហនុ", "Leelawadee UI", True, "km-KH"),
        (") was king; ", None, False, None),
        ("กรุงเทพ", "Leelawadee UI", True, "th-TH"),
        (" is Thai, “quoted” too.", None, False, None),
    ]


def test_a_khmer_sheet_has_its_font_and_language_from_the_styles() -> None:
    printout = only(prose("ភ្នំពេញ (Phnom Penh) ជារាជធានី។"), language="km")
    styles, run = part(printout, "word/styles.xml"), styled(part(printout), "Normal")[0]

    assert value(styles, "w:docDefaults//w:rFonts", "cs") == "Leelawadee UI"
    assert value(styles, "w:docDefaults//w:lang", "bidi") == "km-KH"
    assert [told(one) for one in run.findall("w:r", NAMES)] == [
        ("ភ្នំពេញ", None, True, None),
        (" (Phnom Penh) ", None, False, None),
        ("ជារាជធានី។", None, True, None),
    ]


def test_a_heavy_khmer_name_is_heavy_as_complex_script_too() -> None:
    styles = part(sheet(), "word/styles.xml")
    for name in ("Strong", "LTTerm"):
        properties = styles.find(f"w:style[@w:styleId='{name}']/w:rPr", NAMES)
        assert properties is not None
        assert has(properties, "bCs")


def test_what_is_in_no_complex_script_stays_one_run() -> None:
    for words in ("Đổi Mới “renewal” – 1986", "סיהנוק", "Пномпень 金邊"):
        assert [script for _, script in complex_pieces(words)] == [""]


def test_marks_and_joiners_stay_with_their_letter() -> None:
    assert list(complex_pieces("a क्\u200db")) == [("a ", ""), ("क्\u200d", "Deva"), ("b", "")]


@given(st.text(alphabet="ab1 .“é\u0301\u200dកម្थی", max_size=40))
def test_complex_pieces_lose_nothing_and_alternate(characters: str) -> None:
    cut = list(complex_pieces(characters))

    assert "".join(piece for piece, _ in cut) == characters
    assert all(one[1] != other[1] for one, other in pairwise(cut))
    for piece, script in cut:
        assert not set(piece) & ({"a", "b"} if script else {"ក", "ម", "थ"})
