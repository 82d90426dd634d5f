"""A new wording written where the old one stands: in a text of YAML, in the article, or in both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from toolkit.model import text as t
from toolkit.model.revision import Reworded
from toolkit.model.tokens import tokens, words_of
from toolkit.source import revise_blocks, tree
from toolkit.source.revise_items import date_of
from toolkit.source.revise_places import Block, Heading, Mixed, Place, Scalar
from toolkit.source.revise_scalars import Key, at, composed, with_value
from toolkit.source.revise_words import State, Words, carry

_GAP = re.compile(r"\{([^{}]*[^{}\s][^{}]*)\}")
_WHOLE = re.compile(r"\{[^{}]*\}")
_SOFT = re.compile(r"(?<!\\)(?<!  )\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a wording, and the texts that it changed."""

    state: State
    reason: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def reworded(texts: Mapping[str, str], place: Place | None, revision: Reworded, today: t.Inlines | None) -> Done:
    """Return `texts` with the words of `revision` at `place`; `today` is what is printed there, None if not known."""
    match place:
        case Scalar():
            return _scalar(texts, place, revision, today)
        case Block(file, position, steps):
            return _block(texts, file, position, steps, revision, today)
        case Heading():
            return _heading(texts, place, revision, today)
        case Mixed(fields):
            return _mixed(texts, fields, revision, today)
        case None:
            return Done("reported", "it is not the author's text: it is made from other fields, or a label")


def _scalar(texts: Mapping[str, str], place: Scalar, revision: Reworded, today: t.Inlines | None) -> Done:
    text = texts[place.file]
    if not place.file.endswith((".yaml", ".yml")):
        return Done("reported", f"it stands in {place.file}; change it there")
    root = composed(text, place.file).root
    current = _current(root, place)
    if current is None:
        return Done("reported", "its place in the file is not what it was")
    dated = place.location[0] == "chronology" and place.location[-1] == "date"
    words = _dated(root, place, revision, today) if dated else _of_scalar(place, current, revision, today)
    if words.state != "applied":
        return Done(words.state, words.reason)
    written = with_value(text, place.file, place.location, words.markdown)
    if written is None:
        return Done("reported", "the file cannot be changed there")
    written = _repeated(written, place, current.strip(), words.markdown)
    return Done("applied", "", {place.file: written})


def _of_scalar(place: Scalar, current: str, revision: Reworded, today: t.Inlines | None) -> Words:
    """Return the text at `place`, which is `current`, with the edit."""
    if not place.rich:
        return _plain(current, revision, today)
    if place.gap:
        return _in_gap(current, place.gap, revision, today)
    if place.gaps and _WHOLE.fullmatch(current.strip()):  # a cell to fill in, on a teacher's sheet
        return _in_gap(current, 1, revision, today)
    if place.one_line and not place.steps:
        source = _SOFT.sub(" ", current.strip())
        return carry(source, revision.before, revision.after, today, gaps=place.gaps, within=place.within)
    return _prose(current.rstrip("\n"), place, revision, today)


def _in_gap(current: str, number: int, revision: Reworded, today: t.Inlines | None) -> Words:
    """Return a text with the edit in what belongs in its gap `number`, counted from 1."""
    found = list(_GAP.finditer(current))
    if number > len(found):
        return Words("conflict", reason="there is no such gap any more")
    gap = found[number - 1]
    words = carry(gap[1].strip(), revision.before, revision.after, today)
    if words.state != "applied":
        return words
    if "{" in words.markdown or "}" in words.markdown:
        return Words("reported", reason="a gap cannot hold braces")
    return replace(words, markdown=current[: gap.start(1)] + words.markdown + current[gap.end(1) :])


def _dated(root: tree.Mapping | None, place: Scalar, revision: Reworded, today: t.Inlines | None) -> Words:
    """Return the date that an edit writes, in EDTF; which part of it is meant ("early") is another field."""
    if today is not None and tokens(today) == tokens(revision.after):
        return Words("already")
    if today is not None and tokens(today) != tokens(revision.before):
        return Words("conflict", reason="both sides changed the date")
    found = date_of(words_of(tokens(revision.after)))
    if found is None:
        return Words("reported", reason="the date is not understood; write it into the lesson, such as `1989-09`")
    event = at(root, place.location[:-1]) if root else None
    entry = event.entry("within") if isinstance(event, tree.Mapping) else None
    part = entry.value.text if entry and isinstance(entry.value, tree.Scalar) else None
    if found.get("within") != part:
        return Words("reported", reason="early, mid and late are `within` in the lesson: change it there")
    return Words("applied", found["date"])


def _current(root: tree.Mapping | None, place: Scalar) -> str | None:
    """Return the text at `place` now."""
    last = place.location[-1]
    if isinstance(last, Key):
        holder = at(root, place.location[:-1]) if root else None
        found = isinstance(holder, tree.Mapping) and holder.entry(last.text)
        return last.text if found else None
    node = at(root, place.location) if root else None
    return node.text if isinstance(node, tree.Scalar) else None


