"""Words are measured as the page engine sets them, broken where lines may end, and missing characters are named."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.drawing import faces
from toolkit.drawing.breaking import broken, measured
from toolkit.drawing.shapes import Run
from toolkit.drawing.svg import run_css
from toolkit.formats.pdf.engine import engine

SAID = [
    Run("Phnom Penh falls; the Khmer Rouge retreat toward Thailand."),
    Run("February 17 – March 16, 1979", "sans", 600),
    Run("El vapor Ancón inaugura el canal.", italic=True),
    Run("Quân đội Việt Nam rút khỏi Campuchia năm 1989"),
    Run("ទាហានវៀតណាមដកថយ"),
    Run("ទាហាន 1989 falls"),
    Run("Война и мир — Αθήνα"),
]
ARABIC = [
    Run("انسحبت القوات الفيتنامية من كمبوديا عام 1989"),
    Run("١٩٧٩–١٩٨٩", "sans", 600),
    Run("معاهدة SALT II في 1979"),
]


def widths(runs: list[Run], size: float, *, rtl: bool) -> list[float]:
    """Return the width in pt of each run where WeasyPrint sets it in one line."""
    parts = (
        "".join(f'<i style="font-style:normal;{css}">{text}</i>' for css, text in run_css(run, rtl=rtl)) for run in runs
    )
    lines = "".join(f'<p><span style="font-size:{size}pt">{part}</span></p>' for part in parts)
    direction = "rtl" if rtl else "ltr"
    style = "<style>@page { size: 2000pt } p { white-space: pre }</style>"
    page = f'<html lang="en" dir="{direction}"><title>t</title>{style}<body>{lines}'
    document = engine()._laid_out(page, {})
    boxes = document.pages[0]._page_box.descendants()
    return [float(box.width) * 0.75 for box in boxes if type(box).__name__ == "InlineBox" and box.element_tag == "span"]


@pytest.mark.parametrize(("runs", "rtl"), [(SAID, False), (ARABIC, True)], ids=["ltr", "rtl"])
@pytest.mark.parametrize("size", [8.75, 13.0])
def test_words_are_as_wide_as_on_the_page(runs: list[Run], rtl: bool, size: float) -> None:
    assert [faces.width(run, size, rtl=rtl) for run in runs] == pytest.approx(widths(runs, size, rtl=rtl), rel=0.01)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.text("abc  –-\u00a0ếកم", min_size=1, max_size=30), st.booleans()), min_size=1, max_size=4),
    st.floats(30, 300),
)
def test_lines_fit_and_lose_nothing(texts: list[tuple[str, bool]], room: float) -> None:
    runs = [Run(text, italic=italic) for text, italic in texts]
    lines = broken(runs, 10, room)
    assert all(width <= room + 0.5 for _, width in lines)
    kept = "".join(run.text for line, _ in lines for run in line)
    assert kept.replace(" ", "") == "".join(text for text, _ in texts).replace(" ", "")


def test_lines_end_at_spaces_hyphens_and_dashes() -> None:
    found = broken([Run("well-known names 1975–1979 and no\u00a0break")], 10, 62)
    assert ["".join(run.text for run in line) for line, _ in found] == [
        "well-known",
        "names 1975–",
        "1979 and",
        "no\u00a0break",
    ]


def test_a_word_that_is_longer_than_a_line_is_cut() -> None:
    found = broken([Run("x" * 60)], 10, 100)
    assert len(found) == 4
    assert all(width <= 100 for _, width in found)


def test_faces_change_within_a_line() -> None:
    ((line, width),) = broken([Run("The "), Run("Ancón", italic=True), Run(" sails.")], 10, 200)
    assert [run.italic for run in line] == [False, True, False]
    assert width == pytest.approx(measured(line, 10))


def test_each_character_has_a_font() -> None:
    assert list(faces.pieces(Run("ភ្នំ 1979"))) == [("Noto Serif Khmer", "ភ្នំ "), ("Source Serif 4", "1979")]
    assert list(faces.pieces(Run("عام 1979"), rtl=True)) == [("Scheherazade New", "عام 1979")]


def test_characters_without_a_font_are_named() -> None:
    assert faces.missing((Run("漢字 is no 漢 here ✓"),)) == "漢字"
