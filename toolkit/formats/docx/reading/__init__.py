"""An edited Word file read back: what it was built from, what it says now, and the revisions between the two.

package, tracked       the file within limits; its tracked changes accepted, or as it was before
looks, glyphs, runs    styles by name, characters with their looks, the canonical rich text of a paragraph
units, sheet           paragraphs and rows in reading order, lines to write on, comments
origin, carriers       what the file was built from, kept in the file itself
matching, fields       which unit is which item of the origin, and what each place of it says now
outline, changes       the lists of the lesson; what was reworded, inserted, deleted, moved
report                 what cannot be carried into the lesson

lxml alone reads here: python-docx does not see text in content controls or tracked insertions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from toolkit.formats.docx.reading.carriers import carried
from toolkit.formats.docx.reading.changes import passages_of, present, told
from toolkit.formats.docx.reading.matching import matched
from toolkit.formats.docx.reading.origin import Origin, items_of
from toolkit.formats.docx.reading.package import XML, Package, opened
from toolkit.formats.docx.reading.places import Comment, Tracked, comments_of, tracked_of
from toolkit.formats.docx.reading.report import report
from toolkit.formats.docx.reading.sheet import sheet_of
from toolkit.formats.docx.reading.tracked import View
from toolkit.model.diagnostics import Diagnostic
from toolkit.model.revision import Passage, Revision

__all__ = ["Comment", "Reading", "Tracked", "origin_of", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An edited sheet: of which lesson, what stood there, what stands there, and the revisions between the two.

    `before` has the passages that have an address; `now` all that is there, with the addresses known. `tracked`
    and `comments` are in the order of the page.
    """

    lesson: str
    sheet: str
    edition: str
    before: tuple[Passage, ...]
    now: tuple[Passage, ...]
    revisions: tuple[Revision, ...]
    diagnostics: tuple[Diagnostic, ...]
    tracked: tuple[Tracked, ...]
    comments: tuple[Comment, ...]


def origin_of(parts: Mapping[str, bytes], addresses: Mapping[str, str], named: tuple[str, str, str]) -> Origin:
    """Return what a file of our own, just written as `parts`, is built from.

    `addresses` are those of its bookmarks by name; `named` are lesson, sheet and edition.
    """
    digests = {name: sha256(data).hexdigest() for name, data in parts.items() if not name.endswith(XML)}
    sheet = sheet_of(Package(parts, digests, "word/document.xml"), "accepted", addresses)
    return Origin(*named, items_of(sheet.units.units, addresses))


def read(data: bytes, view: View = "accepted", base: bytes | None = None) -> Reading:
    """Return the edited sheet `data`, with tracked changes accepted, or as it was before them ("original").

    `base` is the file as it was built, for one that no longer says itself what it was built from.
    Raise LessonError, with one diagnostic, for a file that cannot be read or that no build made.
    """
    package = opened(data)
    origin, stamp = carried(data, package) if base is None else carried(base, opened(base))
    if stamp is not None:
        origin = replace(origin, lesson=stamp.lesson, sheet=stamp.sheet, edition=stamp.audience)
    shuffled = bool(stamp and stamp.version)
    sheet = sheet_of(package, view, origin.anchors)
    items, units = origin.items, sheet.units.units
    pairs = matched(items, units)
    found = told(items, units, pairs, shuffled=shuffled)
    return Reading(
        origin.lesson,
        origin.sheet,
        origin.edition,
        passages_of(items),
        present(items, units, found),
        found.revisions,
        report(items, sheet.units, pairs, found),
        tracked_of(sheet, items, pairs),
        comments_of(sheet, items, pairs),
    )
