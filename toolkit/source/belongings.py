"""What questions of the bank bring along into a lesson that draws them: their sources and their standards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.model import address
from toolkit.model.diagnostics import Diagnostic, Span
from toolkit.model.lesson import folded
from toolkit.model.question import Question
from toolkit.model.quoting import quoted, short
from toolkit.model.records import SourceRecord
from toolkit.source import references, tree
from toolkit.source.bank import BankFile, with_entry
from toolkit.source.positions import id_of


@dataclass(frozen=True)
class Sources:
    """Records by citation key, with the place of each and of what is in it."""

    records: Mapping[str, SourceRecord]
    spans: Mapping[str, Span]
    problems: tuple[Diagnostic, ...]


def sources(drawn: Iterable[tuple[Question, BankFile]]) -> Sources:
    """Return the sources that `drawn` questions cite and their files have, and those that these cite in turn."""
    records: dict[str, SourceRecord] = {}
    spans: dict[str, Span] = {}
    problems: list[Diagnostic] = []
    for question, file in drawn:
        for key in _cited(question, file):
            found = file.sources[key]
            if key in records:
                at = file.positions.spans.get(place_of(key))
                problems += unlike(key, (records[key], spans.get(place_of(key))), (found, at))
                continue
            records[key] = found
            spans.update(_places(file.positions.spans, place_of(key)))
    return Sources(records, spans, tuple(dict.fromkeys(problems)))


def place_of(key: str) -> str:
    """Return the address of the source `key`."""
    return address.join("bibliography", key)


def _cited(question: Question, file: BankFile) -> Iterator[str]:
    waiting: list[object] = [question]
    seen: set[str] = set()
    while waiting:
        for _, key in references.keys_in(waiting.pop()):
            if key in file.sources and key not in seen:
                seen.add(key)
                waiting.append(file.sources[key])
                yield key


def _places(spans: Mapping[str, Span], place: str) -> Iterator[tuple[str, Span]]:
    yield from ((name, span) for name, span in spans.items() if name == place or name.startswith(f"{place}/"))


def unlike(
    key: str, first: tuple[SourceRecord, Span | None], second: tuple[SourceRecord, Span | None]
) -> Iterator[Diagnostic]:
    """Yield an error at the `second` place of `key` where the records that it names there and before are two works.

    A record may say more of a work than another does; by its title it is another work.
    """
    (old, before), (new, at) = first, second
    if folded(old.title) != folded(new.title):
        where = f" at {before.file}:{before.line}:{before.column}" if before else ""
        message = f"the key `{short(key)}` names {quoted(new.title)} here and {quoted(old.title)}{where}"
        hint = "give one of them another key"
        yield Diagnostic("Q904", message, at, hint=hint, related=(before,) if before else ())


def with_standards(root: tree.Mapping, nodes: Iterable[tree.Mapping], files: Iterable[BankFile]) -> tree.Mapping:
    """Return the lesson's tree with the standards that the drawn `nodes` serve and only their files list."""
    listed = {name for item in _items(root, "standards") if (name := id_of(item))}
    known = {file.shown: {id_of(item): item for item in _items(file.root, "standards")} for file in files}
    added: dict[str, tree.Node] = {}
    for node in nodes:
        for served in _items(node, "standards"):
            name = served.text if isinstance(served, tree.Scalar) else ""
            item = known[node.span.file].get(name)
            if item and name not in listed:
                added.setdefault(name, item)
    if not added:
        return root
    entry = root.entry("standards")
    span = entry.value.span if entry else root.span
    return with_entry(root, "standards", tree.Sequence((*_items(root, "standards"), *added.values()), span))


def _items(node: tree.Mapping | None, key: str) -> tuple[tree.Node, ...]:
    entry = node.entry(key) if node else None
    return entry.value.items if entry and isinstance(entry.value, tree.Sequence) else ()
