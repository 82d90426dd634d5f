"""Reading the author's files: what is a text, and which files belong to a lesson."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox import png

from toolkit.model.diagnostics import Diagnostic, LessonError
from toolkit.model.printout import Picture
from toolkit.source import files, pictures


def refused(data: bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(LessonError) as caught:
        files.decode(data, "lesson.yaml")
    return caught.value.diagnostics


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff"), max_size=50)
)
def test_a_text_is_read_as_it_is(text: str) -> None:
    if any("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" for char in text):
        assert refused(text.encode())
    else:
        assert files.decode(text.encode(), "lesson.yaml") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("Sông, ទន្លេ, 🌊\t".encode(), "Sông, ទន្លេ, 🌊\t"),
    ],
)
def test_line_ends_and_marks_are_set_aside(data: bytes, text: str) -> None:
    assert files.decode(data, "lesson.yaml") == text


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        ("caf\u00e9".encode("latin-1"), 1, 4),
        ("a\nsông caf\u00e9".encode().replace("\u00e9".encode(), b"\xe9"), 2, 9),
        (b"a\r\nb\rc\xe9", 3, 2),
        (b"\xef\xbb\xbfab\xe9", 1, 3),
        (b"a\xc3", 1, 2),
        (b"\xed\xa0\x80", 1, 1),
        ("\u00e9\u00e9".encode() + b"\xe9", 1, 3),
    ],
)
def test_what_is_not_utf_8_is_told_at_its_byte(data: bytes, line: int, column: int) -> None:
    (found,) = refused(data)
    assert found.code == "Y102"
    assert found.span
    assert (found.span.line, found.span.column) == (line, column)


def test_stray_characters_are_told_each_and_not_without_end() -> None:
    found = refused("a\nb\x07c\u202e".encode())
    assert [(d.code, d.span.line, d.span.column) for d in found if d.span] == [("Y104", 2, 2), ("Y104", 2, 4)]
    many = refused(b"\x07" * 50_000)
    assert len(many) == 101
    assert many[-1].message.startswith("and more")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("text", ["title: The River\n", "t"])
def test_wide_encodings_are_told_as_such(encoding: str, text: str) -> None:
    (found,) = refused(text.encode(encoding))
    assert found.code == "Y102"
    assert "UTF-16" in found.message


# -- which files belong to a lesson -------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["map.png", "images/map.png", "./map.png", "images/../map.png", "a b/ữ.png", "...", "images"]
)
def test_inside(name: str, tmp_path: Path) -> None:
    found = files.within(tmp_path, name)
    assert found
    assert found.is_relative_to(tmp_path.resolve())


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x", "images/../../x", "..", "C:/x", "C:x", "\\\\server\\x", "a\\b", "file:///x",
     "http://x", "//x", "~evil:x", "a/../../" + "b/../" * 50],
)  # fmt: skip  # a list of words
def test_outside(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "river"
    folder.mkdir()
    if name == "~evil:x":
        assert files.within(folder, name)  # a name with a colon is odd, and no address
    else:
        assert files.within(folder, name) is None


def test_links(tmp_path: Path) -> None:
    folder = tmp_path / "river"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(png())
    (folder / "map.png").write_bytes(png())
    (folder / "images/inside.png").symlink_to("../map.png")
    (folder / "images/outside.png").symlink_to(tmp_path / "secret.png")
    (folder / "images/loop.png").symlink_to("loop.png")
    (folder / "up").symlink_to("..")
    assert files.locate(folder, "images/inside.png", "image", "x") == (folder / "map.png").resolve()
    for name in ("images/outside.png", "images/loop.png", "up/secret.png"):
        with pytest.raises(LessonError) as caught:
            files.locate(folder, name, "image", "article/x")
        assert caught.value.diagnostics[0].code == "R305"
        assert caught.value.diagnostics[0].address == "article/x"


def test_a_lesson_folder_that_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/map.png").write_bytes(png())
    (tmp_path / "river").symlink_to("real")
    assert files.locate(tmp_path / "river", "map.png", "image", "x").read_bytes() == png()


@pytest.mark.parametrize(
    ("name", "hint"),
    [("images/mpa.png", "did you mean `images/map.png`?"), ("map.png", "did you mean `images/map.png`?"), ("zzz", "")],
)
def test_a_file_that_is_missing(name: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/map.png").write_bytes(png())
    with pytest.raises(LessonError) as caught:
        files.locate(tmp_path, name, "image", "x")
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("R304", hint)


@pytest.mark.parametrize(
    ("on_disk", "written"), [("s\u00f4ng.png", "so\u0302ng.png"), ("so\u0302ng.png", "s\u00f4ng.png")]
)
def test_a_name_that_the_disk_spells_in_another_way(on_disk: str, written: str, tmp_path: Path) -> None:
    (tmp_path / on_disk).write_bytes(png())
    assert pictures.read(tmp_path, written, "x").file == written


@pytest.mark.parametrize("form", ["a" * 300, "a/" * 3000 + "b", "a\0b"])
def test_a_name_that_no_file_can_have(form: str, tmp_path: Path) -> None:
    with pytest.raises(LessonError):
        files.locate(tmp_path, form, "image", "x")


def test_pipes_and_devices_are_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LessonError) as caught:
        files.read_bytes(tmp_path / "pipe", "pipe", largest=10)
    assert caught.value.diagnostics[0].message == "this is not a file"
    with pytest.raises(LessonError):
        files.read_bytes(Path("/dev/zero"), "zero", largest=10)
    with pytest.raises(LessonError):
        files.read_bytes(tmp_path, "folder", largest=10)


@pytest.mark.parametrize(("size", "fits"), [(9, True), (10, True), (11, False), (10_000, False)])
def test_no_more_is_read_than_is_allowed(size: int, fits: bool, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    if fits:
        assert len(files.read_bytes(tmp_path / "a", "a", largest=10)) == size
    else:
        with pytest.raises(LessonError) as caught:
            files.read_bytes(tmp_path / "a", "a", largest=10)
        assert caught.value.diagnostics[0].code == "Y103"


def test_a_path_is_shown_as_the_author_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert files.shown_path(tmp_path / "lessons/river/lesson.yaml") == "lessons/river/lesson.yaml"
    assert files.shown_path(Path("lessons/../x")) == "x"
    assert files.shown_path(tmp_path.parent / "x") == str(tmp_path.parent / "x")


# -- images -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "kind"), [("PNG", "png"), ("JPEG", "jpeg"), ("GIF", "gif"), ("WEBP", "webp")])
def test_an_image_that_can_be_printed(form: str, kind: str, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (30, 20), (10, 90, 200)).save(tmp_path / "map", form)
    picture = pictures.read(tmp_path, "map", "x")
    assert picture == Picture("map", (tmp_path / "map").read_bytes(), f"image/{kind}", 30, 20)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=6), st.integers(0, 60))
def test_a_broken_image_is_refused_or_read(at: int, junk: bytes, cut: int) -> None:
    import tempfile

    data = png(40, 30)
    place = at % len(data)
    data = (data[:place] + junk + data[place + len(junk) :])[: len(data) - cut]
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "map.png").write_bytes(data)
        try:
            found = pictures.read(Path(name), "map.png", "x").data
        except LessonError as error:
            found = data
            codes = {diagnostic.code for diagnostic in error.diagnostics}
        else:
            codes = set()
        assert found == data
        assert codes <= {"I401", "I403"}
