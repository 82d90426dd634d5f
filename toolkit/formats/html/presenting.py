"""Style sheets of a presentation: the usual ones with every size, distance, rule and colour worked out anew.

Sheets are rewritten rather than overridden: an override for each rule would miss the next rule that is added, and
large print with one caption in 9 pt is not large print. What needs another layout is in a sheet of the
presentation's own (`templates/handout/large-print.css`), whose lengths hold as they are written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, Template

from toolkit.model.presentation import Manner, Presentation

# The sheets of each presentation's own, in `templates/handout/presented`.
OWN: Final = MappingProxyType[Presentation, tuple[str, ...]](
    {
        "standard": (),
        "large-print": ("plain", "flowing", "large-print"),
        "dyslexia": ("plain", "flowing", "dyslexia"),
        "photocopy": ("photocopy",),
        "booklet": ("flowing", "booklet"),
    }
)
_NUMBER: Final = r"\d*\.?\d+"
# The font shorthand with and without leading, a size or leading alone or as a token, a border, any other length.
_LENGTH: Final = re.compile(
    rf"(?P<size>{_NUMBER})pt/(?P<lead>{_NUMBER})pt"
    rf"|(?P<alone>(?:font-size|--body):\s*|\bfont:[^;{{}}/]*?\s?)(?P<alone_size>{_NUMBER})pt(?!/)"
    rf"|(?P<leading>(?:line-height|--lead):\s*)(?P<leading_size>{_NUMBER})pt"
    rf"|(?P<other>-?{_NUMBER})pt(?P<drawn>\s+(?:solid|dashed)|)"
)
_ITALIC: Final = re.compile(r"(?<=font: )italic |(?<=font-style: )italic")
_SCREEN: Final = re.compile(r"font-size: (\.\d+)rem|font: (\.\d+)rem")
_COLOR: Final = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
_PALE: Final = 0xE0  # a tint: its darkest part is lighter than this


@cache
def presented(css: str, manner: Manner) -> str:
    """Return the style sheet `css` as `manner` has it; unchanged for the usual manner."""
    if manner == Manner():
        return css
    changed = _LENGTH.sub(lambda found: _length(found, manner), css)
    if manner.plain:
        changed = _ITALIC.sub(lambda found: "" if found[0].endswith(" ") else "normal", changed)
        changed = changed.replace("text-transform: uppercase", "text-transform: none")
        changed = _SCREEN.sub(lambda found: found[0].replace(found[1] or found[2], "1"), changed)
    return _COLOR.sub(lambda found: monochrome(found[0]), changed) if manner.monochrome else changed


def monochrome(color: str) -> str:
    """Return black for a colour (#rrggbb or #rgb) that is ink, white for one that is paper or a tint."""
    digits = color.removeprefix("#")
    parts = [digits[n : n + 2] for n in (0, 2, 4)] if len(digits) == 6 else [digit * 2 for digit in digits]
    return "#ffffff" if min(int(part, 16) for part in parts) >= _PALE else "#000000"


def _length(found: re.Match[str], manner: Manner) -> str:
    if found["size"]:
        size = manner.sized(float(found["size"]))
        return f"{_pt(size)}/{_pt(manner.led(float(found['lead']), size))}"
    if found["alone"]:
        return found["alone"] + _pt(manner.sized(float(found["alone_size"])))
    if found["leading"]:
        return found["leading"] + _pt(manner.led(float(found["leading_size"]), manner.smallest))
    length = float(found["other"]) * manner.length
    return _pt(max(length, manner.thinnest) if found["drawn"] else length) + found["drawn"]


def _pt(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".") + "pt"


@lru_cache(maxsize=16)  # one for each presentation and theme; to compile it takes longer than to fill it in
def compiled(environment: Environment, source: str) -> Template:
    """Return `source`, a template, compiled in `environment`."""
    return environment.from_string(source)
