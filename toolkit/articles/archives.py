"""Zip archives that a text came in (DOCX, ODT, EPUB), looked through before any program unpacks them.

A small archive can unpack to more than a machine holds, and XML can name entities that do the same or read other
files. What is too large, locked, broken, or declares entities is refused with a reason.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape
from typing import IO, Final

from toolkit.articles.sources import Source, Unreadable

LARGEST_FILE: Final = 50_000_000  # bytes, packed
LARGEST_UNPACKED: Final = 200_000_000  # bytes; pandoc takes about ten times as much memory as the XML of a text
LARGEST_XML: Final = 40_000_000  # bytes of one part that is parsed
MOST_PARTS: Final = 5_000
_XML: Final = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".rdf")
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y\x00|\x00<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y")
_PROPERTIES: Final = (
    ("title", "dc:title"), ("author", "meta:initial-creator"), ("author", "dc:creator"), ("language", "dc:language"),
)  # fmt: skip  # pairs
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, KeyError)


def kind(source: Source) -> str:
    """Return what the archive `source` holds: "docx", "odt", "epub", or "" for anything else."""
    if not source.data.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype").decode("ascii", "replace").strip()
                if mime.startswith("application/vnd.oasis.opendocument.text"):
                    return "odt"
                return "epub" if mime == "application/epub+zip" else ""
            document = "[Content_Types].xml" in names and any(re.fullmatch(r"word/document\d*\.xml", n) for n in names)
            return "docx" if document else "epub" if "META-INF/container.xml" in names else ""
    except _BROKEN:
        return {".docx": "docx", ".odt": "odt", ".epub": "epub"}.get(source.suffix, "")


def checked(source: Source) -> None:
    """Raise Unreadable where the archive is too large, locked, broken, or hostile."""
    if len(source.data) > LARGEST_FILE:
        raise Unreadable(f"the file has {len(source.data):,} bytes; at most {LARGEST_FILE:,} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            _parts(archive)
    except Unreadable:
        raise
    except _BROKEN:
        raise Unreadable("the file is broken or was cut short", "save or download it again") from None


def member(source: Source, name: str) -> bytes:
    """Return the bytes of the part that a picture names, as pandoc does ("media/image1.png"), of a `checked` archive.

    Raise Unreadable where there is none.
    """
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        names = archive.namelist()
        ending = name.removeprefix("./")
        found = next((one for one in names if one == ending or one.endswith(f"/{ending}")), "")
        if not found:
            raise Unreadable(f"the file has no part {name}")
        return archive.read(found)


def properties(source: Source) -> dict[str, str]:
    """Return what an office file says of itself: its title, its author, its date, its language, as far as it does."""
    told: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        for part in ("docProps/core.xml", "meta.xml"):
            if part in archive.namelist():
                text = archive.read(part).decode("utf-8", "replace")
                for field, name in _PROPERTIES:
                    found = re.search(rf"<{name}(?:\s[^<>]*)?>(?P<words>[^<>]*)</{name}>", text)
                    words = " ".join(unescape(found["words"]).split()) if found else ""
                    if words:
                        told.setdefault(field, words)
    return told


def lost(source: Source, text: str) -> str:
    """Return the beginning of the words of a Word file that are not in `text`, in their order; "" where all are."""
    have = set(re.findall(r"\w{4,}", text))
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        document = next((n for n in archive.namelist() if re.fullmatch(r"word/document\d*\.xml", n)), "")
        told = archive.read(document).decode("utf-8", "replace") if document else ""
    runs = (
        unescape(found[1] or " ")
        for found in re.finditer(r"<w:t(?:\s[^<>]*)?>([^<>]*)</w:t>|</w:p>|<w:(?:tab|br|cr)/>", told)
    )
    words = (word for word in re.findall(r"\w{4,}", "".join(runs)) if word not in have)
    return " ".join(dict.fromkeys(words))[:120]


def _parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Unreadable(f"the archive has {len(parts):,} parts; at most {MOST_PARTS:,} are read")
    if len({part.filename for part in parts}) < len(parts):
        raise Unreadable("the archive has two parts of one name", "save it again")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("the file is locked with a password", "save it without one")
    left = LARGEST_UNPACKED
    for part in parts:
        parsed = part.filename.lower().endswith(_XML)
        most = min(left, LARGEST_XML) if parsed else left
        # What the archive says of its sizes may be false: it is unpacked up to what is allowed.
        with archive.open(part) as stream:
            size = _measured(stream, most, parsed=parsed)
        if size > most:
            raise Unreadable(f"the archive unpacks to more than {most:,} bytes at {part.filename[:80]!r}")
        left -= size


def _measured(stream: IO[bytes], most: int, *, parsed: bool) -> int:
    size, tail = 0, b""
    while size <= most and (block := stream.read(1 << 20)):
        size += len(block)
        if parsed and _ENTITY.search(tail + block):
            raise Unreadable("a part of the file declares entities of its own, as no program for texts does")
        tail = block[-20:]
    return size
