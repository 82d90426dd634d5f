"""Hidden bookmarks: how a place of the lesson is found again in a file that a teacher has edited.

A bookmark is the one carrier that every word processor keeps through editing and saving. A name that
begins with an underscore is not listed by Word. Names are at most 40 characters of [A-Za-z0-9_]
(ISO/IEC 29500-1, 17.13.6.2, and Word's own limit), so an address is cut and made sure of by a hash.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

PREFIX: Final = "_LT_"
_SLUG: Final = 26


def bookmark_name(address: str, occurrence: int = 1) -> str:
    """Return the bookmark's name for `address`; `occurrence` counts from 1 where an address is shown twice."""
    key = address if occurrence == 1 else f"{address}#{occurrence}"
    slug = re.sub(r"[^A-Za-z0-9]+", "_", address).strip("_")[-_SLUG:].strip("_")
    digest = hashlib.sha256(key.encode()).hexdigest()[:6]
    return f"{PREFIX}{slug}_{digest}" if slug else f"{PREFIX}{digest}"
