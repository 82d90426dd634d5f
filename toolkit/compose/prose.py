"""Rich text made ready to print: citations become words, notes get their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from toolkit.chronology.printing import print_date
from toolkit.citations.plain import Formatter, Words
from toolkit.compose.citing import Citer, PlainCiter
from toolkit.compose.labels import Labels
from toolkit.compose.pointing import Pointing
from toolkit.model import markup
from toolkit.model import text as t
from toolkit.model.dates import HistoricalDate
from toolkit.model.lesson import Lesson

# Quotation marks by language, outer pair (CLDR, delimiters); English where a language is not here.
_QUOTES = {"es": ("«", "»"), "fr": ("«\u202f", "\u202f»"), "ar": ("«", "»")}


# Where the mark of a note stands before the stop of its sentence and not behind it: Lexique des règles typographiques
# en usage à l'Imprimerie nationale, "appel de note"; Ortografía de la lengua española (2010), II.3.
_MARK_FIRST: Final = frozenset({"es", "fr"})
_STOPS: Final = re.compile(r"[.,;:!?…]+[”’\"'»)]*")


class Prose:
    """Prepares the rich text of one printout. Notes are counted in the order in which they are prepared.

    `pointing` prints references to the reading, `citer` citations, `formatter` citations in the plain style.
    `cited` are the keys that were cited so far.
    """

    def __init__(
        self, lesson: Lesson, labels: Labels, language: str, pointing: Pointing, citer: Citer | None = None
    ) -> None:
        self.language = language
        self.era = lesson.spec.era
        self.pointing = pointing
        self.formatter = Formatter(lesson.sources, _words(labels), self._printed)
        self.citer: Citer = citer or PlainCiter(self.formatter)
        self.cited: set[str] = set()
        self._notes = 0
        self._told: dict[t.Blocks, int] = {}  # the author's notes by their number: one text, one note
        self._inside = False

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
        if self.citer.notes and not self._inside and any(isinstance(node, t.Citation) for node in content):
            content = _joined(content, after=self.language[:2] not in _MARK_FIRST)
        last = len(content) - 1
        return tuple(printed for n, node in enumerate(content) for printed in self._node(node, ends=n == last))

    def _node(self, node: t.Inline, *, ends: bool) -> t.Inlines:
        match node:
            case t.Citation():
                return self._cited(node, ends=ends)
            case t.LineReference():
                return (self.pointing.words(node),)
            case t.Note(content):
                if content in self._told:
                    return (t.Note((), self._told[content], again=True),)
                self._notes += 1
                number = self._notes
                self._told[content] = number
                self._inside = True
                self.citer.enter_note()
                prepared = tuple(t.rebuilt(block, self.run) for block in content)
                self.citer.leave_note()
                self._inside = False
                return (t.Note(prepared, number),)
            case t.Emphasis(content) | t.Strong(content) | t.Link(content, _) | t.Term(content, _):
                return (replace(node, content=self.run(content)),)
            case _:
                return (node,)

    def _cited(self, citation: t.Citation, *, ends: bool) -> t.Inlines:
        """Return a citation as it is printed here; `ends`: nothing follows it in its run."""
        self.cited.update(cite.key for cite in citation.cites)
        printed = self.citer.cite(citation, in_note=self._inside)
        if self._inside and self.citer.notes and not ends:
            return _without_stop(printed)  # what follows in the author's note has its own
        return tuple(self._numbered(node) for node in printed)

    def _numbered(self, node: t.Inline) -> t.Inline:
        """Return `node`; a note that a style cites in gets its number among the others."""
        if not isinstance(node, t.Note):
            return node
        self._notes += 1
        return replace(node, number=self._notes)


def _addressed(block: t.Block, place: str) -> t.Block:
    return block if isinstance(block, t.Rule) or block.address else replace(block, address=place)


def _joined(content: t.Inlines, *, after: bool) -> t.Inlines:
    """Return `content` with citations close to the word before them, as marks of notes are set.

    Where `after`, the stop that follows a citation goes before it (Chicago Manual of Style, 18th ed., 13.29).
    """
    made: list[t.Inline] = []
    for n, node in enumerate(content):
        if isinstance(node, t.Citation) and not node.in_text:
            following = content[n + 1] if n + 1 < len(content) else None
            stop = _stop(following) if after else ""
            if made and isinstance(made[-1], t.Text):
                made[-1] = t.Text(made[-1].text.rstrip() + stop)
            elif stop:
                made.append(t.Text(stop))
        elif (
            after
            and n
            and isinstance(content[n - 1], t.Citation)
            and (stop := _stop(node))
            and not _named(content[n - 1])
        ):
            node = t.Text(t.plain((node,))[len(stop) :])
        made.append(node)
    return tuple(node for node in made if node != t.Text(""))


def _stop(node: t.Inline | None) -> str:
    found = _STOPS.match(node.text) if isinstance(node, t.Text) else None
    return found[0] if found else ""


def _named(node: t.Inline) -> bool:
    return isinstance(node, t.Citation) and node.in_text


def _without_stop(printed: t.Inlines) -> t.Inlines:
    last = printed[-1] if printed else None
    if isinstance(last, t.Text) and last.text.endswith("."):
        return (*printed[:-1], t.Text(last.text[:-1]))
    return printed


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
