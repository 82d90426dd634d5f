"""Answer space as authors write it: `lines: 4`, `lines: fill`, `lines: none`, `box: 40 mm`, `grid: 5 mm`."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from toolkit.model.fields import wrong

MOST_LINES = 60
_LENGTH = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(mm|cm|in)?")
_IN_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4}


def _written(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _lines(text: str) -> str:
    text = text.strip()
    if text in {"fill", "none"} or (text.isascii() and text.isdigit() and int(text) <= MOST_LINES):
        return text
    raise wrong("L204", f"{text!r} is not a number of lines", hint=f"write 0 to {MOST_LINES}, `fill` or `none`")


def _length(value: object) -> object:
    """Return a length such as "40 mm" in mm."""
    if isinstance(value, str):
        found = _LENGTH.fullmatch(value.strip())
        if found is None:
            raise wrong("L204", f"{value!r} is not a length", hint="write 40 mm, 4 cm or 1.5 in")
        return float(found[1]) * _IN_MM[found[2] or "mm"]
    return value


def _height(height: float) -> float:
    if not 5 <= height <= 240:
        raise wrong("L204", f"{height:g} mm does not fit on a page", hint="write 5 mm to 240 mm")
    return height


def _square(side: float) -> float:
    if not 2 <= side <= 25:
        raise wrong("L204", f"squares of {side:g} mm cannot be used", hint="write 2 mm to 25 mm")
    return side


_SHOWN = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[0-9.]+ *(mm|cm|in)?$"}]}

Lines = Annotated[
    str,
    BeforeValidator(_written),
    AfterValidator(_lines),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_LINES}, {"enum": ["fill", "none"]}]}),
]
"""A number of lines, `fill` (to the foot of the page) or `none`."""

Height = Annotated[float, BeforeValidator(_length), AfterValidator(_height), WithJsonSchema(_SHOWN)]
"""The height of a frame in mm."""

Side = Annotated[float, BeforeValidator(_length), AfterValidator(_square), WithJsonSchema(_SHOWN)]
"""The side of a square in mm."""
