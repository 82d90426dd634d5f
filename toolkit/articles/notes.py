"""Footnotes: a note stays with the words that refer to it, also where these leave the article.

In the article a note is written behind the text, as in the source. What is taken out of it (a question, the
meaning of a term) carries its note within itself, in pandoc's and our notation for that: `^[the note]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.articles.chunks import Chunk
from toolkit.articles.manuscript import Block, Doubt

_REFERENCE = re.compile(r"(?<!\\)\[\^(?P<label>[^\]\s]+)\]")


@dataclass
class Notes:
    """The notes of a text by label. What is wrong with them becomes a doubt, and stays in the text as words."""

    known: dict[str, Chunk] = field(default_factory=dict)
    others: list[Chunk] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def gather(self, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
        """Yield the chunks that are no notes, and keep those that are."""
        for chunk in chunks:
            if chunk.shape != "note" or not chunk.items:
                yield chunk
            elif self.known.setdefault(chunk.items[0].mark, chunk) is not chunk:
                self.others.append(chunk)

    def moved(self, words: str) -> str:
        """Return words that leave the article with their notes inside them."""

        def within(found: re.Match[str]) -> str:
            note = self.known.get(found["label"])
            if not note:
                return f"\\[^{found['label']}\\]"
            self.used.add(found["label"])
            text = _REFERENCE.sub("", note.items[0].text)
            return f"^[{text}]" if text.count("[") == text.count("]") else f" ({text})"

        return _REFERENCE.sub(within, words) if "[^" in words else words

    def settled(self, blocks: list[Block]) -> Iterator[Block]:
        """Yield the blocks, then the notes that they refer to. What refers to nothing is escaped."""
        referred: set[str] = set()
        for block in blocks:
            words = _settled(block.markdown, self.known, referred)
            for label in _lost(block.markdown, self.known):
                question = "a footnote that the source does not have"
                self.doubts.append(Doubt(block.lines[0], f"[^{label}]", question))
            yield block if words == block.markdown else Block(block.shape, words, block.lines, block.level)
        for label, chunk in self.known.items():
            if label in referred:
                body = chunk.markdown.partition("]:")
                yield Block("note", "".join((*body[:2], _REFERENCE.sub("", body[2]))), chunk.lines)
            elif label not in self.used:
                self.others.append(chunk)
        for chunk in sorted(self.others, key=lambda other: other.lines):
            label = chunk.items[0].mark
            self.doubts.append(Doubt(chunk.lines[0], f"[^{label}]", "a footnote that nothing refers to, or a second"))
            yield Block("paragraph", f"\\[^{label}\\]: {_REFERENCE.sub('', chunk.items[0].text)}", chunk.lines)

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Return all notes of the text."""
        return (*self.known.values(), *self.others)


def _settled(words: str, known: Mapping[str, Chunk], referred: set[str]) -> str:
    def one(found: re.Match[str]) -> str:
        if found["label"] in known:
            referred.add(found["label"])
            return found[0]
        return f"\\[^{found['label']}\\]"

    return _REFERENCE.sub(one, words) if "[^" in words else words


def _lost(words: str, known: Mapping[str, Chunk]) -> Iterator[str]:
    if "[^" in words:
        yield from (found["label"] for found in _REFERENCE.finditer(words) if found["label"] not in known)
