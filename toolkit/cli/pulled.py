"""What `hornbook pull` tells: each edit by its place, in words that changed, on a terminal 80 columns wide."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import click

from toolkit.cli import report
from toolkit.cli.pulling import Pulled
from toolkit.model import characters, merging
from toolkit.model.revision import Deleted, Inserted, Moved, Passage, Relined, Reworded
from toolkit.model.text import Inlines
from toolkit.model.tokens import EMPHASIS, STRONG, Token, tokens, words_of
from toolkit.source.revise import Outcome

_WIDTH = 80
_AROUND = 8  # words shown before and behind those that changed
_INDENT = "    "
_DEEPEST = 16  # columns that lines which follow are indented by, at most


def text(pulled: Pulled) -> str:
    """Return what became of one edited file as lines."""
    reading = pulled.reading
    lines = [click.style(f"{pulled.path}", bold=True)]
    if reading:
        lines[0] += f": {reading.sheet} of {reading.lesson}" + (f", {reading.edition}" if reading.edition else "")
    for outcome in pulled.outcomes:
        if outcome.state != "already":
            lines += ["", *_outcome(outcome, pulled.rivals.get(outcome.place, ""))]
    already = sum(outcome.state == "already" for outcome in pulled.outcomes)
    if already:
        lines += ["", f"  {already} edit{'s are' if already > 1 else ' is'} in the lesson already"]
    for change in reading.tracked if reading else ():
        lines += ["", *_wrapped(f"tracked {change.kind} by {change.author or 'somebody'}: ", f"“{change.words}”")]
    for comment in reading.comments if reading else ():
        lines += ["", *_wrapped(f"comment by {comment.author or 'somebody'}: ", comment.words)]
        lines += _wrapped(_INDENT + "on ", f"“{comment.about}”") if comment.about else []
    if pulled.problems:
        lines += ["", report.text(pulled.problems)]
    return "\n".join(lines)


def _outcome(outcome: Outcome, rival: str) -> Iterator[str]:
    place = characters.plain(outcome.place)
    head = {"conflict": click.style("conflict: ", fg="red", bold=True), "reported": click.style("kept: ", fg="yellow")}
    where = f"{outcome.file}:{outcome.line}" if outcome.file else ""
    lead = f"  {head.get(outcome.state, '')}{click.style(place, bold=True)}"
    bare = 2 + len(place) + {"conflict": 10, "reported": 6}.get(outcome.state, 0)
    if where and bare + 2 + len(where) <= _WIDTH:
        yield f"{lead}{' ' * (_WIDTH - bare - len(where))}{click.style(where, dim=True)}"
    else:
        yield lead
        if where:
            yield _INDENT + click.style(where, dim=True)
    yield from _changed(outcome, rival)
    if outcome.reason:
        yield from _wrapped(_INDENT, outcome.reason)
    if outcome.advice:
        yield from (click.style(line, fg="yellow") for line in _wrapped(_INDENT, outcome.advice))


def _changed(outcome: Outcome, rival: str) -> Iterator[str]:
    match outcome.revision:
        case Reworded(_, before, after) if outcome.state == "conflict":
            yield from _row("was", before)
            yield from _row("edited", after)
            if outcome.today:
                yield from _row(f"in {rival}" if rival else "today", outcome.today)
        case Reworded(_, before, after):
            old, new = near(tokens(before), tokens(after))
            yield from _signed("-", old, "red")
            yield from _signed("+", new, "green")
        case Inserted(_, _, passages):
            for passage in passages:
                yield from _signed("+", _passage(passage), "green")
        case Deleted(_, before):
            for passage in before or ():
                yield from _signed("-", _passage(passage), "red")
        case Moved():
            yield from _wrapped(_INDENT, outcome.moved)
        case Relined(_, count, wanted):
            yield from _wrapped(_INDENT, f"{count} answer line{'s' * (count != 1)} → {wanted}")


def _passage(passage: Passage) -> str:
    lead = "○ " if passage.role == "option" else ""
    lines = f" ({passage.lines} line{'s' * (passage.lines > 1)})" if passage.lines else ""
    return f"{lead}{marked(tokens(passage.words))}{lines}"


def near(before: Sequence[Token], after: Sequence[Token]) -> tuple[str, str]:
    """Return two wordings, of long ones what changed with a few words around it."""
    changed = merging.hunks(before, after)
    if not changed:
        return marked(before), marked(after)
    room = 2 * _AROUND
    return (
        _cut(before, changed[0][0] - room, changed[-1][1] + room),
        _cut(after, changed[0][2] - room, changed[-1][3] + room),
    )


def _cut(words: Sequence[Token], start: int, end: int) -> str:
    start, end = max(0, start), min(len(words), end)
    lead = "… " if start else ""
    return f"{lead}{marked(words[start:end]).strip()}{' …' if end < len(words) else ''}"


def marked(words: Sequence[Token]) -> str:
    """Return words with the signs that Markdown has for bold and italic, whether or not it would read them."""
    pieces: list[str] = []
    on: list[str] = []
    for word in (*words, Token("")):
        for mark, sign in ((EMPHASIS, "*"), (STRONG, "**")):
            if mark in on and mark not in word.marks:
                on.remove(mark)
                pieces.append(sign)
        for mark, sign in ((STRONG, "**"), (EMPHASIS, "*")):
            if mark in word.marks and mark not in on:
                on.append(mark)
                pieces.append(sign)
        pieces.append(words_of((word,)))
    return "".join(pieces)


def _row(name: str, words: Inlines) -> list[str]:
    return _wrapped(f"{_INDENT}{name:<8} ", marked(tokens(words)))


def _signed(sign: str, words: str, colour: str) -> Iterator[str]:
    if words:
        yield from (click.style(line, fg=colour) for line in _wrapped(f"{_INDENT}{sign} ", words))


def _wrapped(head: str, words: str) -> list[str]:
    rest = " " * (len(head) if head.startswith(" ") and len(head) <= _DEEPEST else len(_INDENT))
    plain = characters.plain(" ".join(words.split()))
    lines = textwrap.wrap(
        plain, _WIDTH, initial_indent=head if head.startswith(" ") else f"  {head}", subsequent_indent=rest or _INDENT,
        break_on_hyphens=False,
    )  # fmt: skip  # reads better in lines
    return lines or [head.rstrip()]


# -- for programs ------------------------------------------------------------------------------------


def as_json(pulled: Sequence[Pulled], changed: Sequence[str], *, applied: bool) -> str:
    """Return all that is known as JSON: edited files in order, and the files that change."""
    data = {"applied": applied, "changed": list(changed), "files": [_plain(one) for one in pulled]}
    return json.dumps(data, ensure_ascii=False, indent=2)


def _plain(pulled: Pulled) -> dict[str, Any]:
    reading = pulled.reading
    return {
        "file": str(pulled.path),
        "lesson": reading.lesson if reading else "",
        "sheet": reading.sheet if reading else "",
        "edition": reading.edition if reading else "",
        "edits": [_plain_outcome(outcome, pulled.rivals.get(outcome.place, "")) for outcome in pulled.outcomes],
        "tracked": [
            {"kind": one.kind, "author": one.author, "date": one.date, "address": one.address, "words": one.words}
            for one in (reading.tracked if reading else ())
        ],
        "comments": [
            {"author": one.author, "date": one.date, "address": one.address, "words": one.words, "about": one.about}
            for one in (reading.comments if reading else ())
        ],
        "problems": json.loads(report.as_json(pulled.problems)),
    }


def _plain_outcome(outcome: Outcome, rival: str) -> dict[str, Any]:
    return {
        "state": outcome.state,
        "place": outcome.place,
        "file": outcome.file,
        "line": outcome.line,
        "reason": outcome.reason,
        "advice": outcome.advice,
        **({"rival": rival} if rival else {}),
        **({"today": marked(tokens(outcome.today))} if outcome.today else {}),
        **_plain_revision(outcome),
    }


def _plain_revision(outcome: Outcome) -> dict[str, Any]:
    match outcome.revision:
        case Reworded(address, before, after):
            return {"edit": "reworded", "address": address, "before": _said(before), "after": _said(after)}
        case Inserted(parent, after_item, passages):
            words = [{"role": passage.role, "words": _said(passage.words)} for passage in passages]
            return {"edit": "inserted", "address": parent, "behind": after_item, "passages": words}
        case Deleted(address, before_passages):
            words = [{"role": passage.role, "words": _said(passage.words)} for passage in before_passages]
            return {"edit": "deleted", "address": address, "passages": words}
        case Moved(address, parent, after_item):
            return {"edit": "moved", "address": address, "parent": parent, "behind": after_item}
        case Relined(address, count, wanted):
            return {"edit": "relined", "address": address, "before": count, "after": wanted}


def _said(words: Inlines) -> str:
    return marked(tokens(words))
