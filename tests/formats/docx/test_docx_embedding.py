"""Fonts inside a Word file: real ones, found by any reader that takes the mask off, and used by every style."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import docx_accessibility
import docx_samples as samples
import invariants
import pikepdf
import pytest
from docx_reading import W, audited
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has none
from lxml import etree
from office import Office
from sandbox import Sandbox

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import unpack
from toolkit.model.presentation import Presentation

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@cache
def embedded() -> bytes:
    return write(replace(samples.sheet(), embed_fonts=True), samples.unreported)


def test_validators_find_nothing(tmp_path: Path) -> None:
    assert audited(embedded(), tmp_path) == []
    assert invariants.findings(embedded()) == []
    assert docx_accessibility.findings(embedded()) == []


def test_every_font_is_whole_behind_its_mask_and_may_be_embedded() -> None:
    parts = unpack(embedded())
    relations = {one.get("Id"): one.get("Target") for one in etree.fromstring(parts["word/_rels/fontTable.xml.rels"])}
    found = []
    for font in etree.fromstring(parts["word/fontTable.xml"]):
        for face in font:
            if face.get(f"{R}id"):
                data = parts[f"word/{relations[face.get(f'{R}id')]}"]
                key = bytes.fromhex((face.get(f"{W}fontKey") or "").strip("{}").replace("-", ""))[::-1] * 2
                plain = bytes(a ^ b for a, b in zip(data[:32], key, strict=True)) + data[32:]
                read = TTFont(BytesIO(plain))
                assert read["OS/2"].fsType == 0
                assert read["name"].getDebugName(1) == font.get(f"{W}name")
                found.append((etree.QName(face).localname, font.get(f"{W}name"), read["name"].getDebugName(2)))
    assert found == [
        ("embedRegular", "Source Serif 4", "Regular"),
        ("embedItalic", "Source Serif 4", "Italic"),
        ("embedRegular", "Source Sans 3", "Regular"),
        ("embedBold", "Source Sans 3", "Bold"),
        ("embedItalic", "Source Sans 3", "Italic"),
    ]


def test_styles_are_set_in_the_embedded_fonts() -> None:
    parts = unpack(embedded())
    for name in ("word/styles.xml", "word/numbering.xml"):
        fonts = {one.get(f"{W}ascii") for one in etree.fromstring(parts[name]).iter(f"{W}rFonts")}
        assert fonts <= {"Source Serif 4", "Source Sans 3", "Consolas"}
    assert b"embedTrueTypeFonts" in parts["word/settings.xml"]


def test_arabic_takes_them(tmp_path: Path) -> None:
    data = write(replace(samples.arabic("teacher"), embed_fonts=True), samples.unreported)
    assert audited(data, tmp_path) == []
    assert invariants.findings(data) == []


@pytest.mark.parametrize("presentation", ["dyslexia", "large-print"])
def test_presentations_without_serifs_have_none(presentation: Presentation, tmp_path: Path) -> None:
    data = write(replace(samples.sheet(), embed_fonts=True, presentation=presentation), samples.unreported)
    assert audited(data, tmp_path) == []
    fonts = {one.get(f"{W}ascii") for one in etree.fromstring(unpack(data)["word/styles.xml"]).iter(f"{W}rFonts")}
    assert fonts == {"Source Sans 3", "Consolas"}


def test_the_project_asks_for_them(sandbox: Sandbox) -> None:
    sandbox.lesson()
    sandbox.put("hornbook.toml", 'embed_fonts = true\ntargets = ["worksheet.docx"]\neditions = ["student"]\n')
    assert sandbox.run("build").code == 0
    names = unpack((sandbox.root / "output/river/worksheet.docx").read_bytes())
    assert "word/fonts/SourceSerif4-Regular.odttf" in names


def test_nothing_is_embedded_unasked() -> None:
    plain = write(samples.sheet(), samples.unreported)
    assert not any("odttf" in name for name in unpack(plain))
    assert len(plain) < 30_000 < len(embedded()) < 2_000_000


@pytest.mark.slow
def test_libreoffice_prints_with_them(tmp_path: Path) -> None:
    file = tmp_path / "sheet.docx"
    file.write_bytes(embedded())
    with pikepdf.open(Office(tmp_path).convert("pdf", tmp_path / "pdf", file)[0]) as printed:
        fonts = " ".join(
            str(one.get("/BaseFont", "")) for one in printed.objects if isinstance(one, pikepdf.Dictionary)
        )
    assert "SourceSerif4" in fonts
    assert "SourceSans3" in fonts
