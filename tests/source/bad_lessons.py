"""The bad examples: lessons that are wrong in one respect, and what is told of each.

A case is a file `tests/examples/bad/NAME.yaml`, or a line in GENERATED for what is too large or too odd for a
repository. Files that the lesson needs are in a folder `NAME/` beside it; `hornbook.toml` there is the project's.
A folder `_bank` there is the bank beside the lesson. What is told of it stands in `NAME.txt`.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from docx import Document
from sandbox import png

from toolkit.model.diagnostics import Diagnostic, LessonError, Span
from toolkit.source import lesson as lesson_source
from toolkit.source import project as project_source

BAD: Final = Path(__file__).resolve().parent.parent / "examples" / "bad"
LESSON: Final = "lessons/river"

ARTICLE = """\
The river is older than the town.

## Upstream

The land is flat, and the water slows.

It drops its silt.

## Downstream

The town builds a dike.
"""
WITH_MAP = "## Upstream\n\nThe land is flat.\n\n![A map](images/map.png)\n"


def names() -> list[str]:
    """Return the names of all cases."""
    return sorted({path.stem for path in BAD.glob("*.yaml")} | set(GENERATED))


def expected(name: str) -> Path:
    """Return the file that holds what is told of a case."""
    return BAD / f"{name}.txt"


def lay_out(name: str, root: Path) -> Path:
    """Write a case into a project in `root`; return its lesson file."""
    folder = root / LESSON
    folder.mkdir(parents=True)
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    if name in GENERATED:
        GENERATED[name](folder)
    else:
        shutil.copyfile(BAD / f"{name}.yaml", folder / "lesson.yaml")
    if (BAD / name).is_dir():
        shutil.copytree(BAD / name, folder, dirs_exist_ok=True)
    if (folder / "_bank").exists():
        (folder / "_bank").rename(folder.parent / "_bank")
    if (folder / "hornbook.toml").exists():
        (folder / "hornbook.toml").rename(root / "hornbook.toml")
    return folder / "lesson.yaml"


def found(file: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Return what is told of the lesson in `file`, read from the folder `root`."""
    with contextlib.chdir(root):
        try:
            project = project_source.find(file.parent).project
            return lesson_source.load(file, project).notices
        except LessonError as error:
            return error.diagnostics


def shown(diagnostics: tuple[Diagnostic, ...], root: Path) -> str:
    """Return `diagnostics` as the example files hold them: place, message, the words marked, hint."""
    lines = []
    for diagnostic in diagnostics:
        span = diagnostic.span
        assert span, diagnostic
        file = span.file.removeprefix(f"{LESSON}/")
        place = f"{span.line}:{span.column}" if file == "lesson.yaml" else f"{file}:{span.line}:{span.column}"
        lines.append(f"{place}: {diagnostic.severity}[{diagnostic.code}]: {diagnostic.message}")
        lines += [f"  marks: {words}"] if (words := marked(span, root)) else []
        lines += [f"  hint: {diagnostic.hint}"] if diagnostic.hint else []
    return "\n".join(lines) + "\n"


def marked(span: Span, root: Path) -> str:
    """Return the words that `span` covers, of its first line."""
    data = (root / span.file).read_bytes() if (root / span.file).is_file() else b""
    if b"\0" in data:
        return ""
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    words = "".join(char if char.isprintable() else "�" for char in line[span.column - 1 : end])
    return words if len(words) <= 60 else f"{words[:59]}…"


# -- what is written by a program ---------------------------------------------------------------------


def _lesson(data: str | bytes) -> Callable[[Path], None]:
    content = data.encode() if isinstance(data, str) else data

    def write(folder: Path) -> None:
        (folder / "lesson.yaml").write_bytes(content)

    return write


def _article(data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "lesson.yaml").write_text("title: The River\n", encoding="utf-8")
        (folder / "article.md").write_bytes(data)

    return write


