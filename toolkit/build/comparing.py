"""The digest of a printout: two that are equal give equal files, whatever the lesson's text looked like."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import PurePath

from toolkit.model.typeface import Typeface
from toolkit.source.observing import digest


def digest_of(*values: object) -> str:
    """Return the digest of frozen values: dataclasses of texts, numbers, bytes, tuples, mappings and the like."""
    return digest(
        json.dumps(values, default=_plain, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
    )


def _plain(value: object) -> object:
    """Return `value`, which JSON has no form for, in one: with its type, as a heading is no paragraph."""
    kind = type(value).__name__
    if isinstance(value, Typeface) and value.digest:
        # What its files hold, and which is which: not where this machine has them.
        files = (value.regular, value.italic, value.bold, value.bold_italic)
        return [kind, value.name, *(PurePath(file).name for file in files), value.index, value.digest]
    if is_dataclass(value) and not isinstance(value, type):
        return [kind, *(getattr(value, name) for name in _names(type(value)))]
    if isinstance(value, bytes):
        return [kind, digest(value)]
    if isinstance(value, Mapping):
        return [kind, *([key, value[key]] for key in value)]
    if isinstance(value, set | frozenset):
        return [kind, *sorted(value, key=repr)]
    raise TypeError(f"a printout holds a {kind}, of which nothing is known here")


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
