"""The printed references of a source as records of a lesson's bibliography, and what is no record kept in comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from toolkit.articles import lawful
from toolkit.articles.manuscript import Manuscript, Reference
from toolkit.citations import keys, references, writing
from toolkit.citations.sentence_case import names_in
from toolkit.model.records import SourceRecord
from toolkit.source.yaml_text import Commented, Value


@dataclass(frozen=True, slots=True)
class Cited:
    """Records by citation key, a comment over each that was not understood in full, and references that are none."""

    records: tuple[tuple[str, Value], ...] = ()
    unread: tuple[Reference, ...] = ()


def records(manuscript: Manuscript) -> Cited:
    """Return the references of a source, each as a record or as it is printed."""
    if not manuscript.references:
        return Cited()
    names = names_in("\n".join(block.markdown for block in manuscript.blocks))
    made: dict[str, Value] = {}
    unread = []
    for reference in manuscript.references:
        read = references.parse_reference(reference.words, names)
        data = _checked(read.record | ({"annotation": lawful.words(read.annotation)} if read.annotation else {}))
        if data is None:
            unread.append(reference)
            continue
        made[keys.made(data, made)] = _marked(data, reference, read)
    return Cited(tuple(made.items()), tuple(unread))


def _checked(data: dict[str, Any]) -> dict[str, Any] | None:
    """Return a record as a lesson writes it, None where it is none: it has no title, or a part of it is not valid."""
    try:
        return writing.plain(SourceRecord.model_validate(data))
    except ValidationError:
        return None


def _marked(data: dict[str, Any], reference: Reference, read: references.Reference) -> Value:
    """Return a record, with the reference as printed where something of it may be in no field."""
    if read.confidence == 1 and not read.unparsed:
        return data
    missed = "; ".join(f"“{piece}”" for piece in read.unparsed)
    why = f"in no field: {missed}" if missed else "not all that such a source has was found"
    return Commented(data, f"REVIEW: {why}. Printed, in line {reference.line}:\n{reference.words}")
