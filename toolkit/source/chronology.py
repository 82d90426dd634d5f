"""Events that a lesson keeps in a file beside it, put into its tree where the file is named.

They are judged as events written in the lesson are, and every problem has its line in the file they are in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from toolkit.chronology import interchange
from toolkit.model.diagnostics import Diagnostic, LessonError, Severity, Span
from toolkit.model.quoting import quoted
from toolkit.source import files, tree
from toolkit.source.limits import told

KEY = "chronology"


@dataclass
class Included:
    """A lesson's tree with the events of its files in it. Where it is not `whole`, there may be more events."""

    root: tree.Mapping
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    whole: bool = True


def include(root: tree.Mapping, folder: Path) -> Included:
    """Return `root` with every chronology file that it names replaced by the events in it.

    A lesson names one as `chronology: events.csv`, as `chronology: {file: events.csv}`, or as an item
    `- file: events.csv` of its list of events.
    """
    included = Included(root)
    entry = root.entry(KEY)
    if entry is None:
        return included
    written = entry.value
    items = written.items if isinstance(written, tree.Sequence) else (written,)
    names = [_file_named(item, alone=not isinstance(written, tree.Sequence)) for item in items]
    if not any(names):
        return included
    filled = [
        event
        for item, name in zip(items, names, strict=True)
        for event in (_events(name, folder, included) if name else (item,))
    ]
    value = tree.Sequence(tuple(filled), written.span)
    entries = (tree.Entry(e.key, value) if e is entry else e for e in root.entries)
    included.root = tree.Mapping(tuple(entries), root.span)
    return included


def _file_named(node: tree.Node, *, alone: bool) -> tree.Scalar | None:
    """Return the name of a chronology file, if that is what `node` is."""
    if isinstance(node, tree.Mapping):
        entry = node.entry("file") if len(node.entries) == 1 else None
        return entry.value if entry and isinstance(entry.value, tree.Scalar) and entry.value.text else None
    is_name = alone and isinstance(node, tree.Scalar) and _suffix(node.text) in interchange.READERS
    return node if is_name and isinstance(node, tree.Scalar) else None


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _events(name: tree.Scalar, folder: Path, included: Included) -> Iterator[tree.Node]:
    """Yield the events of a file, and put what is wrong with it into `included`."""
    try:
        shown, text = _read(name.text, folder)
    except LessonError as error:
        included.problems += [replace(d, span=d.span or name.span) for d in error.diagnostics]
        included.whole = False
        return
    included.texts[shown] = text
    raw = interchange.reader(_suffix(name.text))(text)
    faults = (Diagnostic("S521", fault.message, _span(fault.place, shown)) for fault in raw.faults)
    included.problems += [*told(faults), *_lost(raw, name.text, shown)]
    included.whole = included.whole and not raw.faults
    for event in raw.events:
        yield _node(event, shown)


def _read(name: str, folder: Path) -> tuple[str, str]:
    """Return the path of a chronology file as it is shown, and its text. Raise LessonError."""
    if _suffix(name) not in interchange.READERS:
        hint = f"name a file that ends in {' or '.join(interchange.READERS)}, or write the events here"
        raise LessonError([Diagnostic("S521", f"{quoted(name)} is no chronology file", hint=hint)])
    path = files.locate(folder, name, "chronology file", "")
    shown = files.shown_path(path)
    return shown, files.read_text(path, shown)


def _lost(raw: interchange.RawChronology, name: str, shown: str) -> Iterator[Diagnostic]:
    """Yield a note for each sort of thing that is not kept, at the first of them."""
    counts = Counter(lost.what for lost in raw.lost)
    for what, count in counts.items():
        place = next(lost.place for lost in raw.lost if lost.what == what)
        times = "" if count == 1 else f" ({count} times)"
        message = f"{quoted(name)}: not kept, because events have no place for it: {what}{times}"
        yield Diagnostic("S522", message, _span(place, shown), severity=Severity.NOTE)


def _node(event: interchange.RawEvent, shown: str) -> tree.Mapping:
    entries = []
    for value in event.values:
        span = _span(value.place, shown)
        entries.append(tree.Entry(tree.Scalar(value.key, span, plain=True), tree.Scalar(value.text, span, plain=False)))
    return tree.Mapping(tuple(entries), _span(event.place, shown))


def _span(place: interchange.Place, shown: str) -> Span:
    return Span(shown, place.line, place.column, place.line, place.column + place.length)
