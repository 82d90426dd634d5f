"""Margins, paddings and sizes of a box, taken from its style at once where none is a percentage.

WeasyPrint 70 resolves 18 lengths for every box whenever it tries to lay it out. Most styles have no length that
depends on the box around it: then they are the same for all boxes of the style, and are resolved once.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any, Final, TypeAlias

Untyped: TypeAlias = Any  # an object of WeasyPrint, which has no types
Resolve: TypeAlias = Callable[[Untyped, Untyped], None]

SIDES: Final = ("top", "right", "bottom", "left")
LENGTHS: Final = (
    *(f"{part}_{side}" for part in ("margin", "padding") for side in SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
LEAST: Final = ("min_width", "min_height")  # whose `auto` is nothing
_KEPT: Final = "_hornbook_lengths"  # the attribute of a style for what was resolved; None where it cannot be kept


def mend() -> None:
    """Replace `resolve_percentages` in the modules of WeasyPrint that call it; they are loaded already."""
    percent: Untyped = importlib.import_module("weasyprint.layout.percent")
    plain: Resolve = percent.resolve_percentages
    quick = remembering(plain)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, "resolve_percentages", None) is plain:
            module.resolve_percentages = quick  # type: ignore[attr-defined]  # it has it, as was just seen


def remembering(resolve: Resolve) -> Resolve:
    """Return `resolve`, which gives a box its lengths, with a memory in each style."""

    def resolved(box: Untyped, containing_block: Untyped) -> None:
        style = box.style
        try:
            lengths = style.__dict__[_KEPT]
        except KeyError:
            lengths = style.__dict__[_KEPT] = fixed(style)
        if lengths is None:
            resolve(box, containing_block)
        else:
            box.__dict__.update(lengths)

    return resolved


def fixed(style: Untyped) -> dict[str, Untyped] | None:
    """Return the lengths (px, or `auto`) that `style` gives to any box; None where they depend on what is around it."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return None
    lengths: dict[str, Untyped] = {}
    for name in LENGTHS:
        value = style[name]
        if value is None or value == "auto":
            lengths[name] = 0 if value and name in LEAST else value
        elif getattr(value, "unit", None) == "px":
            lengths[name] = value.value
        else:
            return None
    return lengths | {f"border_{side}_width": style[f"border_{side}_width"] for side in SIDES}
