r"""References to lines and paragraphs of the article, read from running text.

`{line: causes/2}` points at the second paragraph of the section `causes`, `{line: causes/2-3}` at two of them,
`{line: "worn trucks and buses"}` at words that the article has once; `{paragraph: ...}` does the same and
prints paragraph numbers. With a capital letter, `{Line: ...}`, it begins a sentence.

Braces are the sign of a gap too, in a cloze and in a table to fill in. The two cannot be mistaken: a reference
is a keyword and a colon, what belongs in a gap is an answer, so `{line: ...}` is a reference there as
everywhere. A gap whose answer begins with these very words is written `\{line: ...}`. The space behind the
colon may be left out, which an unquoted YAML text of one line needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from toolkit.model.text import Inline, LineReference, Text

_KEYWORD = r"\{\s*(?P<unit>[Ll]ine|[Pp]aragraph)s?\s*:"
_REFERENCE = re.compile(_KEYWORD + r"(?P<target>[^{}]*)\}")
_BEGUN = re.compile(_KEYWORD + r"[^}]{0,60}\}?")
_PLACE = re.compile(r"[^\s/\"']+/[1-9][0-9]{0,3}(?:-[1-9][0-9]{0,3})?")
_MARKS = "\"'“”„«»‘’‚"  # quotation marks
_QUOTED = re.compile(rf"[{_MARKS}]\s*(?P<words>\S.*?)\s*[{_MARKS}]", re.DOTALL)
_ALIKE = str.maketrans(dict.fromkeys("’‘‚", "'") | dict.fromkeys("“”„«»", '"'))
# Soft hyphens, what is printed of them at the end of a line, joiners and the like.
_UNSEEN = frozenset("\u00ad\u2010\u200b\u200c\u200d\u2060\ufeff")


def split_references(text: str) -> tuple[Inline, ...]:
    """Return `text` as Text and LineReference nodes, in order; what is not understood stays text."""
    nodes: list[Inline] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        reference = _reference(found)
        if reference:
            nodes += [*_words(text[at : found.start()]), reference]
            at = found.end()
    return (*nodes, *_words(text[at:]))


def without_references(text: str) -> str:
    """Return `text`, Markdown or not, without the references in it that are understood."""
    return _REFERENCE.sub(lambda found: "" if _reference(found) else found[0], text)


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each reference of `text`, Markdown or not, begins and ends."""
    yield from (found.span() for found in _REFERENCE.finditer(text) if _reference(found))


def begun(text: str) -> list[str]:
    """Return what in `text` begins as a reference does: each to its brace, or a few words where it has none."""
    return [found[0] for found in _BEGUN.finditer(text)]


def folded_text(words: str) -> str:
    """Return `words` as phrases are compared: case, white space, signs that are not seen, kinds of quotation mark."""
    folded = "".join(char for char in unicodedata.normalize("NFC", words).casefold() if char not in _UNSEEN)
    return " ".join(folded.translate(_ALIKE).split())


def ink(words: str) -> str:
    """Return `words` folded and without white space: what is left whatever lines it is set in."""
    return folded_text(words).replace(" ", "")


def _reference(found: re.Match[str]) -> LineReference | None:
    target, unit = found["target"].strip(), found["unit"]
    quoted = _QUOTED.fullmatch(target)
    if not quoted and not _PLACE.fullmatch(target):
        return None
    words = quoted["words"] if quoted else target
    return LineReference(
        "line" if unit.lower() == "line" else "paragraph", words, phrase=bool(quoted), capital=unit[0].isupper()
    )


def _words(text: str) -> tuple[Inline, ...]:
    return (Text(text),) if text else ()
