"""The Lesson: a specification with everything it names, read and resolved.

What an author may write in `lesson.yaml` is in `model.specification`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from toolkit.model.fields import FrozenMap
from toolkit.model.printout import Picture
from toolkit.model.records import SourceRecord
from toolkit.model.specification import LessonSpec
from toolkit.model.style import CitationStyle
from toolkit.model.text import Blocks, Inlines, plain_block
from toolkit.model.typeface import Typeface


@dataclass(frozen=True, slots=True)
class ArticleSection:
    """A heading of the article and the blocks under it, up to the next heading of any level.

    `title` is the heading without markup; `anchor` names the section uniquely in addresses.
    """

    title: str
    heading: Inlines
    level: int
    anchor: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Article:
    """The article: what stands before the first heading, and the sections in order."""

    title: Inlines
    opening: Blocks
    sections: tuple[ArticleSection, ...]

    def words(self) -> str:
        """Return all that the article says, without marks, a block or heading a line."""
        blocks = [plain_block(block) for block in self.opening]
        for section in self.sections:
            blocks += [section.title, *(plain_block(block) for block in section.blocks)]
        return "\n".join(blocks)

    def within(self, index: int) -> range:
        """Return the positions of section `index` and of the sections under its heading."""
        level = self.sections[index].level
        end = index + 1
        while end < len(self.sections) and self.sections[end].level > level:
            end += 1
        return range(index, end)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson whose every reference is resolved.

    `paired` holds, for each section of the specification, the position of its section in the article;
    `omitted` the positions that are not printed. `sources` are the records by citation key, `style` is the
    one they are cited in, None for the plain one. `typefaces` are the project's.
    """

    slug: str
    spec: LessonSpec
    article: Article
    sources: FrozenMap[str, SourceRecord]
    pictures: tuple[Picture, ...]
    paired: tuple[int, ...]
    omitted: frozenset[int]
    style: CitationStyle | None = None
    typefaces: tuple[Typeface, ...] = ()


def folded(words: str) -> str:
    """Return `words` as headings are compared: letter case, white space and quotation style set aside."""
    words = unicodedata.normalize("NFC", words).casefold().translate(str.maketrans("’‘“”", "''\"\""))
    return re.sub(r"\s+", " ", words).strip().rstrip(".:")


def anchor_of(words: str) -> str:
    """Return `words` as the name of a place: letters and digits of any script, joined by hyphens."""
    words = unicodedata.normalize("NFC", words).casefold()
    return "-".join(re.findall(r"\w+", words, re.UNICODE))[:48].strip("-_") or "section"
