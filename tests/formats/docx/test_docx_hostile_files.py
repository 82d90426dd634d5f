"""Files that are no sheets, or were made to harm: each is refused in one clear line, within the memory of a laptop."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pull_samples as samples
import pytest
from sandbox import environment

from toolkit.formats.docx.archive import pack, unpack
from toolkit.formats.docx.oxml import W
from toolkit.formats.docx.reading import read
from toolkit.formats.docx.reading.package import LARGEST_FILE, MOST_ELEMENTS
from toolkit.model.diagnostics import LessonError

MAIN = "word/document.xml"
OFFICE = "application/vnd.openxmlformats-officedocument"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
DEEP = b"<w:sdt><w:sdtContent>" * 400 + b"</w:sdtContent></w:sdt>" * 400


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = unpack(samples.built())
    return pack({**parts, name: change(parts[name])})


def without(*names: str) -> bytes:
    return pack({name: part for name, part in unpack(samples.built()).items() if name not in names})


@cache
def bomb(name: str) -> bytes:
    return zipped({**unpack(samples.built()), name: b" " * 110_000_000})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def twice() -> bytes:
    """Return a document that holds its text twice."""
    buffer = io.BytesIO(samples.built())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(MAIN, b"<other/>")
    return buffer.getvalue()


def flagged() -> bytes:
    """Return a document whose entries say that they are encrypted."""
    data = bytearray(samples.built())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 1)
    return bytes(data)


def lying(length: int) -> bytes:
    """Return a document whose table of contents says another length of its text."""
    data = samples.built()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo(MAIN).file_size
    return data.replace(size.to_bytes(4, "little"), length.to_bytes(4, "little"))


def broken() -> bytes:
    """Return a document in whose packed bytes one is wrong."""
    data = bytearray(samples.built())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.getinfo(MAIN).header_offset + 200
    data[place] ^= 0xFF
    return bytes(data)


def typed(kind: str) -> bytes:
    main = f"{OFFICE}.wordprocessingml.document.main+xml"
    return changed("[Content_Types].xml", lambda part: part.replace(main.encode(), kind.encode()))


def told(instead: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"<w:body>", b"<w:body>" + instead, 1)


def foreign() -> bytes:
    """Return a document of another program."""
    parts = unpack(without("docProps/custom.xml", "customXml/item1.xml", "customXml/itemProps1.xml"))
    return pack({name: part for name, part in parts.items() if not name.startswith("customXml")})


def forged(change: Callable[[bytes], bytes]) -> bytes:
    """Return a document whose two carriers were changed."""
    parts = unpack(samples.built())
    names = ("customXml/item1.xml", "docProps/custom.xml")
    return pack({**parts, **{name: change(parts[name]) for name in names}})


def paragraph(words: int) -> bytes:
    return b"<w:p><w:r><w:t>" + b"a " * words + b"</w:t></w:r></w:p>"


def later(part: bytes) -> bytes:
    """Return a carrier as a later version would write it."""
    return part.replace(b"urn:hornbook:sheet:1", b"urn:hornbook:sheet:2").replace(b"SheetBase", b"SheetCore")


def spoilt(part: bytes) -> bytes:
    """Return a carrier whose text is not that of its digest."""
    changed = re.sub(rb"""(sha256=["']|SheetBase000["'][^<]*<[^>]*>).""", rb"\1!", part)
    assert changed != part
    return changed


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "W901", "empty"),
    "a text": (lambda: b"Dear colleague", "W901", "not a Word document"),
    "PDF": (lambda: b"%PDF-1.7 ...", "W901", "PDF"),
    "RTF": (lambda: rb"{\rtf1 Dear colleague}", "W901", "RTF"),
    "old Word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "W901", "old Word"),
    "locked by Word": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "W904", "password",
    ),
    "locked as a zip": (flagged, "W904", "password"),
    "too large a file": (lambda: b"PK\x03\x04" + b"\0" * LARGEST_FILE, "W902", "larger"),
    "zip bomb": (lambda: bomb("word/bomb.xml"), "W902", "more than"),
    "picture bomb": (lambda: bomb("word/a.png"), "W902", "more than"),
    "many parts": (lambda: zipped({f"word/{n}.xml": b"<a/>" for n in range(5000)}), "W902", "parts"),
    "many elements": (lambda: changed(MAIN, told(b"<w:p/>" * (MOST_ELEMENTS + 1))), "W902", "elements"),
    "deep": (lambda: changed(MAIN, told(DEEP)), "W903", "cannot be read"),
    "a long text": (lambda: changed(MAIN, told(paragraph(8_000_000))), "W903", "cannot be read"),
    "a long paragraph": (lambda: changed(MAIN, told(paragraph(40_000))), "W902", "a paragraph of more than"),
    "many paragraphs": (
        lambda: changed(MAIN, told(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000)), "W902", "paragraphs",
    ),
    "a part twice": (twice, "W903", "two parts"),
    "two names in one": (lambda: zipped({**unpack(samples.built()), "WORD/document.xml": b"<a/>"}), "W903", "twice"),
    "a wrong checksum": (broken, "W903", "broken"),
    "a false length": (lambda: lying(50), "W903", "broken"),
    "a truncated file": (lambda: samples.built()[:-2000], "W903", "broken"),
    "an archive": (lambda: zipped({"a.txt": b"a"}), "W901", "something else"),
    "OpenDocument": (lambda: zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "W901", "OpenDocument"),
    "no content types": (lambda: without("[Content_Types].xml"), "W901", "something else"),
    "no relationships": (lambda: without("_rels/.rels"), "W901", "something else"),
    "no text": (lambda: without(MAIN), "W903", "missing"),
    "another root": (lambda: changed(MAIN, lambda _: b"<html/>"), "W901", "not a Word document"),
    "bad XML": (lambda: changed(MAIN, lambda part: part[:-9]), "W903", "cannot be read"),
    "template": (lambda: typed("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "W901", "template"),
    "spreadsheet": (lambda: typed(f"{OFFICE}.spreadsheetml.sheet.main+xml"), "W901", "spreadsheet"),
    "strict": (lambda: changed(MAIN, lambda part: part.replace(W.encode(), STRICT)), "W901", "Strict"),
    "entities": (
        lambda: changed(MAIN, lambda part: b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + part),
        "W903", "document type",
    ),
    "entities in the styles": (
        lambda: changed("word/styles.xml", lambda part: b'<!DOCTYPE a [<!ENTITY x "y">]>' + part),
        "W903", "document type",
    ),
    "entities in UTF-16": (
        lambda: changed(MAIN, lambda _: '<?xml version="1.0"?><!DOCTYPE a []><a/>'.encode("utf-16")),
        "W903", "document type",
    ),
    "UTF-16": (lambda: changed(MAIN, lambda _: '<?xml version="1.0"?><a/>'.encode("utf-16")), "W903", "UTF-8"),
    "UTF-7": (lambda: changed(MAIN, lambda _: b'<?xml version="1.0" encoding="UTF-7"?><a/>'), "W903", "UTF-8"),
    "another program's": (foreign, "W905", "no sheet"),
    "a carrier that lies": (lambda: forged(spoilt), "W903", "no longer whole"),
    "a later version": (lambda: forged(later), "W906", "later version"),
}  # fmt: skip  # a table reads better in lines


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_line(name: str) -> None:
    make, code, words = HOSTILE[name]
    with pytest.raises(LessonError) as caught:
        read(make())
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code.startswith(code)
    assert words in diagnostic.message
    assert "\n" not in diagnostic.message


def test_a_good_file_is_not_refused() -> None:
    assert read(samples.built()).revisions == ()


MEMORY = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from toolkit.formats.docx.reading import read
from toolkit.model.diagnostics import LessonError
for name in sys.argv[1:]:
    try:
        read(open(name, "rb").read())
    except LessonError as error:
        print(error.diagnostics[0].code)
"""


def test_bombs_are_refused_within_the_memory_of_a_laptop(tmp_path: Path) -> None:
    files = []
    for name in ("zip bomb", "picture bomb", "many elements", "a long text", "many paragraphs", "deep"):
        file = tmp_path / f"{name}.docx"
        file.write_bytes(HOSTILE[name][0]())
        files.append(str(file))
    words = [sys.executable, "-c", MEMORY, *files]
    run = subprocess.run(words, env=environment(), capture_output=True, text=True, timeout=120, check=False)
    assert run.stderr == ""
    assert len(run.stdout.split()) == len(files)


@pytest.mark.parametrize("name", ["docProps/custom.xml", "customXml/item1.xml"])
def test_one_carrier_is_enough(name: str) -> None:
    reading = read(changed(name, spoilt))
    assert (reading.sheet, reading.edition, reading.revisions) == ("worksheet", "student", ())
    assert reading.before == read(samples.built()).before


def test_a_sheet_is_read_without_its_stamp() -> None:
    reading = read(without("docProps/custom.xml"))
    assert (reading.lesson, reading.sheet, reading.edition) == ("river", "worksheet", "student")
