"""The plain style: author and year in the text, full entries in the list, for readers in school.

Its forms are those of the author-date system of The Chicago Manual of Style (18th ed., chapter 13), with
the year at the end of an entry where its readers look for it in a book list.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from toolkit.model.dates import HistoricalDate, Moment
from toolkit.model.records import Name, SourceRecord
from toolkit.model.text import Citation, Cite, Emphasis, Inline, Inlines, Link, Text

# Kinds that stand in a book: "In *Title*, ed. by ...", and then the book's own imprint.
_IN_BOOKS = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"})

# Kinds whose title is set in quotation marks, because it is a part of something with a title of its own.
_PARTS = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "chapter", "entry", "entry-dictionary",
    "entry-encyclopedia", "paper-conference", "post", "post-weblog", "review", "review-book", "song", "webpage",
    "speech", "interview", "manuscript", "personal_communication",
})  # fmt: skip  # a set reads better in lines than one a line

PrintDate = Callable[[HistoricalDate], str]


@dataclass(frozen=True)
class Words:
    """The words of a language that citations are made with. {names}, {n} and {date} are places."""

    conjunction: str
    et_al: str
    no_date: str
    editors: tuple[str, str]
    translated: str
    edited: str
    directed: str
    inside: str
    edition: str
    volume: str
    issue: str
    accessed: str
    first_published: str
    quotes: tuple[str, str]


class Formatter:
    """Prints citations and entries of `records` in one language.

    `print_date` prints a date value of the model in that language.
    """

    def __init__(self, records: Mapping[str, SourceRecord], words: Words, print_date: PrintDate) -> None:
        self.records = records
        self.words = words
        self.print_date = print_date
        self._years = self._distinguished()

    # -- in the text ---------------------------------------------------------------------------------

    def cite(self, citation: Citation) -> Inlines:
        """Return the printed form of `citation`; every key in it is known."""
        if citation.in_text:
            cite = citation.cites[0]
            inner = ", ".join(filter(None, (self._years[cite.key], cite.locator)))
            return (Text(f"{self._author(cite.key)} ({inner})"),)
        return (Text("(" + "; ".join(self._one(cite) for cite in citation.cites) + ")"),)

    def _one(self, cite: Cite) -> str:
        year = self._years[cite.key]
        named = year if cite.suppress_author else f"{self._author(cite.key)} {year}"
        return " ".join(filter(None, (cite.prefix, ", ".join(filter(None, (named, cite.locator))))))

    def _author(self, key: str) -> str:
        record = self.records[key]
        names = [_short(name) for name in _creators(record)]
        if not names:
            return self._quoted(record.title_short or record.title.split(":")[0])
        if len(names) > 3:
            return f"{names[0]} {self.words.et_al}"
        return self._listed(names)

    def _listed(self, names: list[str]) -> str:
        if len(names) < 3:
            return f" {self.words.conjunction} ".join(names)
        comma = "," if self.words.conjunction == "and" else ""  # the serial comma is English
        return f"{', '.join(names[:-1])}{comma} {self.words.conjunction} {names[-1]}"

    def _year(self, record: SourceRecord) -> str:
        if record.issued is None:
            return self.words.no_date
        moment = record.issued.structure
        year = moment.year.value if isinstance(moment, Moment) else None
        return str(year) if year and year > 0 else self.print_date(record.issued)

    def _distinguished(self) -> dict[str, str]:
        """Return the year of each source, with a letter where one author has several in a year."""
        groups: dict[tuple[str, str], list[str]] = {}
        for key, record in self.records.items():
            groups.setdefault((self._author(key), self._year(record)), []).append(key)
        years: dict[str, str] = {}
        for (_, year), keys in groups.items():
            keys.sort(key=lambda key: self.records[key].title.casefold())
            for n, key in enumerate(keys):
                years[key] = year if len(keys) == 1 else year + _letter(n)
        return years

    # -- in the list ---------------------------------------------------------------------------------

    def order(self, keys: Iterable[str]) -> list[str]:
        """Return `keys` as a list of sources has them: by author, year, title."""
        return sorted(keys, key=lambda key: (self._heading(key), self._years[key], _sorted(self.records[key].title)))

    def _heading(self, key: str) -> tuple[str, ...]:
        """Return what an entry begins with, to sort by: its names, or its title where nobody is named."""
        record = self.records[key]
        return tuple(_sorted(_inverted(name)) for name in _creators(record)) or (_sorted(record.title),)

    def entry(self, key: str) -> Inlines:
        """Return the full entry of one source."""
        record = self.records[key]
        # A letter after the year is printed only where it tells two sources apart.
        letter = self._years[key].removeprefix(self._year(record))
        sentences = [self._heads(record), self._titles(record), *self._where(record, letter)]
        nodes: list[Inline] = []
        for sentence in filter(None, sentences):
            if nodes:
                nodes.append(Text(" "))
            nodes += sentence
            if not _text_of(sentence).rstrip("”»\"'").endswith((".", "?", "!", "…")):
                nodes.append(Text("."))
        return tuple(_merged(nodes + self._links(record)))

    def _heads(self, record: SourceRecord) -> list[Inline]:
        creators = _creators(record)
        if not creators:
            return []
        names = [_inverted(creators[0]), *(_straight(name) for name in creators[1:])]
        head = names[0] if len(names) == 1 else self._joined(names)
        if not record.author and record.editor:
            head += f", {self.words.editors[len(names) > 1]}"
        return [Text(head)]

    def _joined(self, names: list[str]) -> str:
        return f"{', '.join(names[:-1])}, {self.words.conjunction} {names[-1]}"

    def _titles(self, record: SourceRecord) -> list[Inline]:
        if record.type in _PARTS:
            opening, closing = self.words.quotes
            stop = "" if record.title.endswith(("?", "!", ".")) else "."
            inside = stop if closing == "”" else ""  # the stop stands inside English quotation marks
            return [Text(f"{opening}{record.title}{inside}{closing}")]
        return [Emphasis((Text(record.title),))]

    def _where(self, record: SourceRecord, letter: str) -> list[list[Inline]]:
        within = record.type in _IN_BOOKS
        sentences: list[list[Inline]] = [self._book(record) if within else self._periodical(record, letter)]
        sentences += [[Text(words)] for words in self._contributors(record)]
        if within or not record.container_title:
            sentences += [[Text(words)] for words in self._series(record)]
            sentences.append(self._imprint(record, letter))
        if record.archive:
            sentences.append([Text(_comma(record.archive_location, record.archive, record.archive_place))])
        return sentences

    def _contributors(self, record: SourceRecord) -> list[str]:
        found = []
        if record.editor and record.author and not (record.type in _IN_BOOKS and record.container_title):
            found.append(self.words.edited.format(names=self._listed([_straight(n) for n in record.editor])))
        if record.translator:
            found.append(self.words.translated.format(names=self._listed([_straight(n) for n in record.translator])))
        if record.director and record.author:
            found.append(self.words.directed.format(names=self._listed([_straight(n) for n in record.director])))
        return [words[0].upper() + words[1:] for words in found]

    def _book(self, record: SourceRecord) -> list[Inline]:
        """Return the book that a chapter or an entry stands in."""
        if not record.container_title:
            return []
        editors = [_straight(name) for name in (record.editor or () if record.author else ())]
        tail = _comma(
            self.words.volume.format(n=record.volume) if record.volume else None,
            self.words.edited.format(names=self._listed(editors)) if editors else None,
            _range(record.page) if record.page else None,
        )
        title = Emphasis((Text(record.container_title),))
        return [Text(f"{self.words.inside} "), title, Text(f", {tail}" if tail else "")]

    def _periodical(self, record: SourceRecord, letter: str) -> list[Inline]:
        """Return the journal, newspaper or site that a part stands in, with its date."""
        if not record.container_title:
            return []
        number = _comma(record.volume, self.words.issue.format(n=record.issue) if record.issue else None)
        date = self.print_date(record.issued) if record.issued else self.words.no_date
        pages = f": {_range(record.page)}" if record.page else ""
        issue = " ".join(filter(None, (number, f"({date}{letter})"))) + pages
        return [Emphasis((Text(record.container_title),)), Text(f" {issue}")]

    def _series(self, record: SourceRecord) -> list[str]:
        found = []
        if record.edition:
            numbered = record.edition.isdigit()
            found.append(self.words.edition.format(n=self._ordinal(record.edition)) if numbered else record.edition)
        if record.volume and not record.container_title:
            found.append(self.words.volume.format(n=record.volume))
        if record.genre or record.number:
            found.append(_comma(record.genre, record.number))
        if record.collection_title:
            found.append(" ".join(filter(None, (record.collection_title, record.collection_number))))
        return [words[0].upper() + words[1:] for words in found]

    def _ordinal(self, number: str) -> str:
        if self.words.conjunction != "and":
            return number
        ending = {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th") if number[-2:-1] != "1" else "th"
        return number + ending

    def _imprint(self, record: SourceRecord, letter: str) -> list[Inline]:
        place = ": ".join(filter(None, (record.publisher_place, record.publisher or record.authority)))
        first = ""
        if record.original_date:
            first = "; " + self.words.first_published.format(date=self.print_date(record.original_date))
        year = (self.print_date(record.issued) if record.issued else self.words.no_date) + letter
        return [Text(_comma(place, record.medium, record.dimensions, year) + first)]

    def _links(self, record: SourceRecord) -> list[Inline]:
        address = f"https://doi.org/{record.doi}" if record.doi else record.url
        if not address:
            return []
        shown = f"doi:{record.doi}" if record.doi else address.split("://")[-1].rstrip("/")
        nodes: list[Inline] = [Text(" "), Link((Text(shown),), address)]
        if record.accessed:
            nodes.append(Text(f" ({self.words.accessed.format(date=self.print_date(record.accessed))})"))
        return [*nodes, Text(".")]

    def _quoted(self, title: str) -> str:
        return f"{self.words.quotes[0]}{title}{self.words.quotes[1]}"


def _creators(record: SourceRecord) -> tuple[Name, ...]:
    return record.author or record.editor or record.director or record.translator or ()


def _inverted(name: Name) -> str:
    family = " ".join(filter(None, (name.particle, name.family)))
    parts = _comma(family, " ".join(filter(None, (name.given, name.dropping))), name.suffix)
    return " ".join(filter(None, (name.literal or parts, name.script)))


def _short(name: Name) -> str:
    return name.literal or " ".join(filter(None, (name.particle, name.family))) or name.given or ""


def _straight(name: Name) -> str:
    parts = (name.given, name.dropping, name.particle, name.family, name.suffix)
    return " ".join(filter(None, (name.literal, name.script) if name.literal else (*parts, name.script)))


def _sorted(words: str) -> str:
    """Return `words` as they are put in order: letter case, accents and opening marks set aside."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return plain.lstrip("\"'“‘«¿¡ ")


def _comma(*pieces: str | None) -> str:
    return ", ".join(filter(None, pieces))


def _range(pages: str) -> str:
    return pages.replace("--", "–").replace("-", "–")


def _letter(position: int) -> str:
    return chr(ord("a") + position) if position < 26 else f"-{position + 1}"


def _text_of(nodes: list[Inline]) -> str:
    last = nodes[-1]
    return last.text if isinstance(last, Text) else _text_of(list(getattr(last, "content", (Text(""),))))


def _merged(nodes: list[Inline]) -> list[Inline]:
    merged: list[Inline] = []
    for node in nodes:
        if isinstance(node, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + node.text)
        elif node != Text(""):
            merged.append(node)
    return merged
