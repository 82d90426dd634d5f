"""Index terms taken out of the prose of an entry: glued to its end, printed into its sentences, or doubled there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from toolkit.articles import doubled
from toolkit.articles.manuscript import Doubt
from toolkit.articles.passage import Account, Passage
from toolkit.articles.shapes import GLUED

_AGAIN = re.compile(r"\b(?P<word>[a-z][\w’-]{4,}) (?P=word)\b")


@dataclass
class Cleaning:
    """Prose on its way out of its index terms. `term` enters one: its words, and the block that it stood in.

    `known` are the headings that stand elsewhere in the entry, "Topic;subtopic".
    """

    account: Account
    known: tuple[str, ...]
    term: Callable[[str, int], None]
    doubts: list[Doubt] = field(default_factory=list)

    def cleaned(self, passage: Passage, at: int) -> str:
        """Return the text of `passage` without index terms, which are entered with the block `at`, -1 for none."""
        text = passage.text
        cuts = list(self._glued(passage, at))
        body = text[: cuts[0][0]] if cuts else text
        with_subtopic = tuple(heading for heading in self.known if ";" in heading)
        for start, end, heading in doubled.headings(body, with_subtopic):
            self.term(heading, at)
            cuts.append((start, min(end + 1, len(body)), "an index heading inside a sentence"))
        for one in doubled.find(body, frozenset(words.casefold() for words in self.known)):
            if any(start < one.end and one.start < end for start, end, _ in cuts):
                continue
            if one.sure:
                self.term(one.term, at)
                cuts.append((one.start, one.end, f"the index term “{one.term}”, doubled in its sentence"))
            else:
                self._doubt(passage, one.start, one.term, "stands twice: an index term, or meant?")
        for again in _AGAIN.finditer(body):
            self._doubt(passage, again.start(), again["word"], "stands twice: an index term, or a slip?")
        for odd in re.finditer(r"\w+;\w+", body):
            if not any(start <= odd.start() < end for start, end, _ in cuts):
                self._doubt(passage, odd.start(), odd[0], "an index heading inside the text?")
        self.account.passage(passage, "summary" if at < 0 else f"block {at + 1}", cuts)
        for start, end, _ in sorted(cuts, reverse=True):
            text = text[:start] + text[end:]
        return text.rstrip()

    def _glued(self, passage: Passage, at: int) -> Iterator[tuple[int, int, str]]:
        """Yield what stands behind the last sentence of a paragraph, as one stretch to cut, if anything."""
        text = passage.text
        found = GLUED.search(text)
        if not found:
            return
        words = found["terms"].strip()
        inside = words.casefold() in text[: found.start()].casefold()
        if ";" not in words and words not in self.known and not inside:
            if len(words.split()) <= 4:
                self._doubt(passage, found.start("terms"), words, "an index term behind the paragraph?")
            return
        for term in _separate(words, self.known):
            self.term(term, at)
        yield found.start("terms") - 1, len(text), "index headings behind the paragraph"

    def _doubt(self, passage: Passage, at: int, words: str, question: str) -> None:
        self.doubts.append(Doubt(passage.line(at), words, question))


def _separate(words: str, known: tuple[str, ...]) -> list[str]:
    """Return the headings in `words`, of which several may stand one behind the other."""
    found = sorted(doubled.headings(words, known))
    covered = sum(end - start for start, end, _ in found) + max(0, len(found) - 1)
    if found and covered == len(words):
        return [heading for _, _, heading in found]
    twice = re.fullmatch(r"(?P<term>[^;]+?) (?P<same>(?P=term);.+)", words)
    return [twice["same"]] if twice else [words]
