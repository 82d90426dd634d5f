"""A theme's face against the faces of a language: the theme's comes first where it has the page's own letters."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from sandbox import Sandbox

from toolkit.drawing.typefaces import packaged, using
from toolkit.formats import pdf
from toolkit.formats.html import one_face
from toolkit.model.theme import Theme

THEME = Theme((("--text", '"Source Sans 3", serif'), ("--label", '"Source Serif 4"')))


def stack(language: str, text: str, token: str = "text") -> str:
    """Return what a page's style says of a token."""
    rows = dict(row.strip().split(": ", 1) for row in one_face.tokens(language, text, THEME).split(";"))
    return rows[f"--{token}"]


@pytest.mark.parametrize(("language", "text"), [("he", "התעלה and the canal"), ("th", "คลอง and the canal")])
def test_a_theme_without_the_letters_of_the_language_comes_second(language: str, text: str) -> None:
    usual = dict(row.strip().split(": ", 1) for row in one_face.tokens(language, text).split(";"))["--text"]
    first = usual.split(", ")[0]
    assert stack(language, text).startswith(f'{first}, "Source Sans 3", ')


def test_a_theme_with_the_letters_of_the_page_comes_first_beside_a_font_of_the_project() -> None:
    """A project's font for some words in Chinese does not take an English page from its theme."""
    with using(packaged()[:1], "en"):
        assert stack("en", "the canal, 1881–1914").startswith('"Source Sans 3", ')
        assert stack("en", "the canal", "label").startswith('"Source Serif 4", ')


def test_running_heads_are_in_the_label_face_of_the_theme(sandbox: Sandbox) -> None:
    sandbox.lesson()
    assert one_face.label("en", "words", THEME).startswith('"Source Serif 4", ')
    with pikepdf.open(io.BytesIO(pdf.write(replace(sandbox.printout(), theme=THEME), print))) as document:
        fonts = {
            str(font.BaseFont).partition("+")[2] for page in document.pages for font in page.Resources.Font.values()
        }
    assert "Source-Serif-4," in fonts  # the foot, which has nothing but labels
    assert "Source-Sans-3," in fonts  # the reading
