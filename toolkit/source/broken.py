"""What libyaml says of a broken file, in an author's words and at the place that an author would mend.

The signs are libyaml's own messages (its sources scanner.c and parser.c).
"""

from __future__ import annotations

from typing import Final

import yaml

from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.source import unclosed

_QUOTES: Final = 'put the text in quotation marks: "..."'
_UNKNOWN: Final = ("the YAML cannot be understood here", "check the indentation, the colons and the quotation marks")

# A sign in libyaml's problem, what is wrong, and what to do. {char} is the character at the place, {since} tells the
# line on which the text began.
_AT_PROBLEM: Final = (
    ("mapping values are not allowed", "a second colon in one line, which YAML reads as a key", _QUOTES),
    ("block sequence entries are not allowed", "a list cannot begin here", "begin it on a line of its own"),
    ("mapping keys are not allowed", "a key cannot begin here", _QUOTES),
    ("did not find expected node content", "a value is expected here, not {char}", _QUOTES),
    ("tab character", "a tab where spaces are expected", "indent with spaces, not with tabs"),
    ("unexpected document indicator", "a line of three dots or hyphens inside a text{since}", "indent the line"),
    ("unknown escape character", "this sign has no meaning after \\", "write \\\\ for the sign \\, or use '...'"),
    ("hexdecimal", "this code stands for no character", "write the character itself, or \\\\ for the sign \\"),
    ("character escape", "this code stands for no character", "write the character itself, or \\\\ for the sign \\"),
    ("expected comment or line break", "nothing may follow | or > in its line", "begin the text in the next line"),
    ("indentation indicator", "| and > are followed by no 0", "begin the text in the next line"),
    ("incompatible YAML document", "a directive (%YAML or %TAG)", "delete the line"),
    ("directive", "a directive (%YAML or %TAG)", "delete the line"),
    ("<document start>", "this stands outside of the lesson", "check the lines before it: ..., --- and %"),
    ("alphabetic or numeric character", "a text cannot begin with {char}", _QUOTES),
    ("undefined tag handle", "a text cannot begin with !", _QUOTES),
    ("unexpected ':'", "a colon here, which YAML reads as a key", _QUOTES),
)  # fmt: skip  # a table reads better in lines than one value a line
# The same for what began earlier, in libyaml's context.
_AT_CONTEXT: Final = (
    ("could not find expected ':'", "a colon is missing after this key, or the line is indented too little", ""),
    ("tag", "a text cannot begin with !", _QUOTES),
    ("directive", "a text cannot begin with %", _QUOTES),
    ("anchor", "a text cannot begin with &", _QUOTES),
    ("alias", "a text cannot begin with *", _QUOTES),
)  # fmt: skip  # a table reads better in lines than one value a line


Place = tuple[int, int]
"""A line and a column, both counted from 0."""


def diagnostic(error: yaml.MarkedYAMLError, file: str, text: str, quoted: tuple[int, int] | None) -> Diagnostic:
    """Return what is wrong with the YAML `text`, which libyaml could not read.

    `quoted` is where the last text in quotation marks before that begins and ends.
    """
    quoted = _quoted(error, text) or quoted
    if quoted and (found := _left_open(error, file, text, *quoted)):
        return found
    problem, context = error.problem or "", error.context or ""
    lines = text.split("\n")
    at, began = _place(error.problem_mark, lines), _place(error.context_mark, lines)
    if "expected ','" in problem:
        return _unclosed(lines, at, began, file)
    if "cannot start any token" in problem:
        return _unquoted(lines, at, file)
    if problem.startswith(("did not find expected key", "did not find expected '-'")) and "flow" not in context:
        return _misplaced(lines, at, began, file)
    if at and ("hexdecimal" in problem or "character escape" in problem):
        at = (at[0], max(lines[at[0]].rfind("\\", 0, at[1]), 0))
    tables = ((_AT_CONTEXT, began or at), (_AT_PROBLEM, at))
    for place, (sign, message, hint) in ((place, row) for table, place in tables for row in table):
        if sign in problem or sign in context:
            words = message.replace("{char}", _char(lines, at)).replace("{since}", _since(began, at))
            return Diagnostic("Y105", words, _span(place, lines, file), hint=hint)
    return Diagnostic("Y105", _UNKNOWN[0], _span(at, lines, file), hint=_UNKNOWN[1])


def _quoted(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int] | None:
    """Return where a text in quotation marks begins that libyaml was reading, and where it gave up."""
    began, at, context = error.context_mark, error.problem_mark, error.context or ""
    if began is None or at is None or not context.endswith(("quoted scalar", "simple key")):
        return None
    return (began.index, at.index) if text[began.index : began.index + 1] in {'"', "'"} else None


