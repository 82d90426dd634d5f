"""What the heading of a section says it holds: objectives, questions, terms, references, or the reading."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from toolkit.articles.purposes_abroad import NAMES_ABROAD

_ASKED = (
    r"end.of.(?:chapter|unit|lesson|section)|chapter|unit|lesson|section|review|discussion|comprehension"
    r"|critical[- ]thinking|study|reading|focus|guiding|guided|essential|further|short[- ]answer|multiple[- ]choice"
    r"|practice|self[- ]check|test|quiz|homework|essay|open[- ]ended|thought|content|analysis|document[- ]based|big"
    r"|pre[- ]reading|post[- ]reading|before[- ]reading|after[- ]reading|follow[- ]up|think(?:ing)?|sample|key|exam"
)
_BEHIND = r"discussion|reviews?|(?:further )?study|thought|reflection|further discussion|writing|class|students"

_NAMES: Final = MappingProxyType(
    {
        "objectives": r"(?:(?:student )?learning |lesson |chapter |unit )?(?:objectives?|goals|outcomes|targets)"
        r"|what (?:you|students) will learn",
        "questions": rf"(?:(?:{_ASKED})(?: and |, | & | ))*questions?(?: (?:for|to) (?:{_BEHIND}|consider|think about)"
        rf"(?: and (?:{_BEHIND}))?)?|(?:review |practice )?(?:exercises|problems)"
        r"|for (?:discussion|review)|discussion|quiz"
        r"|check (?:your|for) (?:understanding|knowledge|comprehension)|questions? and (?:activities|answers)"
        r"|self[- ](?:test|check|assessment)|multiple[- ]choice|short[- ]answers?|true(?: or |[/-])false|essays"
        r"|test yourself|review|think about it|(?:chapter|section|unit|lesson) review|discuss(?: it)?"
        r"|for further thought"
        r"|comprehension check|what do you think\??|reflect(?:ion)?(?: and discuss)?",
        "answers": r"(?:suggested |sample |correct )?answers?(?: key| sheet| guide)?(?: (?:to|for) .*)?"
        r"|solutions?(?: to .*)?"
        r"|key to .*",
        "terms": r"(?:key|important|new|essential) (?:terms?|words?|vocabulary|concepts?)"
        r"(?: and (?:concepts|definitions|people))?"
        r"|(?:glossary|vocabulary)(?: (?:words|list|terms))?|terms(?: to know)?|definitions|words to know"
        r"|(?:terms|words|key terms) and (?:definitions|names)|glossary of (?:key )?terms",
        "references": r"(?:for |suggestions for |suggested |recommended )?"
        r"(?:further|additional|suggested|recommended) readings?"
        r"|references?(?: and further reading)?|(?:selected |select |annotated |selective )?bibliography"
        r"|works (?:cited|consulted)|sources(?: (?:for further study|cited|and further reading))?|resources"
        r"|(?:primary|secondary) sources|further reading and resources"
        r"|(?:additional|further|online|web|internet) resources|literature(?: cited)?|external links|web ?sites",
        "related": r"see also|related (?:articles?|entries|topics|lessons)|cross[- ]references",
    }
)


def purpose(heading: str) -> str:
    """Return what a section with this heading holds: a key of the table of names, "" for the reading itself."""
    if len(heading) > 120:
        return ""
    words = re.sub(r"[*_`]|^(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.)]\s+|^\d+(?:\.\d+)*\s+", "", heading).strip()
    words = words.rstrip(":.").replace("’", "'").casefold()
    # English first: "sources" and "questions" are words of two languages, of one purpose.
    both = (*_NAMES.items(), *NAMES_ABROAD.items())
    return next((name for name, words_of in both if re.fullmatch(words_of, words)), "")
