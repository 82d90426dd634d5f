"""Two records of one source: it would be printed twice, and be two sources in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator

from toolkit.citations import identifiers
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.records import SourceRecord

# The parts of one book have its ISBN, and are sources of their own.
_WHOLE = frozenset({"book", "report", "thesis", "pamphlet", "map", "motion_picture", "collection", "classic"})


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each source that is an earlier one by its DOI, its ISBN, or by author, title and year."""
    seen: dict[Hashable, tuple[str, str]] = {}
    for key, record in lesson.sources.items():
        sought, left = _marks(record)
        twin = next((seen[mark] for mark in sought if mark in seen), None)
        if twin:
            first, what = twin
            message = f"`{key}` and `{first}` are one source: they have the same {what}"
            hint = f"keep one of them, and cite it as @{first}"
            yield Diagnostic("C843", message, address=f"bibliography/{key}", hint=hint, severity=Severity.WARNING)
        for mark, what in left.items():
            seen.setdefault(mark, (key, what))


def _marks(record: SourceRecord) -> tuple[list[Hashable], dict[Hashable, str]]:
    """Return what an earlier source is known again by, and what this source leaves for later ones, with its name.

    A title is the same without its subtitle, too: the long form is sought among the short ones, and the other way.
    """
    left: dict[Hashable, str] = {mark: mark[0] for mark in _numbers(record)}
    sought = [*left]
    if _creator(record) and _year(record):  # alone, "Introduction" or "Letter to his brother" may be many sources
        part = (record.volume, record.issue, record.part_number, record.page, record.edition, record.volume_title)
        work = (_folded(_creator(record)), _year(record), part)
        long, short = _folded(record.title), _folded(record.title.split(":")[0])
        sought += [(work, long, "whole"), (work, long, "beginning"), (work, short, "whole")]
        what = "author, title and year"
        left |= {(work, long, "whole"): what, (work, short, "beginning"): what}
    return sought, left


def _numbers(record: SourceRecord) -> Iterator[tuple[str, str, str | None]]:
    """Yield the DOI and the ISBNs of a source; volumes of one work may share theirs."""
    if record.doi:
        yield "DOI", identifiers.doi(record.doi).casefold(), None
    if record.type in _WHOLE:
        for number in identifiers.isbns(record.isbn or ""):
            yield "ISBN", identifiers.isbn_13(number), record.volume


def _year(record: SourceRecord) -> str:
    return str(record.original_date or record.issued or "")[:4]


def _creator(record: SourceRecord) -> str:
    names = record.author or record.editor or record.director or ()
    return (names[0].family or names[0].literal or "") if names else ""


def _folded(words: str) -> str:
    """Return the letters and digits of `words`, letter case and accents set aside, without a leading article."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", re.sub(r"^(the|a|an|le|la|les|el|los|der|die|das)\s+", "", plain))
