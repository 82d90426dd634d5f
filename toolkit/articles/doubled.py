"""Index terms that were printed into a sentence, right behind the words they index.

An encyclopedia's index marks stand in its text where the term occurs. Where the marks are lost and the terms
are not, a sentence says its words twice: "known as the Khmer Rouge, Khmer Rouge prompted". The second one
goes. Four shapes are sure enough to remove: the same words; the same words with a capital or in the plural
("land mines Land mines"); a name turned round ("Norodom Sihanouk Sihanouk, Norodom"); and a long form behind a
shortened one ("U.N. Mission in X United Nations Mission in X"). What may be a repetition by the author stays
and is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W_](?:[\w’'.&/-]*[\w’'])?(?:(?<=\b[A-Z])\.|(?<=\.[A-Z])\.)?")
_GAP = re.compile(r"[,;.)”\"’]{0,3} ")  # what may stand between the words and their term
_NO_BEGINNING = frozenset(
    {
        "a", "an", "the", "i", "we", "you", "he", "she", "it", "they", "this", "that", "these", "those", "his", "her",
        "its", "our", "their"
    }
)  # fmt: skip
# What a sentence may begin with that is no name: behind a full stop, a term can be told only by what follows it.
_OPENING = re.compile(
    r" (?:A|After|All|Although|An|And|As|At|Before|Both|But|By|During|Each|For|From|He|Her|His|However|If|In|Instead|It"
    r"|Its|Many|Most|No|On|One|Only|Other|She|Since|Some|Soon|Such|That|The|Their|There|These|They|This|Those|Though"
    r"|To|Under|Until|When|While|With)\b"
)
_LONGEST = 12  # words of an index term
_STOP_WORDS = frozenset(
    {
        "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "de", "la",
        "le", "du", "des", "von", "van"
    }
)  # fmt: skip
# Cities with the name of their state or country, which an author may write twice.
_TWICE = frozenset({"new york", "quebec", "luxembourg", "guatemala", "panama", "singapore", "mexico", "djibouti"})


@dataclass(frozen=True, slots=True)
class Doubled:
    """A repetition: its characters in the text (with one space), the term, and whether it is sure."""

    start: int
    end: int
    term: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.text.casefold().rstrip(".").replace("’", "'").removesuffix("'s")

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper() or self.text[:1].isdigit()


def find(text: str, known: frozenset[str] = frozenset()) -> tuple[Doubled, ...]:
    """Return the index terms that stand doubled in `text`, in order.

    `known` are terms, in small letters, that the article's index has elsewhere: they are sure even as one word.
    """
    words = [_Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
    found: list[Doubled] = []
    at = 1
    while at < len(words):
        one = _at(text, words, at, known)
        if one:
            found.append(one[0])
            at += one[1]
        else:
            at += 1
    return tuple(found)


def _at(text: str, words: list[_Word], at: int, known: frozenset[str]) -> tuple[Doubled, int] | None:
    """Return the term that begins at word `at`, and how many words it has; the longest that fits."""
    if (
        not words[at].capital
        or words[at].key in _NO_BEGINNING
        or not _GAP.fullmatch(text, words[at - 1].end, words[at].start)
    ):
        return None
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        term = words[at : at + length]
        if not _unbroken(text, term):
            continue
        if _follows(text, words[:at][-_LONGEST - 4 :], term):
            if "." in text[words[at - 1].end : term[0].start] and not _OPENING.match(text, term[-1].end):
                return None  # "... the Khmer Rouge. Khmer Rouge troops left": a sentence, and the next
            sure = _is_sure(text, words[at - 1], term, words[at : at + length + 1], known)
            return _cut(text, term, sure=sure), length
    return None


def _unbroken(text: str, term: list[_Word]) -> bool:
    """Return whether nothing but spaces, commas and hyphens stands between the words of `term`."""
    return all(text[a.end : b.start] in {" ", ", "} for a, b in pairwise(term))


def _follows(text: str, before: list[_Word], term: list[_Word]) -> bool:
    return _same(before, term) or _turned(text, before, term) or _spelt_out(before, term)


def _same(before: list[_Word], term: list[_Word]) -> bool:
    behind = before[-len(term) :]
    return len(behind) == len(term) and all(_alike(a, b) for a, b in zip(behind, term, strict=True))


def _alike(a: _Word, b: _Word) -> bool:
    return a.key == b.key or _singular(a.key) == _singular(b.key)


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if len(word) > len(ending) + 2 and word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            return word.removesuffix(ending) + instead
    return word


def _turned(text: str, before: list[_Word], term: list[_Word]) -> bool:
    """Return whether `term` is "Family, Given" of the name "Given Family" that ends `before`."""
    keys = [word.key for word in term]
    behind = [word.key for word in before[-len(term) :]]
    family = next((n for n in range(1, len(term)) if text[term[n - 1].end : term[n].start] == ", "), 0)
    return bool(family) and keys[family:] + keys[:family] == behind


def _spelt_out(before: list[_Word], term: list[_Word]) -> bool:
    """Return whether `term` has the words that end `before` with their abbreviations written out, or stands for one."""
    for tail in range(len(term) - 2, -1, -1):
        if tail and not (len(before) > tail and _same(before, term[-tail:])):
            continue
        head, short = term[: len(term) - tail], before[: len(before) - tail][-1:]
        letters = re.sub(r"[.’']", "", short[0].text) if short else ""
        initials = "".join(w.text[0] for w in head if w.key not in _STOP_WORDS)
        every = "".join(w.text[0] for w in head)
        if len(letters) > 1 and letters.isupper() and letters in {initials.upper(), every.upper()}:
            return len(head) > 1
    return False


def _is_sure(text: str, last: _Word, term: list[_Word], on: list[_Word], known: frozenset[str]) -> bool:
    words = " ".join(word.text for word in term).casefold()
    between = text[last.end : term[0].start]
    if words in known:
        return True
    if len(term) == 1 and between == ") " and len(words) > 1 and term[0].text.isupper() and last.text == term[0].text:
        return True  # "(OAS) OAS"
    if words in _TWICE or (len(term) == 1 and last.capital):
        return False  # "Walla Walla", "New York, New York"
    if len(term) == 1:
        return not last.capital and between == " "
    # "X, X went on": the sentence goes on in small letters right behind a term that a comma parts from its words.
    after = text[term[-1].end :]
    return between == " " or "." in between or bool(re.match(r"(?:,? [a-z(]|[.;)]|$)", after)) or len(on) > len(term)


def _cut(text: str, term: list[_Word], *, sure: bool) -> Doubled:
    start, end = term[0].start, term[-1].end
    if text[end : end + 1] == " ":
        end += 1
    elif text[start - 1 : start] == " ":
        start -= 1
    return Doubled(start, end, " ".join(text[term[0].start : term[-1].end].split()), sure)


def headings(text: str, known: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield where headings of the form "Topic;subtopic" stand in `text`: start, end, and the heading.

    Only the `known` ones, the longest first: where a subtopic ends inside a sentence, nothing else can tell.
    """
    taken: list[tuple[int, int]] = []
    for heading in sorted(known, key=len, reverse=True):
        for found in re.finditer(rf"(?<!\w){re.escape(heading)}(?!\w)", text):
            if not any(a < found.end() and found.start() < b for a, b in taken):
                taken.append(found.span())
                yield found.start(), found.end(), heading