def _image(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        _article(WITH_MAP.encode())(folder)
        (folder / "images").mkdir()
        make(folder / "images" / "map.png")

    return write


def _large_png(width: int, height: int) -> bytes:
    """Return the bytes of a black picture, which are few however large it is."""
    rows = zlib.compressobj()
    data = b"".join(rows.compress(bytes(width // 8 + 2)) for _ in range(height)) + rows.flush()
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b""))
    packed = b"".join(
        struct.pack(">I", len(d)) + kind + d + struct.pack(">I", zlib.crc32(kind + d)) for kind, d in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + packed


def _claiming(width: int, height: int) -> bytes:
    """Return a small picture whose header claims a size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data: bytes = png()
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def _docx() -> bytes:
    buffer = io.BytesIO()
    Document().save(buffer)
    return buffer.getvalue()


def _zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lesson.yaml", "a" * 1_000_000)
    return buffer.getvalue()


def _outside_link(path: Path) -> None:
    secret = path.parents[4] / "secret.png"
    secret.write_bytes(png())
    path.symlink_to(secret)


_NESTED = "title: The River\nsections:\n  - heading: Upstream\n    questions:\n      - open: Why?\n"

GENERATED: Final = MappingProxyType(
    {
        # The file is no text, or no UTF-8.
        "encoding-latin-1": _lesson("title: The River\nsummary: Le café du delta\n".encode("latin-1")),
        "encoding-latin-1-crlf": _lesson("title: The River\r\nsummary: Le café\r\n".encode("latin-1")),
        "encoding-utf-16": _lesson("title: The River\n".encode("utf-16")),
        "encoding-utf-16-without-mark": _lesson("title: The River\n".encode("utf-16-be")),
        "encoding-gzip": _lesson(gzip.compress(b"title: The River\n", mtime=0)),
        "encoding-docx": _lesson(_docx()),
        "encoding-zip-bomb": _lesson(_zip_bomb()),
        "encoding-pdf": _lesson(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        "encoding-rtf": _lesson("{\\rtf1 title: The River}\n"),
        "encoding-article": _article("## Upstream\n\nLe delta.\n\nLe café.\n".encode("latin-1")),
        # Characters that have no place in a text.
        "character-null": _lesson("title: The River\0\n"),
        "character-escape": _lesson("title: The \x1b[31mRiver\n"),
        "character-next-line": _lesson("title: The River\x85summary: It bends.\n"),
        "character-line-separator": _lesson("title: The River\u2028summary: It bends.\n"),
        "character-direction": _lesson("title: The \u202erevir\n"),
        "character-of-windows": _article("## Upstream\n\nThe \x93flat\x94 land.\n".encode()),
        "character-mark-inside": _lesson("title: The River\n\ufeffsummary: It bends.\n"),
        "character-in-article": _article("## Upstream\n\nThe land \u2066is\u2069 flat.\x07\n".encode()),
        # Line ends and marks that an author does not see.
        "crlf-duplicate-key": _lesson("title: The River\r\nsummary: It bends.\r\ntitle: The Sea\r\n"),
        "cr-unknown-key": _lesson("title: The River\rsumary: It bends.\r"),
        "bom-unknown-key": _lesson("\ufefftitel: The River\n".encode()),
        # More than is read.
        "deep-brackets": _lesson("title: " + "[" * 200_000),
        "deep-hyphens": _lesson("title: The River\nplaces:\n  " + "- " * 100_000),
        "deep-mappings": _lesson("".join(" " * n + "a:\n" for n in range(60))),
        "many-values": _lesson("title: The River\nplaces: [" + "a, " * 300_000 + "a]\n"),
        "many-unknown-keys": _lesson("title: The River\n" + "".join(f"key{n}: x\n" for n in range(20_000))),
        "many-dangling-citations": _lesson(f'{_NESTED}        answer: "{"@reed " * 3_000}"\n'),
        "many-bad-characters": _lesson("title: The River\nplaces:\n" + '  - "\\x07"\n' * 10_000),
        "large-file": _lesson("title: The River\nsummary: " + "a" * 3_000_000 + "\n"),
        "large-article": _article(b"The land is flat.\n\n" * 200_000),
        # Images.
        "image-link-outside": _image(_outside_link),
        "image-link-to-zeros": _image(lambda path: path.symlink_to("/dev/zero")),
        "image-link-to-itself": _image(lambda path: path.symlink_to("map.png")),
        "image-pipe": _image(lambda path: os.mkfifo(path)),
        "image-truncated": _image(lambda path: path.write_bytes(png(300, 300)[:-200])),
        "image-empty": _image(lambda path: path.write_bytes(b"")),
        "image-too-many-pixels": _image(lambda path: path.write_bytes(_large_png(13_000, 13_000))),
        "image-claiming-pixels": _image(lambda path: path.write_bytes(_claiming(60_000, 60_000))),
        "image-too-large": _image(lambda path: path.write_bytes(png() + bytes(25_000_000))),
        "image-of-other-format": _image(lambda path: path.write_bytes(b"BM" + bytes(100))),
    }
)
"""Cases that no text file holds well: a function each, which writes the lesson into its folder."""
