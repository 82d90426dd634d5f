"""The base document: made by its script, small, without a theme's fonts, with every style the writer names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import docx
import docx_accessibility
import pytest
from docx_reading import NAMES, W, audited, value
from lxml import etree
from lxml.etree import _Element

from toolkit import resources
from toolkit.formats.docx.archive import unpack
from toolkit.formats.docx.make_base import base_document
from toolkit.formats.docx.names import (
    BULLETS,
    CODE_INDENT,
    EXHIBIT_INDENT,
    HANG,
    MATCH_HANG,
    MATCH_INDENT,
    NUMBERS,
    OPTION_HANG,
    PART_HANG,
    QUESTIONS,
    STEP,
    Level,
    Mark,
    Style,
    heading,
    listed,
)

FOLDER = resources.templates() / "worksheet"
PARTS = unpack((FOLDER / "base.docx").read_bytes())
TABLE = tomllib.loads((FOLDER / "styles.toml").read_text(encoding="utf-8"))


def root(name: str) -> _Element:
    return etree.fromstring(PARTS[f"word/{name}.xml"])


def test_the_script_makes_the_file_that_is_shipped() -> None:
    assert unpack(base_document(TABLE)) == PARTS


def test_the_script_makes_the_same_bytes_twice() -> None:
    assert base_document(TABLE) == base_document(TABLE)


def test_it_is_small_and_holds_nothing_else() -> None:
    assert (FOLDER / "base.docx").stat().st_size < 12_000
    assert not [name for name in PARTS if "thumbnail" in name or "stylesWithEffects" in name or "customXml" in name]


def test_the_schema_finds_nothing(tmp_path: Path) -> None:
    assert audited((FOLDER / "base.docx").read_bytes(), tmp_path) == []


@pytest.mark.parametrize("name", [*Style, *filter(None, Mark), *map(heading, range(1, 9))])
def test_every_style_that_the_writer_names_is_there(name: str) -> None:
    assert root("styles").find(f"w:style[@w:styleId='{name}']", NAMES) is not None


@pytest.mark.parametrize("kind", ["ListBullet", "ListNumber"])
@pytest.mark.parametrize("depth", [0, 1, 2, 7])
def test_every_list_style_is_there(kind: str, depth: int) -> None:
    assert root("styles").find(f"w:style[@w:styleId='{listed(kind, depth)}']", NAMES) is not None


def test_the_gallery_shows_our_styles_in_the_order_of_the_table_and_no_others() -> None:
    shown = [
        (int(value(style, "w:uiPriority") or 0), value(style, "w:name"))
        for style in root("styles").iter(f"{W}style")
        if style.find("w:qFormat", NAMES) is not None
    ]
    names = [row["name"] for row in TABLE["style"] if row.get("gallery", True)]

    assert [name for _, name in sorted(shown)] == [*names, "Lesson table"]
    assert root("styles").find("w:latentStyles", NAMES).get(f"{W}defSemiHidden") == "1"  # type: ignore[union-attr]


def test_no_style_of_ours_has_a_name_that_word_knows_or_reads_as_two() -> None:
    template = Path(docx.__file__).parent / "templates" / "default.docx"
    known = etree.fromstring(unpack(template.read_bytes())["word/styles.xml"]).iter(f"{W}lsdException", f"{W}name")
    names = {(one.get(f"{W}name") or one.get(f"{W}val") or "").lower() for one in known}
    names |= {"annotation text", "body text indent", "date", "page number", "plain text", "signature", "list"}

    assert len(names) > 150
    for row in TABLE["style"]:
        assert "," not in row["name"]
        assert not (row["id"].startswith("LT") and row["name"].lower() in names), row["name"]


def test_no_style_asks_the_theme_for_a_font_or_a_colour() -> None:
    for name in PARTS:
        assert b"Theme=" not in PARTS[name], name
        assert b"themeColor=" not in PARTS[name], name


def test_every_paragraph_style_rests_on_normal_so_that_direction_reaches_it() -> None:
    parents = {style.get(f"{W}styleId"): value(style, "w:basedOn") for style in root("styles").iter(f"{W}style")}
    for style in root("styles").iter(f"{W}style"):
        if style.get(f"{W}type") == "paragraph":
            name = style.get(f"{W}styleId")
            while name != "Normal":
                name = parents[name]


def test_every_colour_of_text_is_dark_enough() -> None:
    colors = TABLE["colors"]
    for row in TABLE["style"]:
        if "color" in row:
            ground = colors[row.get("shade", "white")]
            assert docx_accessibility.contrast(colors[row["color"]], ground) >= 4.5, row["id"]
    for name in ("ink", "key"):
        assert docx_accessibility.contrast(colors[name], colors["key-wash"]) >= 4.5
    assert docx_accessibility.contrast(colors["accent"], colors["accent-wash"]) >= 4.5
    assert docx_accessibility.contrast(colors["soft"], colors["accent-wash"]) >= 4.5


@pytest.mark.parametrize(
    ("style", "number", "level"),
    [
        ("LTQuestion", QUESTIONS, 0),
        ("LTOption", QUESTIONS, Level.OPTION),
        ("LTPart", QUESTIONS, Level.PART),
        ("LTPartOptionMany", QUESTIONS, Level.PART_OPTION_MANY),
        ("LTMatchOption", QUESTIONS, Level.MATCH),
        ("ListBullet2", BULLETS, 1),
        ("ListNumber3", NUMBERS, 2),
    ],
)
def test_a_style_and_its_level_of_a_list_are_bound_to_each_other(style: str, number: int, level: int) -> None:
    properties = root("styles").find(f"w:style[@w:styleId='{style}']/w:pPr/w:numPr", NAMES)
    path = f"w:abstractNum[@w:abstractNumId='{number}']/w:lvl[@w:ilvl='{level:d}']"

    assert properties is not None
    assert value(properties, "w:numId") == str(number)
    assert (value(properties, "w:ilvl") or "0") == f"{level:d}"
    assert value(root("numbering"), f"{path}/w:pStyle") == style


def test_a_level_hangs_its_number_as_its_style_does() -> None:
    styles = {row["id"]: row for row in TABLE["style"]}
    for level in root("numbering").iter(f"{W}lvl"):
        style = value(level, "w:pStyle")
        if style:
            row = {**styles.get(styles[style].get("based", ""), {}), **styles[style]}
            assert value(level, "w:pPr/w:ind", "left") == str(row["left"] * 20)
            assert value(level, "w:pPr/w:ind", "hanging") == str(row["hanging"] * 20)


def test_the_measures_of_the_program_are_those_of_the_styles() -> None:
    styles = {row["id"]: row for row in TABLE["style"]}

    assert styles["LTQuestion"]["hanging"] * 20 == styles["LTQuestionText"]["left"] * 20 == HANG
    assert styles["LTOption"]["left"] * 20 == HANG + OPTION_HANG
    assert styles["LTPart"]["left"] * 20 == styles["LTPartText"]["left"] * 20 == HANG + PART_HANG
    assert styles["LTPartOption"]["left"] * 20 == HANG + PART_HANG + OPTION_HANG
    assert styles["LTMatchOption"]["left"] * 20 == MATCH_INDENT
    assert styles["LTMatchOption"]["hanging"] * 20 == MATCH_HANG
    assert styles["LTExhibit"]["left"] * 20 == EXHIBIT_INDENT
    assert styles["LTCode"]["left"] * 20 == CODE_INDENT
    assert styles["ListBullet"]["left"] * 20 == styles["ListNumber"]["hanging"] * 20 == STEP


def test_word_opens_it_in_its_present_mode() -> None:
    modes = {setting.get(f"{W}name"): setting.get(f"{W}val") for setting in root("settings").iter(f"{W}compatSetting")}

    assert modes["compatibilityMode"] == "15"


def test_every_font_has_a_free_twin_to_fall_back_on() -> None:
    fonts = {font.get(f"{W}name"): value(font, "w:altName") for font in root("fontTable")}
    named = {face.get(f"{W}ascii") for face in root("styles").iter(f"{W}rFonts")}

    assert named == set(fonts)
    assert all(fonts.values())


def test_the_folder_holds_data_only() -> None:
    assert sorted(path.name for path in Path(FOLDER).iterdir()) == ["base.docx", "styles.toml"]
