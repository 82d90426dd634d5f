"""The syntax of BibTeX files: entries and fields as they are written, each with its line and column.

Source: "BibTeXing" (Patashnik 1988) and the grammar of btparse, which biber uses: what stands outside of entries is
a comment; a brace counts even behind a backslash; a value is pieces joined by #, each in braces, in quotation marks,
a number, or a macro that an @string defines. An entry that is never closed ends where the next begins a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from toolkit.citations.files import Fault, Place
from toolkit.model.quoting import quoted

# The twelve that every style of BibTeX defines.
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_BEGINNING = re.compile(r"@[ \t]*([A-Za-z][\w.+-]*)\s*([{(])")
_NEW_ENTRY = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+\s*[{(]\s*[^\s,{}()=\"#]+\s*[,}=]", re.M)
_LINE_COMMENT = re.compile(r"^[ \t]*%[^\n]*", re.M)
_SPACE = re.compile(r"(?:\s+|(?<=\n)%[^\n]*)*")
_KEY = re.compile(r"[^\s,{}=]*")
_NAME = re.compile(r"[^\s={}\",#()]+")
_BRACES = re.compile(r"[{}]")
_QUOTED_END = re.compile(r'[{}"]')


@dataclass(frozen=True, slots=True)
class WrittenField:
    """A field: its name in small letters, its text with its braces, and the place of its name."""

    name: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry: its kind in small letters, its key ("" where it has none), and the place of its beginning."""

    kind: str
    key: str
    fields: tuple[WrittenField, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """The entries of a file in their order, and what is wrong in it."""

    entries: tuple[WrittenEntry, ...]
    faults: tuple[Fault, ...]


class Lines:
    """Tells the line and column of an offset; counting again for each would take time by the square of the length."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, at: int, length: int = 1) -> Place:
        """Return the place of the character at the offset `at`, counted from 0."""
        line = bisect_right(self._starts, at)
        return Place(line, at - self._starts[line - 1] + 1, max(length, 1))


def scan(text: str) -> WrittenFile:
    """Return the entries of a BibTeX text; what is wrong in one is a fault, and the rest of it is read."""
    return _Scanner(text).file()


class _BrokenError(Exception):
    """The rest of an entry cannot be read."""

    def __init__(self, message: str, at: int, length: int = 1) -> None:
        super().__init__(message)
        self.message, self.at, self.length = message, at, length


class _Scanner:
    """Reads one text from its beginning to its end. `end` is where the entry that is read must end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = Lines(text)
        self.at = 0
        self.end = len(text)
        self.macros: dict[str, str] = {month: month for month in _MONTHS}
        self.entries: list[WrittenEntry] = []
        self.faults: list[Fault] = []
        self.comments = [found.span() for found in _LINE_COMMENT.finditer(text)]

    def file(self) -> WrittenFile:
        starts = [found.start() for found in _NEW_ENTRY.finditer(self.text)]
        while found := _BEGINNING.search(self.text, self.at):
            comment = self._comment_around(found.start())
            if comment:
                self.at = comment
                continue
            following = bisect_right(starts, found.start())
            self.end = starts[following] if following < len(starts) else len(self.text)
            self.at = found.end()
            self._block(found)
        return WrittenFile(tuple(self.entries), tuple(self.faults))

    def _comment_around(self, at: int) -> int:
        """Return the end of the comment line that the offset `at` is in, 0 where it is in none."""
        position = bisect_right(self.comments, (at, len(self.text))) - 1
        start, end = self.comments[position] if position >= 0 else (0, 0)
        return end if start <= at < end else 0

    def _block(self, found: re.Match[str]) -> None:
        kind, closing = found[1].lower(), "}" if found[2] == "{" else ")"
        start = found.start()
        try:
            if kind in {"comment", "preamble"}:
                self.at = self._balanced(self.at, closing)[1]
            elif kind == "string":
                for field in self._fields(closing):
                    self.macros[field.name] = field.text
            else:
                self._entry(kind, start, closing)
        except _BrokenError as error:
            if kind in {"comment", "preamble"}:
                return  # @comment is also written without braces, and nothing in it is lost
            self.faults.append(Fault(error.message, self.lines.place(error.at, error.length)))
            self.at = self.end

    def _entry(self, kind: str, start: int, closing: str) -> None:
        self._skip()
        found = _KEY.match(self.text, self.at, self.end)
        key = found[0].strip() if found else ""
        place = self.lines.place(start, self.at + len(key) - start)
        self.at = found.end() if found else self.at
        if self._next() == "=":  # the key was left out, and this is a field
            key, self.at = "", found.start() if found else self.at
        if self._next() not in {",", closing, ""} and key:
            raise _BrokenError("a comma is missing behind the key of this entry", self.at)
        if self._next() == ",":
            self.at += 1
        fields: list[WrittenField] = []
        try:
            fields = self._fields(closing)
        except _BrokenError as error:
            at, length = (start, place.length) if error.at >= self.end else (error.at, error.length)
            raise _BrokenError(error.message, at, length) from None
        self.entries.append(WrittenEntry(kind, key, tuple(self._once(fields)), place))

    def _once(self, fields: list[WrittenField]) -> Iterator[WrittenField]:
        """Yield each field once; the second of a name is told."""
        seen: set[str] = set()
        for field in fields:
            if field.name in seen:
                message = f"the field {quoted(field.name)} stands twice in this entry"
                self.faults.append(Fault(message, field.place))
            else:
                yield field
            seen.add(field.name)

    def _fields(self, closing: str) -> list[WrittenField]:
        """Return the fields up to the end of the entry, and go behind it."""
        fields: list[WrittenField] = []
        while (sign := self._next()) != closing:
            if not sign:
                raise _BrokenError(_NO_END, self.end)
            if sign == ",":
                self.at += 1
                continue
            fields.append(self._field())
            if self._next() not in {",", closing, ""}:
                name = _NAME.match(self.text, self.at, self.end)
                if not name:
                    raise _BrokenError("this is not understood: a field ends with a comma", self.at)
                message = f"a comma is missing before the field {quoted(name[0])}"
                self.faults.append(Fault(message, self.lines.place(self.at, len(name[0]))))
        self.at += 1
        return fields

    def _field(self) -> WrittenField:
        name = _NAME.match(self.text, self.at, self.end)
        if not name:
            raise _BrokenError("the name of a field is expected here: field = {value}", self.at)
        place = self.lines.place(self.at, len(name[0]))
        self.at = name.end()
        if self._next() != "=":
            message = f"this field has no `=`: {name[0][:40]} = {{value}}"
            raise _BrokenError(message, name.start(), len(name[0]))
        self.at += 1
        pieces = [self._piece()]
        while self._next() == "#":
            self.at += 1
            pieces.append(self._piece())
        return WrittenField(name[0].lower(), "".join(pieces), place)

    def _piece(self) -> str:
        sign = self._next()
        if sign == "{":
            text, self.at = self._balanced(self.at + 1, "}")
            return text
        if sign == '"':
            text, self.at = self._quoted(self.at + 1)
            return text
        word = _NAME.match(self.text, self.at, self.end)
        if not word:
            if not sign:
                raise _BrokenError(_NO_END, self.end)
            raise _BrokenError("a value is expected here: {...}", self.at)
        self.at = word.end()
        return self.macros.get(word[0].lower(), word[0])

    def _balanced(self, start: int, closing: str) -> tuple[str, int]:
        """Return the text from `start` to the brace that closes it, and the offset behind that."""
        depth = 0
        signs = _BRACES if closing == "}" else re.compile(r"[{})]")
        for found in signs.finditer(self.text, start, self.end):
            if depth == 0 and found[0] == closing:
                return self.text[start : found.start()], found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        raise _BrokenError(_NO_END, self.end)

    def _quoted(self, start: int) -> tuple[str, int]:
        depth = 0
        for found in _QUOTED_END.finditer(self.text, start, self.end):
            if depth <= 0 and found[0] == '"':
                return self.text[start : found.start()], found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        raise _BrokenError(_NO_END, self.end)

    def _skip(self) -> None:
        found = _SPACE.match(self.text, self.at, self.end)
        self.at = found.end() if found else self.at

    def _next(self) -> str:
        """Return the next sign that is no white space, "" at the end of the entry."""
        self._skip()
        return self.text[self.at] if self.at < self.end else ""


_NO_END: Final = "this entry has no end: a brace or a quotation mark is missing"
MONTHS: Final[Mapping[str, int]] = MappingProxyType({month: number for number, month in enumerate(_MONTHS, start=1)})
