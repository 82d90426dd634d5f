"""What a new item of a list is, told from what it looks like on the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.chronology.find import find
from toolkit.model import marking
from toolkit.model import text as t
from toolkit.model.dates import DateError, parse_edtf
from toolkit.model.revision import Passage
from toolkit.model.tokens import STRONG, Token, settled, tokens, words_of
from toolkit.source.revise_lists import New

_PART = re.compile(r"\(([^()]+)\)\s*")
_OF_TEXTS = frozenset({"options", "spare", "items", "labels", "objectives", "answers", "related", "columns"})
_OPTIONS = frozenset({"option", "item"})


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing is made of the words."""

    reason: str


def guessed(parent: str, passages: Sequence[Passage]) -> New | Refused:  # noqa: PLR0911  # a way out for each list
    """Return the new item of the list at `parent` that `passages` print, or why there is none."""
    name = parent.rpartition("/")[2]
    texts = [marking.markdown(passage.words) for passage in passages]
    if not all(texts) or not texts:
        return Refused("Markdown has no way to write it" if texts else "it has no words")
    if name in {"questions", "parts"}:
        return _question(passages)
    if name == "rows":
        return New([text or "" for text in texts])
    if name in _OF_TEXTS:
        return New("\n\n".join(filter(None, texts)))
    if name == "chronology":
        return _event(passages)
    if name == "vocabulary":
        return _term(passages)
    return Refused(f"nobody can tell what goes into `{name}`; write it into the lesson")


def _question(passages: Sequence[Passage]) -> New:
    """Return a question: of options to choose from, or with as many lines as there are under it."""
    first, *rest = passages
    options = [marking.markdown(passage.words) or "" for passage in rest if passage.role in _OPTIONS]
    more = [marking.markdown(passage.words) or "" for passage in rest if passage.role not in _OPTIONS]
    prompt = "\n\n".join([marking.markdown(first.words) or "", *more])
    if len(options) > 1:
        return New({"choose": prompt, "options": options})
    lines = next((passage.lines for passage in passages if passage.lines), None)
    return New({"open": prompt, "lines": str(lines)} if lines else {"open": prompt})


def _event(passages: Sequence[Passage]) -> New | Refused:
    dates = [passage for passage in passages if passage.role == "date"]
    events = [passage for passage in passages if passage.role != "date"]
    if len(dates) != 1 or len(events) != 1:
        return Refused("an event has a date and says what happened")
    written = words_of(tokens(dates[0].words))
    found = date_of(written)
    if found is None:
        return Refused("its date is not understood; write the event into the lesson, such as `date: 1989-09`")
    return New({**found, "event": marking.markdown(events[0].words) or ""})


def date_of(words: str) -> dict[str, str] | None:
    """Return a printed date as an event has it, None where it is not understood: dates in English are."""
    try:
        parse_edtf(words.strip())
    except DateError:
        found = find(words)
        if len(found) != 1 or found[0].inferred or found[0].text != words.strip():
            return None
        return {"date": found[0].edtf, **({"within": found[0].within} if found[0].within else {})}
    return {"date": words.strip()}


def _term(passages: Sequence[Passage]) -> New | Refused:
    """Return a term: bold words, or those before a colon or a dash, then its part of speech in brackets, if any."""
    words = tokens(tuple(node for passage in passages for node in (*passage.words, t.Text(" "))))
    count = next((n for n, token in enumerate(words) if STRONG not in token.marks and not token.blank), len(words))
    if not count:
        count = next((n for n, token in enumerate(words) if token.text in ":—–"), 0)
    term, rest = words_of(words[:count]).strip(" :—–"), _behind(words[count:])
    meaning = marking.of_tokens(rest)
    if not term or not meaning:
        return Refused("a term is bold, and what it means follows it")
    part = _PART.match(meaning)
    if part and meaning[part.end() :]:
        return New({"part": part[1], "means": meaning[part.end() :]}, term)
    return New(meaning, term)


def _behind(words: Sequence[Token]) -> tuple[Token, ...]:
    found = list(words)
    while found and (found[0].blank or found[0].text in ":—–"):
        found.pop(0)
    return settled(found)
