"""Text as values of CSS, safe inside a style element."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

_COUNTERS: Final = {"{page}": Markup("counter(page)"), "{pages}": Markup("counter(pages)")}


def css_string(text: str) -> Markup:
    """Return `text` as a CSS string in quotes, safe inside a style element (CSS Syntax 3, 4.3.7)."""
    return Markup('"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in text) + '"')


def page_number(text: str) -> Markup:
    """Return the CSS content of a folio: `text` with counters in the places {page} and {pages}."""
    pieces = re.split(r"(\{pages?\})", text)
    return Markup(" ".join(_COUNTERS.get(piece) or css_string(piece) for piece in pieces if piece) or '""')
