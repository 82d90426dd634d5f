"""One letter for each word of a text, so that phrases can be described as patterns of letters."""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from toolkit.chronology.prose.english import CLASSES, DECADE_WORDS, MONTHS, ORDINALS, PLAIN_MONTHS, SEASONS
from toolkit.chronology.prose.numbers import FIGURES, Numbers
from toolkit.chronology.prose.tokens import Token

DULL: Final = "_"
"""The class of a word that no date holds."""

_LAST_CENTURY: Final = 21
_LAST_DAY: Final = 31

_BY_WORD: Final = MappingProxyType(
    {word: letter for letter, words in CLASSES.items() for word in words}
    | dict.fromkeys(ORDINALS, "O")
    | dict.fromkeys(DECADE_WORDS, "d")
)


def classify(tokens: Sequence[Token]) -> str:
    """Return a text with one letter for each token; what the letters stand for is told beside `grammar`'s patterns."""
    numbers = Numbers(tokens)
    return "".join(_class_of(tokens, numbers, at) for at in range(len(tokens)))


def _class_of(tokens: Sequence[Token], numbers: Numbers, at: int) -> str:
    text = tokens[at].text
    if text[0] in FIGURES:
        return _number(tokens, numbers, at)
    if text[0] in "’'‘" and text[1:2] in FIGURES and len(text) > 1:
        return "d" if text.endswith("s") and text[2] == "0" else DULL if text.endswith("s") else "y"
    word = text.casefold()
    plain = word[:-1] if word.endswith(".") and len(word) > 1 else word
    if plain in MONTHS:
        return _month(text, plain)
    if word in SEASONS:
        return "S"
    if plain == "c" and text[0] == "C":
        return DULL  # an initial: "Smith, Fred C. 2014"
    return _BY_WORD.get(plain) or DULL


def _month(text: str, word: str) -> str:
    """Return M for what can only be a month, A for what may be a name or a verb, and DULL for "march" and "may"."""
    if word in PLAIN_MONTHS:
        return "M"
    if not text[0].isupper():
        return DULL
    return "M" if text.endswith(".") and word != "mar" else "A"


def _number(tokens: Sequence[Token], numbers: Numbers, at: int) -> str:
    text = tokens[at].text
    if numbers.may_be_year(at):
        return "Y"
    if text.isdigit():
        return _plain_number(text, numbers, at)
    if text[-1].isalpha() and text[4:5] != "-":
        return _with_ending(tokens, numbers, at)
    if "/" in text or "." in text or "-" in text:
        return _written_in_figures(text)
    return "k" if "," in text and not numbers.is_other(at) else "K"


def _with_ending(tokens: Sequence[Token], numbers: Numbers, at: int) -> str:
    """Return the class of "1970s", "19c" and "26th"."""
    text = tokens[at].text
    if text[-1] == "s":
        return _decade(tokens, numbers, at)
    if text[-1] == "c":
        return "8" if 1 <= int(text[:-1]) <= _LAST_CENTURY else DULL
    return "O" if 1 <= int(re.sub(r"\D", "", text)) <= _LAST_DAY else DULL


def _plain_number(text: str, numbers: Numbers, at: int) -> str:
    if not text.isascii() or len(text) > 5 or (len(text) > 2 and numbers.is_other(at)):
        return "K"
    if len(text) > 2:
        return "k"
    return "N" if 1 <= int(text) <= 31 else "n"


def _decade(tokens: Sequence[Token], numbers: Numbers, at: int) -> str:
    """Return D for "1970s" and, after an article or "late", for "1970’s"; Y for "1979’s", which is a year's."""
    digits = tokens[at].text.rstrip("s’'")
    apostrophe = len(tokens[at].text) > len(digits) + 1
    if len(digits) == 2 and digits[1] == "0" and not apostrophe:
        joined = at > 0 and tokens[at - 1].text in "-–—/" and tokens[at - 2].text.endswith("s")
        return "d" if joined or (at > 0 and tokens[at - 1].text.casefold() == "the") else DULL
    if len(digits) != 4 or digits[0] not in "12" or numbers.is_other(at):
        return DULL
    before = {token.text.casefold() for token in tokens[max(0, at - 2) : at]}
    led = bool(before & {"the", "early", "late", "mid", "middle", "of", "to", "and", "c.", "ca.", "circa"} or at == 0)
    if digits[3] == "0" and (led or not apostrophe):
        return "D"
    return "Y" if apostrophe else DULL


def _written_in_figures(text: str) -> str:
    if text[4:5] == "-":
        return "I"
    parts = text.replace(".", "/").replace("-", "/").split("/")
    return "F" if len(parts[-1]) == 4 and len(parts) in (2, 3) and all(len(part) <= 2 for part in parts[:-1]) else "K"
