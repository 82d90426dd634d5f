"""Office packages (zip files of parts) that came from somewhere else, unpacked within limits.

A small archive can unpack to more than a machine holds, may name a part twice, so that two programs read two
documents, and XML may declare entities that do the same or read other files (CWE-409, CWE-611). None of these
is made by a word processor. What is refused has a reason in plain words.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO, Final

LARGEST_UNPACKED: Final = 100_000_000  # bytes of all parts
MOST_PARTS: Final = 2_000
_LONGEST_NAME: Final = 512
_BLOCK: Final = 1 << 20
_LOCKED: Final = 0x1  # the bit of a zip entry that says it is encrypted (APPNOTE 4.4.4)
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_XML: Final = (".xml", ".rels", ".vml")
# In UTF-8, and in UTF-16 of either order.
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C\0T\0Y\0P\0E\0|\0<\0!\0D\0O\0C\0T\0Y\0P\0E")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class UnfitPackageError(ValueError):
    """A package that is not read; its text says why, as the end of a sentence that begins with "the file"."""


def unpacked(data: bytes, *, most: int = LARGEST_UNPACKED) -> dict[str, bytes]:
    """Return the parts of the zip file `data` by name, of at most `most` bytes in all.

    Raise UnfitPackageError where it is none, is locked, broken, too large, or has two parts of one name, or where one
    of its XML parts declares a document type.
    """
    if data.startswith(_OLD_OFFICE):
        raise UnfitPackageError("is an Office file of before 2007, or locked with a password")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _parts(archive, most)
    except UnfitPackageError:
        raise
    except _BROKEN:
        raise UnfitPackageError("is not an Office file, or is broken" if data else "is empty") from None


def _parts(archive: zipfile.ZipFile, most: int) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS:
        raise UnfitPackageError(f"has {len(entries):,} parts; at most {MOST_PARTS:,} are read")
    parts: dict[str, bytes] = {}
    for entry in entries:
        if entry.filename in parts:
            raise UnfitPackageError(f"has two parts of the name {entry.filename[:80]}")
        if entry.flag_bits & _LOCKED:
            raise UnfitPackageError("is locked with a password")
        if len(entry.filename) > _LONGEST_NAME:
            raise UnfitPackageError("has a part whose name is too long")
        with archive.open(entry) as stream:
            parts[entry.filename] = content = _read(stream, most)
        most -= len(content)
        if entry.filename.lower().endswith(_XML) and _DOCTYPE.search(content):
            raise UnfitPackageError(f"declares a document type in {entry.filename[:80]}, as no word processor does")
    return parts


def _read(stream: IO[bytes], most: int) -> bytes:
    """Return what is in `stream`: the sizes that a zip file tells may be false, and are not believed."""
    blocks, size = [], 0
    while block := stream.read(_BLOCK):
        size += len(block)
        if size > most:
            raise UnfitPackageError("unpacks to more than a document holds")
        blocks.append(block)
    return b"".join(blocks)
