"""Revisions carried into the author's files: what a lesson's YAML and article are with somebody's edits in them.

Each revision is merged with what the files say today, as printed words are compared: what both sides changed in
different ways is a conflict and is not written. A file keeps every byte that no revision means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.model import text as t
from toolkit.model.diagnostics import Span
from toolkit.model.revision import Deleted, Inserted, Moved, Passage, Relined, Revision, Reworded
from toolkit.model.tokens import shared, tokens, words_of
from toolkit.questions import KINDS
from toolkit.source import revise_places
from toolkit.source.lesson import Loaded
from toolkit.source.revise_alignment import Alignment
from toolkit.source.revise_naming import movement, name_of
from toolkit.source.revise_order import Lists
from toolkit.source.revise_room import relined
from toolkit.source.revise_scalars import Key
from toolkit.source.revise_wording import reworded
from toolkit.source.revise_words import State

_HALF = 0.5

Check = Callable[[Mapping[str, str]], str]
"""What tells why texts of the lesson's files are no lesson, "" where they are one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that somebody edited: as it was made, as it is, and as it would be made of today's lesson.

    `today` is empty where that is not known.
    """

    before: tuple[Passage, ...]
    now: tuple[Passage, ...]
    today: tuple[Passage, ...]
    revisions: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a revision. `place` says where in words; `advice` is for who takes it over.

    `moved` says in words where an item went.
    """

    revision: Revision
    state: State
    place: str
    file: str = ""
    line: int = 0
    reason: str = ""
    today: t.Inlines = ()
    advice: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Revised:
    """The texts that are not as they were, by the file they are of, and what became of each revision."""

    texts: Mapping[str, str]
    outcomes: tuple[Outcome, ...]


def revise(loaded: Loaded, sheet: Sheet, check: Check) -> Revised:
    """Return the files of the lesson with the revisions of `sheet` in them.

    Where `check` finds fault with the lesson that they make, the revisions that are to blame are left out.
    """
    revised = _revise(loaded, sheet, sheet.revisions)
    if not revised.texts or not check(revised.texts):
        return revised
    refused: dict[Revision, str] = {}
    kept: list[Revision] = []
    for outcome in revised.outcomes:
        if outcome.state != "applied":
            kept.append(outcome.revision)
            continue
        tried = _revise(loaded, sheet, (*kept, outcome.revision))
        fault = check(tried.texts) if tried.texts else ""
        if fault:
            refused[outcome.revision] = fault
        else:
            kept.append(outcome.revision)
    left = _revise(loaded, sheet, tuple(kept))
    told = {outcome.revision: outcome for outcome in left.outcomes}
    outcomes = [
        told[o.revision] if o.revision in told else replace(o, state="reported", reason=refused[o.revision])
        for o in revised.outcomes
    ]
    return Revised(left.texts, tuple(outcomes))


def _revise(loaded: Loaded, sheet: Sheet, revisions: Sequence[Revision]) -> Revised:
    draft = _Draft(loaded, sheet)
    return draft.revise(revisions)


class _Draft:
    """The files of a lesson while revisions are put into them, wordings first: they move nothing."""

    def __init__(self, loaded: Loaded, sheet: Sheet) -> None:
        self.loaded = loaded
        self.places = revise_places.Places(loaded)
        self.texts = dict(self.places.texts)
        self.today = {passage.address: passage for passage in sheet.today}
        self.before = sheet.before
        self.alignment = Alignment(sheet.before, sheet.now, sheet.today)
        self.outcomes: dict[Revision, Outcome] = {}

    def revise(self, revisions: Sequence[Revision]) -> Revised:
        for wording in sorted((r for r in revisions if isinstance(r, Reworded)), key=self._renames):
            self.outcomes[wording] = self._reword(wording)
        for room in (r for r in revisions if isinstance(r, Relined)):
            self.outcomes[room] = self._reline(room)
        rest = [r for r in revisions if isinstance(r, Inserted | Deleted | Moved)]
        lists = Lists(self.places, self.texts, self.alignment, self.today)
        for revision, state, reason in lists.carry(rest):
            self.outcomes[revision] = self._outcome(revision, state, reason)
        texts = {name: text for name, text in self.texts.items() if text != self.places.texts[name]}
        return Revised(texts, tuple(self.outcomes[revision] for revision in revisions))

    def _renames(self, revision: Reworded) -> bool:
        """Return whether a key is changed: that moves what is under it, so it comes last."""
        place = self.places.find(self.alignment.find(revision.address) or "")
        return isinstance(place, revise_places.Scalar) and isinstance(place.location[-1], Key)

    def _reword(self, revision: Reworded) -> Outcome:
        here = self.alignment.find(revision.address)
        if here is None:
            return self._outcome(revision, "conflict", "it is not in the lesson any more")
        printed = self.today.get(here)
        done = reworded(self.texts, self.places.find(here), revision, printed.words if printed else None)
        self.texts.update(done.texts)
        outcome = self._outcome(revision, done.state, done.reason)
        if done.state == "conflict" and printed:
            outcome = replace(outcome, today=printed.words)
        if done.state == "applied" and self._is_prompt(here) and _rewritten(revision):
            outcome = replace(outcome, advice="more than half of it is new: check the answer key")
        return outcome

    def _is_prompt(self, place: str) -> bool:
        return place.rpartition("/")[2] in KINDS

    def _reline(self, revision: Relined) -> Outcome:
        here = self.alignment.find(revision.address)
        found = self.places.location(here) if here else None
        if found is None:
            return self._outcome(revision, "conflict", "it is not in the lesson any more")
        printed = self.today.get(here or "")
        state, reason, text = relined(self.texts, found, revision, printed.lines if printed else None)
        if text is not None:
            self.texts[found[0]] = text
        return self._outcome(revision, state, reason)

    def _outcome(self, revision: Revision, state: State, reason: str) -> Outcome:
        place = revision.parent if isinstance(revision, Inserted) else revision.address
        here = self.alignment.find(place) or place
        span = self.loaded.positions.spans.get(here) or self._around(here)
        words = name_of(self.loaded.lesson, here, inserted=isinstance(revision, Inserted))
        moved = self._movement(revision, here) if isinstance(revision, Moved) else ""
        return Outcome(revision, state, words, span.file if span else "", span.line if span else 0, reason, moved=moved)

    def _movement(self, revision: Moved, here: str) -> str:
        """Return where an item went, in words: what it stands behind by its number of today and how it begins."""
        into = self.alignment.find(revision.parent) or revision.parent
        behind = self.alignment.find(revision.after) or revision.after
        prompts = (p for p in self.before if p.role == "question" and p.address.startswith(f"{revision.after}/"))
        prompt = next(prompts, None) if behind else None
        return movement(self.loaded.lesson, here, into, behind, words_of(tokens(prompt.words)) if prompt else "")

    def _around(self, place: str) -> Span | None:
        while place:
            place = place.rpartition("/")[0]
            if place in self.loaded.positions.spans:
                return self.loaded.positions.spans[place]
        return None


def _rewritten(revision: Reworded) -> bool:
    return shared(tokens(revision.before), tokens(revision.after)) < _HALF
