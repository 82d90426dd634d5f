"""The stamp: what a file was made of, whether it was edited since, and nothing that a validator minds."""

from __future__ import annotations

import warnings
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
import docx_samples as samples
import invariants
import pytest
from docx_reading import audited
from lxml import etree

from toolkit.formats.docx import write
from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.stamp import chunked, custom_items, joined, read_stamp, seal, state
from toolkit.model.stamp import Stamp, State

PART = "docProps/custom.xml"
STAMP = Stamp("fourteen-ships", "worksheet", "student", "B", "support", "large-print", "k" * 64)
ITEMS = (b'<base xmlns="urn:example:base:1">one</base>', b"<plain/>")
LONG = "\N{GREEK SMALL LETTER ALPHA}&<" * 300


@cache
def unsealed() -> bytes:
    return write(samples.sheet(), samples.unreported)


@cache
def sealed() -> bytes:
    return seal(unsealed(), STAMP, chunked("Base", LONG), ITEMS)


def test_the_stamp_says_what_the_file_was_made_of() -> None:
    found = read_stamp(sealed())
    assert found is not None
    assert {name: getattr(found, name) for name in Stamp.__slots__ if name != "properties"} == {
        name: getattr(STAMP, name) for name in Stamp.__slots__ if name != "properties"
    }
    assert joined(found.properties, "Base") == LONG
    assert custom_items(sealed())[1:] == ITEMS  # the first is the writer's own
    assert read_stamp(seal(unsealed(), Stamp("river", "handout", "teacher"))) == Stamp("river", "handout", "teacher")


def test_what_is_sealed_is_pristine_and_the_same_on_every_run() -> None:
    assert state(sealed()) is State.PRISTINE
    assert sealed() == seal(unsealed(), STAMP, chunked("Base", LONG), ITEMS)
    assert seal(unsealed(), STAMP) != sealed()


def test_validators_find_nothing(tmp_path: Path) -> None:
    for data in (sealed(), seal(unsealed(), Stamp("river", "handout", "teacher"))):
        assert audited(data, tmp_path) == []
        assert invariants.findings(data) == []


def test_everything_else_in_the_file_is_as_the_writer_wrote_it() -> None:
    before, after = unpack(unsealed()), unpack(seal(unsealed(), STAMP))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "_rels/.rels"}
    assert after.keys() - before.keys() == {PART}


def test_another_deflate_leaves_a_file_pristine() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in reversed(unpack(sealed()).items()):
            archive.writestr(name, content)
    assert buffer.getvalue() != sealed()
    assert state(buffer.getvalue()) is State.PRISTINE


@pytest.mark.parametrize("name", sorted(unpack(sealed()).keys() - {PART}))
def test_a_change_of_any_part_is_seen(name: str) -> None:
    parts = unpack(sealed())
    data = pack({**parts, name: parts[name] + b" "})
    assert state(data) is State.EDITED
    assert read_stamp(data) == read_stamp(sealed()), "what it was made of is still to be read"


def test_a_part_more_or_fewer_is_seen() -> None:
    parts = unpack(sealed())
    assert state(pack({**parts, "word/comments.xml": b"<x/>"})) is State.EDITED
    parts.pop("word/footnotes.xml")
    assert state(pack(parts)) is State.EDITED


@pytest.mark.parametrize("word", [b"fourteen-ships", b"large-print", b"support", b"kkkk", b"urn:"])
def test_a_change_of_what_the_stamp_says_is_seen(word: bytes) -> None:
    parts = unpack(seal(unsealed(), STAMP, {"Base": "urn:example"}))
    content = parts[PART]
    assert content.count(word) > 0
    assert state(pack({**parts, PART: content.replace(word, b"other", 1)})) is State.EDITED


def test_a_file_that_another_program_saved_is_edited_and_says_its_lesson(tmp_path: Path) -> None:
    file = tmp_path / "sheet.docx"
    file.write_bytes(sealed())
    docx.Document(str(file)).save(str(file))
    assert state(file.read_bytes()) is State.EDITED
    found = read_stamp(file.read_bytes())
    assert found is not None
    assert found.lesson == "fourteen-ships"


def test_two_parts_of_one_name_are_no_pristine_file() -> None:
    buffer = BytesIO(sealed())
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert state(buffer.getvalue()) is State.FOREIGN


def foreign() -> dict[str, bytes]:
    parts = unpack(sealed())
    told = parts[PART]
    return {
        "unsealed": unsealed(),
        "empty": b"",
        "no zip": b"mine",
        "cut short": sealed()[:2000],
        "an empty zip": pack({}),
        "old Word": b"\xd0\xcf\x11\xe0" + bytes(600),
        "a stamp that is no XML": pack({**parts, PART: b"<Properties"}),
        "a stamp with a document type": pack({**parts, PART: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + told}),
        "no digest": pack({**parts, PART: told.replace(b"HornbookDigest", b"Digest")}),
        "no format": pack({**parts, PART: told.replace(b"HornbookFormat", b"Format")}),
        "a format that is no number": pack({**parts, PART: told.replace(b"lpwstr>1<", b"lpwstr>\xc2\xbd<")}),
        "properties of somebody else": pack({**parts, PART: b"<x/>"}),
        "nothing in a property": pack({**parts, PART: b"<x><property name='HornbookDigest'/></x>"}),
    }


@pytest.mark.parametrize("kind", foreign())
def test_a_file_without_a_stamp_is_foreign(kind: str) -> None:
    data = foreign()[kind]
    assert state(data) is State.FOREIGN
    assert read_stamp(data) is None


def test_a_bomb_is_foreign_and_takes_no_memory() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in unpack(sealed()).items():
            archive.writestr(name, content)
        archive.writestr("word/media/image9.png", bytes(101_000_000))
    assert state(buffer.getvalue()) is State.FOREIGN


@pytest.mark.parametrize("properties", [{"Base": "x" * 256}, {"HornbookLesson": "sea"}, {"HornbookDigest": "0"}])
def test_a_property_that_cannot_be_is_refused(properties: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is too long, or is one of the stamp's own"):
        seal(unsealed(), STAMP, properties)


def test_chunks_are_whole_again() -> None:
    for text in ("", "x", "x" * 240, "x" * 241, LONG):
        pieces = chunked("Base", text)
        assert all(len(piece) <= 240 for piece in pieces.values())
        assert joined(pieces, "Base") == text
    assert list(chunked("Base", "x" * 481)) == ["Base000", "Base001", "Base002"]


def test_custom_items_are_numbered_without_a_gap_and_each_has_an_identity() -> None:
    parts = unpack(sealed())
    assert {name for name in parts if name.startswith("customXml/")} == {
        *("customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels"),
        *("customXml/item2.xml", "customXml/itemProps2.xml", "customXml/_rels/item2.xml.rels"),
        *("customXml/item3.xml", "customXml/itemProps3.xml", "customXml/_rels/item3.xml.rels"),
    }
    assert b"urn:example:base:1" in parts["customXml/itemProps2.xml"]
    identities = {etree.fromstring(parts[f"customXml/itemProps{n}.xml"]).values()[0] for n in (1, 2, 3)}
    assert len(identities) == 3
