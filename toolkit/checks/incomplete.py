"""A source of which a reader is not told enough to find it.

What a kind of source needs is what The Chicago Manual of Style (17th ed.) asks for: 14.100 books, 14.106 chapters,
14.168 journals, 14.188 magazines, 14.191 newspapers, 14.207 websites, 14.215 theses, 14.221 manuscripts, 14.265
films. A publisher may be left out for books before 1900 (14.128).
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from toolkit.model.dates import HistoricalDate, Moment
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.lesson import Lesson
from toolkit.model.records import SourceRecord

# What is asked for, and the fields of which one must be there; the first is the one to add.
Need = tuple[str, tuple[str, ...]]
_YEAR: Final[Need] = ("year", ("issued", "status"))
_PUBLISHER: Final[Need] = ("publisher", ("publisher",))
_BOOK: Final[Need] = ("title of the book it is in", ("container_title",))
_PERIODICAL: Final[Need] = ("name of the journal or newspaper", ("container_title",))
_ADDRESS: Final[Need] = ("web address", ("url", "doi"))

NEEDS: Final = MappingProxyType(
    {
        "book": (_PUBLISHER, _YEAR),
        "chapter": (_BOOK, _PUBLISHER, _YEAR),
        "entry-dictionary": (_BOOK,),
        "entry-encyclopedia": (_BOOK,),
        "article-journal": (
            _PERIODICAL,
            ("volume or number", ("volume", "issue", "doi", "url")),
            ("pages", ("page", "number", "doi", "url")),
            _YEAR,
        ),
        "article-magazine": (_PERIODICAL, ("date", ("issued",))),
        "article-newspaper": (_PERIODICAL, ("date", ("issued",))),
        "paper-conference": (("name of the conference or its book", ("container_title", "event_title")), _YEAR),
        "thesis": (("university", ("publisher",)), _YEAR),
        "report": (("body that published it", ("publisher", "authority", "author")), _YEAR),
        "webpage": (_ADDRESS,),
        "post": (_ADDRESS,),
        "post-weblog": (_ADDRESS,),
        "manuscript": (("archive or address where it is", ("archive", "archive_location", "url", "publisher")),),
        "motion_picture": (("director or company", ("director", "publisher", "author", "producer")), _YEAR),
    }
)
_KEYS: Final = MappingProxyType(
    {"container_title": "container-title", "url": "URL", "event_title": "event-title", "archive": "archive"}
)
_FIRST_YEAR_OF_PUBLISHERS: Final = 1900


def check(lesson: Lesson) -> Iterator[Diagnostic]:
    """Yield a warning for each source that lacks what its kind needs."""
    for key, record in lesson.sources.items():
        missing = list(_missing(record))
        if missing:
            words = " and ".join(f"no {what}" for what, _ in missing)
            added = ", ".join(f"`{_KEYS.get(fields[0], fields[0])}:`" for _, fields in missing)
            message = f"`{key}` ({record.type}) has {words}"
            place = f"bibliography/{key}"
            yield Diagnostic("C840", message, address=place, hint=f"add {added}", severity=Severity.WARNING)


def _missing(record: SourceRecord) -> Iterator[Need]:
    for need in NEEDS.get(record.type, ()):
        what, fields = need
        if what == "publisher" and _is_old(record.issued):
            continue
        if not any(getattr(record, field) for field in fields):
            yield need


def _is_old(date: HistoricalDate | None) -> bool:
    moment = date.structure if date else None
    year = moment.year.value if isinstance(moment, Moment) else None
    return year is not None and year < _FIRST_YEAR_OF_PUBLISHERS
