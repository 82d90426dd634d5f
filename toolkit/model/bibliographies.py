"""The bibliography of a lesson, as an author writes it: records, a file that holds them, or keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Discriminator, Field, Tag

from toolkit.model.fields import FROZEN, Plain
from toolkit.model.records import SourceRecord


def _kind_of_bibliography(value: object) -> str:
    if isinstance(value, (list, tuple)) and value and all(isinstance(key, str) for key in value):
        return "kind:keys"
    return "kind:file" if isinstance(value, str) else "kind:records"


CitationKey: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+([:.#$%&+?<>~/-][A-Za-z0-9_]+)*$")]
Records: TypeAlias = Annotated[Mapping[CitationKey, SourceRecord], *FROZEN]
Bibliography: TypeAlias = Annotated[
    Annotated[Plain, Tag("kind:file")]
    | Annotated[tuple[CitationKey, ...], Tag("kind:keys")]
    | Annotated[Records, Tag("kind:records")],
    Discriminator(lambda value: _kind_of_bibliography(value)),
]
"""Records by citation key, the name of a file that holds them, or keys of the bibliography that lessons share."""
