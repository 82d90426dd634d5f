"""Stamps: what an editable file says of its own making, so that it can be told from an edited one without a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Final

FORMAT: Final = 1


class State(Enum):
    """What a file is: as a build left it, edited or saved again since, or not known by a stamp of ours."""

    PRISTINE = "pristine"
    EDITED = "edited"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file was made of, and what for.

    `lesson` is the lesson's id, and the others are those of its Edition. `key` is what the build knows its inputs by,
    "" where it says none. `format` counts the ways in which stamps were written. `properties` are further facts
    by their names, which begin with something other than the stamp's own.
    """

    lesson: str
    sheet: str
    audience: str
    version: str = ""
    level: str = "core"
    presentation: str = "standard"
    key: str = ""
    format: int = FORMAT
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