def _left_open(error: yaml.MarkedYAMLError, file: str, text: str, start: int, end: int) -> Diagnostic | None:
    """Return what is wrong where it is the quotation marks that `text` has at `start` and before `end`, or None."""
    problem, at = error.problem or "", error.problem_mark
    if "unexpected end of stream" in problem:
        return unclosed.diagnostic(text, start, None, file)
    behind = text[end : at.index] if at and at.index >= end else "\n"
    if at is None or behind.strip() or "\n" in behind:
        return None
    if unclosed.cause(text, start, end):
        return unclosed.diagnostic(text, start, end, file)
    lines = text.split("\n")
    here, began = _place(at, lines), (text.count("\n", 0, start), 0)
    in_brackets = "expected ','" in problem
    if text[end - 1] != text[start] or (behind if in_brackets else began[0] == at.line):
        return None
    message = f"this stands behind the end of the value{_since(began, here)}"
    return Diagnostic("Y105", message, _span(here, lines, file), hint=_why(text[end - 1]))


def _since(began: Place | None, at: Place | None) -> str:
    return f" that began on line {began[0] + 1}" if began and at and began[0] != at[0] else ""


def _place(mark: yaml.Mark | None, lines: list[str]) -> Place | None:
    if mark is None:
        return None
    line = min(mark.line, len(lines) - 1)
    return line, min(mark.column, len(lines[line]))


def _span(place: Place | None, lines: list[str], file: str) -> Span:
    """Return the span of the word at `place`; at the end of the file, of the last line that says something."""
    line, column = place or (0, 0)
    while line and not lines[line].strip():
        line, column = line - 1, len(lines[line - 1].rstrip())
    word = lines[line][column:].split(" ")[0].split(":")[0] or lines[line][column : column + 1]
    return Span(file, line + 1, column + 1, line + 1, column + 1 + max(len(word), 1))


def _char(lines: list[str], place: Place | None) -> str:
    line, column = place or (0, 0)
    char = lines[line][column : column + 1]
    return {"": "the end of the line", "\t": "a tab"}.get(char, char)


def _unclosed(lines: list[str], at: Place | None, began: Place | None, file: str) -> Diagnostic:
    """Return what is wrong with a list or mapping in brackets that does not go on with a comma."""
    opened = _char(lines, began)
    closing = {"[": "]", "{": "}"}.get(opened, "]")
    if at and began and (at[0] > began[0] or not lines[at[0]][at[1] :].strip()):
        hint = f"close it with {closing}, or put a text that begins with {opened} in quotation marks"
        return Diagnostic("Y105", f"this {opened} is not closed", _span_of_one(began, file), hint=hint)
    message = f"a comma or {closing} is expected here, not {_char(lines, at)}"
    return Diagnostic(
        "Y105", message, _span(at, lines, file), hint="put a text that holds , : [ ] { } in quotation marks"
    )


def _span_of_one(place: Place, file: str) -> Span:
    return Span(file, place[0] + 1, place[1] + 1, place[0] + 1, place[1] + 2)


def _unquoted(lines: list[str], at: Place | None, file: str) -> Diagnostic:
    char = _char(lines, at)
    place = at or (0, 0)
    if char == "a tab":
        hint = "indent with spaces, not with tabs"
        return Diagnostic("Y105", "a tab where spaces are expected", _span_of_one(place, file), hint=hint)
    return Diagnostic("Y105", f"a text cannot begin with {char}", _span_of_one(place, file), hint=_QUOTES)


def _misplaced(lines: list[str], at: Place | None, began: Place | None, file: str) -> Diagnostic:
    """Return what is wrong where a key or an item is expected: a line out of line, or words behind a value."""
    line, column = at or (0, 0)
    before = lines[line][:column].strip().removeprefix("- ").strip()
    char = _char(lines, at)
    if before:
        return Diagnostic("Y105", "this stands behind the end of the value", _span(at, lines, file), hint=_why(before))
    if char == "a tab":
        message, hint = "a tab where spaces are expected", "indent with spaces, not with tabs"
    elif char == ":":
        message, hint = "no key stands before this colon", "write `key: value`"
    else:
        message = "this line is indented differently from those before it"
        hint = "indent it as far as the lines that it belongs with"
    related = (_span_of_one(began, file),) if began and began[0] != line else ()
    return Diagnostic("Y105", message, _span((line, column), lines, file), hint=hint, related=related)


def _why(before: str) -> str:
    """Return what to do where a value ended with `before` and words follow."""
    hints = {
        "]": "put a text that begins with [ in quotation marks",
        "}": "put a text that begins with { in quotation marks",
        '"': 'inside "..." write \\" for "',
        "'": "inside '...' write '' for '",
    }
    return hints.get(before[-1], _QUOTES)
