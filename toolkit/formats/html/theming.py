"""A theme on a page: its tokens as a style sheet, its colours in drawings."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.drawing.shapes import Drawing, Shape, Words
from toolkit.model.theme import TOKENS, Theme


def tokens(theme: Theme, design: str) -> str:
    """Return the style sheet that sets what `theme` says. The faces of `design`, its own sheet, come behind."""
    lines = []
    for name, value in theme.values:
        usual = re.search(rf"{name}: ([^;]+);", design)
        behind = f", {usual[1]}" if usual and TOKENS[name].kind == "face" else ""
        lines.append(f"  {name}: {value}{behind};")
    return "\n".join((":root, html body {", *lines, "}", ""))


def recolored(drawing: Drawing, theme: Theme) -> Drawing:
    """Return `drawing` in the colours of `theme`."""
    return replace(drawing, shapes=tuple(_recolored(shape, theme) for shape in drawing.shapes))


def _recolored(shape: Shape, theme: Theme) -> Shape:
    if isinstance(shape, Words):
        runs = tuple(replace(run, color=theme.recolored(run.color)) for run in shape.runs)
        return replace(shape, runs=runs)
    return replace(shape, stroke=theme.recolored(shape.stroke), fill=theme.recolored(shape.fill))
