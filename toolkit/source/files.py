"""Reading the author's files: bytes in, refused early where they cannot be a lesson."""

from __future__ import annotations

import codecs
import difflib
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from toolkit.model import characters
from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.model.quoting import quoted
from toolkit.source import observing
from toolkit.source.limits import told

LARGEST_TEXT = 2_000_000  # bytes; an article of 2 MB is a book
_MOST_NEIGHBOURS = 2_000  # files looked at to find the one that was meant


def read_bytes(path: Path, shown: str, *, largest: int, code: str = "Y101") -> bytes:
    """Return the bytes of a regular file of at most `largest` bytes.

    Raise LessonError naming `shown` where it is missing, a folder, a pipe or a device, or too large.
    """
    try:
        # Non-blocking, so that a pipe where a file should be is refused and not waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        observing.content(path, None, None)
        raise _refused(shown, f"the file cannot be read: {_reason(error)}", code) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            observing.content(path, None, None)
            raise _refused(shown, "this is not a file", code)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(largest + 1)
    finally:
        os.close(descriptor)
    observing.content(path, data, found, whole=len(data) <= largest)
    if len(data) > largest:
        raise _refused(shown, f"the file is larger than {largest / 1e6:.0f} MB", "Y103")
    return data


def _reason(error: OSError) -> str:
    return {"FileNotFoundError": "there is no such file", "PermissionError": "it may not be read"}.get(
        type(error).__name__, (error.strerror or str(error)).lower()
    )


def _refused(shown: str, message: str, code: str) -> LessonError:
    return LessonError([Diagnostic(code, message, Span(shown, 1, 1))])


def read_text(path: Path, shown: str) -> str:
    """Return a UTF-8 text file with line ends as single line feeds and without a byte order mark.

    Raise LessonError for what is not UTF-8, and for every character that has no place in a text.
    """
    return decode(read_bytes(path, shown, largest=LARGEST_TEXT), shown)


def decode(data: bytes, shown: str) -> str:
    """Return `data` as text; see `read_text`."""
    kind = _other_kind(data)
    if kind:
        hint = "save the text as UTF-8, without formatting"
        raise LessonError([Diagnostic("Y102", f"the file is {kind}", Span(shown, 1, 1), hint=hint)])
    try:
        data = data.removeprefix(codecs.BOM_UTF8)
        text = _with_plain_line_ends(data.decode())
    except UnicodeDecodeError as error:
        before = _with_plain_line_ends(data[: error.start].decode(errors="replace"))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        span = _span(before, len(before), shown)
        raise LessonError([Diagnostic("Y102", message, span, hint="save the file as UTF-8")]) from None
    strays = list(told(_strays(text, shown)))
    if strays:
        raise LessonError(strays)
    return text


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other_kind(data: bytes) -> str:
    kinds = {
        b"PK\x03\x04": "a zip archive, a Word file perhaps, and not a plain text",
        b"\x1f\x8b": "a gzip archive and not a plain text",
        b"%PDF": "a PDF and not a plain text",
        b"{\\rtf": "a text with formatting (RTF) and not a plain text",
        b"\xff\xfe": "a text in UTF-16, where UTF-8 is expected",
        b"\xfe\xff": "a text in UTF-16, where UTF-8 is expected",
        b"\xd0\xcf\x11\xe0": "an old Office file and not a plain text",
        b"\x89PNG": "an image and not a plain text",
        b"\xff\xd8\xff": "an image and not a plain text",
    }
    found = next((kind for magic, kind in kinds.items() if data.startswith(magic)), "")
    # Letters of Latin script are every other byte of UTF-16, with a null byte beside each.
    wide = data[:400].count(0) * 3 > len(data[:400])
    return found or ("a text in UTF-16 or no text at all, where UTF-8 is expected" if wide else "")


def _strays(text: str, shown: str) -> Iterator[Diagnostic]:
    for found in characters.refused(text):
        meant = characters.meant(found[0])
        hint = "delete it; an editor that shows invisible characters finds it"
        if meant:
            hint = f"write {meant} if that is meant: the text was once saved as Windows-1252 and read as Latin-1"
        yield Diagnostic("Y104", characters.name(found[0]), _span(text, found.start(), shown), hint=hint)


def _span(text: str, at: int, shown: str) -> Span:
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return Span(shown, line, column, line, column + 1)


def locate(folder: Path, name: str, what: str, place: str) -> Path:
    """Return the path of the file `name` in the lesson's `folder`.

    Raise LessonError at the address `place` where it is elsewhere, missing, or no file. `what` it is, is said
    in the message: "image".
    """

    def refused(code: str, message: str, hint: str) -> LessonError:
        return LessonError([Diagnostic(code, message, address=place, needle=name, hint=hint)])

    path = within(folder, _spelt(folder, name))
    if path is None:
        raise refused("R305", *_outside(folder, name, what))
    observing.leads(folder / name)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if isinstance(error, PermissionError):
            raise refused("R304", f"the {what} {quoted(name)} may not be read", "change its permissions") from None
        message = f"there is no {what} {quoted(name)} in the lesson's folder"
        raise refused("R304", message, _near(folder, name)) from None
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise refused("R304", f"the {what} {quoted(name)} is not a file but {kind}", "write the name of a file")
    return path


def _spelt(folder: Path, name: str) -> str:
    """Return `name` as the disk has it: some systems write é as one character, and some as two."""
    forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
    found = next((form for form in forms if os.path.lexists(folder / form)), name) if within(folder, name) else name
    if found != name:
        observing.is_file(folder / name)  # would be taken if it were there
    return found


def _outside(folder: Path, name: str, what: str) -> tuple[str, str]:
    """Return what is wrong with a name that leads out of the lesson's folder, and what to do."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", name):
        return f"the {what} {quoted(name)} is an address, not a file in the lesson's folder", (
            "save it in the lesson's folder: nothing is fetched when sheets are made"
        )
    if "\\" in name:
        return f"the {what} {quoted(name)} is written with \\", f"write {name.replace(chr(92), '/')}"
    try:
        (folder / name).resolve(strict=True)
        link = (folder / name).is_symlink() and ".." not in name
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, RuntimeError) or getattr(error, "errno", 0) == errno.ELOOP:
            return f"the {what} {quoted(name)} is a link that leads to itself", "put the file in its place"
        link = False
    where = "is a link that leads out of" if link else "is outside"
    return f"the {what} {quoted(name)} {where} the lesson's folder", "copy it into the lesson's folder"


def _near(folder: Path, name: str) -> str:
    paths = islice(folder.rglob("*"), _MOST_NEIGHBOURS)
    names = sorted(path.relative_to(folder).as_posix() for path in paths if path.is_file())
    close = difflib.get_close_matches(name, names, n=1)
    return f"did you mean `{close[0]}`?" if close else ""


def within(folder: Path, name: str) -> Path | None:
    """Return the path of the file `name` inside `folder`, or None where it would be outside of it.

    A link that leads out of the folder is outside. `name` is relative, with forward slashes.
    """
    if not name or name.startswith(("/", "\\")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", name) or "\\" in name:
        return None
    try:
        path = (folder / name).resolve()
    except (OSError, RuntimeError, ValueError):  # a link that leads to itself, a null in the name
        return None
    return path if path.is_relative_to(folder.resolve()) else None


def shown_path(path: Path) -> str:
    """Return `path` as an author knows it: from the current folder where it is inside it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links the author put there
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else str(absolute)
