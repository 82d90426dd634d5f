"""Fonts of a project: files in `fonts/` are found by family, and what cannot be used is refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]  # it has no types

from toolkit.drawing import typefaces
from toolkit.drawing.faces import pieces
from toolkit.drawing.shapes import Run
from toolkit.model.diagnostics import LessonError
from toolkit.model.typeface import Typeface
from toolkit.resources import templates
from toolkit.source import fonts

PACKAGED = templates() / "fonts"


def renamed(file: Path, family: str, to: Path, *, fs_type: int = 0) -> Path:
    """Write the font `file` under another name, and return where."""
    with TTFont(file) as font:
        for record in list(font["name"].names):
            if record.nameID in (1, 16):
                font["name"].setName(family, record.nameID, record.platformID, record.platEncID, record.langID)
        font["OS/2"].fsType = fs_type
        font.save(to)
    return to


def test_a_project_without_a_folder_has_no_fonts(tmp_path: Path) -> None:
    assert fonts.load(tmp_path / "fonts", ()) == ()


def test_files_are_grouped_by_family_and_weight(tmp_path: Path) -> None:
    shutil.copy(PACKAGED / "sarabun" / "Sarabun_400Regular.ttf", tmp_path / "z.ttf")
    shutil.copy(PACKAGED / "sarabun" / "Sarabun_700Bold.ttf", tmp_path / "a.ttf")
    shutil.copy(PACKAGED / "source-code-pro" / "SourceCodePro-Regular.ttf", tmp_path / "mono.TTF")
    (tmp_path / "OFL.txt").write_text("a licence")
    sarabun, mono = fonts.load(tmp_path, ())
    assert (sarabun.name, mono.name) == ("Sarabun", "Source Code Pro")
    assert [Path(sarabun.file(weight, italic=False)).name for weight in (400, 600)] == ["z.ttf", "a.ttf"]
    assert {Path(mono.file(weight, italic=True)).name for weight in (400, 600)} == {"mono.TTF"}


def test_a_changed_file_is_another_typeface(tmp_path: Path) -> None:
    file = renamed(PACKAGED / "sarabun" / "Sarabun_400Regular.ttf", "House", tmp_path / "house.ttf")
    (before,) = fonts.load(tmp_path, ())
    renamed(PACKAGED / "sarabun" / "Sarabun_700Bold.ttf", "House", file)
    (after,) = fonts.load(tmp_path, ())
    assert before.digest != after.digest


def test_each_family_of_a_collection_is_found(tmp_path: Path) -> None:
    collection = TTCollection()
    for number, folder in enumerate(("sarabun/Sarabun_400Regular", "noto-serif-hebrew/NotoSerifHebrew_400Regular")):
        made = renamed(PACKAGED / f"{folder}.ttf", f"House {number}", tmp_path / f"{number}.tmp")
        collection.fonts.append(TTFont(made))
    collection.save(tmp_path / "house.ttc")
    found = fonts.load(tmp_path, ())
    assert [(face.name, face.index) for face in found] == [("House 0", 0), ("House 1", 1)]
    assert "ש" in typefaces.covered(found[1])
    assert "ש" not in typefaces.covered(found[0])


@pytest.mark.parametrize(("data", "says"), [(b"no font", "not a font"), (b"", "not a font"), (None, "does not allow")])
def test_what_is_no_font_is_refused_by_name(data: bytes | None, says: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.ttf"
    if data is None:
        renamed(PACKAGED / "sarabun" / "Sarabun_400Regular.ttf", "House", file, fs_type=2)
    else:
        file.write_bytes(data)
    with pytest.raises(LessonError) as caught:
        fonts.load(tmp_path, ())
    (found,) = caught.value.diagnostics
    assert found.code == "P604"
    assert says in found.message
    assert found.span
    assert found.span.file.endswith("broken.ttf")


def test_a_family_that_is_not_installed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(LessonError) as caught:
        fonts.load(tmp_path, ("No Such Face",))
    assert [(d.code, d.needle) for d in caught.value.diagnostics] == [("P604", "No Such Face")]


def test_a_family_of_the_machine_is_used_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "share" / "fonts" / "truetype"
    installed.mkdir(parents=True)
    renamed(PACKAGED / "sarabun" / "Sarabun_400Regular.ttf", "House", installed / "house.ttf")
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "share"))
    assert fonts.load(tmp_path / "fonts", ()) == ()
    assert [face.name for face in fonts.load(tmp_path / "fonts", ("House",))] == ["House"]


def test_words_are_never_in_two_faces(tmp_path: Path) -> None:
    """A face that has all of a word sets it, though one before it has some of its letters."""
    vietnamese = renamed(PACKAGED / "sarabun" / "Sarabun_400Regular.ttf", "House", tmp_path / "house.ttf")
    file = str(vietnamese)
    face = Typeface("House", file, file, file, file, digest="x")
    with typefaces.using((face,), "en"):
        assert typefaces.named("House") == face
        assert [name for name, _ in pieces(Run("Việt Nam"))] == ["Source Serif 4"]
        for word, name in (('צה"ל', "Noto Serif Hebrew"), ("ประเทศไทย", "Sarabun"), ("गाँव", "Noto Serif Devanagari")):
            assert [name for name, _ in pieces(Run(word))] == [name]
            assert (name, f"{word} ") in list(pieces(Run(f"Việt {word} ☐ here")))