def _prose(text: str, place: Scalar, revision: Reworded, today: t.Inlines | None) -> Words:
    """Return a text of paragraphs with the edit in the one that is meant."""
    position, *inner = place.steps or (1,)
    line = revise_blocks.line_of(text, position)
    run = revise_blocks.find(text, line, inner) if line is not None else None
    if run is None and len(place.steps) == 1:  # the first block is a list, and an item of it is meant
        line = revise_blocks.line_of(text, 1)
        run = revise_blocks.find(text, line, place.steps) if line is not None else None
    if run is None:
        return Words("reported", reason="no paragraph is found there")
    words = carry(run.words, revision.before, revision.after, today, gaps=place.gaps)
    if words.state != "applied":
        return words
    made = revise_blocks.with_run(text, run, words.markdown)
    return replace(words, markdown=made) if made else Words("reported", reason="Markdown has no way to write it")


def _plain(text: str, revision: Reworded, today: t.Inlines | None) -> Words:
    """Return a text without marks as it is after the edit."""
    before, after = (words_of(tokens(words)) for words in (revision.before, revision.after))
    now = " ".join(text.split())
    wrapped = before == f"({now})" and after.startswith("(") and after.endswith(")")
    if wrapped:
        before, after = before[1:-1], after[1:-1]
    if now == after:
        return Words("already", text)
    if now != before:
        changed = today is not None and tokens(today) != tokens(revision.before)
        return Words("conflict" if changed else "reported", reason="it is not printed as it is written")
    return Words("applied", after) if after else Words("reported", reason="nothing is left of it")


def _repeated(text: str, place: Scalar, old: str, new: str) -> str:
    """Return `text` with what must repeat the words of an option word for word: the right ones of a choice."""
    way = place.location
    root = composed(text, place.file).root
    if root is None or len(way) < 2:  # a list and a position in it
        return text
    owner, column = (way[:-2], way[-2]) if way[-2] in {"options", "pairs"} else ((), "")
    found = at(root, owner) if column else None
    if not isinstance(found, tree.Mapping):
        return text
    key = "correct" if column == "options" else "pairs"
    entry = found.entry(key)
    inner = entry.value if entry else None
    ways = []
    if isinstance(inner, tree.Scalar) and inner.text.strip() == old:
        ways = [(*owner, key)]
    elif isinstance(inner, tree.Sequence):
        ways = [(*owner, key, n) for n, one in enumerate(inner.items) if getattr(one, "text", "").strip() == old]
    elif isinstance(inner, tree.Mapping) and not isinstance(way[-1], Key):
        same = [one.key.text for one in inner.entries if getattr(one.value, "text", "").strip() == old]
        ways = [(*owner, key, one) for one in same]
    for one in ways:
        text = with_value(text, place.file, one, new) or text
    return text


# -- the article -------------------------------------------------------------------------------------


def _block(
    texts: Mapping[str, str],
    file: str,
    position: int,
    steps: tuple[int, ...],
    revision: Reworded,
    today: t.Inlines | None,
) -> Done:
    text = texts[file]
    run = revise_blocks.find(text, revise_blocks.line_of(text, position + 1, article=True) or 0, steps)
    if run is None:
        return Done("reported", "no paragraph is found there")
    words = carry(run.words, revision.before, revision.after, today)
    if words.state != "applied":
        return Done(words.state, words.reason)
    made = revise_blocks.with_run(text, run, words.markdown)
    return Done("applied", "", {file: made}) if made else Done("reported", "Markdown has no way to write it")


def _heading(texts: Mapping[str, str], place: Heading, revision: Reworded, today: t.Inlines | None) -> Done:
    """Return the texts with a heading changed, and whatever names the section by it."""
    done = _block(texts, place.file, place.position, (), revision, today)
    if done.state != "applied":
        return done
    made = dict(done.texts)
    line = revise_blocks.line_of(made[place.file], place.position + 1, article=True)
    run = revise_blocks.find(made[place.file], line or 0, ())
    for scalar in place.repeated:
        text = made.get(scalar.file, texts[scalar.file])
        written = with_value(text, scalar.file, scalar.location, run.words if run else "")
        if written is None:
            return Done("reported", "the lesson names the section by it, and cannot be changed there")
        made[scalar.file] = written
    return Done("applied", "", made)


# -- words of several fields -------------------------------------------------------------------------


def _mixed(texts: Mapping[str, str], fields: tuple[Scalar, ...], revision: Reworded, today: t.Inlines | None) -> Done:
    """Return the texts with an edit that lies in one of `fields`, of which a line was printed."""
    found = [_scalar(texts, replace(scalar, within=True), revision, today) for scalar in fields]
    for state in ("applied", "conflict", "already"):
        done = next((one for one in found if one.state == state), None)
        if done:
            return done
    return Done("reported", "it is printed from several fields; change them in the lesson")
