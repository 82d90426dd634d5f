"""Rich text made ready to print: citations become words, notes get their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from toolkit.chronology.printing import print_date
from toolkit.citations.plain import Formatter, Words
from toolkit.compose.labels import Labels
from toolkit.compose.pointing import Pointing
from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.dates import HistoricalDate
from toolkit.model.lesson import Lesson

# Quotation marks by language, outer pair (CLDR, delimiters); English where a language is not here.
_QUOTES = {"es": ("«", "»"), "fr": ("«\u202f", "\u202f»"), "ar": ("«", "»")}


class Prose:
    """Prepares the rich text of one printout. Notes are counted in the order in which they are prepared."""

    def __init__(self, lesson: Lesson, labels: Labels, language: str, pointing: Pointing) -> None:
        self.language = language
        self.era = lesson.spec.era
        self.pointing = pointing
        self.formatter = Formatter(lesson.sources, _words(labels), self._printed)
        self._notes = 0

    def _printed(self, date: HistoricalDate) -> str:
        return print_date(date, self.language, era=self.era)

    def line(self, markdown: str | None) -> t.Inlines:
        """Return one line of Markdown ready to print; nothing for None."""
        return self.run(markup.inlines(markdown)) if markdown else ()

    def blocks(self, markdown: str | None, place: str = "") -> t.Blocks:
        """Return paragraphs of Markdown ready to print, the first at the address `place`."""
        return self.ready(markup.blocks(markdown), place) if markdown else ()

    def ready(self, blocks: Iterable[t.Block], place: str = "") -> t.Blocks:
        """Return `blocks` ready to print. Where `place` is given, blocks without an address get one from it."""
        prepared = [t.rebuilt(block, self.run) for block in blocks]
        if not place:
            return tuple(prepared)
        return tuple(_addressed(block, place if n == 0 else f"{place}/{n + 1}") for n, block in enumerate(prepared))

    def run(self, content: t.Inlines) -> t.Inlines:
        """Return a run of inline content with citations and references printed, and notes numbered."""
        return tuple(printed for node in content for printed in self._node(node))

    def _node(self, node: t.Inline) -> t.Inlines:
        match node:
            case t.Citation():
                return self.formatter.cite(node)
            case t.LineReference():
                return (self.pointing.words(node),)
            case t.Note(content):
                self._notes += 1
                number = self._notes
                return (t.Note(tuple(t.rebuilt(block, self.run) for block in content), number),)
            case t.Emphasis(content) | t.Strong(content) | t.Link(content, _) | t.Term(content, _):
                return (replace(node, content=self.run(content)),)
            case _:
                return (node,)


def _addressed(block: t.Block, place: str) -> t.Block:
    return block if isinstance(block, t.Rule) or block.address else replace(block, address=place)


def _words(labels: Labels) -> Words:
    cite = labels.section("cite")
    editor = cite["editor"]
    return Words(
        conjunction=cite["and"],
        et_al=cite["et_al"],
        no_date=cite["no_date"],
        editors=(editor.get("one", editor["other"]), editor["other"]),
        translated=cite["translator"],
        edited=cite["edited_by"],
        directed=cite["directed_by"],
        inside=cite["in"],
        edition=cite["edition"],
        volume=cite["volume"],
        issue=cite["issue"],
        accessed=cite["accessed"],
        first_published=cite["first_published"],
        quotes=_QUOTES.get(labels.language, ("“", "”")),
    )
