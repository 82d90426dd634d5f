"""Where a line may end that the page engine would not end: between a closing quotation mark and a bracket.

Pango follows rule LB15 of Unicode Standard Annex 14 as it was before version 15.1, which kept “word” (and together
whatever stands between. A narrow column, such as the margin, then runs over.
"""

from __future__ import annotations

import re
from typing import Final

from toolkit.formats.html.one_face import PARTS

_KEPT: Final = re.compile(r"(?<=[”’»\"]) (?=[(\[])")
_ALLOWED: Final = " \u200b"  # zero width space


def allowed(page: str) -> str:
    """Return the HTML `page` with a break allowed between each closing quotation mark and a bracket behind it."""
    return PARTS.sub(lambda part: _KEPT.sub(_ALLOWED, part[2]) if part[2] else part[0], page)
