"""The record: what is lost of it is made again, and never more than that."""

from __future__ import annotations

import errno
import os
import random
from pathlib import Path

import pytest
from sandbox import LESSON, Sandbox

from toolkit.build.record import OLD, RECORD, Record, _line
from toolkit.build.store import Store, Written

TABLE = {f"lesson-{n}/handout.pdf": f"{n:032x}" for n in range(200)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = Record(tmp_path)
    record.put("files", TABLE)
    record.save()
    return tmp_path


def test_what_is_put_is_there_again(folder: Path) -> None:
    assert Record(folder)["files"] == TABLE
    assert Record(folder).damage == ""


def test_what_is_put_is_on_the_disk_when_it_is_flushed(folder: Path) -> None:
    record = Record(folder)
    record.put("files", {"a": "1"})
    record.put("files", {"lesson-0/handout.pdf": None})
    assert "a" not in Record(folder)["files"]
    record.flush()
    assert Record(folder)["files"]["a"] == "1"
    assert "lesson-0/handout.pdf" not in Record(folder)["files"]
    record.close()


def test_a_line_that_was_cut_short_is_no_damage_and_is_taken_away(folder: Path) -> None:
    whole = (folder / RECORD).read_bytes()
    (folder / RECORD).write_bytes(whole + b'12345678 ["files",{"a":')
    record = Record(folder)
    assert (record.damage, record["files"]) == ("", TABLE)
    record.put("files", {"a": "1"})
    record.flush()
    record.close()
    again = Record(folder)
    assert (again.damage, again["files"]) == ("", {**TABLE, "a": "1"})


def test_a_bad_line_costs_its_entries_and_no_others(folder: Path) -> None:
    lines = (folder / RECORD).read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"handout", b"hamdout", 1)
    (folder / RECORD).write_bytes(b"\n".join(lines))
    record = Record(folder)
    assert record.damage == "is damaged: 1 of its 6 lines cannot be read"
    assert len(TABLE) - 40 == len(record["files"])
    assert record["files"].items() <= TABLE.items()
    record.save()
    assert Record(folder).damage == ""


def test_any_bytes_are_a_record(folder: Path) -> None:
    whole = (folder / RECORD).read_bytes()
    dice = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            match dice.randint(0, 2):
                case 0:
                    data[dice.randrange(len(data))] = dice.randrange(256)
                case 1:
                    at = dice.randrange(len(data))
                    del data[at : at + dice.randint(1, 300)]
                case _:
                    at = dice.randrange(len(data))
                    data[at:at] = dice.randbytes(dice.randint(1, 40))
        (folder / RECORD).write_bytes(bytes(data))
        assert Record(folder)["files"].items() <= TABLE.items()


@pytest.mark.parametrize("header", [{"version": 3}, {"version": "new"}])
def test_a_record_of_another_version_is_not_believed(folder: Path, header: dict[str, object]) -> None:
    (folder / RECORD).write_bytes(_line(["hornbook", header]) + _line(["files", TABLE]))
    record = Record(folder)
    assert record["files"] == {}
    assert record.damage == "was written by another version of hornbook"


def test_the_record_before_this_one_is_read_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a.pdf", b"one")
    store.save()
    (tmp_path / OLD).write_text('{"version": 1, "files": {"a.pdf": "' + Record(tmp_path)["files"]["a.pdf"] + '"}}')
    (tmp_path / RECORD).unlink()
    again = Store(tmp_path)
    assert again.put("a.pdf", b"two").written is Written.CHANGED, "it was not edited"
    again.save()
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD, "a.pdf"]


def test_a_file_that_a_killed_build_put_in_place_is_not_an_edit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put("a.pdf", b"one")
    store.record.close()  # killed: nothing is saved
    assert Store(tmp_path).put("a.pdf", b"two").written is Written.CHANGED
    other = Store(tmp_path)
    other.save()
    assert Store(tmp_path).untouched("a.pdf")


def test_a_disk_that_takes_little_at_once_gets_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Record(folder)
    record.put("files", {"a": "1"})
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:5]))
    record.flush()
    monkeypatch.undo()
    record.close()
    assert (Record(folder)["files"], Record(folder).damage) == ({**TABLE, "a": "1"}, "")


def test_a_full_disk_leaves_whole_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Record(folder)
    record.put("files", {"a": "1"})
    write, room = os.write, [5]

    def full(descriptor: int, data: bytes) -> int:
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(descriptor, data[: room.pop()])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space left"):
        record.flush()
    monkeypatch.undo()
    record.flush()
    record.close()
    assert (Record(folder)["files"], Record(folder).damage) == ({**TABLE, "a": "1"}, "")


# -- as a user meets it


@pytest.fixture
def project(sandbox: Sandbox) -> Sandbox:
    sandbox.put("hornbook.toml", 'targets = ["handout.html", "worksheet.html"]\neditions = ["student"]\n')
    sandbox.lesson()
    sandbox.lesson(slug="sea")
    assert sandbox.run("build").code == 0
    return sandbox


def outputs(sandbox: Sandbox) -> dict[str, tuple[bytes, int]]:
    paths = [sandbox.root / "output" / name for name in sandbox.files()]
    return {path.name: (path.read_bytes(), path.stat().st_ino) for path in paths}


def damaged(kind: str, data: bytes) -> bytes:
    match kind:
        case "cut":
            return data[: len(data) * 2 // 3]
        case "a bad line":
            return data.replace(b"river", b"rover", 1)
        case "empty":
            return b""
        case "random":
            return random.Random(1).randbytes(5000)
        case "zeros":
            return bytes(len(data))
    return _line(["hornbook", {"version": 99}]) + b"".join(data.splitlines(keepends=True)[1:])


@pytest.mark.parametrize("kind", ["cut", "a bad line", "empty", "random", "zeros", "from the future"])
def test_with_a_damaged_record_the_outputs_are_the_same_and_none_is_an_edit(project: Sandbox, kind: str) -> None:
    before = outputs(project)
    path = project.root / "output" / RECORD
    path.write_bytes(damaged(kind, path.read_bytes()))
    result = project.run("build")
    assert (result.code, outputs(project)) == (0, before), "equal bytes are left untouched"
    assert kind == "cut" or "output/.hornbook.log" in result.err or "warning[B711]: the record of output" in result.err
    again = project.run("build")
    assert (again.code, again.out, again.err) == (0, "", "4 files up to date\n")


def test_without_a_record_nothing_is_said_and_nothing_is_an_edit(project: Sandbox) -> None:
    before = outputs(project)
    (project.root / "output" / RECORD).unlink()
    result = project.run("build")
    assert (result.code, outputs(project)) == (0, before)
    assert "B7" not in result.err
    assert {line.split()[0] for line in result.out.splitlines()} == {"unchanged"}


def test_the_record_does_not_grow(project: Sandbox) -> None:
    sizes = []
    for number in range(6):
        project.put("lessons/river/lesson.yaml", LESSON.replace("Bends", f"Bends {number}"))
        assert project.run("build").code == 0
        sizes.append((project.root / "output" / RECORD).stat().st_size)
    assert max(sizes) - min(sizes) < 200
