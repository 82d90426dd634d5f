"""A dated sentence shortened to what happened. Words are left out, and none is added or changed.

Only the first letter may become a capital, and a full stop may be added.
"""

from __future__ import annotations

import re

LONGEST = 140  # characters of an event that reads at a glance; a longer one is cut at its clauses

# Where a sentence may be parted: what stands before or behind one of these can stand alone.
_BREAK = re.compile(
    r"(?:;\s+|:\s+|\s+[—–]\s+|—|,\s+(?=(?:but(?! (?:\w+ly|later|never|not|also|then|still|soon) \w+)|while"
    r"|although|though|which|who|whom|whose|where|when|because|since|so|yet"
    r"|allowing|leading|making|forcing|giving|leaving|causing|prompting)\b)|,\s+(?=and (?:(?:the|its|his|her|their|they"
    r"|he|she|it|then)\b|[A-Z])))"
)
_LINK = re.compile(r"(?:and|but|so|yet|however,|nevertheless,|moreover,|thus,|also,|in response,|then)\s+", re.I)
_RELATIVE = re.compile(
    r"(?:which|who|whom|whose|where|when|while|although|though|because|since|as|with|after|before|[a-z]+ing)\b"
)
_DASH = re.compile(r"[—–]")
# What begins a phrase or clause that cannot stand alone.
_DEPENDENT = re.compile(
    r"(?:in|on|at|by|for|from|with|under|after|before|following|during|despite|since|when|while|although|though|because|if"
    r"|as|both|either|between|among|until|to|of|throughout|upon|once|whereas|\w+ed|\w+ing)",
    re.I,
)
# The words that lead to a date and go with it: those that say no more than that it was then.
_LEAD = re.compile(r"(?:^|(?<=[\s(,]))(?P<cut>(?:in|on|during|around|about)\s+(?:the\s+)?(?:year\s+)?)$", re.I)


def shortened(sentence: str, start: int, end: int, others: tuple[tuple[int, int], ...] = ()) -> str:
    """Return what `sentence` says happened at the date that stands from `start` to `end` in it.

    The clause that holds the date, without the date where it can go and the clause still begins well. `others` are
    the places of other dates in the sentence: where the clause holds one of them, it keeps all its dates.
    """
    first, last = _clause(sentence, start, end, others)
    clause = sentence[first:last]
    alone = not any(first <= a and b <= last for a, b in others)
    bare = _without_date(clause, start - first, end - first) if alone else clause
    told = _LINK.sub("", bare, count=1) if _LINK.match(bare) else bare.strip(" ,;:—–")
    return _as_sentence(told)


def _clause(sentence: str, start: int, end: int, others: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return the stretch of `sentence` that holds the date and can stand alone."""
    if len(sentence) <= LONGEST and not others:
        return 0, len(sentence)
    breaks = [found.span() for found in _BREAK.finditer(sentence) if not _is_aside(sentence, found)]
    last = next((a for a, _ in breaks if a >= end and _ends_well(sentence, end, a)), len(sentence))
    if any(end <= a < last for a, _ in others) and _closes(sentence, start, end):
        last = end
    first, least = 0, 20 if others else 40
    for _, b in reversed(breaks):
        rest = sentence[b:last]
        if b <= start and not _RELATIVE.match(rest) and _is_whole(rest) and last - b >= least:
            first = b
            break
    return first, last


def _is_aside(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a dash is one of two: what stands between them is an aside, and the clause goes on behind."""
    return bool(_DASH.search(found[0])) and len(_DASH.findall(sentence)) % 2 == 0


def _closes(sentence: str, start: int, end: int) -> bool:
    """Return whether a clause is whole where its date ends: "It left in 1878, and came home in 1879." has one."""
    before = sentence[:start]
    begins = re.match(r"\W*([\w’-]+)", before)
    return (
        bool(_LEAD.search(before) and re.match(r",? and\b|, ", sentence[end:]))
        and _is_whole(sentence[:end])
        and not (begins and _DEPENDENT.fullmatch(begins[1]))
    )


def _ends_well(sentence: str, end: int, at: int) -> bool:
    """Return whether a sentence that is cut at `at` is whole, and no list is cut at its last item."""
    lists = sentence.startswith(", and", at) and "," in sentence[end:at].lstrip(",")
    return _is_whole(sentence[:at]) and not lists and not _RELATIVE.match(sentence[:1].lower() + sentence[1:])


def _is_whole(words: str) -> bool:
    """Return whether `words` may be a clause: long enough, and every bracket and quotation closed."""
    pairs = (("(", ")"), ("“", "”"), ("[", "]"))
    return len(words.split()) >= 4 and all(words.count(a) == words.count(b) for a, b in pairs)


def _without_date(clause: str, start: int, end: int) -> str:
    """Return `clause` without its date where the sentence is as good without it, else `clause`."""
    lead = _LEAD.search(clause[:start])
    if not lead:
        return clause  # "the 1979 invasion", "since 1987": the sentence needs its date
    before, after = clause[: lead.start("cut")].rstrip(), clause[end:]
    if before and len(before.split()) < 2:
        return clause
    if not before:
        return after[1:].lstrip() if after.startswith(",") else clause
    if not re.match(r"$|[.;!?]|,? that\b|, (?!and\b|or\b)", after):
        return clause
    after = after.removeprefix(",") if re.match(r", that\b", after) or not after.strip(",.") else after
    joined = before.removesuffix(",") + after
    return joined if _is_whole(joined) else clause


def _as_sentence(words: str) -> str:
    ended = words if re.search(r"[.!?][”’\")]*$", words) else f"{words}."
    return ended[:1].upper() + ended[1:]
