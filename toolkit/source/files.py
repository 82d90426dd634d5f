"""Reading the author's files: bytes in, refused early where they cannot be a lesson."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from toolkit.model.diagnostics import Diagnostic, LessonError, Span

LARGEST_TEXT = 2_000_000  # bytes; an article of 2 MB is a book

# Control characters, the separators that YAML and editors count differently as line ends, and the marks
# that turn the direction of text so that a reviewer sees another file than the program (Unicode TR 36).
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_NAMES = {"\x85": "a next-line character", "\u2028": "a line separator", "\u2029": "a paragraph separator"}


def read_bytes(path: Path, shown: str, *, largest: int, code: str = "Y101") -> bytes:
    """Return the bytes of a regular file of at most `largest` bytes.

    Raise LessonError naming `shown` where it is missing, a folder, a pipe or a device, or too large.
    """
    try:
        # Non-blocking, so that a pipe where a file should be is refused and not waited for.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise _refused(shown, f"{shown} cannot be read: {_reason(error)}", code) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise _refused(shown, f"{shown} is not a file", code)
        data = file.read(largest + 1)
    if len(data) > largest:
        raise _refused(shown, f"{shown} is larger than {largest / 1e6:.0f} MB", "Y103")
    return data


def _reason(error: OSError) -> str:
    return {"FileNotFoundError": "there is no such file", "PermissionError": "it may not be read"}.get(
        type(error).__name__, (error.strerror or str(error)).lower()
    )


def _refused(shown: str, message: str, code: str) -> LessonError:
    return LessonError([Diagnostic(code, message, Span(shown, 1, 1))])


def read_text(path: Path, shown: str) -> str:
    """Return a UTF-8 text file with line ends as `\\n` and without a byte order mark.

    Raise LessonError for what is not UTF-8, and for every character that has no place in a text.
    """
    return decode(read_bytes(path, shown, largest=LARGEST_TEXT), shown)


def decode(data: bytes, shown: str) -> str:
    """Return `data` as text; see `read_text`."""
    kind = _other_kind(data)
    if kind:
        raise LessonError([Diagnostic("Y102", f"{shown} is {kind}, not a text", Span(shown, 1, 1))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        hint = "save the file as UTF-8"
        raise LessonError([Diagnostic("Y102", message, Span(shown, line, column), hint=hint)]) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refused = [_stray(text, found, shown) for found in _REFUSED.finditer(text)]
    if refused:
        raise LessonError(refused[:20])
    return text


def _other_kind(data: bytes) -> str:
    kinds = {
        b"PK\x03\x04": "a zip archive (a Word file, perhaps)",
        b"\x1f\x8b": "a gzip archive",
        b"%PDF": "a PDF file",
        b"\xff\xfe": "UTF-16",
        b"\xfe\xff": "UTF-16",
        b"\xd0\xcf\x11\xe0": "an old Office file",
        b"\x89PNG": "an image",
    }
    return next((kind for magic, kind in kinds.items() if data.startswith(magic)), "")


def _stray(text: str, found: re.Match[str], shown: str) -> Diagnostic:
    at = found.start()
    span = Span(shown, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
    name = _NAMES.get(found[0], "a character that cannot be printed or seen")
    hint = "delete it; an editor that shows invisible characters finds it"
    return Diagnostic("Y104", f"{name}, U+{ord(found[0]):04X}", span, hint=hint)


def within(folder: Path, name: str) -> Path | None:
    """Return the path of the file `name` inside `folder`, or None where it would be outside of it.

    A link that leads out of the folder is outside. `name` is relative, with forward slashes.
    """
    if not name or name.startswith(("/", "\\")) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", name) or "\\" in name:
        return None
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) else None


def shown_path(path: Path) -> str:
    """Return `path` as an author knows it: from the current folder where it is inside it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would follow links the author put there
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else str(absolute)
