"""A fault in WeasyPrint 70's line breaking, mended: lines of one word in the middle of a paragraph.

Text before an inline element ends with a space. Where all of it fits on the line but for that space,
`split_first_line` takes the line for one that cannot be split, and breaks it after its first word. The
space would hang past the measure and be trimmed; so such a text gets the room of its space.

With `letter-spacing` and `word-spacing` together another such line appears: the first guess at the line and the line
as it is set disagree by a space, and again all but one word is taken back. A slightly narrower line does not meet it.

This replaces a function that WeasyPrint keeps to itself. The version is pinned, and a test prints a line
that goes wrong without it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types
Line: TypeAlias = tuple[
    Untyped, int, int | None, float, float, float
]  # layout, length, resume at, width, height, baseline
# Of a line's width: the little less at which a text with wider letters and wider words is broken right.
_LESS: Final = (0.99, 0.98, 0.96, 0.94, 0.92, 0.9)
Splitter: TypeAlias = Callable[..., Line]


def mend() -> None:
    """Replace `split_first_line` in WeasyPrint's inline layout, once in a process."""
    inline: Untyped = importlib.import_module("weasyprint.layout.inline")
    if not getattr(inline.split_first_line, "mended", False):
        inline.split_first_line = mended(inline.split_first_line)


def _lone(text: str, line: Line) -> bool:
    """Return whether `line` ends after the first word of a `text` that has more."""
    resume = line[2]
    return resume is not None and " " not in text.encode()[:resume].decode().strip()


def mended(split: Splitter) -> Splitter:
    """Return `split`, which breaks a text (bytes from 0) at a width in pixels, without its fault."""

    def split_first_line(
        text: str, style: Untyped, context: Untyped, width: float | None, *rest: Untyped, **options: Untyped
    ) -> Line:
        def at(width: float | None) -> Line:
            return split(text, style, context, width, *rest, **options)

        line = at(width)
        if width is not None and style["letter_spacing"] != "normal" and style["word_spacing"] and _lone(text, line):
            line = next((found for part in _LESS if not _lone(text, found := at(width * part))), line)
        words, resume = text.rstrip(" "), line[2]
        if width is None or resume is None or words == text or " " in text.encode()[:resume].decode().strip():
            return line
        if split(words, style, context, width, *rest, **options)[2] is not None:
            return line  # it is too long for the line indeed
        return at(width + style["font_size"])

    split_first_line.mended = True  # type: ignore[attr-defined]  # a mark on our own function
    return split_first_line
