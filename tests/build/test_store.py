"""The output folder: whole files, a record, and nobody's work lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from toolkit.build.record import RECORD, Record
from toolkit.build.store import Store, Written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "output"


def put(folder: Path, name: str, data: bytes) -> tuple[str, Written]:
    """Put one file as a build of its own does, and return its place and what became of it."""
    store = Store(folder)
    stored = store.put(name, data)
    store.save()
    return stored.path.relative_to(folder).as_posix(), stored.written


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def record(folder: Path) -> dict[str, str]:
    return dict(Record(folder)["files"])


def written(folder: Path, **files: str) -> None:
    """Write a record that says what no build of ours would say."""
    (folder / RECORD).unlink(missing_ok=True)
    made = Record(folder)
    made.put("files", files)
    made.flush()
    made.close()


# -- writing


def test_a_file_is_new_then_unchanged_then_changed(folder: Path) -> None:
    assert put(folder, "river/handout.pdf", b"one") == ("river/handout.pdf", Written.NEW)
    assert put(folder, "river/handout.pdf", b"one") == ("river/handout.pdf", Written.SAME)
    assert put(folder, "river/handout.pdf", b"two") == ("river/handout.pdf", Written.CHANGED)
    assert tree(folder).keys() == {RECORD, "river/handout.pdf"}
    assert (folder / "river/handout.pdf").read_bytes() == b"two"


def test_bytes_that_are_there_are_not_written_again(folder: Path) -> None:
    put(folder, "a.pdf", b"one")
    for path in (folder / "a.pdf", folder / RECORD):
        os.utime(path, ns=(1_000, 1_000))
    put(folder, "a.pdf", b"one")
    assert (folder / "a.pdf").stat().st_mtime_ns == 1_000
    assert (folder / RECORD).stat().st_mtime_ns == 1_000


def test_a_file_has_the_rights_of_any_new_file(folder: Path) -> None:
    put(folder, "a.pdf", b"one")
    probe = folder / "probe"
    probe.touch()
    assert (folder / "a.pdf").stat().st_mode == probe.stat().st_mode


def test_an_old_file_stays_whole_until_the_new_one_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "a.pdf", b"one")
    seen = []
    replace = Path.replace

    def watched(part: Path, target: Path) -> Path:
        seen.append((part.parent == target.parent, part.read_bytes(), target.read_bytes()))
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", watched)
    store = Store(folder)
    store.put("a.pdf", b"two")
    assert seen == [(True, b"two", b"one")], "written whole beside its place, then renamed"


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_a_write_that_fails_leaves_the_old_file_and_no_part(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, stop: BaseException
) -> None:
    put(folder, "a.pdf", b"one")
    before = tree(folder)

    def fail(*_: object) -> None:
        raise stop

    store = Store(folder)
    with monkeypatch.context() as patched:
        patched.setattr(os if call == "fsync" else Path, call, fail)
        with pytest.raises(type(stop)):
            store.put("a.pdf", b"two")
    assert {**tree(folder), RECORD: b""} == {**before, RECORD: b""}
    assert put(folder, "a.pdf", b"two") == ("a.pdf", Written.CHANGED), "the next build heals"


def test_what_a_killed_build_left_is_in_nobodys_way(folder: Path) -> None:
    put(folder, "river/a.pdf", b"one")
    left = folder / "river" / f".hornbook-part-{os.getpid()}-a.pdf"
    left.write_bytes(b"tw")
    assert put(folder, "river/a.pdf", b"two") == ("river/a.pdf", Written.CHANGED)
    assert list(Store(folder).parts()) == [left]


# -- what is in the way


@pytest.mark.parametrize("kind", ["folder", "link", "dangling link", "pipe"])
def test_what_is_not_a_file_is_not_replaced(folder: Path, tmp_path: Path, kind: str) -> None:
    folder.mkdir()
    outside = tmp_path / "outside.pdf"
    path = folder / "a.pdf"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case _:
            path.symlink_to(outside)
    if kind == "link":
        outside.write_bytes(b"mine")
    with pytest.raises(OSError, match="is in its place"):
        Store(folder).put("a.pdf", b"one")
    assert outside.exists() == (kind == "link")
    assert not outside.exists() or outside.read_bytes() == b"mine"


def test_a_folder_that_is_a_link_out_of_the_output_is_not_written_to(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (folder / "river").symlink_to(outside)
    with pytest.raises(OSError, match="leads out"):
        Store(folder).put("river/a.pdf", b"one")
    assert list(outside.iterdir()) == []


def test_a_file_where_the_folder_goes_is_an_error(folder: Path) -> None:
    folder.mkdir()
    (folder / "river").write_bytes(b"mine")
    with pytest.raises(OSError, match=r"exists|directory"):
        Store(folder).put("river/a.pdf", b"one")
    assert (folder / "river").read_bytes() == b"mine"


# -- work that somebody did


def test_an_edited_file_is_kept_and_the_new_one_goes_beside_it(folder: Path) -> None:
    put(folder, "river/worksheet.docx", b"one")
    (folder / "river/worksheet.docx").write_bytes(b"mine")
    assert put(folder, "river/worksheet.docx", b"two") == ("river/worksheet.new.docx", Written.KEPT)
    assert (folder / "river/worksheet.docx").read_bytes() == b"mine"
    assert (folder / "river/worksheet.new.docx").read_bytes() == b"two"


def test_it_is_kept_again_and_again(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / "a.docx").write_bytes(b"mine")
    for data in (b"two", b"two", b"three"):
        assert put(folder, "a.docx", data) == ("a.new.docx", Written.KEPT)
        assert (folder / "a.new.docx").read_bytes() == data
    assert (folder / "a.docx").read_bytes() == b"mine"


def test_the_file_beside_may_be_edited_too(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / "a.docx").write_bytes(b"mine")
    put(folder, "a.docx", b"two")
    (folder / "a.new.docx").write_bytes(b"mine too")
    assert put(folder, "a.docx", b"three") == ("a.new-2.docx", Written.KEPT)
    kept = tree(folder)
    assert (kept["a.docx"], kept["a.new.docx"], kept["a.new-2.docx"]) == (b"mine", b"mine too", b"three")


def test_taking_the_new_file_ends_the_matter(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / "a.docx").write_bytes(b"mine")
    put(folder, "a.docx", b"two")
    (folder / "a.new.docx").replace(folder / "a.docx")
    assert put(folder, "a.docx", b"three") == ("a.docx", Written.CHANGED)


def test_deleting_the_edited_file_ends_the_matter(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / "a.docx").write_bytes(b"mine")
    put(folder, "a.docx", b"two")
    (folder / "a.docx").unlink()
    assert put(folder, "a.docx", b"two") == ("a.docx", Written.NEW)


def test_an_edit_that_says_what_the_build_says_is_no_edit(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / "a.docx").write_bytes(b"two")
    assert put(folder, "a.docx", b"two") == ("a.docx", Written.SAME)


def test_a_file_that_no_build_made_is_somebodys_work(folder: Path) -> None:
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"mine")
    assert put(folder, "a.docx", b"one") == ("a.new.docx", Written.KEPT)


# -- the record

DAMAGED = {
    "empty": b"",
    "cut": b'1234abcd ["files",{"a.doc',
    "not json": b"\x00\xff garbage\n",
    "a list": b"[1, 2]\n",
    "no checksum": b'["hornbook",{"version":2}]\n["files",{"a.docx":"x"}]\n',
    "another checksum": b'00000000 ["hornbook",{"version":2}]\n00000000 ["files",{"a.docx":"x"}]\n',
    "random": bytes(range(256)) * 20,
    "deep": b"[" * 100_000 + b"\n",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_record_loses_no_work_and_heals(folder: Path, damage: str) -> None:
    put(folder, "a.docx", b"one")
    (folder / RECORD).write_bytes(DAMAGED[damage])
    assert put(folder, "a.docx", b"one") == ("a.docx", Written.SAME)
    assert record(folder).keys() == {"a.docx"}
    (folder / RECORD).write_bytes(DAMAGED[damage])
    assert put(folder, "a.docx", b"two") == ("a.new.docx", Written.KEPT), "without a record every file may be work"


def test_a_missing_record_is_as_if_all_were_edited(folder: Path) -> None:
    put(folder, "a.docx", b"one")
    (folder / RECORD).unlink()
    assert put(folder, "a.docx", b"one") == ("a.docx", Written.SAME)
    (folder / RECORD).unlink()
    assert put(folder, "a.docx", b"two")[1] is Written.KEPT


def test_a_record_that_is_a_folder_stops_nothing(folder: Path) -> None:
    (folder / RECORD).mkdir(parents=True)
    assert Store(folder).put("a.docx", b"one").written is Written.NEW


@pytest.mark.parametrize(
    "name",
    ["../mine.txt", "/mine.txt", "river/../../mine.txt", "..", ".", "", "river//a", "./mine.txt", "a\\..\\b", "a\0b"],
)
def test_a_record_cannot_name_a_file_outside(folder: Path, tmp_path: Path, name: str) -> None:
    put(folder, "good.pdf", b"one")
    (tmp_path / "mine.txt").write_bytes(b"one")
    known = record(folder)
    written(folder, **{**known, name: known["good.pdf"]})
    assert Store(folder).names() == ["good.pdf"]


def test_a_link_inside_cannot_lead_out(folder: Path, tmp_path: Path) -> None:
    put(folder, "good.pdf", b"one")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.pdf").write_bytes(b"one")
    (folder / "link").symlink_to(outside)
    known = record(folder)
    written(folder, **{**known, "link/mine.pdf": known["good.pdf"]})
    assert not Store(folder).untouched("link/mine.pdf")


def test_the_record_is_the_same_whatever_the_order(folder: Path, tmp_path: Path) -> None:
    for place, names in ((folder, "ab"), (tmp_path / "other", "ba")):
        store = Store(place)
        for name in names:
            store.put(name, name.encode())
        store.save()
    assert (folder / RECORD).read_bytes() == (tmp_path / "other" / RECORD).read_bytes()


def test_nothing_built_leaves_no_record(folder: Path) -> None:
    Store(folder).save()
    assert not folder.exists()


# -- removing


def test_removing_takes_the_file_and_its_empty_folder(folder: Path) -> None:
    put(folder, "river/a.pdf", b"one")
    put(folder, "river/b.pdf", b"two")
    store = Store(folder)
    store.remove("river/a.pdf")
    assert (folder / "river").is_dir()
    store.remove("river/b.pdf")
    store.save()
    assert tree(folder) == {}
    assert not (folder / "river").exists()


def test_a_folder_with_something_of_somebodys_stays(folder: Path) -> None:
    put(folder, "river/a.pdf", b"one")
    (folder / "river/notes.txt").write_bytes(b"mine")
    store = Store(folder)
    store.remove("river/a.pdf")
    assert tree(folder).keys() >= {"river/notes.txt"}


@pytest.mark.parametrize(("data", "untouched"), [(b"one", True), (b"mine", False), (None, False)])
def test_untouched_is_there_and_as_built(folder: Path, data: bytes | None, untouched: bool) -> None:
    put(folder, "a.pdf", b"one")
    (folder / "a.pdf").unlink()
    if data:
        (folder / "a.pdf").write_bytes(data)
    assert Store(folder).untouched("a.pdf") is untouched
