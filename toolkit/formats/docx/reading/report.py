"""What an edited sheet holds that cannot be carried into the lesson, told as diagnostics with the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.formats.docx.reading.changes import Told, lost_headings
from toolkit.formats.docx.reading.fields import Comparison
from toolkit.formats.docx.reading.glyphs import THING
from toolkit.formats.docx.reading.matching import Pairs, likeness
from toolkit.formats.docx.reading.origin import Item
from toolkit.formats.docx.reading.outline import question_of
from toolkit.formats.docx.reading.units import Unit, Units
from toolkit.model.diagnostics import Diagnostic, Severity
from toolkit.model.quoting import quoted
from toolkit.model.revision import Deleted
from toolkit.model.text import plain

_WRITTEN_ON: Final = frozenset({"line", "blank"})
_REWRITTEN: Final = 0.5
_SHOWN: Final = 60  # characters of an excerpt


def report(items: Sequence[Item], sheet: Units, pairs: Pairs, found: Told) -> tuple[Diagnostic, ...]:
    """Return what is told of the sheet beside its revisions, in the order of the page."""
    back = {at: number for number, at in pairs.items()}
    placed: list[tuple[int, Diagnostic]] = []
    for number, comparison in found.comparisons:
        at = pairs[number]
        address = _address(items[number]) or _near(at, back, items)
        placed += [(at, one) for one in _of_pair(items[number], sheet.units[at], comparison, address)]
    placed += _of_homeless(found.homeless, sheet.units, back, items)
    placed += [(pairs.get(n, 0), one) for n, one in _lost_labels(items, pairs)]
    deleted = {one.address for one in found.revisions if isinstance(one, Deleted)}
    for number in lost_headings(items, pairs):
        address = _address(items[number])
        if address not in deleted:
            message = (
                f"the heading {_excerpt(items[number].text)} is gone, and stays in the lesson with what was under it"
            )
            placed.append(
                (0, _told("W912", message, address, hint="take the section out of lesson.yaml and article.md"))
            )
    placed += [(pairs[n], _stray(_address(items[n]))) for n in found.orphans]
    placed += [(at, _stray(_near(at, back, items))) for at in sheet.strays]
    for address in found.sorted_moves:
        message = "moved, but its place is not the author's: the program sorts or shuffles what stands there"
        placed.append((len(sheet.units), _told("W918", message, address)))
    return tuple(one for _, one in sorted(placed, key=lambda one: one[0]))


def _of_pair(item: Item, unit: Unit, comparison: Comparison, address: str) -> Iterator[Diagnostic]:
    for words in comparison.typed:
        yield _typed(words, question_of(address) or address)
    for before, now in comparison.labels:
        said = f"now {_excerpt(now)}" if now else "now gone"
        message = f"the label {_excerpt(before)} is {said}: labels are the program's"
        yield _told("W912", message, address, hint="change points, depth or the like in lesson.yaml")
    for said_at in comparison.said:
        before, now = plain(said_at.before), plain(said_at.now)
        if said_at.address.startswith("labels/") and before != now:
            yield _told(
                "W912", f"the label {_excerpt(before)} is now {_excerpt(now)}: labels are the program's", address
            )
        elif item.role in ("question", "part") and said_at.before != said_at.now and _rewritten(before, now):
            message = f"the prompt was rewritten: {_excerpt(now)}"
            yield _told("W916", message, said_at.address, hint="check the answer key", severity=Severity.NOTE)
    if comparison.pictures:
        yield _told(
            "W914", "a picture was changed, added or taken out", address, hint="put it into the lesson's folder"
        )
    yield from _notes(item, unit, address)


def _rewritten(before: str, now: str) -> bool:
    return bool(now) and likeness(before, now) < _REWRITTEN


def _notes(item: Item, unit: Unit, address: str) -> Iterator[Diagnostic]:
    """Yield each note whose text is another than before."""
    before = [g.look.value for piece in item.pieces for g in piece.glyphs if g.look.thing == "note"]
    now = [g.look.value for block in unit.blocks for g in block.glyphs if g.look.thing == "note"]
    for words in now:
        if words not in before and not words.startswith("again "):
            yield _told("W917", f"a footnote says now: {_excerpt(words)}", address, hint="change it in the source")


def _of_homeless(
    homeless: Sequence[int], units: Sequence[Unit], back: dict[int, int], items: Sequence[Item]
) -> Iterator[tuple[int, Diagnostic]]:
    tables: set[int] = set()
    for at in homeless:
        unit, address = units[at], _near(at, back, items)
        words = " ".join(unit.text.replace(THING, " ").split())
        if unit.role in _WRITTEN_ON or _only_written(unit):
            yield at, _typed(words, question_of(address) or address)
        elif unit.table and unit.role == "row":
            if unit.table not in tables:
                yield at, _told("W913", f"a table that the lesson does not have: {_excerpt(words)}", address)
            tables.add(unit.table)
        elif THING in unit.text and not words:
            yield at, _told("W914", "a new picture", address, hint="put it into the lesson's folder and article.md")
        else:
            message = f"new text in a place that the lesson has no field for: {_excerpt(words)}"
            yield (
                at,
                _told("W915", message, address, hint="give it the style of what stands there, or write it yourself"),
            )


def _only_written(unit: Unit) -> bool:
    return all(block.role in _WRITTEN_ON for block in unit.blocks if block.glyphs)


def _lost_labels(items: Sequence[Item], pairs: Pairs) -> Iterator[tuple[int, Diagnostic]]:
    """Yield the labels that are gone while what they belong to is still there."""
    for number, item in enumerate(items):
        if number in pairs or any(not one.startswith("labels/") for one in item.addresses):
            continue
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(items)]
        if item.text.replace(THING, "").strip() and all(n in pairs for n in beside):
            yield beside[0], _told("W912", f"the label {_excerpt(item.text)} is gone: labels are the program's", "")


def _typed(words: str, address: str) -> Diagnostic:
    message = f"somebody wrote where students answer: {_excerpt(words)}"
    return _told("W911", message, address, hint="an answer belongs into lesson.yaml as `answer`")


def _stray(address: str) -> Diagnostic:
    return _told("W913", "lines to write on without a question of their own", address, hint="delete them in Word")


def _told(
    code: str, message: str, address: str, *, hint: str = "", severity: Severity = Severity.WARNING
) -> Diagnostic:
    return Diagnostic(code, message, address=address, hint=hint, severity=severity)


def _excerpt(words: str) -> str:
    line = " ".join(words.replace(THING, " ").split())
    return quoted(line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…")


def _address(item: Item) -> str:
    return next(iter(item.addresses), "")


def _near(at: int, back: dict[int, int], items: Sequence[Item]) -> str:
    """Return the address of the last item before unit `at` that has one."""
    for before in range(at, -1, -1):
        address = _address(items[back[before]]) if before in back else ""
        if address:
            return address
    return ""
