"""Titles in sentence case, proper nouns kept: what APA prints where other styles print the title as it stands.

Rules: Publication Manual of the APA (7th ed.), 6.17: the first word, the first word behind a colon, a dash or an end
mark, and proper nouns have capitals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final

_WORD = re.compile(r"\w+(?:[’'.]\w+)*")
# Words that a text begins sentences with, and that a heading or a name may hold: alone they are never names.
_SMALL: Final = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "not", "of", "off", "on",
    "onto", "or", "out", "over", "per", "so", "than", "that", "the", "their", "then", "there", "these", "this",
    "those", "to", "under", "until", "up", "upon", "when", "where", "while", "with", "without", "yet", "who",
    "whom", "whose", "which", "what", "why", "how", "his", "her", "its", "our", "your", "my", "it", "he", "she",
    "we", "they", "you", "are", "is", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does",
    "did", "after", "before", "between", "during", "since", "through", "toward", "against", "about", "above",
    "across", "along", "among", "around", "behind", "below", "beneath", "beside", "beyond", "despite", "down",
    "inside", "like", "near", "outside", "past", "throughout", "towards", "underneath", "via", "within", "new",
    "old", "other", "more", "most", "all", "both", "each", "every", "few", "many", "some", "such", "only", "own",
    "same", "no", "one", "two", "three", "four", "five", "first", "second", "third", "last", "war", "history",
    "life", "power", "rise", "fall", "land", "people", "world", "state", "states", "government", "north", "south",
    "east", "west", "northern", "southern", "eastern", "western", "central", "press", "university",
})  # fmt: skip  # a set reads better in lines
_CALENDAR: Final = frozenset({
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
})  # fmt: skip  # a set reads better in lines
# Peoples whose names are not those of their languages.
_PEOPLES: Final = frozenset({
    "American", "British", "Canadian", "Mexican", "Australian", "Cuban", "Brazilian", "Indian", "Pakistani",
    "Israeli", "Egyptian", "Iraqi", "Iranian", "Syrian", "African", "Asian", "European", "Soviet", "Nazi",
    "Jewish", "Christian", "Muslim", "Islamic", "Buddhist", "Hindu", "Catholic", "Protestant", "Cambodian",
    "Laotian", "Austrian", "Belgian", "Swiss", "Argentine", "Chilean", "Colombian", "Peruvian", "Nigerian",
    "Kenyan", "Ethiopian", "Algerian", "Moroccan", "Tunisian", "Libyan", "Afghan", "Taiwanese", "Roman",
    "Victorian", "Africa", "Asia", "Europe", "America", "Americas", "Indochina", "Pacific", "Atlantic",
    "Mediterranean", "Communist", "Confederate", "Ottoman", "Byzantine", "Aztec", "Inca", "Maya", "Cherokee",
    "Navajo", "Sioux", "Texas", "California",
})  # fmt: skip  # a set reads better in lines


_NO_CITIES: Final = frozenset({"Wake", "Center", "Easter", "Knox", "Vincent", "Vevay"})  # words, or hardly known


def sentence_case(title: str, names: Collection[str] = frozenset()) -> str:
    """Return `title` in sentence case. Kept are `names` (words or phrases), acronyms, and names of countries.

    A title with few capitals is in sentence case already, and is returned as it is.
    """
    words = list(_WORD.finditer(title))
    if not _has_capitals(words):
        return title
    kept = _kept(title, words, {*names, *_known_names()})
    pieces, at = [], 0
    for number, found in enumerate(words):
        pieces.append(title[at : found.start()])
        begins = number == 0 or _begins(words[number - 1][0], title[words[number - 1].end() : found.start()])
        word = found[0]
        pieces.append(word if begins or number in kept or _is_name(word) else word[0].lower() + word[1:])
        at = found.end()
    return "".join(pieces) + title[at:]


def _has_capitals(words: list[re.Match[str]]) -> bool:
    """Return whether most of the long words of a title have capitals."""
    long = [found[0] for found in words if len(found[0]) > 3 and found[0][0].isalpha()]
    return sum(word[0].isupper() for word in long) * 2 > len(long)


def _begins(before: str, between: str) -> bool:
    """Return whether a word begins a sentence, by the word before it and what stands between them."""
    abbreviated = "." in before or len(before) == 1
    return bool(re.search(r"[:?!—–]\s|—" if abbreviated else r"[.:?!—–]\s|—", between))


def _is_name(word: str) -> bool:
    """Return whether a word shows by itself that it is a name: an acronym, McNally, U.S., a Roman number."""
    plain = re.sub(r"[’']s$", "", word)
    inner = any(char.isupper() for char in plain[1:])
    return inner or plain == "I" or any(char.isdigit() for char in plain)


def _kept(title: str, words: list[re.Match[str]], names: set[str]) -> set[int]:
    """Return the numbers of the words that are in a name, the longest phrase first."""
    kept: set[int] = set()
    by_first: dict[str, list[list[str]]] = {}
    for name in names:
        parts = _WORD.findall(name)
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    plain = [re.sub(r"[’']s?$", "", found[0]) for found in words]
    for number, word in enumerate(plain):
        for parts in by_first.get(word, ()):
            if plain[number : number + len(parts)] == parts:
                kept.update(n for n in range(number, number + len(parts)) if not plain[n].islower())
    return kept


@cache
def _known_names() -> frozenset[str]:
    """Return the English names of countries, languages, months, large cities and some peoples."""
    from babel import Locale  # its tables are large, and wanted only here

    english = Locale("en")
    territories = {str(name) for code, name in english.territories.items() if len(code) == 2}
    languages = {str(name) for name in english.languages.values() if " " not in str(name)}
    zones = {zone.rpartition("/")[2].replace("_", " ") for zone in map(str, english.time_zones) if "/" in zone}
    cities = {str(zone["city"]) for zone in english.time_zones.values() if "city" in zone} | zones
    return frozenset(territories | languages | (cities - _NO_CITIES) | _CALENDAR | _PEOPLES)


def names_in(text: str) -> frozenset[str]:
    """Return the words of running text that are names: with a capital inside of sentences, and never without one.

    Names of several words are told as such, and each of their words that is no common one.
    """
    small = {found[0] for found in _WORD.finditer(text) if found[0].islower()}
    found: set[str] = set()
    for phrase in _phrases(text):
        words = [word for word in phrase if word.lower() not in small and word.lower() not in _SMALL]
        found.update(words)
        if len(phrase) > 1:
            found.add(" ".join(phrase))
    return frozenset(found)


def _phrases(text: str) -> Iterable[list[str]]:
    """Yield the runs of words with capitals that do not begin a sentence."""
    for sentence in re.split(r"(?<=[.?!:;])[\s”\"’)]+|\n+|[“\"(]", text):
        words = list(_WORD.finditer(sentence))
        run: list[str] = []
        for number, found in enumerate(words):
            word = re.sub(r"[’']s?$", "", found[0])
            joined = not run or sentence[words[number - 1].end() : found.start()] == " "
            if number and word[:1].isupper() and joined:
                run.append(word)
                continue
            if run:
                yield run
            run = [word] if number and word[:1].isupper() else []
        if run:
            yield run
