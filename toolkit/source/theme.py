"""Reading a theme: a small CSS file that sets the design's tokens and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.presentation import Presentation, manner_of
from toolkit.model.quoting import quoted, short
from toolkit.model.theme import RANGES, TOKENS, Logo, Theme, contrast
from toolkit.resources import templates
from toolkit.source import files, pictures

PAPER: Final = "#ffffff"
READABLE: Final = 4.5  # WCAG 2.2, 1.4.3
LARGE: Final = 7.0  # WCAG 2.2, 1.4.6
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.S)
_ROOT: Final = re.compile(r":root\s*\{([^{}]*)\}")
_FOREIGN: Final = re.compile(r"\S[^{}]*(?:\{[^{}]*\}?)?")
_DECLARATION: Final = re.compile(r"\s*(--[\w-]+)\s*:\s*(.*?)\s*", re.S)
_COLOR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_FACES: Final = re.compile(r"""(?:"[^"]+"|'[^']+'|[A-Za-z][\w -]*)(?:\s*,\s*(?:"[^"]+"|'[^']+'|[A-Za-z][\w -]*))*""")
_PICTURE: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_SIZE: Final = re.compile(r"(\d+(?:\.\d+)?)pt")
_GENERIC: Final = frozenset(("serif", "sans-serif", "monospace"))


@dataclass
class _Reader:
    folder: Path
    file: str
    text: str
    title: str
    found: list[Diagnostic] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    logo: Logo | None = None

    def tell(self, at: int, length: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        before = self.text[:at]
        line, column = before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
        code = "P603" if severity is Severity.WARNING else "P602"
        span = Span(self.file, line, column, line, column + max(length, 1))
        self.found.append(Diagnostic(code, message, span, hint=hint, severity=severity))


def read(folder: Path, name: str, title: str) -> tuple[Theme, tuple[Diagnostic, ...]]:
    """Return the theme in the file `name` of the project in `folder`, and what is to be warned of.

    `title` is the project's, which says what its logo shows. Raise LessonError for everything in the file that is
    not a token with a value of its kind, each with its place.
    """
    path = files.locate(folder, name, "theme", "theme")
    reader = _Reader(folder, files.shown_path(path), files.read_text(path, files.shown_path(path)), title)
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), reader.text)
    at = 0
    for rule in _ROOT.finditer(bare):
        _foreign(reader, bare, at, rule.start())
        _declarations(reader, rule[1], rule.start(1))
        at = rule.end()
    _foreign(reader, bare, at, len(bare))
    if any(problem.severity is Severity.ERROR for problem in reader.found):
        raise LessonError(reader.found)
    return Theme(tuple(reader.values.items()), reader.logo), tuple(reader.found)


def faint(theme: Theme, presentations: tuple[Presentation, ...]) -> Iterator[tuple[str, float, float]]:
    """Yield each colour of text that stands out too little: its token, its contrast on paper, and what is needed."""
    shown = [name for name in presentations if not manner_of(name).monochrome]
    needed = LARGE if "large-print" in shown else READABLE
    for name, value in theme.of("color").items() if shown else ():
        if TOKENS[name].text and (ratio := contrast(value, PAPER)) < needed:
            yield name, ratio, needed


def warned(folder: Path, name: str, theme: Theme, presentations: tuple[Presentation, ...]) -> Iterator[Diagnostic]:
    """Yield a warning, at its place in the file, for each colour of text that is too faint on paper."""
    path = files.locate(folder, name, "theme", "theme")
    reader = _Reader(folder, files.shown_path(path), files.read_text(path, files.shown_path(path)), "")
    for token, ratio, needed in faint(theme, presentations):
        at = reader.text.rfind(token + ":") if token + ":" in reader.text else reader.text.rfind(token)
        message = f"the contrast of {token} on white is {ratio:.2f}:1; text needs {needed:g}:1"
        reader.tell(at, len(token), message, "take a darker colour", Severity.WARNING)
    yield from reader.found


def _foreign(reader: _Reader, text: str, start: int, end: int) -> None:
    """Tell of everything between two rules of `:root`."""
    for found in _FOREIGN.finditer(text, start, end):
        words = short(found[0].split("{")[0].strip())
        hint = "write :root { --accent: #0b5563 }; `hornbook build` makes everything else of the page"
        reader.tell(found.start(), len(words), f"a theme sets tokens of :root and has no other rule: {words}", hint)


def _declarations(reader: _Reader, body: str, start: int) -> None:
    at = start
    for piece in body.split(";"):
        begin = at + len(piece) - len(piece.lstrip())
        at += len(piece) + 1
        if not piece.strip():
            continue
        found = _DECLARATION.fullmatch(piece)
        if not found:
            words = short(piece.strip())
            reader.tell(begin, len(words), f"not a custom property: {words}", "write --name: value;")
        elif found[1] not in TOKENS:
            close = get_close_matches(found[1], TOKENS, n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(TOKENS)}"
            reader.tell(begin, len(found[1]), f"the design has no token {found[1]}", hint)
        else:
            _value(reader, found[1], found[2], begin)


def _value(reader: _Reader, name: str, value: str, at: int) -> None:
    def wrong(hint: str) -> None:
        reader.tell(at, len(name), f"{quoted(value)} is no value of {name}", hint)

    match TOKENS[name].kind:
        case "color":
            if not _COLOR.fullmatch(value):
                return wrong("write a colour as #rrggbb")
            digits = value[1:].lower()
            value = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
        case "size":
            least, most = RANGES[name]
            size = _SIZE.fullmatch(value)
            if not size or not least <= float(size[1]) <= most:
                return wrong(f"write a size between {least:g}pt and {most:g}pt")
        case "face":
            families = [family.strip().strip("\"'") for family in value.split(",")]
            strange = [family for family in families if family not in faces() | _GENERIC]
            if not _FACES.fullmatch(value) or strange:
                return wrong(f"there are {', '.join(sorted(faces()))}")
        case "picture":
            file = _PICTURE.fullmatch(value)
            if not file:
                return wrong('write url("logo.png")')
            return _logo(reader, file[1], at, len(name))
    reader.values[name] = value
    return None


def _logo(reader: _Reader, file: str, at: int, length: int) -> None:
    try:
        picture = pictures.read(reader.folder, file, "theme")
    except LessonError as error:
        for problem in error.diagnostics:
            reader.tell(at, length, problem.message.replace("lesson's folder", "project"), problem.hint)
        return
    if not reader.title:
        reader.tell(at, length, "a logo needs words for who cannot see it", "set `title` in hornbook.toml")
    reader.logo = Logo(picture.data, picture.media_type, picture.width, picture.height, reader.title)


@cache
def faces() -> frozenset[str]:
    """Return the names of the families that come with the program."""
    files = sorted((templates() / "fonts").glob("*/*.ttf"))
    return frozenset(str(ImageFont.truetype(str(file)).getname()[0]) for file in files)
