"""The room for an answer: `lines: n` written, changed or added."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.model.revision import Relined
from toolkit.model.space import MOST_LINES
from toolkit.source import tree
from toolkit.source.positions import Location
from toolkit.source.revise_lists import added
from toolkit.source.revise_scalars import at, composed, with_value
from toolkit.source.revise_words import State

_LINED = frozenset({"open", "documents", "exit"})


def relined(  # noqa: PLR0911  # a way out for each reason
    texts: Mapping[str, str], found: tuple[str, Location], revision: Relined, printed: int | None
) -> tuple[State, str, str | None]:
    """Return what became of `revision` of the question at `found`, why, and the file's text with it, if that changed.

    `printed` is how many lines today's sheet has, None where that is not known.
    """
    file, location = found
    root = composed(texts[file], file).root
    question = at(root, location) if root else None
    if not isinstance(question, tree.Mapping):
        return "reported", "no question is found there", None
    if not any(question.entry(kind) for kind in _LINED) or question.entry("box") or question.entry("grid"):
        return "reported", "the answer has room of another kind", None
    if not 0 <= revision.after <= MOST_LINES:
        return "reported", f"a question has at most {MOST_LINES} lines", None
    if printed == revision.after:
        return "already", "", None
    entry = question.entry("lines")
    wanted = str(revision.after)
    if entry is None:
        if printed is not None and printed != revision.before:
            return "conflict", f"today it has {printed} lines", None
        text = added(texts[file], file, location, "lines", wanted)
        return ("applied", "", text) if text else ("reported", "the file cannot be changed there", None)
    value = entry.value.text.strip() if isinstance(entry.value, tree.Scalar) else ""
    if value == wanted:
        return "already", "", None
    if value not in (str(revision.before), "none") or (value == "none" and revision.before):
        return "conflict", f"the lesson says `lines: {value}`", None
    text = with_value(texts[file], file, (*location, "lines"), wanted)
    return ("applied", "", text) if text else ("reported", "the file cannot be changed there", None)
