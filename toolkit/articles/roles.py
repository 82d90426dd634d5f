"""Who somebody is and what a shortened name stands for, taken from the words beside the name in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.articles.manuscript import Name

# Nouns that say what somebody does or is, in the prose of history.
_OFFICES = (
    "admiral|adviser|advisor|ambassador|archbishop|architect|archduke|author|bishop|cardinal|chairman|chairwoman"
    "|chancellor|chief|chief of staff|clergyman|commander|commissioner|conductor|congressman|congresswoman|consul"
    "|count|delegate|dictator|diplomat|director|duke|economist|emperor|empress|engineer|envoy|explorer|founder"
    "|general|governor|head of government|head of state|historian|inventor|journalist|judge|justice|king|lawyer"
    "|leader|marshal|mayor|merchant|minister|missionary|negotiator|officer|philosopher|physicist|poet|politician"
    "|pope|preacher|prelate|premier|president|prime minister|prince|princess|professor|queen|regent"
    "|representative|ruler|scientist|secretary|secretary-general|secretary of state|senator|shah|sheikh|spokesman"
    "|statesman|strategist|sultan|treasurer|tsar|vice president|viceroy|writer"
)
_MODIFIERS = (
    r"(?:(?:former|then|the|party|prime|foreign|deputy|vice|acting|general|opposition"
    r"|[A-Z][\w’-]+|[a-z]+-[\w-]+|[a-z]+an|[a-z]+ese) ){0,4}"
)
_TITLES = (
    r"(?:(?:Prince|Princess|King|Queen|General|Marshal|President|Dr\.|Sir|Lord|Lady|Admiral|Colonel|Pope|Emperor) )?"
)
_ACRONYM = re.compile(r"(?P<long>[^()]{4,200}) \((?P<short>[A-Z][A-Za-z.&-]{0,9}[A-Z])\)")


def role(name: Name, paragraphs: tuple[str, ...]) -> str:
    """Return what an apposition in `paragraphs` says that `name` is, "" where none does."""
    who = re.escape(name.display)
    before = re.compile(rf"(?P<role>{_MODIFIERS}(?:{_OFFICES})(?: of [A-Z]\w+(?: [A-Z]\w+)?)?),? {_TITLES}{who}\b")
    after = re.compile(
        rf"\b{who}(?: \([^)]*\))?, (?:the |an? |then )?(?P<role>{_MODIFIERS}(?:{_OFFICES})\b[^,.;()]{{0,60}})[,.;]"
    )
    for paragraph in paragraphs:
        found = before.search(paragraph) or after.search(paragraph)
        if found:
            return re.sub(r"^(?:the|a|an|then) ", "", found["role"]).strip()
    return ""


def introduction(name: Name, paragraphs: tuple[str, ...]) -> str:
    """Return the sentence that names somebody first, "" where none does. A family name is enough."""
    family = name.sort.split(",")[0]
    for wanted in dict.fromkeys((name.display, family)):
        for paragraph in paragraphs:
            for sentence in sentences(paragraph):
                if re.search(rf"\b{re.escape(wanted)}\b", sentence):
                    return sentence
    return ""


def acronyms(paragraphs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (short form, long form) where a paragraph gives one behind the other in brackets, each once."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        for found in _ACRONYM.finditer(paragraph):
            long = _expansion(found["long"], found["short"])
            if long and found["short"] not in seen:
                seen.add(found["short"])
                yield found["short"], long


def _expansion(before: str, short: str) -> str:
    """Return the end of `before` that `short` stands for, "" for none.

    The method of Schwartz and Hearst (2003): from the end, each letter of the short form is found in the long
    one, the first of them at the beginning of a word; at most twice as many words as letters, or five more.
    """
    words = before.split()[-min(len(short) + 5, 2 * len(short)) :]
    text = " ".join(words)
    at = len(text)
    for n, letter in reversed(list(enumerate(short))):
        at -= 1
        while at >= 0 and (text[at].casefold() != letter.casefold() or (n == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return ""
    long = text[at:]
    return long if len(long.split()) > 1 and long[0].isupper() and short not in long else ""


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph. A stop behind an initial or a known abbreviation ends none."""
    marks = re.finditer(
        r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Jr|Sr|vs|ca|Lt))(?<!\b(?:Mrs|Gen|Col|Sen|Gov|Rev|Hon))[.!?][”’\")\]]*\s+(?=[A-Z“‘\"(\[\d])",
        paragraph,
    )
    ends = [mark.end() for mark in marks]
    return [paragraph[a:b].strip() for a, b in zip([0, *ends], [*ends, len(paragraph)], strict=True)]
